// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/image_removal.h"
#include "gui/views/page.h"

#include <QObject>

#include <functional>
#include <optional>

class QMenu;

namespace coracle::gui {

/// What is done to one image, from its row in the list and from its own page alike.
class ImageActions : public QObject {
    Q_OBJECT
public:
    /// host: over which questions are asked; it outlives this.
    ImageActions(const PageContext& context, QWidget* host);

    /// Where the menu is: what leads to the image's page is left out there.
    enum class Where : std::uint8_t { List, Page };
    /// Rows for all actions; removeWanted() comes for the last one.
    void fill(QMenu& menu, const ImageRow& row, Where where);
    void run(const ImageRow& row);
    /// One of "tag", "history", "save" and "delete".
    void perform(const QString& action, const ImageRow& row);

    /// Who shows what is being deleted.
    struct Removal {
        ImageRemoval what;
        bool asked = false;                     ///< the person was asked
        std::function<void(bool hidden)> hide;  ///< of the rows that go; may be empty
        /// The end for each key.
        std::function<void(const QString& key, const std::optional<Error>& error)> ended;
    };
    /// Delete names and images; a toast takes it back. What was shown as deleted is deleted, also when this
    /// is gone.
    void remove(const Removal& removal);
    /// Ask before they are deleted; `go` when they may. note: one more fact; may be empty.
    void ask(const ImageRemoval& removal, const QString& note, std::function<void()> go);
    /// A toast that says why an image that containers need stays. False: it may go.
    bool refuseLocked(const ImageRow& row);

    static QString titleOf(const ImageRow& row);

signals:
    /// Something about images is different now.
    void changed();
    void removeWanted(const coracle::gui::ImageRow& row);

private:
    void askNow(const ImageRemoval& removal, const QString& note, std::int64_t days,
                std::function<void()> go);
    void tag(const ImageRow& row);
    void showHistory(const ImageRow& row);
    void save(const ImageRow& row);

    PageContext m_context;
    QWidget* m_host;
};

}  // namespace coracle::gui
