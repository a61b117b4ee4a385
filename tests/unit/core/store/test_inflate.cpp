// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/inflate.h"
#include "core/store/helper/limits.h"
#include "core/store/helper/pipeline.h"
#include "rootless/sys/file.h"
#include "tests/support/tar_builder.h"
#include "tests/support/verify.h"

#include <zstd.h>

#include <QtTest>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>

#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <lzma.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace coracle;
using namespace coracle::store;
using namespace coracle::store::helper;

namespace {

/// Compressible, but not to nothing.
std::string someText(std::size_t size) {
    std::mt19937 random(7);
    std::string text(size, '\0');
    std::generate(text.begin(), text.end(), [&random] { return "abcdefgh"[random() % 8]; });
    return text;
}

std::string zstdFrame(const std::string& text, int level = 3, int windowLog = 0, bool knownSize = true) {
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(::ZSTD_createCCtx(), &ZSTD_freeCCtx);
    (void)::ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
    (void)::ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, windowLog);
    (void)::ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    (void)::ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, knownSize ? 1 : 0);
    std::string out(::ZSTD_compressBound(text.size()), '\0');
    out.resize(::ZSTD_compress2(context.get(), out.data(), out.size(), text.data(), text.size()));
    return out;
}

/// Random text, and the same once more: a frame whose second half is one reference as far back as it is long.
std::string frameWithFarReference(const std::string& text) {
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(::ZSTD_createCCtx(), &ZSTD_freeCCtx);
    (void)::ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
    (void)::ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, kMaxZstdWindowLog);
    (void)::ZSTD_CCtx_setParameter(context.get(), ZSTD_c_enableLongDistanceMatching, 1);
    std::string out(::ZSTD_compressBound(2 * text.size()), '\0');
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    for (const ZSTD_EndDirective directive : {ZSTD_e_continue, ZSTD_e_end}) {
        ZSTD_inBuffer from{text.data(), text.size(), 0};
        while (::ZSTD_compressStream2(context.get(), &to, &from, directive) != 0 &&
               (directive == ZSTD_e_end || from.pos < from.size)) {
        }
    }
    out.resize(to.pos);
    return out;
}

/// Resident memory of this process, bytes. Source: proc_pid_statm(5).
std::size_t residentBytes() {
    const auto text = sys::readFile("/proc/self/statm");
    const auto pages = text ? QByteArray::fromStdString(*text).split(' ').value(1).toULongLong() : 0;
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// RFC 8878 3.1.2: content that a decoder passes over.
std::string skippableFrame(std::uint8_t size) {
    return std::string("\x5a\x2a\x4d\x18", 4) + std::string(1, static_cast<char>(size)) +
           std::string(3, '\0') + std::string(size, 'x');
}

/// RFC 8878 3.1.1: a frame with one raw block and a window of 2^windowLog bytes.
std::string rawFrame(const std::string& text, unsigned windowLog) {
    const std::size_t block = text.size() << 3U | 1U;
    std::string frame("\x28\xb5\x2f\xfd\x00", 5);
    for (const std::size_t byte :
         {std::size_t{windowLog - 10} << 3U, block & 0xffU, block >> 8U & 0xffU, block >> 16U}) {
        frame += static_cast<char>(byte);
    }
    return frame + text;
}

/// What the formats of before RFC 8878 start with.
std::string legacyFrame() {
    return std::string("\x27\xb5\x2f\xfd", 4) + std::string(64, '\0');
}

std::string gzipMember(const std::string& text) {
    std::string out(text.size() + 4096, '\0');
    std::string input = text;
    isal_zstream stream;
    ::isal_deflate_stateless_init(&stream);
    stream.gzip_flag = IGZIP_GZIP;
    stream.end_of_stream = 1;
    stream.next_in = static_cast<std::uint8_t*>(static_cast<void*>(input.data()));
    stream.avail_in = static_cast<std::uint32_t>(input.size());
    stream.next_out = static_cast<std::uint8_t*>(static_cast<void*>(out.data()));
    stream.avail_out = static_cast<std::uint32_t>(out.size());
    if (::isal_deflate_stateless(&stream) != COMP_OK) {
        return {};
    }
    out.resize(stream.total_out);
    return out;
}

std::string xzStream(const std::string& text, std::uint32_t level = 1) {
    std::string out(::lzma_stream_buffer_bound(text.size()), '\0');
    std::size_t size = 0;
    const auto bytesOf = [](const auto* data) {
        return static_cast<const std::uint8_t*>(static_cast<const void*>(data));
    };
    if (::lzma_easy_buffer_encode(level, LZMA_CHECK_CRC64, nullptr, bytesOf(text.data()), text.size(),
                                  static_cast<std::uint8_t*>(static_cast<void*>(out.data())), &size,
                                  out.size()) != LZMA_OK) {
        return {};
    }
    out.resize(size);
    return out;
}

/// Feeds the input in pieces of a size and takes the output in pieces of another.
Result<std::string> inflate(const std::string& name, const std::string& data, std::size_t inputPiece,
                            std::size_t outputPiece) {
    TRY_ASSIGN(const auto inflater, makeInflater(name));
    std::string text;
    std::vector<std::byte> room(outputPiece);
    for (std::size_t at = 0; at <= data.size();) {
        const auto piece = std::as_bytes(std::span(data)).subspan(at, std::min(inputPiece, data.size() - at));
        TRY_ASSIGN(const InflateStep step, inflater->step(piece, room));
        at += step.consumed;
        text.append(static_cast<const char*>(static_cast<const void*>(room.data())), step.produced);
        if (at == data.size() && step.produced < room.size()) {
            break;
        }
        if (step.consumed == 0 && step.produced == 0) {
            return Error(ErrorKind::Internal, "no progress");
        }
    }
    if (!inflater->complete()) {
        return Error(ErrorKind::Corrupt, "truncated");
    }
    return text;
}

class NoSink : public tar::Sink {
public:
    Result<> beginEntry(const tar::Entry& /*entry*/) override { return {}; }
    Result<> data(std::uint64_t /*offset*/, std::span<const std::byte> /*bytes*/) override { return {}; }
    Result<> endEntry() override { return {}; }
};

Result<StreamReport> unpackText(const std::string& name, const std::string& data,
                                const std::optional<image::Digest>& announced = std::nullopt) {
    const sys::UniqueFd file(::memfd_create("layer", MFD_CLOEXEC));
    TRY(sys::writeAll(file.get(), data));
    if (::lseek(file.get(), 0, SEEK_SET) != 0) {
        return Error::fromErrno("seek");
    }
    TRY_ASSIGN(const auto inflater, makeInflater(name));
    NoSink sink;
    return unpackStream(file.get(), *inflater, sink, announced);
}

}  // namespace

class TestInflate : public QObject {
    Q_OBJECT

private slots:
    void readsEveryFormInPiecesOfAnySize_data();
    void readsEveryFormInPiecesOfAnySize();
    void refusesWhatIsNotAsItSays_data();
    void refusesWhatIsNotAsItSays();
    void takesWindowsUpToTheLimit();
    void keepsALargeWindowOutOfMemory_data();
    void keepsALargeWindowOutOfMemory();
    void hashesTheArchiveAndCountsBothSides();
    void missesZeroBlocksAtTheEndOnly();
    void stopsAtABomb_data();
    void stopsAtABomb();
};

void TestInflate::readsEveryFormInPiecesOfAnySize_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("text");
    const std::string half = someText(40'000);
    const auto row = [](const char* title, const char* name, const std::string& data,
                        const std::string& text) {
        QTest::newRow(title) << name << QByteArray::fromStdString(data) << QByteArray::fromStdString(text);
    };
    row("plain", "none", half, half);
    row("gzip", "gzip", gzipMember(half), half);
    row("gzip of nothing", "gzip", gzipMember(""), "");
    row("gzip, several members", "gzip",
        gzipMember(half) + gzipMember("") + gzipMember("x") + gzipMember(half), half + "x" + half);
    row("gzip, zeros behind", "gzip", gzipMember(half) + std::string(700, '\0'), half);
    row("zstd", "zstd", zstdFrame(half), half);
    row("zstd of nothing", "zstd", zstdFrame(""), "");
    row("zstd, highest level", "zstd", zstdFrame(half, 22), half);
    row("zstd, size not told", "zstd", zstdFrame(half, 3, 0, false), half);
    row("zstd, several frames", "zstd",
        zstdFrame(half) + zstdFrame("") + zstdFrame("x", 19) + rawFrame(half, 18), half + "x" + half);
    row("zstd, frames to skip", "zstd",
        skippableFrame(9) + zstdFrame(half) + skippableFrame(0) + zstdFrame(half) + skippableFrame(200),
        half + half);
    row("xz", "xz", xzStream(half), half);
    row("xz of nothing", "xz", xzStream(""), "");
    row("xz, highest level", "xz", xzStream(half, 9), half);
    row("xz, several streams", "xz", xzStream(half) + xzStream("x") + std::string(8, '\0') + xzStream(half),
        half + "x" + half);
    row("found out: gzip", "auto", gzipMember(half), half);
    row("found out: zstd", "auto", zstdFrame(half), half);
    row("found out: xz", "auto", xzStream(half), half);
    row("found out: plain", "auto", half, half);
}

void TestInflate::readsEveryFormInPiecesOfAnySize() {
    QFETCH(const QString, name);
    QFETCH(const QByteArray, data);
    QFETCH(const QByteArray, text);
    for (const auto& [input, output] : {std::pair<std::size_t, std::size_t>{1, 1 << 20},
                                        {5, 4096},
                                        {1 << 16, 7},
                                        {1 << 20, 1000},
                                        {1 << 20, 1 << 20}}) {
        const auto read = inflate(name.toStdString(), data.toStdString(), input, output);
        VERIFY_OK(read);
        QVERIFY2(*read == text.toStdString(), "the text is another one");
    }
}

void TestInflate::refusesWhatIsNotAsItSays_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* title, const char* name, const std::string& data, const char* words) {
        QTest::newRow(title) << name << QByteArray::fromStdString(data) << words;
    };
    const std::string text = someText(60'000);
    std::string wrongSum = zstdFrame(text);
    wrongSum.back() = static_cast<char>(wrongSum.back() ^ 1);
    std::string damaged = zstdFrame(text);
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
    row("gzip called zstd", "zstd", gzipMember(text), "not zstd data");
    row("tar called zstd", "zstd", test::TarBuilder().file("f", text).finish(), "not zstd data");
    row("zstd called gzip", "gzip", zstdFrame(text), "malformed gzip data");
    row("zstd of before the standard", "zstd", legacyFrame(), "not zstd data");
    row("zstd, garbage behind", "zstd", zstdFrame(text) + "garbage", "not zstd data");
    row("zstd, wrong checksum", "zstd", wrongSum, "checksum");
    row("zstd, damaged", "zstd", damaged, "zstd data");
    row("zstd, truncated", "zstd", zstdFrame(text).substr(0, 1000), "truncated");
    row("zstd, only a magic number", "zstd", zstdFrame(text).substr(0, 4), "truncated");
    row("zstd, second frame truncated", "zstd", zstdFrame(text) + zstdFrame(text).substr(0, 3), "truncated");
    row("zstd of no bytes", "zstd", "", "truncated");
    row("gzip, second member truncated", "gzip", gzipMember(text) + gzipMember(text).substr(0, 40),
        "truncated");
    row("zstd, window above the limit", "zstd", rawFrame("x", kMaxZstdWindowLog + 1), "more than 128 MiB");
    row("zstd, largest window there is", "zstd", rawFrame("x", 41), "more than 128 MiB");
}

void TestInflate::refusesWhatIsNotAsItSays() {
    QFETCH(const QString, name);
    QFETCH(const QByteArray, data);
    QFETCH(const QString, words);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{1} << 20U}) {
        const auto read = inflate(name.toStdString(), data.toStdString(), piece, 4096);
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message()).contains(words),
                 read.error().message().c_str());
    }
    QVERIFY(!unpackText(name.toStdString(), data.toStdString()));
}

void TestInflate::takesWindowsUpToTheLimit() {
    const auto read = inflate("zstd", rawFrame("content", kMaxZstdWindowLog), 3, 100);
    VERIFY_OK(read);
    QCOMPARE(*read, std::string("content"));
}

void TestInflate::keepsALargeWindowOutOfMemory_data() {
    QTest::addColumn<bool>("folder");
    QTest::newRow("in a file of the folder") << true;
    QTest::newRow("where there is no folder") << false;
}

void TestInflate::keepsALargeWindowOutOfMemory() {
    QFETCH(const bool, folder);
    constexpr std::size_t kHalf = 60U << 20U;
    std::string text(kHalf, '\0');
    std::mt19937_64 random(11);
    for (std::size_t at = 0; at < text.size(); at += sizeof(std::uint64_t)) {
        const std::uint64_t word = random();
        std::memcpy(text.data() + at, &word, sizeof word);
    }
    const std::string data = frameWithFarReference(text);
    QVERIFY(data.size() < text.size() + text.size() / 8);

    const QTemporaryDir dir;
    auto opened = sys::openAt(AT_FDCWD, dir.path().toStdString(), O_RDONLY | O_DIRECTORY);
    VERIFY_OK(opened);
    const auto inflater = makeInflater("auto", folder ? opened->get() : -1);
    VERIFY_OK(inflater);
    opened->reset();  // behind the helper's walls it is not to be had any more
    std::vector<std::byte> room(1U << 20U);
    const std::size_t before = residentBytes();
    std::size_t most = before;
    std::size_t produced = 0;
    for (std::size_t at = 0; produced < 2 * kHalf;) {
        const auto step = (*inflater)->step(std::as_bytes(std::span(data)).subspan(at), room);
        VERIFY_OK(step);
        QVERIFY(step->consumed + step->produced > 0);
        at += step->consumed;
        for (std::size_t done = 0; done < step->produced;) {
            const std::size_t from = (produced + done) % kHalf;
            const std::size_t size = std::min(step->produced - done, kHalf - from);
            QVERIFY(std::memcmp(room.data() + done, text.data() + from, size) == 0);
            done += size;
        }
        produced += step->produced;
        most = std::max(most, residentBytes());
    }
    QVERIFY((*inflater)->complete());
    QVERIFY(QDir(dir.path()).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden));
    constexpr std::size_t kEnough = 80U << 20U;
    QVERIFY2((most - before < kEnough) == folder, std::to_string(most - before).c_str());
}

void TestInflate::hashesTheArchiveAndCountsBothSides() {
    const std::string archive = test::TarBuilder().file("big", someText(3 << 20)).file("small", "x").finish();
    const std::size_t cut = archive.size() / 3;
    const std::string data = zstdFrame(archive.substr(0, cut)) + zstdFrame(archive.substr(cut));
    const auto report = unpackText("zstd", data);
    VERIFY_OK(report);
    QCOMPARE(report->diffId, image::Digest::of(archive));
    QCOMPARE(report->compressedBytes, std::uint64_t{data.size()});
    QCOMPARE(report->tarBytes, std::uint64_t{archive.size()});
}

/// buildah 1.28 loses the last block of a tar as zstd:chunked and announces the digest of all of it.
void TestInflate::missesZeroBlocksAtTheEndOnly() {
    const std::string whole = test::TarBuilder().file("f", "content").finish() + std::string(8192, '\0');
    const auto announced = image::Digest::of(whole);
    const auto digestOf = [&announced](const std::string& archive) {
        const auto report = unpackText("none", archive, announced);
        return report ? report->diffId : image::Digest::of("failed");
    };
    QCOMPARE(digestOf(whole), announced);
    QCOMPARE(digestOf(whole.substr(0, whole.size() - 512)), announced);
    QCOMPARE(digestOf(whole.substr(0, whole.size() - 8192)), announced);
    QVERIFY(digestOf(whole.substr(0, whole.size() - 100)) != announced);
    QVERIFY(digestOf(whole + std::string(512, '\0')) != announced);
    QVERIFY(digestOf(test::TarBuilder().file("f", "forgery").finish()) != announced);
}

void TestInflate::stopsAtABomb_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("gzip") << "gzip";
    QTest::newRow("zstd") << "zstd";
    QTest::newRow("xz") << "xz";
}

/// Zeros, in as many members or frames as it takes; none of them has a bad ratio for its own size.
void TestInflate::stopsAtABomb() {
    QFETCH(const QString, name);
    const std::string zeros(16U << 20U, '\0');
    const std::string one = name == "gzip" ? gzipMember(zeros)
                            : name == "xz" ? xzStream(zeros)
                                           : zstdFrame(zeros);
    std::string bomb = name == "gzip" ? gzipMember(test::TarBuilder().file("f", "x").finish())
                       : name == "xz" ? std::string()
                                      : zstdFrame("");
    for (int i = 0; i < 8; ++i) {
        bomb += one;
    }
    const auto report = unpackText(name.toStdString(), bomb);
    QVERIFY(!report);
    QVERIFY2(report.error().message().find("bomb") != std::string::npos, report.error().message().c_str());
}

QTEST_GUILESS_MAIN(TestInflate)
#include "test_inflate.moc"
