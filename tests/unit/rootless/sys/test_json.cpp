// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/json.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <random>

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
        QTest::newRow("NUL at the end") << QByteArray("{}\0", 3);
        QTest::newRow("more after a NUL") << QByteArray("{}\0{}", 5);
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
    /// Plain documents are not read by the library: both have to mean the same by every text.
    void readsAsTheLibraryReads_data() {
        QTest::addColumn<QByteArray>("value");
        const std::array<QByteArray, 65> values = {
            "\"\"",
            "\"text\"",
            "\"a \\\"word\\\" \\\\ \\/ \\b\\f\\n\\r\\t end\"",
            "\"\\u0041\\u00e4\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\x\"",
            "\"\\\"",
            "\"\\\\\"",
            "\"open",
            "\"",
            "\"\x7f\"",
            "\"\x1f\"",
            "\"line\nfeed\"",
            "\"\xc3\xa4\"",
            "\"\xc3\"",
            "\"\xed\xa0\x80\"",
            "'text'",
            "0",
            "-0",
            "00",
            "01",
            "-1",
            "-01",
            "+1",
            "--1",
            "-",
            "- 1",
            "7",
            "123456789012345678",
            "1234567890123456789",
            "9223372036854775807",
            "18446744073709551615",
            "18446744073709551616",
            "-123456789012345678",
            "-9223372036854775808",
            "-9223372036854775809",
            "-9223372036854775807",
            "9999999999999999999",
            "-9999999999999999999",
            "10000000000000000000",
            "1.5",
            "1.",
            ".5",
            "1e3",
            "1e",
            "1E-2",
            "0x10",
            "NaN",
            "true",
            "false",
            "null",
            "True",
            "tru",
            "truex",
            "nul",
            "{}",
            "[]",
            " \t\r\n[ 1 , 2 ]\n",
            "\v1",
            "{\"\":{\"a\":[{}]}}",
            "[1,]",
            "[1 2]",
            "{\"a\" 1}",
            "{\"a\":1,}",
        };
        for (const QByteArray& value : values) {
            QTest::newRow(value.toPercentEncoding(" []{}:,\"\\").constData()) << value;
        }
    }
    void readsAsTheLibraryReads() {
        QFETCH(QByteArray, value);
        for (const auto& [before, after] : {std::pair{"", ""},
                                            {"[", "]"},
                                            {"{\"k\":", "}"},
                                            {"[null,", ",\"x\"]"},
                                            {" ", " "},
                                            {"", "]"},
                                            {"", "}"},
                                            {"", ","},
                                            {"{", ":1}"},
                                            {"\xef\xbb\xbf", ""}}) {
            const std::string text = before + value.toStdString() + after;
            const auto wanted = nlohmann::json::parse(text, nullptr, false);
            const auto got = json::parse(text);
            QCOMPARE(got.has_value(), !wanted.is_discarded());
            if (got) {
                QCOMPARE(json::toText(*got), json::toText(wanted));
                QVERIFY(*got == wanted);
                const auto& inner = wanted.is_array() && !wanted.empty() ? wanted.back() : wanted;
                QVERIFY((got->is_array() && !got->empty() ? got->back() : *got).type() == inner.type());
            }
        }
    }
    /// The same for what is nearly a document: one of ours with a few bytes replaced, left out or put in.
    void readsNearDocumentsAsTheLibraryReads() {
        const std::string whole =
            "{\"a\":[\"x\\\\y\",-1,0,1795783460798057988],\"b\":{\"c\":true,\"d\":null},\"e\": "
            "\"\\n\\\"\",\"f\":false}";
        const std::string pieces = "{}[]:,\"\\ 0159-+.eEtrufalsn/\n\t\x1f\x7f\xc3\xa4";
        std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): each run is the same
        int accepted = 0;
        for (int i = 0; i < 50'000; ++i) {
            std::string text = whole;
            for (auto changes = random() % 3 + 1; changes > 0; --changes) {
                const std::size_t at = random() % text.size();
                const char piece = pieces[random() % pieces.size()];
                const auto kind = random() % 3;
                text.replace(at, kind == 0 ? 0 : 1, kind == 1 ? 0 : 1, piece);
            }
            const auto wanted = nlohmann::json::parse(text, nullptr, false);
            const auto got = json::parse(text);
            const bool twice = !got && got.error().message().find("appears twice") != std::string::npos;
            QVERIFY2(twice || got.has_value() != wanted.is_discarded(), text.c_str());
            QVERIFY2(!got || (*got == wanted && json::toText(*got) == json::toText(wanted)), text.c_str());
            accepted += got ? 1 : 0;
        }
        QVERIFY(accepted > 1000);
    }
    /// Where the plain end, the library reads from the beginning, and its message is as before.
    void namesThePlaceOfAFault() {
        const auto fault = json::parse("{\"a\": \"b\",\n\"c\": tru}");
        QVERIFY(!fault.has_value());
        QVERIFY2(fault.error().message().find("line 2") != std::string::npos,
                 std::string(fault.error().message()).c_str());
        const auto twice = json::parse(R"({"a":1,"a":2})");
        QVERIFY(!twice.has_value());
        QVERIFY(twice.error().message().find("'a' appears twice") != std::string::npos);
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
