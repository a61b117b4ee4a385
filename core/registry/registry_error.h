// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/registry/http.h"

#include <string>
#include <string_view>

namespace coracle::registry {

/// The failure's error with what a person can do about it. `host`: as it stands in references.
Error withHints(const HttpFailure& failure, const std::string& host);

/// What the registry itself says in an error body: "MANIFEST_UNKNOWN: manifest unknown", escaped and short;
/// empty when it says nothing. Source: OCI distribution-spec 1.1, "Error Codes".
std::string errorText(std::string_view body);

/// An answer that is no success. `subject` is what was asked for ("image 'alpine:3'").
Error errorOf(const HttpResponse& response, std::string_view body, const std::string& subject,
              const std::string& host);

/// The digest that a registry states for what it was sent has to be that of what we sent (security.md B4).
/// Stating none is allowed. Errors: Corrupt.
Result<> checkStored(const HttpResponse& response, const image::Digest& own);

}  // namespace coracle::registry
