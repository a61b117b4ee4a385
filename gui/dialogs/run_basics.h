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

class RestartBox;
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

    /// Fill the form; changed() follows for each field that is another one.
    void setSpec(const types::RunSpec& spec);
    /// Write what the form says into `spec`; leaves the other fields alone.
    void apply(types::RunSpec& spec) const;

    /// What is here already: proposals for the name and facts about it.
    void setImages(const std::vector<types::ImageSummary>& images);
    /// Names that no new container may have.
    void setTakenNames(const std::vector<QString>& names);
    /// What the chosen image does by itself; none: not known.
    void setImageDetails(const std::optional<types::ImageDetails>& details);
    /// The name as typed, without blanks around it.
    QString image() const;
    /// The local image that the typed name means.
    const types::ImageSummary* localImage() const;
    /// Why it cannot run; empty when it can.
    QString problem() const;
    /// Fields that are wrong; a missing image is not counted.
    int problems() const;
    /// Whether it starts again by itself; such a container cannot be removed when it stops.
    bool restarts() const;
    /// The same switch as in another section.
    void setReadOnly(bool on);
    bool readOnly() const;
    void focusImage();

signals:
    /// Any field is another one.
    void changed();
    /// The image is another one; comes with changed().
    void imageChanged();

private:
    QWidget* makeField(const QString& title, const QString& aside, QWidget* input, TextLabel*& help);
    bool neverPulls() const;
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
    RestartBox* m_restart;
    QComboBox* m_pull;
    Toggle* m_init;
    Toggle* m_tty;
    Toggle* m_interactive;
    Toggle* m_readOnly;
    TextLabel* m_imageHelp = nullptr;
    TextLabel* m_nameHelp = nullptr;
    TextLabel* m_commandHelp = nullptr;
    TextLabel* m_directoryHelp = nullptr;
    TextLabel* m_userHelp = nullptr;
    TextLabel* m_restartHelp = nullptr;
    TextLabel* m_pullHelp = nullptr;
};

}  // namespace coracle::gui
