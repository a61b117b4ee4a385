// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace coracle::store {

/// Version 1 of the tables; a later version adds its own statements, run one after the other in one
/// transaction. Digests are texts "sha256:...", times nanoseconds since 1970, sizes bytes.
/// The references between tables are what makes removal safe: a layer with a child, an image or a
/// container cannot be deleted (foreign_keys is on), whatever a caller believes. STRICT, so that a value
/// of another type is an error and not a surprise.
inline constexpr const char* kSchemaOne = R"sql(
CREATE TABLE layers (
    chainId       TEXT PRIMARY KEY,
    diffId        TEXT NOT NULL,
    parent        TEXT REFERENCES layers (chainId),
    blobDigest    TEXT,
    blobBytes     INTEGER NOT NULL,
    tarBytes      INTEGER NOT NULL,
    unpackedBytes INTEGER NOT NULL,
    entries       INTEGER NOT NULL,
    squashed      INTEGER NOT NULL,
    createdAt     INTEGER NOT NULL
) STRICT;
CREATE INDEX layersByParent ON layers (parent);

CREATE TABLE images (
    id             TEXT PRIMARY KEY,
    manifestDigest TEXT NOT NULL,
    manifestType   TEXT NOT NULL,
    platform       TEXT NOT NULL,
    createdAt      INTEGER NOT NULL,
    pulledAt       INTEGER NOT NULL
) STRICT;

CREATE TABLE imageLayers (
    imageId    TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    chainId    TEXT NOT NULL REFERENCES layers (chainId),
    blobDigest TEXT NOT NULL,
    PRIMARY KEY (imageId, position)
) STRICT;
CREATE INDEX imageLayersByChain ON imageLayers (chainId);
CREATE INDEX imageLayersByBlob ON imageLayers (blobDigest);

CREATE TABLE imageNames (
    name    TEXT PRIMARY KEY,
    imageId TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX imageNamesByImage ON imageNames (imageId);

CREATE TABLE repoDigests (
    name    TEXT PRIMARY KEY,
    imageId TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX repoDigestsByImage ON repoDigests (imageId);

CREATE TABLE volumes (
    name      TEXT PRIMARY KEY,
    anonymous INTEGER NOT NULL,
    createdAt INTEGER NOT NULL,
    labels    TEXT NOT NULL
) STRICT;

CREATE TABLE containers (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    image        TEXT NOT NULL,
    imageId      TEXT NOT NULL,
    chainId      TEXT REFERENCES layers (chainId),
    createdAt    INTEGER NOT NULL,
    spec         TEXT NOT NULL,
    details      TEXT NOT NULL,
    desiredState TEXT NOT NULL,
    autoRemove   INTEGER NOT NULL
) STRICT;
CREATE INDEX containersByChain ON containers (chainId);
CREATE INDEX containersByImage ON containers (imageId);

CREATE TABLE containerVolumes (
    containerId TEXT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
    volume      TEXT NOT NULL REFERENCES volumes (name),
    PRIMARY KEY (containerId, volume)
) STRICT;
CREATE INDEX containerVolumesByVolume ON containerVolumes (volume);

PRAGMA user_version = 1;
)sql";

/// Version 2: what was removed and can be brought back, and what must not be removed.
/// `record` is the row that was deleted, as JSON (removal_record.h). The layers and blobs of a removal stay
/// as long as it does: a reference from here keeps a layer as one from an image or a container would. `bytes`
/// is what its folder takes on the disk, NULL as long as nobody has measured it; the same of layers is in
/// layerSizes, since unpackedBytes is counted while unpacking and not read from the disk. AUTOINCREMENT, so
/// that a removal's number is never given again, and the last removal is the one with the highest.
inline constexpr const char* kSchemaTwo = R"sql(
CREATE TABLE removals (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    batch     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    name      TEXT NOT NULL,
    objectId  TEXT NOT NULL,
    removedAt INTEGER NOT NULL,
    bytes     INTEGER,
    record    TEXT NOT NULL
) STRICT;
CREATE INDEX removalsByObject ON removals (objectId);

CREATE TABLE removalLayers (
    removalId INTEGER NOT NULL REFERENCES removals (id) ON DELETE CASCADE,
    chainId   TEXT NOT NULL REFERENCES layers (chainId),
    PRIMARY KEY (removalId, chainId)
) STRICT;
CREATE INDEX removalLayersByChain ON removalLayers (chainId);

CREATE TABLE removalBlobs (
    removalId INTEGER NOT NULL REFERENCES removals (id) ON DELETE CASCADE,
    digest    TEXT NOT NULL,
    PRIMARY KEY (removalId, digest)
) STRICT;
CREATE INDEX removalBlobsByDigest ON removalBlobs (digest);

CREATE TABLE layerSizes (
    chainId TEXT PRIMARY KEY REFERENCES layers (chainId) ON DELETE CASCADE,
    bytes   INTEGER NOT NULL
) STRICT;

CREATE TABLE protections (
    kind     TEXT NOT NULL,
    objectId TEXT NOT NULL,
    PRIMARY KEY (kind, objectId)
) STRICT;

PRAGMA user_version = 2;
)sql";

/// Version 3: images that a container has mounted beside its own. The layer stays as long as the container
/// does, as that of its own image; the image itself may be removed by force, so nothing refers to its row.
inline constexpr const char* kSchemaThree = R"sql(
CREATE TABLE containerImages (
    containerId TEXT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
    imageId     TEXT NOT NULL,
    chainId     TEXT NOT NULL REFERENCES layers (chainId),
    PRIMARY KEY (containerId, imageId)
) STRICT;
CREATE INDEX containerImagesByImage ON containerImages (imageId);
CREATE INDEX containerImagesByChain ON containerImages (chainId);

PRAGMA user_version = 3;
)sql";

/// What makes each version of the one before; the first of nothing.
inline constexpr std::array<const char*, 3> kSchemas = {kSchemaOne, kSchemaTwo, kSchemaThree};

}  // namespace coracle::store
