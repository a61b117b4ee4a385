// SPDX-License-Identifier: Apache-2.0
#include "gui/engine_terminal.h"

#include "gui/engine_service.h"

#include <QPointer>
#include <QSocketNotifier>
#include <QThread>

#include <functional>
#include <optional>
#include <utility>

#include <signal.h>

namespace coracle::gui {

namespace {

constexpr qsizetype kMaxInput = qsizetype{1} << 20U;
constexpr qsizetype kInputPart = qsizetype{32} << 10U;  // what a socket that polls writable takes whole

}  // namespace

/// Lives on the terminal's thread and owns the session. Deleted there, when the thread ends.
class EngineTerminal::Worker : public QObject {
public:
    Worker(std::shared_ptr<engine::Engine> engine, std::function<void(std::function<void()>)> post,
           EngineTerminal* window)
        : m_engine(std::move(engine))
        , m_post(std::move(post))
        , m_window(std::make_shared<QPointer<EngineTerminal>>(window)) {}

    void begin(const std::string& container, const engine::ExecSpec& spec, int columns, int rows) {
        auto opened = m_engine->containers().exec(container, spec);
        if (!opened) {
            fail(opened.error());
            return;
        }
        m_session = *std::move(opened);
        if (m_session == nullptr) {
            fail(Error(ErrorKind::Unsupported, "this engine gives no terminal"));
            return;
        }
        (void)m_session->resize(std::uint16_t(columns), std::uint16_t(rows));  // gone: receive() says so
        m_read = std::make_unique<QSocketNotifier>(m_session->fd(), QSocketNotifier::Read);
        connect(m_read.get(), &QSocketNotifier::activated, this, [this] { receive(); });
        m_write = std::make_unique<QSocketNotifier>(m_session->fd(), QSocketNotifier::Write);
        m_write->setEnabled(false);
        connect(m_write.get(), &QSocketNotifier::activated, this, [this] { flush(); });
        toWindow([](EngineTerminal& window) {
            window.m_running = true;
            emit window.started();
        });
    }

    void send(const QByteArray& bytes) {
        if (m_session != nullptr && m_input.size() + bytes.size() <= kMaxInput) {
            m_input += bytes;
            m_write->setEnabled(true);
        }
    }

    void resize(int columns, int rows) {
        if (m_session != nullptr) {
            (void)m_session->resize(std::uint16_t(columns), std::uint16_t(rows));  // gone: receive() says so
        }
    }

    void hangUp() {
        if (m_session != nullptr) {
            (void)m_session->signal(SIGHUP);  // gone already: nothing to end
            (void)m_session->closeInput();
        }
        drop();
        thread()->quit();
    }

    /// The window has worked on a block.
    void taken() {
        m_atWindow = false;
        deliver();
        if (m_read != nullptr && m_output.size() < kMaxWaiting) {
            m_read->setEnabled(true);
        }
    }

private:
    template <typename Call>
    void toWindow(Call call) {
        // Only posted: whether the window's object still lives is looked at on its own thread. This thread
        // copies the pointer and never reads it.
        m_post([window = m_window, call = std::move(call)] {
            if (!window->isNull()) {
                call(**window);
            }
        });
    }

    void receive() {
        auto chunk = m_session->receive();
        if (!chunk) {
            m_error = chunk.error();
        } else if (!*chunk) {
            m_exitCode = m_session->exitCode().value_or(-1);
        } else {
            m_output += QByteArray::fromStdString((*chunk)->bytes);
            m_read->setEnabled(m_output.size() < kMaxWaiting);
        }
        if (m_error || m_exitCode) {
            drop();
        }
        deliver();
    }

    void deliver() {
        if (m_atWindow) {
            return;
        }
        if (!m_output.isEmpty()) {
            QByteArray block = m_output.left(kBlock);
            m_output.remove(0, block.size());
            m_atWindow = true;
            toWindow([block = std::move(block)](EngineTerminal& window) {
                QPointer<EngineTerminal> alive(&window);
                emit window.output(block);
                if (!alive.isNull()) {
                    QMetaObject::invokeMethod(
                        window.m_worker, [worker = window.m_worker] { worker->taken(); },
                        Qt::QueuedConnection);
                }
            });
        } else if (m_error) {
            fail(*std::exchange(m_error, std::nullopt));
        } else if (m_exitCode) {
            toWindow([code = *std::exchange(m_exitCode, std::nullopt)](EngineTerminal& window) {
                window.m_running = false;
                emit window.ended(code);
            });
        }
    }

    void flush() {
        const QByteArray part = m_input.left(kInputPart);
        m_input.remove(0, part.size());
        m_write->setEnabled(!m_input.isEmpty());
        (void)m_session->send(std::string_view(part.constData(), std::size_t(part.size())));  // as above
    }

    void fail(const Error& error) {
        toWindow([error](EngineTerminal& window) {
            window.m_running = false;
            emit window.failed(error);
        });
    }

    void drop() {
        m_read.reset();
        m_write.reset();
        m_input.clear();
    }

    std::shared_ptr<engine::Engine> m_engine;  // shared with the service: a call may hang
    std::function<void(std::function<void()>)> m_post;
    std::shared_ptr<QPointer<EngineTerminal>> m_window;  // shared with posted calls, which may come late
    std::unique_ptr<engine::Session> m_session;
    std::unique_ptr<QSocketNotifier> m_read;
    std::unique_ptr<QSocketNotifier> m_write;
    QByteArray m_input;
    QByteArray m_output;
    bool m_atWindow = false;
    std::optional<Error> m_error;
    std::optional<int> m_exitCode;
};

EngineTerminal::EngineTerminal(EngineService& service, const std::string& container, engine::ExecSpec spec,
                               int columns, int rows, QObject* parent)
    : QObject(parent), m_thread(new QThread), m_worker(new Worker(service.engine(), service.poster(), this)) {
    m_thread->setObjectName(QStringLiteral("terminal"));
    m_worker->moveToThread(m_thread);
    // The thread outlives this object, because exec() may hang: it deletes the worker and itself at its end,
    // or goes with the process.
    connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_thread, &QThread::finished, m_thread, &QObject::deleteLater);
    m_thread->start();
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, container, spec = std::move(spec), columns, rows] {
            worker->begin(container, spec, columns, rows);
        },
        Qt::QueuedConnection);
}

EngineTerminal::~EngineTerminal() {
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->hangUp(); }, Qt::QueuedConnection);
}

void EngineTerminal::send(const QByteArray& bytes) {
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, bytes] { worker->send(bytes); }, Qt::QueuedConnection);
}

void EngineTerminal::resize(int columns, int rows) {
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, columns, rows] { worker->resize(columns, rows); },
        Qt::QueuedConnection);
}

}  // namespace coracle::gui
