// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/login_place.h"
#include "gui/engine_service.h"

#include <QWidget>

#include <optional>
#include <string>

namespace coracle::gui {

class Segments;
class TextLabel;

/// Where the password of a login is kept: the desktop's keyring, or the place that it would have without one.
/// The keyring is chosen when it answers, unless docker's settings name another program; else a line says why
/// not.
class KeepChoice : public QWidget {
    Q_OBJECT
public:
    /// prefix: of object names, "login"; the parts are "<prefix>.keep.keyring" and "<prefix>.keep.file".
    KeepChoice(EngineService& engine, const QString& prefix, QWidget* parent = nullptr);

    /// Find out what there is for this registry, and choose, unless the person has. Empty: for any.
    void ask(const std::string& registry);
    /// Before there is an answer: where it is usual.
    types::KeepLogin chosen() const;

private:
    void show(const types::LoginPlaces& places);
    void describe();
    void setNote(const QString& words);

    EngineService& m_engine;
    Segments* m_parts;
    TextLabel* m_note;
    Request m_request;
    std::optional<std::string> m_registry;
    std::optional<types::LoginPlaces> m_places;
    bool m_isPersons = false;  ///< the choice
    bool m_isSetting = false;  ///< a part is being chosen by us
};

}  // namespace coracle::gui
