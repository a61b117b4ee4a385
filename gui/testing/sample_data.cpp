// SPDX-License-Identifier: Apache-2.0
#include "gui/testing/fake_engine.h"
#include "gui/testing/fake_state.h"

#include <algorithm>
#include <cstdlib>

/// The data that pictures and tests show: a shop with four services, a stopped blog, four single containers.
namespace coracle::gui {

namespace {

using namespace std::chrono_literals;
using std::chrono::system_clock;
using types::ContainerStatus;

/// Below the person's home, so that pictures show "~".
std::string homePath(const std::string& path) {
    const char* home = std::getenv("HOME");
    return std::string(home == nullptr ? "/home/anna" : home) + "/" + path;
}

std::string hexId(const std::string& start) {
    return start + std::string(64 - start.size(), '0');
}

types::MountSpec mount(types::MountSpec::Kind kind, const std::string& source, const char* target,
                       bool readOnly = false) {
    types::MountSpec spec;
    spec.kind = kind;
    spec.source = source;
    spec.target = target;
    spec.readOnly = readOnly;
    return spec;
}

net::PortMapping port(std::uint16_t host, std::uint16_t inside) {
    return {.hostIp = "127.0.0.1", .hostPort = host, .containerPort = inside, .protocol = net::Protocol::Tcp};
}

struct Row {
    const char* name;
    const char* id;
    const char* image;
    const char* project;
    ContainerStatus status;
    std::chrono::minutes ago;
    std::vector<net::PortMapping> ports;
    std::vector<types::MountSpec> mounts;
    std::vector<std::string> command;
    std::optional<int> exitCode = std::nullopt;
    bool oom = false;
};

types::ContainerSummary summary(const Row& row) {
    types::ContainerSummary c;
    c.id = hexId(row.id);
    c.name = row.name;
    c.image = row.image;
    c.imageId = "sha256:" + hexId(row.id);
    c.command = row.command;
    c.createdAt = system_clock::now() - row.ago - 2min;
    c.status = row.status;
    c.ports = row.ports;
    c.mounts = row.mounts;
    c.network = "slirp4netns";
    c.oomKilled = row.oom;
    c.exitCode = row.exitCode;
    c.health = c.name == "api" || c.name == "db" ? "healthy" : c.name == "worker" ? "unhealthy" : "";
    if (row.status == ContainerStatus::Exited) {
        c.startedAt = system_clock::now() - row.ago - 1h;
        c.createdAt = *c.startedAt - 2min;
        c.finishedAt = system_clock::now() - row.ago;
    } else if (row.status != ContainerStatus::Created) {
        c.startedAt = system_clock::now() - row.ago;
        c.pid = 41207;
    }
    if (row.project[0] != '\0') {
        const std::string project = row.project;
        c.labels = {
            {"com.docker.compose.project", project},
            {"com.docker.compose.service", row.name},
            {"com.docker.compose.project.working_dir", homePath("src/" + project)},
            {"com.docker.compose.project.config_files", homePath("src/" + project + "/compose.yaml")}};
    }
    return c;
}

// TABLE
std::vector<Row> containerRows() {
    using Kind = types::MountSpec::Kind;
    return {
        {"web",
         "1f0a77c2d9e4",
         "nginx:1.27",
         "shop",
         ContainerStatus::Running,
         6h + 4min,
         {port(8080, 80), port(8443, 443)},
         {},
         {"nginx", "-g", "daemon off;"}},
        {"api",
         "7f3c91ab04d2",
         "shop/api:2.3",
         "shop",
         ContainerStatus::Running,
         6h + 3min,
         {port(9000, 9000)},
         {mount(Kind::Bind, homePath("src/shop/conf"), "/etc/shop", true),
          mount(Kind::Volume, "shop_uploads", "/data")},
         {"/app/server", "--port", "9000"}},
        {"db",
         "a83de10c55f1",
         "postgres:16",
         "shop",
         ContainerStatus::Running,
         6h + 5min,
         {},
         {mount(Kind::Volume, "shop_dbdata", "/var/lib/postgresql/data")},
         {"docker-entrypoint.sh", "postgres"}},
        {"worker",
         "c2290be7714a",
         "shop/api:2.3",
         "shop",
         ContainerStatus::Running,
         2min,
         {},
         {mount(Kind::Volume, "shop_uploads", "/data")},
         {"/app/worker"}},
        {"blog",
         "5d71f0ca9931",
         "ghost:5",
         "blog",
         ContainerStatus::Exited,
         49h,
         {port(2368, 2368)},
         {mount(Kind::Volume, "blog_content", "/var/lib/ghost/content")},
         {"node", "current/index.js"},
         0},
        {"blog-db",
         "e6650ad1b7c8",
         "mariadb:11",
         "blog",
         ContainerStatus::Exited,
         49h,
         {},
         {mount(Kind::Volume, "blog_db", "/var/lib/mysql")},
         {"mariadbd"},
         0},
        {"jupyter",
         "93b2c4fe6d10",
         "scipy-notebook:7",
         "",
         ContainerStatus::Running,
         41min,
         {port(8888, 8888)},
         {mount(Kind::Volume, "notebooks", "/home/jovyan/work")},
         {"start-notebook.sh"}},
        {"inkscape",
         "0c8d5e19aa73",
         "inkscape-box:1.3",
         "",
         ContainerStatus::Running,
         12min,
         {},
         {},
         {"inkscape"}},
        {"old-test",
         "44e7b90f3c62",
         "alpine:3.20",
         "",
         ContainerStatus::Exited,
         73h,
         {},
         {},
         {"sh", "-c", "./hungry"},
         137,
         true},
        {"scratch",
         "b7f2d6180e95",
         "debian:12-slim",
         "",
         ContainerStatus::Paused,
         121h,
         {},
         {},
         {"sleep", "infinity"}},
    };
}

struct ImageRow {
    const char* reference;
    const char* id;
    std::uint64_t megabytes;
    std::uint64_t sharedMegabytes;
    std::chrono::hours ago;
    int layers;
    std::vector<std::string> usedBy;
};

// TABLE
std::vector<ImageRow> imageRows() {
    return {
        {"docker.io/jupyter/scipy-notebook:7", "447103cd", 1490, 40, 170h, 31, {"jupyter"}},
        {"localhost/inkscape-box:1.3", "be2061f9", 612, 74, 1h, 5, {"inkscape"}},
        {"docker.io/library/ghost:5", "c0d1ee37", 568, 240, 1500h, 11, {"blog"}},
        {"docker.io/library/postgres:16", "a1f39c20", 421, 74, 510h, 7, {"db"}},
        {"docker.io/library/mariadb:11", "90aa2b14", 401, 77, 1500h, 8, {"blog-db"}},
        {"docker.io/library/node:20-slim", "81c75d03", 238, 120, 510h, 5, {}},
        {"localhost/shop/api:2.3", "77be104d", 188, 160, 6h, 7, {"api", "worker"}},
        {"docker.io/library/nginx:1.27", "5be2710f", 187, 74, 850h, 8, {"web"}},
        {"localhost/shop/api:2.2", "02c9aa51", 186, 160, 49h, 7, {}},
        {"docker.io/library/python:3.12-slim", "6b0f13aa", 131, 74, 740h, 4, {}},
        {"docker.io/library/redis:7", "e90c0b72", 117, 74, 740h, 6, {}},
        {"docker.io/library/debian:12-slim", "3fd0b6a2", 74, 74, 170h, 1, {"scratch"}},
        {"docker.io/library/alpine:3.20", "d34dbeef", 8, 0, 740h, 1, {"old-test"}},
        {"docker.io/library/busybox:1.36", "1f7ac001", 4, 0, 8800h, 1, {}},
    };
}

types::ImageDetails imageDetails(const ImageRow& row) {
    types::ImageDetails image;
    image.summary.id = "sha256:" + hexId(row.id);
    image.summary.references = {row.reference};
    image.summary.createdAt = system_clock::now() - row.ago;
    image.summary.sizeBytes = row.megabytes * 1'000'000;
    image.summary.sharedBytes = row.sharedMegabytes * 1'000'000;
    image.summary.platform = "linux/amd64";
    image.summary.usedBy = row.usedBy;
    for (int i = 0; i < row.layers; ++i) {
        types::ImageLayer layer;
        layer.digest = "sha256:" + hexId(row.id + std::to_string(i));
        layer.diffId = layer.digest;
        layer.unpackedBytes = image.summary.sizeBytes / std::uint64_t(row.layers);
        if (row.sharedMegabytes > 0) {
            // The base is one layer; images that share the same amount have the same base.
            const std::uint64_t shared = image.summary.sharedBytes;
            const std::uint64_t rest = image.summary.sizeBytes - shared;
            layer.unpackedBytes = i == 0 ? shared : rest / std::uint64_t(row.layers - 1);
            if (i == 0) {
                layer.diffId = "sha256:" + hexId("ba5e" + std::to_string(row.sharedMegabytes));
            }
        }
        layer.blobBytes = layer.unpackedBytes / 3;
        layer.blobKept = true;
        layer.createdBy = i == 0 ? "/bin/sh -c #(nop) ADD rootfs.tar.xz / "
                                 : "RUN /bin/sh -c install part " + std::to_string(i) + " # buildkit";
        image.layers.push_back(layer);
    }
    image.env = {"PATH=/usr/local/bin:/usr/bin:/bin"};
    if (image.summary.references[0].find("shop/api") != std::string::npos) {
        image.exposedPorts = {"9000/tcp", "9229/tcp"};
        image.entrypoint = {"/app/server"};
        image.workingDirectory = "/app";
        image.volumes = {"/data"};
        image.env.insert(image.env.end(), {"NODE_ENV=production", "PORT=9000", "LOG_LEVEL=info",
                                           "NODE_VERSION=22.14.0", "YARN_VERSION=1.22.22"});
    } else if (image.summary.references[0].find("nginx") != std::string::npos) {
        image.exposedPorts = {"80/tcp"};
        image.command = {"nginx", "-g", "daemon off;"};
    } else {
        image.command = {"sh"};
    }
    for (const types::ImageLayer& layer : image.layers) {
        image.history.push_back({.createdAt = image.summary.createdAt,
                                 .createdBy = layer.createdBy,
                                 .comment = {},
                                 .author = {},
                                 .sizeBytes = layer.unpackedBytes,
                                 .emptyLayer = false});
    }
    image.history.push_back({.createdAt = image.summary.createdAt,
                             .createdBy = "/bin/sh -c #(nop)  CMD [\"sh\"]",
                             .comment = {},
                             .author = {},
                             .sizeBytes = 0,
                             .emptyLayer = true});
    image.inspectJson = sampleImageDocument(image);
    return image;
}

types::VolumeSummary volume(const char* name, std::uint64_t megabytes, std::vector<std::string> usedBy) {
    types::VolumeSummary v;
    v.name = name;
    v.mountpoint = homePath(".local/share/coracle/volumes/" + std::string(name) + "/data");
    v.createdAt = system_clock::now() - 2000h;
    v.usedBy = std::move(usedBy);
    v.sizeBytes = megabytes * 1'000'000;
    return v;
}

// TABLE
std::vector<types::HealthCheck> healthRows() {
    using types::CheckState;
    return {
        {"delegation",
         "Limits for CPU",
         CheckState::Warn,
         "Your session may not limit CPU: the cpu controller is not delegated",
         "Memory and process limits work. To allow CPU limits too, run this once and log in again:",
         {{"Fix", types::CheckFix::Kind::Copy,
           "printf '[Service]\\nDelegate=cpu cpuset io memory pids\\n' | sudo tee "
           "/etc/systemd/system/user@.service.d/delegate.conf"}}},
        {"lingering",
         "Stay alive after log-out",
         CheckState::Warn,
         "Lingering is off, so containers stop when you log out",
         "",
         {{"Turn on", types::CheckFix::Kind::Run, "loginctl enable-linger"}}},
        {"subids", "Subordinate ids", CheckState::Ok, "65 536 user and group ids, 100 000 - 165 535", "", {}},
        {"idmap",
         "Id mapping helpers",
         CheckState::Ok,
         "newuidmap and newgidmap found and privileged",
         "",
         {}},
        {"userns", "User namespaces", CheckState::Ok, "Allowed, 95 742 left", "", {}},
        {"apparmor", "AppArmor", CheckState::Ok, "No restriction on user namespaces", "", {}},
        {"overlay",
         "Layers",
         CheckState::Ok,
         "Native overlay works without root; fuse-overlayfs 1.10 is the fallback",
         "",
         {}},
        {"network", "Network", CheckState::Ok, "slirp4netns 1.2.0 starts", "", {}},
        {"seccomp",
         "System call filter",
         CheckState::Ok,
         "seccomp with notification, log and errno actions",
         "",
         {}},
        {"devices", "Device nodes", CheckState::Ok, "/dev/fuse and /dev/net/tun can be opened", "", {}},
        {"cgroup", "Control groups", CheckState::Ok, "Version 2, memory and pids delegated", "", {}},
        {"ports",
         "Low ports",
         CheckState::Hint,
         "Ports from 1024 up are open to you",
         "",
         {{"Change", types::CheckFix::Kind::Copy, "sudo sysctl net.ipv4.ip_unprivileged_port_start=80"}}},
        {"inotify", "File watches", CheckState::Hint, "65 536 in total, 812 in use", "", {}},
    };
}

types::HostInfo sampleHost() {
    types::HostInfo host;
    host.version = "0.1.0";
    host.kernel = "6.1.0-28-amd64";
    host.operatingSystem = "Debian 12";
    host.architecture = "x86_64";
    host.userName = "anna";
    host.uid = 1000;
    host.dataRoot = homePath(".local/share/coracle");
    host.runRoot = "/run/user/1000/coracle";
    host.overlayDriver = "overlay";
    host.cgroupVersion = "v2";
    host.limits = {{"cpu", true, "", ""}, {"memory", true, "", ""}, {"pids", true, "", ""}};
    host.networkHelper = "slirp4netns";
    host.cpus = 4;
    host.memoryBytes = 16'000'000'000;
    host.containersRunning = 6;
    host.diskFreeBytes = 182'000'000'000;
    return host;
}

std::vector<types::LogLine> sampleLog() {
    struct Text {
        int milliseconds;
        bool error;
        const char* text;
    };
    const Text texts[] = {
        {31114, false, "INFO  listening on 0.0.0.0:9000"},
        {31340, false, "INFO  connected to postgres at db:5432 (pool 10)"},
        {33021, false, "INFO  GET /api/items 200 12ms"},
        {33498, false, "INFO  GET /api/items/8841 200 8ms"},
        {35712, false, "INFO  POST /api/cart 201 31ms user=4411"},
        {36009, true, "WARN  slow query (412 ms): SELECT * FROM orders WHERE state = $1"},
        {36480, false, "INFO  GET /api/items?page=2 200 14ms"},
        {38117, true, "ERROR payment gateway timeout after 3000 ms (attempt 1 of 3)"},
        {38118, true, "          at PaymentClient.charge (/app/lib/payment.js:88:13)"},
        {38118, true, "          at async checkout (/app/routes/cart.js:141:22)"},
        {39020, false, "INFO  retrying payment for order 20931"},
        {41207, true, "ERROR payment gateway timeout after 3000 ms (attempt 2 of 3)"},
        {43884, false, "INFO  payment accepted for order 20931 in 612 ms"},
        {44101, false, "INFO  POST /api/orders 201 5877ms user=4411"},
        {45332, false, "INFO  GET /healthz 200 1ms"},
        {46410, false, "INFO  GET /api/items/8841 200 7ms"},
        {47018, false, "INFO  cache hit ratio 0.93 over 60 s"},
        {48755, false, "INFO  GET /api/orders/20931 200 9ms"},
        {50002, true, "WARN  payment gateway latency above 500 ms (p95 1240 ms)"},
        {51366, false, "INFO  GET /api/items?page=3 200 13ms"},
        {52118, false, "INFO  POST /api/cart 201 27ms user=4502"},
        {55340, false, "INFO  GET /healthz 200 1ms"},
    };
    const auto base = std::chrono::floor<std::chrono::days>(system_clock::now()) + 14h + 20min;
    std::vector<types::LogLine> lines;
    for (const Text& text : texts) {
        lines.push_back({.time = base + std::chrono::milliseconds(text.milliseconds),
                         .stream = text.error ? types::LogStream::Stderr : types::LogStream::Stdout,
                         .text = text.text,
                         .partial = false});
    }
    return lines;
}

/// A line that wanders around `level`, the same each time.
std::vector<double> wander(double level, double swing, unsigned seed) {
    std::vector<double> values;
    unsigned state = seed;
    double drift = 0;
    constexpr int kValues = 120;
    for (int i = 0; i < kValues; ++i) {
        state = state * 1664525U + 1013904223U;
        const double random = double(state >> 16U) / 65535.0 - 0.5;
        drift = drift * 0.8 + random * swing;
        values.push_back(std::max(0.0, level + drift));
    }
    // What a picture of one minute says in words, also when it is taken a little late.
    std::fill(values.begin() + 60, values.begin() + 70, level);
    return values;
}

void addUsage(FakeEngine& fake) {
    struct Taken {
        const char* name;
        double cpu;
        double memory;
        std::uint64_t limit;
    };
    const Taken all[] = {{"web", 3.1, 18, 0},      {"api", 24.8, 212, 512'000'000},
                         {"db", 6.4, 164, 0},      {"worker", 71.2, 498, 512'000'000},
                         {"jupyter", 9.0, 388, 0}, {"inkscape", 12.4, 141, 0},
                         {"scratch", 0, 62, 0}};
    unsigned seed = 7;
    for (const Taken& taken : all) {
        FakeUsage usage;
        usage.cpuPercent = wander(taken.cpu, taken.cpu * 0.5, seed++);
        usage.memoryMegabytes = wander(taken.memory, taken.memory * 0.03, seed++);
        usage.memoryLimit = taken.limit;
        usage.receivedPerSecond = 1'200'000;
        usage.sentPerSecond = 340'000;
        usage.readPerSecond = 18'000;
        usage.writtenPerSecond = 96'000;
        usage.processes = 11;
        usage.processLimit = taken.limit > 0 ? 512 : 0;
        fake.setUsage(taken.name, usage);
    }
}

void addProcesses(FakeEngine& fake) {
    const struct {
        int inside;
        int pid;
        char state;
        double megabytes;
        const char* user;
        const char* arguments;
    } rows[] = {{1, 41207, 'S', 1.1, "root", "tini -- /app/server --port 9000"},
                {7, 41221, 'R', 148, "root", "node /app/server --port 9000"},
                {24, 41260, 'S', 46, "root", "node /app/lib/mailer.js"},
                {31, 41268, 'S', 9.4, "node", "node /app/lib/watch.js"}};
    std::vector<types::ProcessInfo> processes;
    for (const auto& row : rows) {
        types::ProcessInfo process;
        process.pid = row.pid;
        process.startedAt = std::chrono::system_clock::now() - std::chrono::hours(6);
        process.insidePid = row.inside;
        process.user = row.user;
        process.insideUid = process.user == "root" ? 0 : 1000;
        process.state = row.state;
        process.residentBytes = std::uint64_t(row.megabytes * 1e6);
        process.elapsed = std::chrono::hours(6);
        process.arguments = row.arguments;
        process.command = process.arguments.substr(0, process.arguments.find(' '));
        processes.push_back(std::move(process));
    }
    fake.setProcesses("api", std::move(processes));
}

std::vector<types::PullEvent> samplePull() {
    using types::LayerState;
    using types::PullEvent;
    std::vector<PullEvent> events;
    PullEvent resolved;
    resolved.kind = PullEvent::Kind::Resolved;
    resolved.text = "sha256:" + hexId("9f1a");
    resolved.layerCount = 5;
    events.push_back(resolved);
    const std::uint64_t sizes[] = {29'000'000, 4'500'000, 1'200'000, 112'000'000, 8'300'000};
    const auto layer = [&](std::uint32_t index, LayerState state, std::uint64_t done) {
        PullEvent event;
        event.kind = PullEvent::Kind::Layer;
        event.layerIndex = index;
        event.layerCount = 5;
        event.layerDigest = "sha256:" + hexId("5a" + std::to_string(index));
        event.state = state;
        event.doneBytes = done;
        event.totalBytes = sizes[index];
        events.push_back(event);
    };
    layer(0, LayerState::AlreadyPresent, sizes[0]);
    for (int step = 0; step <= 10; ++step) {
        for (std::uint32_t index = 1; index < 5; ++index) {
            const bool done = step == 10;
            layer(index, done ? LayerState::Extracting : LayerState::Downloading,
                  sizes[index] * std::uint64_t(step) / 10);
        }
    }
    for (std::uint32_t index = 1; index < 5; ++index) {
        layer(index, LayerState::Done, sizes[index]);
    }
    return events;
}

}  // namespace

std::shared_ptr<FakeEngine> FakeEngine::withoutObjects() {
    auto fake = std::make_shared<FakeEngine>();
    fake->setHealth(healthRows());
    fake->setHost(sampleHost());
    fake->setPullScript(samplePull(), std::chrono::milliseconds(0));
    return fake;
}

std::shared_ptr<FakeEngine> FakeEngine::withSampleData() {
    auto fake = withoutObjects();
    for (const Row& row : containerRows()) {
        types::ContainerSummary container = summary(row);
        for (const ImageRow& image : imageRows()) {
            if (std::string_view(image.reference).ends_with("/" + container.image)) {
                container.imageId = "sha256:" + hexId(image.id);
            }
        }
        fake->addContainer(container);
    }
    for (const ImageRow& row : imageRows()) {
        fake->addImage(imageDetails(row));
    }
    fake->addVolume(volume("shop_uploads", 1100, {"api", "worker"}));
    fake->addVolume(volume("old_cache", 610, {}));
    fake->addVolume(volume("shop_dbdata", 384, {"db"}));
    fake->addVolume(volume("blog_content", 212, {"blog"}));
    fake->addVolume(volume("blog_db", 148, {"blog-db"}));
    fake->addVolume(volume("notebooks", 96, {"jupyter"}));
    fake->setPortCheck(9000, {.state = engine::PortCheck::State::TakenByContainer,
                              .holder = "api",
                              .suggestion = 9001,
                              .lowestPort = 1024});
    fake->appendLog(hexId("7f3c91ab04d2"), sampleLog());
    addUsage(*fake);
    addProcesses(*fake);
    addSampleFiles(*fake);
    types::RegistrySettings hub;
    hub.name = "docker.io";
    hub.mirrors = {"mirror.example", "localhost:5001"};
    types::RegistrySettings own;
    own.name = "registry.example:5000";
    own.insecure = true;
    fake->setRegistries({hub, own}, {{"docker.io", "maria", "auth.json", true}});
    return fake;
}

}  // namespace coracle::gui
