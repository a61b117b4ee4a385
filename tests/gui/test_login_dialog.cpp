// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/keep_choice.h"
#include "gui/dialogs/registry_dialog.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"
#include "tests/gui/run_fixture.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using namespace std::chrono_literals;

namespace {

const char* const kFile = "/home/me/.config/coracle/auth.json";

types::LoginPlaces placesWith(const char* usual) {
    return {.usual = usual, .file = kFile};
}

/// A dialog for "r.example" whose fields are filled.
struct Login {
    explicit Login(const types::LoginPlaces& places, std::chrono::milliseconds delay = 0ms) {
        f.engine->setLoginPlaces(places);
        f.engine->setDelay("registries.loginPlaces", delay);
        dialog = std::make_unique<LoginDialog>(f.context, QStringLiteral("r.example"), QString());
        dialog->show();
        child<QLineEdit>(*dialog, "login.user")->setText(QStringLiteral("ion"));
        child<QLineEdit>(*dialog, "login.password")->setText(QStringLiteral("canary"));
    }
    ~Login() { f.engine->wakeAll(); }
    QAbstractButton* part(const char* key) { return child<QAbstractButton>(*dialog, key); }
    QAbstractButton* keyring() { return part("login.keep.keyring"); }
    QAbstractButton* file() { return part("login.keep.file"); }
    QString note() { return child<QLabel>(*dialog, "login.keep.note")->text(); }
    /// The answer is there.
    bool answered() {
        return QTest::qWaitFor([this] { return !note().contains(QStringLiteral("Looking")); }, kTestPatience);
    }
    /// What the engine was asked to do.
    QString logIn() {
        QSignalSpy done(dialog.get(), &LoginDialog::loggedIn);
        part("login.ok")->click();
        if (done.isEmpty() && !done.wait(kTestPatience)) {
            return QStringLiteral("no login");
        }
        const auto log = f.engine->callLog();
        for (auto call = log.rbegin(); call != log.rend(); ++call) {
            if (call->find(".login ") != std::string::npos) {
                return QString::fromStdString(*call);
            }
        }
        return {};
    }

    Fixture f;
    std::unique_ptr<LoginDialog> dialog;
};

}  // namespace

class TestLoginDialog : public QObject {
    Q_OBJECT
private slots:
    void theKeyringIsChosenWhenItAnswers() {
        Login l(placesWith(kFile));
        QVERIFY(l.answered());
        QVERIFY(l.keyring()->isEnabled() && l.keyring()->isChecked());
        QVERIFY2(l.note().startsWith(QStringLiteral("Encrypted")), qPrintable(l.note()));
        QCOMPARE(namelessInputs(*l.dialog), QStringList());
        QCOMPARE(l.logIn(), QStringLiteral("registries.login r.example keyring"));
        for (const std::string& call : l.f.engine->callLog()) {
            QVERIFY(call.find("canary") == std::string::npos);
        }
    }
    void theFileCanBeChosen() {
        Login l(placesWith(kFile));
        QVERIFY(l.answered());
        QTest::mouseClick(l.file(), Qt::LeftButton);
        QVERIFY2(l.note().contains(QStringLiteral("plain text in /home/me/.config/coracle/auth.json")),
                 qPrintable(l.note()));
        QCOMPARE(l.logIn(), QStringLiteral("images.login r.example"));
    }
    void whyThereIsNoKeyringIsSaid() {
        types::LoginPlaces places = placesWith(kFile);
        places.whyNoKeyring = "the desktop's keyring: there is no session bus";
        Login l(places);
        QVERIFY(l.answered());
        QVERIFY(!l.keyring()->isEnabled() && l.file()->isChecked());
        QVERIFY2(l.note().contains(QStringLiteral("there is no session bus")), qPrintable(l.note()));
        QVERIFY2(l.note().contains(QStringLiteral("auth.json")), qPrintable(l.note()));
        QCOMPARE(l.logIn(), QStringLiteral("images.login r.example"));
    }
    void whyTheQuestionFailedIsSaid() {
        Login l(placesWith(kFile));
        QVERIFY(l.answered());
        l.f.engine->setFailure("registries.loginPlaces", Error(ErrorKind::Corrupt, "read 'x': no JSON"));
        LoginDialog other(l.f.context, QStringLiteral("q.example"), QString());
        other.show();
        QTRY_VERIFY(child<QLabel>(other, "login.keep.note")->text().contains(QStringLiteral("no JSON")));
    }
    void aLockedKeyringIsToldBefore() {
        types::LoginPlaces places = placesWith(kFile);
        places.keyringIsLocked = true;
        Login l(places);
        QVERIFY(l.answered());
        QVERIFY(l.keyring()->isChecked());
        QVERIFY2(l.note().contains(QStringLiteral("locked")), qPrintable(l.note()));
    }
    void theProgramOfDockersSettingsIsKept() {
        Login l(placesWith("docker-credential-pass"));
        QVERIFY(l.answered());
        QVERIFY(l.keyring()->isEnabled() && l.file()->isChecked());
        QCOMPARE(l.file()->text(), QStringLiteral("docker-credential-pass"));
        QCOMPARE(l.logIn(), QStringLiteral("images.login r.example"));
    }
    void aLoginLeavesTheKeyringForTheFile() {
        Login l(placesWith(types::kKeyringPlace));
        QVERIFY(l.answered());
        QVERIFY(l.keyring()->isChecked());
        QTest::mouseClick(l.file(), Qt::LeftButton);
        QVERIFY2(l.note().contains(QStringLiteral("auth.json")), qPrintable(l.note()));
        QCOMPARE(l.logIn(), QStringLiteral("registries.login r.example auth.json"));
    }
    void whatThePersonChoseStays() {
        Login l(placesWith(kFile), 1h);
        QTest::mouseClick(l.file(), Qt::LeftButton);
        QVERIFY(!l.keyring()->isEnabled());
        l.f.engine->wakeAll();
        QVERIFY(l.answered());
        QVERIFY(l.keyring()->isEnabled() && l.file()->isChecked());
    }
    void aLoginDoesNotWaitForTheKeyring() {
        Login l(placesWith(kFile), 1h);
        QCOMPARE(l.logIn(), QStringLiteral("images.login r.example"));
    }
    void anotherRegistryIsAskedAbout() {
        Fixture f;
        f.engine->setLoginPlaces(placesWith(kFile));
        LoginDialog dialog(f.context, QString(), QString());
        dialog.show();
        QTRY_COMPARE(f.engine->calls("registries.loginPlaces"), 1);
        auto* registry = child<QLineEdit>(dialog, "login.registry");
        registry->setFocus();
        QTest::keyClicks(registry, QStringLiteral("r.example"));
        QTest::keyClick(registry, Qt::Key_Tab);
        emit registry->editingFinished();
        QTRY_COMPARE(f.engine->callsOf("registries.loginPlaces r.example"), 1);
    }
    void failuresOfTheKeyringStayInTheDialog() {
        Login l(placesWith(kFile));
        QVERIFY(l.answered());
        l.f.engine->setFailure("registries.login", Error(ErrorKind::Unavailable, "the keyring is locked"));
        l.part("login.ok")->click();
        QTRY_VERIFY(child<Banner>(*l.dialog, "login.error")->isVisible());
        QVERIFY(l.dialog->isVisible());
        QCOMPARE(child<QLineEdit>(*l.dialog, "login.password")->text(), QStringLiteral("canary"));
    }
    void escapeGivesUpALoginThatWaits() {
        Login l(placesWith(kFile));
        QVERIFY(l.answered());
        l.f.engine->setDelay("registries.login", 1h);
        l.part("login.ok")->click();
        QTRY_COMPARE(l.f.engine->calls("registries.login"), 1);
        QTest::keyClick(l.dialog.get(), Qt::Key_Escape);
        QVERIFY(!l.dialog->isVisible());
        l.f.engine->setDelay("registries.login", 0ms);
        // Cancelled: nothing was kept.
        const auto logins = l.f.engine->registries().logins({});
        QVERIFY(logins.has_value());
        for (const auto& login : *logins) {
            QVERIFY(login.registry != "r.example");
        }
    }
};

QTEST_MAIN(TestLoginDialog)
#include "test_login_dialog.moc"
