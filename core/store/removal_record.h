// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/records.h"
#include "rootless/sys/result.h"

#include <string>
#include <string_view>

/// The rows of removed things as JSON, the form in which the table of removals keeps them. Pure.
/// A later version may add members and must go on reading those of this one.
namespace coracle::store {

std::string toJson(const ContainerRecord& record);
/// Without what is computed on reading.
std::string toJson(const ImageRecord& record);
std::string toJson(const VolumeRecord& record);

/// The same for the content of a volume that stays. Who does not know the difference reads a volume.
std::string toJsonOfContent(const VolumeRecord& record);

/// Errors: Corrupt.
Result<ContainerRecord> parseContainerRecord(std::string_view text);
Result<ImageRecord> parseImageRecord(std::string_view text);
Result<VolumeRecord> parseVolumeRecord(std::string_view text);
/// Whether it is of toJsonOfContent(). Errors: Corrupt.
Result<bool> isContentOnly(std::string_view volumeText);

/// "container", "image", "name", "volume": the word of the database, and of people.
std::string_view toText(RemovedKind kind);
/// Errors: Corrupt.
Result<RemovedKind> parseRemovedKind(std::string_view word);

}  // namespace coracle::store
