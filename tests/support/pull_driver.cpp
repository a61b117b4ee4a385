// SPDX-License-Identifier: Apache-2.0
//
// pull_driver [OPTION...] REFERENCE FOLDER: pull an image into an OCI image layout by the registry code
// alone. Prints one line for each event and "id: sha256:..." at the end; an error as one line on standard
// error and its hint as another, with the exit code of the command line.
//   --platform P          instead of this computer's
//   --config FILE         registries.json to use
//   --certs FOLDER        certs.d to use
//   --parallel N          layers at once
//   --limit-ms N          for connect, first byte and slow transfers, instead of 10 s and 30 s
//   --retry-ms N          first delay before a retry
//   --max-retry-after S   at most that long, whatever Retry-After says
//   --free N              bytes of room the target pretends to have
//   --login               only check the login in $USER_NAME and $PASSWORD; REFERENCE is the registry
//   --quiet               no event lines
#include "core/registry/http_curl.h"
#include "core/registry/puller.h"
#include "core/types/error_table.h"
#include "tests/support/directory_target.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <thread>

using namespace coracle;

namespace {

struct Options {
    std::string reference;
    std::string folder;
    std::string platform;
    std::string config;
    std::vector<std::string> certificateFolders;
    registry::HttpLimits limits;
    registry::PullerOptions puller;
    std::uint64_t freeBytes = ~std::uint64_t{0};
    bool login = false;
    bool quiet = false;
};

Options readOptions(int argc, char** argv) {
    Options options;
    std::vector<std::string> words(argv + 1, argv + argc);
    std::vector<std::string> plain;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string word = words[i];
        const auto value = [&] { return i + 1 < words.size() ? words[++i] : std::string(); };
        const auto number = [&] { return std::strtoll(value().c_str(), nullptr, 10); };
        if (word == "--platform") {
            options.platform = value();
        } else if (word == "--config") {
            options.config = value();
        } else if (word == "--certs") {
            options.certificateFolders.push_back(value());
        } else if (word == "--parallel") {
            options.puller.parallelLayers = static_cast<unsigned>(number());
        } else if (word == "--limit-ms") {
            const std::chrono::milliseconds limit(number());
            options.limits.connect = options.limits.firstByte = options.limits.slowWindow = limit;
        } else if (word == "--retry-ms") {
            options.puller.retry.firstDelay = std::chrono::milliseconds(number());
        } else if (word == "--max-retry-after") {
            options.puller.retry.maxRetryAfter = std::chrono::seconds(number());
        } else if (word == "--free") {
            options.freeBytes = static_cast<std::uint64_t>(number());
        } else if (word == "--login") {
            options.login = true;
        } else if (word == "--quiet") {
            options.quiet = true;
        } else {
            plain.push_back(word);
        }
    }
    plain.resize(2);
    options.reference = plain[0];
    options.folder = plain[1];
    return options;
}

void printEvent(const types::PullEvent& event) {
    constexpr const char* kStates[] = {"waiting", "downloading", "verifying", "extracting",
                                       "done",    "present",     "failed"};
    switch (event.kind) {
    case types::PullEvent::Kind::Resolved:
        std::cout << "resolved " << event.text << " layers " << event.layerCount << std::endl;
        break;
    case types::PullEvent::Kind::Layer:
        std::cout << "layer " << event.layerIndex << " " << kStates[static_cast<int>(event.state)] << " "
                  << event.doneBytes << "/" << event.totalBytes << std::endl;
        break;
    case types::PullEvent::Kind::Status:
        std::cout << "status " << event.text << std::endl;
        break;
    case types::PullEvent::Kind::Done:
        std::cout << "done " << event.text << std::endl;
        break;
    }
}

Result<> run(const Options& options, std::stop_token stop) {
    const auto http = registry::makeCurlHttp(options.limits);
    const auto logins = registry::AuthFile::ofUser();
    TRY_ASSIGN(const auto config,
               options.config.empty() && options.certificateFolders.empty()
                   ? registry::RegistryConfig::load()
                   : registry::RegistryConfig::load(options.config, options.certificateFolders));
    registry::Puller puller(*http, config, logins, options.puller);
    if (options.login) {
        const auto variable = [](const char* name) {
            return std::string(std::getenv(name) ? std::getenv(name) : "");
        };
        const registry::Credential credential{
            variable("USER_NAME"), registry::Secret(variable("PASSWORD")), {}};
        TRY(puller.checkLogin(options.reference, credential, stop));
        return logins.save(options.reference, credential);
    }
    TRY_ASSIGN(const auto reference, image::Reference::parse(options.reference));
    image::Platform platform = image::Platform::host();
    if (!options.platform.empty()) {
        TRY_ASSIGN(platform, image::Platform::parse(options.platform));
    }
    TRY_ASSIGN(auto target, test::DirectoryTarget::open(options.folder));
    target.freeBytes = options.freeBytes;
    const types::PullProgress progress = options.quiet ? types::PullProgress() : printEvent;
    TRY_ASSIGN(const auto pulled, puller.pull(reference, platform, target, progress, stop));
    std::cout << "id: " << pulled.id.text() << std::endl;
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = readOptions(argc, argv);
    // SIGINT and SIGTERM become a stop request on a thread of their own, as the command line does it.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::stop_source stop;
    std::thread([&stop, signals] {
        int number = 0;
        (void)sigwait(&signals, &number);
        stop.request_stop();
    }).detach();
    const auto done = run(options, stop.get_token());
    if (!done) {
        std::cerr << "error: " << done.error().message() << "\n";
        if (!done.error().hint().empty()) {
            std::cerr << "hint: " << done.error().hint() << "\n";
        }
        std::cerr.flush();
        std::_Exit(types::errorRow(done.error().kind()).exitCode);
    }
    std::cout.flush();
    std::_Exit(0);
}
