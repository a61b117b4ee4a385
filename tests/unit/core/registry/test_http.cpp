// SPDX-License-Identifier: Apache-2.0
//
// The suite that every implementation of Http passes: the one that talks to servers, and the fake that the
// other tests rely on.
#include "core/registry/http_curl.h"
#include "tests/support/fake_http.h"
#include "tests/support/verify.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace coracle;
using namespace coracle::registry;

namespace {

/// Keeps the order of what a sink is given.
class RecordingSink : public HttpSink {
public:
    Result<> begin(const HttpResponse& response) override {
        status = response.status;
        ++begins;
        return {};
    }
    Result<> write(std::string_view bytes) override {
        if (begins == 0) {
            return Error(ErrorKind::Internal, "body before head");
        }
        body += bytes;
        return refuseAfter != 0 && body.size() >= refuseAfter ? Result<>(Error(ErrorKind::Io, "sink is full"))
                                                              : Result<>();
    }
    int status = 0;
    int begins = 0;
    std::size_t refuseAfter = 0;
    std::string body;
};

test::FakeAnswer playServer(const HttpRequest& request) {
    const std::string& path = request.url.path;
    if (request.method == HttpMethod::Post) {
        return {200, {}, request.body.reveal(), {}, false};
    }
    if (path == "/redirect") {
        return {307, {{"location", "/text"}}, "elsewhere", {}, false};
    }
    if (path == "/authorization") {
        return {200, {}, request.authorization.empty() ? "none" : request.authorization.reveal(), {}, false};
    }
    if (path == "/large") {
        return {200, {}, std::string(1U << 20U, '\0'), {}, false};
    }
    if (path == "/broken") {
        return {200, {}, "half", HttpFault::Broken, false};
    }
    if (path == "/silent") {
        return {200, {}, {}, {}, true};
    }
    if (path == "/missing") {
        return {404, {}, "not here", {}, false};
    }
    return {200, {{"x-mixed-case", "Yes"}}, "some text", {}, false};
}

}  // namespace

class TestHttp : public QObject {
    Q_OBJECT

private:
    struct Exchange {
        HttpOutcome outcome;
        std::shared_ptr<RecordingSink> sink;  // shared: the outcome's owner reads it after the exchange
    };
    Exchange ask(const std::string& path, HttpMethod method = HttpMethod::Get,
                 const std::string& authorization = {}, std::size_t refuseAfter = 0,
                 std::stop_token stop = {}) {
        QFETCH(bool, real);
        auto sink = std::make_shared<RecordingSink>();
        sink->refuseAfter = refuseAfter;
        HttpRequest request;
        request.method = method;
        request.url = *Url::parse("http://127.0.0.1:" + std::to_string(m_port) + path);
        request.authorization = Secret(authorization);
        request.body = Secret(method == HttpMethod::Post ? "a=b" : "");
        HttpOutcome outcome = (real ? *m_curl : *m_fake).perform(request, *sink, stop);
        return {std::move(outcome), std::move(sink)};
    }
    static HttpFault faultOf(const HttpOutcome& outcome) {
        const auto* failure = std::get_if<HttpFailure>(&outcome);
        return failure == nullptr ? HttpFault::NoClient : failure->fault;
    }

    QProcess m_server;
    int m_port = 0;
    std::unique_ptr<Http> m_curl;
    std::unique_ptr<Http> m_fake;

private slots:
    void initTestCase();
    void cleanupTestCase();
    void deliversHeadThenBody_data() { implementations(); }
    void deliversHeadThenBody();
    void givesErrorBodiesToTheSink_data() { implementations(); }
    void givesErrorBodiesToTheSink();
    void leavesRedirectsToTheCaller_data() { implementations(); }
    void leavesRedirectsToTheCaller();
    void headHasNoBody_data() { implementations(); }
    void headHasNoBody();
    void sendsCredentialsAndBody_data() { implementations(); }
    void sendsCredentialsAndBody();
    void sinkErrorEndsTheExchange_data() { implementations(); }
    void sinkErrorEndsTheExchange();
    void tellsABrokenAnswerFromAWholeOne_data() { implementations(); }
    void tellsABrokenAnswerFromAWholeOne();
    void cancelsWhileTheServerIsSilent_data() { implementations(); }
    void cancelsWhileTheServerIsSilent();
    void cancelledBeforehandAsksNothing_data() { implementations(); }
    void cancelledBeforehandAsksNothing();
    void namesARefusedConnection();
    void refusesLinkLocalAddresses();
    void timesOutOnSilence();

private:
    static void implementations() {
        QTest::addColumn<bool>("real");
        QTest::newRow("curl") << true;
        QTest::newRow("fake") << false;
    }
};

void TestHttp::initTestCase() {
    m_server.start("python3", {QString(CORACLE_SOURCE_DIR) + "/tests/support/http_echo_server.py"});
    QVERIFY(m_server.waitForReadyRead(20000));
    m_port = m_server.readLine().trimmed().toInt();
    QVERIFY(m_port > 0);
    m_curl = makeCurlHttp();
    m_fake = std::make_unique<test::FakeHttp>(playServer);
}

void TestHttp::cleanupTestCase() {
    m_server.closeWriteChannel();
    QVERIFY(m_server.waitForFinished());
}

void TestHttp::deliversHeadThenBody() {
    const auto [outcome, sink] = ask("/text");
    const auto* response = std::get_if<HttpResponse>(&outcome);
    QVERIFY(response != nullptr);
    QCOMPARE(response->status, 200);
    QCOMPARE(std::string(response->find("x-mixed-case").value_or("")), std::string("Yes"));
    QCOMPARE(sink->begins, 1);
    QCOMPARE(sink->body, std::string("some text"));
}

void TestHttp::givesErrorBodiesToTheSink() {
    const auto [outcome, sink] = ask("/missing");
    QVERIFY(std::holds_alternative<HttpResponse>(outcome));
    QCOMPARE(sink->status, 404);
    QCOMPARE(sink->body, std::string("not here"));
}

void TestHttp::leavesRedirectsToTheCaller() {
    const auto [outcome, sink] = ask("/redirect");
    const auto* response = std::get_if<HttpResponse>(&outcome);
    QVERIFY(response != nullptr);
    QCOMPARE(response->status, 307);
    QCOMPARE(std::string(response->find("location").value_or("")), std::string("/text"));
}

void TestHttp::headHasNoBody() {
    const auto [outcome, sink] = ask("/text", HttpMethod::Head);
    QVERIFY(std::holds_alternative<HttpResponse>(outcome));
    QCOMPARE(sink->begins, 1);
    QVERIFY(sink->body.empty());
}

void TestHttp::sendsCredentialsAndBody() {
    QCOMPARE(ask("/authorization", HttpMethod::Get, "Bearer abc").sink->body, std::string("Bearer abc"));
    QCOMPARE(ask("/authorization").sink->body, std::string("none"));
    QCOMPARE(ask("/post", HttpMethod::Post).sink->body, std::string("a=b"));
}

void TestHttp::sinkErrorEndsTheExchange() {
    const auto [outcome, sink] = ask("/large", HttpMethod::Get, {}, 1000);
    QCOMPARE(faultOf(outcome), HttpFault::SinkRefused);
    QCOMPARE(std::get<HttpFailure>(outcome).error.message(), std::string("sink is full"));
    QVERIFY(sink->body.size() < (1U << 20U));
    // The rest of that answer does not show up in the next one.
    QCOMPARE(ask("/text").sink->body, std::string("some text"));
}

void TestHttp::tellsABrokenAnswerFromAWholeOne() {
    const auto [outcome, sink] = ask("/broken");
    QCOMPARE(faultOf(outcome), HttpFault::Broken);
    QCOMPARE(sink->body, std::string("half"));
}

void TestHttp::cancelsWhileTheServerIsSilent() {
    // The shortest of some: whatever else the machine does makes it longer. One that is not noticed takes as
    // long as the server is silent, or as libcurl sleeps.
    qint64 shortest = 1'000'000;
    for (int i = 0; i < 5 && shortest >= 200; ++i) {
        std::stop_source stop;
        QElapsedTimer timer;
        std::jthread canceller([&] {
            // UNAVOIDABLE: the exchange has to wait
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            timer.start();
            stop.request_stop();
        });
        const auto [outcome, sink] = ask("/silent", HttpMethod::Get, {}, 0, stop.get_token());
        shortest = std::min(shortest, timer.elapsed());
        QCOMPARE(faultOf(outcome), HttpFault::Cancelled);
    }
    QVERIFY2(shortest < 200, "a cancel takes longer than 200 ms");
}

void TestHttp::cancelledBeforehandAsksNothing() {
    std::stop_source stop;
    stop.request_stop();
    const auto [outcome, sink] = ask("/text", HttpMethod::Get, {}, 0, stop.get_token());
    QCOMPARE(faultOf(outcome), HttpFault::Cancelled);
    QVERIFY(sink->body.empty());
}

void TestHttp::namesARefusedConnection() {
    HttpRequest request;
    request.url = *Url::parse("http://127.0.0.1:1/");
    RecordingSink sink;
    const auto outcome = m_curl->perform(request, sink, {});
    QCOMPARE(faultOf(outcome), HttpFault::Refused);
    QCOMPARE(std::get<HttpFailure>(outcome).error.sysErrno(), ECONNREFUSED);
    QVERIFY(std::get<HttpFailure>(outcome).error.message().starts_with("connect to '127.0.0.1:1': "));
}

void TestHttp::refusesLinkLocalAddresses() {
    HttpRequest request;
    request.url = *Url::parse("http://169.254.169.254/latest");
    request.linkLocal = LinkLocal::Refuse;
    RecordingSink sink;
    QCOMPARE(faultOf(m_curl->perform(request, sink, {})), HttpFault::BadAnswer);
}

void TestHttp::timesOutOnSilence() {
    HttpLimits limits;
    limits.firstByte = std::chrono::milliseconds(300);
    const auto http = makeCurlHttp(limits);
    HttpRequest request;
    request.url = *Url::parse("http://127.0.0.1:" + std::to_string(m_port) + "/silent");
    RecordingSink sink;
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(faultOf(http->perform(request, sink, {})), HttpFault::Stalled);
    QVERIFY(timer.elapsed() >= 300);
}

QTEST_GUILESS_MAIN(TestHttp)
#include "test_http.moc"
