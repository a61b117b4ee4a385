// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/http.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace coracle::test {

/// What a fake server says to one request.
struct FakeAnswer {
    int status = 200;
    std::vector<registry::HttpHeader> headers;
    std::string body;
    std::optional<registry::HttpFault> fault;  ///< after the body so far; or instead of an answer (status 0)
    bool silent = false;                       ///< say nothing until the request is cancelled
};

/// Http without a network: a function plays all servers. It keeps what was asked.
class FakeHttp : public registry::Http {
public:
    using Server = std::function<FakeAnswer(const registry::HttpRequest&)>;
    /// Also gets what was uploaded; it decides how much of it arrived.
    using UploadServer = std::function<FakeAnswer(const registry::HttpRequest&, const std::string&)>;
    explicit FakeHttp(Server server)
        : m_server([server = std::move(server)](const registry::HttpRequest& request, const std::string&) {
            return server(request);
        }) {}
    explicit FakeHttp(UploadServer server) : m_server(std::move(server)) {}

    registry::HttpOutcome perform(const registry::HttpRequest& request, registry::HttpSink& sink,
                                  std::stop_token stop) override;

    std::vector<registry::HttpRequest> requests() const;
    /// "GET https://host/path" for each request.
    std::vector<std::string> lines() const;

private:
    UploadServer m_server;
    mutable std::mutex m_mutex;
    std::vector<registry::HttpRequest> m_requests;
};

}  // namespace coracle::test
