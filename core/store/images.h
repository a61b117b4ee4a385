// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/records.h"
#include "rootless/sys/result.h"

#include <optional>
#include <string>
#include <vector>

namespace coracle::store {

struct StoreContext;
class Database;

/// Images and the names they have. All methods may be called from any thread.
class Images {
public:
    explicit Images(const StoreContext& context) : m_context(context) {}

    /// Record an image whose blobs and layers are all in the store, and give it `record.references` (a name
    /// that another image had moves over). One transaction; durable when it returns. Putting the same image
    /// again adds the names. Errors: NotFound naming a layer or blob that is missing.
    Result<> put(const ImageRecord& record) const;

    /// Whether to read what registries and containers have to do with an image.
    enum class Relations : bool { Skip, Read };
    /// By complete reference ("docker.io/library/alpine:latest"), repository digest, id or unique prefix of
    /// an id. The caller completes what people type (image::Reference). none: there is no such image.
    /// Errors: InvalidArgument when a prefix is ambiguous.
    /// With Relations::Skip the record has neither sizes nor what registries and containers have to do with
    /// it: for `run`, which needs the content. The answer may come from the LookupCache.
    Result<std::optional<ImageRecord>> find(const std::string& nameOrId,
                                            Relations relations = Relations::Read) const;
    /// Whether find() would find one, without reading it.
    Result<bool> has(const std::string& nameOrId) const;
    /// As find(), by id; absent is NotFound.
    Result<ImageRecord> load(const image::Digest& id) const;

    /// All, newest first by what their config says, from one consistent look.
    Result<std::vector<ImageRecord>> list() const;

    /// Give an image one more name. Errors: NotFound.
    Result<> tag(const image::Digest& id, const std::string& reference) const;

    /// Note that a registry has the image: "docker.io/library/app@sha256:...". Errors: NotFound.
    Result<> addRepoDigest(const image::Digest& id, const std::string& repoDigest) const;

    /// Take one name away; the image stays. Errors: NotFound.
    Result<> untag(const std::string& reference) const;

    /// Whether names and containers may be run over.
    enum class Force : bool { No, Yes };
    /// Remove a name; with the last one (or by id) the image and the layers and blobs that nobody else uses.
    /// `nameOrId` as in find(). Errors: NotFound; Conflict naming the containers that use it or, by id, when
    /// it has several names. Force removes all names, and the image even when containers use it: their layers
    /// stay as long as they do.
    /// One that is kept keeps its layers and blobs, and its names are free. Protected: Conflict.
    Result<RemovedImageRecord> remove(const std::string& nameOrId, Force force,
                                      const RemovalOrder& order = {}) const;

private:
    const StoreContext& m_context;
};

/// Parts of transactions, within Database::write(). An image without its names. Errors: NotFound naming a
/// layer that is missing.
Result<> insertImage(Database& database, const ImageRecord& record);
/// The id of the image that has the name; none: nobody has.
Result<std::optional<std::string>> imageOfName(Database& database, const std::string& name);
/// Give a name, also one that another image has. Errors: NotFound.
Result<> nameImage(Database& database, const std::string& name, const std::string& imageId);

}  // namespace coracle::store
