// SPDX-License-Identifier: Apache-2.0
#include "core/container/log_settings.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace coracle;
using container::LogDriver;

namespace {

types::RunSpec specOf(const char* driver, std::vector<std::pair<std::string, std::string>> options = {}) {
    types::RunSpec spec;
    if (driver != nullptr) {
        spec.logDriver = driver;
    }
    spec.logOptions = std::move(options);
    return spec;
}

}  // namespace

class TestLogSettings : public QObject {
    Q_OBJECT
private slots:
    void defaults() {
        const auto settings = container::parseLogSettings(specOf(nullptr));
        VERIFY_OK(settings);
        QCOMPARE(int(settings->driver), int(LogDriver::JsonFile));
        QCOMPARE(settings->maxBytes, std::uint64_t{10U << 20U});
        QCOMPARE(settings->maxFiles, 3U);
        QVERIFY(settings->isReadable());
    }
    void options() {
        const auto settings = container::parseLogSettings(specOf(
            "json-file", {{"max-size", "2m"}, {"max-file", "7"}, {"compress", "false"}, {"labels", "a,b,"}}));
        VERIFY_OK(settings);
        QCOMPARE(settings->maxBytes, std::uint64_t{2U << 20U});
        QCOMPARE(settings->maxFiles, 7U);
        QCOMPARE(settings->labels, (std::vector<std::string>{"a", "b"}));
    }
    void unlimited() {
        QCOMPARE(container::parseLogSettings(specOf("local", {{"max-size", "-1"}}))->maxBytes,
                 std::uint64_t{0});
    }
    void refuses_data() {
        QTest::addColumn<QString>("driver");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* driver, const char* name, const char* value, ErrorKind kind) {
            QTest::newRow(qPrintable(QString("%1 %2=%3").arg(driver, name, value)))
                << driver << name << value << static_cast<int>(kind);
        };
        row("syslog", "tag", "x", ErrorKind::InvalidArgument);
        row("json-file", "max-size", "0", ErrorKind::InvalidArgument);
        row("json-file", "max-size", "ten", ErrorKind::InvalidArgument);
        row("json-file", "max-file", "0", ErrorKind::InvalidArgument);
        row("json-file", "max-file", "1001", ErrorKind::InvalidArgument);
        row("json-file", "compress", "true", ErrorKind::Unsupported);
        row("json-file", "compress", "maybe", ErrorKind::InvalidArgument);
        row("json-file", "mode", "non-blocking", ErrorKind::Unsupported);
        row("json-file", "labels-regex", ".*", ErrorKind::Unsupported);
        row("json-file", "colour", "red", ErrorKind::InvalidArgument);
        row("none", "max-size", "1m", ErrorKind::InvalidArgument);
        row("journald", "max-size", "1m", ErrorKind::InvalidArgument);
        row("json-file", "tag", "{{", ErrorKind::InvalidArgument);
    }
    void refuses() {
        QFETCH(QString, driver);
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(int, kind);
        VERIFY_ERROR(container::parseLogSettings(
                         specOf(qPrintable(driver), {{name.toStdString(), value.toStdString()}})),
                     static_cast<ErrorKind>(kind));
    }
    void attributesAreThoseThatWereAskedFor() {
        const auto settings = container::parseLogSettings(
            specOf(nullptr, {{"labels", "crew,missing"}, {"env", "MODE"}, {"tag", "{{.Name}}/{{.ID}}"}}));
        VERIFY_OK(settings);
        const container::LogSubject subject{std::string(64, 'a'),
                                            "web",
                                            "img",
                                            "sha256:0",
                                            {"MODE=a=b", "X=1"},
                                            {{"crew", "one"}, {"other", "x"}}};
        const auto attributes = container::logAttributes(*settings, subject);
        VERIFY_OK(attributes);
        const std::map<std::string, std::string> wanted{
            {"crew", "one"}, {"MODE", "a=b"}, {"tag", "web/aaaaaaaaaaaa"}};
        QVERIFY(*attributes == wanted);
    }
    void tagWithUnknownFieldIsRefused() {
        const auto settings = container::parseLogSettings(specOf(nullptr, {{"tag", "{{.Nonsense}}"}}));
        VERIFY_OK(settings);
        VERIFY_ERROR(container::logAttributes(*settings, {}), ErrorKind::InvalidArgument);
    }
    void journalGetsDockersFields() {
        const auto settings = container::parseLogSettings(specOf("journald", {{"labels", "my.crew"}}));
        VERIFY_OK(settings);
        QVERIFY(!settings->isReadable());
        auto fields = container::logAttributes(
            *settings, {std::string(64, 'a'), "web", "img", "sha256:0", {}, {{"my.crew", "one"}}});
        VERIFY_OK(fields);
        QCOMPARE((*fields)["MY_CREW"], std::string("one"));
        QCOMPARE((*fields)["CONTAINER_NAME"], std::string("web"));
        QCOMPARE((*fields)["CONTAINER_ID"], std::string(12, 'a'));
        QCOMPARE((*fields)["CONTAINER_TAG"], std::string(12, 'a'));
    }
};

QTEST_GUILESS_MAIN(TestLogSettings)
#include "test_log_settings.moc"
