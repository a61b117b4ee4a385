// SPDX-License-Identifier: Apache-2.0
#include "core/registry/keyring/item.h"
#include "tests/support/verify.h"

#include <QTest>

namespace coracle::keyring {

class TestKeyringItem : public QObject {
    Q_OBJECT
private slots:
    void attributesAreThoseOfDockersHelper();
    void searchesByServerAlone();
    void takesTheYoungestOfTwoLogins();
    void refusesItemsOfNobody();
    void readsALogin();
    void refusesLogins_data();
    void refusesLogins();
    void readsAServer();
    void writesAnswers();
    void wordsOfTheBusAreOneLine();
};

/// A change here loses every login that is stored, and those that docker's helper makes.
void TestKeyringItem::attributesAreThoseOfDockersHelper() {
    const Attributes expected{{"xdg:schema", "io.docker.Credentials"},
                              {"label", "Docker Credentials"},
                              {"server", "r.example:5000"},
                              {"username", "me"},
                              {"docker_cli", "1"}};
    QVERIFY(attributesOf({"r.example:5000", "me", registry::Secret("x")}) == expected);
}

void TestKeyringItem::searchesByServerAlone() {
    QVERIFY(searchFor("h") ==
            (Attributes{{"xdg:schema", "io.docker.Credentials"}, {"server", "h"}, {"docker_cli", "1"}}));
    QVERIFY(searchFor({}) == (Attributes{{"xdg:schema", "io.docker.Credentials"}, {"docker_cli", "1"}}));
}

void TestKeyringItem::takesTheYoungestOfTwoLogins() {
    QVERIFY(newestOf({}) == nullptr);
    const std::vector<Item> items{{"/1", "h", "old", 5}, {"/2", "h", "young", 9}, {"/3", "h", "first", 1}};
    QCOMPARE(newestOf(items)->userName, std::string("young"));
    QCOMPARE(newestOf({{"/1", "h", "a", 0}, {"/2", "h", "b", 0}})->path, std::string("/2"));
}

void TestKeyringItem::refusesItemsOfNobody() {
    VERIFY_OK(itemOf("/1", {{"server", "h"}, {"username", ""}}, 0));
    VERIFY_ERROR(itemOf("/1", {{"server", "h"}}, 0), ErrorKind::Corrupt);
    VERIFY_ERROR(itemOf("/1", {{"server", ""}, {"username", "u"}}, 0), ErrorKind::Corrupt);
    VERIFY_ERROR(itemOf("/1", {{"username", "u"}}, 0), ErrorKind::Corrupt);
    const std::string tooLong(kMaxNameBytes + 1, 'x');
    VERIFY_ERROR(itemOf("/1", {{"server", tooLong}, {"username", "u"}}, 0), ErrorKind::Corrupt);
    VERIFY_ERROR(itemOf("/1", {{"server", "h"}, {"username", tooLong}}, 0), ErrorKind::Corrupt);
}

void TestKeyringItem::readsALogin() {
    const auto login = parseLogin(R"({"ServerURL":"h","Username":"<token>","Secret":"a\"b"})");
    VERIFY_OK(login);
    QCOMPARE(login->server, std::string("h"));
    QCOMPARE(login->userName, std::string("<token>"));
    QCOMPARE(login->secret.reveal(), std::string("a\"b"));
}

void TestKeyringItem::refusesLogins_data() {
    QTest::addColumn<QString>("document");
    const auto document = [](const QString& server, const QString& user, const QString& secret) {
        return QStringLiteral(R"({"ServerURL":"%1","Username":"%2","Secret":"%3"})")
            .arg(server, user, secret);
    };
    QTest::newRow("no JSON") << "x";
    QTest::newRow("a list") << "[]";
    QTest::newRow("no server") << R"({"Username":"u","Secret":"s"})";
    QTest::newRow("empty server") << document("", "u", "s");
    QTest::newRow("empty user") << document("h", "", "s");
    QTest::newRow("empty secret") << document("h", "u", "");
    QTest::newRow("server twice") << R"({"ServerURL":"h","ServerURL":"i","Username":"u","Secret":"s"})";
    QTest::newRow("long server") << document(QString(kMaxNameBytes + 1, 'h'), "u", "s");
    QTest::newRow("long user") << document("h", QString(kMaxNameBytes + 1, 'u'), "s");
    QTest::newRow("long secret") << document("h", "u", QString(kMaxSecretBytes + 1, 's'));
}

void TestKeyringItem::refusesLogins() {
    QFETCH(QString, document);
    QVERIFY(!parseLogin(document.toStdString()).has_value());
}

void TestKeyringItem::readsAServer() {
    QCOMPARE(*parseServer("r.example:5000\r\n"), std::string("r.example:5000"));
    QVERIFY(!parseServer("\n").has_value());
    QVERIFY(!parseServer(std::string(kMaxNameBytes + 1, 'h')).has_value());
}

void TestKeyringItem::writesAnswers() {
    QCOMPARE(loginText({"h", "u", registry::Secret("ü")}),
             std::string(R"({"Secret":"ü","ServerURL":"h","Username":"u"})"));
    QCOMPARE(listText({}), std::string("{}"));
    QCOMPARE(listText({{"/1", "h", "young", 9}, {"/2", "h", "old", 5}, {"/3", "i", "u", 0}}),
             std::string(R"({"h":"young","i":"u"})"));
}

void TestKeyringItem::wordsOfTheBusAreOneLine() {
    QCOMPARE(plainWords("no\nsuch\x1b[0m"), std::string("no such [0m"));
    QCOMPARE(plainWords(std::string(5000, 'x')).size(), std::size_t{300});
}

}  // namespace coracle::keyring

QTEST_GUILESS_MAIN(coracle::keyring::TestKeyringItem)
#include "test_keyring_item.moc"
