// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"

#include <QComboBox>

#include <vector>

namespace coracle::gui {

/// What becomes of a container at its end. A policy that is not among the offers is kept, as one more.
class RestartBox : public QComboBox {
    Q_OBJECT
public:
    explicit RestartBox(QWidget* parent = nullptr);

    void setRestart(const types::RestartSpec& restart);
    types::RestartSpec restart() const;

private:
    std::vector<types::RestartSpec> m_restarts;  ///< what the rows mean
};

}  // namespace coracle::gui
