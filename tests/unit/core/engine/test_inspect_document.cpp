// SPDX-License-Identifier: Apache-2.0
#include "core/engine/inspect_document.h"
#include "core/text/go_template.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace coracle;
using types::ContainerStatus;

namespace {

engine::ContainerDocumentInput running() {
    engine::ContainerDocumentInput input;
    auto& details = input.details;
    details.summary.id = std::string(64, 'a');
    details.summary.name = "web";
    details.summary.status = ContainerStatus::Running;
    details.summary.pid = 4242;
    details.summary.startedAt = types::Time{};
    details.summary.command = {"/bin/sh", "-c", "true"};
    details.summary.labels = {{"build_version", "1.2"}};
    details.summary.network = "slirp4netns";
    details.summary.ports = {{"", 8080, 80, net::Protocol::Tcp}, {"127.0.0.1", 53, 53, net::Protocol::Udp}};
    details.summary.mounts = {{types::MountSpec::Kind::Volume, "data", "/data", false, {}}};
    details.spec.network = "slirp4netns";
    details.spec.ports = details.summary.ports;
    input.address = "10.0.2.100";
    return input;
}

std::string render(const char* text, const engine::ContainerDocumentInput& input) {
    const auto compiled = text::GoTemplate::parse(text);
    if (!compiled) {
        return compiled.error().message();
    }
    const auto result = compiled->render(engine::containerDocument(input));
    return result ? *result : result.error().message();
}

}  // namespace

class TestInspectDocument : public QObject {
    Q_OBJECT
private slots:
    /// Templates that people write, from the documentation of well-known images.
    void answersTemplatesInTheWild_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("expected");
        QTest::newRow("label") << R"({{ index .Config.Labels "build_version" }})"
                               << "1.2";
        QTest::newRow("running") << "{{.State.Running}}"
                                 << "true";
        QTest::newRow("pid") << "{{.State.Pid}}"
                             << "4242";
        QTest::newRow("name") << "{{.Name}}"
                              << "/web";
        QTest::newRow("address") << "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
                                 << "10.0.2.100";
        QTest::newRow("port") << R"({{(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort}})"
                              << "8080";
        QTest::newRow("mount") << "{{(index .Mounts 0).Name}}"
                               << "data";
        QTest::newRow("arguments") << "{{json .Args}}"
                                   << R"(["-c","true"])";
    }
    void answersTemplatesInTheWild() {
        QFETCH(QString, format);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(render(format.toUtf8().constData(), running())), expected);
    }
    void endedWithAnUnknownCode() {
        auto input = running();
        input.details.summary.status = ContainerStatus::Exited;
        input.details.summary.pid = 0;
        QCOMPARE(render("{{.State.ExitCode}} {{.State.Status}} {{len .NetworkSettings.Ports}}", input),
                 std::string("-1 exited 0"));
        input.details.summary.exitCode = 137;
        QCOMPARE(render("{{.State.ExitCode}}", input), std::string("137"));
    }
    void neverStarted() {
        auto input = running();
        input.details.summary.status = ContainerStatus::Created;
        input.details.summary.startedAt.reset();
        input.details.summary.pid = 0;
        QCOMPARE(render("{{.State.ExitCode}} {{.State.StartedAt}}", input),
                 std::string("0 0001-01-01T00:00:00Z"));
    }
    void aFirstStartThatFailed() {
        auto input = running();
        input.details.summary.status = ContainerStatus::Created;
        input.details.summary.startedAt.reset();
        input.details.summary.pid = 0;
        input.details.summary.exitCode = 127;
        input.details.summary.error = "no such program";
        QCOMPARE(render("{{.State.Status}} {{.State.ExitCode}} {{.State.Error}}", input),
                 std::string("created 127 no such program"));
    }
    void imagePlatformIsTakenApart() {
        engine::ImageDocumentInput input;
        input.details.summary.platform = "linux/arm/v7";
        const auto document = engine::imageDocument(input);
        QCOMPARE(document["Os"].get<std::string>(), std::string("linux"));
        QCOMPARE(document["Architecture"].get<std::string>(), std::string("arm"));
        QCOMPARE(document["Variant"].get<std::string>(), std::string("v7"));
        QVERIFY(document["Config"]["Labels"].is_object());
    }
};

QTEST_GUILESS_MAIN(TestInspectDocument)
#include "test_inspect_document.moc"
