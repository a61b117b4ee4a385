// SPDX-License-Identifier: Apache-2.0
#include "core/types/cdi_text.h"

#include <algorithm>
#include <charconv>

namespace coracle::types {
namespace {

constexpr const char* kGpuKind = "nvidia.com/gpu=";
constexpr unsigned kMaxGpus = 64;

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// Begins and ends with a letter or digit, has these and the `others` between.
bool isWord(std::string_view text, std::string_view others) {
    const auto plain = [](char c) { return isLetter(c) || isDigit(c); };
    return !text.empty() && plain(text.front()) && plain(text.back()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return plain(c) || others.find(c) != std::string_view::npos; });
}

Error invalidGpus(const std::string& text) {
    return Error(ErrorKind::InvalidArgument, "'" + text + "' names no GPUs")
        .withHint("write all, a number, or '\"device=0,1\"' with both kinds of quotes");
}

/// Fields of one record, commas within double quotes being no separators.
std::vector<std::string> fieldsOf(const std::string& text) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    return fields;
}

Result<std::vector<std::string>> gpusOfCount(const std::string& count, const std::string& text) {
    if (count == "all" || count == "-1") {
        return std::vector<std::string>{std::string(kGpuKind) + "all"};
    }
    unsigned number = 0;
    const char* end = count.data() + count.size();
    const auto [at, error] = std::from_chars(count.data(), end, number);
    if (count.empty() || error != std::errc() || at != end || number > kMaxGpus) {
        return invalidGpus(text);
    }
    std::vector<std::string> names;
    for (unsigned i = 0; i < number; ++i) {
        names.push_back(kGpuKind + std::to_string(i));
    }
    return names;
}

}  // namespace

bool isCdiName(std::string_view text) {
    return !text.starts_with('/') && text.find('=') != std::string_view::npos;
}

Result<CdiName> parseCdiName(std::string_view text) {
    const auto equals = std::min(text.find('='), text.size());
    const auto kind = text.substr(0, equals);
    const auto slash = std::min(kind.find('/'), kind.size());
    const auto name = text.substr(std::min(equals + 1, text.size()));
    const bool good = isWord(kind.substr(0, slash), "_.-") && isLetter(kind.front()) &&
                      isWord(kind.substr(std::min(slash + 1, kind.size())), "_-.") && isWord(name, "_.:-");
    if (!good) {
        return Error(ErrorKind::InvalidArgument,
                     "device '" + std::string(text) + "' is neither a path nor VENDOR/CLASS=NAME")
            .withHint("for example /dev/fuse or nvidia.com/gpu=all");
    }
    return CdiName{std::string(kind), std::string(name)};
}

Result<> checkCdiName(std::string_view text) {
    TRY(parseCdiName(text));
    return {};
}

/// Capabilities are nvidia's groups of libraries; a description gives them all.
Result<std::vector<std::string>> parseGpus(const std::string& text) {
    std::vector<std::string> names;
    bool counted = false;
    for (std::string& field : fieldsOf(text)) {
        const auto equals = field.find('=');
        const std::string key = equals == std::string::npos ? "count" : field.substr(0, equals);
        const std::string value = equals == std::string::npos ? field : field.substr(equals + 1);
        if (key == "count" && !counted) {
            TRY_ASSIGN(names, gpusOfCount(value, text));
            counted = true;
        } else if (key == "device" && !counted) {
            for (const std::string& name : fieldsOf(value)) {
                TRY(checkCdiName(kGpuKind + name));
                names.push_back(kGpuKind + name);
            }
            counted = true;
        } else if (key == "driver" && value != "nvidia" && value != "cdi") {
            return Error(ErrorKind::Unsupported, "GPUs of driver '" + value + "' are not what --gpus gives")
                .withHint("name the device as its vendor describes it: --device VENDOR/CLASS=NAME");
        } else if (key != "driver" && key != "capabilities") {
            return invalidGpus(text);
        }
    }
    if (!counted) {
        return gpusOfCount("1", text);  // docker's default
    }
    return names;
}

}  // namespace coracle::types
