// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace coracle::cli {

struct VerbDescription;

/// Where a verb prints. Tests give one that collects; the program has one over the standard streams. Used
/// from one thread, but for progress, which is serialised by its caller.
class Console {
public:
    virtual ~Console() = default;
    /// To standard output; may be held back until flush() or err(). Bytes as they are: whoever prints a
    /// stranger's text escapes it before (core/text/escape.h).
    virtual void out(std::string_view text) = 0;
    /// To standard error, at once.
    virtual void err(std::string_view text) = 0;
    /// Push everything out; before a session takes over the descriptors and at the end.
    virtual void flush() = 0;
    virtual bool outIsTerminal() const = 0;
    virtual bool errIsTerminal() const = 0;
    virtual bool inIsTerminal() const = 0;
    /// A line of standard input without its end; none: there is no more.
    virtual std::optional<std::string> readLine() { return std::nullopt; }
    /// A console that collects what verbs say about themselves; a verb does nothing else then.
    virtual bool wantsDescriptions() const { return false; }
    virtual void takes(const VerbDescription& /*description*/) {}
    /// Width of the terminal on standard output or standard error; 80 when there is none.
    virtual int columns() const = 0;
};

/// Over descriptors 0, 1 and 2.
class StandardConsole final : public Console {
public:
    ~StandardConsole() override;
    void out(std::string_view text) override;
    void err(std::string_view text) override;
    void flush() override;
    bool outIsTerminal() const override;
    bool errIsTerminal() const override;
    bool inIsTerminal() const override;
    std::optional<std::string> readLine() override;
    int columns() const override;

    /// Write what is held back; what is the exit code of a program whose command gave this one. Output that
    /// could not be written fails a command that succeeded, with a message. A reader that has gone, and a
    /// standard output that was closed from the beginning, are somebody's wish.
    int end(int exitCode);

private:
    std::string m_pending;
    std::optional<Error> m_writeError;  ///< the first one
};

/// Print "coracle: <message>" and "hint: <hint>" to standard error, control characters escaped, and give the
/// exit code of the error's kind.
int reportError(Console& console, const Error& error);

/// The same, but with an exit code of its own: 125 for a failure of `run`, `create` or `exec` themselves.
int reportError(Console& console, const Error& error, int exitCode);

/// Docker's exit codes of `run` and `exec`.
inline constexpr int kEngineFailed = 125;
inline constexpr int kNotExecutable = 126;
inline constexpr int kNotFound = 127;

/// Exit code for a failed start of a container's program: 127 when it is not there, 126 when it cannot be
/// executed, else 125.
int startFailureCode(const Error& error);

}  // namespace coracle::cli
