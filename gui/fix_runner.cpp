// SPDX-License-Identifier: Apache-2.0
#include "gui/fix_runner.h"

#include "core/types/run_command.h"

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QTemporaryFile>
#include <QThreadPool>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace coracle::gui {
namespace {

/// posix_spawn and not QProcess, which would fork this process with all its threads.
FixResult spawnAndWait(const QString& command) {
    FixResult result;
    auto words = types::splitShellText(command.toStdString());
    if (!words || words->empty()) {
        result.output = QStringLiteral("not a command");
        return result;
    }
    std::vector<char*> argv;
    for (auto& word : *words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    QTemporaryFile output;
    if (!output.open()) {
        result.output = output.errorString();
        return result;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output.handle(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output.handle(), STDERR_FILENO);
    pid_t pid = 0;
    const int error = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        result.output = QString::fromLocal8Bit(std::strerror(error));
        return result;
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    output.seek(0);
    result.output = QString::fromLocal8Bit(output.read(kMaxFixOutput)).trimmed();
    result.ok = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return result;
}

}  // namespace

FixRunner spawningFixRunner() {
    return [](QObject* context, const QString& command, std::function<void(const FixResult&)> done) {
        QThreadPool::globalInstance()->start([guard = QPointer(context), command, done = std::move(done)] {
            const auto result = spawnAndWait(command);
            if (auto* application = QCoreApplication::instance()) {
                QMetaObject::invokeMethod(
                    application,
                    [guard, done, result] {
                        if (guard) {
                            done(result);
                        }
                    },
                    Qt::QueuedConnection);
            }
        });
    };
}

}  // namespace coracle::gui
