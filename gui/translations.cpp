// SPDX-License-Identifier: Apache-2.0
#include "gui/translations.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace coracle::gui {
namespace {

bool install(QCoreApplication& application, const QLocale& locale, const QString& name,
             const QString& folder) {
    auto* translator = new QTranslator(&application);
    if (translator->load(locale, name, QStringLiteral("_"), folder)) {
        return QCoreApplication::installTranslator(translator);
    }
    delete translator;
    return false;
}

}  // namespace

void installTranslations(QCoreApplication& application, const QLocale& locale) {
    (void)install(application, locale, QStringLiteral("qtbase"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    const QString ours = QStringLiteral(":/translations");
    if (!install(application, locale, QStringLiteral("coracle"), ours)) {
        (void)install(application, QLocale(QLocale::English), QStringLiteral("coracle"), ours);
    }
}

QStringList translatedLanguages() {
    QStringList languages;
    for (const QString& file : QDir(QStringLiteral(":/translations"))
                                   .entryList({QStringLiteral("coracle_*.qm")}, QDir::Files, QDir::Name)) {
        languages << file.section(QLatin1Char('_'), 1).section(QLatin1Char('.'), 0, 0);
    }
    return languages;
}

}  // namespace coracle::gui
