// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_rows.h"
#include "core/cli/inspect_shape.h"
#include "core/cli/table.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTest>

#include <algorithm>
#include <array>

#include <time.h>

using namespace coracle;
using nlohmann::json;

// Holds our formats against what docker 28.2.2 printed for the same documents (tests/support/record_formats).

namespace {

json load(const char* name) {
    QFile file(QString(CORACLE_SOURCE_DIR) + "/tests/data/formats/" + name);
    return file.open(QIODevice::ReadOnly) ? json::parse(file.readAll().toStdString()) : json();
}

/// What docker does otherwise because of Go's types, which JSON has not.
bool differs(const std::string& format) {
    constexpr std::array<std::string_view, 8> kFormats = {
        // A fault in the typed run makes docker run again on JSON, where numbers are texts.
        R"({{eq .State.ExitCode "0"}})",
        "{{upper .RestartCount}}",
        // The list of mounts is one of structs; its JSON is not what fmt prints.
        "{{join .Mounts \",\"}}",
        // There are no functions among the data.
        "{{call .Name}}",
        // Structs print their members without names.
        "{{.}}",
        "{{range .}}{{end}}",
        "{{.Platform}}",
        // docker looks for mistakes before it takes the word `table` off, and counts it.
        R"(table {{.Names | upper}}\t{{.Nope}})",
    };
    return std::find(kFormats.begin(), kFormats.end(), format) != kFormats.end();
}

struct Printed {
    int exitCode = 0;
    std::string out;
    std::string err;
};

Printed inspect(const json& document, const std::string& format) {
    const std::string prefix = "template parsing error: ";
    const auto compiled = text::GoTemplate::parse(format);
    if (!compiled) {
        return {cli::kBadTemplate, "", prefix + compiled.error().message() + "\n"};
    }
    text::TemplateData about;
    about.shape = &cli::containerShape();
    const auto text = compiled->render(document, about);
    return text ? Printed{0, *text + "\n", ""} : Printed{1, "\n", prefix + text.error().message() + "\n"};
}

types::MountSpec mountOf(const json& mount) {
    const bool volume = mount["Type"] == "volume";
    return {volume ? types::MountSpec::Kind::Volume : types::MountSpec::Kind::Bind,
            mount[volume ? "Name" : "Source"],
            mount["Destination"],
            false,
            {}};
}

types::ContainerSummary summaryOf(const json& container) {
    types::ContainerSummary summary;
    summary.id = container["Id"];
    summary.name = container["Names"][0].get<std::string>().substr(1);
    summary.image = container["Image"];
    summary.imageId = container["ImageID"];
    summary.command = {container["Command"]};
    summary.createdAt = types::Time(std::chrono::seconds(container["Created"].get<std::int64_t>()));
    const bool running = container["State"] == "running";
    summary.status = running ? types::ContainerStatus::Running : types::ContainerStatus::Exited;
    summary.pid = running ? 1 : 0;
    summary.network = container["NetworkSettings"]["Networks"].begin().key();
    summary.labels = container["Labels"].get<std::map<std::string, std::string>>();
    for (const auto& mount : container["Mounts"]) {
        summary.mounts.push_back(mountOf(mount));
    }
    for (const auto& port : container["Ports"]) {
        if (port.contains("IP")) {
            summary.ports.push_back({port["IP"], port["PublicPort"], port["PrivatePort"],
                                     port["Type"] == "tcp" ? net::Protocol::Tcp : net::Protocol::Udp});
        } else {
            summary.exposedPorts.push_back(port["PrivatePort"]);
        }
    }
    return summary;
}

/// Moments are counted from now, and docker's daemon, not its command line, writes the status.
bool dependsOnTheClock(const std::string& format) {
    constexpr std::array<std::string_view, 6> kWords = {"Status", "RunningFor", "table",
                                                        "json",   "raw",        "{{json .}}"};
    return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
        const bool whole = word == "Status" || word == "RunningFor";
        return whole ? format.find(word) != std::string::npos : format == word;
    });
}

cli::Listing listingOf(const json& documents, bool full) {
    cli::Listing listing = cli::containerListing(false);
    for (const auto& container : documents["containers"]) {
        const auto rootFs = container.value("SizeRootFs", std::uint64_t{0});
        const auto own = container.value("SizeRw", std::uint64_t{0});
        cli::addContainerRow(listing, summaryOf(container), full,
                             types::ContainerSize{own, rootFs - std::min(own, rootFs)});
    }
    return listing;
}

std::vector<std::string> namesOf(const std::vector<types::ContainerSummary>& summaries) {
    std::vector<std::string> names;
    for (const auto& summary : summaries) {
        names.push_back(summary.name);
    }
    return names;
}

}  // namespace

class TestFormats : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        qputenv("TZ", "UTC");
        ::tzset();
        m_documents = load("documents.json");
        m_recorded = load("recorded.json");
        QVERIFY(m_documents.is_object() && m_recorded.size() > 200);
    }
    void inspectPrintsWhatDockerPrints() {
        int compared = 0;
        for (const auto& entry : m_recorded) {
            const auto command = entry["command"].get<std::string>();
            const auto format = entry["format"].get<std::string>();
            if (!command.starts_with("inspect") || format == "json" || differs(format)) {
                continue;
            }
            const char* name = command.find(" api ") != std::string::npos ? "api" : "bare";
            const auto printed = inspect(m_documents["objects"]["containers"][name], format);
            ++compared;
            const std::string got = std::to_string(printed.exitCode) + "|" + printed.out + "|" + printed.err;
            const std::string wanted = std::to_string(entry["exit"].get<int>()) + "|" +
                                       entry["out"].get<std::string>() + "|" +
                                       entry["err"].get<std::string>();
            if (got != wanted) {
                qWarning("%s\n  got    %s\n  docker %s", format.c_str(), got.c_str(), wanted.c_str());
                ++m_differences;
            }
        }
        QVERIFY(compared > 180);
        QCOMPARE(m_differences, 0);
    }
    void psPrintsWhatDockerPrints() {
        int compared = 0;
        int differences = 0;
        for (const auto& entry : m_recorded) {
            const auto command = entry["command"].get<std::string>();
            const auto format = entry["format"].get<std::string>();
            if (!command.starts_with("ps ") || command.find("-s") != std::string::npos ||
                command.find("q ") != std::string::npos || dependsOnTheClock(format) || differs(format)) {
                continue;
            }
            const auto listing = listingOf(m_documents, command.find("--no-trunc") != std::string::npos);
            const auto text = cli::renderListing(listing, format);
            const std::string got = text ? *text : text.error().message() + "\n";
            const std::string wanted = entry["out"].get<std::string>() + entry["err"].get<std::string>();
            ++compared;
            if (got != wanted) {
                qWarning("%s\n  got    %s\n  docker %s", format.c_str(), got.c_str(), wanted.c_str());
                ++differences;
            }
        }
        QVERIFY(compared > 20);
        QCOMPARE(differences, 0);
    }
    void jsonOfPsHasDockersMembers() {
        const auto text = cli::renderListing(listingOf(m_documents, false), "json");
        VERIFY_OK(text);
        const auto ours = json::parse(text->substr(0, text->find('\n')));
        for (const auto& entry : m_recorded) {
            if (entry["command"].get<std::string>() != "ps -a --format FORMAT" || entry["format"] != "json") {
                continue;
            }
            const auto out = entry["out"].get<std::string>();
            const auto dockers = json::parse(out.substr(0, out.find('\n')));
            for (const auto& [key, value] : dockers.items()) {
                QVERIFY2(ours.contains(key), key.c_str());
                if (key != "Status" && key != "RunningFor") {
                    QCOMPARE(ours[key].dump(), value.dump());
                }
            }
        }
    }
    void quietPrintsIdsWhateverTheTable() {
        const auto listing = listingOf(m_documents, false);
        const std::string ids = "7f3c91ab04d2\n000000000000\n";
        QCOMPARE(*cli::renderListing(listing, "", {true, false}), ids);
        QCOMPARE(*cli::renderListing(listing, "table", {true, false}), ids);
    }
    void filters_data() {
        QTest::addColumn<QString>("filters");
        QTest::addColumn<QString>("names");
        QTest::newRow("name is a pattern") << "name=^ap"
                                           << "api";
        QTest::newRow("name with a slash") << "name=^/api$"
                                           << "api";
        QTest::newRow("not a pattern") << "name=a("
                                       << "";
        QTest::newRow("id") << "id=7f3c"
                            << "api";
        QTest::newRow("label") << "label=tier"
                               << "api";
        QTest::newRow("label with a value") << "label=tier=db"
                                            << "";
        QTest::newRow("labels must all hold") << "label=tier label=nope"
                                              << "";
        QTest::newRow("status") << "status=exited"
                                << "job";
        QTest::newRow("values of a key are alternatives") << "status=exited status=running"
                                                          << "api job";
        QTest::newRow("keys must all hold") << "status=exited name=api"
                                            << "";
        QTest::newRow("ancestor") << "ancestor=busybox:latest"
                                  << "job";
        QTest::newRow("ancestor by id") << "ancestor=aa11bb22"
                                        << "api";
        QTest::newRow("volume by name") << "volume=a-very-long-volume-name"
                                        << "api";
        QTest::newRow("volume by place") << "volume=/data"
                                         << "api";
        QTest::newRow("network") << "network=shop"
                                 << "api";
        QTest::newRow("published") << "publish=8080"
                                   << "api";
        QTest::newRow("published range") << "publish=9001-9010/udp"
                                         << "api";
        QTest::newRow("published, other protocol") << "publish=9000"
                                                   << "";
        QTest::newRow("exposed") << "expose=443"
                                 << "api";
        QTest::newRow("before") << "before=api"
                                << "job";
        QTest::newRow("since") << "since=job"
                               << "api";
        QTest::newRow("health") << "health=none"
                                << "api job";
        QTest::newRow("no swarm") << "is-task=false"
                                  << "api job";
    }
    void filters() {
        QFETCH(QString, filters);
        QFETCH(QString, names);
        cli::ContainerFilters parsed;
        for (const auto& word : filters.split(' ')) {
            parsed.emplace_back(word.section('=', 0, 0).toStdString(), word.section('=', 1).toStdString());
        }
        const auto chosen = cli::filterContainers(summaries(), parsed);
        VERIFY_OK(chosen);
        QString got;
        for (const auto& name : namesOf(*chosen)) {
            got += (got.isEmpty() ? "" : " ") + QString::fromStdString(name);
        }
        QCOMPARE(got, names);
    }
    /// The table of `ps` is made without documents, and is the one that the others make.
    void theTableIsThatOfTheListing() {
        for (const bool full : {false, true}) {
            for (const bool withSize : {false, true}) {
                for (const bool noHeading : {false, true}) {
                    for (const bool terminal : {false, true}) {
                        const std::optional<types::ContainerSize> size({1000, 2000});
                        cli::Listing listing = cli::containerListing(withSize);
                        listing.withoutHeading = noHeading;
                        cli::ContainerTable table({full, withSize, noHeading, terminal});
                        auto all = summaries();
                        all.front().name = "a\x1b[2Jb";
                        for (const auto& summary : all) {
                            cli::addContainerRow(listing, summary, full, size);
                            table.add(summary, size);
                        }
                        QCOMPARE(table.text(), *cli::renderListing(listing, "", {false, terminal}));
                    }
                }
            }
        }
    }
    void unknownFiltersAreRefused() {
        using Filters = cli::ContainerFilters;
        VERIFY_ERROR(cli::filterContainers(summaries(), Filters{{"nonsense", "1"}}),
                     ErrorKind::InvalidArgument);
        VERIFY_ERROR(cli::filterContainers({}, Filters{{"status", "happy"}}), ErrorKind::InvalidArgument);
        VERIFY_ERROR(cli::filterContainers({}, Filters{{"exited", "x"}}), ErrorKind::InvalidArgument);
        VERIFY_ERROR(cli::filterContainers({}, Filters{{"publish", "99999"}}), ErrorKind::InvalidArgument);
        VERIFY_ERROR(cli::filterContainers({}, Filters{{"before", "nobody"}}), ErrorKind::NotFound);
    }
    void stringsOfOthersAreSafeOnATerminalAndRawElsewhere() {
        cli::Listing listing;
        listing.columns = {{"Names", "NAMES"}};
        listing.rows = {{{"Names", "a\x1b[2Jb"}}};
        listing.labels = {{{"l", "\x07"}}};
        for (const char* format : {"", "{{.Names}}", "table {{.Names}}", "{{.Label \"l\"}}"}) {
            const auto raw = *cli::renderListing(listing, format, {false, false});
            const auto safe = *cli::renderListing(listing, format, {false, true});
            QVERIFY(raw.find_first_of("\x1b\x07") != std::string::npos);
            QVERIFY(safe.find_first_of("\x1b\x07") == std::string::npos);
            QVERIFY(safe.find("\\x") != std::string::npos);
        }
        // What the person wrote into the template is no one else's.
        QCOMPARE(*cli::renderListing(listing, "\x1b[1mx", {false, true}), std::string("\x1b[1mx\n"));
    }

private:
    std::vector<types::ContainerSummary> summaries() const {
        std::vector<types::ContainerSummary> list;
        for (const auto& container : m_documents["containers"]) {
            list.push_back(summaryOf(container));
        }
        return list;
    }

    json m_documents;
    json m_recorded;
    int m_differences = 0;
};

QTEST_GUILESS_MAIN(TestFormats)
#include "test_formats.moc"
