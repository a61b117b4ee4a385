// SPDX-License-Identifier: Apache-2.0
// Where logins are kept when there is a keyring; the program for it is a script that keeps them in files.
#include "core/registry/auth_file.h"
#include "core/registry/credential_helper.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QFile>
#include <QTest>

namespace coracle::registry {
namespace {

using types::KeepLogin;

/// While a file `locked` or `none` lies beside it, it answers as ours does then.
constexpr const char* kProgram = R"sh(#!/bin/sh
cd "$(dirname "$0")" || exit 1
for fault in locked none; do
    if [ -e "$fault" ] && { [ "$1" != probe ] || [ "$fault" = none ]; }; then
        echo "the keyring is $fault"
        echo "do something"
        exit 1
    fi
done
read -r line
case $1 in
probe) if [ -e locked ]; then printf locked; else printf open; fi ;;
store) printf '%s' "$line" >kept ;;
get) cat kept 2>/dev/null || { echo "credentials not found in native keychain"; exit 1; } ;;
erase) rm kept 2>/dev/null || { echo "credentials not found in native keychain"; exit 1; } ;;
list) if [ -e kept ]; then printf '{"h:5000":"me","other":"docker"}'; else printf '{}'; fi ;;
esac
)sh";

void put(const std::string& path, const std::string& text) {
    QVERIFY(sys::replaceFile(path, text, 0700, sys::Durability::Process).has_value());
}

std::string content(const std::string& path) {
    const auto text = sys::readFile(path);
    return text ? *text : std::string();
}

bool exists(const std::string& path) {
    return sys::pathExists(path);
}

}  // namespace

class TestLoginPlaces : public QObject {
    Q_OBJECT
private slots:
    void init();
    void keepsInTheKeyring();
    void laterLoginsStayThere();
    void movesToTheFile();
    void movesToTheFileWhenTheKeyringIsGone();
    void aKeyringThatFailsChangesNothing();
    void forgets();
    void keepsWhatItCannotForget();
    void forgetsAllOfOurs();
    void listsWhatIsKnown();
    void tellsThePlaces();
    void sharedFilesNameNoKeyring();
    void failuresHaveHints();

private:
    AuthFile file() const { return AuthFile({own(), *m_folder / "docker.json"}); }
    std::string own() const { return *m_folder / "auth.json"; }
    std::string kept() const { return *m_folder / "kept"; }

    std::unique_ptr<test::TemporaryDirectory> m_folder;
    const Credential m_login{"me", Secret("canary"), {}};
};

void TestLoginPlaces::init() {
    m_folder = std::make_unique<test::TemporaryDirectory>();
    put(*m_folder / "coracle-keyring", kProgram);
    qputenv("CORACLE_LIBEXEC", QByteArray::fromStdString(m_folder->path()));
    qunsetenv("REGISTRY_AUTH_FILE");
}

void TestLoginPlaces::keepsInTheKeyring() {
    put(own(), R"({"auths":{"h:5000":{"auth":"dTpw"},"other":{"auth":"dTpw"}},"x":1})");
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::Keyring));
    QVERIFY(content(kept()).find("canary") != std::string::npos);
    const std::string text = content(own());
    QVERIFY2(text.find("canary") == std::string::npos, text.c_str());
    for (const char* part : {R"("h:5000": "coracle-keyring")", R"("other")", R"("x": 1)"}) {
        QVERIFY2(text.find(part) != std::string::npos, text.c_str());
    }
    QVERIFY2(text.find(R"("h:5000": {)") == std::string::npos, text.c_str());
    QCOMPARE(*file().placeOf("h:5000"), std::string(types::kKeyringPlace));
    const auto found = file().find("h:5000", "team/app");
    VERIFY_OK(found);
    QVERIFY(*found && (*found)->userName == "me" && (*found)->password.reveal() == "canary");
    QVERIFY((*file().find("other", ""))->password.reveal() == "p");
    // docker finds its own names for the hub.
    VERIFY_OK(file().save("docker.io", m_login, {}, KeepLogin::Keyring));
    QVERIFY(content(kept()).find("https://index.docker.io/v1/") != std::string::npos);
    QVERIFY(content(own()).find(R"("docker.io": "coracle-keyring")") != std::string::npos);
}

void TestLoginPlaces::laterLoginsStayThere() {
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::Keyring));
    VERIFY_OK(file().save("h:5000", {"you", Secret("second"), {}}));
    QVERIFY(content(kept()).find("second") != std::string::npos);
    QVERIFY(content(own()).find("auth\"") == std::string::npos);
    VERIFY_OK(file().save("h:5000", {{}, {}, Secret("token")}));
    QVERIFY(content(kept()).find(R"("Username":"<token>")") != std::string::npos);
    QCOMPARE((*file().find("h:5000", ""))->identityToken.reveal(), std::string("token"));
}

void TestLoginPlaces::movesToTheFile() {
    put(*m_folder / "docker.json", R"({"credHelpers":{"h:5000":"nothing"}})");
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::Keyring));
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::File));
    QVERIFY(!exists(kept()));
    QVERIFY(content(own()).find("credHelpers") == std::string::npos);
    QCOMPARE((*file().find("h:5000", ""))->password.reveal(), std::string("canary"));
}

/// It is what the message of a keyring that cannot be reached advises.
void TestLoginPlaces::movesToTheFileWhenTheKeyringIsGone() {
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::Keyring));
    put(*m_folder / "none", "");
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::File));
    QVERIFY(QFile::remove(QString::fromStdString(*m_folder / "coracle-keyring")));
    QCOMPARE((*file().find("h:5000", ""))->password.reveal(), std::string("canary"));
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::File));
}

void TestLoginPlaces::aKeyringThatFailsChangesNothing() {
    put(own(), R"({"auths":{"h:5000":{"auth":"dTpw"}}})");
    const std::string before = content(own());
    put(*m_folder / "locked", "");
    VERIFY_ERROR(file().save("h:5000", m_login, {}, KeepLogin::Keyring), ErrorKind::Unavailable);
    QCOMPARE(content(own()), before);
    QCOMPARE((*file().find("h:5000", ""))->password.reveal(), std::string("p"));
}

void TestLoginPlaces::forgets() {
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::Keyring));
    const auto removal = file().remove("h:5000");
    VERIFY_OK(removal);
    QVERIFY(removal->removed && !removal->elsewhere);
    QVERIFY(!exists(kept()));
    QVERIFY(content(own()).find("h:5000") == std::string::npos);
    QVERIFY(!file().remove("h:5000")->removed);
    // Somebody else has removed the item: we stop looking for it.
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::Keyring));
    QVERIFY(QFile::remove(QString::fromStdString(kept())));
    QVERIFY(!*file().find("h:5000", ""));
    QVERIFY(file().remove("h:5000")->removed);
    QVERIFY(!file().remove("h:5000")->removed);
}

void TestLoginPlaces::keepsWhatItCannotForget() {
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::Keyring));
    put(*m_folder / "locked", "");
    VERIFY_ERROR(file().remove("h:5000"), ErrorKind::Unavailable);
    QVERIFY(content(own()).find("h:5000") != std::string::npos);
    VERIFY_ERROR(file().find("h:5000", ""), ErrorKind::Unavailable);
}

/// What docker keeps in the same keyring is docker's.
void TestLoginPlaces::forgetsAllOfOurs() {
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::Keyring));
    const auto removed = file().removeAll({});
    VERIFY_OK(removed);
    QVERIFY(*removed == std::vector<std::string>{"h:5000"});
    QVERIFY(content(own()).find("coracle-keyring") == std::string::npos);
}

void TestLoginPlaces::listsWhatIsKnown() {
    VERIFY_OK(file().save("h:5000", m_login, {}, KeepLogin::Keyring));
    std::vector<types::RegistryLogin> expected{
        {.registry = "h:5000", .user = "me", .place = types::kKeyringPlace, .ours = true}};
    QVERIFY(*file().list({}) == expected);
    put(*m_folder / "locked", "");
    expected[0].user.clear();
    QVERIFY(*file().list({}) == expected);
    QVERIFY(QFile::remove(QString::fromStdString(*m_folder / "locked")));
    QVERIFY(QFile::remove(QString::fromStdString(kept())));
    QVERIFY(file().list({})->empty());
}

void TestLoginPlaces::tellsThePlaces() {
    auto places = file().places("h:5000", {});
    VERIFY_OK(places);
    QVERIFY(places->keyring() && !places->keyringIsLocked);
    QCOMPARE(places->usual, own());
    QCOMPARE(places->file, own());
    put(*m_folder / "locked", "");
    QVERIFY(file().places("h:5000", {})->keyringIsLocked);
    put(*m_folder / "none", "");
    put(*m_folder / "docker.json", R"({"credsStore":"pass"})");
    places = file().places("h:5000", {});
    VERIFY_OK(places);
    QCOMPARE(places->whyNoKeyring, std::string("the desktop's keyring: the keyring is none"));
    QCOMPARE(places->keyringAdvice, std::string("do something"));
    QCOMPARE(places->usual, std::string("docker-credential-pass"));
}

/// podman reads the file as well, and would look for a program docker-credential-coracle-keyring.
void TestLoginPlaces::sharedFilesNameNoKeyring() {
    qputenv("REGISTRY_AUTH_FILE", QByteArray::fromStdString(own()));
    const auto shared = AuthFile::ofUser();
    VERIFY_ERROR(shared.save("h:5000", m_login, {}, KeepLogin::Keyring), ErrorKind::Unsupported);
    QVERIFY(!exists(own()));
    const auto places = shared.places("h:5000", {});
    VERIFY_OK(places);
    QVERIFY(places->whyNoKeyring.find("REGISTRY_AUTH_FILE") != std::string::npos);
    VERIFY_OK(shared.save("h:5000", m_login));
}

void TestLoginPlaces::failuresHaveHints() {
    put(*m_folder / "locked", "");
    const auto helper = CredentialHelper::named("coracle-keyring");
    VERIFY_OK(helper);
    const auto found = helper->find("h", {});
    QVERIFY(!found.has_value());
    QCOMPARE(found.error().message(), std::string("the desktop's keyring: the keyring is locked"));
    QCOMPARE(found.error().hint(), std::string("do something"));
    put(*m_folder / "coracle-keyring", "#!/bin/sh\nexit 1\n");
    QCOMPARE(helper->find("h", {}).error().message(), std::string("the desktop's keyring: it failed"));
    put(*m_folder / "coracle-keyring", "#!/bin/sh\nprintf 'a\\033[31m\\nb\\nc'; exit 1\n");
    const auto hostile = helper->find("h", {});
    QVERIFY(hostile.error().message().find('\x1b') == std::string::npos);
    QCOMPARE(hostile.error().hint(), std::string("b"));
}

}  // namespace coracle::registry

QTEST_GUILESS_MAIN(coracle::registry::TestLoginPlaces)
#include "test_login_places.moc"
