// SPDX-License-Identifier: Apache-2.0
#include "core/image/digest.h"

// The plain functions and not EVP: looking an algorithm up by name builds tables of all that the library has,
// which costs each command more than hashing what it reads, and links all of it. They use the processor's SHA
// instructions just the same. OpenSSL calls them deprecated since 3.0 because they know no providers.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace coracle::image {
namespace {

/// Only SHA-256: the one that every reader has to know (image-spec descriptor.md, "Registered
/// Algorithms"). One algorithm leaves an attacker nothing to choose.
constexpr std::string_view kPrefix = "sha256:";
constexpr std::size_t kHexDigits = 64;

bool isLowerHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/// The calls fail only for a broken library. There is no way to go on without verification, and no caller
/// could do better than to end.
void require(bool succeeded) {
    if (!succeeded) {
        std::abort();
    }
}

}  // namespace

Result<Digest> Digest::parse(std::string_view text) {
    if (!text.starts_with(kPrefix)) {
        return Error(ErrorKind::InvalidArgument,
                     "digest '" + std::string(text.substr(0, 100)) + "' does not start with 'sha256:'");
    }
    const std::string_view digits = text.substr(kPrefix.size());
    if (digits.size() != kHexDigits || !std::all_of(digits.begin(), digits.end(), isLowerHex)) {
        return Error(ErrorKind::InvalidArgument, "digest '" + std::string(text.substr(0, 100)) +
                                                     "' is not 64 lower-case hexadecimal digits");
    }
    return Digest(std::string(text));
}

Digest Digest::of(std::string_view bytes) {
    Hasher hasher;
    hasher.update(bytes);
    return hasher.finish();
}

struct Hasher::State {
    SHA256_CTX context{};
};

Hasher::Hasher() : m_state(std::make_unique<State>()) {
    require(::SHA256_Init(&m_state->context) == 1);
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::span<const std::byte> bytes) {
    require(::SHA256_Update(&m_state->context, bytes.data(), bytes.size()) == 1);
}

void Hasher::update(std::string_view bytes) {
    update(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

Digest Hasher::soFar() const {
    Hasher copy;
    copy.m_state->context = m_state->context;
    return copy.finish();
}

Digest Hasher::finish() {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> raw{};
    require(::SHA256_Final(raw.data(), &m_state->context) == 1);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(kPrefix);
    text.reserve(kPrefix.size() + kHexDigits);
    for (const unsigned char byte : raw) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 0xfU];
    }
    return Digest(std::move(text));
}

}  // namespace coracle::image
