// SPDX-License-Identifier: Apache-2.0
#include "core/cli/detach_keys.h"
#include "core/cli/foreign_flags.h"
#include "core/cli/foreign_verbs.h"
#include "core/cli/program_hint.h"
#include "core/cli/pull_display.h"
#include "core/cli/table.h"
#include "core/cli/verb.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace coracle;
using cli::Words;

namespace {

class CollectingConsole final : public cli::Console {
public:
    void out(std::string_view text) override { m_out += text; }
    void err(std::string_view text) override { m_err += text; }
    void flush() override {}
    bool outIsTerminal() const override { return false; }
    bool errIsTerminal() const override { return m_terminal; }
    bool inIsTerminal() const override { return false; }
    int columns() const override { return 80; }

    std::string m_out;
    std::string m_err;
    bool m_terminal = false;
};

Result<std::unique_ptr<engine::Engine>> noEngine(const cli::GlobalOptions& options) {
    return Error(ErrorKind::Unavailable, "no engine at '" + options.root + "'").withHint("none in tests");
}

struct Outcome {
    int exitCode = 0;
    QString out;
    QString err;
};

Outcome run(const Words& words) {
    CollectingConsole console;
    const int code = cli::runCommandLine(console, words, {noEngine});
    return {code, QString::fromStdString(console.m_out), QString::fromStdString(console.m_err)};
}

}  // namespace

class TestCommandLine : public QObject {
    Q_OBJECT
private slots:
    void verbsThatAskARegistryGoOnlineFirst_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<bool>("online");
        for (const char* verb :
             {"pull", "push", "search", "login", "import", "image pull", "manifest inspect"}) {
            QTest::newRow(verb) << (QString(verb) + " x").split(' ') << true;
        }
        for (const char* verb : {"ps", "images", "logout", "image inspect", "run", "create", "load"}) {
            QTest::newRow(verb) << (QString(verb) + " x").split(' ') << false;
        }
    }
    void verbsThatAskARegistryGoOnlineFirst() {
        QFETCH(QStringList, words);
        QFETCH(bool, online);
        CollectingConsole console;
        int asked = 0;
        int opened = 0;
        const auto open = [&](const cli::GlobalOptions& options) {
            ++opened;
            return noEngine(options);
        };
        const auto goOnline = [&] {
            ++asked;
            return Error(ErrorKind::NotFound, "no coracle-online");
        };
        Words given{"--root", "/there"};
        for (const auto& word : words) {
            given.push_back(word.toStdString());
        }
        const int code = cli::runCommandLine(console, given, {open, goOnline});
        QCOMPARE(asked, online ? 1 : 0);
        if (online) {
            QCOMPARE(code, 125);
            QCOMPARE(opened, 0);
            QVERIFY2(console.m_err.find("no coracle-online") != std::string::npos, console.m_err.c_str());
            QVERIFY(console.m_out.empty());
        }
    }
    void findsVerbsInBothSpellings_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("used");
        QTest::newRow("short") << QStringList{"ps", "-a"} << 1;
        QTest::newRow("management") << QStringList{"container", "ls", "-a"} << 2;
        QTest::newRow("other word") << QStringList{"image", "list"} << 2;
        QTest::newRow("only a group") << QStringList{"container"} << 0;
        QTest::newRow("unknown") << QStringList{"frobnicate"} << 0;
        QTest::newRow("volume has no short form") << QStringList{"volume", "ls"} << 2;
        QTest::newRow("system") << QStringList{"system", "info"} << 2;
    }
    void findsVerbsInBothSpellings() {
        QFETCH(QStringList, words);
        QFETCH(int, used);
        Words list;
        for (const auto& word : words) {
            list.push_back(word.toStdString());
        }
        QCOMPARE(static_cast<int>(cli::findVerb(list).words), used);
    }
    void everyVerbHasHelp_data() {
        QTest::addColumn<QString>("verb");
        for (const char* verb :
             {"run",  "create", "start",  "stop",   "restart", "kill",    "rm",    "ps",     "logs",
              "exec", "attach", "wait",   "rename", "port",    "inspect", "pull",  "images", "rmi",
              "tag",  "login",  "logout", "info",   "version", "doctor",  "events"}) {
            QTest::newRow(verb) << verb;
        }
    }
    void everyVerbHasHelp() {
        QFETCH(QString, verb);
        const auto outcome = run({verb.toStdString(), "--help"});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.out.startsWith("Usage:  coracle " + verb));
        QVERIFY(outcome.err.isEmpty());
    }
    void overviewNamesTheVerbsButNotTheInternalOne() {
        const auto outcome = run({"--help"});
        QVERIFY(outcome.out.contains("  run "));
        QVERIFY(outcome.out.contains("  volume "));
        QVERIFY(run({"volume", "--help"}).out.contains("  ls "));
        QVERIFY(!run({"container", "--help"}).out.contains("cleanup"));
        QVERIFY(!outcome.out.contains("cleanup"));
        QVERIFY(run({"container"}).out.contains("  ls "));
        QCOMPARE(run({"help", "ps"}).out, run({"ps", "--help"}).out);
    }
    void mistakesHaveDockersExitCodes_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("message");
        QTest::newRow("unknown command") << QStringList{"frobnicate"} << 1 << "is not a coracle command";
        QTest::newRow("unknown in a group") << QStringList{"image", "frob"} << 1 << "'image frob'";
        QTest::newRow("unknown global flag") << QStringList{"--frob", "ps"} << 125 << "unknown flag: --frob";
        QTest::newRow("unknown flag") << QStringList{"ps", "--frob"} << 125 << "unknown flag: --frob";
        QTest::newRow("unknown flag of run") << QStringList{"run", "--frob", "x"} << 125 << "--frob";
        QTest::newRow("filter without a value") << QStringList{"ps", "-f", "name"} << 125 << "KEY=VALUE";
        QTest::newRow("limit that is none")
            << QStringList{"run", "--ulimit", "foo=1", "x"} << 125 << "there is no limit 'foo'";
        QTest::newRow("mount without a target")
            << QStringList{"run", "--mount", "type=bind,src=/tmp", "x"} << 125 << "path inside is missing";
        QTest::newRow("check and no check")
            << QStringList{"run", "--health-cmd", "true", "--no-healthcheck", "x"} << 125 << "conflicting";
        QTest::newRow("no check and check")
            << QStringList{"run", "--no-healthcheck", "--health-cmd", "true", "x"} << 125 << "conflicting";
        QTest::newRow("its own name") << QStringList{"rename", "a", "a"} << 1 << "has this name already";
        QTest::newRow("tree and ids") << QStringList{"images", "--tree", "-q"} << 1 << "--tree and --quiet";
        QTest::newRow("port that is none") << QStringList{"port", "a", "abc"} << 1 << "'abc' is not PORT";
        QTest::newRow("no image") << QStringList{"run"} << 1 << "at least 1 argument, the image";
        QTest::newRow("too few words") << QStringList{"rm"} << 1 << "at least 1 argument";
        QTest::newRow("too many words") << QStringList{"rename", "a", "b", "c"} << 1 << "exactly 2 arguments";
        QTest::newRow("value missing") << QStringList{"--root"} << 125 << "needs an argument";
        QTest::newRow("no number") << QStringList{"stop", "-t", "soon", "x"} << 125 << "soon";
        QTest::newRow("no number, said plainly")
            << QStringList{"stop", "-t", "web"} << 125 << "option '--timeout' takes a number, not 'web'";
        QTest::newRow("usage") << QStringList{"exec", "web"} << 1
                               << "hint: usage: coracle exec [OPTIONS] CONTAINER COMMAND [ARG...]; see";
        QTest::newRow("log level") << QStringList{"--log-level", "loud", "ps"} << 125 << "loud";
        QTest::newRow("refused with a reason") << QStringList{"rm", "-l", "x"} << 125 << "not supported";
        QTest::newRow("engine does not open, run") << QStringList{"run", "x"} << 125 << "no engine";
        QTest::newRow("engine does not open, ps") << QStringList{"ps"} << 1 << "no engine";
    }
    void mistakesHaveDockersExitCodes() {
        QFETCH(QStringList, words);
        QFETCH(int, exitCode);
        QFETCH(QString, message);
        Words list;
        for (const auto& word : words) {
            list.push_back(word.toStdString());
        }
        const auto outcome = run(list);
        QCOMPARE(outcome.exitCode, exitCode);
        QVERIFY2(outcome.err.contains(message), qPrintable(outcome.err));
        QVERIFY(outcome.err.startsWith("coracle: "));
        QVERIFY(outcome.out.isEmpty());
    }
    void mistypedWordsGetASuggestion_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("hint");
        QTest::newRow("verb") << QStringList{"imges"} << "did you mean 'coracle images'?";
        QTest::newRow("group") << QStringList{"containxr", "ls"} << "did you mean 'coracle container'?";
        QTest::newRow("verb of a group")
            << QStringList{"image", "inspct"} << "did you mean 'coracle image inspect'?";
        QTest::newRow("flag") << QStringList{"ps", "--fromat=x"} << "did you mean '--format'?";
        QTest::newRow("flag of run") << QStringList{"run", "--nmae", "x", "y"} << "did you mean '--name'?";
        QTest::newRow("nothing near") << QStringList{"frobnicate"} << "see 'coracle --help'";
    }
    void mistypedWordsGetASuggestion() {
        QFETCH(QStringList, words);
        QFETCH(QString, hint);
        Words list;
        for (const auto& word : words) {
            list.push_back(word.toStdString());
        }
        const auto outcome = run(list);
        QVERIFY(outcome.exitCode != 0);
        QVERIFY2(outcome.err.contains(hint), qPrintable(outcome.err));
    }
    void shortWordsAreNotAnything() {
        QVERIFY2(!run({"foo"}).err.contains("did you mean"), "two of three letters are other ones");
        QVERIFY(run({"pss"}).err.contains("did you mean 'coracle ps'?"));
        const auto tmpfs = run({"run", "--tmpfs", "run", "x"});
        QVERIFY2(tmpfs.err.contains("must be absolute") && !tmpfs.err.contains("volume"),
                 qPrintable(tmpfs.err));
    }
    void helpReadsLikeDockers() {
        const auto outcome = run({"ps", "-h"});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.startsWith("Usage:  coracle ps [OPTIONS]\n\nList containers\n\nAliases:\n  "
                                        "coracle ps, coracle container ls, coracle container list, coracle "
                                        "container ps\n\nOptions:\n  -a, --all "),
                 qPrintable(outcome.out));
        QVERIFY(
            outcome.out.contains("\n      --format string   Format output using a custom template:\n"
                                 "                        'table':"));
    }
    void optionsOfOldScriptsGetAWarning() {
        const auto outcome = run({"pull", "--disable-content-trust", "x"});
        QVERIFY(outcome.err.startsWith("coracle: warning: option '--disable-content-trust' has no effect: "));
        QVERIFY(run({"rm", "-l", "x"}).err.contains("hint: containers are not linked"));
    }
    /// Each row of the table: it says why or warns, and no verb has an option of that name already.
    void optionsOfOthersSayWhy() {
        for (const auto& flag : cli::foreignFlags()) {
            std::string_view rest = flag.verbs;
            while (!rest.empty()) {
                const auto bar = std::min(rest.find('|'), rest.size());
                const std::string verb(rest.substr(0, bar));
                rest.remove_prefix(std::min(bar + 1, rest.size()));
                std::string_view names = flag.names;
                while (!names.empty()) {
                    const auto comma = std::min(names.find(','), names.size());
                    const std::string name(names.substr(0, comma));
                    names.remove_prefix(std::min(comma + 1, names.size()));
                    Words words;
                    for (const auto& word : QString::fromStdString(verb).split(' ')) {
                        words.push_back(word.toStdString());
                    }
                    words.push_back(name);
                    if (!flag.valueName.empty()) {
                        words.emplace_back("5");
                    }
                    const auto outcome = run(words);
                    const auto why = QString::fromUtf8(flag.why.data(), static_cast<int>(flag.why.size()));
                    const QString said = flag.ignored ? "has no effect: " + why : "hint: " + why;
                    QVERIFY2(outcome.err.contains(said),
                             qPrintable(QString::fromStdString(verb + " " + name) + ": " + outcome.err));
                    QVERIFY(flag.ignored || outcome.exitCode == 125);
                    QVERIFY(!run({cli::findVerb(words).verb->spellings, "--help"}).out.contains(why));
                }
            }
        }
    }
    void refusedOptionsMayHaveAValue() {
        for (const Words& words : {Words{"pull", "--creds", "a:b", "x"}, Words{"pull", "--creds=a:b", "x"},
                                   Words{"rm", "--link=false", "x"}}) {
            const auto outcome = run(words);
            QCOMPARE(outcome.exitCode, 125);
            QVERIFY2(outcome.err.contains("is not supported"), qPrintable(outcome.err));
        }
    }
    void commandsOfOthersSayWhatDoesTheirWork_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("part");
        QTest::newRow("network") << QStringList{"network", "ls"} << "--network container:NAME";
        QTest::newRow("build") << QStringList{"build", "-t", "x", "."} << "coracle load -i FILE";
        QTest::newRow("of a group") << QStringList{"system", "reset", "--force"} << "coracle trash empty";
        QTest::newRow("first of two") << QStringList{"generate", "systemd", "x"} << "enable-restart";
        QTest::newRow("a word alone") << QStringList{"generate"} << "there are no pods here";
        QTest::newRow("daemon") << QStringList{"-H", "tcp://x", "ps"} << "there is no daemon";
        QTest::newRow("context") << QStringList{"--context", "remote", "ps"} << "there is no daemon";
        QTest::newRow("hooks") << QStringList{"--hooks-dir=/x", "run"} << "coracle run --hooks-dir";
        QTest::newRow("a word that begins alike") << QStringList{"networks"} << "is not a coracle command";
    }
    void commandsOfOthersSayWhatDoesTheirWork() {
        QFETCH(QStringList, words);
        QFETCH(QString, part);
        Words list;
        for (const auto& word : words) {
            list.push_back(word.toStdString());
        }
        const auto outcome = run(list);
        QVERIFY(outcome.exitCode != 0);
        QVERIFY2(outcome.err.contains(part), qPrintable(outcome.err));
    }
    void noVerbOfOursIsSaidToBeMissing() {
        for (const auto& verb : cli::allVerbs()) {
            for (const auto& spelling : QString::fromUtf8(verb.spellings).split('|')) {
                Words words;
                for (const auto& word : spelling.split(' ')) {
                    words.push_back(word.toStdString());
                }
                QVERIFY2(!cli::foreignVerb(words), qPrintable(spelling));
            }
        }
    }
    void theOneContextMayBeNamed() {
        for (const Words& words : {Words{"--context", "default", "context", "show"},
                                   Words{"-c=default", "context", "show"}, Words{"-D", "context", "show"}}) {
            QCOMPARE(run(words).out, QString("default\n"));
        }
    }
    void lessWordsWhereOptionsChoose() {
        for (const Words& words :
             {Words{"stop", "-a"}, Words{"stop", "-l"}, Words{"rm", "--filter", "name=x"},
              Words{"kill", "--latest"}, Words{"restart", "--running"}, Words{"start", "--all"},
              Words{"pause", "-a"}, Words{"unpause", "--cidfile", "/x"}, Words{"rmi", "-a"},
              Words{"logs", "-l"}, Words{"top", "-l"}, Words{"exec", "-l", "ls", "-l"}, Words{"wait", "-l"},
              Words{"port", "-l"}, Words{"attach", "-l"}, Words{"diff", "-l"}, Words{"inspect", "-l"},
              Words{"stats", "-l", "-i", "5"}}) {
            const auto outcome = run(words);
            QVERIFY2(outcome.err.contains("no engine"), qPrintable(outcome.err));
        }
        QVERIFY(run({"logs"}).err.contains("exactly 1 argument"));
        QVERIFY(run({"exec", "-l"}).err.contains("at least 1 argument"));
        QVERIFY(run({"stats", "-i", "0"}).err.contains("--interval"));
    }
    void contextsAreTolerated() {
        QCOMPARE(run({"context", "show"}).out, QString("default\n"));
        QCOMPARE(run({"context", "use", "default"}).exitCode, 0);
        QCOMPARE(run({"context", "use", "remote"}).exitCode, 1);
        QVERIFY(run({"context", "ls"}).out.contains("default *"));
        QCOMPARE(run({"context", "ls", "-q"}).out, QString("default\n"));
        QCOMPARE(run({"context", "ls", "--format", "{{.Name}} {{.Current}}"}).out, QString("default true\n"));
    }
    void templatesAreCheckedBeforeTheEngineIsAskedFor() {
        const auto outcome = run({"inspect", "-f", "{{.Id", "x"});
        QCOMPARE(outcome.exitCode, 64);
        QCOMPARE(outcome.err, QString("coracle: template parsing error: template: :1: unclosed action\n"));
    }
    void globalOptionsReachTheEngine() {
        QCOMPARE(run({"--root=/x", "ps"}).err, QString("coracle: no engine at '/x'\nhint: none in tests\n"));
        QCOMPARE(run({"--root", "/y", "container", "ls"}).err,
                 QString("coracle: no engine at '/y'\nhint: none in tests\n"));
    }
    void commandOfExecKeepsItsOptions() {
        // "-l" and "--help" belong to ls, so nothing is wrong before the engine is asked for.
        QVERIFY(run({"exec", "-i", "web", "ls", "-l", "--help"}).err.contains("no engine"));
    }
    void saysWhereToLookForWhatIsThere() {
        CollectingConsole console;
        (void)cli::reportError(console, Error(ErrorKind::NotFound, "no container 'x'"));
        QVERIFY(console.m_err.find("hint: 'coracle ps -a'") != std::string::npos);
        (void)cli::reportError(console, Error(ErrorKind::NotFound, "no volume 'x'").withHint("own"));
        QVERIFY(console.m_err.find("hint: own\n") != std::string::npos);
    }
    void programsThatAreNone() {
        const Error missing(ErrorKind::NotFound, "run 'x': executable file not found in $PATH");
        const Error other(ErrorKind::Conflict, "x");
        QVERIFY(cli::withProgramHint(missing, {"-it", "sh"}, "the image")
                    .hint()
                    .starts_with("options come before the image"));
        QVERIFY(cli::withProgramHint(missing, {"ls -l"}, "").hint().find("sh -c 'ls -l'") !=
                std::string::npos);
        QVERIFY(cli::withProgramHint(missing, {"ls"}, "").hint().empty());
        QVERIFY(cli::withProgramHint(missing, {}, "").hint().empty());
        QVERIFY(cli::withProgramHint(other, {"ls -l"}, "").hint().empty());
        QVERIFY(cli::withEntrypointHint(missing, {"sh -c"}).hint().find("one program") != std::string::npos);
        QVERIFY(cli::withEntrypointHint(missing, {"sh", "a b"}).hint().empty());
    }
    void errorsCannotMoveTheCursor() {
        CollectingConsole console;
        (void)cli::reportError(console, Error(ErrorKind::NotFound, "no '\x1b[2J\x07'"));
        QVERIFY(console.m_err.find('\x1b') == std::string::npos);
        QVERIFY(console.m_err.find('\x07') == std::string::npos);
    }
    void tablePadsAsDockerDoes() {
        QCOMPARE(cli::alignColumns({{"ID", "NAMES"}, {"0123456789ab", "web"}}),
                 std::string("ID             NAMES\n0123456789ab   web\n"));
    }
    void formats_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("expected");
        QTest::newRow("fields") << "{{.ID}} {{.Names}}"
                                << "1 a\n2 b\n";
        QTest::newRow("json") << "json"
                              << "{\"ID\":\"1\",\"Names\":\"a\"}\n{\"ID\":\"2\",\"Names\":\"b\"}\n";
        QTest::newRow("table") << "table {{.ID}}\\t{{.Names}}"
                               << "CONTAINER ID   NAMES\n1              a\n2              b\n";
    }
    void formats() {
        QFETCH(QString, format);
        QFETCH(QString, expected);
        cli::Listing listing;
        listing.columns = {{"ID", "CONTAINER ID"}, {"Names", "NAMES"}};
        listing.rows = {{{"ID", "1"}, {"Names", "a"}}, {{"ID", "2"}, {"Names", "b"}}};
        const auto text = cli::renderListing(listing, format.toStdString());
        VERIFY_OK(text);
        QCOMPARE(QString::fromStdString(*text), expected);
        VERIFY_ERROR(cli::renderListing(listing, "{{.Nonsense"), ErrorKind::InvalidArgument);
    }
    void detachKeysSplitOverReads() {
        auto keys = cli::DetachKeys::parse("ctrl-p,ctrl-q");
        VERIFY_OK(keys);
        auto fed = keys->feed("ab\x10");
        QCOMPARE(fed.forward, std::string("ab"));
        QVERIFY(!fed.detach);
        QVERIFY(keys->feed("\x11").detach);
    }
    void heldBackKeyIsNotLost() {
        auto keys = cli::DetachKeys::parse("ctrl-p,ctrl-q");
        QCOMPARE(keys->feed("\x10").forward, std::string());
        QCOMPARE(keys->feed("x").forward, std::string("\x10x"));
        QCOMPARE(keys->feed("\x10\x10").forward, std::string("\x10"));
        QVERIFY(keys->feed("\x11").detach);
    }
    void detachKeysOfOnesOwn() {
        auto none = cli::DetachKeys::parse("");
        QCOMPARE(none->feed("\x10\x11").forward, std::string("\x10\x11"));
        QVERIFY(cli::DetachKeys::parse("ctrl-a,d")
                    ->feed("\x01"
                           "d")
                    .detach);
        VERIFY_ERROR(cli::DetachKeys::parse("ctrl-ä"), ErrorKind::InvalidArgument);
    }
    void progressWithoutATerminalIsPlainLines() {
        CollectingConsole console;
        cli::PullDisplay display(console, cli::PullDisplay::styleFor(console, false));
        types::PullEvent event;
        event.kind = types::PullEvent::Kind::Layer;
        event.layerDigest = "sha256:0123456789abcdef";
        event.totalBytes = 100;
        event.state = types::LayerState::Downloading;
        for (const std::uint64_t done : {10U, 20U, 30U}) {
            event.doneBytes = done;
            display.show(event);
        }
        event.state = types::LayerState::Done;
        display.show(event);
        QCOMPARE(QString::fromStdString(console.m_err),
                 QString("0123456789ab: Downloading\n0123456789ab: Pull complete\n"));
    }
    void progressBarFillsUp() {
        QCOMPARE(cli::progressBar(0, 100, 4), std::string("[>   ]"));
        QCOMPARE(cli::progressBar(50, 100, 4), std::string("[==> ]"));
        QCOMPARE(cli::progressBar(100, 100, 4), std::string("[====]"));
        QCOMPARE(cli::progressBar(5, 0, 4), std::string("[>   ]"));
        QCOMPARE(cli::progressBar(200, 100, 4), std::string("[====]"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
