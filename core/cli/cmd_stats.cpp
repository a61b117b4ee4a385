// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/interrupt.h"
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/units.h"
#include "rootless/sys/stop_event.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <map>

#include <poll.h>

namespace coracle::cli {
namespace {

using types::ContainerStats;
using types::ContainerStatus;

constexpr std::int64_t kIntervalSeconds = 1;  // docker's; the kernel counts, it does not tell
constexpr std::int64_t kMaxIntervalSeconds = 86400;
constexpr std::size_t kShortId = 12;

std::string percent(double value) {
    char text[32];
    (void)std::snprintf(text, sizeof text, "%.2f%%", value);
    return text;
}

/// Of one processor: a container that keeps two busy has 200 %.
double cpuPercent(const ContainerStats& before, const ContainerStats& now) {
    if (now.readAtNs <= before.readAtNs || now.cpuUsageNs < before.cpuUsageNs) {
        return 0;
    }
    return static_cast<double>(now.cpuUsageNs - before.cpuUsageNs) * 100.0 /
           static_cast<double>(now.readAtNs - before.readAtNs);
}

double memoryPercent(const ContainerStats& stats) {
    return stats.memoryLimit == 0
               ? 0
               : static_cast<double>(stats.memoryUsage) * 100.0 / static_cast<double>(stats.memoryLimit);
}

/// Two looks at one container: shares are differences between them.
struct Sample {
    ContainerStats before;
    ContainerStats now;
    bool running = false;
};

/// A container that does not run has "--" everywhere, as docker's. Sizes of memory in units of 1024, all
/// others in units of 1000, as docker's too.
nlohmann::json rowOf(const Sample& sample, bool full) {
    const ContainerStats& now = sample.now;
    const std::string shortId = full ? now.id : now.id.substr(0, kShortId);
    const auto pair = [](std::uint64_t a, std::uint64_t b) {
        return text::humanSize(a) + " / " + text::humanSize(b);
    };
    nlohmann::json row{{"Container", shortId}, {"ID", shortId}, {"Name", now.name}};
    if (!sample.running) {
        for (const char* key : {"CPUPerc", "MemUsage", "MemPerc", "NetIO", "BlockIO", "PIDs"}) {
            row[key] = "--";
        }
        return row;
    }
    row["CPUPerc"] = percent(cpuPercent(sample.before, now));
    row["MemUsage"] = text::humanBinarySize(now.memoryUsage) + " / " + text::humanBinarySize(now.memoryLimit);
    row["MemPerc"] = percent(memoryPercent(now));
    row["NetIO"] = pair(now.networkReceived, now.networkSent);
    row["BlockIO"] = pair(now.blockRead, now.blockWritten);
    row["PIDs"] = std::to_string(now.processes);
    return row;
}

struct Request {
    Words names;
    bool all = false;
    bool noStream = false;
    bool full = false;
    bool latest = false;
    std::string format;
};

bool isRunning(const types::ContainerSummary& summary) {
    return summary.status == ContainerStatus::Running || summary.status == ContainerStatus::Paused;
}

/// Which containers are shown at this moment. Errors: of a name that is none.
Result<std::vector<types::ContainerSummary>> chooseContainers(engine::Engine& engine,
                                                              const Request& request) {
    std::vector<types::ContainerSummary> chosen;
    if (!request.names.empty()) {
        for (const std::string& name : request.names) {
            TRY_ASSIGN(auto details, engine.containers().inspect(name));
            chosen.push_back(std::move(details.summary));
        }
        return chosen;
    }
    TRY_ASSIGN(chosen, engine.containers().list());
    if (!request.all) {
        chosen.erase(std::remove_if(chosen.begin(), chosen.end(),
                                    [](const auto& summary) { return !isRunning(summary); }),
                     chosen.end());
    }
    return chosen;
}

/// Keeps the last look at each container. One that was not there before is compared with itself: its share
/// is zero in its first line.
class Sampler {
public:
    Sampler(engine::Engine& engine, const Request& request) : m_engine(engine), m_request(request) {}

    Result<std::vector<Sample>> take() {
        TRY_ASSIGN(const auto chosen, chooseContainers(m_engine, m_request));
        std::vector<Sample> samples;
        for (const types::ContainerSummary& summary : chosen) {
            auto stats = m_engine.resources().statsOf(summary);
            if (!stats && stats.error().kind() == ErrorKind::NotFound) {
                continue;  // it has just ended
            }
            TRY(stats);
            const auto last = m_last.find(summary.id);
            samples.push_back({last == m_last.end() ? *stats : last->second, *stats, isRunning(summary)});
            m_last[summary.id] = *stats;
        }
        return samples;
    }

private:
    engine::Engine& m_engine;
    const Request& m_request;
    std::map<std::string, ContainerStats> m_last;
};

Result<std::string> render(const std::vector<Sample>& samples, const Request& request, bool terminal) {
    Listing listing;
    listing.typeName = "*container.statsContext";
    listing.columns = {{"ID", "CONTAINER ID"},   {"Name", "NAME"},
                       {"CPUPerc", "CPU %"},     {"MemUsage", "MEM USAGE / LIMIT"},
                       {"MemPerc", "MEM %"},     {"NetIO", "NET I/O"},
                       {"BlockIO", "BLOCK I/O"}, {"PIDs", "PIDS"}};
    listing.moreHeadings = {{"Container", "CONTAINER"}};
    for (const Sample& sample : samples) {
        listing.rows.push_back(rowOf(sample, request.full));
    }
    return renderListing(listing, request.format, {false, terminal});
}

/// false: interrupted.
bool pauseBetween(int stopFd, std::int64_t seconds) {
    pollfd waiting{stopFd, POLLIN, 0};
    int ready = 0;
    do {
        ready = ::poll(&waiting, 1, static_cast<int>(seconds * 1000));
    } while (ready < 0 && errno == EINTR);
    return ready == 0;
}

}  // namespace

int cmdStats(Context& context, const std::string& name, const Words& arguments) {
    Request request;
    std::optional<std::int64_t> seconds;
    VerbParser parser(name, "[OPTIONS] [CONTAINER...]", "Show what containers take, as it changes");
    parser.flag("-a,--all", request.all, "Show containers that do not run, too")
        .flag("--no-stream", request.noStream, "Print one measurement and end")
        .flag("--no-trunc", request.full, "Do not shorten ids")
        .flag("-l,--latest", request.latest, kLatestHelp)
        .option("-i,--interval", seconds, "SECONDS", "Time between two measurements (default 1)")
        .option("--format", request.format, "string", kFormatHelp)
        .words(request.names, 0, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    Console& console = context.console();
    if (seconds && (*seconds < 1 || *seconds > kMaxIntervalSeconds)) {
        return reportError(
            console, Error(ErrorKind::InvalidArgument, "'--interval' takes a number of seconds from 1"), 1);
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (const auto taken = takeLatest(engine, request.latest, request.names); !taken) {
        return reportError(context.console(), taken.error(), 1);
    }
    const Interrupt interrupt;
    const sys::StopEvent stopped(interrupt.token());
    Sampler sampler(engine, request);
    // A share of the processor needs two looks.
    if (const auto first = sampler.take(); !first) {
        return reportError(console, first.error());
    }
    const bool redraw = !request.noStream && console.outIsTerminal();
    while (pauseBetween(stopped.fd(), seconds.value_or(kIntervalSeconds))) {
        const auto samples = sampler.take();
        if (!samples) {
            return reportError(console, samples.error());
        }
        const auto text = render(*samples, request, console.outIsTerminal());
        if (!text) {
            return reportError(console, text.error(), 1);
        }
        console.out((redraw ? "\x1b[H\x1b[2J" : "") + *text);
        console.flush();
        if (request.noStream) {
            return 0;
        }
    }
    return 0;
}

}  // namespace coracle::cli
