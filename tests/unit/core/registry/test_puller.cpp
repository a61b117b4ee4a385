// SPDX-License-Identifier: Apache-2.0
#include "core/registry/puller.h"
#include "core/registry/registry_client.h"
#include "rootless/sys/file.h"
#include "tests/support/directory_target.h"
#include "tests/support/fake_http.h"
#include "tests/support/verify.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <set>

using namespace coracle;
using namespace coracle::registry;
using test::FakeAnswer;
using test::FakeHttp;

namespace {

/// The parts of a small image and a server that has them.
struct FakeRegistry {
    std::map<std::string, std::string> blobs;
    std::vector<std::string> layers;
    std::string manifest;
    std::string digest;
    std::string id;

    explicit FakeRegistry(const std::vector<std::string>& contents = {"first layer", "second layer",
                                                                      "third layer"}) {
        std::string entries;
        std::string diffIds;
        for (const std::string& content : contents) {
            const std::string name = image::Digest::of(content).text();
            layers.push_back(name);
            blobs[name] = content;
            entries +=
                (entries.empty() ? "" : ",") + descriptor("application/vnd.oci.image.layer.v1.tar", content);
            diffIds += (diffIds.empty() ? "\"" : ",\"") + name + "\"";
        }
        const std::string config =
            R"({"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[)" + diffIds +
            "]}}";
        id = image::Digest::of(config).text();
        blobs[id] = config;
        manifest = R"({"schemaVersion":2,"config":)" +
                   descriptor("application/vnd.oci.image.config.v1+json", config) + R"(,"layers":[)" +
                   entries + "]}";
        digest = image::Digest::of(manifest).text();
    }
    static std::string descriptor(const std::string& mediaType, const std::string& content) {
        return R"({"mediaType":")" + mediaType + R"(","digest":")" + image::Digest::of(content).text() +
               R"(","size":)" + std::to_string(content.size()) + "}";
    }
    FakeAnswer answer(const HttpRequest& request) const {
        const std::string& path = request.url.path;
        const std::string name = path.substr(path.rfind('/') + 1);
        if (path.find("/manifests/") != std::string::npos) {
            return {200,
                    {{"content-type", "application/vnd.oci.image.manifest.v1+json"},
                     {"docker-content-digest", digest}},
                    manifest,
                    {},
                    false};
        }
        const auto blob = blobs.find(name);
        return blob == blobs.end() ? FakeAnswer{404, {}, "{}", {}, false}
                                   : FakeAnswer{200, {}, blob->second, {}, false};
    }
};

/// 401 with a challenge until the header is the wanted one.
std::optional<FakeAnswer> challenge(const HttpRequest& request, const std::string& header,
                                    const std::string& wanted) {
    if (request.authorization.reveal() == wanted) {
        return std::nullopt;
    }
    return FakeAnswer{401, {{"www-authenticate", header}}, {}, {}, false};
}

}  // namespace

class TestPuller : public QObject {
    Q_OBJECT

private:
    Result<PulledImage> pull(Http& http, test::DirectoryTarget& target,
                             const std::string& name = "reg.example/team/app:1", std::stop_token stop = {}) {
        PullerOptions options;
        options.retry.firstDelay = std::chrono::milliseconds(1);
        options.parallelLayers = m_parallelLayers;
        Puller puller(http, m_config, m_logins, options);
        return puller.pull(
            *image::Reference::parse(name), {"linux", "amd64", ""}, target,
            [this](const types::PullEvent& event) { m_events.push_back(event); }, stop);
    }
    void useLogin(const std::string& json) {
        QVERIFY(sys::replaceFile(m_folder / "auth.json", json, 0600, sys::Durability::Process));
    }

    test::TemporaryDirectory m_folder;
    RegistryConfig m_config;
    AuthFile m_logins{{m_folder / "auth.json"}};
    std::vector<types::PullEvent> m_events;
    unsigned m_parallelLayers = 3;

private slots:
    void init();
    void pullsAndReportsEachLayer();
    void unchangedTagCostsOneRequest();
    void digestThatIsThereCostsNone();
    void fetchesARepeatedLayerOnce();
    void getsATokenOnceForAllLayers();
    void tokenRenewedWhenItExpires();
    void tokenServersSayWhenToComeBack();
    void sendsBasicCredentialsOnlyWhenAsked();
    void credentialsStayWithTheirOrigin();
    void refusesDowngradedRedirect();
    void postsIdentityTokens();
    void triesPlainHttpOnLoopbackOnly();
    void resumesABrokenBlob();
    void firstErrorWinsAndNothingIsCommitted();
    void cancelLeavesNothing();
    void reportsAtMostTenTimesASecond();
    void hidesSecretsInErrors();
    void checksLogins();
};

void TestPuller::init() {
    m_events.clear();
    m_parallelLayers = 3;
    (void)sys::removeFile(m_folder / "auth.json");  // only some tests make it
}

void TestPuller::pullsAndReportsEachLayer() {
    const FakeRegistry registry;
    FakeHttp http([&](const HttpRequest& request) { return registry.answer(request); });
    auto target = test::DirectoryTarget::open(m_folder / "all");
    VERIFY_OK(target);
    const auto pulled = pull(http, *target);
    VERIFY_OK(pulled);
    QCOMPARE(pulled->id.text(), registry.id);
    QCOMPARE(pulled->sourceDigest.text(), registry.digest);
    QCOMPARE(pulled->layers.size(), std::size_t{3});
    QVERIFY(pulled->layers[1].chainId == image::Digest::of(registry.layers[0] + " " + registry.layers[1]));
    QVERIFY(m_events.front().kind == types::PullEvent::Kind::Resolved && m_events.front().layerCount == 3);
    QVERIFY(m_events.back().kind == types::PullEvent::Kind::Done && m_events.back().text == registry.id);
    std::set<std::uint32_t> done;
    for (const auto& event : m_events) {
        if (event.kind == types::PullEvent::Kind::Layer && event.state == types::LayerState::Done) {
            QCOMPARE(event.doneBytes, event.totalBytes);
            done.insert(event.layerIndex);
        }
    }
    QCOMPARE(done.size(), std::size_t{3});
    QCOMPARE(http.lines().front(), std::string("GET https://reg.example/v2/team/app/manifests/1"));
}

void TestPuller::unchangedTagCostsOneRequest() {
    const FakeRegistry registry;
    FakeHttp first([&](const HttpRequest& request) { return registry.answer(request); });
    FakeHttp second([&](const HttpRequest& request) { return registry.answer(request); });
    auto target = test::DirectoryTarget::open(m_folder / "twice");
    VERIFY_OK(pull(first, *target));
    VERIFY_OK(pull(second, *target));
    QCOMPARE(second.lines(), std::vector<std::string>{"HEAD https://reg.example/v2/team/app/manifests/1"});
}

void TestPuller::digestThatIsThereCostsNone() {
    const FakeRegistry registry;
    FakeHttp http([&](const HttpRequest& request) { return registry.answer(request); });
    auto target = test::DirectoryTarget::open(m_folder / "digest");
    VERIFY_OK(pull(http, *target));
    const auto before = http.lines().size();
    VERIFY_OK(pull(http, *target, "reg.example/team/app@" + registry.digest));
    QCOMPARE(http.lines().size(), before);
}

void TestPuller::fetchesARepeatedLayerOnce() {
    const FakeRegistry registry({"same", "other", "same"});
    FakeHttp http([&](const HttpRequest& request) { return registry.answer(request); });
    auto target = test::DirectoryTarget::open(m_folder / "repeated");
    VERIFY_OK(pull(http, *target));
    QCOMPARE(http.lines().size(), std::size_t{4});  // manifest, configuration, two blobs
}

void TestPuller::getsATokenOnceForAllLayers() {
    const FakeRegistry registry;
    FakeHttp http([&](const HttpRequest& request) -> FakeAnswer {
        if (request.url.host == "auth.example") {
            return {200, {}, R"({"access_token":"t0k"})", {}, false};
        }
        const auto refusal = challenge(
            request, R"(Bearer realm="https://auth.example/token?x=1",service="my reg")", "Bearer t0k");
        return refusal ? *refusal : registry.answer(request);
    });
    auto target = test::DirectoryTarget::open(m_folder / "token");
    VERIFY_OK(pull(http, *target));
    const auto lines = http.lines();
    QCOMPARE(lines[1],
             std::string(
                 "GET https://auth.example/token?x=1&service=my%20reg&scope=repository%3Ateam%2Fapp%3Apull"));
    QCOMPARE(std::count(lines.begin(), lines.end(), lines[1]), 1);
    QCOMPARE(lines.size(), std::size_t{7});
}

void TestPuller::tokenRenewedWhenItExpires() {
    const FakeRegistry registry;
    m_parallelLayers = 1;
    int tokens = 0;
    int uses = 0;
    FakeHttp http([&](const HttpRequest& request) -> FakeAnswer {
        if (request.url.host == "auth.example") {
            uses = 0;
            return {200, {}, R"({"token":"t)" + std::to_string(++tokens) + R"("})", {}, false};
        }
        const std::string valid = uses++ < 2 ? "Bearer t" + std::to_string(tokens) : "none";
        const auto refusal = challenge(request, R"(Bearer realm="https://auth.example/token")", valid);
        return refusal ? *refusal : registry.answer(request);
    });
    auto target = test::DirectoryTarget::open(m_folder / "renew");
    VERIFY_OK(pull(http, *target));
    QVERIFY(tokens >= 2);
}

/// Docker Hub limits how often its token server is asked. Ours came back after a fraction of the second it
/// had asked for.
void TestPuller::tokenServersSayWhenToComeBack() {
    using Clock = std::chrono::steady_clock;
    const FakeRegistry registry;
    std::vector<Clock::time_point> asked;
    FakeHttp http([&](const HttpRequest& request) -> FakeAnswer {
        if (request.url.host == "auth.example") {
            asked.push_back(Clock::now());
            return asked.size() == 1 ? FakeAnswer{429, {{"retry-after", "1"}}, {}, {}, false}
                                     : FakeAnswer{200, {}, R"({"token":"t"})", {}, false};
        }
        const auto refusal = challenge(request, R"(Bearer realm="https://auth.example/token")", "Bearer t");
        return refusal ? *refusal : registry.answer(request);
    });
    auto target = test::DirectoryTarget::open(m_folder / "limited");
    VERIFY_OK(pull(http, *target));
    QCOMPARE(asked.size(), std::size_t{2});
    QVERIFY(asked[1] - asked[0] >= std::chrono::seconds(1));
    const bool told = std::any_of(m_events.begin(), m_events.end(), [](const types::PullEvent& event) {
        return event.text.find("trying again in 1 s") != std::string::npos;
    });
    QVERIFY(told);
}

void TestPuller::sendsBasicCredentialsOnlyWhenAsked() {
    const FakeRegistry registry;
    useLogin(R"({"auths":{"reg.example":{"auth":"dTpw"}}})");
    FakeHttp http([&](const HttpRequest& request) {
        const auto refusal = challenge(request, "Basic realm=\"r\"", "Basic dTpw");
        return refusal ? *refusal : registry.answer(request);
    });
    auto target = test::DirectoryTarget::open(m_folder / "basic");
    VERIFY_OK(pull(http, *target));
    QVERIFY(http.requests().front().authorization.empty());
    QVERIFY(!http.requests().back().authorization.empty());
}

void TestPuller::credentialsStayWithTheirOrigin() {
    const FakeRegistry registry;
    useLogin(R"({"auths":{"reg.example":{"auth":"dTpw"}}})");
    FakeHttp strict([&](const HttpRequest& request) -> FakeAnswer {
        if (request.url.port == 8443) {
            return request.authorization.empty() ? registry.answer(request)
                                                 : FakeAnswer{400, {}, "leaked", {}, false};
        }
        if (auto refusal = challenge(request, "Basic realm=\"r\"", "Basic dTpw")) {
            return *refusal;
        }
        const bool blob = request.url.path.find("/blobs/") != std::string::npos;
        const std::string digest = request.url.path.substr(request.url.path.rfind('/'));
        return blob ? FakeAnswer{307, {{"location", "https://reg.example:8443" + digest}}, {}, {}, false}
                    : registry.answer(request);
    });
    auto target = test::DirectoryTarget::open(m_folder / "origin");
    VERIFY_OK(pull(strict, *target));
    for (const HttpRequest& request : strict.requests()) {
        QVERIFY(request.url.port != 8443 ||
                (request.authorization.empty() && request.linkLocal == LinkLocal::Refuse));
    }
}

void TestPuller::refusesDowngradedRedirect() {
    FakeHttp http([](const HttpRequest&) {
        return FakeAnswer{302, {{"location", "http://reg.example/x"}}, {}, {}, false};
    });
    auto target = test::DirectoryTarget::open(m_folder / "downgrade");
    const auto pulled = pull(http, *target);
    VERIFY_ERROR(pulled, ErrorKind::Corrupt);
    QVERIFY(pulled.error().message().find("from https to plain http") != std::string::npos);
    QCOMPARE(http.lines().size(), std::size_t{1});
}

void TestPuller::postsIdentityTokens() {
    const FakeRegistry registry;
    useLogin(R"({"auths":{"reg.example":{"identitytoken":"id&tok"}}})");
    std::string form;
    FakeHttp http([&](const HttpRequest& request) -> FakeAnswer {
        if (request.url.host == "auth.example") {
            form = request.method == HttpMethod::Post ? request.body.reveal() : "";
            return {200, {}, R"({"access_token":"t"})", {}, false};
        }
        const auto refusal =
            challenge(request, R"(Bearer realm="https://auth.example/token",service="s")", "Bearer t");
        return refusal ? *refusal : registry.answer(request);
    });
    auto target = test::DirectoryTarget::open(m_folder / "identity");
    VERIFY_OK(pull(http, *target));
    QVERIFY(form.find("grant_type=refresh_token") != std::string::npos);
    QVERIFY(form.ends_with("&refresh_token=id%26tok"));
}

void TestPuller::triesPlainHttpOnLoopbackOnly() {
    const FakeRegistry registry;
    FakeHttp http([&](const HttpRequest& request) {
        return request.url.scheme == "https" ? FakeAnswer{0, {}, {}, HttpFault::NotTls, false}
                                             : registry.answer(request);
    });
    auto target = test::DirectoryTarget::open(m_folder / "plain");
    VERIFY_OK(pull(http, *target, "127.0.0.1:5000/team/app:1"));
    const auto lines = http.lines();
    QCOMPARE(std::count_if(lines.begin(), lines.end(),
                           [](const std::string& line) { return line.starts_with("GET https"); }),
             1);
    FakeHttp remote([&](const HttpRequest&) { return FakeAnswer{0, {}, {}, HttpFault::NotTls, false}; });
    const auto pulled = pull(remote, *target, "reg.example/other:1");
    VERIFY_ERROR(pulled, ErrorKind::Unavailable);
    QVERIFY(pulled.error().hint().find("insecure") != std::string::npos);
    QCOMPARE(remote.lines().size(), std::size_t{1});
}

void TestPuller::resumesABrokenBlob() {
    const std::string large(100'000, 'x');
    const FakeRegistry registry({large});
    std::vector<std::string> ranges;
    FakeHttp http([&](const HttpRequest& request) -> FakeAnswer {
        if (request.url.path.find(registry.layers[0]) == std::string::npos) {
            return registry.answer(request);
        }
        std::size_t start = 0;
        for (const HttpHeader& header : request.headers) {
            if (header.name == "Range") {
                ranges.push_back(header.value);
                start = std::stoul(header.value.substr(6));
            }
        }
        const std::string range = "bytes " + std::to_string(start) + "-99999/100000";
        const bool last = start + 10'000 >= large.size();
        return {start == 0 ? 200 : 206,
                {{"content-range", range}},
                large.substr(start, 10'000),
                last ? std::nullopt : std::optional(HttpFault::Broken),
                false};
    });
    auto target = test::DirectoryTarget::open(m_folder / "resume");
    VERIFY_OK(pull(http, *target));
    QCOMPARE(ranges.size(), std::size_t{9});
    QCOMPARE(ranges.front(), std::string("bytes=10000-"));
}

void TestPuller::firstErrorWinsAndNothingIsCommitted() {
    const FakeRegistry registry({"bad", std::string(3000, 'x'), std::string(3001, 'y')});
    FakeHttp http([&](const HttpRequest& request) -> FakeAnswer {
        if (request.url.path.ends_with(registry.layers[1])) {
            return {200, {}, std::string(3000, 'z'), {}, false};
        }
        return registry.answer(request);
    });
    auto target = test::DirectoryTarget::open(m_folder / "error");
    const auto pulled = pull(http, *target);
    VERIFY_ERROR(pulled, ErrorKind::Corrupt);
    QVERIFY2(pulled.error().message().starts_with("pull 'reg.example/team/app:1': layer 2: blob '"),
             pulled.error().message().c_str());
    QVERIFY(sys::listDirectory(target->partialFolder())->empty());
    QVERIFY(sys::listDirectory(m_folder / "error/layers")->empty());
}

void TestPuller::cancelLeavesNothing() {
    const FakeRegistry registry;
    std::stop_source stop;
    FakeHttp http([&](const HttpRequest& request) -> FakeAnswer {
        if (request.url.path.ends_with(registry.layers[2])) {
            stop.request_stop();
            return {200, {}, {}, {}, true};
        }
        return registry.answer(request);
    });
    auto target = test::DirectoryTarget::open(m_folder / "cancel");
    const auto pulled = pull(http, *target, "reg.example/team/app:1", stop.get_token());
    VERIFY_ERROR(pulled, ErrorKind::Cancelled);
    QCOMPARE(pulled.error().message(), std::string("pull 'reg.example/team/app:1': cancelled"));
    QVERIFY(sys::listDirectory(target->partialFolder())->empty());
    QVERIFY(sys::listDirectory(m_folder / "cancel/layers")->empty());
}

void TestPuller::reportsAtMostTenTimesASecond() {
    const FakeRegistry registry({std::string(5'000'000, 'x')});
    FakeHttp http([&](const HttpRequest& request) { return registry.answer(request); });
    auto target = test::DirectoryTarget::open(m_folder / "events");
    QElapsedTimer timer;
    timer.start();
    VERIFY_OK(pull(http, *target));
    // 5,000 writes; one event for each change of state and ten a second.
    QVERIFY(m_events.size() < 8 + static_cast<std::size_t>(timer.elapsed()) / 100 + 1);
}

void TestPuller::hidesSecretsInErrors() {
    useLogin(R"({"auths":{"reg.example":{"username":"sailor","password":"canary-password"}}})");
    for (const int status : {400, 401, 403, 404, 500}) {
        FakeHttp http([&](const HttpRequest& request) -> FakeAnswer {
            const auto refusal = challenge(request, "Basic realm=\"r\"", "never");
            return request.authorization.empty()
                       ? *refusal
                       : FakeAnswer{status, {{"location", "https://x/?canary"}}, "{}", {}, false};
        });
        auto target = test::DirectoryTarget::open(m_folder / "secret");
        const auto pulled = pull(http, *target);
        QVERIFY(!pulled);
        QVERIFY((pulled.error().message() + pulled.error().hint()).find("canary") == std::string::npos);
    }
}

void TestPuller::checksLogins() {
    FakeHttp http([](const HttpRequest& request) {
        const auto refusal = challenge(request, "Basic realm=\"r\"", "Basic dTpw");
        return refusal ? *refusal : FakeAnswer{200, {}, "{}", {}, false};
    });
    Puller puller(http, m_config, m_logins);
    VERIFY_OK(puller.checkLogin("reg.example", {"u", Secret("p"), {}}, {}));
    VERIFY_ERROR(puller.checkLogin("reg.example", {"u", Secret("wrong"), {}}, {}),
                 ErrorKind::Unauthenticated);
}

QTEST_GUILESS_MAIN(TestPuller)
#include "test_puller.moc"
