// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image.h"
#include "core/types/run_spec.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace coracle::gui {

class TextLabel;
class Toggle;

/// "docker.io/library/alpine:latest" without what goes without saying: "alpine:latest".
QString familiarImageName(const QString& reference);
/// The same as people type it: "alpine".
QString shortImageName(const QString& reference);
/// Whether two names mean the same image when nobody fills in the defaults: "alpine" and
/// "docker.io/library/alpine:latest".
bool sameImageName(const QString& a, const QString& b);

/// The Basics section of the run dialog.
class RunBasics : public QWidget {
    Q_OBJECT
public:
    explicit RunBasics(QWidget* parent = nullptr);

    void setSpec(const types::RunSpec& spec);
    /// Write what the form says into `spec`; leaves the other fields alone.
    void apply(types::RunSpec& spec) const;

    void setImages(const std::vector<types::ImageSummary>& images);
    void setTakenNames(const std::vector<QString>& names);
    /// What the chosen image does by itself; none: not known.
    void setImageDetails(const std::optional<types::ImageDetails>& details);
    QString image() const;
    /// The local image that the typed name means.
    const types::ImageSummary* localImage() const;
    /// Why it cannot run; empty when it can.
    QString problem() const;
    int problems() const;
    void focusImage();

signals:
    void changed();
    void imageChanged();

private:
    QWidget* makeField(const QString& title, const QString& aside, QWidget* input, TextLabel*& help);
    QString commandHelp() const;
    QString nameProblem() const;
    QString commandProblem() const;
    QString workingDirectoryProblem() const;
    void refresh();

    std::vector<types::ImageSummary> m_images;
    std::vector<QString> m_taken;
    std::optional<types::ImageDetails> m_details;

    QComboBox* m_image;
    QLineEdit* m_name;
    QLineEdit* m_command;
    QLineEdit* m_workingDirectory;
    QComboBox* m_user;
    Toggle* m_tty;
    Toggle* m_interactive;
    Toggle* m_readOnly;
    TextLabel* m_imageHelp = nullptr;
    TextLabel* m_nameHelp = nullptr;
    TextLabel* m_commandHelp = nullptr;
    TextLabel* m_directoryHelp = nullptr;
    TextLabel* m_userHelp = nullptr;
};

}  // namespace coracle::gui
