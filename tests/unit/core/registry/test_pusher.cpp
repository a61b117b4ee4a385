// SPDX-License-Identifier: Apache-2.0
#include "core/registry/pusher.h"
#include "rootless/sys/file.h"
#include "tests/support/fake_http.h"
#include "tests/support/verify.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace coracle;
using namespace coracle::registry;
using test::FakeAnswer;
using test::FakeHttp;
using types::PushState;

namespace {

constexpr const char* kManifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr const char* kIndexType = "application/vnd.oci.image.index.v1+json";

std::string digestOf(const std::string& text) {
    return image::Digest::of(text).text();
}

/// Content by digest, as a store has it.
class MemorySource : public PushSource {
public:
    std::string add(const std::string& content) {
        const std::string name = digestOf(content);
        contents[name] = content;
        return name;
    }
    Result<std::string> readDocument(const image::Digest& digest, std::size_t /*maxBytes*/) override {
        const auto found = contents.find(digest.text());
        return found == contents.end()
                   ? Result<std::string>(Error(ErrorKind::NotFound, "no " + digest.text()))
                   : Result<std::string>(found->second);
    }
    Result<sys::UniqueFd> openBlob(const image::Digest& digest) override {
        TRY_ASSIGN(const std::string content, readDocument(digest, 0));
        return sys::memoryFile(content);
    }
    std::vector<std::string> repositoriesWith(const std::string& /*registry*/,
                                              const image::Digest& digest) override {
        return digest.text() == mountable ? others : std::vector<std::string>();
    }

    std::map<std::string, std::string> contents;
    std::string mountable;
    std::vector<std::string> others;
};

std::string descriptor(const std::string& mediaType, const std::string& content) {
    return R"({"mediaType":")" + mediaType + R"(","digest":")" + digestOf(content) + R"(","size":)" +
           std::to_string(content.size()) + "}";
}

/// An image of these layers; its manifest.
std::string addImage(MemorySource& source, const std::vector<std::string>& layers,
                     const std::string& config = R"({"os":"linux"})") {
    std::string entries;
    for (const std::string& layer : layers) {
        source.add(layer);
        entries += (entries.empty() ? "" : ",") + descriptor("application/vnd.oci.image.layer.v1.tar", layer);
    }
    source.add(config);
    const std::string manifest =
        R"({"schemaVersion":2,"mediaType":")" + std::string(kManifestType) + R"(","config":)" +
        descriptor("application/vnd.oci.image.config.v1+json", config) + R"(,"layers":[)" + entries + "]}";
    source.add(manifest);
    return manifest;
}

std::string headerOf(const HttpRequest& request, const std::string& name) {
    for (const HttpHeader& header : request.headers) {
        if (header.name == name) {
            return header.value;
        }
    }
    return {};
}

/// What a registry keeps and does with honest requests for the repository team/app. One upload at a time.
struct UploadRegistry {
    std::map<std::string, std::string> blobs;      ///< by digest
    std::map<std::string, std::string> manifests;  ///< by tag or digest
    std::string part;                              ///< of the upload that is under way
    std::string place = "/v2/team/app/blobs/uploads/u?state=1";

    FakeAnswer progress(int status) const {
        const std::size_t last = part.empty() ? 0 : part.size() - 1;
        return {status, {{"location", place}, {"range", "0-" + std::to_string(last)}}, {}, {}, false};
    }
    FakeAnswer answer(const HttpRequest& request, const std::string& body) {
        const std::string& path = request.url.path;
        const std::string name = path.substr(path.rfind('/') + 1);
        if (path.find("/manifests/") != std::string::npos) {
            manifests[name] = body;
            return {201, {{"docker-content-digest", digestOf(body)}}, {}, {}, false};
        }
        switch (request.method) {
        case HttpMethod::Head:
            return {blobs.contains(name) ? 200 : 404, {}, {}, {}, false};
        case HttpMethod::Post:
            part.clear();
            return progress(202);
        case HttpMethod::Get:
            return progress(204);
        case HttpMethod::Patch:
            part += body;
            return progress(202);
        case HttpMethod::Put: {
            part += body;
            const std::string digest = digestOf(part);
            const std::string wanted = path.substr(path.rfind("digest=") + 7);
            if (wanted.substr(wanted.size() - 64) != digest.substr(7)) {
                return {400, {}, R"({"errors":[{"code":"DIGEST_INVALID","message":"no"}]})", {}, false};
            }
            blobs[digest] = part;
            return {201, {{"docker-content-digest", digest}}, {}, {}, false};
        }
        case HttpMethod::Delete:
            break;
        }
        return {204, {}, {}, {}, false};
    }
};

}  // namespace

class TestPusher : public QObject {
    Q_OBJECT

private:
    Result<types::PushedImage> push(Http& http, MemorySource& source, const std::string& manifest,
                                    std::stop_token stop = {}) {
        PusherOptions options;
        options.retry.firstDelay = std::chrono::milliseconds(1);
        options.parallelLayers = m_parallelLayers;
        options.limits = {1000, 2000};
        Pusher pusher(http, m_config, m_logins, options);
        return pusher.push(
            *image::Reference::parse("reg.example/team/app:1"), {"", image::Digest::of(manifest), 0, {}},
            source, [this](const types::PushEvent& event) { m_events.push_back(event); }, stop);
    }
    void useLogin() {
        QVERIFY(sys::replaceFile(m_folder / "auth.json", R"({"auths":{"reg.example":{"auth":"dTpw"}}})", 0600,
                                 sys::Durability::Process));
    }
    std::set<PushState> statesOf(std::uint32_t layer) const {
        std::set<PushState> states;
        for (const auto& event : m_events) {
            if (event.kind == types::PushEvent::Kind::Layer && event.layerIndex == layer) {
                states.insert(event.state);
            }
        }
        return states;
    }

    test::TemporaryDirectory m_folder;
    RegistryConfig m_config;
    AuthFile m_logins{{m_folder / "auth.json"}};
    std::vector<types::PushEvent> m_events;
    unsigned m_parallelLayers = 1;

private slots:
    void init();
    void sendsLayersThenConfigThenTag();
    void sendsManifestsBeforeTheirIndex();
    void leavesOutWhatIsThere();
    void sendsABlobOfAnotherLength();
    void mountsFromAnotherRepository();
    void uploadsWhatIsNotGiven();
    void resumesWhereTheRegistryIs();
    void beginsAnewWhenForgotten();
    void findsABlobWhoseEndWasLost();
    void givesUpWithoutProgress();
    void sendsPiecesBehindASmallProxy();
    void believesNoOtherDigest_data();
    void believesNoOtherDigest();
    void believesNoOtherProgress();
    void credentialsStayWithTheirOrigin();
    void refusesDowngradedPlace();
    void asksForTheRightScopes();
    void saysWhoIsDenied();
    void blamesADamagedBlob();
    void cancelEndsIt();
};

void TestPusher::init() {
    m_events.clear();
    m_parallelLayers = 1;
    (void)sys::removeFile(m_folder / "auth.json");  // only some tests make it
}

void TestPusher::sendsLayersThenConfigThenTag() {
    MemorySource source;
    const std::string large(5000, 'x');
    const std::string manifest = addImage(source, {"small", large});
    UploadRegistry registry;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) { return registry.answer(r, body); });
    const auto pushed = push(http, source, manifest);
    VERIFY_OK(pushed);
    QCOMPARE(pushed->digest, digestOf(manifest));
    QCOMPARE(pushed->manifestBytes, manifest.size());
    QCOMPARE(registry.blobs.at(digestOf(large)), large);
    QCOMPARE(registry.blobs.at(digestOf("small")), std::string("small"));
    QCOMPARE(registry.manifests.at("1"), manifest);
    const auto lines = http.lines();
    const std::string upload = "https://reg.example/v2/team/app/blobs/uploads/";
    // The large one first, as one stream; the small one in the request that ends its upload.
    QCOMPARE(lines[1], "POST " + upload);
    QCOMPARE(lines[2], "PATCH " + upload + "u?state=1");
    QCOMPARE(lines[3], "PUT " + upload + "u?state=1&digest=sha256%3A" + digestOf(large).substr(7));
    QCOMPARE(lines[6], "PUT " + upload + "u?state=1&digest=sha256%3A" + digestOf("small").substr(7));
    QCOMPARE(lines.back(), std::string("PUT https://reg.example/v2/team/app/manifests/1"));
    QCOMPARE(headerOf(http.requests().back(), "Content-Type"), std::string(kManifestType));
    QVERIFY(statesOf(0) == (std::set{PushState::Preparing, PushState::Pushing, PushState::Pushed}));
    QCOMPARE(m_events.front().text, std::string("reg.example/team/app"));
}

void TestPusher::sendsManifestsBeforeTheirIndex() {
    MemorySource source;
    const std::string first = addImage(source, {"shared", "one"}, R"({"os":"linux","a":1})");
    const std::string second = addImage(source, {"shared", "two"}, R"({"os":"linux","a":2})");
    const std::string index = R"({"schemaVersion":2,"mediaType":")" + std::string(kIndexType) +
                              R"(","manifests":[)" + descriptor(kManifestType, first) + "," +
                              descriptor(kManifestType, second) + "]}";
    source.add(index);
    UploadRegistry registry;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) { return registry.answer(r, body); });
    const auto pushed = push(http, source, index);
    VERIFY_OK(pushed);
    QCOMPARE(pushed->digest, digestOf(index));
    const auto lines = http.lines();
    const std::string manifests = "PUT https://reg.example/v2/team/app/manifests/";
    const std::vector<std::string> end(lines.end() - 3, lines.end());
    QCOMPARE(end, (std::vector<std::string>{manifests + digestOf(first), manifests + digestOf(second),
                                            manifests + "1"}));
    QCOMPARE(registry.blobs.size(), std::size_t{5});  // three layers, two configurations
}

void TestPusher::leavesOutWhatIsThere() {
    MemorySource source;
    const std::string manifest = addImage(source, {"here", "new"});
    UploadRegistry registry;
    registry.blobs = source.contents;
    registry.blobs.erase(digestOf("new"));
    FakeHttp http([&](const HttpRequest& r, const std::string& body) { return registry.answer(r, body); });
    VERIFY_OK(push(http, source, manifest));
    QVERIFY(statesOf(0) == (std::set{PushState::Preparing, PushState::AlreadyThere}));
    QVERIFY(statesOf(1).contains(PushState::Pushed));
    const auto lines = http.lines();
    QCOMPARE(std::count_if(lines.begin(), lines.end(),
                           [](const std::string& line) { return line.starts_with("POST"); }),
             1);
}

void TestPusher::sendsABlobOfAnotherLength() {
    MemorySource source;
    const std::string manifest = addImage(source, {"layer"});
    UploadRegistry registry;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) {
        FakeAnswer answer = registry.answer(r, body);
        if (r.method == HttpMethod::Head) {
            answer = {200, {{"content-length", "3"}}, {}, {}, false};
        }
        return answer;
    });
    VERIFY_OK(push(http, source, manifest));
    QVERIFY(statesOf(0).contains(PushState::Pushed));
}

void TestPusher::mountsFromAnotherRepository() {
    MemorySource source;
    const std::string manifest = addImage(source, {"layer"});
    source.mountable = digestOf("layer");
    source.others = {"team/app", "team/base"};  // the destination itself has been asked already
    UploadRegistry registry;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        if (r.url.path.ends_with("&from=team%2Fbase")) {
            return {201, {{"docker-content-digest", digestOf("layer")}}, {}, {}, false};
        }
        return registry.answer(r, body);
    });
    VERIFY_OK(push(http, source, manifest));
    QCOMPARE(http.lines()[1], "POST https://reg.example/v2/team/app/blobs/uploads/?mount=sha256%3A" +
                                  digestOf("layer").substr(7) + "&from=team%2Fbase");
    const auto event = std::find_if(m_events.begin(), m_events.end(), [](const types::PushEvent& e) {
        return e.kind == types::PushEvent::Kind::Layer && e.state == PushState::Mounted;
    });
    QVERIFY(event != m_events.end());
    QCOMPARE(event->text, std::string("team/base"));
    QVERIFY(!registry.blobs.contains(digestOf("layer")));
}

void TestPusher::uploadsWhatIsNotGiven() {
    MemorySource source;
    const std::string manifest = addImage(source, {"layer"});
    source.mountable = digestOf("layer");
    source.others = {"secret/base", "team/old"};
    UploadRegistry registry;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        if (r.url.path.ends_with("secret%2Fbase")) {
            return {403, {}, {}, {}, false};
        }
        return registry.answer(r, body);
    });
    VERIFY_OK(push(http, source, manifest));
    QCOMPARE(registry.blobs.at(digestOf("layer")), std::string("layer"));
    // The second repository does not have it either, but its answer began an upload, which is used.
    const auto lines = http.lines();
    QCOMPARE(std::count_if(lines.begin(), lines.end(),
                           [](const std::string& line) { return line.starts_with("POST"); }),
             3);  // with one for the configuration
    QVERIFY(statesOf(0).contains(PushState::Pushed));
}

void TestPusher::resumesWhereTheRegistryIs() {
    MemorySource source;
    std::string large;
    for (int i = 0; i < 3000; ++i) {
        large += std::to_string(i) + ",";
    }
    const std::string manifest = addImage(source, {large});
    UploadRegistry registry;
    std::vector<std::string> ranges;
    bool broke = false;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        if (r.method == HttpMethod::Patch) {
            ranges.push_back(headerOf(r, "Content-Range"));
            if (!broke) {
                broke = true;
                registry.part = body.substr(0, 6000);
                return {0, {}, {}, HttpFault::Broken, false};
            }
        }
        return registry.answer(r, body);
    });
    VERIFY_OK(push(http, source, manifest));
    QCOMPARE(registry.blobs.at(digestOf(large)), large);
    QCOMPARE(ranges[0], std::string());  // all at once
    QCOMPARE(ranges[1], std::string("6000-7999"));
    QCOMPARE(ranges.size(), 1 + (large.size() - 6000 + 1999) / 2000);
    const auto posts = http.lines();
    QCOMPARE(std::count_if(posts.begin(), posts.end(),
                           [](const std::string& line) { return line.starts_with("POST"); }),
             2);  // the layer's and the configuration's
}

void TestPusher::beginsAnewWhenForgotten() {
    MemorySource source;
    const std::string large(9000, 'x');
    const std::string manifest = addImage(source, {large});
    UploadRegistry registry;
    int breaks = 0;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        if (r.method == HttpMethod::Patch && ++breaks <= 2) {
            return {0, {}, {}, HttpFault::Broken, false};
        }
        if (r.method == HttpMethod::Get) {
            return {404, {}, R"({"errors":[{"code":"BLOB_UPLOAD_INVALID"}]})", {}, false};
        }
        return registry.answer(r, body);
    });
    VERIFY_OK(push(http, source, manifest));
    QCOMPARE(registry.blobs.at(digestOf(large)), large);
}

void TestPusher::findsABlobWhoseEndWasLost() {
    MemorySource source;
    const std::string manifest = addImage(source, {"layer"});
    UploadRegistry registry;
    int ends = 0;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        FakeAnswer answer = registry.answer(r, body);
        if (r.method == HttpMethod::Put && r.url.path.find("/uploads/") != std::string::npos && ++ends == 1) {
            return {0, {}, {}, HttpFault::Broken, false};  // it arrived, the answer did not
        }
        return answer;
    });
    VERIFY_OK(push(http, source, manifest));
    QCOMPARE(ends, 2);  // the layer's and the configuration's, none twice
}

void TestPusher::givesUpWithoutProgress() {
    MemorySource source;
    const std::string manifest = addImage(source, {std::string(9000, 'x')});
    UploadRegistry registry;
    int tries = 0;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        if (r.method == HttpMethod::Patch) {
            ++tries;
            return registry.progress(202);  // takes nothing
        }
        return registry.answer(r, body);
    });
    const auto pushed = push(http, source, manifest);
    VERIFY_ERROR(pushed, ErrorKind::Unavailable);
    QVERIFY2(pushed.error().message().find("takes no more than 0 of the 9000 bytes") != std::string::npos,
             pushed.error().message().c_str());
    QCOMPARE(tries, 4);
    QVERIFY(statesOf(0).contains(PushState::Failed));
    QVERIFY(!registry.manifests.contains("1"));
}

void TestPusher::sendsPiecesBehindASmallProxy() {
    MemorySource source;
    const std::string large(300'000, 'y');
    const std::string manifest = addImage(source, {large});
    UploadRegistry registry;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        return body.size() > 100'000 ? FakeAnswer{413, {}, {}, {}, false} : registry.answer(r, body);
    });
    PusherOptions options;
    options.limits = {1000, 150'000};
    Pusher pusher(http, m_config, m_logins, options);
    VERIFY_OK(pusher.push(*image::Reference::parse("reg.example/team/app:1"),
                          {"", image::Digest::of(manifest), 0, {}}, source, {}, {}));
    QCOMPARE(registry.blobs.at(digestOf(large)), large);
}

void TestPusher::believesNoOtherDigest_data() {
    QTest::addColumn<QString>("part");
    QTest::newRow("of a blob") << "/uploads/";
    QTest::newRow("of a manifest") << "/manifests/";
}

void TestPusher::believesNoOtherDigest() {
    QFETCH(QString, part);
    MemorySource source;
    const std::string manifest = addImage(source, {"layer"});
    UploadRegistry registry;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) {
        FakeAnswer answer = registry.answer(r, body);
        if (r.method == HttpMethod::Put && r.url.path.find(part.toStdString()) != std::string::npos) {
            answer.headers = {{"docker-content-digest", digestOf("other")}};
        }
        return answer;
    });
    const auto pushed = push(http, source, manifest);
    VERIFY_ERROR(pushed, ErrorKind::Corrupt);
    QVERIFY(pushed.error().message().find("says that it stored '" + digestOf("other")) != std::string::npos);
}

void TestPusher::believesNoOtherProgress() {
    for (const char* range : {"0-99999", "5-10", "junk", "0-18446744073709551615"}) {
        MemorySource source;
        const std::string manifest = addImage(source, {std::string(9000, 'x')});
        UploadRegistry registry;
        FakeHttp http([&](const HttpRequest& r, const std::string& body) {
            FakeAnswer answer = registry.answer(r, body);
            if (r.method == HttpMethod::Patch) {
                answer.headers = {{"range", range}};
            }
            return answer;
        });
        const auto pushed = push(http, source, manifest);
        VERIFY_ERROR(pushed, ErrorKind::Corrupt);
        QVERIFY2(pushed.error().message().find("says that it has") != std::string::npos,
                 pushed.error().message().c_str());
    }
}

void TestPusher::credentialsStayWithTheirOrigin() {
    useLogin();
    MemorySource source;
    const std::string manifest = addImage(source, {"layer"});
    UploadRegistry registry;
    registry.place = "https://store.example/upload?signature=canary";
    FakeHttp http([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        if (r.url.host == "reg.example" && r.authorization.reveal() != "Basic dTpw") {
            return {401, {{"www-authenticate", "Basic realm=\"r\""}}, {}, {}, false};
        }
        return registry.answer(r, body);
    });
    VERIFY_OK(push(http, source, manifest));
    for (const HttpRequest& request : http.requests()) {
        QVERIFY(request.url.host != "store.example" ||
                (request.authorization.empty() && request.linkLocal == LinkLocal::Refuse));
    }
    FakeHttp greedy([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        if (r.url.host == "store.example") {
            return {401, {{"www-authenticate", "Basic realm=\"give\""}}, {}, {}, false};
        }
        return registry.answer(r, body);
    });
    registry.blobs.clear();
    const auto refused = push(greedy, source, manifest);
    VERIFY_ERROR(refused, ErrorKind::Corrupt);
    QVERIFY(refused.error().message().find("asks for credentials") != std::string::npos);
    QVERIFY(refused.error().message().find("canary") == std::string::npos);
}

void TestPusher::refusesDowngradedPlace() {
    MemorySource source;
    const std::string manifest = addImage(source, {"layer"});
    UploadRegistry registry;
    registry.place = "http://reg.example/v2/team/app/blobs/uploads/u";
    FakeHttp http([&](const HttpRequest& r, const std::string& body) { return registry.answer(r, body); });
    const auto pushed = push(http, source, manifest);
    VERIFY_ERROR(pushed, ErrorKind::Corrupt);
    QVERIFY(pushed.error().message().find("from https to plain http") != std::string::npos);
}

void TestPusher::asksForTheRightScopes() {
    MemorySource source;
    const std::string manifest = addImage(source, {"layer"});
    source.mountable = digestOf("layer");
    source.others = {"team/base"};
    UploadRegistry registry;
    std::vector<std::string> scopes;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        if (r.url.host == "auth.example") {
            scopes.push_back(r.url.path.substr(r.url.path.find("&scope=")));
            return {200, {}, R"({"token":"t)" + std::to_string(scopes.size()) + R"("})", {}, false};
        }
        if (r.authorization.empty()) {
            const std::string challenge = R"(Bearer realm="https://auth.example/token",service="s")";
            return {401, {{"www-authenticate", challenge}}, {}, {}, false};
        }
        return registry.answer(r, body);
    });
    VERIFY_OK(push(http, source, manifest));
    const std::string own = "&scope=repository%3Ateam%2Fapp%3Apull%2Cpush";
    QCOMPARE(scopes, (std::vector<std::string>{own, own + "&scope=repository%3Ateam%2Fbase%3Apull"}));
}

void TestPusher::saysWhoIsDenied() {
    MemorySource source;
    const std::string manifest = addImage(source, {"layer"});
    FakeHttp anonymous([](const HttpRequest& r, const std::string&) -> FakeAnswer {
        return {r.method == HttpMethod::Head ? 404 : 403,
                {},
                R"({"errors":[{"code":"DENIED","message":"go away"}]})",
                {},
                false};
    });
    const auto nobody = push(anonymous, source, manifest);
    VERIFY_ERROR(nobody, ErrorKind::PermissionDenied);
    QCOMPARE(nobody.error().message(),
             std::string("push 'reg.example/team/app:1': registry 'reg.example' denies access to repository "
                         "'team/app' without a login (DENIED: go away)"));
    QCOMPARE(nobody.error().hint(), std::string("coracle login reg.example"));
    useLogin();
    FakeHttp known([](const HttpRequest& r, const std::string&) -> FakeAnswer {
        if (r.authorization.empty()) {
            return {401, {{"www-authenticate", "Basic realm=\"r\""}}, {}, {}, false};
        }
        return {r.method == HttpMethod::Head ? 404 : 403, {}, "{}", {}, false};
    });
    const auto somebody = push(known, source, manifest);
    VERIFY_ERROR(somebody, ErrorKind::PermissionDenied);
    QVERIFY2(somebody.error().message().ends_with("denies access to repository 'team/app' to user 'u'"),
             somebody.error().message().c_str());
    QVERIFY(somebody.error().hint().find("coracle login reg.example") != std::string::npos);
}

void TestPusher::blamesADamagedBlob() {
    MemorySource source;
    const std::string manifest = addImage(source, {"layer"});
    source.contents[digestOf("layer")] = "loyer";
    UploadRegistry registry;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) { return registry.answer(r, body); });
    const auto pushed = push(http, source, manifest);
    VERIFY_ERROR(pushed, ErrorKind::Corrupt);
    QVERIFY2(pushed.error().message().find("of this computer is damaged") != std::string::npos,
             pushed.error().message().c_str());
    source.contents[digestOf("layer")] = "la";
    const auto shorter = push(http, source, manifest);
    VERIFY_ERROR(shorter, ErrorKind::Corrupt);
    QVERIFY(shorter.error().message().find("ends after 2 bytes, expected 5") != std::string::npos);
}

void TestPusher::cancelEndsIt() {
    MemorySource source;
    const std::string manifest = addImage(source, {"one", "two", "three"});
    m_parallelLayers = 3;
    UploadRegistry registry;
    std::stop_source stop;
    FakeHttp http([&](const HttpRequest& r, const std::string& body) -> FakeAnswer {
        if (r.method == HttpMethod::Put) {
            stop.request_stop();
            return {200, {}, {}, {}, true};
        }
        return registry.answer(r, body);
    });
    const auto pushed = push(http, source, manifest, stop.get_token());
    VERIFY_ERROR(pushed, ErrorKind::Cancelled);
    QCOMPARE(pushed.error().message(), std::string("push 'reg.example/team/app:1': cancelled"));
    for (std::uint32_t layer = 0; layer < 3; ++layer) {
        QVERIFY(!statesOf(layer).contains(PushState::Failed));
    }
    QVERIFY(registry.manifests.empty());
}

QTEST_GUILESS_MAIN(TestPusher)
#include "test_pusher.moc"
