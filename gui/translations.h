// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

class QCoreApplication;
class QLocale;

namespace coracle::gui {

/// Show texts in the first of the locale's languages that there is a translation for, also those of Qt's own
/// dialogs; English otherwise, whose file has the forms of numbers. To be called once, before the first
/// widget is made; the translators belong to the application. Does not block.
void installTranslations(QCoreApplication& application, const QLocale& locale);

/// Languages that there is a translation for: "de", "en", ...
QStringList translatedLanguages();

}  // namespace coracle::gui
