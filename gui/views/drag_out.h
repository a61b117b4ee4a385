// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/views/file_moves.h"
#include "gui/views/page.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

class QMimeData;

namespace coracle::gui {

/// Files on their way out of a container or a volume by the mouse.
///
/// What a drag gives to another program are addresses of files, and programs ask for them as soon as the
/// mouse is over them, many times before anything is dropped, with their windows waiting for the answer. So
/// the files cannot be fetched when they are asked for: a copy is made, complete, in a folder of our own,
/// and only then does the drag that other programs see begin. For most files that is before the mouse has
/// left the window. Who lets go earlier is told when the copy is ready, and drags again. Nobody ever sees a
/// file that is half written.
///
/// Nobody tells when the other program has read what was dropped, either, so copies stay for kKeepHours.
class DragOut : public QObject {
    Q_OBJECT
public:
    static constexpr int kKeepHours = 12;
    /// How long a copy that came too late for its drag is taken for the file as it is.
    static constexpr int kReadyMs = 60'000;

    /// source: the view that is dragged from.
    DragOut(QWidget* source, const PageContext& context);
    ~DragOut() override;

    /// The mouse wants to drag a file: name is what it is called, key tells it from all others, `start`
    /// copies it to a path of this computer.
    void begin(const QString& name, const QString& key, const StartCopy& start);
    /// Forget what is being copied or waits; its copy goes.
    void cancel();
    bool isCopying() const { return m_copying; }

    /// Tests say where copies are kept, whether the button is held, and what a drag does with its files.
    struct Parts {
        QString folder;
        std::function<bool()> held;
        std::function<void(QWidget* source, std::unique_ptr<QMimeData> files, const QString& name)> drag;
    };
    static Parts desktopParts();
    void setParts(Parts parts) { m_parts = std::move(parts); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void copyInto(const QString& folder, const StartCopy& start);
    void takeCopy(Task* task, const Result<types::CopyReport>& copied);
    void drag();
    void watchMouse(bool on);
    void showStep(const QString& words);
    void removeLater(const QString& folder);

    QPointer<QWidget> m_source;
    PageContext m_context;
    Parts m_parts;
    QString m_name;
    QString m_key;
    QString m_folder;  ///< of the copy that is made or waits
    bool m_copying = false;
    bool m_ready = false;
    bool m_watching = false;
    int m_round = 0;  ///< tells a late answer from the one that is waited for
    QElapsedTimer m_since;
    std::shared_ptr<Request> m_request;  // shared with the task, which cancels
};

}  // namespace coracle::gui
