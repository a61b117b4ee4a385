// SPDX-License-Identifier: Apache-2.0
#include "core/types/exposed_ports.h"
#include "core/types/namespace_text.h"
#include "core/types/secret_text.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace coracle;
using namespace coracle::types;

class TestSharing : public QObject {
    Q_OBJECT
private slots:
    void exposedPortsAreSortedAndOnce() {
        const auto ports = exposedPorts({"443/tcp", "80", "nonsense", "53/UDP"}, {"80-81", "9/sctp"});
        QCOMPARE(ports, (std::vector<std::string>{"9/sctp", "53/udp", "80/tcp", "81/tcp", "443/tcp"}));
        VERIFY_ERROR(parseExposed("1-60000"), ErrorKind::InvalidArgument);
    }

    void publishAllLeavesWhatIsPublished() {
        RunSpec spec;
        spec.ports = *net::parsePortMappings("8080:80");
        const std::vector<std::string> exposed{"9/sctp", "53/udp", "80/tcp", "80/udp"};
        QCOMPARE(portsToPublish(spec, exposed).size(), std::size_t{1});
        spec.publishAll = true;
        const auto ports = portsToPublish(spec, exposed);
        QCOMPARE(ports.size(), std::size_t{3});
        QCOMPARE(net::toText(ports[1]), std::string("53/udp"));
        QCOMPARE(net::toText(ports[2]), std::string("80/udp"));
    }

    void containersOfModes() {
        QCOMPARE(sharedContainer("container:web"), std::string("web"));
        QVERIFY(sharedContainer("host").empty() && sharedContainer("").empty());
    }

    void readsSecrets_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("environment");
        QTest::addColumn<int>("mode");
        QTest::newRow("name") << "token"
                              << "/run/secrets/token" << false << 0444;
        QTest::newRow("relative") << "token,target=a/b,mode=0400"
                                  << "/run/secrets/a/b" << false << 0400;
        QTest::newRow("absolute") << "source=token,target=/etc/../key"
                                  << "/key" << false << 0444;
        QTest::newRow("environment") << "token,type=env"
                                     << "token" << true << 0444;
        QTest::newRow("variable") << "token,type=env,target=API_KEY"
                                  << "API_KEY" << true << 0444;
    }
    void readsSecrets() {
        QFETCH(QString, text);
        QFETCH(QString, target);
        QFETCH(bool, environment);
        QFETCH(int, mode);
        const auto use = parseSecretUse(text.toStdString());
        VERIFY_OK(use);
        QCOMPARE(use->name, std::string("token"));
        QCOMPARE(QString::fromStdString(use->target), target);
        QCOMPARE(use->asEnvironment, environment);
        QCOMPARE(int(use->mode), mode);
    }

    void secretNames() {
        QVERIFY(isSecretName("a.b-c_1"));
        QVERIFY(!isSecretName("") && !isSecretName("a/b") && !isSecretName(".a"));
        QVERIFY(!isSecretName(std::string(254, 'a')));
    }
};

QTEST_GUILESS_MAIN(TestSharing)
#include "test_sharing.moc"
