// SPDX-License-Identifier: Apache-2.0
#include "core/registry/auth_file.h"
#include "core/registry/registry_config.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QFile>
#include <QTest>

#include <sys/stat.h>

using namespace coracle;
using namespace coracle::registry;

namespace {

void put(const std::string& path, const std::string& text, mode_t mode = 0600) {
    QVERIFY(sys::makeDirectories(path.substr(0, path.rfind('/'))));
    QVERIFY(sys::replaceFile(path, text, mode, sys::Durability::Process));
}

}  // namespace

class TestSettings : public QObject {
    Q_OBJECT

private slots:
    void findsLogins_data();
    void findsLogins();
    void prefersEarlierFiles();
    void savesWithoutLosingOthers();
    void asksCredentialHelpers();
    void refusesBadFiles_data();
    void refusesBadFiles();
    void readsHostSettings();
    void loopbackMayBePlain();
    void readsCertificateFolders();
    void refusesBadSettings();
};

void TestSettings::findsLogins_data() {
    QTest::addColumn<QString>("auths");
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("repository");
    QTest::addColumn<QString>("user");
    const auto row = [](const char* name, const char* auths, const char* registry, const char* repository,
                        const char* user) { QTest::newRow(name) << auths << registry << repository << user; };
    // "dTpw" is base64 of "u:p"; "djpw" of "v:p".
    row("plain", R"({"h:5000":{"auth":"dTpw"}})", "h:5000", "a", "u");
    row("with scheme", R"({"https://h:5000":{"auth":"dTpw"}})", "h:5000", "a", "u");
    row("old docker", R"({"https://h/v1/":{"auth":"dTpw"}})", "h", "a", "u");
    row("docker hub", R"({"https://index.docker.io/v1/":{"auth":"dTpw"}})", "docker.io", "library/a", "u");
    row("longer path wins", R"({"h":{"auth":"dTpw"},"h/team":{"auth":"djpw"}})", "h", "team/app", "v");
    row("other team", R"({"h":{"auth":"dTpw"},"h/team":{"auth":"djpw"}})", "h", "teams/app", "u");
    row("fields", R"({"h":{"username":"u","password":"p"}})", "h", "a", "u");
    row("padding", R"({"h":{"auth":"dTpwAAA="}})", "h", "a", "u");
    row("empty entry", R"({"h":{}})", "h", "a", "");
    row("other host", R"({"h":{"auth":"dTpw"}})", "h:5000", "a", "");
    row("host as prefix", R"({"h":{"auth":"dTpw"}})", "hh", "a", "");
}

void TestSettings::findsLogins() {
    QFETCH(QString, auths);
    QFETCH(QString, registry);
    QFETCH(QString, repository);
    QFETCH(QString, user);
    const test::TemporaryDirectory folder;
    put(folder / "a.json", R"({"auths":)" + auths.toStdString() + "}");
    const auto found = AuthFile({folder / "a.json"}).find(registry.toStdString(), repository.toStdString());
    VERIFY_OK(found);
    QCOMPARE(QString::fromStdString(*found ? (*found)->userName : ""), user);
    if (*found) {
        QCOMPARE((*found)->password.reveal(), std::string("p"));
    }
}

void TestSettings::prefersEarlierFiles() {
    const test::TemporaryDirectory folder;
    put(folder / "b.json", R"({"auths":{"h":{"auth":"dTpw"},"i":{"auth":"dTpw"}}})");
    put(folder / "c.json", R"({"auths":{"h":{"auth":"djpw"},"j":{"identitytoken":"t"}}})");
    const AuthFile logins({folder / "missing.json", folder / "b.json", folder / "c.json"});
    QCOMPARE((*logins.find("h", ""))->userName, std::string("u"));
    QCOMPARE((*logins.find("j", ""))->identityToken.reveal(), std::string("t"));
    QVERIFY(!*logins.find("k", ""));
}

void TestSettings::savesWithoutLosingOthers() {
    const test::TemporaryDirectory folder;
    const std::string path = folder / "new/auth.json";
    const AuthFile logins({path});
    VERIFY_OK(logins.save("h:5000", {"u", Secret("p:q"), {}}));
    put(path, R"({"auths":{"h:5000":{"auth":"dTpw"}},"kept":{"a":1}})");
    VERIFY_OK(logins.save("docker.io", {"v", Secret("p:q"), {}}));
    struct stat status {};
    QCOMPARE(::stat(path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
    QCOMPARE((*logins.find("h:5000", ""))->userName, std::string("u"));
    QCOMPARE((*logins.find("docker.io", "library/x"))->password.reveal(), std::string("p:q"));
    const auto text = sys::readFile(path);
    QVERIFY(text->find("\"kept\"") != std::string::npos);
    QCOMPARE(*logins.remove("docker.io"), true);
    QCOMPARE(*logins.remove("docker.io"), false);
    QVERIFY(!*logins.find("docker.io", ""));
    QVERIFY(*logins.find("h:5000", ""));
}

void TestSettings::asksCredentialHelpers() {
    const test::TemporaryDirectory folder;
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", QByteArray::fromStdString(folder.path()) + ":" + path);
    put(folder / "docker-credential-good",
        "#!/bin/sh\nread -r s\necho '{\"Username\":\"u\",\"Secret\":\"'$s$1'\"}'\n", 0700);
    put(folder / "docker-credential-token", "#!/bin/sh\necho '{\"Username\":\"<token>\",\"Secret\":\"t\"}'\n",
        0700);
    put(folder / "docker-credential-none",
        "#!/bin/sh\necho credentials not found in native keychain; exit 1\n", 0700);
    put(folder / "docker-credential-bad", "#!/bin/sh\nprintf 'locked \\033[31m'; exit 1\n", 0700);
    put(folder / "a.json",
        R"({"credsStore":"none","credHelpers":{"h":"good","t":"token","b":"bad","m":"missing","p":"../x"}})");
    const AuthFile logins({folder / "a.json"});
    QCOMPARE((*logins.find("h", "a"))->password.reveal(), std::string("hget"));
    QCOMPARE((*logins.find("t", "a"))->identityToken.reveal(), std::string("t"));
    QVERIFY(!*logins.find("other", "a"));
    const auto bad = logins.find("b", "a");
    VERIFY_ERROR(bad, ErrorKind::Unavailable);
    QCOMPARE(bad.error().message(), std::string("'docker-credential-bad get' failed: locked \\x1b[31m"));
    VERIFY_ERROR(logins.find("m", "a"), ErrorKind::NotFound);
    VERIFY_ERROR(logins.find("p", "a"), ErrorKind::Corrupt);
    qputenv("PATH", path);
}

void TestSettings::refusesBadFiles_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("not JSON") << "{";
    QTest::newRow("a list") << "[]";
    QTest::newRow("not base64") << R"({"auths":{"h":{"auth":"***"}}})";
    QTest::newRow("no colon") << R"({"auths":{"h":{"auth":"dXA="}}})";
}

void TestSettings::refusesBadFiles() {
    QFETCH(QString, text);
    const test::TemporaryDirectory folder;
    put(folder / "a.json", text.toStdString());
    const auto found = AuthFile({folder / "a.json"}).find("h", "");
    VERIFY_ERROR(found, ErrorKind::Corrupt);
    QVERIFY(found.error().message().find(folder / "a.json") != std::string::npos);
}

void TestSettings::readsHostSettings() {
    const test::TemporaryDirectory folder;
    put(folder / "ca.pem", "CERTIFICATE");
    put(folder / "r.json", R"({"10.0.0.1:5000":{"insecure":true},"docker.io":{"mirrors":["m"],"ca":")" +
                               (folder / "ca.pem") + R"("}})");
    const auto config = RegistryConfig::load(folder / "r.json", {});
    VERIFY_OK(config);
    const auto insecure = config->find("10.0.0.1:5000");
    VERIFY_OK(insecure);
    QVERIFY(insecure->insecure && insecure->plainHttpAllowed && insecure->tls.verify == VerifyTls::No);
    const auto hub = config->find("docker.io");
    VERIFY_OK(hub);
    QCOMPARE(hub->host, std::string("registry-1.docker.io"));
    QCOMPARE(hub->mirrors, std::vector<std::string>{"m"});
    QCOMPARE(hub->tls.caPem, std::string("CERTIFICATE\n"));
    QVERIFY(hub->tls.verify == VerifyTls::Yes && !hub->plainHttpAllowed);
}

void TestSettings::loopbackMayBePlain() {
    const RegistryConfig config;
    for (const char* host : {"127.0.0.1:5000", "localhost", "[::1]:5000"}) {
        const auto settings = config.find(host);
        VERIFY_OK(settings);
        QVERIFY2(settings->plainHttpAllowed && !settings->insecure && settings->tls.verify == VerifyTls::Yes,
                 host);
    }
    QVERIFY(!config.find("127.0.0.1.example")->plainHttpAllowed);
}

void TestSettings::readsCertificateFolders() {
    const test::TemporaryDirectory folder;
    put(folder / "h:5000/a.crt", "A");
    put(folder / "h:5000/b.crt", "B");
    put(folder / "h:5000/me.cert", "C");
    put(folder / "h:5000/me.key", "K");
    put(folder / "bad/me.cert", "C");
    const auto config = RegistryConfig::load("", {folder / "missing", folder.path()});
    VERIFY_OK(config);
    const auto settings = config->find("h:5000");
    VERIFY_OK(settings);
    QCOMPARE(settings->tls.caPem, std::string("A\nB\n"));
    QCOMPARE(settings->tls.clientCertificate, folder / "h:5000/me.cert");
    QCOMPARE(settings->tls.clientKey, folder / "h:5000/me.key");
    VERIFY_ERROR(config->find("bad"), ErrorKind::NotFound);
    QVERIFY(config->find("other")->tls.caPem.empty());
}

void TestSettings::refusesBadSettings() {
    const test::TemporaryDirectory folder;
    for (const char* text :
         {"{", "[]", R"({"h":1})", R"({"h":{"insecure":"yes"}})", R"({"h":{"mirrors":"m"}})"}) {
        put(folder / "r.json", text);
        VERIFY_ERROR(RegistryConfig::load(folder / "r.json", {}), ErrorKind::Corrupt);
    }
    put(folder / "r.json", R"({"h":{"ca":"/nonexistent"}})");
    VERIFY_ERROR(RegistryConfig::load(folder / "r.json", {})->find("h"), ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "test_settings.moc"
