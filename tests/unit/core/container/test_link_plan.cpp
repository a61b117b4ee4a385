// SPDX-License-Identifier: Apache-2.0
#include "core/container/link_plan.h"
#include "tests/support/verify.h"

#include <QTest>

#include <numeric>

using namespace coracle;
using Words = std::vector<std::string>;

class TestLinkPlan : public QObject {
    Q_OBJECT
private slots:
    void twoAddressesOfALink_data() {
        QTest::addColumn<unsigned>("number");
        QTest::addColumn<QString>("own");
        QTest::addColumn<QString>("other");
        QTest::newRow("first") << 0U << "198.18.0.0"
                               << "198.18.0.1";
        QTest::newRow("next") << 1U << "198.18.0.2"
                              << "198.18.0.3";
        QTest::newRow("carry") << 128U << "198.18.1.0"
                               << "198.18.1.1";
        QTest::newRow("last") << 65535U << "198.19.255.254"
                              << "198.19.255.255";
    }
    void twoAddressesOfALink() {
        QFETCH(unsigned, number);
        QFETCH(QString, own);
        QFETCH(QString, other);
        const auto addresses = container::linkAddresses(number);
        QCOMPARE(QString::fromStdString(addresses.own), own);
        QCOMPARE(QString::fromStdString(addresses.other), other);
        QVERIFY(container::linkInterface(number).size() < 16);  // IFNAMSIZ
    }

    void lowestFreeNumber() {
        QCOMPARE(*container::chooseLinkNumber({}), 0U);
        QCOMPARE(*container::chooseLinkNumber({2, 0, 1, 4}), 3U);
        QCOMPARE(*container::chooseLinkNumber({4'000'000'000U}), 0U);  // a record that was changed
        std::vector<std::uint32_t> all(1U << 16U);
        std::iota(all.begin(), all.end(), 0U);
        QVERIFY(!container::chooseLinkNumber(all));
        all.erase(all.begin() + 77);
        QCOMPARE(*container::chooseLinkNumber(all), 77U);
    }

    void variablesAreDockers() {
        const auto variables = container::linkVariables(
            {"web", "my-db", "198.18.0.1", {"80/tcp", "53/udp"}, {"A=1", "PATH=/bin", "HOME=/", "EMPTY="}});
        QCOMPARE(variables, (Words{"MY_DB_NAME=/web/my-db", "MY_DB_PORT=tcp://198.18.0.1:80",
                                   "MY_DB_PORT_80_TCP=tcp://198.18.0.1:80",
                                   "MY_DB_PORT_80_TCP_ADDR=198.18.0.1", "MY_DB_PORT_80_TCP_PORT=80",
                                   "MY_DB_PORT_80_TCP_PROTO=tcp", "MY_DB_PORT_53_UDP=udp://198.18.0.1:53",
                                   "MY_DB_PORT_53_UDP_ADDR=198.18.0.1", "MY_DB_PORT_53_UDP_PORT=53",
                                   "MY_DB_PORT_53_UDP_PROTO=udp", "MY_DB_ENV_A=1", "MY_DB_ENV_EMPTY="}));
    }
};

QTEST_APPLESS_MAIN(TestLinkPlan)
#include "test_link_plan.moc"
