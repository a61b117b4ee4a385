// SPDX-License-Identifier: Apache-2.0
// Words must fit in every useful size of the window.
#include "gui/dialogs/radio_card.h"
#include "gui/dialogs/run_dialog.h"
#include "gui/long_words.h"
#include "tests/gui/window_fixture.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QTranslator>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

/// Labels and buttons that are narrower than their words. Those that shorten themselves are left out.
QStringList cut(const QWidget& root) {
    QStringList found;
    for (const auto* label : root.findChildren<QLabel*>()) {
        if (label->isVisible() && !label->wordWrap() && label->pixmap().isNull() &&
            label->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored &&
            label->width() < label->sizeHint().width() - 1) {
            found << QStringLiteral("%1 '%2' %3<%4")
                         .arg(label->objectName(), label->text())
                         .arg(label->width())
                         .arg(label->sizeHint().width());
        }
    }
    for (const auto* button : root.findChildren<QAbstractButton*>()) {
        // A card would like to be wider than its words.
        const bool card = qobject_cast<const RadioCard*>(button) != nullptr;
        const int wanted = (card ? button->minimumSizeHint() : button->sizeHint()).width();
        if (button->isVisible() && !button->text().isEmpty() && button->width() < wanted - 1) {
            found << QStringLiteral("%1 '%2' %3<%4")
                         .arg(button->objectName(), button->text())
                         .arg(button->width())
                         .arg(wanted);
        }
    }
    return found;
}

/// Heads of columns that are narrower than their words.
QStringList cutHeads(const QWidget& root) {
    QStringList found;
    for (const auto* head : root.findChildren<QHeaderView*>()) {
        for (int i = 0; head->isVisible() && i < head->count(); ++i) {
            const QString words = head->model()->headerData(i, head->orientation()).toString();
            if (head->orientation() == Qt::Horizontal && !head->isSectionHidden(i) && !words.isEmpty() &&
                head->sectionSize(i) < head->sectionSizeHint(i)) {
                found << QStringLiteral("%1 head '%2' %3<%4")
                             .arg(head->parent()->objectName(), words)
                             .arg(head->sectionSize(i))
                             .arg(head->sectionSizeHint(i));
            }
        }
    }
    return found;
}

/// What is scrolled up and down and is wider than its window.
QStringList tooWide(const QWidget& root) {
    QStringList found;
    for (const auto* area : root.findChildren<QScrollArea*>()) {
        if (area->isVisible() && area->widget() != nullptr &&
            area->widget()->width() > area->viewport()->width()) {
            found << QStringLiteral("%1 %2>%3")
                         .arg(area->objectName())
                         .arg(area->widget()->width())
                         .arg(area->viewport()->width());
        }
    }
    return found;
}

/// Widgets of one row that lie upon each other.
QStringList overlapping(const QWidget& root) {
    QStringList found;
    for (const auto* parent : root.findChildren<QWidget*>()) {
        std::vector<const QWidget*> words;
        for (const auto* child : parent->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (child->isVisible() && (qobject_cast<const QLabel*>(child) != nullptr ||
                                       qobject_cast<const QLineEdit*>(child) != nullptr ||
                                       qobject_cast<const QAbstractButton*>(child) != nullptr)) {
                words.push_back(child);
            }
        }
        for (std::size_t i = 0; i < words.size(); ++i) {
            for (std::size_t k = i + 1; k < words.size(); ++k) {
                if (words[i]->geometry().intersects(words[k]->geometry())) {
                    found << words[i]->objectName() + QStringLiteral(" upon ") + words[k]->objectName();
                }
            }
        }
    }
    return found;
}

constexpr int kManySamples = 20;

const Place kPlaces[] = {
    {.page = QStringLiteral("containers"), .id = {}, .tab = {}},
    {.page = QStringLiteral("images"), .id = {}, .tab = {}},
    {.page = QStringLiteral("volumes"), .id = {}, .tab = {}},
    {.page = QStringLiteral("system"), .id = {}, .tab = {}},
    {.page = QStringLiteral("system"), .id = {}, .tab = QStringLiteral("disk")},
    {.page = QStringLiteral("settings"), .id = {}, .tab = {}},
    {.page = QStringLiteral("container"), .id = {}, .tab = QStringLiteral("overview")},
    {.page = QStringLiteral("container"), .id = {}, .tab = QStringLiteral("logs")},
    {.page = QStringLiteral("container"), .id = {}, .tab = QStringLiteral("files")},
    {.page = QStringLiteral("image"), .id = QStringLiteral("localhost/shop/api:2.3"), .tab = {}},
    {.page = QStringLiteral("image"),
     .id = QStringLiteral("localhost/shop/api:2.3"),
     .tab = QStringLiteral("configuration")},
    {.page = QStringLiteral("container"), .id = {}, .tab = QStringLiteral("stats")},
    {.page = QStringLiteral("container"), .id = {}, .tab = QStringLiteral("terminal")},
    {.page = QStringLiteral("container"), .id = {}, .tab = QStringLiteral("permissions")},
    {.page = QStringLiteral("container"), .id = {}, .tab = QStringLiteral("inspect")}};

/// All pages in one window of that size; what does not fit, with its page.
/// samples: figures of running containers that are waited for on each page.
QStringList misfits(QSize size, int samples) {
    WindowFixture f;
    f.window.resize(size);
    if (!f.show()) {
        return {QStringLiteral("the window did not come")};
    }
    QStringList found;
    for (Place place : kPlaces) {
        if (place.page == QLatin1String("container")) {
            place.id = QString::fromStdString(f.id("api"));
        }
        f.window.open(place);
        const int calls = f.engine->calls("resources.statsOf");
        f.window.usage().setInterval(UsageMonitor::Pace::Fast, std::chrono::milliseconds(5));
        (void)QTest::qWaitFor([&] { return f.engine->calls("resources.statsOf") > calls + samples; },
                              samples > 1 ? 500 : 60);
        // Figures that came just now are laid out in a moment.
        const auto all = [&f] { return cut(f.window) + cutHeads(f.window) + overlapping(f.window); };
        (void)QTest::qWaitFor([&] { return all().isEmpty(); }, 5000);
        for (const QString& one : all()) {
            found << place.page + QLatin1Char('/') + place.tab + QStringLiteral(": ") + one;
        }
    }
    f.window.open({.page = QStringLiteral("containers"), .id = {}, .tab = {}});
    f.choose({"api", "blog"});
    QCoreApplication::processEvents();
    (void)QTest::qWaitFor([&] { return cut(f.window).isEmpty(); }, 5000);
    for (const QString& one : cut(f.window)) {
        found << QStringLiteral("bulk: ") + one;
    }
    return found;
}

}  // namespace

class TestFit : public QObject {
    Q_OBJECT
private slots:
    void wordsFitInTheRunDialog_data() {
        QTest::addColumn<QString>("language");
        for (const char* language : {"en", "de", "ro", "long"}) {
            QTest::newRow(language) << QString::fromLatin1(language);
        }
    }
    void wordsFitInTheRunDialog() {
        QFETCH(QString, language);
        auto translator =
            language == QLatin1String("long") ? makeLongWords() : std::make_unique<QTranslator>();
        QVERIFY(language == QLatin1String("long") ||
                translator->load(QStringLiteral(":/translations/coracle_") + language));
        QVERIFY(QCoreApplication::installTranslator(translator.get()));
        WindowFixture f;
        QVERIFY(f.show());
        types::RunSpec spec;
        spec.image = "localhost/shop/api:2.3";
        spec.resources.memoryBytes = 512LL << 20;
        f.window.openRunDialog(spec);
        auto* dialog = f.window.findChild<RunDialog*>();
        QVERIFY(dialog != nullptr);
        // What comes later than the dialog would be laid out while it is looked at.
        QTRY_VERIFY(dialog->findChild<QWidget*>(QStringLiteral("ports.exposed.9000/tcp")) != nullptr);
        QTRY_VERIFY(f.window.state().host().has_value());
        QStringList found;
        for (int section = 0; section < RunDialog::SectionCount; ++section) {
            dialog->showSection(RunDialog::Section(section));
            QCoreApplication::processEvents();
            QCoreApplication::processEvents();  // rows that were made by the first
            for (const QString& one : cut(*dialog) + overlapping(*dialog) + tooWide(*dialog)) {
                found << QStringLiteral("run %1: %2").arg(section).arg(one);
            }
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
    void wordsFit_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("language");
        // The narrowest window with the wide sidebar is among them.
        for (const char* language : {"en", "de", "ro"}) {
            for (const QSize size : {QSize(1280, 800), QSize(960, 600), QSize(860, 560)}) {
                QTest::addRow("%dx%d %s", size.width(), size.height(), language)
                    << size << QString::fromLatin1(language);
            }
        }
    }
    void wordsFit() {
        QFETCH(QSize, size);
        QFETCH(QString, language);
        QTranslator translator;
        QVERIFY(translator.load(QStringLiteral(":/translations/coracle_") + language));
        QVERIFY(QCoreApplication::installTranslator(&translator));
        const QStringList found = misfits(size, language == QLatin1String("en") ? kManySamples : 1);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestFit)
#include "test_fit.moc"
