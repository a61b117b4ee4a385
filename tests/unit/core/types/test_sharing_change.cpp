// SPDX-License-Identifier: Apache-2.0
#include "core/types/sharing_change.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace coracle;
using types::SharedPort;
using types::SharingChange;

namespace {

net::PortMapping port(std::string_view text) {
    return net::parsePortMappings(text)->front();
}

SharedPort shared(std::string_view asked, std::string_view published) {
    return {port(asked), port(published)};
}

std::vector<net::PortMapping> ports(std::initializer_list<const char*> texts) {
    std::vector<net::PortMapping> list;
    for (const char* text : texts) {
        list.push_back(port(text));
    }
    return list;
}

}  // namespace

class TestSharingChange : public QObject {
    Q_OBJECT
private slots:
    void aPortIsNamedByAsMuchAsOneKnows_data() {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("published");
        QTest::addColumn<bool>("covers");
        QTest::newRow("the port inside") << "80"
                                         << "127.0.0.1:8080:80" << true;
        QTest::newRow("both ports") << "8080:80"
                                    << "127.0.0.1:8080:80" << true;
        QTest::newRow("all") << "127.0.0.1:8080:80"
                             << "127.0.0.1:8080:80" << true;
        QTest::newRow("another port here") << "8081:80"
                                           << "8080:80" << false;
        QTest::newRow("another address") << "127.0.0.2:8080:80"
                                         << "127.0.0.1:8080:80" << false;
        QTest::newRow("another protocol") << "80/udp"
                                          << "8080:80" << false;
        QTest::newRow("all addresses") << "0.0.0.0:8080:80"
                                       << "8080:80" << true;
    }
    void aPortIsNamedByAsMuchAsOneKnows() {
        QFETCH(QString, wanted);
        QFETCH(QString, published);
        QTEST(types::coversPort(port(wanted.toStdString()), port(published.toStdString())), "covers");
    }

    void whatIsRemovedMakesRoomForWhatIsAdded() {
        SharingChange change;
        change.removePorts = ports({"80"});
        change.addPorts = ports({"8080:81", "9"});
        const auto changed =
            types::changePorts({shared("8080:80", "8080:80"), shared("53:53/udp", "53:53/udp")}, change);
        VERIFY_OK(changed);
        QVERIFY(*changed == (std::vector<SharedPort>{shared("53:53/udp", "53:53/udp"),
                                                     shared("8080:81", "8080:81"), shared("9", "9")}));
    }

    void aPortThatWasChosenIsKnownByItsNumber() {
        SharingChange change;
        change.removePorts = ports({"49153:80"});
        const auto changed = types::changePorts({shared("80", "49153:80")}, change);
        VERIFY_OK(changed);
        QVERIFY(changed->empty());
    }

    void refusesWhatIsNotThereOrThereAlready() {
        const std::vector<SharedPort> now{shared("127.0.0.1:8080:80", "127.0.0.1:8080:80")};
        SharingChange change;
        change.removePorts = ports({"81"});
        VERIFY_ERROR(types::changePorts(now, change), ErrorKind::NotFound);
        for (const char* taken : {"8080:99", "127.0.0.1:8080:80", "0.0.0.0:8080:1"}) {
            change = {};
            change.addPorts = ports({taken});
            VERIFY_ERROR(types::changePorts(now, change), ErrorKind::AlreadyExists);
        }
        change.addPorts = ports({"127.0.0.2:8080:80", "8080:80/udp", "80"});
        VERIFY_OK(types::changePorts(now, change));
        change.addPorts = ports({"1000:1", "1000:2"});
        VERIFY_ERROR(types::changePorts(now, change), ErrorKind::AlreadyExists);
    }
};

QTEST_GUILESS_MAIN(TestSharingChange)
#include "test_sharing_change.moc"
