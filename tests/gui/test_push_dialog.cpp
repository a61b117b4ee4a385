// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/push_dialog.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/text_label.h"
#include "tests/gui/own_clock.h"
#include "tests/gui/run_fixture.h"

#include <QPushButton>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using namespace std::chrono_literals;
using types::PushEvent;
using types::PushState;

namespace {

PushEvent layer(std::uint32_t index, PushState state, std::uint64_t done, std::uint64_t total,
                const char* from = "") {
    PushEvent event;
    event.kind = PushEvent::Kind::Layer;
    event.text = from;
    event.layerIndex = index;
    event.layerDigest = "sha256:aa" + std::to_string(index) + "0000000000000000";
    event.state = state;
    event.doneBytes = done;
    event.totalBytes = total;
    return event;
}

const char* const kImage = "docker.io/library/alpine:3.20";

}  // namespace

class TestPushDialog : public QObject {
    Q_OBJECT
private slots:
    void eachLayerSaysWhatBecameOfIt() {
        LayerModel model(LayerModel::Direction::Out);
        model.take(layer(0, PushState::AlreadyThere, 0, 75'000'000));
        model.take(layer(1, PushState::Mounted, 0, 5'000'000, "shop/base"));
        model.take(layer(2, PushState::Pushing, 64'000'000, 118'000'000));
        model.take(layer(3, PushState::Pushed, 2'000'000, 2'000'000));
        model.take(layer(4, PushState::Failed, 0, 1'000'000));
        const auto text = [&](int row) {
            return model.index(row, LayerModel::StateColumn).data().toString();
        };
        QCOMPARE(text(0), QStringLiteral("Already there"));
        QCOMPARE(text(1), QStringLiteral("From shop/base"));
        QCOMPARE(text(2), QStringLiteral("64 of 118 MB"));
        QCOMPARE(text(3), QStringLiteral("Sent"));
        QCOMPARE(text(4), QStringLiteral("Failed"));
        QVERIFY(model.index(2, LayerModel::StateColumn).data(LayerModel::SentRole).toBool());  // arrow upward
        QVERIFY(!LayerModel(LayerModel::Direction::In).index(0, 0).data(LayerModel::SentRole).toBool());
        QCOMPARE(model.totals().present, std::uint64_t{80'000'000});
        QCOMPARE(model.totals().fetched, std::uint64_t{66'000'000});
    }
    void pushesAndShowsTheDigest() {
        Fixture f;
        f.engine->setPushScript({layer(0, PushState::Pushed, 10, 10)}, 0ms);
        PushDialog dialog(f.context);
        dialog.setReference(QLatin1String(kImage));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto* to = child<QLineEdit>(dialog, "push.destination");
        QTRY_VERIFY(to->hasFocus());
        QTest::keyClicks(to, QStringLiteral("registry.example/team/alpine:1"));
        QTest::keyClick(to, Qt::Key_Return);
        QTRY_VERIFY(child<Banner>(dialog, "push.banner")->isVisible());
        QCOMPARE(
            f.engine->callsOf(std::string("registries.push ") + kImage + " registry.example/team/alpine:1"),
            1);
        QTest::mouseClick(child<QAbstractButton>(dialog, "push.copyDigest"), Qt::LeftButton);
        QVERIFY(f.prompt.copied.startsWith(QStringLiteral("sha256:bbb")));
        QCOMPARE(f.tasks.tasks().back()->state(), Task::State::Done);
    }
    void namesThatCannotBePushedSayWhy() {
        Fixture f;
        PushDialog dialog(f.context);
        dialog.setReference(QStringLiteral("localhost/shop/api:2.3"));
        dialog.show();
        auto* push = child<QPushButton>(dialog, "push.start");
        QVERIFY(!push->isEnabled());
        QVERIFY(push->toolTip().contains(QStringLiteral("stay on this computer")));
        child<QLineEdit>(dialog, "push.destination")->setText({});
        QVERIFY(!push->isEnabled());
        child<QLineEdit>(dialog, "push.destination")->setText(QStringLiteral("localhost:5000/api"));
        QVERIFY(push->isEnabled());
    }
    void cancelAnswersWithinASecond() {
        Fixture f;
        f.engine->setDelay("registries.push", 20s);
        PushDialog dialog(f.context);
        dialog.setReference(QLatin1String(kImage));
        dialog.show();
        int pushes = 0;
        QVERIFY(takesLessThan(1500, [&](OwnClock& clock) {
            ++pushes;
            dialog.startPush();
            QTRY_COMPARE(f.engine->calls("registries.push"), pushes);
            clock.restart();
            dialog.reject();
            QTRY_VERIFY(dialog.job() == nullptr || !dialog.job()->running());
        }));
        QVERIFY(dialog.isVisible());
        QTRY_VERIFY(child<TextLabel>(dialog, "push.note")->text().startsWith(QStringLiteral("Cancelled")));
    }
    void goesOnInTheBackground() {
        Fixture f;
        f.engine->setPushScript({layer(0, PushState::Pushing, 1, 10), layer(0, PushState::Pushed, 10, 10)},
                                30ms);
        PushDialog dialog(f.context);
        dialog.setReference(QLatin1String(kImage));
        dialog.show();
        dialog.startPush();
        QTRY_VERIFY(child<QAbstractButton>(dialog, "push.background")->isVisible());
        QTest::mouseClick(child<QAbstractButton>(dialog, "push.background"), Qt::LeftButton);
        QVERIFY(!dialog.isVisible());
        QTRY_COMPARE(f.tasks.tasks().back()->state(), Task::State::Done);
    }
    void loginIsAskedForInPlace() {
        Fixture f;
        f.engine->setFailure("registries.push", Error(ErrorKind::Unauthenticated, "authentication required"));
        PushDialog dialog(f.context);
        dialog.setReference(QLatin1String(kImage));
        dialog.show();
        dialog.startPush();
        auto* user = child<QLineEdit>(dialog, "push.user");
        QTRY_VERIFY(user->isVisible());
        f.engine->setFailure("registries.push", std::nullopt);
        user->setText(QStringLiteral("anna"));
        child<QLineEdit>(dialog, "push.password")->setText(QStringLiteral("secret"));
        QTest::keyClick(child<QLineEdit>(dialog, "push.password"), Qt::Key_Return);
        QTRY_COMPARE(f.engine->calls("images.login"), 1);
        QTRY_COMPARE(f.engine->calls("registries.push"), 2);
        QTRY_VERIFY(child<QLineEdit>(dialog, "push.password")->text().isEmpty());
        const QStringList nameless = namelessInputs(dialog);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char(' '))));
    }
};

QTEST_MAIN(TestPushDialog)
#include "test_push_dialog.moc"
