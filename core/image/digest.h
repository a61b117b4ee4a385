// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace coracle::image {

/// The name of content: always "sha256:" and 64 lower-case hexadecimal digits. The only way to make one from
/// text is parse(), so a digest can be used as a file name without further checks (security.md A13).
class Digest {
public:
    /// Errors: InvalidArgument for another algorithm, length or digit.
    static Result<Digest> parse(std::string_view text);
    /// Of a whole buffer.
    static Digest of(std::string_view bytes);

    /// "sha256:<hex>"
    const std::string& text() const noexcept { return m_text; }
    /// The 64 digits.
    std::string_view hex() const noexcept { return std::string_view(m_text).substr(7); }

    friend bool operator==(const Digest&, const Digest&) = default;
    friend auto operator<=>(const Digest&, const Digest&) = default;

private:
    friend class Hasher;
    explicit Digest(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

/// SHA-256 of a stream (OpenSSL, which uses the processor's SHA instructions).
class Hasher {
public:
    Hasher();
    ~Hasher();
    /// A hasher that was moved from may only be destroyed or assigned to.
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;
    void update(std::span<const std::byte> bytes);
    void update(std::string_view bytes);
    /// The digest of what there has been; the hasher goes on.
    Digest soFar() const;
    /// The digest of everything; the hasher may not be used afterwards.
    Digest finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace coracle::image
