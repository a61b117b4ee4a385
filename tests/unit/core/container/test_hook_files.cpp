// SPDX-License-Identifier: Apache-2.0
#include "core/container/hook_files.h"
#include "tests/support/verify.h"

#include <QTest>

#include <algorithm>

using namespace coracle;
using container::HookSubject;

namespace {

/// Quotes of JSON are easier to read as single ones.
std::string quoted(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

std::string fileOf(const std::string& when, const std::string& hook = "{'path': '/bin/hook'}") {
    return quoted("{'version': '1.0.0', 'hook': " + hook + ", 'when': " + when +
                  ", 'stages': ['createRuntime', 'poststop']}");
}

HookSubject webServer() {
    return {"/usr/sbin/nginx", {{"com.example.trace", "yes"}, {"other", "no"}}, true};
}

}  // namespace

class TestHookFiles : public QObject {
    Q_OBJECT
private slots:
    void readsAProgramForEachPoint() {
        const auto file = container::parseHookFile(
            "f", fileOf("{'always': true}",
                        "{'path': '/bin/hook', 'args': ['hook', 'a'], 'env': ['A=b'], 'timeout': 3}"));
        VERIFY_OK(file);
        QCOMPARE(file->hooks.size(), std::size_t{2});
        QCOMPARE(file->hooks[0].name, std::string("createRuntime"));
        QCOMPARE(file->hooks[1].name, std::string("poststop"));
        QCOMPARE(file->hooks[1].args, (std::vector<std::string>{"hook", "a"}));
        QCOMPARE(file->hooks[1].env, (std::vector<std::string>{"A=b"}));
        QCOMPARE(*file->hooks[1].timeout, std::int64_t{3});
    }
    void choosesContainers_data() {
        QTest::addColumn<QString>("when");
        QTest::addColumn<bool>("chosen");
        const auto row = [](const char* when, bool chosen) {
            QTest::newRow(when) << QString(when) << chosen;
        };
        row("{'always': true}", true);
        row("{'always': false}", false);
        row("{}", false);
        row("{'hasBindMounts': true}", true);
        row("{'hasBindMounts': false}", false);
        row("{'always': true, 'hasBindMounts': false}", true);
        row("{'commands': ['nginx$']}", true);
        row("{'commands': ['^sh$', '^/usr/']}", true);
        row("{'commands': ['^nginx']}", false);
        row("{'annotations': {'^com\\\\.example\\\\.': '^yes$'}}", true);
        row("{'annotations': {'^com\\\\.example\\\\.': '^no$'}}", false);
        row("{'annotations': {'trace': '.'}, 'commands': ['^sh$']}", false);
        row("{'annotations': {'trace': '.'}, 'always': false}", false);
    }
    void choosesContainers() {
        QFETCH(QString, when);
        QFETCH(bool, chosen);
        const auto file = container::parseHookFile("f", fileOf(when.toStdString()));
        VERIFY_OK(file);
        QCOMPARE(container::isFor(file->when, webServer()), chosen);
    }
    void aContainerWithoutBindMounts() {
        const auto file = container::parseHookFile("f", fileOf("{'hasBindMounts': true}"));
        VERIFY_OK(file);
        QVERIFY(!container::isFor(file->when, {"sh", {}, false}));
    }
    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, const std::string& text, const char* part) {
            QTest::newRow(name) << QString::fromStdString(text) << QString(part);
        };
        const std::string when = "{'always': true}";
        row("no JSON", "version: 1.0.0", "'f'");
        row("an older version", "{'version': '0.1.0', 'hook': '/x', 'when': {}, 'stages': []}", "'0.1.0'");
        row("another version", "{'version': '2.0.0', 'hook': {}, 'when': {}, 'stages': ['prestart']}",
            "'2.0.0'");
        row("a relative path", fileOf(when, "{'path': 'hook'}"), "absolute");
        row("a time of nothing", fileOf(when, "{'path': '/x', 'timeout': 0}"), "timeout");
        row("a member that is not known", fileOf(when, "{'path': '/x', 'user': 'root'}"), "'user'");
        row("a condition that is not known", fileOf("{'allways': true}"), "'allways'");
        row("no expression", fileOf("{'commands': ['[']}"), "regular expression");
        row("an annotation that is no text", fileOf("{'annotations': {'a': 1}}"), "'a'");
        row("no point", "{'version': '1.0.0', 'hook': {'path': '/x'}, 'when': {}, 'stages': ['start']}",
            "'start'");
        row("no points", "{'version': '1.0.0', 'hook': {'path': '/x'}, 'when': {}}", "'stages'");
    }
    void refuses() {
        QFETCH(QString, text);
        QFETCH(QString, part);
        const auto file = container::parseHookFile("f", quoted(text.toStdString()));
        QVERIFY(!file.has_value());
        const auto message = QString::fromStdString(file.error().message());
        QVERIFY2(message.contains(part), qPrintable(message));
    }
};

QTEST_GUILESS_MAIN(TestHookFiles)
#include "test_hook_files.moc"
