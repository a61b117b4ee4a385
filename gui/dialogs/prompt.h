// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <optional>

class QWidget;

namespace coracle::gui {

/// A question with one dangerous answer. Classes as in "Destructive actions": stopping work asks once, losing
/// data wants the name typed.
struct Question {
    QString title;                 ///< "Stop api?"
    QString text;                  ///< what happens
    QStringList points;            ///< further consequences, one line each
    QStringList notes;             ///< facts that help to decide and harm nobody
    QString confirm;               ///< a verb: "Stop container"
    bool losesData = false;        ///< red button
    QString iconName;              ///< of that button; empty: a bin when data is lost
    std::optional<QString> typed;  ///< the name that must be typed first
    QString option;                ///< words of a check box; empty: none
    bool optionOn = false;
    QString instead;  ///< words of a button that does something else first; empty: none
};

/// What the person chose; not accepted when the dialog was closed.
struct Reply {
    bool accepted = false;
    bool optionOn = false;
    bool instead = false;  ///< the other thing is wanted, this one is not
};

/// Asks for a line of text.
struct TextQuestion {
    QString title;
    QString label;
    QString text;     ///< what stands in the field
    QString confirm;  ///< a verb
    /// Why this text cannot be used; empty: it can.
    std::function<QString(const QString&)> problem;
};

/// Asks for a file or a folder with the chooser of the desktop.
struct FileQuestion {
    enum class Kind : std::uint8_t { OpenFile, SaveFile, Folder };
    Kind kind = Kind::OpenFile;
    QString title;
    QString directory;
    QString suggestedName;
};

/// Every question, file choice and jump out of the program. Injected, so that tests answer by themselves.
/// All calls return at once; the answer comes later on the window's thread, or never when `parent` dies.
class Prompt {
public:
    virtual ~Prompt() = default;
    virtual void ask(QWidget* parent, const Question& question, std::function<void(Reply)> answered) = 0;
    virtual void askText(QWidget* parent, const TextQuestion& question,
                         std::function<void(std::optional<QString>)> answered) = 0;
    virtual void askFile(QWidget* parent, const FileQuestion& question,
                         std::function<void(std::optional<QString>)> answered) = 0;
    /// Several files at once; an empty list when the dialog was closed. question.kind: OpenFile.
    virtual void askFiles(QWidget* parent, const FileQuestion& question,
                          std::function<void(QStringList)> answered) = 0;
    virtual void openUrl(const QUrl& url) = 0;
    virtual void copyText(const QString& text) = 0;
};

}  // namespace coracle::gui
