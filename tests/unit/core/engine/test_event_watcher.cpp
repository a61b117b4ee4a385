// SPDX-License-Identifier: Apache-2.0
#include "core/engine/event_watcher.h"
#include "core/store/events.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

#include <fcntl.h>

using namespace coracle;
using coracle::test::TemporaryDirectory;

namespace {

/// A watcher on a thread of its own.
class Watching {
public:
    explicit Watching(std::string path)
        : m_thread([this, path = std::move(path)](const std::stop_token& stop) {
            m_result = engine::watchEvents(
                path,
                [this](const types::Event& event) {
                    const std::lock_guard guard(m_mutex);
                    m_seen += event.action + ";";
                },
                stop);
            m_ended = true;
        }) {}
    QString seen() {
        const std::lock_guard guard(m_mutex);
        return QString::fromStdString(m_seen);
    }
    bool endsWell() {
        m_thread.request_stop();
        m_thread.join();
        return m_ended && m_result.has_value();
    }

private:
    std::mutex m_mutex;
    std::string m_seen;
    Result<> m_result;
    std::atomic<bool> m_ended = false;
    std::jthread m_thread;
};

}  // namespace

class TestEventWatcher : public QObject {
    Q_OBJECT
private slots:
    void deliversWhatIsAppended() {
        const TemporaryDirectory directory;
        const store::Events events(directory / "run/events");
        Watching watching(directory / "run/events");
        // Events before the watch begins are not delivered, so go on until one is.
        QTRY_VERIFY((events.append("container", "start", "a"), watching.seen().contains("start;")));
        events.append("image", "pull", "b");
        QTRY_VERIFY(watching.seen().endsWith("pull;"));
        QVERIFY(watching.endsWell());
    }
    void survivesAReplacedFile() {
        const TemporaryDirectory directory;
        const store::Events events(directory / "events");
        Watching watching(directory / "events");
        QTRY_VERIFY((events.append("container", "start", "a"), watching.seen().contains("start;")));
        VERIFY_OK(sys::removeFile(directory / "events"));
        events.append("container", "die", "a");
        QTRY_VERIFY(watching.seen().endsWith("die;"));
        QVERIFY(watching.endsWell());
    }
    void passesOverDamagedLines() {
        const TemporaryDirectory directory;
        const store::Events events(directory / "events");
        Watching watching(directory / "events");
        QTRY_VERIFY((events.append("container", "start", "a"), watching.seen().contains("start;")));
        {
            const auto file = sys::openAt(AT_FDCWD, directory / "events", O_WRONLY | O_APPEND);
            VERIFY_OK(file);
            VERIFY_OK(sys::writeAll(file->get(), "{not json\n\n[]\n"));
        }
        events.append("container", "stop", "a");
        QTRY_VERIFY(watching.seen().endsWith("stop;"));
        QVERIFY(watching.endsWell());
    }
    void stopsAtOnceWithoutAnyFile() {
        const TemporaryDirectory directory;
        Watching watching(directory / "none/events");
        QVERIFY(watching.endsWell());
    }
};

QTEST_GUILESS_MAIN(TestEventWatcher)
#include "test_event_watcher.moc"
