// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

/// What docker's Go types know about the documents of `inspect`, beyond what a document says: which members
/// it may leave out and what stands for them, so that `{{if .State.Health}}` is no mistake in a container
/// without a health check. See text::TemplateData::shape for the notation. Source: Docker Engine API 1.50,
/// ContainerInspect, ImageInspect, VolumeInspect.
namespace coracle::cli {

/// Made on first use, then kept.
const nlohmann::json& containerShape();
const nlohmann::json& imageShape();
const nlohmann::json& volumeShape();

}  // namespace coracle::cli
