// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace coracle;

// No raw strings here: moc of Qt 6.4 takes the braces in them for code and loses the slots that follow.

namespace {

nlohmann::json sample() {
    return nlohmann::json::parse(
        "{"
        "\"ID\": \"7f3c91ab04d2\", \"Name\": \"/api\", \"Names\": [\"api\", \"shop-api\"], \"Size\": 42, "
        "\"Empty\": \"\","
        "\"State\": {\"Running\": true, \"ExitCode\": 0},"
        "\"Config\": {\"Labels\": {\"build_version\": \"1.2 <x>\"}, \"Env\": [\"A=1\", \"B=2\"]},"
        "\"NetworkSettings\": {"
        "\"IPAddress\": \"10.0.2.100\","
        "\"Ports\": {\"80/tcp\": [{\"HostIp\": \"0.0.0.0\", \"HostPort\": \"8080\"}], \"443/tcp\": null},"
        "\"Networks\": {\"bridge\": {\"IPAddress\": \"10.0.2.100\"}, \"shop\": {\"IPAddress\": "
        "\"10.89.0.3\"}}},"
        "\"Mounts\": [{\"Type\": \"volume\", \"Name\": \"data\", \"Destination\": \"/data\"}]}");
}

/// What docker's types know: labels and ports are maps.
const nlohmann::json& shape() {
    static const auto kShape = nlohmann::json::parse(
        "{\"Config\": {\"Labels\": {\"*\": \"\"}, \"Entrypoint\": [\"\"]},"
        "\"State\": {\"Health\": null, \"Error\": \"\"},"
        "\"NetworkSettings\": {\"Ports\": {\"*\": []}}}");
    return kShape;
}

Result<std::string> render(const QString& format, bool shaped = true) {
    const auto parsed = text::GoTemplate::parse(format.toStdString());
    if (!parsed) {
        return parsed.error();
    }
    text::TemplateData about;
    about.shape = shaped ? &shape() : nullptr;
    return parsed->render(sample(), about);
}

}  // namespace

class TestGoTemplate : public QObject {
    Q_OBJECT
private slots:
    void rendersWhatPeopleWrite_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("expected");
        QTest::newRow("field") << "{{.ID}}"
                               << "7f3c91ab04d2";
        QTest::newRow("label with a dash or dot") << "{{ index .Config.Labels \"build_version\" }}"
                                                  << "1.2 <x>";
        QTest::newRow("label that is not there") << "x{{ index .Config.Labels \"other\" }}x"
                                                 << "xx";
        QTest::newRow("label by field") << "{{.Config.Labels.other}}"
                                        << "<no value>";
        QTest::newRow("json") << "{{json .Mounts}}"
                              << "[{\"Destination\":\"/data\",\"Name\":\"data\",\"Type\":\"volume\"}]";
        QTest::newRow("json keeps angle brackets") << "{{json .Config.Labels}}"
                                                   << "{\"build_version\":\"1.2 <x>\"}";
        QTest::newRow("networks") << "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}"
                                  << "10.0.2.100 10.89.0.3 ";
        QTest::newRow("ports of docker's manual")
            << "{{range $p, $conf := .NetworkSettings.Ports}}{{if $conf}} {{$p}} -> {{(index $conf "
               "0).HostPort}}{{end}}{{end}}"
            << " 80/tcp -> 8080";
        QTest::newRow("port of docker's manual")
            << "{{(index (index .NetworkSettings.Ports \"80/tcp\") 0).HostPort}}"
            << "8080";
        QTest::newRow("with and variable")
            << "{{with $m := index .Mounts 0}}{{$m.Name}}:{{.Destination}}{{end}}"
            << "data:/data";
        QTest::newRow("with else") << "{{with .Empty}}x{{else}}none{{end}}"
                                   << "none";
        QTest::newRow("length") << "{{len .Names}} {{len .ID}}"
                                << "2 12";
        QTest::newRow("if else") << "{{if .State.Running}}up{{else}}down{{end}}"
                                 << "up";
        QTest::newRow("else if") << "{{if eq .Size 1}}a{{else if eq .Size 42}}b{{else}}c{{end}}"
                                 << "b";
        QTest::newRow("and or not") << "{{and .State.Running (not .Empty)}} {{or .Empty .Name}}"
                                    << "true /api";
        QTest::newRow("and stops early") << "{{and .Empty .State.Nothing}}"
                                         << "";
        QTest::newRow("comparison") << "{{lt 1 2}}{{ge .Size 43}}"
                                    << "truefalse";
        QTest::newRow("pipeline") << "{{join .Names \", \" | upper}}"
                                  << "API, SHOP-API";
        QTest::newRow("join") << "{{join .Names \", \"}}"
                              << "api, shop-api";
        QTest::newRow("split and index") << R"x({{index (split (index .Config.Env 1) "=") 1}})x"
                                         << "2";
        QTest::newRow("lower upper title") << "{{upper \"a\"}}{{lower \"B\"}}{{title \"ab cd\"}}"
                                           << "AbAb Cd";
        QTest::newRow("trim markers") << "a  {{- .Size -}}  b"
                                      << "a42b";
        QTest::newRow("minus sign is no marker") << "{{-3}}"
                                                 << "-3";
        QTest::newRow("comment") << "a{{/* }} */}}b"
                                 << "ab";
        QTest::newRow("range over list with index") << "{{range $i, $n := .Names}}{{$i}}={{$n}};{{end}}"
                                                    << "0=api;1=shop-api;";
        QTest::newRow("range else") << "{{range .Config.Entrypoint}}x{{else}}none{{end}}"
                                    << "none";
        QTest::newRow("member that may be left out") << "{{if .State.Health}}x{{end}}{{.State.Error}}|"
                                                     << "|";
        QTest::newRow("range over a number") << "{{range 3}}{{.}}{{end}}"
                                             << "012";
        QTest::newRow("defined template") << "{{define \"t\"}}<{{.}}>{{end}}{{template \"t\" .Size}}"
                                          << "<42>";
        QTest::newRow("block") << "{{block \"b\" .State}}{{.ExitCode}}{{end}}"
                               << "0";
        QTest::newRow("break and continue")
            << "{{range $i, $n := .Names}}{{if eq $i 0}}{{continue}}{{end}}{{$n}}{{break}}{{end}}"
            << "shop-api";
        QTest::newRow("outer value in range") << "{{range .Names}}{{$.Size}}{{end}}"
                                              << "4242";
        QTest::newRow("assignment") << "{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}"
                                    << "2";
        QTest::newRow("println") << "{{println \"a\" 1}}"
                                 << "a 1\n";
        QTest::newRow("printf") << "{{printf \"%-5s|%3d|%q|%%|%v\" \"ab\" 7 \"x\" .Names}}"
                                << "ab   |  7|\"x\"|%|[api shop-api]";
        QTest::newRow("print of a map") << "{{.State}}"
                                        << "map[ExitCode:0 Running:true]";
        QTest::newRow("null") << "{{index .NetworkSettings.Ports \"443/tcp\"}}"
                              << "<no value>";
        QTest::newRow("braces in a string") << "{{\"}}\"}}{{`{{`}}"
                                            << "}}{{";
        QTest::newRow("slice") << "{{slice .ID 0 4}} {{truncate .ID 4}}"
                               << "7f3c 7f3c";
    }
    void rendersWhatPeopleWrite() {
        QFETCH(QString, format);
        QFETCH(QString, expected);
        const auto rendered = render(format);
        VERIFY_OK(rendered);
        QCOMPARE(QString::fromStdString(*rendered), expected);
    }
    void explainsWhatIsWrong_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("mention");
        QTest::newRow("unknown field")
            << "{{.Nmae}}"
            << "template: :1:2: executing \"\" at <.Nmae>: map has no entry for key \"Nmae\"";
        QTest::newRow("unknown function") << "{{frob .ID}}"
                                          << "frob";
        QTest::newRow("not closed") << "{{.ID"
                                    << "template: :1: unclosed action";
        QTest::newRow("end missing") << "{{if .ID}}x"
                                     << "unexpected EOF";
        QTest::newRow("end without beginning") << "x{{end}}"
                                               << "unexpected {{end}}";
        QTest::newRow("string not closed") << "{{\"abc}}"
                                           << "unterminated quoted string";
        QTest::newRow("template calls") << "{{template \"x\"}}"
                                        << "template \"x\" not defined";
        QTest::newRow("index out of range") << "{{index .Names 7}}"
                                            << "7";
        QTest::newRow("undeclared variable") << "{{$x}}"
                                             << "$x";
        QTest::newRow("parenthesis not closed") << "{{(.ID}}"
                                                << "unclosed left paren";
    }
    void explainsWhatIsWrong() {
        QFETCH(QString, format);
        QFETCH(QString, mention);
        const auto rendered = render(format);
        VERIFY_ERROR(rendered, ErrorKind::InvalidArgument);
        const auto message = QString::fromStdString(rendered.error().message());
        QVERIFY2(message.contains(mention), qPrintable(message));
    }
    void refusesDeepNesting() {
        VERIFY_ERROR(text::GoTemplate::parse("{{" + std::string(10000, '(') + "}}"),
                     ErrorKind::InvalidArgument);
        std::string blocks;
        for (int i = 0; i < 1000; ++i) {
            blocks += "{{if true}}";
        }
        VERIFY_ERROR(text::GoTemplate::parse(blocks), ErrorKind::InvalidArgument);
        VERIFY_ERROR(text::GoTemplate::parse(std::string(70000, 'x')), ErrorKind::InvalidArgument);
    }
    void endlessTemplatesAreStopped_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("mention");
        QTest::newRow("loop") << "{{range 1000000000}}{{end}}"
                              << "steps";
        QTest::newRow("recursion") << "{{define \"r\"}}{{template \"r\" .}}{{end}}{{template \"r\" .}}"
                                   << "exceeded maximum template depth";
        QTest::newRow("output") << "{{range 3000}}" + QString(60000, 'x') + "{{end}}"
                                << "bytes of output";
        QTest::newRow("padding") << "{{printf \"%99999999d\" 1}}{{pad \"x\" 0 99999999999}}"
                                 << "Repeat";
    }
    void endlessTemplatesAreStopped() {
        QFETCH(QString, format);
        QFETCH(QString, mention);
        const auto rendered = render(format);
        VERIFY_ERROR(rendered, ErrorKind::InvalidArgument);
        QVERIFY2(rendered.error().message().find(mention.toStdString()) != std::string::npos,
                 rendered.error().message().c_str());
    }
    void tellsWhichMembersATemplateAsksFor() {
        const auto mentions = [](const char* format, const char* member) {
            return text::GoTemplate::parse(format)->mentions(member);
        };
        QVERIFY(mentions("{{.ID}} {{if true}}{{$.Size}}{{end}}", "Size"));
        QVERIFY(mentions("{{json .}}", "Size"));
        QVERIFY(mentions("{{upper (print .Size)}}", "Size"));
        QVERIFY(!mentions("{{.ID}} Size {{\"Size\"}}", "Size"));
    }
    void methodsTakeArguments() {
        text::TemplateData about;
        about.typeName = "*formatter.ContainerContext";
        about.methods["Label"] = [](const std::string& name) { return "<" + name + ">"; };
        const auto of = [&](const char* format) {
            return text::GoTemplate::parse(format)->render(sample(), about);
        };
        QCOMPARE(*of("{{.Label \"a\"}}{{\"b\" | .Label}}"), std::string("<a><b>"));
        QVERIFY(of("{{.Label}}").error().message().find("want 1 got 0") != std::string::npos);
        QVERIFY(of("{{.Nope}}").error().message().find("in type *formatter.ContainerContext") !=
                std::string::npos);
    }
    void unfoldsEscapesOfTheShell() {
        QCOMPARE(text::unescapeFormat("{{.ID}}\\t{{.Name}}\\n"), std::string("{{.ID}}\t{{.Name}}\n"));
    }
};
QTEST_GUILESS_MAIN(TestGoTemplate)
#include "test_go_template.moc"
