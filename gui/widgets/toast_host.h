// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <map>
#include <vector>

class QTimer;

namespace coracle::gui {

/// A button of a toast. `run` is called once, after the toast is gone.
struct ToastAction {
    QString text;
    QString iconName;
    std::function<void()> run;
};

/// What a toast says and offers.
struct ToastSpec {
    QString iconName = QStringLiteral("info");
    Token iconToken = Token::Muted;
    QString title;
    QString text;
    std::vector<ToastAction> actions;  ///< a toast goes when one was chosen
    int timeoutMs = 6000;              ///< 0: stays until closed
    std::function<void()> expired;     ///< called once when it goes without an action
    bool undo = false;                 ///< its first action takes something back
};

/// One message in the corner. Its time stands still while the pointer or the focus is on it.
class Toast : public QWidget {
    Q_OBJECT
public:
    /// number: makes the object names of its buttons unique ("toast.3.action").
    Toast(int number, ToastSpec spec, QWidget* parent);
    ~Toast() override;
    const QString& title() const { return m_spec.title; }
    bool canUndo() const { return m_spec.undo && !m_ended; }
    /// As if its first button were pressed.
    void choose() { choose(0); }
    /// Change the second line; empty hides it.
    void setText(const QString& text);
    /// Take it away as if its time were over.
    void dismiss();
    QSize sizeHint() const override;
    /// Long words wrap: the height depends on them.
    int heightForWidth(int width) const override;

signals:
    /// It is over, chosen or not; it deletes itself after this.
    void gone(coracle::gui::Toast* toast);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void end(bool chosen);
    void choose(std::size_t action);

    ToastSpec m_spec;
    QTimer* m_timer;
    int m_remaining;
    bool m_ended = false;
};

/// The corner of the window where toasts stack, newest at the bottom; more than four push the oldest out.
/// An overlay child of the window, not a window of its own, so that it works on Wayland.
class ToastHost : public QWidget {
    Q_OBJECT
public:
    static constexpr int kMaxToasts = 4;
    static constexpr int kWidth = 408;
    static constexpr int kUndoMs = 10000;

    explicit ToastHost(QWidget* window);

    Toast* show(ToastSpec spec);
    /// An error in the words of the engine: message as title, hint below.
    Toast* showError(const QString& title, const QString& text);
    /// Do `commit` when ten seconds pass without Undo; `undo` when it is chosen. Also commits at once when
    /// the host goes away, so that a deletion that was shown does happen.
    Toast* showUndo(const QString& title, const QString& text, std::function<void()> commit,
                    std::function<void()> undo);
    const std::vector<Toast*>& toasts() const { return m_toasts; }
    /// Whether a toast that can be seen offers Undo.
    bool canUndo() const;
    /// Choose the Undo of the newest toast that has one.
    void undo();
    /// Height that the stack keeps free at the bottom, asked for each time the stack is laid out.
    void setBottomMargin(std::function<int()> margin);
    /// The margin may be another.
    void settle() { relayout(); }
    /// Let all go now; pending commits and promises run.
    void flush();
    /// Something that was shown as done and is not yet: flush() does it, unless it was redeemed before.
    int promise(std::function<void()> work);
    /// True: it is the caller's to do now.
    bool redeem(int promise);

signals:
    /// A toast came or went.
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void relayout();

    std::vector<Toast*> m_toasts;
    std::map<int, std::function<void()>> m_promises;
    int m_nextPromise = 0;
    std::function<int()> m_bottom = [] { return 0; };
    int m_next = 0;
};

}  // namespace coracle::gui
