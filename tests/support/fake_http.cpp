// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_http.h"

#include <array>
#include <condition_variable>

namespace coracle::test {

using namespace registry;

namespace {

Result<std::string> bodyOf(const HttpRequest& request) {
    std::string body;
    if (request.upload == nullptr) {
        return body;
    }
    TRY(request.upload->rewind());
    std::array<char, 4096> buffer{};
    while (true) {
        TRY_ASSIGN(const std::size_t got, request.upload->read(buffer));
        if (got == 0) {
            return body;
        }
        body.append(buffer.data(), got);
    }
}

const char* wordOf(HttpMethod method) {
    switch (method) {
    case HttpMethod::Get:
        return "GET ";
    case HttpMethod::Head:
        return "HEAD ";
    case HttpMethod::Post:
        return "POST ";
    case HttpMethod::Put:
        return "PUT ";
    case HttpMethod::Patch:
        return "PATCH ";
    case HttpMethod::Delete:
        break;
    }
    return "DELETE ";
}

}  // namespace

HttpOutcome FakeHttp::perform(const HttpRequest& request, HttpSink& sink, std::stop_token stop) {
    auto body = bodyOf(request);
    if (!body) {
        return HttpFailure{HttpFault::SinkRefused, std::move(body).error()};
    }
    FakeAnswer answer;
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
        m_requests.back().upload = nullptr;
        answer = m_server(request, *body);
    }
    if (answer.silent) {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any changed;
        (void)changed.wait(lock, stop, [] { return false; });
    }
    if (stop.stop_requested()) {
        return HttpFailure{HttpFault::Cancelled, Error(ErrorKind::Cancelled, "cancelled")};
    }
    if (answer.status != 0) {
        const HttpResponse response{answer.status, answer.headers};
        Result<> taken = sink.begin(response);
        for (std::size_t at = 0; taken && at < answer.body.size() && request.method != HttpMethod::Head;
             at += 1000) {
            taken = sink.write(std::string_view(answer.body).substr(at, 1000));
        }
        if (!taken) {
            return HttpFailure{HttpFault::SinkRefused, std::move(taken).error()};
        }
        if (!answer.fault) {
            return response;
        }
    }
    return HttpFailure{
        answer.fault.value_or(HttpFault::Broken),
        Error(ErrorKind::Unavailable, "connect to '" + request.url.authority() + "': fake fault")};
}

std::vector<HttpRequest> FakeHttp::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::vector<std::string> FakeHttp::lines() const {
    std::vector<std::string> lines;
    for (const HttpRequest& request : requests()) {
        lines.push_back(wordOf(request.method) + request.url.text());
    }
    return lines;
}

}  // namespace coracle::test
