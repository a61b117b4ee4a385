// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/archives.h"
#include "core/engine/removal_options.h"
#include "core/engine/resources.h"
#include "core/types/container.h"
#include "core/types/event.h"
#include "core/types/event_range.h"
#include "core/types/health.h"
#include "core/types/image.h"
#include "core/types/progress.h"
#include "core/types/volume.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// What the command line, the desktop app and the API can ask for. All three are equal clients of these
/// interfaces and may run at the same time; nothing is remembered in the object, so any number of them may
/// exist. Every call may block on the disk; the ones that take a stop_token may take long and return
/// Cancelled soon after a stop request. All methods may be called from any thread, several at once.
namespace coracle::engine {

/// A container that exists; the warnings are sentences for a person.
struct CreatedContainer {
    std::string id;
    std::string name;
    std::vector<std::string> warnings;
};

/// How a container is asked to end; a negative timeout waits for ever, 0 kills at once.
struct StopOptions {
    std::optional<std::chrono::seconds> timeout;  ///< none: the container's own, else ten seconds
    /// none: the container's own stop signal.
    std::optional<std::string> signal;
};

/// What a client connects to a container when it starts or later.
struct AttachOptions {
    bool standardInput = false;
    /// What the log holds so far comes before what is new.
    bool replayLog = false;
};

/// A live connection to a container's first process (or to an exec). Frames as in
/// rootless/oci/monitor_protocol.h; `Session` hides them. Not thread-safe but for resize and closeInput,
/// which may be called from another thread.
class Session {
public:
    virtual ~Session() = default;
    struct Chunk {
        types::LogStream stream = types::LogStream::Stdout;
        std::string bytes;
    };
    /// Readable (poll) when receive() would not block; borrowed.
    virtual int fd() const = 0;
    /// Next output. none: the process has ended and everything was delivered; exitCode() is known. Blocks.
    virtual Result<std::optional<Chunk>> receive() = 0;
    /// Pass input on; blocks while the monitor takes none. Errors: Unavailable when the monitor is gone;
    /// the reason then comes from receive().
    virtual Result<> send(std::string_view bytes) = 0;
    /// The end of the input: the process reads its end once it has read what was sent. More than once is
    /// no error.
    virtual Result<> closeInput() = 0;
    /// Tell the terminal inside its size, in characters. Without a terminal it has no effect.
    virtual Result<> resize(std::uint16_t columns, std::uint16_t rows) = 0;
    virtual Result<> signal(int number) = 0;
    /// Known once receive() returned none; 128 + signal when killed.
    virtual std::optional<int> exitCode() const = 0;
};

/// One more process in a running container.
struct ExecSpec {
    /// Program and arguments; the program is looked for in the container's PATH when it has no '/'.
    std::vector<std::string> command;
    bool interactive = false;
    bool tty = false;
    bool detach = false;
    bool privileged = false;  ///< all capabilities inside, whatever the container has
    /// Beside the container's own variables; later ones win.
    std::vector<std::pair<std::string, std::string>> env;
    std::optional<std::string> user;
    std::optional<std::string> workingDirectory;
    std::optional<std::string> detachKeys;
    /// Descriptors of this program that the command has under the same numbers.
    std::vector<int> preservedFds;
};

/// What `wait` waits for.
enum class WaitFor : std::uint8_t {
    NotRunning,  ///< its end; a container that does not run has ended
    NextExit,    ///< its next end, after a start if it does not run
    Removed,     ///< that it is no more
    Healthy,     ///< that its health check succeeds; its end before that is Conflict
    Running,     ///< that it runs, or did meanwhile
};

/// Containers, by full id, unique prefix or name. Errors are NotFound and InvalidArgument (an ambiguous
/// prefix) everywhere, and what each method adds.
class Containers {
public:
    virtual ~Containers() = default;
    /// Make a container from a local image; pulls it first as the spec's policy says.
    /// Errors: NotFound (image), AlreadyExists (name), InvalidArgument, Conflict (port).
    virtual Result<CreatedContainer> create(const types::RunSpec& spec, const types::PullProgress& progress,
                                            std::stop_token stop) = 0;
    /// A container is going to be created and started at once: begin in the background what does not depend
    /// on it. Nothing is left when none is started.
    virtual void prepareStart(const std::vector<int>& /*preservedFds*/) {}
    /// Take prepareStart() back: nothing of it is left when this returns.
    virtual void forgetPreparedStart() {}
    /// Start it and, when `attach` is given, return a session that misses no output. Null session otherwise.
    virtual Result<std::unique_ptr<Session>> start(const std::string& id,
                                                   const std::optional<AttachOptions>& attach) = 0;
    /// Connect to a running container; its output from now on. Errors: Conflict when it does not run,
    /// Unavailable when its monitor was lost.
    virtual Result<std::unique_ptr<Session>> attach(const std::string& id, const AttachOptions& options) = 0;
    /// Run one more program in it; null when detached. Errors: Conflict when it does not run or is
    /// paused; NotFound and PermissionDenied are about the program.
    virtual Result<std::unique_ptr<Session>> exec(const std::string& id, const ExecSpec& spec) = 0;
    /// Ask it to end, kill it after the timeout. A container that does not run is success.
    virtual Result<> stop(const std::string& id, const StopOptions& options, std::stop_token stop) = 0;
    virtual Result<> kill(const std::string& id, const std::string& signal) = 0;
    /// Remove it with its writable layer. Errors: Conflict when it runs and is not forced, or is protected.
    virtual Result<> remove(const std::string& id, const RemoveContainerOptions& options) = 0;
    /// Stop it, when it runs, and start it. One operation: a container that is removed at its end stays.
    virtual Result<> restart(const std::string& id, const StopOptions& options, std::stop_token stop) {
        TRY(this->stop(id, options, stop));
        TRY(start(id, std::nullopt));
        return {};
    }
    /// Block until it has ended; the exit code.
    virtual Result<int> wait(const std::string& id, std::stop_token stop) = 0;
    /// The same for another condition. The exit code is that of the run which ended.
    virtual Result<int> waitFor(const std::string& id, WaitFor /*condition*/, std::stop_token stop) {
        return wait(id, std::move(stop));
    }
    /// All, newest first. A container whose record is damaged is among them.
    virtual Result<std::vector<types::ContainerSummary>> list() = 0;
    virtual Result<types::ContainerDetails> inspect(const std::string& id) = 0;
    /// Deliver the log in order, with follow until the container ends. `sink` returns false to stop.
    virtual Result<> logs(const std::string& id, const types::LogOptions& options,
                          const std::function<bool(const types::LogLine&)>& sink, std::stop_token stop) = 0;
    virtual Result<> rename(const std::string& id, const std::string& newName) = 0;
    /// Bytes on disk; walks the tree of what it wrote. Errors: Unsupported by an engine that cannot tell.
    virtual Result<types::ContainerSize> measure(const std::string& id, std::stop_token stop);
    /// What a monitor has done after the end of a container that is to be removed: remove what is left of it
    /// and delete what earlier removals moved to the trash. `id` is a full id; an unknown one is success.
    virtual Result<> cleanUp(const std::string& /*id*/) { return {}; }
    /// For a monitor that starts its container again: give the container with the first process `pid` its
    /// network. exitFd: borrowed reading end of a pipe that ends with the run.
    virtual Result<> connectNetwork(const std::string& /*id*/, int /*pid*/, int /*exitFd*/) { return {}; }
};

/// Which of an image's platforms; none: this computer's.
struct PullOptions {
    std::optional<std::string> platform;
};

/// As a person types them; the password is not kept longer than the call.
struct Credentials {
    std::string userName;
    std::string password;
};

/// Images of this computer and registries. Names are as people type them ("alpine").
class Images {
public:
    virtual ~Images() = default;
    /// Fetch an image; durable when it returns. The image id. Errors: NotFound, Unauthenticated, Unavailable,
    /// Corrupt, Cancelled; the store is unchanged then, but for blobs that a next pull resumes from.
    virtual Result<std::string> pull(const std::string& reference, const PullOptions& options,
                                     const types::PullProgress& progress, std::stop_token stop) = 0;
    /// All images, also those without a name. Sizes come from records: nothing is walked.
    virtual Result<std::vector<types::ImageSummary>> list() = 0;
    /// By name, id or unique prefix. Errors: NotFound; Corrupt for a configuration that cannot be read.
    virtual Result<types::ImageDetails> inspect(const std::string& reference) = 0;
    /// Whether the image is on this computer. Errors: InvalidArgument for what is no reference.
    virtual Result<bool> exists(const std::string& reference) { return inspect(reference).has_value(); }
    /// Give an image one more name; another image that has it loses it. Errors: NotFound, InvalidArgument
    /// for a name that is none or a digest.
    virtual Result<> tag(const std::string& source, const std::string& target) = 0;
    /// Take names away from an image, which stays; no names: all it has. Errors: NotFound.
    virtual Result<> untag(const std::string& reference, const std::vector<std::string>& names);
    /// The manifest or index of a name: of this computer, else from the registry. Errors: as pull().
    virtual Result<std::string> manifest(const std::string& reference, std::stop_token stop);
    /// Errors: Conflict naming the containers that use it, or when it is protected.
    virtual Result<RemovedImage> remove(const std::string& reference, const RemoveImageOptions& options) = 0;
    /// Check the credentials with the registry and store them in the auth file.
    virtual Result<> login(const std::string& registry, const Credentials& credentials,
                           std::stop_token stop) = 0;
    virtual Result<> logout(const std::string& registry) = 0;
};

/// A volume to be made.
struct VolumeOptions {
    std::string name;  ///< empty: an anonymous one
    std::map<std::string, std::string> labels;
    /// "type" ("bind", "none" or "tmpfs"), "device", "o"; empty: a folder of the store.
    std::map<std::string, std::string> driverOptions;
};

/// Named folders that outlive containers, by exact name.
class Volumes {
public:
    virtual ~Volumes() = default;
    /// An empty name makes an anonymous volume. Errors: AlreadyExists, InvalidArgument.
    virtual Result<types::VolumeSummary> create(const VolumeOptions& options) = 0;
    /// All volumes with the names of containers that use them; sizes are not measured.
    virtual Result<std::vector<types::VolumeSummary>> list() = 0;
    virtual Result<types::VolumeSummary> inspect(const std::string& name) = 0;
    /// Errors: Conflict naming the containers that use it, or when it is protected.
    virtual Result<> remove(const std::string& name, const RemoveVolumeOptions& options) = 0;
    /// Bytes on disk; walks the tree. Slow for large volumes.
    virtual Result<std::uint64_t> measure(const std::string& name, std::stop_token stop) = 0;
};

/// Whether a port of this computer can be published, found by binding it.
struct PortCheck {
    enum class State : std::uint8_t { Free, TakenByContainer, TakenByProgram, NeedsPrivilege, NotOurAddress };
    State state = State::Free;
    std::string holder;            ///< name of the container or program, when known
    std::uint16_t suggestion = 0;  ///< a port that is free; 0: none found
    std::uint16_t lowestPort = 0;  ///< net.ipv4.ip_unprivileged_port_start
};

/// This computer.
class System {
public:
    virtual ~System() = default;
    /// What is cheap to know: files of the kernel and the store's records; the first call on a boot may
    /// have to probe the storage drivers.
    virtual Result<types::HostInfo> info() = 0;
    /// Run all checks, each in a child process; below a second in sum.
    virtual Result<std::vector<types::HealthCheck>> doctor(std::stop_token stop) = 0;
    /// Never fails: an address that is none is NotOurAddress.
    virtual PortCheck checkPort(const net::PortMapping& mapping) = 0;
    /// Deliver events from now on until a stop request; wakes up only when something happens (inotify).
    virtual Result<> watch(const std::function<void(const types::Event&)>& sink, std::stop_token stop) = 0;
    /// The same with an end, and with the past since a reboot, as far as the file of events is not cut.
    virtual Result<> events(const types::EventRange& range,
                            const std::function<void(const types::Event&)>& sink, std::stop_token stop);
};

class Registries;      // registries.h
class Inspection;      // inspection.h
class Trash;           // trash.h
class Upkeep;          // upkeep.h
class Secrets;         // secrets.h
class Sharing;         // sharing.h
class VolumeContents;  // volume_contents.h

/// The interfaces together; owns their implementation.
class Engine {
public:
    virtual ~Engine() = default;
    virtual Containers& containers() = 0;
    virtual Images& images() = 0;
    virtual Volumes& volumes() = 0;
    virtual System& system() = 0;
    virtual Resources& resources();
    virtual Archives& archives();
    virtual Registries& registries();
    virtual Inspection& inspection();
    virtual Trash& trash();
    virtual Upkeep& upkeep();
    virtual Secrets& secrets();
    virtual Sharing& sharing();
    virtual VolumeContents& volumeContents();
};

}  // namespace coracle::engine
