// SPDX-License-Identifier: Apache-2.0
// coracle-keyring get|store|erase|list    docker's protocol of credential helpers, on the desktop's keyring
// coracle-keyring probe                   whether there is one: "open", "locked" or "new"; nobody is asked
//
// Standard input has the server, or for `store` a document; standard output has the answer, or when the exit
// code is 1 a line with what went wrong and one with what to do. Secrets are in neither arguments nor
// environment. Source: docker-credential-helpers, "Development".
#include "core/registry/keyring/secret_service.h"
#include "rootless/sys/file.h"
#include "rootless/sys/self.h"

#include <cstdio>
#include <cstring>

#include <sys/resource.h>
#include <unistd.h>

namespace coracle::keyring {
namespace {

/// What docker and podman look for.
constexpr const char* kNotFound = "credentials not found in native keychain";
/// sd-bus takes messages of 128 MiB; what we ask for is some KiB.
constexpr rlim_t kMaxMemoryBytes = 256ULL << 20U;

/// Nothing of this process gets into a core dump, and a service that answers without end meets a limit.
void protect() {
    sys::forbidTracing();
    const rlimit noCore{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &noCore);  // lowering works always
#ifndef CORACLE_SANITIZED
    const rlimit memory{kMaxMemoryBytes, kMaxMemoryBytes};
    (void)::setrlimit(RLIMIT_AS, &memory);
#endif
    sys::endWithParent();
}

Result<std::string> probe(SecretService& service) {
    TRY_ASSIGN(const State state, service.state());
    return std::string(state == State::Open ? "open" : state == State::Locked ? "locked" : "new");
}

Result<registry::Secret> get(SecretService& service, const std::string& input) {
    TRY_ASSIGN(const std::string server, parseServer(input));
    TRY_ASSIGN(const auto login, service.find(server));
    return login ? Result<registry::Secret>(registry::Secret(loginText(*login)))
                 : Result<registry::Secret>(Error(ErrorKind::NotFound, kNotFound));
}

Result<std::string> store(SecretService& service, const registry::Secret& input) {
    TRY_ASSIGN(const Login login, parseLogin(input.reveal()));
    TRY(service.store(login));
    return std::string();
}

Result<std::string> erase(SecretService& service, const std::string& input) {
    TRY_ASSIGN(const std::string server, parseServer(input));
    TRY_ASSIGN(const bool erased, service.erase(server));
    return erased ? Result<std::string>(std::string()) : Error(ErrorKind::NotFound, kNotFound);
}

Result<std::string> list(SecretService& service) {
    TRY_ASSIGN(const auto items, service.list());
    return listText(items);
}

Result<registry::Secret> run(const std::string& verb) {
    const auto plain = [](Result<std::string> text) {
        return text ? Result<registry::Secret>(registry::Secret(*std::move(text)))
                    : Result<registry::Secret>(std::move(text).error());
    };
    registry::Secret input;
    if (verb == "get" || verb == "store" || verb == "erase") {
        TRY_ASSIGN(std::string text, sys::readAll(STDIN_FILENO, 2 * kMaxSecretBytes));
        input = registry::Secret(std::move(text));
    }
    TRY_ASSIGN(SecretService service, SecretService::open());
    return verb == "get"     ? get(service, input.reveal())
           : verb == "store" ? plain(store(service, input))
           : verb == "erase" ? plain(erase(service, input.reveal()))
           : verb == "list"  ? plain(list(service))
                             : plain(probe(service));
}

bool isVerb(const char* word) {
    for (const char* verb : {"get", "store", "erase", "list", "probe"}) {
        if (std::strcmp(word, verb) == 0) {
            return true;
        }
    }
    return false;
}

}  // namespace
}  // namespace coracle::keyring

/// A program of its own, so that neither the command line nor the app loads a D-Bus library: a start is
/// measured in milliseconds, and most commands never need a password.
int main(int argc, char** argv) {
    using namespace coracle;
    if (argc != 2 || !keyring::isVerb(argv[1])) {
        std::fprintf(stderr, "usage: coracle-keyring get|store|erase|list|probe\n");
        return 2;
    }
    keyring::protect();
    const auto answer = keyring::run(argv[1]);
    if (!answer) {
        const Error& error = answer.error();
        (void)sys::writeAll(STDOUT_FILENO, error.message() + "\n" +
                                               (error.hint().empty() ? std::string() : error.hint() + "\n"));
        return 1;
    }
    return sys::writeAll(STDOUT_FILENO, answer->reveal()) ? 0 : 1;
}
