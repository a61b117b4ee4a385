// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/parent.h"
#include "rootless/sys/own_terminal.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <string>

namespace coracle::runtime {

/// Stands between our own standard streams and the terminal of a process in the foreground.
///
/// Theory of operation. One poll(2) with the process, our signals, our input, our output and the controlling
/// end. Each direction holds at most one piece of bytes, and is read again when that is written, so a reader
/// that is slow slows the writer and nothing grows. Our own terminal, if standard input is one, is raw
/// meanwhile: keys that mean a signal mean it inside. A size that changes is handed on. Standard input may be
/// a file or a pipe, too; its end is typed as the terminal's character for it. When our output is gone the
/// terminal is taken away, which its session sees as SIGHUP.
class TerminalRelay {
public:
    /// pidFd: borrowed.
    static Result<TerminalRelay> open(sys::UniqueFd master, int pidFd);

    /// Returns when the process has ended and everything it had written is passed on. Other signals than
    /// those of the terminal are sent to the process.
    Result<> run();

private:
    TerminalRelay(sys::UniqueFd master, sys::UniqueFd slave, int pidFd, sys::UniqueFd signals)
        : m_master(std::move(master))
        , m_slave(std::move(slave))
        , m_pidFd(pidFd)
        , m_signals(std::move(signals)) {}

    /// false: the process has ended.
    Result<bool> step(sys::RawTerminal& own);
    void takeSignals(sys::RawTerminal& own);
    void takeInput();
    void typeOn();
    void takeOutput();
    void showOn();
    void handSizeOn() const;
    void hangUp();

    sys::UniqueFd m_master;
    sys::UniqueFd m_slave;  ///< keeps the terminal from hanging up while the process has closed it
    int m_pidFd;
    sys::UniqueFd m_signals;
    std::string m_typed;
    std::string m_shown;
    bool m_inputOpen = true;
    bool m_lineBegun = false;  ///< what was typed last did not end a line
    bool m_outputOpen = true;  ///< the terminal may still have something
};

/// superviseChild() for a process that may have a terminal of ours, which is carried until the end.
Result<int> superviseForeground(CreatedContainer& process);

}  // namespace coracle::runtime
