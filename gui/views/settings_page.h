// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/store_settings.h"
#include "gui/fix_runner.h"
#include "gui/views/page.h"

#include <QFileSystemWatcher>
#include <QTimer>

#include <vector>

class QComboBox;
class QScrollArea;
class QSpinBox;
class QVBoxLayout;

namespace coracle::gui {

class Banner;
class Card;
class EmptyState;
class FilterEdit;
class RegistriesCard;
class SectionList;
class Segments;
class TextLabel;
class Toggle;

/// Settings: the app's background, look and questions; registries, and how the store keeps house, in the
/// files that the command line obeys, too. Sections stand in a list on the left; a search leaves what has its
/// words. A change is written a moment after the last one; what was not touched stays as it is in the file.
/// While the page is open it follows the files, but for a field that the person is typing in.
class SettingsPage : public Page {
    Q_OBJECT
public:
    /// runner: runs the command line where a setting is a file of its own.
    explicit SettingsPage(const PageContext& context, FixRunner runner = spawningFixRunner());
    ~SettingsPage() override;

    QString title() const override;
    void enter(const Place& place) override;
    /// "login".
    void perform(const QString& action, const QString& id) override;
    void leave() override;
    void refresh() override;
    void focusFilter() override;
    QWidget* mainWidget() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// A title with what is below it.
    struct Section {
        QWidget* title;
        std::vector<QWidget*> parts;
    };

    void buildFrame();
    /// listTitle: what the list on the left says, where there is less room; empty: the title.
    void addSection(QVBoxLayout& column, const QString& title, const QString& icon,
                    const std::vector<QWidget*>& parts, const QString& listTitle = {});
    void search(const QString& words);
    void goToSection(int index);
    QWidget* makeFont();
    void showUnit();
    QWidget* makeBackground();
    QWidget* makeLook();
    QWidget* makeAsk();
    void showApp();
    void setContainersStart(bool on);
    Toggle* makeToggle(const QString& objectName, const QString& words, QWidget* parent);
    QWidget* makeStore();
    void addRow(Card& card, const QString& title, const QString& text, QWidget* control);
    void load();
    void watchFiles();
    void showSettings(const types::StoreSettings& settings);
    void change();
    void save();

    types::StoreSettings m_settings;
    bool m_known = false;  ///< the file was read
    bool m_showing = false;
    QTimer m_later;
    QFileSystemWatcher m_files;  ///< what the command line writes, while the page is open
    QTimer m_filesChanged;
    bool m_keptTyping = false;  ///< a field shows what is typed in it, not what the file says

    Banner* m_banner = nullptr;
    FilterEdit* m_find = nullptr;
    SectionList* m_list = nullptr;
    QWidget* m_side = nullptr;
    QScrollArea* m_scroll = nullptr;
    EmptyState* m_none = nullptr;
    std::vector<Section> m_sections;
    RegistriesCard* m_registries = nullptr;
    QComboBox* m_font = nullptr;
    QSpinBox* m_fontSize = nullptr;
    Segments* m_scheme = nullptr;
    Toggle* m_tray = nullptr;
    Toggle* m_autostart = nullptr;
    Toggle* m_containersStart = nullptr;
    Segments* m_rows = nullptr;
    QComboBox* m_confirm = nullptr;
    FixRunner m_runner;
    QComboBox* m_notify = nullptr;
    QComboBox* m_language = nullptr;
    Card* m_store = nullptr;
    QSpinBox* m_days = nullptr;
    QSpinBox* m_percent = nullptr;
    QSpinBox* m_reserve = nullptr;
    QComboBox* m_reserveUnit = nullptr;
    QSpinBox* m_quota = nullptr;
};

}  // namespace coracle::gui
