// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>
#include <QVariantMap>

#include <functional>

namespace coracle::gui {

/// Whether another window of this person is there already, asked of the session bus without waiting. The
/// first one owns the name org.coracle.Coracle and answers org.freedesktop.Application (Desktop Entry
/// Specification 1.4, section 8); later ones ask it to come forward. Without a bus every start is the first.
class SingleInstance : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")
public:
    explicit SingleInstance(QObject* parent = nullptr);

    /// `decided(true)`: go on; `decided(false)`: another one came forward. Called once, soon: a bus that does
    /// not answer within 200 ms is taken for none.
    void acquire(std::function<void(bool)> decided);

    /// Methods of org.freedesktop.Application.
    Q_INVOKABLE Q_SCRIPTABLE void Activate(const QVariantMap& platformData);
    Q_INVOKABLE Q_SCRIPTABLE void ActivateAction(const QString& name, const QVariantList& parameters,
                                                 const QVariantMap& platformData);
    Q_INVOKABLE Q_SCRIPTABLE void Open(const QStringList& uris, const QVariantMap& platformData);

signals:
    /// Another start wants this window in front.
    void activated();
    /// An entry of the desktop's menu of the program was chosen: "run".
    void actionWanted(const QString& name);

private:
    void decide(bool first);

    std::function<void(bool)> m_decided;
};

/// Whether there is a session bus to talk to. Asking for one that is not there could start one.
bool sessionBusIsThere();

}  // namespace coracle::gui
