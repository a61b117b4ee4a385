// SPDX-License-Identifier: Apache-2.0
#include "core/cli/foreign_flags.h"

#include <algorithm>
#include <array>

namespace coracle::cli {
namespace {

constexpr std::string_view kRegistryVerbs = "pull|push|search|login|logout|manifest inspect";
constexpr std::string_view kOnePlatform = "an image here is for one platform, chosen by 'pull --platform'";
constexpr std::string_view kPartOfPlatform =
    "it is a part of --platform, for example --platform linux/arm/v7";
constexpr std::string_view kCluster = "there is no cluster";
constexpr std::string_view kNoSuchLimit = "version 2 of control groups has no such setting";
constexpr std::string_view kRealTime = "real-time scheduling needs root";
constexpr std::string_view kDiskLimits = "limits of disks are chosen when a container is made, with 'run'";
constexpr std::string_view kSigning = "images are not signed here; 'skopeo copy --sign-by' does it";
constexpr std::string_view kCleanup = "a container is looked after by its monitor, at its end";
constexpr std::string_view kCheckpoint = "the memory of a container cannot be saved without root";

// TABLE
constexpr std::array kFlags = std::to_array<ForeignFlag>({
    {kRegistryVerbs, "--authfile", "", false,
     "REGISTRY_AUTH_FILE=FILE in the environment names the one file with logins"},
    {kRegistryVerbs, "--cert-dir", "", false, "put certificates into ~/.config/docker/certs.d/REGISTRY"},
    {"pull|push|search|manifest inspect", "--creds", "", false,
     "a password does not belong on a command line; log in once: coracle login REGISTRY"},
    {kRegistryVerbs, "--tls-verify", "", false,
     "{\"HOST\": {\"insecure\": true}} in ~/.config/coracle/registries.json allows it without TLS"},
    {"manifest inspect", "--insecure", "", false,
     "{\"HOST\": {\"insecure\": true}} in ~/.config/coracle/registries.json allows it without TLS"},
    {"pull|import", "--arch", "", false, kPartOfPlatform},
    {"pull|import", "--os", "", false, kPartOfPlatform},
    {"pull|import", "--variant", "", false, kPartOfPlatform},
    {"pull", "--retry", "N", true, "a download that breaks off is tried again by itself"},
    {"pull", "--retry-delay", "TIME", true, "a download that breaks off is tried again by itself"},
    {"pull", "--policy", "", false,
     "'run --pull' chooses when an image is fetched; 'pull' always asks the registry"},
    {"pull|push", "--decryption-key", "", false, "images that are encrypted cannot be read"},
    {"push", "--encryption-key", "", false, "images are not encrypted here"},
    {"push", "--disable-content-trust", "", true,
     "images are checked against their digests, not against a notary"},
    {"push", "--compress", "", true, "layers are sent as they are kept, compressed"},
    {"push", "--compression-format", "", false,
     "layers are sent as they are kept, so that their digests stay"},
    {"push", "--compression-level", "", false,
     "layers are sent as they are kept, so that their digests stay"},
    {"push", "--force-compression", "", false,
     "layers are sent as they are kept, so that their digests stay"},
    {"push", "-f,--format", "", false,
     "a manifest is sent as it is, so that its digest stays; 'commit --format docker' chooses it"},
    {"push", "--remove-signatures", "", true, "images are not signed here"},
    {"push", "--sign-by", "", false, kSigning},
    {"push", "--sign-by-sigstore", "", false, kSigning},
    {"push", "--sign-by-sigstore-private-key", "", false, kSigning},
    {"push", "--sign-passphrase-file", "", false, kSigning},
    {"search", "--list-tags", "", false, "'skopeo list-tags docker://NAME' lists them"},
    {"search", "--compatible", "", true, "the table is docker's"},
    {"login", "-v,--verbose", "", true, "where the password is kept is told in any case"},
    {"rmi", "--no-prune", "", true, "images have no parents that could go"},
    {"rmi|save|load|history|image inspect", "--platform", "", false, kOnePlatform},
    {"save", "--compress", "", false,
     "layers are written as they are kept; 'save | zstd' compresses all of it"},
    {"save", "--uncompressed", "", false, "layers are written as they are kept"},
    {"images", "--history", "", false, "'coracle history IMAGE' tells how an image was made"},
    {"image prune", "--external", "", true, "images of other engines are not touched"},
    {"image prune", "--build-cache", "", true, "there is no cache of builds"},
    {"ps", "--external", "", true, "there are no containers of other engines"},
    {"ps", "--ns", "", false, "'coracle inspect -f {{.State.Pid}} NAME' and 'lsns -p PID' show namespaces"},
    {"ps", "-p,--pod", "", true, "there are no pods here"},
    {"ps", "--sync", "", true, "what runs is asked from the processes in any case"},
    {"ps", "-w,--watch", "", false,
     "'watch -n 2 coracle ps' does it, and 'coracle events' tells of each change"},
    {"logs", "--color", "", true, "a log is shown as the program wrote it"},
    {"logs", "--names", "", false, "the log of one container is shown at a time"},
    {"start", "--checkpoint", "", false, kCheckpoint},
    {"start", "--checkpoint-dir", "", false, kCheckpoint},
    {"start", "--sig-proxy", "", true, "signals are passed on with --attach in any case"},
    {"port", "-a,--all", "", false, "'coracle ps --format {{.Names}}:{{.Ports}}' lists those of all"},
    {"container cleanup", "-a,--all", "", false, kCleanup},
    {"container cleanup", "--exec", "", false, kCleanup},
    {"container cleanup", "-l,--latest", "", false, kCleanup},
    {"container cleanup", "--rm", "", false, kCleanup},
    {"container cleanup", "--rmi", "", false, kCleanup},
    {"rm", "--depend", "", false,
     "a container that another one shares namespaces with is removed by its name"},
    {"wait", "-i,--interval", "TIME", true, "the end of a container is told at once"},
    {"wait", "--exit-first-match", "", false, "wait for one container at a time"},
    {"stats", "--no-reset", "", false, "'coracle stats | cat' prints one list below the other"},
    {"cp", "--pause", "", true, "processes run on while files are copied"},
    {"cp", "--overwrite", "", false,
     "a folder does not take the place of a file, nor a file that of a folder; remove it first"},
    {"commit", "--include-volumes", "", false,
     "volumes are no part of an image; 'coracle volume export' takes them along"},
    {"update", "--cpu-rt-period", "N", true, kRealTime},
    {"update", "--cpu-rt-runtime", "N", true, kRealTime},
    {"update", "--kernel-memory", "N", true, "the kernel has no such limit any more"},
    {"update", "--memory-swappiness", "N", true, kNoSuchLimit},
    {"update", "--blkio-weight-device", "", false, kDiskLimits},
    {"update", "--device-read-bps", "", false, kDiskLimits},
    {"update", "--device-read-iops", "", false, kDiskLimits},
    {"update", "--device-write-bps", "", false, kDiskLimits},
    {"update", "--device-write-iops", "", false, kDiskLimits},
    {"container clone", "--cpu-rt-period", "N", true, kRealTime},
    {"container clone", "--cpu-rt-runtime", "N", true, kRealTime},
    {"container clone", "--memory-swappiness", "N", true, kNoSuchLimit},
    {"container exists", "-e,--external", "", true, "there are no containers of other engines"},
    {"events", "--no-trunc", "", true, "ids are shown in full"},
    {"volume create|volume ls", "--cluster", "", false, kCluster},
    {"volume create", "--availability", "", false, kCluster},
    {"volume create", "--group", "", false, kCluster},
    {"volume create", "--limit-bytes", "", false, kCluster},
    {"volume create", "--required-bytes", "", false, kCluster},
    {"volume create", "--scope", "", false, kCluster},
    {"volume create", "--secret", "", false, kCluster},
    {"volume create", "--sharing", "", false, kCluster},
    {"volume create", "--topology-preferred", "", false, kCluster},
    {"volume create", "--topology-required", "", false, kCluster},
    {"volume create", "--type", "", false, kCluster},
    {"volume rm", "-t,--time", "SECONDS", true, "a volume that a container uses is not removed"},
    {"secret create", "--driver-opts", "", false,
     "secrets are kept as files of yours; there is no driver to tell"},
    {"secret inspect", "--pretty", "", false, "'coracle secret ls' shows them as a table"},
});

}  // namespace

std::span<const ForeignFlag> foreignFlags() {
    return kFlags;
}

bool isForVerb(const ForeignFlag& flag, std::string_view verb) {
    std::string_view rest = flag.verbs;
    while (!rest.empty()) {
        const auto bar = std::min(rest.find('|'), rest.size());
        if (rest.substr(0, bar) == verb) {
            return true;
        }
        rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
    return false;
}

}  // namespace coracle::cli
