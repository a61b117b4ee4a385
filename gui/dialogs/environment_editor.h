// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/dialogs/env_file_reader.h"

#include <QString>
#include <QWidget>

#include <utility>
#include <vector>

class QLineEdit;
class QPushButton;
class QToolButton;

namespace coracle::gui {

class Chip;
class EditorBox;
class EditorRow;
class FilterEdit;
class FlowLayout;
class TextLabel;

/// The Environment section of the run dialog: what the container's programs see, and where each variable
/// comes from. Only what was set or changed here, and the files, are passed on; the image's own are shown
/// beside.
class EnvironmentEditor : public QWidget {
    Q_OBJECT
public:
    using Pairs = std::vector<std::pair<QString, QString>>;
    /// Asks for a file; an empty answer is a change of mind. Without it there are no files.
    using ChooseFile = std::function<void(const std::function<void(const QString&)>& done)>;

    EnvironmentEditor(EnvFileReader reader, ChooseFile chooseFile, QWidget* parent = nullptr);
    /// Replace the variables that are set here.
    void setPairs(const Pairs& pairs);
    const Pairs& pairs() const { return m_pairs; }
    /// Replace the files, and read them.
    void setFiles(const std::vector<QString>& paths);
    std::vector<QString> files() const;
    /// "NAME=value" as the image sets them.
    void setImageEnvironment(const std::vector<QString>& lines);
    /// One more variable, after those that are set here.
    void addRow(const QString& name, const QString& value);
    /// Variables that are set here or come from files.
    int count() const;
    /// Rows and files that keep the container from being made.
    int problems() const;
    /// One line about them; empty when there is none.
    QString summary() const;

signals:
    /// After each edit, also of a row that is not complete yet.
    void changed();

private:
    enum class From : std::uint8_t { Here, File, Image };
    struct Row {
        EditorRow* row;
        QLineEdit* name;
        QLineEdit* value;
        Chip* from;
        QToolButton* remove;
        From origin = From::Here;
        QString given;  ///< the value that it has by itself, when it is not set here
    };
    struct File {
        QString path;
        EnvFileFacts facts;
    };
    QWidget* makeHead();
    Row makeRow(const QString& name, const QString& value, From origin, std::size_t at);
    void connectRow(const Row& row);
    void valueEdited(QWidget* widget);
    void takeOver(std::size_t given);
    void removeRow(std::size_t index);
    void readFile(const QString& path);
    void showFiles();
    /// The rows of files and of the image, which are not set here.
    void showGiven();
    void applyFilter();
    void describeRows();
    void refresh();
    QString fault(std::size_t index) const;
    bool isSetHere(const QString& name) const;
    bool isFromImage(const QString& name) const;

    EnvFileReader m_reader;
    ChooseFile m_chooseFile;
    Pairs m_pairs;
    std::vector<Row> m_rows;   ///< those that are set here, as m_pairs
    std::vector<Row> m_given;  ///< below them
    std::vector<File> m_files;
    Pairs m_image;
    bool m_showAll = false;

    TextLabel* m_count;
    FilterEdit* m_filter;
    QPushButton* m_load;
    QPushButton* m_add;
    QWidget* m_fileLine;
    FlowLayout* m_fileFlow;
    EditorBox* m_box;
    QToolButton* m_more;
    TextLabel* m_noMatch;
};

}  // namespace coracle::gui
