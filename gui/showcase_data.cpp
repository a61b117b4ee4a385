// SPDX-License-Identifier: Apache-2.0
// What only pictures need of the sample data.
#include "gui/showcase_stage.h"

#include <algorithm>
#include <chrono>

namespace coracle::gui {
namespace {

using namespace std::chrono_literals;
using std::chrono::system_clock;

/// The same numbers between 0 and 1 each time.
class Dice {
public:
    explicit Dice(unsigned seed) : m_state(seed) {}
    double roll() {
        m_state = m_state * 1664525U + 1013904223U;
        return double(m_state >> 16U) / 65535.0;
    }

private:
    unsigned m_state;
};

/// A curve around 1 with a peak now and then; as long as that of the processor.
std::vector<double> gusts(unsigned seed, double swing) {
    constexpr std::size_t kValues = 120;
    Dice dice(seed);
    std::vector<double> values;
    double drift = 0;
    for (std::size_t i = 0; i < kValues; ++i) {
        drift = drift * 0.8 + (dice.roll() - 0.5) * swing;
        const double peak = dice.roll() > 0.95 ? swing : 0;
        // The end is what words say.
        values.push_back(i >= 60 && i < 70 ? 1.0 : std::max(0.05, 1 + drift + peak));
    }
    return values;
}

void addCurves(FakeEngine& fake) {
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
    unsigned seed = 70;
    for (const Taken& taken : all) {
        FakeUsage usage;
        for (const double factor : gusts(seed++, 0.5)) {
            usage.cpuPercent.push_back(taken.cpu * factor);
        }
        for (const double factor : gusts(seed++, 0.06)) {
            usage.memoryMegabytes.push_back(std::min(
                taken.memory * factor, taken.limit > 0 ? double(taken.limit) / 1e6 : taken.memory * 2));
        }
        usage.memoryLimit = taken.limit;
        usage.receivedPerSecond = 1'200'000;
        usage.sentPerSecond = 340'000;
        usage.readPerSecond = 18'000;
        usage.writtenPerSecond = 96'000;
        usage.rates = gusts(seed++, 0.8);
        usage.processes = 11;
        usage.processLimit = taken.limit > 0 ? 512 : 0;
        fake.setUsage(taken.name, usage);
    }
}

/// A quarter of an hour of a shop before the lines that the sample data has.
std::vector<types::LogLine> busyLog() {
    const char* const plain[] = {
        "INFO  GET /api/items 200 12ms",        "INFO   GET /api/items/8841 200 8ms",
        "INFO  GET /healthz 200 1ms",           "INFO   POST /api/cart 201 31ms user=4411",
        "INFO  GET /api/items?page=2 200 14ms", "INFO   cache hit ratio 0.93 over 60 s"};
    const auto end = std::chrono::floor<std::chrono::days>(system_clock::now()) + 14h + 20min + 31s;
    constexpr int kLines = 1200;
    Dice dice(5);
    std::vector<types::LogLine> lines;
    system_clock::time_point time = end - 15min;
    for (int i = 0; i < kLines; ++i) {
        const bool busy = i > 700 && i < 900;
        time += std::chrono::milliseconds(int(dice.roll() * (busy ? 900 : 1600)));
        const double kind = dice.roll();
        types::LogLine line{.time = time, .stream = types::LogStream::Stdout, .text = {}, .partial = false};
        if (busy && kind > 0.94) {
            line.stream = types::LogStream::Stderr;
            line.text = "ERROR payment gateway timeout after 3000 ms (attempt 1 of 3)";
        } else if (kind > 0.985) {
            line.text = "INFO  payment accepted for order " + std::to_string(20000 + i) + " in 612 ms";
        } else {
            line.text = plain[std::size_t(dice.roll() * 5.99)];
        }
        if (time >= end) {
            break;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

FakeFiles cacheFiles() {
    FakeFiles files;
    const auto node = [](const char* name, types::ImageFileKind kind, std::uint64_t size) {
        types::ImageFile file;
        file.path = name;
        file.kind = kind;
        file.mode = kind == types::ImageFileKind::Folder ? 0755 : 0644;
        file.size = size;
        file.mtimeNs = std::chrono::nanoseconds((system_clock::now() - 2100h).time_since_epoch()).count();
        return file;
    };
    using types::ImageFileKind;
    files.folders["/"] = {node("blobs", ImageFileKind::Folder, 0),
                          node("index.db", ImageFileKind::File, 41'000'000),
                          node("journal", ImageFileKind::File, 8'100'000)};
    files.folders["/blobs"] = {node("0001.pack", ImageFileKind::File, 304'000'000),
                               node("0002.pack", ImageFileKind::File, 256'900'000)};
    return files;
}

}  // namespace

FolderReader sampleFolderReader() {
    return [](const QString& path, const std::function<void(const FolderFacts&)>& done) {
        FolderFacts facts;
        facts.exists = !path.contains(QLatin1String("nowhere"));
        facts.isFolder = facts.exists;
        facts.canEnter = facts.exists;
        facts.owners.ownId = 1000;
        facts.owners.subordinate = {{100000, 65536}};
        facts.files = {{QStringLiteral("shop.yaml"), 1000, 1000, 0644, false},
                       {QStringLiteral("secrets.env"), 1000, 1000, 0600, false},
                       {QStringLiteral("cache/"), 100998, 100998, 0755, true},
                       {QStringLiteral("host.key"), 0, 0, 0600, false}};
        facts.fileCount = facts.files.size();
        done(facts);
    };
}

void enrich(FakeEngine& fake) {
    addCurves(fake);
    fake.setWritten("api", 3'200'000);
    fake.setVolumeFiles("old_cache", cacheFiles());
    fake.setFiles("old-test", cacheFiles());
    if (auto web = fake.container("web")) {
        fake.eraseContainer(web->id);
        web->health = "healthy";
        fake.addContainer(*web);
    }
    if (const auto api = fake.container("api")) {
        fake.prependLog(api->id, busyLog());
    }
}

}  // namespace coracle::gui
