// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/json.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QTest>

using namespace coracle;

class TestJson : public QObject {
    Q_OBJECT
private slots:
    void refusesHostileDocuments_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("cut off") << QByteArray(R"({"a":1)");
        QTest::newRow("duplicate key") << QByteArray(R"({"a":1,"b":{"a":2},"a":3})");
        QTest::newRow("100 000 levels of arrays") << QByteArray(100000, '[');
        QTest::newRow("65 levels, closed") << QByteArray(65, '[') + QByteArray(65, ']');
        QTest::newRow("65 levels of objects")
            << QByteArray(R"({"a":)").repeated(65) + "1" + QByteArray(65, '}');
        QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xff\"}");
    }
    void refusesHostileDocuments() {
        QFETCH(QByteArray, text);
        VERIFY_ERROR(json::parse(text.toStdString()), ErrorKind::Corrupt);
    }
    void equalKeysInDifferentObjectsAreFine() {
        VERIFY_OK(json::parse(R"([{"a":1},{"a":{"a":2}}])"));
        VERIFY_OK(json::parse(std::string(64, '[') + std::string(64, ']')));
    }
    void refusesDocumentAboveItsLimit() { VERIFY_ERROR(json::parse(R"({"a":1})", 6), ErrorKind::Corrupt); }
    void integersAreExact_data() {
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("largest") << QByteArray("9223372036854775807") << true;
        QTest::newRow("one above") << QByteArray("9223372036854775808") << false;
        QTest::newRow("negative") << QByteArray("-5") << true;
        QTest::newRow("fraction") << QByteArray("1.5") << false;
        QTest::newRow("whole fraction") << QByteArray("1.0") << false;
        QTest::newRow("text") << QByteArray("\"1\"") << false;
    }
    void integersAreExact() {
        QFETCH(QByteArray, number);
        QFETCH(bool, accepted);
        const auto document = json::parse(R"({"n":)" + number.toStdString() + "}");
        VERIFY_OK(document);
        QCOMPARE(json::findInteger(*document, "n").has_value(), accepted);
    }
    void missingAndNullAreNone() {
        const auto document = json::parse(R"({"a":null})");
        VERIFY_OK(document);
        QVERIFY(!*json::findString(*document, "a"));
        QVERIFY(!*json::findString(*document, "b"));
        VERIFY_ERROR(json::loadString(*document, "a"), ErrorKind::Corrupt);
        QVERIFY(json::findStrings(*document, "a")->empty());
    }
    /// What is left out reads as it did.
    void dropsWhatReadsAsMissing() {
        auto document = json::parse(
            R"({"text":"","list":[],"object":{},"off":false,"zero":0,"null":null,"on":true,"some":["",[]]})");
        VERIFY_OK(document);
        json::dropEmpty(*document);
        QCOMPARE(json::toText(*document), std::string(R"({"null":null,"on":true,"some":["",[]],"zero":0})"));
    }

    void takesTimeInProportionToLength() {
        // A parser that looks at all siblings after each value needs minutes for this one.
        QByteArray text("[{}");
        for (int i = 0; i < 200'000; ++i) {
            text += ",{}";
        }
        QElapsedTimer timer;
        timer.start();
        VERIFY_OK(json::parse((text + "]").toStdString()));
        QVERIFY2(timer.elapsed() < 20'000, "took longer than 20 s");
    }
    void refusesNulInStrings() {
        const auto document = json::parse(R"({"a":"x\u0000y"})");
        VERIFY_OK(document);
        VERIFY_ERROR(json::findString(*document, "a"), ErrorKind::Corrupt);
    }
};
QTEST_GUILESS_MAIN(TestJson)
#include "test_json.moc"
