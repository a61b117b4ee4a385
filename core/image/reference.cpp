// SPDX-License-Identifier: Apache-2.0
#include "core/image/reference.h"

#include "core/text/escape.h"

#include <algorithm>
#include <charconv>

// The grammar of names is that of the distribution project's reference package, so that a name which
// docker takes is taken here and means the same. A reference becomes a part of request paths and of file
// names in the store: nothing that passes holds "..", "//", a control character or a percent sign, and
// the registry part is lower case, since host names are and two spellings would be two names in the
// store.
namespace coracle::image {
namespace {

constexpr std::string_view kDefaultRegistry = "docker.io";
constexpr std::string_view kDefaultNamespace = "library/";
/// Both limits are those of that package: 255 bytes for a name with its registry, and the tag's
/// expression.
constexpr std::size_t kMaxNameBytes = 255;
constexpr std::size_t kMaxTagBytes = 128;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
bool isLetter(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
}

Error wrong(std::string_view text, const std::string& why) {
    return {ErrorKind::InvalidArgument, "image name '" + text::excerptForTerminal(text, 200) + "': " + why};
}

/// podman's and skopeo's words for images that are in no registry.
bool isArchive(std::string_view registry) {
    return registry == "docker-archive:" || registry == "oci-archive:" || registry == "oci:" ||
           registry == "dir:";
}

/// Decimal digits only, 1 to 65535.
bool isPort(std::string_view text) {
    unsigned port = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
    return fault == std::errc() && end == text.data() + text.size() && port > 0 && port <= 65535;
}

/// A label of a host name (RFC 1123 2.1): up to 63 letters, digits and inner hyphens.
bool isHostLabel(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(),
                       [](char c) { return isLetter(c) || isDigit(c) || c == '-'; });
}

/// "host", "host:port", "[::1]", "[::1]:port".
bool isRegistry(std::string_view text) {
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos || close < 3) {
            return false;
        }
        const std::string_view address = text.substr(1, close - 1);
        const std::string_view rest = text.substr(close + 1);
        const bool plain = std::all_of(address.begin(), address.end(), [](char c) {
            return isDigit(c) || c == ':' || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        });
        return plain && (rest.empty() || (rest.front() == ':' && isPort(rest.substr(1))));
    }
    const auto colon = text.find(':');
    std::string_view host = text.substr(0, colon);
    if (colon != std::string_view::npos && !isPort(text.substr(colon + 1))) {
        return false;
    }
    while (!host.empty()) {
        const auto dot = host.find('.');
        if (!isHostLabel(host.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        host.remove_prefix(dot + 1);
    }
    return false;
}

/// [a-z0-9]+ joined by one of '.', '_', "__" or any number of '-'.
bool isPathComponent(std::string_view text) {
    std::size_t at = 0;
    while (true) {
        const std::size_t start = at;
        while (at < text.size() && (isLower(text[at]) || isDigit(text[at]))) {
            ++at;
        }
        if (at == start) {
            return false;
        }
        if (at == text.size()) {
            return true;
        }
        if (text[at] == '-') {
            at = std::min(text.find_first_not_of('-', at), text.size());
        } else if (text.substr(at).starts_with("__")) {
            at += 2;
        } else if (text[at] == '.' || text[at] == '_') {
            ++at;
        } else {
            return false;
        }
    }
}

/// [A-Za-z0-9_][A-Za-z0-9_.-]{0,127}: never "." or "..", since the first character is a word's.
bool isTag(std::string_view text) {
    const auto isWord = [](char c) { return isLetter(c) || isDigit(c) || c == '_'; };
    return !text.empty() && text.size() <= kMaxTagBytes && isWord(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return isWord(c) || c == '.' || c == '-'; });
}

/// Each component by itself, so that the message names the one at fault; capital letters are the usual
/// mistake and get a sentence of their own.
Result<> checkRepository(std::string_view text, std::string_view repository) {
    if (repository.empty()) {
        return wrong(text, "the repository is missing");
    }
    std::string_view rest = repository;
    while (true) {
        const auto slash = rest.find('/');
        const std::string_view component = rest.substr(0, slash);
        if (!isPathComponent(component)) {
            const bool upper =
                std::any_of(component.begin(), component.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
            return wrong(text,
                         "'" + text::excerptForTerminal(component, 100) +
                             (upper ? "' has to be in lower case"
                                    : "' has to be made of a-z, 0-9 and single '.', '_', '-' between them"));
        }
        if (slash == std::string_view::npos) {
            return {};
        }
        rest.remove_prefix(slash + 1);
    }
}

/// docker's rule for the first of several components. It is why "myhost/app" is a repository on Docker Hub
/// and "myhost:5000/app" is not.
bool looksLikeRegistry(std::string_view component) {
    return component == "localhost" || component.find_first_of(".:[") != std::string_view::npos;
}

}  // namespace

Result<Reference> Reference::parse(std::string_view text) {
    Reference reference;
    std::string_view rest = text;
    if (rest.empty()) {
        return wrong(text, "it is empty");
    }
    if (const auto scheme = rest.find("://"); scheme != std::string_view::npos) {
        return wrong(text, "an image name has no '" +
                               text::excerptForTerminal(rest.substr(0, scheme + 3), 20) + "'")
            .withHint("write HOST[:PORT]/NAME[:TAG]");
    }
    if (const auto at = rest.find('@'); at != std::string_view::npos) {
        auto digest = Digest::parse(rest.substr(at + 1));
        if (!digest) {
            return std::move(digest).error().context("image name '" + text::excerptForTerminal(text, 200) +
                                                     "'");
        }
        reference.m_digest = *std::move(digest);
        rest = rest.substr(0, at);
    }
    // The ':' of a tag stands behind the last '/'; one before it is that of a port.
    const auto slash = rest.rfind('/');
    const auto colon = rest.rfind(':');
    if (colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash)) {
        const std::string_view tag = rest.substr(colon + 1);
        if (!isTag(tag)) {
            return wrong(text, "the tag '" + text::excerptForTerminal(tag, 130) +
                                   "' has to be 1 to 128 letters, digits, '_', '.', '-'");
        }
        reference.m_tag = std::string(tag);
        rest = rest.substr(0, colon);
    }
    const auto first = rest.find('/');
    if (first != std::string_view::npos && looksLikeRegistry(rest.substr(0, first))) {
        reference.m_registry = std::string(rest.substr(0, first));
        rest = rest.substr(first + 1);
        if (!isRegistry(reference.m_registry)) {
            Error error = wrong(
                text, "'" + text::excerptForTerminal(reference.m_registry, 100) + "' is no HOST[:PORT]");
            return isArchive(reference.m_registry)
                       ? std::move(error).withHint("coracle load -i FILE reads archives")
                       : error;
        }
        std::transform(reference.m_registry.begin(), reference.m_registry.end(), reference.m_registry.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    } else {
        reference.m_registry = kDefaultRegistry;
    }
    // docker's old name for the same registry; kept apart it would be a second copy of each image.
    if (reference.m_registry == "index.docker.io") {
        reference.m_registry = kDefaultRegistry;
    }
    TRY(checkRepository(text, rest));
    reference.m_repository = std::string(rest);
    if (reference.m_registry == kDefaultRegistry && rest.find('/') == std::string_view::npos) {
        // docker refuses such a name too: it could not be told from an image's id on the command line.
        if (rest.size() == 64 && Digest::parse("sha256:" + std::string(rest))) {
            return wrong(text, "64 hexadecimal digits are an image id, not a name");
        }
        reference.m_repository.insert(0, kDefaultNamespace);
    }
    if (reference.name().size() > kMaxNameBytes) {
        return wrong(text, "it is longer than 255 characters");
    }
    if (!reference.m_tag && !reference.m_digest) {
        reference.m_tag = "latest";
    }
    return reference;
}

std::string Reference::name() const {
    return m_registry + "/" + m_repository;
}

std::string Reference::familiarName() const {
    if (m_registry != kDefaultRegistry) {
        return name();
    }
    const bool official = m_repository.starts_with(kDefaultNamespace) &&
                          m_repository.find('/', kDefaultNamespace.size()) == std::string::npos;
    return official ? m_repository.substr(kDefaultNamespace.size()) : m_repository;
}

namespace {

std::string withSuffix(std::string name, const std::optional<std::string>& tag,
                       const std::optional<Digest>& digest) {
    if (tag) {
        name += ":" + *tag;
    }
    if (digest) {
        name += "@" + digest->text();
    }
    return name;
}

}  // namespace

Result<Reference> Reference::parseNewName(std::string_view text) {
    TRY_ASSIGN(auto reference, parse(text));
    if (reference.digest()) {
        return Error(ErrorKind::InvalidArgument,
                     "'" + std::string(text) + "' is a digest: only names can be given");
    }
    if (reference.familiarName() == "sha256") {
        return Error(
            ErrorKind::InvalidArgument,
            "'" + std::string(text) + "' would be taken for an image's id: no image can have this name");
    }
    return reference;
}

std::string Reference::text() const {
    return withSuffix(name(), m_tag, m_digest);
}

std::string Reference::familiarText() const {
    return withSuffix(familiarName(), m_tag, m_digest);
}

}  // namespace coracle::image
