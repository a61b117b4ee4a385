// SPDX-License-Identifier: Apache-2.0
#include "gui/tray.h"

#include "gui/format.h"
#include "gui/models/container_actions.h"
#include "gui/models/container_model.h"
#include "gui/models/engine_state.h"
#include "gui/shortcuts.h"
#include "gui/theme/icons.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace coracle::gui {
namespace {

constexpr int kMostRows = 8;

bool isActive(const types::ContainerSummary& row) {
    return row.status == types::ContainerStatus::Running || row.status == types::ContainerStatus::Paused ||
           row.status == types::ContainerStatus::Restarting;
}

}  // namespace

Tray::Tray(Parts parts, QObject* parent) : QObject(parent), m_parts(std::move(parts)) {
    m_menu.setObjectName(QStringLiteral("tray.menu"));
    connect(&m_menu, &QMenu::aboutToShow, this, &Tray::fill);
    connect(&m_parts.state, &EngineState::containersChanged, this, &Tray::update);
    fill();
}

Tray::~Tray() = default;

void Tray::setShown(bool shown) {
    if (!shown || !QSystemTrayIcon::isSystemTrayAvailable()) {
        m_icon.reset();
        return;
    }
    if (!m_icon) {
        m_icon = std::make_unique<QSystemTrayIcon>(applicationIcon());
        m_icon->setContextMenu(&m_menu);
        connect(m_icon.get(), &QSystemTrayIcon::activated, this,
                [this](QSystemTrayIcon::ActivationReason reason) {
                    if (reason != QSystemTrayIcon::Context) {
                        m_parts.present();
                    }
                });
        update();
        m_icon->show();
        watchIcon();
    }
}

/// In the tray of the X server the icon is a window of this program, which Qt hides when that tray ends.
void Tray::watchIcon() {
    for (QWidget* window : QApplication::topLevelWidgets()) {
        if (window->inherits("QSystemTrayIconSys")) {
            window->installEventFilter(this);
        }
    }
}

bool Tray::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Hide && m_icon) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_icon && !QSystemTrayIcon::isSystemTrayAvailable()) {
                    emit lost();
                }
            },
            Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

QString Tray::summary() const {
    const auto& rows = m_parts.state.containers().rows;
    // As the list counts them: what is paused does nothing.
    const int running = int(std::count_if(rows.begin(), rows.end(), [](const auto& row) {
        return isActive(row) && row.status != types::ContainerStatus::Paused;
    }));
    return running == 0 ? tr("none running") : tr("%n running", nullptr, running);
}

void Tray::update() {
    if (m_icon) {
        m_icon->setToolTip(QStringLiteral("Coracle: ") + summary());
        fill();  // a tray in another process measures the menu before it asks for it
    }
}

QString Tray::content() const {
    QString all;
    for (const types::ContainerSummary& row : m_parts.state.containers().rows) {
        if (!isActive(row) || m_parts.actions.hidden(row.id)) {
            continue;
        }
        all += format::text(row.id) + QLatin1Char(' ') + format::text(row.name) + QLatin1Char(' ') +
               statusText(row, m_parts.actions.pending(row.id)).word;
        for (const net::PortMapping& port : row.ports) {
            all += QStringLiteral(" %1").arg(port.hostPort);
        }
        all += QLatin1Char('\n');
    }
    return all;
}

/// The menu may live in another process: lines of text only, and nothing that depends on what was pointed at.
void Tray::fill() {
    QString wanted = content();
    if (!m_menu.isEmpty() && (wanted == m_filled || m_menu.isVisible())) {
        return;
    }
    m_filled = std::move(wanted);
    m_menu.clear();
    qDeleteAll(m_menu.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));  // clear() leaves them
    m_menu.addAction(summary())->setEnabled(false);
    m_menu.addSeparator();
    int shown = 0;
    int more = 0;
    for (const types::ContainerSummary& row : m_parts.state.containers().rows) {
        if (!isActive(row) || m_parts.actions.hidden(row.id)) {
            continue;
        }
        shown < kMostRows ? addContainer(row) : (void)++more;
        ++shown;
    }
    if (more > 0) {
        connect(m_menu.addAction(tr("%n more…", nullptr, more)), &QAction::triggered, this,
                [this] { m_parts.present(); });
    }
    m_menu.addSeparator();
    const auto add = [this](const char* name, const QString& words, const std::function<void()>& handler) {
        QAction* action = m_menu.addAction(words);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, handler);
    };
    if (m_parts.run) {
        add("tray.run", tr("Run a container…"), m_parts.run);
        m_menu.addSeparator();
    }
    add("tray.open", tr("Open Coracle"), m_parts.present);
    add("tray.quit", tr("Quit, containers keep running"), m_parts.quit);
}

void Tray::addContainer(const types::ContainerSummary& row) {
    const StatusText status = statusText(row, m_parts.actions.pending(row.id));
    const QString name = format::text(row.name);
    QMenu* menu = m_menu.addMenu(tr("%1 · %2").arg(name, status.word));
    menu->setObjectName(QStringLiteral("tray.") + name);
    for (const net::PortMapping& port : row.ports) {
        if (port.hostPort != 0 && port.protocol == net::Protocol::Tcp) {
            connect(menu->addAction(tr("Open port %1").arg(port.hostPort)), &QAction::triggered, this,
                    [this, port] { m_parts.actions.openPort(port); });
        }
    }
    const std::string id = row.id;
    const auto open = [this, id](const char* tab) {
        return [this, id, tab] { m_parts.open(id, QLatin1String(tab)); };
    };
    connect(menu->addAction(keyWords(KeyId::ShowLogs)), &QAction::triggered, this, open("logs"));
    connect(menu->addAction(tr("Terminal")), &QAction::triggered, this, open("terminal"));
    menu->addSeparator();
    connect(menu->addAction(keyWords(KeyId::Restart)), &QAction::triggered, this,
            [this, id] { m_parts.actions.restart({id}); });
    QAction* stop = menu->addAction(keyWords(KeyId::Stop));
    stop->setObjectName(QStringLiteral("tray.stop.") + name);
    connect(stop, &QAction::triggered, this, [this, id] {
        if (m_parts.actions.askBeforeStop()) {
            m_parts.present();  // the question is one of the window's
        }
        m_parts.actions.stop({id});
    });
}

}  // namespace coracle::gui
