// SPDX-License-Identifier: Apache-2.0
// Shows the run and pull dialogs and their pages in both themes. With CORACLE_PICTURES set to a folder the
// pictures are kept there as PNG.
#include "gui/dialogs/port_editor.h"
#include "gui/dialogs/pull_dialog.h"
#include "gui/dialogs/run_dialog.h"
#include "gui/views/images_page.h"
#include "gui/views/system_page.h"
#include "gui/views/volumes_page.h"
#include "gui/widgets/list_table.h"
#include "tests/gui/run_fixture.h"

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

FolderReader sampleReader() {
    return [](const QString& path, const std::function<void(const FolderFacts&)>& done) {
        FolderFacts facts;
        facts.exists = !path.contains(QLatin1String("nowhere"));
        facts.isFolder = facts.exists;
        facts.canEnter = facts.exists;
        facts.owners.ownId = 1000;
        facts.owners.subordinate = {{100000, 65536}};
        facts.files = {{QStringLiteral("shop.yaml"), 1000, 1000, 0644, false},
                       {QStringLiteral("secrets.env"), 1000, 1000, 0600, false},
                       {QStringLiteral("cache/"), 100998, 100998, 0755, true},
                       {QStringLiteral("host.key"), 0, 0, 0600, false}};
        facts.fileCount = facts.files.size();
        done(facts);
    };
}

types::RunSpec sampleSpec() {
    types::RunSpec spec;
    spec.image = "localhost/shop/api:2.3";
    spec.name = "api-debug";
    spec.detach = true;
    return spec;
}

bool keep(QWidget& widget, const QString& name, Scheme scheme) {
    // Rows that were only just added are laid out by posted events.
    for (int i = 0; i < 10; ++i) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    const auto picture = widget.grab();
    const auto folder = qEnvironmentVariable("CORACLE_PICTURES");
    if (folder.isEmpty()) {
        return !picture.isNull();
    }
    const auto suffix = scheme == Scheme::Dark ? QStringLiteral("dark") : QStringLiteral("light");
    return picture.save(QStringLiteral("%1/%2-%3.png").arg(folder, name, suffix));
}

}  // namespace

class TestRunPictures : public QObject {
    Q_OBJECT
private slots:
    void run_data() { schemes(); }
    void run() {
        QFETCH(Scheme, scheme);
        Fixture f(FakeEngine::withSampleData(), scheme);
        f.engine->setPortCheck(443, {engine::PortCheck::State::NeedsPrivilege, {}, 8443, 1024});
        QTRY_VERIFY(f.loaded());
        RunDialog dialog(f.context, sampleReader());
        auto spec = sampleSpec();
        spec.command = {"/app/server", "--port", "9000", "--trace"};
        dialog.setSpec(spec);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QTRY_VERIFY(f.engine->calls("images.inspect") > 0);
        QTRY_VERIFY(dialog.findChild<QWidget*>(QStringLiteral("ports.exposed.9000/tcp")) != nullptr);
        QVERIFY(keep(dialog, QStringLiteral("04a-run-basics"), scheme));

        spec.command.clear();
        spec.ports = {{"127.0.0.1", 9000, 9000, net::Protocol::Tcp},
                      {"", 8080, 80, net::Protocol::Tcp},
                      {"127.0.0.1", 443, 8443, net::Protocol::Tcp},
                      {"127.0.0.1", 0, 9229, net::Protocol::Tcp}};
        dialog.setSpec(spec);
        dialog.showSection(RunDialog::Ports);
        QTRY_VERIFY(!dialog.ports().isChecking());
        QVERIFY(keep(dialog, QStringLiteral("04b-run-ports"), scheme));

        spec.ports = {{"127.0.0.1", 9001, 9000, net::Protocol::Tcp}};
        using Kind = types::MountSpec::Kind;
        spec.mounts = {{Kind::Bind, "/home/anna/src/shop/conf", "/etc/shop", true, {}},
                       {Kind::Volume, "shop_uploads", "/data", false, {}},
                       {Kind::Tmpfs, "", "/tmp", false, {"size=64m"}}};
        dialog.setSpec(spec);
        dialog.showSection(RunDialog::Storage);
        QTRY_VERIFY(!dialog.storage().isChecking());
        QVERIFY(keep(dialog, QStringLiteral("04c-run-storage"), scheme));
        spec.mounts.push_back({Kind::Bind, "/nowhere/at/all", "/data", false, {}});
        spec.mounts.push_back({Kind::Volume, "fresh", "/fresh", false, {}});
        dialog.setSpec(spec);
        QTRY_VERIFY(!dialog.storage().isChecking());
        QVERIFY(keep(dialog, QStringLiteral("04c-run-storage-errors"), scheme));
        spec.mounts.clear();
        spec.env = {{"LOG_LEVEL", "debug"}, {"DATABASE_URL", "postgres://db:5432/shop"}};
        dialog.setSpec(spec);
        dialog.showSection(RunDialog::Environment);
        QVERIFY(keep(dialog, QStringLiteral("04f-run-environment"), scheme));
    }
    void pull_data() { schemes(); }
    void pull() {
        QFETCH(Scheme, scheme);
        Fixture f(FakeEngine::withSampleData(), scheme);
        using types::LayerState;
        std::vector<types::PullEvent> events(1);
        events[0].kind = types::PullEvent::Kind::Resolved;
        events[0].text = "sha256:e02b0000000000000000000000000000000000000000000000000000000077aa";
        events[0].layerCount = 8;
        const std::tuple<const char*, LayerState, std::uint64_t, std::uint64_t> rows[] = {
            {"3fd0b6a2", LayerState::AlreadyPresent, 74'800'000, 74'800'000},
            {"9b1e40cc", LayerState::Done, 4'200'000, 4'200'000},
            {"77d2c9a1", LayerState::Done, 1'500'000, 1'500'000},
            {"c8812fe0", LayerState::Extracting, 5'900'000, 8'100'000},
            {"e34ab00d", LayerState::Downloading, 64'000'000, 118'000'000},
            {"0aa7f3b2", LayerState::Downloading, 31'000'000, 52'000'000},
            {"5cc90e17", LayerState::Waiting, 0, 9'800},
            {"f01d24be", LayerState::Waiting, 0, 183}};
        std::uint32_t index = 0;
        for (const auto& [digest, state, done, total] : rows) {
            types::PullEvent event;
            event.kind = types::PullEvent::Kind::Layer;
            event.layerIndex = index++;
            event.layerDigest = std::string("sha256:") + digest + std::string(56, '0');
            event.state = state;
            event.doneBytes = done;
            event.totalBytes = total;
            events.push_back(event);
        }
        types::PullEvent more = events[5];
        more.doneBytes = 70'000'000;
        events.insert(events.end(), 1000, more);  // it goes on for as long as it is looked at
        f.engine->setPullScript(events, std::chrono::milliseconds(80));
        PullDialog dialog(f.context);
        dialog.setReference(QStringLiteral("postgres:17"));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QVERIFY(keep(dialog, QStringLiteral("03c-pull-start"), scheme));
        dialog.startPull();
        QTRY_VERIFY(dialog.job() == nullptr || dialog.job()->layers().totals().fetched >= 112'000'000);
        QVERIFY(dialog.job() != nullptr);
        QVERIFY(keep(dialog, QStringLiteral("03c-pull-dialog"), scheme));
    }
    void pages_data() { schemes(); }
    void pages() {
        QFETCH(Scheme, scheme);
        Fixture f(FakeEngine::withSampleData(), scheme);
        QTRY_VERIFY(f.loaded());
        ImagesPage images(f.context);
        picture(images, QStringLiteral("03a-images"), scheme,
                [&] { return f.engine->calls("images.inspect") >= 14; });
        VolumesPage volumes(f.context);
        picture(volumes, QStringLiteral("05-volumes"), scheme,
                [&] { return f.engine->calls("volumes.measure") >= 6; });
        SystemPage health(f.context);
        picture(health, QStringLiteral("10a-system-health"), scheme,
                [&] { return health.findChild<QWidget*>(QStringLiteral("check.userns")) != nullptr; });
    }

private:
    static void schemes() {
        QTest::addColumn<Scheme>("scheme");
        QTest::newRow("light") << Scheme::Light;
        QTest::newRow("dark") << Scheme::Dark;
    }
    template <typename Ready>
    static void picture(Page& page, const QString& name, Scheme scheme, const Ready& ready) {
        page.resize(1072, 772);
        page.show();
        page.enter({page.name(), {}, {}});
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QTRY_VERIFY(ready());
        QVERIFY(keep(page, name, scheme));
    }
};

QTEST_MAIN(TestRunPictures)
#include "test_run_pictures.moc"
