// SPDX-License-Identifier: Apache-2.0
#include "core/container/cdi.h"
#include "core/types/cdi_text.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace coracle;
using container::CdiDocument;
using Names = std::vector<std::string>;

namespace {

constexpr const char* kVendor = R"({
    "cdiVersion": "0.6.0",
    "kind": "vendor.com/net",
    "annotations": {"made.by": "test"},
    "containerEdits": {
        "env": ["SHARED=1"],
        "hooks": [{"hookName": "createContainer", "path": "/usr/bin/tool", "args": ["tool", "link"], "timeout": 5}]
    },
    "devices": [
        {"name": "one", "containerEdits": {
            "env": ["WHICH=one"],
            "deviceNodes": [{"path": "/dev/net0", "hostPath": "/dev/null", "type": "c", "major": 1, "minor": 3,
                             "permissions": "rw"}],
            "mounts": [{"hostPath": "/usr/lib/net", "containerPath": "/opt/net", "options": ["ro", "nosuid"]}],
            "additionalGids": [44]}},
        {"name": "two", "containerEdits": {"deviceNodes": [{"path": "/dev/null", "uid": 5}]}},
        {"name": "cache", "containerEdits": {"intelRdt": {}}}
    ]})";

CdiDocument documentOf(const std::string& text, const std::string& file = "/etc/cdi/a.json",
                       int priority = 0) {
    auto document = container::parseCdiDocument(file, text);
    if (!document) {
        qWarning("%s", document.error().message().c_str());
        return {};
    }
    document->priority = priority;
    return *document;
}

std::string deviceOf(const std::string& edits) {
    return R"({"cdiVersion": "1.0.0", "kind": "v.com/c", "devices": [{"name": "a", "containerEdits": )" +
           edits + "}]}";
}

}  // namespace

class TestCdi : public QObject {
    Q_OBJECT
private slots:
    void aDeviceBringsWhatItsFileSays() {
        const auto chosen = container::chooseCdiDevices(
            {documentOf(kVendor)}, {}, {"vendor.com/net=one", "vendor.com/net=two", "vendor.com/net=one"});
        VERIFY_OK(chosen);
        QCOMPARE(chosen->size(), std::size_t{2});
        const auto& one = chosen->front().edits;
        QCOMPARE(one.env, (Names{"SHARED=1", "WHICH=one"}));
        QCOMPARE(one.nodes.front().path, std::string("/dev/net0"));
        QCOMPARE(one.nodes.front().hostPath, std::string("/dev/null"));
        QCOMPARE(one.nodes.front().minor.value_or(0), std::int64_t{3});
        QVERIFY(!one.nodes.front().ownerOrMode);
        QCOMPARE(one.mounts.front().options, (Names{"ro", "nosuid"}));
        QCOMPARE(one.gids, std::vector<std::int64_t>{44});
        const auto& two = (*chosen)[1].edits;
        QVERIFY(two.env.empty() && two.hooks.empty());  // the file's own part came with the first
        QCOMPARE(two.nodes.front().hostPath, std::string("/dev/null"));
        QVERIFY(two.nodes.front().ownerOrMode);
        const auto hooks = container::hooksDocument(*chosen);
        QCOMPARE(hooks["createContainer"].size(), std::size_t{1});
        QVERIFY(hooks["createContainer"][0]["args"] == nlohmann::json::array({"tool", "link"}));
        QCOMPARE(hooks["createContainer"][0]["timeout"].get<int>(), 5);
        QCOMPARE(container::withCdiEnv({"WHICH=none", "WHICHEVER=x"}, *chosen),
                 (Names{"WHICHEVER=x", "SHARED=1", "WHICH=one"}));
    }

    void theFolderOfGreaterPriorityWins() {
        const auto early = documentOf(kVendor, "/etc/cdi/a.json", 0);
        auto late = documentOf(kVendor, "/run/cdi/b.json", 1);
        const auto chosen = container::chooseCdiDevices({late, early}, {}, {"vendor.com/net=two"});
        VERIFY_OK(chosen);
        QCOMPARE(chosen->front().file, std::string("/run/cdi/b.json"));
        late.priority = 0;
        const auto both = container::chooseCdiDevices({early, late}, {}, {"vendor.com/net=two"});
        VERIFY_ERROR(both, ErrorKind::Conflict);
        QVERIFY(both.error().message().find("/run/cdi/b.json") != std::string::npos);
    }

    void yamlSaysTheSame() {
        const std::string text =
            "---\ncdiVersion: 0.5.0\nkind: nvidia.com/gpu\n"
            "devices:\n"
            "- name: \"0\"\n"
            "  containerEdits: &edits\n"
            "    deviceNodes:\n    - path: /dev/nvidia0\n      major: 195\n      fileMode: 0666\n"
            "    hooks:\n    - hookName: createContainer\n      path: /usr/bin/hook\n      args: [hook, 1, "
            "x]\n"
            "- name: all\n  containerEdits: *edits\n";
        const auto wrong = container::parseCdiDocument("/etc/cdi/n.yaml", text);
        VERIFY_ERROR(wrong, ErrorKind::Corrupt);  // a number is no argument
        auto right = text;
        right.replace(right.find("1, x"), 1, "'1'");
        const auto document = container::parseCdiDocument("/etc/cdi/n.yml", right);
        VERIFY_OK(document);
        QCOMPARE(document->devices.size(), std::size_t{2});
        QCOMPARE(document->devices[1].edits.nodes.at(0).major, std::optional<std::int64_t>(195));
        QCOMPARE(document->devices[1].edits.hooks.at(0).args, (std::vector<std::string>{"hook", "1", "x"}));
        VERIFY_ERROR(container::parseCdiDocument("/etc/cdi/n.json", right), ErrorKind::Corrupt);
        VERIFY_OK(container::parseCdiDocument("/etc/cdi/without-an-ending", std::string("\n") + kVendor));
    }

    void whatIsNotThereSaysWhatIs() {
        const auto none = container::chooseCdiDevices({documentOf(kVendor)}, {}, {"vendor.com/net=three"});
        VERIFY_ERROR(none, ErrorKind::NotFound);
        QVERIFY(none.error().hint().find("vendor.com/net=one") != std::string::npos);
        const auto gpu = container::chooseCdiDevices({}, {}, {"nvidia.com/gpu=all"});
        QVERIFY(gpu.error().hint().find("nvidia-ctk cdi generate --output=") != std::string::npos);
        const Error broken(ErrorKind::Corrupt, "'/etc/cdi/x.json': it is broken");
        const auto failed = container::chooseCdiDevices({}, {broken}, {"nvidia.com/gpu=all"});
        QVERIFY(failed.error().message().find("/etc/cdi/x.json") != std::string::npos);
        VERIFY_OK(container::chooseCdiDevices({documentOf(kVendor)}, {broken}, {"vendor.com/net=one"}));
        const auto root = container::chooseCdiDevices({documentOf(kVendor)}, {}, {"vendor.com/net=cache"});
        VERIFY_ERROR(root, ErrorKind::Unsupported);
        QVERIFY(root.error().message().find("root only") != std::string::npos);
    }

    void brokenDescriptionsNameThePlace_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place");
        const auto row = [](const char* name, const std::string& text, const char* place) {
            QTest::newRow(name) << QString::fromStdString(text) << QString(place);
        };
        row("no json", "cdiVersion: 1", "'f': ");
        row("no version", R"({"kind": "v.com/c"})", "cdiVersion");
        row("a version of tomorrow", R"({"cdiVersion": "2.0.0", "kind": "v.com/c"})", "version '2.0.0'");
        row("a kind that is none", R"({"cdiVersion": "1.0.0", "kind": "gpu"})", "'gpu' is not VENDOR/CLASS");
        row("a member that is not known", R"({"cdiVersion": "1.0.0", "kind": "v.com/c", "extra": 1})",
            "'extra'");
        row("an edit that is not known", deviceOf(R"({"seccomp": {}})"),
            "'f': devices[0].containerEdits: member 'seccomp' is not known");
        row("a relative path", deviceOf(R"({"mounts": [{"hostPath": "x", "containerPath": "/y"}]})"),
            "'f': devices[0].containerEdits.mounts[0]: 'x' is not an absolute path");
        row("no path", deviceOf(R"({"deviceNodes": [{"hostPath": "/dev/null"}]})"), "deviceNodes[0]: ");
        row("a list that is none", deviceOf(R"({"deviceNodes": {}})"), "containerEdits: ");
        row("a hook of no kind", deviceOf(R"({"hooks": [{"hookName": "late", "path": "/x"}]})"),
            "hooks[0]: 'late' is no kind of hook");
        row("a hook without an end",
            deviceOf(R"({"hooks": [{"hookName": "poststop", "path": "/x", "timeout": 0}]})"),
            "hooks[0]: its timeout");
        row("a mount of another type",
            deviceOf(R"({"mounts": [{"hostPath": "/x", "containerPath": "/y", "type": "tmpfs"}]})"),
            "mounts[0]: its type");
        row("a variable without a name", deviceOf(R"({"env": ["=x"]})"), "'=x' is not NAME=VALUE");
        row("a group that is none", deviceOf(R"({"additionalGids": [-1]})"), "additionalGids[0]");
        row("a device without a name", R"({"cdiVersion": "1.0.0", "kind": "v.com/c", "devices": [{}]})",
            "devices[0]: ");
        row("a doubled key", R"({"cdiVersion": "1.0.0", "cdiVersion": "1.0.0", "kind": "v.com/c"})", "'f': ");
        row("too long", std::string(container::kMaxCdiBytes + 1, ' '), "'f': ");
    }
    void brokenDescriptionsNameThePlace() {
        QFETCH(QString, text);
        QFETCH(QString, place);
        const auto document = container::parseCdiDocument("f", text.toStdString());
        QVERIFY(!document);
        const auto message = QString::fromStdString(document.error().message());
        QVERIFY2(message.startsWith("'f'") && message.contains(place), qPrintable(message));
    }

    void namesOfDevices_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("nvidia") << "nvidia.com/gpu=all" << true;
        QTest::newRow("by number") << "nvidia.com/gpu=1:0" << true;
        QTest::newRow("no vendor") << "gpu=all" << false;
        QTest::newRow("no name") << "nvidia.com/gpu=" << false;
        QTest::newRow("a path in it") << "nvidia.com/gpu/x=all" << false;
        QTest::newRow("a slash in the name") << "nvidia.com/gpu=../x" << false;
        QTest::newRow("begins with a digit") << "0.com/gpu=all" << false;
    }
    void namesOfDevices() {
        QFETCH(QString, text);
        QVERIFY(types::isCdiName(text.toStdString()));
        QTEST(bool(types::checkCdiName(text.toStdString())), "good");
    }

    void gpusAsDockerWritesThem_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("names");
        QTest::newRow("all") << "all"
                             << "all";
        QTest::newRow("two") << "2"
                             << "0 1";
        QTest::newRow("count") << "count=all,driver=nvidia"
                               << "all";
        QTest::newRow("by name") << "\"device=0,GPU-1a\""
                                 << "0 GPU-1a";
        QTest::newRow("one by name") << "device=3"
                                     << "3";
        QTest::newRow("with capabilities") << "all,\"capabilities=compute,utility\""
                                           << "all";
        QTest::newRow("capabilities alone") << "capabilities=gpu"
                                            << "0";
        QTest::newRow("none") << "none"
                              << "";
        QTest::newRow("far too many") << "1000"
                                      << "";
        QTest::newRow("another vendor") << "all,driver=amd"
                                        << "";
        QTest::newRow("twice") << "all,2"
                               << "";
        QTest::newRow("a path") << "device=../x"
                                << "";
    }
    void gpusAsDockerWritesThem() {
        QFETCH(QString, text);
        const auto names = types::parseGpus(text.toStdString());
        QString found;
        for (const auto& name : names ? *names : Names()) {
            QVERIFY(name.starts_with("nvidia.com/gpu="));
            found += (found.isEmpty() ? "" : " ") + QString::fromStdString(name.substr(15));
        }
        QTEST(found, "names");
    }
};

QTEST_GUILESS_MAIN(TestCdi)
#include "test_cdi.moc"
