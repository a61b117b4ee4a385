// SPDX-License-Identifier: Apache-2.0
#include "core/image/config_editor.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace coracle;
using namespace coracle::image;

class TestConfigEditor : public QObject {
    Q_OBJECT

private slots:
    void appliesEachInstruction_data();
    void appliesEachInstruction();
    void refusesWithReasons_data();
    void refusesWithReasons();
    void entrypointForgetsOldArguments();
    void keepsWhatItDoesNotKnow();
    void layersGrowTogetherWithTheHistory();
    void splitsWords_data();
    void splitsWords();
    void readsDurations();

private:
    static ConfigEditor base() {
        auto editor = ConfigEditor::blank({"linux", "amd64", ""});
        editor.setEnv({"PATH=/bin", "NAME=World"});
        editor.setText("WorkingDir", "/srv");
        return editor;
    }
    static nlohmann::json configOf(const ConfigEditor& editor) {
        return nlohmann::json::parse(editor.text())["config"];
    }
};

void TestConfigEditor::appliesEachInstruction_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char* name, const char* line, const char* key, const char* wanted) {
        QTest::newRow(name) << line << key << wanted;
    };
    row("command as words", "CMD echo hi", "Cmd", R"(["/bin/sh","-c","echo hi"])");
    row("command as a list", R"(CMD ["echo","hi"])", "Cmd", R"(["echo","hi"])");
    row("small letters", "cmd ls", "Cmd", R"(["/bin/sh","-c","ls"])");
    row("entrypoint", R"(ENTRYPOINT ["/init"])", "Entrypoint", R"(["/init"])");
    row("environment", "ENV A=1 B=\"two words\"", "Env", R"(["PATH=/bin","NAME=World","A=1","B=two words"])");
    row("environment replaced", "ENV NAME=x", "Env", R"(["PATH=/bin","NAME=x"])");
    row("environment of old", "ENV GREETING hello  $NAME", "Env",
        R"(["PATH=/bin","NAME=World","GREETING=hello  World"])");
    row("environment refers to itself", "ENV PATH=$PATH:/opt", "Env", R"(["PATH=/bin:/opt","NAME=World"])");
    row("port", "EXPOSE 80 53/udp", "ExposedPorts", R"({"53/udp":{},"80/tcp":{}})");
    row("range of ports", "EXPOSE 8000-8001", "ExposedPorts", R"({"8000/tcp":{},"8001/tcp":{}})");
    row("label", R"(LABEL a=1 "b c"="d e")", "Labels", R"({"a":"1","b c":"d e"})");
    row("user", "USER 1000:1000", "User", R"("1000:1000")");
    row("volumes", "VOLUME /a b", "Volumes", R"({"/a":{},"/b":{}})");
    row("volumes as a list", R"(VOLUME ["/a b"])", "Volumes", R"({"/a b":{}})");
    row("folder", "WORKDIR app/../lib", "WorkingDir", R"("/srv/lib")");
    row("signal", "STOPSIGNAL SIGINT", "StopSignal", R"("SIGINT")");
    row("shell", R"(SHELL ["/bin/bash","-c"])", "Shell", R"(["/bin/bash","-c"])");
    row("trigger", "ONBUILD RUN make", "OnBuild", R"(["RUN make"])");
    row("health", "HEALTHCHECK --interval=1m30s --retries=3 CMD curl -f http://localhost/", "Healthcheck",
        R"({"Interval":90000000000,"Retries":3,"Test":["CMD-SHELL","curl -f http://localhost/"]})");
    row("no health", "HEALTHCHECK NONE", "Healthcheck", R"({"Test":["NONE"]})");
}

void TestConfigEditor::appliesEachInstruction() {
    QFETCH(QString, line);
    QFETCH(QString, key);
    QFETCH(QString, wanted);
    auto editor = base();
    VERIFY_OK(editor.apply(line.toStdString()));
    QCOMPARE(QString::fromStdString(configOf(editor)[key.toStdString()].dump()), wanted);
}

void TestConfigEditor::refusesWithReasons_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("word");
    QTest::newRow("no instruction") << "RUN make"
                                    << "cannot be changed";
    QTest::newRow("nothing") << "CMD"
                             << "needs a value";
    QTest::newRow("no port") << "EXPOSE http"
                             << "no port";
    QTest::newRow("port of another world") << "EXPOSE 80/icmp"
                                           << "no port";
    QTest::newRow("port too large") << "EXPOSE 70000"
                                    << "no port";
    QTest::newRow("no assignment") << "ENV A"
                                   << "NAME=VALUE";
    QTest::newRow("open quote") << "LABEL a=\"b"
                                << "not closed";
    QTest::newRow("two users") << "USER a b"
                               << "one word";
    QTest::newRow("no duration") << "HEALTHCHECK --interval=often CMD x"
                                 << "no duration";
    QTest::newRow("health of what") << "HEALTHCHECK --retries=1"
                                    << "written as";
    QTest::newRow("trigger of a trigger") << "ONBUILD ONBUILD RUN x"
                                          << "trigger";
    QTest::newRow("shell as words") << "SHELL /bin/bash"
                                    << "written as";
}

void TestConfigEditor::refusesWithReasons() {
    QFETCH(QString, line);
    QFETCH(QString, word);
    auto editor = base();
    const std::string before = editor.text();
    const auto applied = editor.apply(line.toStdString());
    VERIFY_ERROR(applied, ErrorKind::InvalidArgument);
    QVERIFY2(QString::fromStdString(applied.error().message()).contains(word),
             applied.error().message().c_str());
}

void TestConfigEditor::entrypointForgetsOldArguments() {
    auto editor = base();
    editor.setCommand({"old"});
    VERIFY_OK(editor.apply(R"(ENTRYPOINT ["/init"])"));
    QVERIFY(!configOf(editor).contains("Cmd"));
    VERIFY_OK(editor.apply(R"(CMD ["new"])"));
    VERIFY_OK(editor.apply(R"(ENTRYPOINT ["/other"])"));
    QCOMPARE(configOf(editor)["Cmd"].dump(), std::string(R"(["new"])"));
}

void TestConfigEditor::keepsWhatItDoesNotKnow() {
    const std::string text =
        R"({"architecture":"amd64","config":{"Healthcheck":{"Test":["NONE"]},"X":1},"container":"id",)"
        R"("history":[],"os":"linux","rootfs":{"diff_ids":[],"type":"layers"},"x.y":[1]})";
    auto editor = ConfigEditor::open(text);
    VERIFY_OK(editor);
    const auto document = nlohmann::json::parse(editor->text());
    QVERIFY(!document.contains("container"));
    QCOMPARE(document["x.y"].dump(), std::string("[1]"));
    QCOMPARE(document["config"]["X"].dump(), std::string("1"));
    VERIFY_ERROR(ConfigEditor::open("{}"), ErrorKind::Corrupt);
}

void TestConfigEditor::layersGrowTogetherWithTheHistory() {
    auto editor = base();
    const Digest digest = Digest::of("layer");
    editor.addLayer(digest, {"make", "2026-01-01T00:00:00Z", "why", false}, "Jane");
    const auto config = parseConfig(editor.text());
    VERIFY_OK(config);
    QCOMPARE(config->diffIds.size(), std::size_t{1});
    QCOMPARE(config->diffIds.front().text(), digest.text());
    QCOMPARE(config->history.front().createdBy, std::string("make"));
    QCOMPARE(config->history.front().comment, std::string("why"));
    QCOMPARE(config->history.front().author, std::string("Jane"));
}

void TestConfigEditor::splitsWords_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("blanks") << "  a \t b "
                            << "a|b";
    QTest::newRow("quotes") << R"("a b" 'c "d"')"
                            << R"(a b|c "d")";
    QTest::newRow("backslash") << R"(a\ b "c\"d" e\$N)"
                               << R"(a b|c"d|e$N)";
    QTest::newRow("variables") << "$N ${N}x ${M:-d} ${N:+y} ${M:+z}end"
                               << "v|vx|d|y|end";
    QTest::newRow("not in single quotes") << "'$N'"
                                          << "$N";
    QTest::newRow("a lone dollar") << "a$ $1"
                                   << "a$|$1";
}

void TestConfigEditor::splitsWords() {
    QFETCH(QString, text);
    QFETCH(QString, wanted);
    const auto words = splitDockerfileWords(text.toStdString(), {{"N", "v"}});
    VERIFY_OK(words);
    QStringList list;
    for (const auto& word : *words) {
        list << QString::fromStdString(word);
    }
    QCOMPARE(list.join("|"), wanted);
}

void TestConfigEditor::readsDurations() {
    QCOMPARE(parseGoDuration("0").value_or(-1), std::int64_t{0});
    QCOMPARE(parseGoDuration("1h2m3s").value_or(-1), std::int64_t{3723} * 1'000'000'000);
    QCOMPARE(parseGoDuration("1.5s").value_or(-1), std::int64_t{1'500'000'000});
    QCOMPARE(parseGoDuration("250ms").value_or(-1), std::int64_t{250'000'000});
    for (const char* text : {"", "5", "s", "-1s", "1d", "1s2"}) {
        QVERIFY2(!parseGoDuration(text), text);
    }
}

QTEST_GUILESS_MAIN(TestConfigEditor)
#include "test_config_editor.moc"
