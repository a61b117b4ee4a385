// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/dialogs/preview_words.h"

#include <QWidget>

#include <functional>

namespace coracle::gui {

class Panel;
class Segments;
class TextLabel;

/// The lower part of the run dialog: the same container as a command, a compose file and a quadlet.
class RunPreview : public QWidget {
    Q_OBJECT
public:
    /// `copy` puts a text on the clipboard.
    explicit RunPreview(std::function<void(const QString&)> copy, QWidget* parent = nullptr);

    /// What is shown from now on, in each of the forms.
    void setSpec(const types::RunSpec& spec, const PreviewMarks& marks);
    /// The whole text of the form that is open, as it would be copied.
    QString text() const;

private:
    void refill();

    std::function<void(const QString&)> m_copy;
    types::RunSpec m_spec;
    PreviewMarks m_marks;
    TextLabel* m_title;
    Segments* m_format;
    CommandPreview* m_text;
};

}  // namespace coracle::gui
