// SPDX-License-Identifier: Apache-2.0
#include "core/image/manifest.h"

#include <QtTest>

using namespace coracle;
using image::Digest;
using image::Platform;

namespace {

const char* const kOciManifest = "application/vnd.oci.image.manifest.v1+json";
const char* const kOciIndex = "application/vnd.oci.image.index.v1+json";
const char* const kDockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

std::string digestText(char digit) {
    return "sha256:" + std::string(64, digit);
}

std::string descriptor(const std::string& mediaType, const std::string& more = {},
                       const std::string& size = "10") {
    return R"({"mediaType":")" + mediaType + R"(","digest":")" + digestText('a') + R"(","size":)" + size +
           more + "}";
}

std::string config() {
    return descriptor("application/vnd.oci.image.config.v1+json");
}
std::string layer() {
    return descriptor("application/vnd.oci.image.layer.v1.tar+gzip");
}

std::string manifestText(const std::string& members) {
    return R"({"schemaVersion":2)" + members + "}";
}

std::string entry(const std::string& os, const std::string& architecture, const std::string& variant = {}) {
    return descriptor(kOciManifest,
                      R"(,"platform":{"os":")" + os + R"(","architecture":")" + architecture +
                          (variant.empty() ? "" : R"(","variant":")" + variant) + R"("})",
                      std::to_string(variant.size() + 10 * architecture.size() + 100 * os.size()));
}

}  // namespace

class TestManifest : public QObject {
    Q_OBJECT

private slots:
    void readsManifest();
    void readsIndex();
    void refusesBadManifests_data();
    void refusesBadManifests();
    void selectsPlatform_data();
    void selectsPlatform();
    void namesPlatformsThereAre();
    void readsConfig();
    void refusesBadConfigs_data();
    void refusesBadConfigs();
    void chainsDiffIds();
    void readsDockerArchives();
    void refusesBadDockerArchives_data();
    void refusesBadDockerArchives();
    void writesTheManifestItReads();
    void parsesPlatforms();
    void knowsLayerTypes();
};

void TestManifest::readsManifest() {
    const std::string text =
        manifestText(R"(,"config":)" + config() + R"(,"layers":[)" + layer() + "," + layer() + "]");
    for (const char* promised :
         {"", kOciManifest, "application/vnd.oci.image.manifest.v1+json; charset=utf-8",
          "application/json"}) {
        const auto parsed = image::parseManifest(text, promised);
        QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message().c_str());
        QVERIFY(parsed->manifest && !parsed->index);
        QCOMPARE(parsed->manifest->layers.size(), std::size_t{2});
        QCOMPARE(parsed->manifest->mediaType, std::string(kOciManifest));
        QCOMPARE(parsed->manifest->config.size, std::uint64_t{10});
    }
}

void TestManifest::readsIndex() {
    const auto parsed =
        image::parseManifest(manifestText(R"(,"manifests":[)" + entry("linux", "amd64") + "]"), "");
    QVERIFY(parsed && parsed->index && !parsed->manifest);
    QCOMPARE(parsed->index->manifests.front().platform->text(), std::string("linux/amd64"));
}

void TestManifest::refusesBadManifests_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("promised");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const std::string& text, const char* promised, const char* part) {
        QTest::newRow(name) << QString::fromStdString(text) << promised << part;
    };
    const std::string members = R"(,"config":)" + config() + R"(,"layers":[)" + layer() + "]";
    row("nothing", "", "", "not valid JSON");
    row("an array", "[]", "", "not a JSON object");
    row("schema 1", R"({"schemaVersion":1,"fsLayers":[]})", "", "schema version 1");
    row("no version", "{}", "", "'schemaVersion' is not 2");
    row("neither", manifestText(""), "", "neither 'layers' nor 'manifests'");
    row("both", manifestText(members + R"(,"manifests":[])"), "", "both an index and a manifest");
    row("index by promise", manifestText(members), kOciIndex, "needs 'manifests'");
    row("manifest by promise", manifestText(R"(,"manifests":[])"), kOciManifest,
        "needs 'config' and 'layers'");
    row("type differs from promise",
        manifestText(R"(,"mediaType":")" + std::string(kDockerManifest) + "\"" + members), kOciManifest,
        "but was announced as");
    row("unknown type", manifestText(members), "text/html", "image manifest of type 'text/html'");
    row("artifact type", manifestText(R"(,"artifactType":"application/x-sbom")" + members), "",
        "not a container image");
    row("artifact config",
        manifestText(R"(,"layers":[],"config":)" + descriptor("application/vnd.oci.empty.v1+json")), "",
        "artifact of type 'application/vnd.oci.empty.v1+json'");
    row("duplicate key", manifestText(members + R"(,"layers":[])"), "", "appears twice");
    row("no config", manifestText(R"(,"layers":[])"), "", "'config' is missing");
    row("no layers", manifestText(R"(,"config":)" + config()), "", "'layers' is missing");
    const auto withLayer = [](const std::string& text) {
        return manifestText(R"(,"config":)" + config() + R"(,"layers":[)" + text + "]");
    };
    row("negative size", withLayer(descriptor("x", "", "-5")), "", "layer 1: size -5");
    row("huge size", withLayer(descriptor("x", "", "4611686018427387904")), "",
        "layer 1: size 4611686018427387904");
    row("size above 2^63", withLayer(descriptor("x", "", "18446744073709551615")), "", "out of range");
    row("broken size", withLayer(descriptor("x", "", "1.5")), "", "not an integer");
    row("short digest", withLayer(R"({"mediaType":"x","digest":"sha256:00","size":1})"), "",
        "layer 1: digest 'sha256:00'");
    row("digest as path", withLayer(R"({"mediaType":"x","digest":"sha256:../../x","size":1})"), "",
        "'sha256:../../x'");
    row("large config",
        manifestText(R"(,"layers":[],"config":)" +
                     descriptor("application/vnd.oci.image.config.v1+json", "", "8388609")),
        "", "config: size");
    std::string many = layer();
    for (int i = 0; i < 512; ++i) {
        many += "," + layer();
    }
    row("513 layers", withLayer(many), "", "513 layers, more than 512");
    row("deep", std::string(100000, '['), "", "nested deeper");
    row("too long", manifestText(members + std::string(4U << 20U, ' ')), "", "longer than 4194304 bytes");
}

void TestManifest::refusesBadManifests() {
    QFETCH(QString, text);
    QFETCH(QString, promised);
    QFETCH(QString, part);
    const auto parsed = image::parseManifest(text.toStdString(), promised.toStdString());
    QVERIFY(!parsed.has_value());
    const QString message = QString::fromStdString(parsed.error().message());
    QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY(!message.contains('\n'));
    QVERIFY(parsed.error().kind() == ErrorKind::Corrupt || parsed.error().kind() == ErrorKind::Unsupported);
}

void TestManifest::selectsPlatform_data() {
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QStringList>("offered");
    QTest::addColumn<QString>("selected");
    QTest::newRow("exact") << "linux/arm64" << QStringList{"linux/amd64", "linux/arm64/v8"}
                           << "linux/arm64/v8";
    QTest::newRow("arm64 without variant")
        << "linux/arm64/v8" << QStringList{"linux/amd64", "linux/arm64"} << "linux/arm64";
    QTest::newRow("arm v7 falls to v6")
        << "linux/arm/v7" << QStringList{"linux/arm/v5", "linux/arm/v6"} << "linux/arm/v6";
    QTest::newRow("arm v6 refuses v7") << "linux/arm/v6" << QStringList{"linux/arm/v7"} << "";
    QTest::newRow("amd64 refuses v3") << "linux/amd64" << QStringList{"linux/amd64/v3"} << "";
    QTest::newRow("amd64 v3 takes plain") << "linux/amd64/v3" << QStringList{"linux/amd64"} << "linux/amd64";
    QTest::newRow("amd64 v3 prefers v3")
        << "linux/amd64/v3" << QStringList{"linux/amd64", "linux/amd64/v3"} << "linux/amd64/v3";
    QTest::newRow("other system") << "linux/amd64" << QStringList{"windows/amd64", "unknown/unknown"} << "";
    QTest::newRow("alias") << "linux/aarch64" << QStringList{"linux/arm64"} << "linux/arm64";
}

void TestManifest::selectsPlatform() {
    QFETCH(QString, wanted);
    QFETCH(QStringList, offered);
    QFETCH(QString, selected);
    std::string entries;
    for (const QString& text : offered) {
        const QStringList words = text.split('/');
        entries += (entries.empty() ? "" : ",") +
                   entry(words[0].toStdString(), words[1].toStdString(), words.value(2).toStdString());
    }
    const auto parsed = image::parseManifest(manifestText(R"(,"manifests":[)" + entries + "]"), kOciIndex);
    QVERIFY(parsed && parsed->index);
    const auto found = parsed->index->select(*Platform::parse(wanted.toStdString()));
    QCOMPARE(QString::fromStdString(found ? found->platform->text() : ""), selected);
}

void TestManifest::namesPlatformsThereAre() {
    const auto parsed = image::parseManifest(
        manifestText(R"(,"manifests":[)" + entry("linux", "s390x") + "," + entry("unknown", "unknown") + "]"),
        "");
    const auto found = parsed->index->select({"linux", "amd64", ""});
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::NotFound);
    QCOMPARE(found.error().message(),
             std::string("the image has no variant for linux/amd64; there is linux/s390x"));
}

void TestManifest::readsConfig() {
    const std::string text =
        R"({"architecture":"amd64","os":"linux","created":"2026-01-01T00:00:00Z","unknown":[1],
        "config":{"Env":["PATH=/bin"],"Cmd":["sh","-c","x"],"Entrypoint":null,"WorkingDir":"/w","User":"1:2",
        "StopSignal":"SIGQUIT","ExposedPorts":{"80/tcp":{},"53":{}},"Volumes":{"/data":{}},"Labels":{"a":"b"}},
        "rootfs":{"type":"layers","diff_ids":[")" +
        digestText('1') + R"("]},
        "history":[{"created_by":"step","empty_layer":true},{"comment":"c"}]})";
    const auto parsed = image::parseConfig(text);
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message().c_str());
    QCOMPARE(parsed->platform.text(), std::string("linux/amd64"));
    QCOMPARE(parsed->command.size(), std::size_t{3});
    QVERIFY(parsed->entrypoint.empty());
    QCOMPARE(parsed->exposedPorts, (std::vector<std::string>{"53/tcp", "80/tcp"}));
    QCOMPARE(parsed->volumes, std::vector<std::string>{"/data"});
    QCOMPARE(parsed->labels.at("a"), std::string("b"));
    QCOMPARE(parsed->diffIds.size(), std::size_t{1});
    QVERIFY(parsed->history.at(0).emptyLayer && !parsed->history.at(1).emptyLayer);
    QVERIFY(image::parseConfig(R"({"rootfs":{"type":"layers","diff_ids":[]},"config":null})"));
}

void TestManifest::refusesBadConfigs_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const std::string& text, const char* part) {
        QTest::newRow(name) << QString::fromStdString(text) << part;
    };
    const std::string rootfs = R"("rootfs":{"type":"layers","diff_ids":[]})";
    row("no rootfs", "{}", "'rootfs' is missing");
    row("bad diff id", R"({"rootfs":{"type":"layers","diff_ids":["sha256:x"]}})", "rootfs.diff_ids");
    row("command as text", R"({"config":{"Cmd":"sh"},)" + rootfs + "}", "'Cmd' is not an array");
    row("NUL in environment", R"({"config":{"Env":["A=\u0000"]},)" + rootfs + "}", "NUL");
    row("ports as list", R"({"config":{"ExposedPorts":["80"]},)" + rootfs + "}",
        "'ExposedPorts' is not an object");
    row("large labels",
        R"({"config":{"Labels":{"a":")" + std::string(1U << 20U, 'x') + R"("}},)" + rootfs + "}",
        "'Labels' is longer");
}

void TestManifest::refusesBadConfigs() {
    QFETCH(QString, text);
    QFETCH(QString, part);
    const auto parsed = image::parseConfig(text.toStdString());
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().kind(), ErrorKind::Corrupt);
    QVERIFY2(parsed.error().message().find(part.toStdString()) != std::string::npos,
             parsed.error().message().c_str());
}

void TestManifest::chainsDiffIds() {
    const Digest first = Digest::of("1");
    const Digest second = Digest::of("2");
    const auto chain = image::chainIds({first, second});
    QCOMPARE(chain.size(), std::size_t{2});
    QVERIFY(chain[0] == first);
    QVERIFY(chain[1] == Digest::of(first.text() + " " + second.text()));
    QVERIFY(image::chainIds({}).empty());
}

void TestManifest::parsesPlatforms() {
    QCOMPARE(Platform::parse("linux/arm/v6")->text(), std::string("linux/arm/v6"));
    QCOMPARE(Platform::parse("linux/x86_64")->text(), std::string("linux/amd64"));
    for (const char* bad : {"", "linux", "linux/", "/amd64", "linux/arm/v6/x", "Linux/amd64", "linux/\x1b"}) {
        QVERIFY2(!Platform::parse(bad), bad);
    }
    QCOMPARE(Platform::host().os, std::string("linux"));
}

void TestManifest::knowsLayerTypes() {
    QVERIFY(*image::layerCompression("application/vnd.oci.image.layer.v1.tar+zstd") ==
            image::Compression::Zstd);
    QVERIFY(*image::layerCompression("application/vnd.docker.image.rootfs.diff.tar.gzip") ==
            image::Compression::Gzip);
    const auto unknown = image::layerCompression("application/x-squashfs");
    QVERIFY(!unknown && unknown.error().kind() == ErrorKind::Unsupported);
}

void TestManifest::readsDockerArchives() {
    const auto images = image::parseDockerArchive(
        R"([{"Config":"./a.json","RepoTags":["x:1","y:2"],"Layers":["b//layer.tar","c"]},)"
        R"({"Config":"blobs/sha256/d","RepoTags":null,"Layers":null}])");
    QVERIFY(images.has_value());
    QCOMPARE(images->size(), std::size_t{2});
    QCOMPARE(images->front().config, std::string("a.json"));
    QCOMPARE(images->front().names.size(), std::size_t{2});
    QCOMPARE(images->front().layers.front(), std::string("b/layer.tar"));
    QVERIFY(images->back().names.empty());
    QVERIFY(images->back().layers.empty());
}

void TestManifest::refusesBadDockerArchives_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("no list") << R"({"Config":"a"})";
    QTest::newRow("nothing") << "[]";
    QTest::newRow("no object") << "[1]";
    QTest::newRow("no config") << R"([{"Layers":[]}])";
    QTest::newRow("leads out") << R"([{"Config":"../a","Layers":[]}])";
    QTest::newRow("layer leads out") << R"([{"Config":"a","Layers":["b/../../c"]}])";
    QTest::newRow("names that are none") << R"([{"Config":"a","RepoTags":[1],"Layers":[]}])";
    QTest::newRow("twice") << R"([{"Config":"a","Config":"b","Layers":[]}])";
    QString layers = R"([{"Config":"a","Layers":["x")";
    for (int i = 0; i < 600; ++i) {
        layers += R"(,"x")";
    }
    QTest::newRow("too many layers") << layers + "]}]";
}

void TestManifest::refusesBadDockerArchives() {
    QFETCH(QString, text);
    const auto images = image::parseDockerArchive(text.toStdString());
    QVERIFY(!images.has_value());
    QCOMPARE(images.error().kind(), ErrorKind::Corrupt);
}

void TestManifest::writesTheManifestItReads() {
    for (const auto style : {image::ManifestStyle::Oci, image::ManifestStyle::Docker}) {
        const image::Descriptor configuration{image::configMediaType(style), Digest::of("c"), 1, {}, {}};
        const image::Descriptor layer{
            image::layerMediaType(image::Compression::Gzip, style), Digest::of("l"), 7, {}, {}};
        const auto parsed = image::parseManifest(image::manifestText(configuration, {layer}, style), {});
        QVERIFY(parsed.has_value());
        QVERIFY(parsed->manifest.has_value());
        QCOMPARE(parsed->manifest->mediaType, image::manifestMediaType(style));
        QCOMPARE(parsed->manifest->layers.front().size, std::uint64_t{7});
        const auto compression = image::layerCompression(parsed->manifest->layers.front().mediaType);
        QVERIFY(compression.has_value());
        QVERIFY(*compression == image::Compression::Gzip);
    }
}

QTEST_GUILESS_MAIN(TestManifest)
#include "test_manifest.moc"
