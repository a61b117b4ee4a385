// SPDX-License-Identifier: Apache-2.0
#include "core/engine/store_settings.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace coracle;
using types::StoreSettings;

namespace {

Result<StoreSettings> settingsOf(const std::string& text) {
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("store.json")).toStdString();
    TRY(sys::replaceFile(file, text, 0600, sys::Durability::Process));
    return engine::loadStoreSettings(file);
}

}  // namespace

class TestStoreSettings : public QObject {
    Q_OBJECT
private slots:
    void nothingIsTheDefaults() {
        for (const auto& settings : {engine::loadStoreSettings("/nowhere/store.json"), settingsOf("{}")}) {
            VERIFY_OK(settings);
            QCOMPARE(settings->trashDays, 7);
            QCOMPARE(settings->trashPercent, 10);
            QCOMPARE(settings->reserveBytes, std::uint64_t{0});
            QCOMPARE(settings->quotaBytes, std::uint64_t{0});
        }
    }
    void readsAll() {
        const auto settings =
            settingsOf(R"({"trash": {"days": 1, "percent": 2}, "disk": {"reserve": "2g", "quota": "40g"}})");
        VERIFY_OK(settings);
        QCOMPARE(settings->trashDays, 1);
        QCOMPARE(settings->trashPercent, 2);
        QCOMPARE(settings->reserveBytes, std::uint64_t{2} << 30U);
        QCOMPARE(settings->reservePercent, 0);
        QCOMPARE(settings->quotaBytes, std::uint64_t{40} << 30U);
    }
    void aReserveMayBeAShare() {
        const auto settings = settingsOf(R"({"disk": {"reserve": "5%"}})");
        VERIFY_OK(settings);
        QCOMPARE(settings->reserveBytes, std::uint64_t{0});
        QCOMPARE(settings->reservePercent, 5);
    }
    void comesBackAsItWasSaved() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("new/store.json")).toStdString();
        StoreSettings settings;
        settings.trashDays = 3;
        settings.trashPercent = 0;
        settings.reserveBytes = std::uint64_t{3} << 30U;
        settings.quotaBytes = 1'234'567;
        VERIFY_OK(engine::saveStoreSettings(file, settings));
        auto read = engine::loadStoreSettings(file);
        VERIFY_OK(read);
        QVERIFY(*read == settings);
        settings.reserveBytes = 0;
        settings.reservePercent = 5;
        settings.quotaBytes = 0;
        VERIFY_OK(engine::saveStoreSettings(file, settings));
        read = engine::loadStoreSettings(file);
        VERIFY_OK(read);
        QVERIFY(*read == settings);
    }
    void refusesToSaveWhatItWouldNotRead() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("store.json")).toStdString();
        StoreSettings settings;
        settings.trashDays = -1;
        VERIFY_ERROR(engine::saveStoreSettings(file, settings), ErrorKind::InvalidArgument);
        QVERIFY(!sys::pathExists(file));
    }
    void mistakesHaveALine_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("share") << std::string("{\"disk\": {\n\"reserve\": \"500%\"}}")
                               << "line 2.*'500%' is not a share";
        QTest::newRow("no share") << std::string(R"({"disk": {"reserve": "%"}})") << "'%' is not a share";
        QTest::newRow("no size") << std::string(R"({"disk": {"quota": "much"}})") << "line 1.*much";
        QTest::newRow("number") << std::string(R"({"disk": {"quota": 5}})") << "line 1.*quota";
        QTest::newRow("unknown member") << std::string(R"({"disk": {"size": "5g"}})") << "no setting 'size'";
        QTest::newRow("unknown section") << std::string(R"({"disc": {}})") << "no setting 'disc'";
        QTest::newRow("no section") << std::string(R"({"disk": 5})") << "'disk' is not an object";
        QTest::newRow("days") << std::string(R"({"trash": {"days": -1}})") << "'days' is not between";
    }
    void mistakesHaveALine() {
        QFETCH(std::string, text);
        QFETCH(QString, says);
        const auto settings = settingsOf(text);
        QVERIFY(!settings);
        const QString message = QString::fromStdString(settings.error().message());
        QVERIFY2(QRegularExpression(says).match(message).hasMatch(), qPrintable(message));
    }
};

QTEST_GUILESS_MAIN(TestStoreSettings)
#include "test_store_settings.moc"
