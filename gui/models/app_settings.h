// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <utility>

namespace coracle::gui {

/// When the desktop is told of what the person did not cause.
enum class NotifyWhen : std::uint8_t { Never, InBackground, Always };

/// What the person chose about the app itself. Kept between starts, or for the life of this object only, as
/// tests and pictures want it.
class AppSettings : public QObject {
    Q_OBJECT
public:
    enum class Keep : bool { No, Yes };
    explicit AppSettings(Keep keep, QObject* parent = nullptr);

    /// Stay in the tray when the window is closed.
    bool tray() const { return m_tray; }
    void setTray(bool on);
    NotifyWhen notifyWhen() const { return m_notifyWhen; }
    void setNotifyWhen(NotifyWhen when);
    /// Ask before containers are stopped.
    bool askBeforeStop() const { return m_askBeforeStop; }
    void setAskBeforeStop(bool ask);
    /// Ask also before deleting what Undo brings back; what loses data always asks.
    bool askBeforeDelete() const { return m_askBeforeDelete; }
    void setAskBeforeDelete(bool ask);
    /// Low rows in the big lists.
    bool compactRows() const { return m_compactRows; }
    void setCompactRows(bool compact);
    /// "de"; empty: as the desktop. The next start obeys it.
    QString language() const { return m_language; }
    void setLanguage(const QString& language);

    /// Columns of the list of containers that the person does not want to see, by their keys.
    QStringList hiddenColumns() const { return m_hiddenColumns; }
    void setHiddenColumns(const QStringList& columns);

    /// Family of the terminals' letters; empty: the desktop's fixed font.
    QString terminalFont() const { return m_terminalFont; }
    void setTerminalFont(const QString& family);
    /// In pixels of the 13 px design; 0: as the desktop's.
    int terminalSize() const { return m_terminalSize; }
    void setTerminalSize(int pixels);

    /// How to find out whether the desktop has a tray; without it there is none.
    void setTrayProbe(std::function<bool()> probe) { m_trayProbe = std::move(probe); }
    bool trayIsThere() const { return m_trayProbe && m_trayProbe(); }

signals:
    /// One of them is another than before.
    void changed();

private:
    template <typename T>
    void set(T& member, const T& value, const char* key);

    Keep m_keep;
    std::function<bool()> m_trayProbe;
    bool m_tray = false;
    NotifyWhen m_notifyWhen = NotifyWhen::InBackground;
    bool m_askBeforeStop = true;
    bool m_askBeforeDelete = false;
    bool m_compactRows = false;
    QString m_language;
    QStringList m_hiddenColumns;
    QString m_terminalFont;
    int m_terminalSize = 0;
};

/// Least and largest size of letters in a terminal.
inline constexpr std::pair<int, int> kTerminalSizes{8, 40};

}  // namespace coracle::gui
