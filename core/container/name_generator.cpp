// SPDX-License-Identifier: Apache-2.0
#include "core/container/name_generator.h"

#include <array>

namespace coracle::container {
namespace {

// TABLE
constexpr std::array kAdjectives{
    "amber",   "bold",   "brave",  "bright", "brisk",  "calm",   "clever",  "cosy",   "crisp",
    "curious", "daring", "deft",   "eager",  "early",  "fair",   "fleet",   "fond",   "frank",
    "free",    "fresh",  "gentle", "glad",   "golden", "grand",  "hardy",   "hasty",  "honest",
    "jolly",   "keen",   "kind",   "lively", "loyal",  "lucid",  "lucky",   "mellow", "merry",
    "mild",    "misty",  "modest", "neat",   "nimble", "noble",  "patient", "plain",  "polite",
    "proud",   "quick",  "quiet",  "rapid",  "ready",  "rosy",   "rustic",  "silent", "silver",
    "simple",  "sleek",  "snug",   "solid",  "spry",   "steady", "sturdy",  "sunny",  "swift",
    "tidy",    "trusty", "upbeat", "vivid",  "warm",   "wise",   "witty",   "young",  "zesty",
};

// TABLE
constexpr std::array kNouns{
    "anchor",  "badger", "bay",    "beacon",  "birch",  "boat",   "bridge",  "brook",   "buoy",   "cape",
    "cedar",   "cliff",  "coast",  "comet",   "cove",   "crane",  "creek",   "current", "delta",  "dolphin",
    "dove",    "dune",   "eagle",  "estuary", "falcon", "ferry",  "finch",   "fjord",   "ford",   "gull",
    "harbour", "heron",  "island", "jetty",   "kayak",  "lagoon", "lake",    "lantern", "lark",   "maple",
    "marsh",   "meadow", "oar",    "oak",     "otter",  "paddle", "pebble",  "pelican", "pier",   "pike",
    "plover",  "pond",   "puffin", "quay",    "raft",   "reed",   "reef",    "ripple",  "river",  "robin",
    "sail",    "salmon", "seal",   "shoal",   "shore",  "skiff",  "sparrow", "stork",   "stream", "swan",
    "tern",    "tide",   "trout",  "wave",    "wharf",  "willow", "wren",
};

}  // namespace

/// Pure: the same numbers give the same name. `attempt` counts names that were taken.
std::string generateName(std::uint64_t random, unsigned attempt) {
    const std::string adjective = kAdjectives[random % kAdjectives.size()];
    const std::string noun = kNouns[random / kAdjectives.size() % kNouns.size()];
    const std::string name = adjective + "_" + noun;
    return attempt == 0 ? name : name + std::to_string(attempt);
}

}  // namespace coracle::container
