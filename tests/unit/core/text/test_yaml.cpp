// SPDX-License-Identifier: Apache-2.0
#include "core/text/yaml.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace coracle;

namespace {

constexpr std::size_t kBytes = 1U << 20U;

/// Nine lists, each of which has the one before it nine times.
std::string billionLaughs() {
    std::string text = "a: &a [x,x,x,x,x,x,x,x,x]\n";
    for (char name = 'b'; name <= 'i'; ++name) {
        const std::string alias = std::string("*") + static_cast<char>(name - 1);
        text += std::string(1, name) + ": &" + name + " [" + alias;
        for (int i = 0; i < 8; ++i) {
            text += "," + alias;
        }
        text += "]\n";
    }
    return text;
}

}  // namespace

class TestYaml : public QObject {
    Q_OBJECT
private slots:
    void standsForJson_data() {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("json");
        const auto row = [](const char* name, const char* yaml, const char* json) {
            QTest::newRow(name) << QString(yaml) << QString(json);
        };
        row("nothing", "", "null");
        row("blocks", "a:\n  - b\n  - c: d\n    e: f\n", R"({"a":["b",{"c":"d","e":"f"}]})");
        row("flow", "{a: [1, -2, 0x1f, 0o17, 017, 08], b: {}}", R"({"a":[1,-2,31,15,15,8.0],"b":{}})");
        row("words", "[true, False, null, ~, yes, no, 1.5, -1e3, .inf, '', 1.0.0, -, +1]",
            R"([true,false,null,null,"yes","no",1.5,-1000.0,".inf","","1.0.0","-",1])");
        row("quotes", "[\"1\", 'true', !!str 5, \"a\\nb\"]", R"(["1","true","5","a\nb"])");
        row("keys", "{1: a, true: b, 'c': }", R"({"1":"a","true":"b","c":null})");
        row("lines", "a: |\n  x\n  y\nb: >-\n  x\n  y\n", R"({"a":"x\ny\n","b":"x y"})");
        row("alias", "a: &x {b: [1]}\nc: *x\n", R"({"a":{"b":[1]},"c":{"b":[1]}})");
        row("alias as a key", "- &x word\n- {*x : 1}\n", R"(["word",{"word":1}])");
        row("comment", "# x\na: b # c\n", R"({"a":"b"})");
        row("JSON", "{\"a\": [1, \"b\", null]}", R"({"a":[1,"b",null]})");
    }
    void standsForJson() {
        QFETCH(QString, yaml);
        QFETCH(QString, json);
        const auto document = text::parseYaml(yaml.toStdString(), kBytes);
        VERIFY_OK(document);
        QCOMPARE(QString::fromStdString(document->dump()),
                 QString::fromStdString(nlohmann::json::parse(json.toStdString()).dump()));
    }
    void refuses_data() {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("part");
        const auto bad = [](const char* name, const std::string& yaml, const char* part) {
            QTest::newRow(name) << QString::fromStdString(yaml) << int(ErrorKind::Corrupt) << QString(part);
        };
        const auto later = [](const char* name, const char* yaml, const char* part) {
            QTest::newRow(name) << QString(yaml) << int(ErrorKind::Unsupported) << QString(part);
        };
        bad("open list", "a: [1,", "line");
        bad("tab", "a:\n\tb: c\n", "line 2");
        bad("key twice", "a: 1\nb: 2\na: 3\n", "line 3, column 1: the key 'a' is there twice");
        bad("list as a key", "? [a]\n: b\n", "cannot be a key");
        bad("alias of a list as a key", "- &x [1]\n- {*x : 1}\n", "cannot be a key");
        bad("second document", "a: 1\n---\nb: 2\n", "second document");
        bad("alias of nothing", "a: *x\n", "line 1");
        bad("alias of itself", "a: &x [*x]\n", "inside of what it is an alias of");
        bad("laughs", billionLaughs(), "more than 200000 values");
        bad("deep", std::string(65, '['), "deeper than 64");
        bad("very deep", std::string(100000, '['), "deeper than 64");
        bad("deep by aliases",
            "a: &a " + std::string(40, '[') + std::string(40, ']') + "\nb: " + std::string(30, '[') + "*a" +
                std::string(30, ']') + "\n",
            "deeper than 64");
        bad("bytes", "a: " + std::string(kBytes, 'x'), "bytes");
        later("tag", "a: !mine b\n", "'!mine'");
        later("tag of a list", "a: !!set [b]\n", "set");
        later("binary", "a: !!binary YQ==\n", "binary");
        later("merge", "a: &x {b: 1}\nc:\n  <<: *x\n", "'<<'");
    }
    void refuses() {
        QFETCH(QString, yaml);
        QFETCH(int, kind);
        QFETCH(QString, part);
        const auto document = text::parseYaml(yaml.toStdString(), kBytes);
        QVERIFY(!document.has_value());
        QCOMPARE(int(document.error().kind()), kind);
        const auto message = QString::fromStdString(document.error().message());
        QVERIFY2(message.contains(part), qPrintable(message));
    }
};

QTEST_GUILESS_MAIN(TestYaml)
#include "test_yaml.moc"
