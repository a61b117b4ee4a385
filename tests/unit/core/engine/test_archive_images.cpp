// SPDX-License-Identifier: Apache-2.0
#include "core/engine/archive_images.h"
#include "core/engine/archive_output.h"
#include "core/engine/container_commit.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace coracle;
using namespace coracle::engine;

class TestArchiveImages : public QObject {
    Q_OBJECT

private slots:
    void namesComeFromAnnotations_data();
    void namesComeFromAnnotations();
    void imageTakesOverWhatThePersonSaid();
    void imageForgetsArgumentsOfAnotherEntrypoint();
    void outputAppearsWhenItIsWhole();
    void folderThatIsNotEmptyIsRefused();

private:
    static std::string join(const std::vector<image::Reference>& names) {
        std::string text;
        for (const auto& name : names) {
            text += (text.empty() ? "" : " ") + name.text();
        }
        return text;
    }
};

void TestArchiveImages::namesComeFromAnnotations_data() {
    QTest::addColumn<QString>("containerd");
    QTest::addColumn<QString>("refName");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("none") << ""
                          << ""
                          << "";
    QTest::newRow("a tag alone") << ""
                                 << "latest"
                                 << "";
    QTest::newRow("with a registry") << ""
                                     << "quay.io/a/b:1"
                                     << "quay.io/a/b:1";
    QTest::newRow("docker.io in full") << ""
                                       << "docker.io/library/a:1"
                                       << "docker.io/library/a:1";
    QTest::newRow("without a registry") << ""
                                        << "a:1"
                                        << "localhost/a:1";
    QTest::newRow("path without a registry") << ""
                                             << "library/a"
                                             << "localhost/library/a:latest";
    QTest::newRow("containerd's comes first") << "docker.io/library/a:2"
                                              << "2"
                                              << "docker.io/library/a:2";
    QTest::newRow("no name at all") << ""
                                    << "a:B/C"
                                    << "";
    QTest::newRow("digest") << ""
                            << "a/b@sha256:" + QString(64, 'a') << "";
}

void TestArchiveImages::namesComeFromAnnotations() {
    QFETCH(QString, containerd);
    QFETCH(QString, refName);
    QFETCH(QString, wanted);
    std::map<std::string, std::string> annotations;
    if (!containerd.isEmpty()) {
        annotations["io.containerd.image.name"] = containerd.toStdString();
    }
    if (!refName.isEmpty()) {
        annotations["org.opencontainers.image.ref.name"] = refName.toStdString();
    }
    QCOMPARE(QString::fromStdString(join(namesOf(annotations))), wanted);
}

void TestArchiveImages::imageTakesOverWhatThePersonSaid() {
    image::ImageConfig base;
    base.env = {"PATH=/bin", "LANG=C"};
    types::RunSpec spec;
    spec.command = {"sleep", "1"};
    spec.env = {{"A", "1"}, {"TERM", "dumb"}};
    spec.labels = {{"who", "me"}};
    spec.user = "7";
    spec.workingDirectory = "/w";
    net::PortMapping port;
    port.containerPort = 80;
    spec.ports = {port};
    auto editor = image::ConfigEditor::blank({"linux", "amd64", ""});
    takeOverRun(editor, base, spec, {"PATH=/bin", "HOSTNAME=0123", "TERM=dumb", "LANG=C", "A=1"});
    const auto config = nlohmann::json::parse(editor.text())["config"];
    QCOMPARE(config["Env"].dump(), std::string(R"(["PATH=/bin","TERM=dumb","LANG=C","A=1"])"));
    QCOMPARE(config["Cmd"].dump(), std::string(R"(["sleep","1"])"));
    QCOMPARE(config["User"].dump(), std::string(R"("7")"));
    QCOMPARE(config["WorkingDir"].dump(), std::string(R"("/w")"));
    QCOMPARE(config["Labels"].dump(), std::string(R"({"who":"me"})"));
    QCOMPARE(config["ExposedPorts"].dump(), std::string(R"({"80/tcp":{}})"));
}

void TestArchiveImages::imageForgetsArgumentsOfAnotherEntrypoint() {
    types::RunSpec spec;
    spec.entrypoint = std::vector<std::string>{"/init"};
    auto editor = image::ConfigEditor::blank({"linux", "amd64", ""});
    editor.setCommand({"old"});
    takeOverRun(editor, {}, spec, {"HOSTNAME=x"});
    const auto config = nlohmann::json::parse(editor.text())["config"];
    QVERIFY(!config.contains("Cmd"));
    QVERIFY(!config.contains("Env"));
    QCOMPARE(config["Entrypoint"].dump(), std::string(R"(["/init"])"));
}

void TestArchiveImages::outputAppearsWhenItIsWhole() {
    const test::TemporaryDirectory directory;
    const types::OutputPlace place{directory / "a.tar", -1};
    {
        auto output = makeArchiveOutput(types::ArchiveFormat::OciArchive, place);
        VERIFY_OK(output);
        VERIFY_OK((*output)->add("x", "content"));
    }
    QVERIFY(sys::listDirectory(directory.path())->empty());
    {
        auto output = makeArchiveOutput(types::ArchiveFormat::OciArchive, place);
        VERIFY_OK(output);
        VERIFY_OK((*output)->add("x", "content"));
        VERIFY_OK((*output)->add("x", "content"));
        QVERIFY(!sys::pathExists(place.path));
        VERIFY_OK((*output)->commit());
    }
    QCOMPARE(sys::listDirectory(directory.path())->size(), std::size_t{1});
    QCOMPARE(sys::readFile(place.path)->size(), std::size_t{4 * 512});
}

void TestArchiveImages::folderThatIsNotEmptyIsRefused() {
    const test::TemporaryDirectory directory;
    VERIFY_OK(sys::makeDirectories(directory / "full/of"));
    VERIFY_ERROR(makeArchiveOutput(types::ArchiveFormat::OciFolder, {directory / "full", -1}),
                 ErrorKind::AlreadyExists);
    VERIFY_OK(sys::makeDirectories(directory / "empty"));
    auto output = makeArchiveOutput(types::ArchiveFormat::OciFolder, {directory / "empty/", -1});
    VERIFY_OK(output);
    VERIFY_OK((*output)->add("blobs/sha256/a", "x"));
    VERIFY_OK((*output)->commit());
    QCOMPARE(*sys::readFile(directory / "empty/blobs/sha256/a"), std::string("x"));
    VERIFY_ERROR(makeArchiveOutput(types::ArchiveFormat::OciFolder, {"", 1}), ErrorKind::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestArchiveImages)
#include "test_archive_images.moc"
