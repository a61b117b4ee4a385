// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/engine/engine_context.h"
#include "core/engine/image_import.h"
#include "core/engine/local_images.h"

namespace coracle::engine {

/// Images as files. Thread-safe: holds nothing but references.
class LocalArchives final : public Archives {
public:
    LocalArchives(EngineContext& context, LocalImages& images, Resources& resources)
        : m_context(context), m_images(images), m_resources(resources) {}

    Result<> save(const std::vector<std::string>& names, types::ArchiveFormat format,
                  const types::OutputPlace& place, std::stop_token stop) override;
    Result<> load(const types::InputPlace& place, const types::PullProgress& progress,
                  const std::function<void(const types::LoadedImage&)>& loaded,
                  std::stop_token stop) override;
    Result<types::MadeImage> commit(const std::string& container, const types::CommitOptions& options,
                                    std::stop_token stop) override;
    Result<> exportFiles(const std::string& container, const types::OutputPlace& place,
                         std::stop_token stop) override;
    Result<types::MadeImage> importFiles(const types::InputPlace& place, const types::ImportOptions& options,
                                         std::stop_token stop) override;
    Result<types::CopyReport> copy(const types::CopyPlace& from, const types::CopyPlace& to,
                                   const types::CopyOptions& options,
                                   const std::function<void(std::uint64_t)>& moved,
                                   std::stop_token stop) override;
    Result<std::vector<types::ImageFile>> listFolder(const std::string& container, const std::string& path,
                                                     std::stop_token stop) override;
    Result<types::FoundFiles> findFiles(const std::string& container, const std::string& words,
                                        std::stop_token stop) override;
    Result<std::string> readFileStart(const std::string& container, const std::string& path,
                                      types::FileVersion version, std::stop_token stop) override;
    Result<> restorePaths(const std::string& container, const std::vector<std::string>& paths,
                          std::stop_token stop) override;
    Result<std::vector<types::Change>> containerChanges(const std::string& container,
                                                        std::stop_token stop) override;
    Result<std::vector<types::Change>> imageChanges(const std::string& image, const std::string& base,
                                                    std::stop_token stop) override;
    Result<std::vector<types::LayerFiles>> imageFiles(const std::string& image,
                                                      std::stop_token stop) override;

private:
    Result<types::LoadedImage> loadOne(const store::Store& store, const ImageSource& source,
                                       const types::PullProgress& progress, const std::stop_token& stop);

    EngineContext& m_context;
    LocalImages& m_images;
    Resources& m_resources;
};

}  // namespace coracle::engine
