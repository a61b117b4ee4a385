// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

class QTranslator;

namespace coracle::gui {

/// A language whose words are two fifths longer than the English ones, in brackets and with accents: what is
/// cut, or was never translated, shows. To be installed by the caller.
std::unique_ptr<QTranslator> makeLongWords();

}  // namespace coracle::gui
