// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/color_scheme_source.h"
#include "gui/theme/icons.h"
#include "gui/theme/style.h"
#include "gui/theme/theme.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/toggle.h"
#include "tests/support/patience.h"

#include <QApplication>
#include <QComboBox>
#include <QDBusVariant>
#include <QDir>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <cmath>

using namespace coracle::gui;

namespace {

double channel(double value) {
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c) {
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

int differences(const QImage& a, const QImage& b) {
    int count = 0;
    for (int y = 0; y < std::min(a.height(), b.height()); ++y) {
        for (int x = 0; x < std::min(a.width(), b.width()); ++x) {
            count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
        }
    }
    return count;
}

}  // namespace

class TestTheme : public QObject {
    Q_OBJECT
private slots:
    void textPairsAreReadable_data() {
        QTest::addColumn<int>("scheme");
        QTest::addColumn<int>("ink");
        QTest::addColumn<int>("ground");
        const std::pair<Token, Token> pairs[] = {{Token::Text, Token::Window},
                                                 {Token::Text, Token::Surface},
                                                 {Token::Muted, Token::Window},
                                                 {Token::Muted, Token::Surface},
                                                 {Token::Faint, Token::Surface},
                                                 {Token::Faint, Token::Sidebar},
                                                 {Token::Faint, Token::Selection},
                                                 {Token::OnAccent, Token::Accent},
                                                 {Token::OnAccentSoft, Token::AccentSoft},
                                                 {Token::Link, Token::Surface},
                                                 {Token::Ok, Token::OkSoft},
                                                 {Token::Warn, Token::WarnSoft},
                                                 {Token::Err, Token::ErrSoft},
                                                 {Token::OnErr, Token::Err},
                                                 {Token::Info, Token::InfoSoft},
                                                 {Token::Idle, Token::IdleSoft},
                                                 {Token::Violet, Token::VioletSoft},
                                                 {Token::Muted, Token::IdleSoft},
                                                 {Token::OnAccentSoft, Token::Selection},
                                                 {Token::Muted, Token::Hover}};
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            for (const auto& [ink, ground] : pairs) {
                QTest::addRow("%s: %s on %s", scheme == Scheme::Light ? "light" : "dark", tokenName(ink),
                              tokenName(ground))
                    << int(scheme) << int(ink) << int(ground);
            }
        }
    }
    void textPairsAreReadable() {
        QFETCH(int, scheme);
        QFETCH(int, ink);
        QFETCH(int, ground);
        const Palette palette = Palette::load(Scheme(scheme));
        const double found = contrast(palette[Token(ink)], palette[Token(ground)]);
        QVERIFY2(found >= 4.5, qPrintable(QString::number(found)));
    }
    void edgesOfInputsAreSeen() {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Palette palette = Palette::load(scheme);
            QVERIFY(contrast(palette[Token::Input], palette[Token::Window]) >= 3.0);
            QVERIFY(contrast(palette[Token::Focus], palette[Token::Window]) >= 3.0);
        }
    }
    void everyIconCanBeDrawn() {
        Theme theme(*qApp, SchemeChoice::Light, Scheme::Light);
        const QStringList files = QDir(QStringLiteral(":/coracle/icons")).entryList();
        QVERIFY(files.size() >= 70);
        for (const QString& file : files) {
            const QImage image = iconPixmap(file.chopped(4), QColor(Qt::black), 16, 2.0)
                                     .toImage()
                                     .convertToFormat(QImage::Format_ARGB32);
            bool inked = false;
            for (int y = 0; y < image.height() && !inked; ++y) {
                for (int x = 0; x < image.width() && !inked; ++x) {
                    inked = qAlpha(image.pixel(x, y)) > 0;
                }
            }
            QVERIFY2(inked, qPrintable(file));
        }
    }
    void controlsLookDifferentInTheDark() {
        Theme theme(*qApp, SchemeChoice::Light, Scheme::Light);
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(makeButton(QStringLiteral("a"), QStringLiteral("Run"), {}, ButtonKind::Primary));
        layout->addWidget(new Toggle(QStringLiteral("Toggle")));
        layout->addWidget(new Chip(QStringLiteral("8080"), QStringLiteral("ext")));
        auto* combo = new QComboBox;
        combo->addItem(QStringLiteral("tcp"));
        layout->addWidget(combo);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QImage light = window.grab().toImage();
        QSignalSpy changed(&theme, &Theme::schemeChanged);
        theme.setChoice(SchemeChoice::Dark);
        QCOMPARE(changed.count(), 1);
        const QImage dark = window.grab().toImage();
        QVERIFY(differences(light, dark) > light.width() * light.height() / 2);
    }
    void disabledButtonsLookDisabled() {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            Theme theme(*qApp, scheme == Scheme::Light ? SchemeChoice::Light : SchemeChoice::Dark, scheme);
            for (const ButtonKind kind : {ButtonKind::Normal, ButtonKind::Primary, ButtonKind::Danger}) {
                const std::unique_ptr<QPushButton> button(
                    makeButton(QStringLiteral("b"), QStringLiteral("Run"), QStringLiteral("play"), kind));
                const QImage enabled = button->grab().toImage();
                button->setEnabled(false);
                QVERIFY(differences(enabled, button->grab().toImage()) > 40);
            }
        }
    }
    void comboBoxesHaveAnArrow() {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            Theme theme(*qApp, scheme == Scheme::Light ? SchemeChoice::Light : SchemeChoice::Dark, scheme);
            QComboBox combo;
            combo.resize(120, 30);
            const QImage image = combo.grab().toImage();
            int inked = 0;
            for (int y = 8; y < 22; ++y) {
                for (int x = 96; x < 116; ++x) {
                    inked += image.pixelColor(x, y) != color(Token::Surface) ? 1 : 0;
                }
            }
            QVERIFY(inked > 8);
        }
    }
    void portalAnswersAreUnwrapped() {
        const QVariant once = QVariant::fromValue(QDBusVariant(QVariant(1U)));
        const QVariant twice = QVariant::fromValue(QDBusVariant(once));
        QCOMPARE(ColorSchemeSource::schemeFrom(twice), Scheme::Dark);
        QCOMPARE(ColorSchemeSource::schemeFrom(QVariant(2U)), Scheme::Light);
        QCOMPARE(ColorSchemeSource::schemeFrom(QVariant(0U)), Scheme::Light);
        QCOMPARE(ColorSchemeSource::schemeFrom(QVariant()), Scheme::Light);
    }
    void highContrastTakesTheSoftAway() {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Palette high = Palette::load(scheme, Contrast::High);
            for (const Token token : {Token::Border, Token::Input, Token::Muted, Token::Faint}) {
                QCOMPARE(high[token], high[Token::Text]);
            }
            for (const Token token : {Token::Ok, Token::Warn, Token::Err, Token::Info}) {
                QVERIFY(contrast(high[token], high[Token::Surface]) >= 4.5);
            }
        }
        QCOMPARE(ColorSchemeSource::contrastFrom(QVariant::fromValue(QDBusVariant(QVariant(1U)))),
                 Contrast::High);
        QCOMPARE(ColorSchemeSource::contrastFrom(QVariant()), Contrast::Normal);
        Theme theme(*qApp, SchemeChoice::Light, Scheme::Light);
        Chip chip(QStringLiteral("8080"), QStringLiteral("ext"));
        const QImage soft = chip.grab().toImage();
        QSignalSpy changed(&theme, &Theme::schemeChanged);
        theme.setContrast(Contrast::High);
        QCOMPARE(changed.count(), 1);
        QVERIFY(differences(soft, chip.grab().toImage()) > 20);
    }
    void keysShowWhereOneIsAndAClickHidesIt() {
        Theme theme(*qApp, SchemeChoice::Light, Scheme::Light);
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* button = makeButton(QStringLiteral("a"), QStringLiteral("Run"), {}, ButtonKind::Primary);
        layout->addWidget(button);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        button->setFocus();
        QTest::mouseClick(&window, Qt::LeftButton, {}, QPoint(1, 1));
        const QImage plain = button->grab().toImage();
        QTest::keyClick(&window, Qt::Key_F12);
        const QImage ring = button->grab().toImage();
        QVERIFY2(differences(plain, ring) > 40, "nothing tells that a filled button has the keys");
        QTest::mouseClick(&window, Qt::LeftButton, {}, QPoint(1, 1));
        QCOMPARE(differences(plain, button->grab().toImage()), 0);
    }
    void aScrollAreaShowsThatItHasTheKeys() {
        Theme theme(*qApp, SchemeChoice::Light, Scheme::Light);
        QScrollArea area;
        auto* tall = new QWidget;
        tall->setMinimumSize(100, 2000);
        area.setWidget(tall);
        area.show();
        QVERIFY(QTest::qWaitForWindowActive(&area));
        area.clearFocus();
        const QImage before = area.grab().toImage();
        area.setFocus(Qt::TabFocusReason);
        QVERIFY(differences(before, area.grab().toImage()) > 100);
        QVERIFY((area.focusPolicy() & Qt::TabFocus) != 0);
        tall->setMinimumSize(10, 10);
        tall->resize(10, 10);
        QTRY_COMPARE(area.focusPolicy(), Qt::NoFocus);  // nothing to scroll: nothing to stop at
    }
    void segmentsMoveByArrows() {
        Theme theme(*qApp, SchemeChoice::Light, Scheme::Light);
        Segments segments;
        segments.setObjectName(QStringLiteral("s"));
        segments.add(QStringLiteral("all"), QStringLiteral("All"));
        segments.add(QStringLiteral("some"), QStringLiteral("Some"));
        QSignalSpy changed(&segments, &Segments::currentChanged);
        QTest::keyClick(segments.button(0), Qt::Key_Right);
        QCOMPARE(segments.current(), 1);
        QCOMPARE(segments.currentKey(), QStringLiteral("some"));
        QCOMPARE(changed.count(), 1);
        segments.setCount(1, 7);
        QCOMPARE(segments.button(1)->accessibleName(), QStringLiteral("Some, 7"));
    }
};

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
