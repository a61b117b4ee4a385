// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QWidget>

#include <utility>
#include <vector>

class QLineEdit;
class QToolButton;

namespace coracle::gui {

class EditorBox;
class EditorRow;

/// The Environment section of the run dialog: names and values that are passed on top of the image's own.
class EnvironmentEditor : public QWidget {
    Q_OBJECT
public:
    using Pairs = std::vector<std::pair<QString, QString>>;

    explicit EnvironmentEditor(QWidget* parent = nullptr);
    /// Replace all rows.
    void setPairs(const Pairs& pairs);
    const Pairs& pairs() const { return m_pairs; }
    /// "NAME=value" as the image sets them; shown as a proposal for names.
    void setImageEnvironment(const std::vector<QString>& lines);
    /// One more row at the end.
    void addRow(const QString& name, const QString& value);
    /// Rows that keep the container from being made.
    int problems() const;
    /// One line about them; empty when there is none.
    QString summary() const;

signals:
    /// After each edit, also of a row that is not complete yet.
    void changed();

private:
    struct Row {
        EditorRow* row;
        QLineEdit* name;
        QLineEdit* value;
        QToolButton* remove;
    };
    std::size_t indexOf(const QWidget* row) const;
    void removeRow(std::size_t index);
    void refresh();
    QString fault(std::size_t index) const;

    Pairs m_pairs;
    std::vector<Row> m_rows;
    std::vector<QString> m_imageLines;
    QWidget* m_add;
    EditorBox* m_box;
};

}  // namespace coracle::gui
