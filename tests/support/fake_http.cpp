// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_http.h"

#include <condition_variable>

namespace coracle::test {

using namespace registry;

HttpOutcome FakeHttp::perform(const HttpRequest& request, HttpSink& sink, std::stop_token stop) {
    FakeAnswer answer;
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
        answer = m_server(request);
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
        const char* method = request.method == HttpMethod::Head   ? "HEAD "
                             : request.method == HttpMethod::Post ? "POST "
                                                                  : "GET ";
        lines.push_back(method + request.url.text());
    }
    return lines;
}

}  // namespace coracle::test
