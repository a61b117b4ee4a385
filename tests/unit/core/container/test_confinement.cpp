// SPDX-License-Identifier: Apache-2.0
#include "core/container/confinement.h"
#include "core/container/spec_builder.h"
#include "tests/support/verify.h"

#include <QTest>

#include <algorithm>

using namespace coracle;

namespace {

container::BundleInput input(const types::RunSpec& spec) {
    container::BundleInput input;
    input.id = std::string(64, 'a');
    input.spec = spec;
    input.paths.data = "/store/containers/a";
    input.paths.bundle = "/store/containers/a";
    input.paths.runRoot = "/run/c";
    input.lowerDirs = {"/store/layers/x"};
    input.process.arguments = {"/bin/sh"};
    input.process.workingDirectory = "/";
    input.process.hostname = "box";
    input.process.security = *container::planSecurity(spec, {});
    for (const auto& mount : spec.mounts) {
        input.mounts.push_back({.mount = mount, .hostPath = mount.source, .volumeName = {}, .copyUp = false});
    }
    return input;
}

/// By way of the documents that the runtime gets for it.
Result<types::Confinement> confine(const types::RunSpec& spec) {
    const auto bundle = input(spec);
    TRY_ASSIGN(const auto documents, container::buildBundle(bundle));
    return container::describeConfinement(documents.config, documents.overlay, bundle.paths.bundle);
}

bool has(const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

class TestConfinement : public QObject {
    Q_OBJECT
private slots:
    void saysWhatTheDefaultEnforces() {
        const auto c = confine({});
        VERIFY_OK(c);
        QCOMPARE(c->capabilities.size(), std::size_t(11));
        QCOMPARE(c->droppedCapabilities.size(), std::size_t(30));
        QVERIFY(has(c->droppedCapabilities, "CAP_SYS_ADMIN"));
        QCOMPARE(c->systemCallFilter, std::string("default"));
        QVERIFY(!c->noNewPrivileges);
        QVERIFY(has(c->maskedPaths, "/proc/kcore"));
        QVERIFY(has(c->readOnlyPaths, "/proc/sys"));
        QVERIFY(c->hostNamespaces.empty());
        QVERIFY(!c->writableSys);
        QVERIFY(c->shared.empty());
        QVERIFY(!c->observed);
    }
    void saysWhatEachOptionOpensOrCloses() {
        types::RunSpec spec;
        spec.network = "host";
        spec.userns = "host";
        spec.cgroupns = "host";
        spec.capAdd = {"NET_RAW"};
        spec.securityOpt = {"no-new-privileges", "seccomp=unconfined", "systempaths=unconfined"};
        spec.readOnly = true;
        const auto c = confine(spec);
        VERIFY_OK(c);
        QVERIFY(has(c->capabilities, "CAP_NET_RAW"));
        QVERIFY(c->noNewPrivileges);
        QVERIFY(c->readOnlyRoot);
        QCOMPARE(c->systemCallFilter, std::string("unconfined"));
        QVERIFY(c->maskedPaths.empty());
        QCOMPARE(c->hostNamespaces, (std::vector<std::string>{"user", "cgroup", "network"}));
    }
    void privilegedIsToldInAllItsParts() {
        types::RunSpec spec;
        spec.privileged = true;
        const auto c = confine(spec);
        VERIFY_OK(c);
        QVERIFY(c->droppedCapabilities.empty());
        QVERIFY(c->writableSys);
        QVERIFY(c->writableControlGroup);
        QCOMPARE(c->systemCallFilter, std::string("default+nested"));
    }
    void ownProfileIsCustom() {
        types::RunSpec spec;
        spec.securityOpt = {"seccomp=/home/anna/own.json"};
        auto bundle = input(spec);
        bundle.process.security.seccompText = R"({"defaultAction":"SCMP_ACT_ALLOW"})";
        const auto documents = container::buildBundle(bundle);
        VERIFY_OK(documents);
        const auto c =
            container::describeConfinement(documents->config, documents->overlay, bundle.paths.bundle);
        VERIFY_OK(c);
        QCOMPARE(c->systemCallFilter, std::string("custom"));
    }
    void namesWhatIsSharedAndNotItsOwnFiles() {
        types::RunSpec spec;
        types::MountSpec folder;
        folder.source = "/home/anna/src";
        folder.target = "/src";
        folder.readOnly = true;
        spec.mounts = {folder};
        spec.devices = {"/dev/fuse"};
        const auto c = confine(spec);
        VERIFY_OK(c);
        QCOMPARE(c->shared.size(), std::size_t(2));
        const auto& device = c->shared[0].device ? c->shared[0] : c->shared[1];
        const auto& source = c->shared[0].device ? c->shared[1] : c->shared[0];
        QCOMPARE(device.source, std::string("/dev/fuse"));
        QVERIFY(source.readOnly);
        QCOMPARE(source.target, std::string("/src"));
    }
    void readsWhatTheKernelSays() {
        const auto seen = container::parseObserved(
            "Name:\tsh\nCapBnd:\t00000000000000c1\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t2\n");
        VERIFY_OK(seen);
        QCOMPARE(seen->capabilities, (std::vector<std::string>{"CAP_CHOWN", "CAP_SETGID", "CAP_SETUID"}));
        QVERIFY(seen->noNewPrivileges);
        QCOMPARE(seen->systemCallFilters, std::int64_t(2));
    }
    void oldKernelsDoNotCountFilters() {
        const auto seen = container::parseObserved("CapBnd:\t0\nNoNewPrivs:\t0\nSeccomp:\t2\n");
        VERIFY_OK(seen);
        QCOMPARE(seen->systemCallFilters, std::int64_t(1));
        QVERIFY(!container::parseObserved("CapBnd:\tx\n"));
    }
    void damagedDocumentsAreCorrupt() {
        const auto c = container::describeConfinement("{", "{}", "/b");
        QVERIFY(!c);
        QCOMPARE(c.error().kind(), ErrorKind::Corrupt);
    }
};

QTEST_GUILESS_MAIN(TestConfinement)
#include "test_confinement.moc"
