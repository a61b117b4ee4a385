// SPDX-License-Identifier: Apache-2.0
#include "core/registry/auth_file.h"
#include "core/registry/credential_helper.h"
#include "core/registry/http_proxy.h"
#include "core/registry/registry_config.h"
#include "core/registry/registry_settings_file.h"
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
    void refusesBadSettings_data();
    void refusesBadSettings();
    void refusesMissingCertificates();
    void choosesPlaces_data();
    void choosesPlaces();
    void choosesProxies_data();
    void choosesProxies();
    void keepsLoginsWithHelpers();
    void saysWhereElseALoginIs();
    void endsHelpersThatDoNotEnd();
    void listsLogins();
    void writesOneRegistry();
    void keepsTheOrderOfThePersonsFile();
    void refusesToWriteWhatCannotBeRead_data();
    void refusesToWriteWhatCannotBeRead();
    void leavesAFileWithAMistakeAlone();
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
    QCOMPARE(logins.remove("docker.io")->removed, true);
    QCOMPARE(logins.remove("docker.io")->removed, false);
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

/// A helper that keeps everything in a file beside it: one "server<TAB>JSON" a line.
constexpr const char* kFileHelper = R"sh(#!/bin/sh
file=$(dirname "$0")/kept
touch "$file"
case $1 in
store)
    read -r json
    server=$(echo "$json" | sed 's/.*"ServerURL":"\([^"]*\)".*/\1/')
    printf '%s\t%s\n' "$server" "$json" >>"$file" ;;
get)
    read -r server
    grep -F "$server	" "$file" | tail -n 1 | cut -f 2 | grep . && exit 0
    echo credentials not found in native keychain
    exit 1 ;;
erase) read -r server; grep -vF "$server	" "$file" >"$file.new"; mv "$file.new" "$file" ;;
list)
    printf '{'
    sep=
    while read -r server json; do printf '%s"%s":"u"' "$sep" "$server"; sep=,; done <"$file"
    printf '}' ;;
esac
)sh";

void TestSettings::keepsLoginsWithHelpers() {
    const test::TemporaryDirectory folder;
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", QByteArray::fromStdString(folder.path()) + ":" + path);
    put(folder / "docker-credential-file", kFileHelper, 0700);
    put(folder / "own.json", R"({"auths":{"h:5000":{"auth":"dTpw"}}})");
    put(folder / "docker.json", R"({"credHelpers":{"h:5000":"file"}})");
    const AuthFile logins({folder / "own.json", folder / "docker.json"});
    QCOMPARE(*logins.placeOf("h:5000"), std::string("docker-credential-file"));
    QCOMPARE(*logins.placeOf("other"), folder / "own.json");
    VERIFY_OK(logins.save("h:5000", {"v", Secret("canary"), {}}));
    // The older login of our own file would be found first.
    QCOMPARE((*logins.find("h:5000", ""))->userName, std::string("v"));
    QVERIFY(sys::readFile(folder / "own.json")->find("canary") == std::string::npos);
    QVERIFY(logins.remove("h:5000")->removed);
    QVERIFY(!logins.remove("h:5000")->removed);
    QVERIFY(!*logins.find("h:5000", ""));
    VERIFY_OK(logins.save("h:5000", {{}, {}, Secret("token")}));
    QCOMPARE((*logins.find("h:5000", ""))->identityToken.reveal(), std::string("token"));
    VERIFY_OK(logins.save("other", {"w", Secret("x"), {}}));
    const auto removed = logins.removeAll({});
    VERIFY_OK(removed);
    QCOMPARE(*removed, (std::vector<std::string>{"other", "h:5000"}));
    QVERIFY(!*logins.find("h:5000", "") && !*logins.find("other", ""));
    qputenv("PATH", path);
}

void TestSettings::saysWhereElseALoginIs() {
    const test::TemporaryDirectory folder;
    put(folder / "docker.json", R"({"auths":{"h":{"auth":"dTpw"}}})");
    const AuthFile logins({folder / "own.json", folder / "docker.json"});
    const auto removal = logins.remove("h");
    VERIFY_OK(removal);
    QVERIFY(!removal->removed);
    QCOMPARE(removal->elsewhere.value_or(""), folder / "docker.json");
    QVERIFY(!logins.remove("i")->elsewhere);
}

void TestSettings::endsHelpersThatDoNotEnd() {
    const test::TemporaryDirectory folder;
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", QByteArray::fromStdString(folder.path()) + ":" + path);
    put(folder / "docker-credential-slow", "#!/bin/sh\nexec sleep 60\n", 0700);
    put(folder / "docker-credential-endless", "#!/bin/sh\nexec yes canary\n", 0700);
    const auto slow = CredentialHelper::named("slow", std::chrono::milliseconds(100));
    VERIFY_OK(slow);
    const auto late = slow->find("h", {});
    VERIFY_ERROR(late, ErrorKind::Unavailable);
    QVERIFY(late.error().message().find("does not end within") != std::string::npos);
    std::stop_source stop;
    stop.request_stop();
    VERIFY_ERROR(CredentialHelper::named("slow")->find("h", stop.get_token()), ErrorKind::Cancelled);
    const auto endless = CredentialHelper::named("endless")->find("h", {});
    VERIFY_ERROR(endless, ErrorKind::Corrupt);
    QVERIFY(endless.error().message().find("canary") == std::string::npos);
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
    put(folder / "r.json",
        R"({"10.0.0.1:5000":{"insecure":true},"docker.io":{"mirrors":["m.example"],"ca":")" +
            (folder / "ca.pem") + R"("}})");
    const auto config = RegistryConfig::load(folder / "r.json", {});
    VERIFY_OK(config);
    const auto insecure = config->find("10.0.0.1:5000");
    VERIFY_OK(insecure);
    QVERIFY(insecure->insecure && insecure->plainHttpAllowed && insecure->tls.verify == VerifyTls::No);
    const auto hub = config->find("docker.io");
    VERIFY_OK(hub);
    QCOMPARE(hub->host, std::string("registry-1.docker.io"));
    const auto places = config->endpointsFor(*image::Reference::parse("alpine"));
    VERIFY_OK(places);
    QCOMPARE(places->size(), std::size_t{2});
    QCOMPARE(places->front().reference.text(), std::string("m.example/library/alpine:latest"));
    QVERIFY(places->front().mirror && !places->back().mirror);
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

void TestSettings::refusesBadSettings_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* text, const char* message) {
        QTest::newRow(name) << text << message;
    };
    row("not JSON", "{\n\n!", "line 3");
    row("a list", "[]", "not a JSON object");
    row("no object", "{\"a.b\":\n1}", "line 1, 'a.b': it is not an object");
    row("wrong type", "{\"a.b\": {\n\"insecure\": \"yes\"}}",
        "line 2, 'a.b': member 'insecure' is not true or false");
    row("no list", "{\"a.b\": {}, \n\"c.d\": {\n\"mirrors\": \"m\"}}", "line 3, 'c.d': member 'mirrors'");
    row("no host", R"({"h":{}})", "line 1, 'h': 'h' is not HOST[:PORT]");
    row("a tag", R"({"a.b/c:1":{}})", "is not HOST[:PORT]");
    row("no mirror", R"({"a.b":{"mirrors":["https://m"]}})", "'https://m' is not HOST[:PORT]");
    row("unknown", "{\"a.b\": {\n\"insecure\": true,\n\"mirrorss\": []}}",
        "line 3, 'a.b': there is no setting 'mirrorss'");
    row("of the host", R"({"a.b/c":{"insecure":true}})", "is a matter of the whole host 'a.b'");
    row("half a pair", R"({"a.b":{"clientKey":"k"}})", "belong together");
}

void TestSettings::refusesBadSettings() {
    QFETCH(QString, text);
    QFETCH(QString, message);
    const test::TemporaryDirectory folder;
    put(folder / "r.json", text.toStdString());
    const auto config = RegistryConfig::load(folder / "r.json", {});
    VERIFY_ERROR(config, ErrorKind::Corrupt);
    QVERIFY2(config.error().message().find(message.toStdString()) != std::string::npos,
             config.error().message().c_str());
    QVERIFY(config.error().message().find("r.json") != std::string::npos);
}

void TestSettings::refusesMissingCertificates() {
    const test::TemporaryDirectory folder;
    put(folder / "r.json",
        R"({"a.b":{"ca":"/nonexistent"},"c.d":{"clientCertificate":"/nonexistent","clientKey":"/dev/null"}})");
    const auto config = RegistryConfig::load(folder / "r.json", {});
    VERIFY_OK(config);
    VERIFY_ERROR(config->find("a.b"), ErrorKind::NotFound);
    VERIFY_ERROR(config->find("c.d"), ErrorKind::NotFound);
}

void TestSettings::choosesPlaces_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("places");
    const auto row = [](const char* name, const char* places) { QTest::newRow(name) << name << places; };
    row("ubuntu", "m.example/hub/library/ubuntu:latest docker.io/library/ubuntu:latest");
    row("a.b/team/app:1", "c.d:5000/mine/app:1");
    row("a.b/team/secret:1", "blocked");
    row("a.b/teams/app:1", "a.b/teams/app:1");
    row("a.b/other", "a.b/other:latest");
    row("bad.example/x", "blocked");
    row("e.f/x", "e.f/x:latest");
}

void TestSettings::choosesPlaces() {
    QFETCH(QString, name);
    QFETCH(QString, places);
    const test::TemporaryDirectory folder;
    put(folder / "r.json", R"({"docker.io":{"mirrors":["m.example/hub"]},"bad.example":{"blocked":true},
        "a.b/team":{"location":"c.d:5000/mine"},"a.b/team/secret":{"blocked":true}})");
    const auto config = RegistryConfig::load(folder / "r.json", {});
    VERIFY_OK(config);
    const auto found = config->endpointsFor(*image::Reference::parse(name.toStdString()));
    if (places == "blocked") {
        VERIFY_ERROR(found, ErrorKind::PermissionDenied);
        QVERIFY(found.error().hint().find("r.json") != std::string::npos);
        return;
    }
    VERIFY_OK(found);
    QStringList texts;
    for (const auto& endpoint : *found) {
        texts << QString::fromStdString(endpoint.reference.text());
    }
    QCOMPARE(texts.join(" "), places);
    QVERIFY(!found->back().mirror);
}

void TestSettings::choosesProxies_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("variables");
    QTest::addColumn<QString>("proxy");
    const auto row = [](const char* name, const char* url, const char* variables, const char* proxy) {
        QTest::newRow(name) << url << variables << proxy;
    };
    row("none", "https://a.b/", "", "");
    row("by scheme", "https://a.b/", "HTTPS_PROXY=s:1 HTTP_PROXY=p:1", "s:1");
    row("plain", "http://a.b/", "HTTPS_PROXY=s:1 HTTP_PROXY=p:1", "p:1");
    row("lower case first", "http://a.b/", "http_proxy=l:1 HTTP_PROXY=p:1", "l:1");
    row("all", "http://a.b/", "ALL_PROXY=a:1", "a:1");
    row("a web server's header", "http://a.b/", "HTTP_PROXY=p:1 REQUEST_METHOD=GET", "");
    row("this computer", "http://127.0.0.1:5000/", "HTTP_PROXY=p:1", "");
    row("everything", "http://a.b/", "HTTP_PROXY=p:1 NO_PROXY=*", "");
    row("the name", "http://a.b/", "HTTP_PROXY=p:1 NO_PROXY=x.y,A.b", "");
    row("below the name", "http://r.a.b/", "HTTP_PROXY=p:1 NO_PROXY=a.b", "");
    row("not only its end", "http://ra.b/", "HTTP_PROXY=p:1 NO_PROXY=a.b", "p:1");
    row("only below", "http://a.b/", "HTTP_PROXY=p:1 NO_PROXY=.a.b,*.a.b", "p:1");
    row("below by a star", "http://r.a.b/", "HTTP_PROXY=p:1 NO_PROXY=*.a.b", "");
    row("its port", "http://a.b:5000/", "HTTP_PROXY=p:1 NO_PROXY=a.b:5000", "");
    row("another port", "http://a.b:5001/", "HTTP_PROXY=p:1 NO_PROXY=a.b:5000", "p:1");
    row("a network", "http://10.1.2.3/", "HTTP_PROXY=p:1 NO_PROXY=10.0.0.0/12", "");
    row("another network", "http://10.16.2.3/", "HTTP_PROXY=p:1 NO_PROXY=10.0.0.0/12", "p:1");
    row("an IPv6 network", "http://[fd00::7]:5000/", "HTTP_PROXY=p:1 NO_PROXY=fd00::/8", "");
    row("an IPv6 address", "http://[fd00::7]:5000/", "HTTP_PROXY=p:1 NO_PROXY=[fd00::7]:5000", "");
    row("no number", "http://10.1.2.3/", "HTTP_PROXY=p:1 NO_PROXY=10.0.0.0/x", "p:1");
}

void TestSettings::choosesProxies() {
    QFETCH(QString, url);
    QFETCH(QString, variables);
    QFETCH(QString, proxy);
    const auto environment = [&](const char* name) {
        for (const QString& word : variables.split(' ')) {
            if (word.startsWith(QString(name) + "=")) {
                return word.section('=', 1).toStdString();
            }
        }
        return std::string();
    };
    const auto address = Url::parse(url.toStdString());
    VERIFY_OK(address);
    QCOMPARE(QString::fromStdString(proxyFor(*address, environment)), proxy);
    QCOMPARE(proxyName("http://user:canary@proxy.example:3128/"), std::string("proxy.example:3128"));
}

void TestSettings::listsLogins() {
    const test::TemporaryDirectory folder;
    put(folder / "own.json", R"({"auths":{"https://index.docker.io/v1/":{"auth":"dTpw"},"h:5000":{}}})");
    put(folder / "other.json",
        R"({"auths":{"https://h:5000/v2/":{"auth":"djpw"},"docker.io":{"auth":"djpw"}}})");
    const auto logins = AuthFile({folder / "own.json", folder / "other.json"}).list({});
    QVERIFY(logins.has_value());
    const std::vector<types::RegistryLogin> expected{
        {.registry = "docker.io", .user = "u", .place = folder / "own.json", .ours = true},
        {.registry = "h:5000", .user = "v", .place = folder / "other.json", .ours = false}};
    QVERIFY(*logins == expected);
    QVERIFY(AuthFile({folder / "none.json"}).list({})->empty());
}

/// The order is a person's: of the rows, and of what stands in one.
void TestSettings::keepsTheOrderOfThePersonsFile() {
    const test::TemporaryDirectory folder;
    const std::string file = folder / "registries.json";
    put(file, R"({"z.example": {"mirrors": ["m.example"], "insecure": true}, "b.example": {"blocked": true},
                  "a.example": {"location": "c.example"}})");
    types::RegistrySettings row;
    row.name = "b.example";
    row.insecure = true;
    VERIFY_OK(saveRegistry(file, row, ""));
    types::RegistrySettings renamed = row;
    renamed.name = "y.example";
    VERIFY_OK(saveRegistry(file, renamed, row.name));
    row.name = "0.example";
    VERIFY_OK(saveRegistry(file, row, ""));
    const auto text = sys::readFile(file);
    VERIFY_OK(text);
    std::size_t last = 0;
    for (const char* word : {"z.example", "mirrors", "insecure", "y.example", "a.example", "0.example"}) {
        const std::size_t at = text->find(word);
        QVERIFY2(at != std::string::npos && at > last, text->c_str());
        last = at;
    }
}

void TestSettings::writesOneRegistry() {
    const test::TemporaryDirectory folder;
    const std::string file = folder / "new/registries.json";
    put(folder / "ca.pem", "x");
    types::RegistrySettings row;
    row.name = "r.example:5000";
    row.mirrors = {"m.example/cache", "localhost:5001"};
    row.caFile = folder / "ca.pem";
    row.insecure = true;
    VERIFY_OK(saveRegistry(file, row, ""));
    struct stat status {};
    QCOMPARE(::stat(file.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
    const auto rows = [&] { return RegistryConfig::load(file, {})->rows(); };
    QVERIFY(rows() == std::vector{row});
    // The others stay, also when this one gets another name.
    types::RegistrySettings other;
    other.name = "docker.io/library";
    other.blocked = true;
    VERIFY_OK(saveRegistry(file, other, ""));
    types::RegistrySettings renamed = row;
    renamed.name = "s.example";
    renamed.insecure = false;
    renamed.mirrors.clear();
    VERIFY_OK(saveRegistry(file, renamed, row.name));
    QVERIFY(rows() == (std::vector{other, renamed}));
    const auto text = sys::readFile(file);
    QVERIFY(text && text->find("insecure") == std::string::npos &&
            text->find("mirrors") == std::string::npos);
    // Neither is one lost without a word.
    QCOMPARE(saveRegistry(file, other, renamed.name).error().kind(), ErrorKind::AlreadyExists);
    QVERIFY(rows() == (std::vector{other, renamed}));
    VERIFY_OK(forgetRegistry(file, other.name));
    QVERIFY(rows() == std::vector{renamed});
    QCOMPARE(forgetRegistry(file, other.name).error().kind(), ErrorKind::NotFound);
}

void TestSettings::refusesToWriteWhatCannotBeRead_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("mirror");
    QTest::addColumn<QString>("ca");
    QTest::addColumn<bool>("insecure");
    QTest::addColumn<QString>("words");
    QTest::newRow("no host") << "team/app"
                             << ""
                             << "" << false << "'team/app' is not HOST";
    QTest::newRow("with a scheme") << "https://h.example"
                                   << ""
                                   << "" << false << "is not HOST";
    QTest::newRow("empty") << ""
                           << ""
                           << "" << false << "is not HOST";
    QTest::newRow("mirror") << "h.example"
                            << "m"
                            << "" << false << "'m' is not HOST";
    QTest::newRow("file that is not there") << "h.example"
                                            << ""
                                            << "/none/ca.pem" << false << "there is no file";
    QTest::newRow("relative file") << "h.example"
                                   << ""
                                   << "ca.pem" << false << "is not an absolute path";
    QTest::newRow("host's matter") << "h.example/team"
                                   << ""
                                   << "" << true << "'insecure' is a matter of the whole host 'h.example'";
}

void TestSettings::refusesToWriteWhatCannotBeRead() {
    QFETCH(QString, name);
    QFETCH(QString, mirror);
    QFETCH(QString, ca);
    QFETCH(bool, insecure);
    QFETCH(QString, words);
    const test::TemporaryDirectory folder;
    types::RegistrySettings row;
    row.name = name.toStdString();
    row.caFile = ca.toStdString();
    row.insecure = insecure;
    if (!mirror.isEmpty()) {
        row.mirrors = {mirror.toStdString()};
    }
    const auto done = saveRegistry(folder / "registries.json", row, "");
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().kind(), ErrorKind::InvalidArgument);
    QVERIFY2(QString::fromStdString(done.error().message()).contains(words), done.error().message().c_str());
    QVERIFY2(!QString::fromStdString(done.error().message()).contains(QStringLiteral("line ")),
             done.error().message().c_str());
    QVERIFY(!sys::pathExists(folder / "registries.json"));
}

void TestSettings::leavesAFileWithAMistakeAlone() {
    const test::TemporaryDirectory folder;
    const std::string text = R"({"h.example": {"insecure": "yes"}})";
    put(folder / "registries.json", text);
    types::RegistrySettings row;
    row.name = "other.example";
    const auto done = saveRegistry(folder / "registries.json", row, "");
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().kind(), ErrorKind::Corrupt);
    QVERIFY(done.error().message().find("line 1") != std::string::npos);
    QCOMPARE(*sys::readFile(folder / "registries.json"), text);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "test_settings.moc"
