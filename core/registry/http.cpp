// SPDX-License-Identifier: Apache-2.0
#include "core/registry/http.h"

namespace coracle::registry {

std::optional<std::string_view> HttpResponse::find(std::string_view name) const {
    for (const HttpHeader& header : headers) {
        if (header.name == name) {
            return header.value;
        }
    }
    return std::nullopt;
}

std::vector<std::string_view> HttpResponse::findAll(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const HttpHeader& header : headers) {
        if (header.name == name) {
            values.emplace_back(header.value);
        }
    }
    return values;
}

Result<> TextSink::begin(const HttpResponse& /*response*/) {
    m_text.clear();
    return {};
}

Result<> TextSink::write(std::string_view bytes) {
    if (bytes.size() > m_maxBytes - m_text.size()) {
        return Error(ErrorKind::Corrupt,
                     "the answer is longer than " + std::to_string(m_maxBytes) + " bytes");
    }
    m_text += bytes;
    return {};
}

}  // namespace coracle::registry
