// SPDX-License-Identifier: Apache-2.0
#include "core/cli/console.h"

#include "core/text/escape.h"
#include "core/types/error_table.h"
#include "rootless/sys/file.h"

#include <cerrno>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

namespace coracle::cli {
namespace {

/// A list is one write(2) and not one a line; a log without end does not grow in memory.
constexpr std::size_t kFlushAboveBytes = 32U << 10U;
constexpr int kDefaultColumns = 80;

}  // namespace

StandardConsole::~StandardConsole() {
    StandardConsole::flush();
}

void StandardConsole::out(std::string_view text) {
    m_pending += text;
    if (m_pending.size() > kFlushAboveBytes) {
        flush();
    }
}

/// Standard output first: the two streams come in the order in which they were written, also into one
/// file.
void StandardConsole::err(std::string_view text) {
    flush();
    (void)sys::writeAll(STDERR_FILENO, text);  // nobody is left to tell
}

void StandardConsole::flush() {
    if (m_pending.empty()) {
        return;
    }
    auto written = sys::writeAll(STDOUT_FILENO, m_pending);
    m_pending.clear();
    if (!written && !m_writeError && written.error().sysErrno() != EPIPE &&
        written.error().sysErrno() != EBADF) {
        m_writeError = std::move(written).error().context("standard output");
    }
}

int StandardConsole::end(int exitCode) {
    flush();
    return exitCode == 0 && m_writeError ? reportError(*this, *m_writeError) : exitCode;
}

bool StandardConsole::outIsTerminal() const {
    return ::isatty(STDOUT_FILENO) == 1;
}

bool StandardConsole::errIsTerminal() const {
    return ::isatty(STDERR_FILENO) == 1;
}

bool StandardConsole::inIsTerminal() const {
    return ::isatty(STDIN_FILENO) == 1;
}

std::optional<std::string> StandardConsole::readLine() {
    std::string line;
    return std::getline(std::cin, line) ? std::optional(line) : std::nullopt;
}

int StandardConsole::columns() const {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 || ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0) {
        return size.ws_col > 0 ? size.ws_col : kDefaultColumns;
    }
    return kDefaultColumns;
}

namespace {

/// What is the same wherever it happens, and which command lists those that there are.
std::string hintOf(const Error& error) {
    if (error.hint().empty() && (error.sysErrno() == ENOSPC || error.sysErrno() == EDQUOT)) {
        return "free some space: 'coracle system df' shows what takes it, 'coracle rm' and 'rmi' work on a "
               "full disk";
    }
    if (!error.hint().empty() || error.kind() != ErrorKind::NotFound) {
        return error.hint();
    }
    const std::string& message = error.message();
    return message.starts_with("no container '") ? "'coracle ps -a' lists those that there are"
           : message.starts_with("no volume '")  ? "'coracle volume ls' lists those that there are"
           : message.starts_with("no secret '")  ? "'coracle secret ls' lists those that there are"
                                                 : "";
}

}  // namespace

int reportError(Console& console, const Error& error, int exitCode) {
    std::string text = "coracle: " + text::escapeForTerminal(error.message()) + "\n";
    if (const std::string hint = hintOf(error); !hint.empty()) {
        text += "hint: " + text::escapeForTerminal(hint) + "\n";
    }
    console.err(text);
    return exitCode;
}

int reportError(Console& console, const Error& error) {
    return reportError(console, error, types::errorRow(error.kind()).exitCode);
}

int startFailureCode(const Error& error) {
    if (error.kind() == ErrorKind::NotFound) {
        return kNotFound;
    }
    return error.kind() == ErrorKind::PermissionDenied ? kNotExecutable : kEngineFailed;
}

}  // namespace coracle::cli
