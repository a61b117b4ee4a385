// SPDX-License-Identifier: Apache-2.0
#include "core/image/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace coracle::image {
namespace {

constexpr std::string_view kPrefix = "sha256:";
constexpr std::size_t kHexDigits = 64;

bool isLowerHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/// The algorithm, looked up once. The host's openssl.cnf is not read: it could swap the implementation and
/// costs a file read at the first digest.
const EVP_MD* sha256() {
    static const EVP_MD* const algorithm = [] {
        (void)::OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
        return ::EVP_MD_fetch(nullptr, "SHA256", nullptr);
    }();
    return algorithm;
}

/// The calls fail only when memory is used up, which ends the process like std::bad_alloc does.
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
    EVP_MD_CTX* context = ::EVP_MD_CTX_new();
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { ::EVP_MD_CTX_free(context); }
};

Hasher::Hasher() : m_state(std::make_unique<State>()) {
    require(m_state->context != nullptr && sha256() != nullptr);
    require(::EVP_DigestInit_ex(m_state->context, sha256(), nullptr) == 1);
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::span<const std::byte> bytes) {
    require(::EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size()) == 1);
}

void Hasher::update(std::string_view bytes) {
    update(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

Digest Hasher::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
    unsigned int length = 0;
    require(::EVP_DigestFinal_ex(m_state->context, raw.data(), &length) == 1);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(kPrefix);
    text.reserve(kPrefix.size() + kHexDigits);
    for (unsigned int i = 0; i < length; ++i) {
        text += kDigits[raw[i] >> 4U];
        text += kDigits[raw[i] & 0xfU];
    }
    return Digest(std::move(text));
}

}  // namespace coracle::image
