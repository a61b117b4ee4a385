// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"

#include <QByteArray>
#include <QObject>

#include <memory>
#include <string>

class QThread;

/// A part of the engine service: programs with a terminal.
///
/// Theory of operation. A session is a socket on which both sides may have something to say at any time, so
/// each terminal has a thread of its own with an event loop: it sleeps in the kernel until output comes,
/// until there is room for input, or until the window wants something. Output goes to the window as one
/// block at a time: while the window works on one, more is gathered, and when a few blocks are full, the
/// thread stops reading. The program inside then waits, as it would for a slow terminal; nothing is dropped
/// and no memory fills. A window that closes a terminal hangs up (SIGHUP) and does not wait for the answer.
namespace coracle::gui {

class EngineService;

/// One more program in a container, with a terminal. Lives on the window's thread and blocks nothing.
/// Signals come until ended() or failed(), of which one comes once, or until it is deleted.
class EngineTerminal : public QObject {
    Q_OBJECT
public:
    /// At most this many bytes come with one output(): some milliseconds of work.
    static constexpr qsizetype kBlock = qsizetype{64} << 10U;
    /// What is gathered before the program has to wait.
    static constexpr qsizetype kMaxWaiting = kBlock * 4;

    /// Starts at once. spec: `tty` and `interactive` are set. columns, rows: the first size.
    EngineTerminal(EngineService& service, const std::string& container, engine::ExecSpec spec, int columns,
                   int rows, QObject* parent = nullptr);
    ~EngineTerminal() override;

    /// Keys for the program; dropped once it has ended. Bounded by what the program takes: more than a
    /// megabyte that waits is dropped.
    void send(const QByteArray& bytes);
    /// Tell it its size in characters.
    void resize(int columns, int rows);
    /// Between started() and the end.
    bool running() const { return m_running; }

signals:
    void started();
    /// Worked on during the signal: the next block is asked for when all have returned.
    void output(const QByteArray& bytes);
    /// Everything it wrote was delivered. 128 + signal when it was killed.
    void ended(int exitCode);
    /// It did not start, or the way to it broke.
    void failed(const coracle::Error& error);

private:
    class Worker;

    QThread* m_thread;
    Worker* m_worker;
    bool m_running = false;
};

}  // namespace coracle::gui
