// SPDX-License-Identifier: Apache-2.0
#include "core/types/resource_text.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace coracle;
using namespace coracle::types;

namespace {

ResourceSpec specOf(std::initializer_list<std::pair<const char*, const char*>> flags) {
    ResourceSpec spec;
    for (const auto& [name, value] : flags) {
        for (const auto& option : resourceOptions()) {
            if (option.name == name && !option.apply(spec, value)) {
                return {};
            }
        }
    }
    return spec;
}

}  // namespace

class TestResourceText : public QObject {
    Q_OBJECT
private slots:
    void changeReplacesWhatItSets() {
        const auto merged = mergeResources(specOf({{"memory", "64m"}, {"pids-limit", "5"}}),
                                           specOf({{"memory", "128m"}, {"cpuset-cpus", "0-1"}}));
        QVERIFY(merged == specOf({{"memory", "128m"}, {"pids-limit", "5"}, {"cpuset-cpus", "0-1"}}));
    }
    void cpusAndQuotaReplaceEachOther() {
        const auto quota = specOf({{"cpu-quota", "50000"}, {"cpu-period", "100000"}});
        QVERIFY(mergeResources(quota, specOf({{"cpus", "2"}})) == specOf({{"cpus", "2"}}));
        QVERIFY(mergeResources(specOf({{"cpus", "2"}}), specOf({{"cpu-quota", "5000"}})) ==
                specOf({{"cpu-quota", "5000"}}));
    }
    void aMergeIsCheckedAsAWhole() {
        const auto base = specOf({{"memory", "64m"}, {"memory-swap", "64m"}});
        VERIFY_OK(checkResources(base));
        VERIFY_ERROR(checkResources(mergeResources(base, specOf({{"memory", "128m"}}))),
                     ErrorKind::InvalidArgument);
    }
    void zeroIsNotALimit() {
        QVERIFY(!isLimited(specOf({{"memory", "0"}, {"cpu-shares", "0"}, {"cpus", "0"}})));
        QVERIFY(isLimited(specOf({{"pids-limit", "0"}})));  // docker's word for "no limit", which is said
    }
    void sizes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qlonglong>("bytes");
        const auto row = [](const char* text, qlonglong bytes) {
            QTest::newRow(text) << QString(text) << bytes;
        };
        row("100", 100);
        row("100b", 100);
        row("64m", 64LL << 20);
        row("64M", 64LL << 20);
        row("64mb", 64LL << 20);
        row("64MiB", 64LL << 20);
        row("1.5g", 3LL << 29);
        row("1.5GiB", 3LL << 29);
        row("1t", 1LL << 40);
        for (const char* bad : {"", "m", "-1m", "64mm", "64x", "64bb", "64bib", "1e3", "64 m", "nan", "inf",
                                "1e99", "0x10", "99999999999999t"}) {
            QTest::newRow(QByteArray("refused: ") + bad) << QString(bad) << -1LL;
        }
    }
    void sizes() {
        QFETCH(QString, text);
        QFETCH(qlonglong, bytes);
        const auto parsed = parseBytes(text.toStdString());
        QCOMPARE(parsed ? static_cast<qlonglong>(*parsed) : -1LL, bytes);
    }
};

QTEST_GUILESS_MAIN(TestResourceText)
#include "test_resource_text.moc"
