// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/archive.h"
#include "gui/models/image_removal.h"
#include "gui/theme/palette.h"
#include "gui/views/page.h"

#include <QPointer>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

class QMenu;
class QPushButton;
class QStackedWidget;

namespace coracle::gui {

class Banner;
class ChoiceBar;
class EmptyState;
class FilterEdit;
class ImageActions;
class ListTable;
class Segments;
class TextLabel;
class UsageBar;

/// The images of this user: what they weigh, what of it is shared, and which containers need them.
class ImagesPage : public Page {
    Q_OBJECT
public:
    explicit ImagesPage(const PageContext& context);

    QString title() const override;
    void enter(const Place& place) override;
    void refresh() override;
    void focusFilter() override;
    QWidget* mainWidget() override;
    void perform(const QString& action, const QString& id) override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Asked : std::uint8_t { No, Yes };

    void makeHead();
    QWidget* makeUsage();
    QWidget* makeBar();
    QWidget* makeTable();
    void takeImages();
    void askForLayers();
    void showCounts();
    void showState();
    const ImageRow* rowAt(const QModelIndex& proxyIndex) const;
    void showMenu(const QModelIndex& index, const QPoint& position);
    /// The row of a name, or the first one of an image; null: there is none.
    const ImageRow* rowOf(const QString& nameOrId) const;
    void showRow(const QString& nameOrId);
    void load();
    void importTar();
    void runImport(const QString& file, const types::ImportOptions& options);
    std::vector<ImageRow> chosen() const;
    void showChosen(int count);
    void removeChosen();
    void removeOne(const ImageRow& row);
    void askToRemove(const ImageRemoval& removal);
    void removeAll(const ImageRemoval& removal, Asked asked);
    void removalEnded(const QString& key, const std::optional<Error>& error);

    ImageActions* m_actions;
    ImageModel* m_model;
    ImageProxy* m_proxy;
    FilterEdit* m_filter = nullptr;
    Segments* m_segments = nullptr;
    QStackedWidget* m_bars = nullptr;
    ChoiceBar* m_choice = nullptr;
    QPushButton* m_choiceDelete = nullptr;
    ListTable* m_table = nullptr;
    QStackedWidget* m_stack = nullptr;
    EmptyState* m_empty = nullptr;
    EmptyState* m_noMatch = nullptr;
    EmptyState* m_failed = nullptr;
    QWidget* m_loading = nullptr;
    Banner* m_banner = nullptr;
    QWidget* m_usage = nullptr;
    UsageBar* m_usageBar = nullptr;
    QPushButton* m_cleanUp = nullptr;
    TextLabel* m_onDisk = nullptr;
    TextLabel* m_without = nullptr;
    bool m_narrow = false;
    int m_askRound = 0;
    std::vector<types::ImageDetails> m_details;
};

/// The bar over the list: used, shared, unused.
class UsageBar : public QWidget {
    Q_OBJECT
public:
    explicit UsageBar(QWidget* parent = nullptr);
    /// What stands above the bar and is as wide; becomes a child.
    void setWords(QWidget* words);
    void setUsage(const ImageUsage& usage);
    const ImageUsage& usage() const { return m_usage; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    std::vector<std::pair<Token, QString>> legend() const;
    int barWidth() const;
    void placeWords();

    ImageUsage m_usage;
    QWidget* m_words = nullptr;
};

}  // namespace coracle::gui
