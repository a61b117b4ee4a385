// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"

#include <QStringList>
#include <QWidget>

#include <optional>

class QPushButton;
class QStackedWidget;

namespace coracle::gui {

class Chip;
class CodeView;
class EmptyState;
class IconLabel;
class KeyValueGrid;
class Segments;
class TextLabel;

/// One file of a container: its text, what was changed in it since the image, and facts about it.
class FilePreview : public QWidget {
    Q_OBJECT
public:
    /// What the list knows of the file.
    struct Subject {
        std::string container;
        std::string path;
        char change = 0;  ///< 'A', 'C', 'D'; 0: none
        std::optional<types::ImageFile> file;
        QString owner;
        QString mount;  ///< what is mounted there, in words; empty: nothing
    };

    explicit FilePreview(EngineService& engine, QWidget* parent = nullptr);
    /// Nothing is chosen.
    void clear();
    void show(const Subject& subject);
    QPushButton* restoreButton() { return m_restore; }

private:
    void ask();
    void take();
    void showFacts();
    void say(const QString& iconName, const QString& title, const QString& text);

    EngineService& m_engine;
    std::optional<Subject> m_subject;
    Request m_nowRequest;
    Request m_imageRequest;
    int m_round = 0;
    std::optional<Result<std::string>> m_now;
    std::optional<Result<std::string>> m_original;
    IconLabel* m_icon;
    TextLabel* m_name;
    Chip* m_mark;
    Segments* m_mode;
    QPushButton* m_restore;
    QStackedWidget* m_stack;
    CodeView* m_code;
    EmptyState* m_words;
    KeyValueGrid* m_facts;
    QWidget* m_head;
    QWidget* m_foot;
};

}  // namespace coracle::gui
