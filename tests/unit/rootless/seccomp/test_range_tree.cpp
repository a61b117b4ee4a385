// SPDX-License-Identifier: Apache-2.0
#include "rootless/seccomp/compiler.h"
#include "rootless/seccomp/filter.h"
#include "rootless/seccomp/range_tree.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <set>

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>

using namespace coracle;
using Rows = std::vector<sock_filter>;

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kNative = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kNative = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kNative = AUDIT_ARCH_RISCV64;
#endif
constexpr std::uint32_t kX32Bit = 0x40000000;
constexpr std::uint32_t kLowestCalls = 1024;  // no processor has more, but for its offsets

struct Run {
    std::uint32_t answer = 0;
    unsigned executed = 0;
    std::size_t entry = 0;  ///< the row that loads an argument or the instruction pointer first
    bool looksAtArguments = false;
};

bool compares(const sock_filter& row, std::uint32_t value) {
    switch (BPF_OP(row.code)) {
    case BPF_JEQ:
        return value == row.k;
    case BPF_JGT:
        return value > row.k;
    case BPF_JGE:
        return value >= row.k;
    default:
        return (value & row.k) != 0;
    }
}

/// What the kernel does with the rows that libseccomp writes. A run that leaves the program or meets another
/// row gives an answer that none has.
Run run(const Rows& rows, const seccomp_data& call) {
    constexpr std::uint32_t kLost = 0xdeadbeef;
    std::array<std::uint32_t, sizeof(seccomp_data) / 4> words{};
    static_assert(sizeof words == sizeof call);
    std::memcpy(words.data(), &call, sizeof call);
    Run run;
    std::uint32_t loaded = 0;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const sock_filter& row = rows[at];
        ++run.executed;
        if (row.code == (BPF_RET | BPF_K)) {
            run.answer = row.k;
            return run;
        }
        if (row.code == (BPF_LD | BPF_W | BPF_ABS)) {
            loaded = words[row.k / 4 % words.size()];
            if (row.k > offsetof(seccomp_data, arch) && !run.looksAtArguments) {
                run.looksAtArguments = true;
                run.entry = at;
            }
        } else if (row.code == (BPF_ALU | BPF_AND | BPF_K)) {
            loaded &= row.k;
        } else if (row.code == (BPF_JMP | BPF_JA)) {
            at += row.k;
        } else if (BPF_CLASS(row.code) == BPF_JMP && BPF_SRC(row.code) == BPF_K) {
            at += compares(row, loaded) ? row.jt : row.jf;
        } else {
            break;
        }
    }
    run.answer = kLost;
    return run;
}

seccomp_data callOf(std::uint32_t architecture, std::uint32_t number) {
    seccomp_data call{};
    call.arch = architecture;
    call.nr = static_cast<int>(number);
    return call;
}

/// The constants of the rows from `first` on, and their neighbours.
std::set<std::uint32_t> constantsOf(const Rows& rows, std::size_t first = 0) {
    std::set<std::uint32_t> values{0, 0x80000000, 0xffffffff};
    for (std::size_t at = first; at < rows.size(); ++at) {
        if (BPF_CLASS(rows[at].code) == BPF_JMP || BPF_CLASS(rows[at].code) == BPF_ALU) {
            values.insert({rows[at].k - 1, rows[at].k, rows[at].k + 1});
        }
    }
    return values;
}

/// The constants of the rows that can follow the entry.
std::set<std::uint32_t> argumentConstants(const Rows& rows, std::size_t entry) {
    Rows reached;
    std::set<std::size_t> open{entry};
    while (!open.empty()) {
        const std::size_t at = *open.begin();
        open.erase(open.begin());
        const sock_filter& row = rows[at];
        reached.push_back(row);
        if (row.code == (BPF_JMP | BPF_JA)) {
            open.insert(at + 1 + row.k);
        } else if (BPF_CLASS(row.code) == BPF_JMP) {
            open.insert({at + 1 + row.jt, at + 1 + row.jf});
        } else if (BPF_CLASS(row.code) != BPF_RET) {
            open.insert(at + 1);
        }
    }
    return constantsOf(reached);
}

/// Values of the six arguments: each constant in each place with all kinds of upper halves, and mixtures.
std::vector<std::array<std::uint64_t, 6>> argumentsFor(const std::set<std::uint32_t>& constants) {
    std::vector<std::array<std::uint64_t, 6>> all;
    std::vector<std::uint64_t> values;
    for (const std::uint64_t high : {0x0ULL, 0x1ULL, 0xffffffffULL}) {
        for (const std::uint32_t low : constants) {
            values.push_back(high << 32U | low);
            values.push_back(std::uint64_t{low} << 32U | high);
        }
    }
    for (const std::uint64_t value : values) {
        for (std::size_t place = 0; place < 6; ++place) {
            for (const std::uint64_t others : {0x0ULL, ~0x0ULL}) {
                std::array<std::uint64_t, 6> arguments{};
                arguments.fill(others);
                arguments.at(place) = value;
                all.push_back(arguments);
            }
        }
    }
    std::mt19937 random(1);  // NOLINT: the same in each run
    const auto pick = [&] { return values.at(random() % values.size()); };
    for (int i = 0; i < 100; ++i) {
        all.push_back({pick(), pick(), pick(), pick(), pick(), pick()});
    }
    return all;
}

struct Numbers {
    std::set<std::uint32_t> architectures;
    std::set<std::uint32_t> calls;
};

/// All that two programs can treat in another way than their neighbours.
Numbers numbersFor(const Rows& before, const Rows& after) {
    Numbers numbers;
    numbers.architectures = {kNative,        kNative + 1, kNative - 1, AUDIT_ARCH_I386,
                             AUDIT_ARCH_ARM, 0,           0xffffffff};
    for (std::uint32_t number = 0; number < kLowestCalls; ++number) {
        numbers.calls.insert(number);
        numbers.calls.insert(kX32Bit | number);
    }
    for (const Rows* rows : {&before, &after}) {
        for (const std::uint32_t value : constantsOf(*rows)) {
            numbers.calls.insert(value);
        }
    }
    return numbers;
}

/// Empty, or the first call that the programs answer in two ways.
QString difference(const Rows& before, const Rows& after) {
    const Numbers numbers = numbersFor(before, after);
    for (const std::uint32_t architecture : numbers.architectures) {
        std::set<std::size_t> entries;
        for (const std::uint32_t number : numbers.calls) {
            seccomp_data call = callOf(architecture, number);
            const Run first = run(before, call);
            if (!first.looksAtArguments && !run(after, call).looksAtArguments &&
                first.answer == run(after, call).answer) {
                continue;  // whatever the arguments are
            }
            std::vector<std::array<std::uint64_t, 6>> arguments{{}, {1, 2, 3, 4, 5, 6}};
            if (first.looksAtArguments && entries.insert(first.entry).second) {
                arguments = argumentsFor(argumentConstants(before, first.entry));
            }
            for (const auto& values : arguments) {
                std::copy(values.begin(), values.end(), std::begin(call.args));
                call.instruction_pointer = values[0];
                const std::uint32_t expected = run(before, call).answer;
                const std::uint32_t seen = run(after, call).answer;
                if (expected != seen) {
                    return QStringLiteral("architecture %1, call %2 (%3, %4): %5 became %6")
                        .arg(architecture, 0, 16)
                        .arg(number)
                        .arg(values[0], 0, 16)
                        .arg(values[1], 0, 16)
                        .arg(expected, 0, 16)
                        .arg(seen, 0, 16);
                }
            }
        }
    }
    return {};
}

struct Depth {
    double mean = 0;
    unsigned most = 0;
};

/// Rows that run for the calls that exist today.
Depth depthOf(const Rows& rows) {
    constexpr std::uint32_t kCalls = 463;
    Depth depth;
    for (std::uint32_t number = 0; number < kCalls; ++number) {
        const unsigned executed = run(rows, callOf(kNative, number)).executed;
        depth.mean += double{1} * executed / kCalls;
        depth.most = std::max(depth.most, executed);
    }
    return depth;
}

bool sameRows(const Rows& first, const Rows& second) {
    return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                      [](const sock_filter& a, const sock_filter& b) {
                          return a.code == b.code && a.jt == b.jt && a.jf == b.jf && a.k == b.k;
                      });
}

std::string defaultText() {
    const auto text = sys::readFile(std::string(CORACLE_SOURCE_DIR) + "/resources/seccomp/default.json");
    return text ? *text : std::string();
}

seccomp::ProfileContext features(const std::set<std::string>& words) {
    return {{}, words};
}

constexpr sock_filter load(std::uint32_t offset) {
    return {BPF_LD | BPF_W | BPF_ABS, 0, 0, offset};
}
constexpr sock_filter answer(std::uint32_t value) {
    return {BPF_RET | BPF_K, 0, 0, value};
}
constexpr sock_filter ifEqual(std::uint32_t value, std::uint8_t then, std::uint8_t otherwise) {
    return {BPF_JMP | BPF_JEQ | BPF_K, then, otherwise, value};
}
constexpr std::uint32_t kFirstArgument = offsetof(seccomp_data, args);

/// One row for each call from 0 on, of which all give the same answer: much that can be saved.
Rows wordy(const Rows& head, std::uint32_t calls) {
    Rows rows = head;
    for (std::uint32_t call = 0; call < calls; ++call) {
        rows.push_back(ifEqual(call, 0, 1));
        rows.push_back(answer(SECCOMP_RET_ALLOW));
    }
    rows.push_back(answer(SECCOMP_RET_KILL_PROCESS));
    return rows;
}

}  // namespace

class TestRangeTree : public QObject {
    Q_OBJECT
private slots:
    void everyAnswerStaysTheSame_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<bool>("asDocker");
        const auto builtIn = [](const char* name, const QStringList& words, bool asDocker) {
            QTest::newRow(name) << QByteArray::fromStdString(defaultText()) << words << asDocker;
        };
        builtIn("default", {}, false);
        builtIn("default+nested", {"nested"}, false);
        builtIn("default+debug", {"debug"}, false);
        builtIn("default+nested+debug", {"nested", "debug"}, false);
#if defined(__x86_64__)
        builtIn("default+32bit", {"32bit"}, false);
        builtIn("default+nested+32bit", {"nested", "32bit"}, false);
        builtIn("default+debug+32bit", {"debug", "32bit"}, false);
        builtIn("default+nested+debug+32bit", {"nested", "debug", "32bit"}, false);
#endif
        builtIn("docker", {}, true);
        const auto foreign = [](const char* name, const char* action, const QByteArray& rules,
                                const QByteArray& more = {}) {
            QTest::newRow(name) << QByteArray("{\"defaultAction\":\"") + action + "\",\"syscalls\":[" +
                                       rules + "]" + more + "}"
                                << QStringList() << false;
        };
        foreign("default alone", "SCMP_ACT_ALLOW", {});
        foreign("refuses everything", "SCMP_ACT_ERRNO", {});
        foreign("three processors", "SCMP_ACT_ERRNO",
                R"({"names":["read","write"],"action":"SCMP_ACT_ALLOW"})",
                R"(,"architectures":["SCMP_ARCH_X86_64","SCMP_ARCH_X86","SCMP_ARCH_X32"])");
        foreign(
            "actions", "SCMP_ACT_LOG",
            R"({"names":["read"],"action":"SCMP_ACT_ERRNO","errnoRet":1},)"
            R"({"names":["write"],"action":"SCMP_ACT_ERRNO","errnoRet":2},)"
            R"({"names":["openat"],"action":"SCMP_ACT_TRACE","errnoRet":3},)"
            R"({"names":["close"],"action":"SCMP_ACT_TRACE","errnoRet":4},)"
            R"({"names":["fstat"],"action":"SCMP_ACT_TRAP"},{"names":["mount"],"action":"SCMP_ACT_NOTIFY"},)"
            R"({"names":["lseek","mmap","futex"],"action":"SCMP_ACT_ALLOW"},)"
            R"({"names":["getpid"],"action":"SCMP_ACT_KILL_THREAD"},)"
            R"({"names":["kill","tkill"],"action":"SCMP_ACT_KILL_PROCESS"})");
        QByteArray checks;
        for (const char* name : {"read",   "write",   "lseek",  "mmap",     "mprotect", "ioctl", "pread64",
                                 "readv",  "madvise", "dup",    "kill",     "fcntl",    "flock", "ftruncate",
                                 "socket", "connect", "sendto", "shutdown", "listen",   "prctl"}) {
            for (const char* test :
                 {R"("value":7,"op":"SCMP_CMP_EQ")", R"("value":4294967296,"op":"SCMP_CMP_GT")",
                  R"("value":21474836485,"op":"SCMP_CMP_LT")",
                  R"("value":3,"valueTwo":2,"op":"SCMP_CMP_MASKED_EQ")", R"("value":9,"op":"SCMP_CMP_NE")"}) {
                const int index = int(checks.size() % 3);
                checks += QByteArray(checks.isEmpty() ? "" : ",") + "{\"names\":[\"" + name +
                          "\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":" + QByteArray::number(index + 5) +
                          ",\"args\":[{\"index\":" + QByteArray::number(index) + "," + test +
                          "},{\"index\":3,\"value\":" + QByteArray::number(checks.size()) +
                          ",\"op\":\"SCMP_CMP_GE\"}]}";
            }
        }
        foreign("arguments of many calls", "SCMP_ACT_ALLOW", checks);
        QByteArray others;
        for (const char* name :
             {"open",   "close",  "stat",   "fstat",  "lstat", "poll",   "munmap",   "brk",       "writev",
              "access", "pipe",   "select", "mremap", "msync", "dup2",   "pause",    "nanosleep", "getpid",
              "fork",   "execve", "exit",   "wait4",  "uname", "chdir",  "rename",   "mkdir",     "readlink",
              "chmod",  "getuid", "setsid", "utime",  "futex", "openat", "renameat", "getrandom"}) {
            others += QByteArray(",{\"names\":[\"") + name + "\"],\"action\":\"SCMP_ACT_ALLOW\"}";
        }
        foreign("arguments in an allowlist", "SCMP_ACT_KILL_PROCESS", checks + others);
    }
    void everyAnswerStaysTheSame() {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, words);
        QFETCH(bool, asDocker);
        std::set<std::string> named;
        for (const QString& word : words) {
            named.insert(word.toStdString());
        }
        const auto context =
            asDocker ? seccomp::dockerContext(seccomp::dockerCapabilities()) : features(named);
        const auto profile = seccomp::parseProfile(text.toStdString(), context);
        VERIFY_OK(profile);
        const auto before = seccomp::translate(*profile);
        VERIFY_OK(before);
        const auto after = seccomp::compile(*profile);
        VERIFY_OK(after);
        QCOMPARE(difference(*before, *after), QString());
        QVERIFY(after->size() <= before->size());
        for (const long often :
             {SYS_read, SYS_write, SYS_futex, SYS_close, SYS_openat, SYS_mmap, SYS_clock_gettime}) {
            QVERIFY(run(*after, callOf(kNative, static_cast<std::uint32_t>(often))).executed <=
                    run(*before, callOf(kNative, static_cast<std::uint32_t>(often))).executed);
        }
        const Depth deep = depthOf(*before);
        const Depth now = depthOf(*after);
        qInfo("%zu rows become %zu; %.1f of them run for a call, %u at most, instead of %.1f and %u",
              before->size(), after->size(), now.mean, now.most, deep.mean, deep.most);
        QVERIFY(now.mean <= deep.mean && now.most <= deep.most);
    }
    void theDefaultIsSmall() {
        QVERIFY2(seccomp::defaultFilter().size() <= 150,
                 "each row is paid by every start: has the default profile got a rule per call?");
    }
    void whatIsNotUnderstoodStays_data() {
        QTest::addColumn<Rows>("head");
        const auto row = [](const char* name, const Rows& head) { QTest::newRow(name) << head; };
        row("number masked", {load(0), {BPF_ALU | BPF_AND | BPF_K, 0, 0, 0xff}});
        row("sum with the number", {load(0), {BPF_ALU | BPF_ADD | BPF_K, 0, 0, 1}});
        row("bit of the number", {load(0), {BPF_JMP | BPF_JSET | BPF_K, 0, 0, 1}});
        row("index register", {load(0), {BPF_MISC | BPF_TAX, 0, 0, 0}});
        row("compared with the index register", {load(0), {BPF_JMP | BPF_JEQ | BPF_X, 0, 0, 0}});
        row("scratch memory", {load(0), {BPF_ST, 0, 0, 0}});
        row("loaded from scratch memory", {load(0), {BPF_ST, 0, 0, 0}, {BPF_LD | BPF_MEM, 0, 0, 0}});
        row("size of the data", {{BPF_LD | BPF_W | BPF_LEN, 0, 0, 0}});
        row("constant", {{BPF_LD | BPF_IMM, 0, 0, 0}});
        row("nothing loaded", {});
        row("answer from the accumulator", {load(0), ifEqual(7, 0, 1), {BPF_RET | BPF_A, 0, 0, 0}});
        row("masked behind an argument", {load(0),
                                          ifEqual(7, 0, 3),
                                          load(kFirstArgument),
                                          {BPF_ALU | BPF_OR | BPF_K, 0, 0, 1},
                                          answer(SECCOMP_RET_ALLOW)});
        row("out of the program", {load(0), {BPF_JMP | BPF_JA, 0, 0, 0xfffffffe}});
        row("beyond the end", {load(0), ifEqual(7, 255, 0)});
    }
    void whatIsNotUnderstoodStays() {
        QFETCH(Rows, head);
        const Rows program = wordy(head, 40);
        QVERIFY(sameRows(seccomp::asRangeTree(program), program));
        if (!head.empty()) {  // the rest would have been
            const Rows fine = wordy({load(0)}, 40);
            QVERIFY(seccomp::asRangeTree(fine).size() < fine.size());
        }
    }
    void whatIsSmallStays() {
        const Rows allow{answer(SECCOMP_RET_ALLOW)};
        QVERIFY(sameRows(seccomp::asRangeTree(allow), allow));
        const Rows one{load(0), ifEqual(3, 0, 1), answer(SECCOMP_RET_ERRNO), answer(SECCOMP_RET_ALLOW)};
        QVERIFY(sameRows(seccomp::asRangeTree(one), one));
        QVERIFY(seccomp::asRangeTree(Rows{}).empty());
    }
    void onlyWhatAllCallsShareIsLeft() {
        const Rows before = wordy({load(0)}, 120);
        const Rows after = seccomp::asRangeTree(before);
        QCOMPARE(difference(before, after), QString());
        QCOMPARE(after.size(), std::size_t{4});
    }
    void answersFarAwayAreReached() {
        // Every second call has its own answer, a look at an argument of its own, or at one that many share.
        constexpr std::uint32_t kCalls = 320;
        Rows before{load(0)};
        std::vector<std::size_t> jumps;
        for (std::uint32_t call = 0; call < kCalls; call += 2) {
            if (call % 4 == 2) {
                before.insert(before.end(),
                              {ifEqual(call, 0, 4), load(kFirstArgument), ifEqual(call, 0, 1),
                               answer(SECCOMP_RET_TRACE | call), answer(SECCOMP_RET_ERRNO | 1U)});
                continue;
            }
            before.push_back(ifEqual(call, 0, 1));
            if (call % 12 == 0) {
                jumps.push_back(before.size());
            }
            before.push_back(answer(SECCOMP_RET_ERRNO | call));
        }
        before.push_back(answer(SECCOMP_RET_ALLOW));
        for (const std::size_t at : jumps) {
            before[at] = {BPF_JMP | BPF_JA, 0, 0, static_cast<std::uint32_t>(before.size() - at - 1)};
        }
        before.insert(before.end(), {load(kFirstArgument + 8), ifEqual(5, 0, 1), answer(SECCOMP_RET_TRAP),
                                     load(kFirstArgument + 12), ifEqual(6, 0, 1), answer(SECCOMP_RET_LOG),
                                     answer(SECCOMP_RET_KILL_PROCESS)});
        before.insert(before.end(), 1000, answer(SECCOMP_RET_TRAP));  // never reached
        const Rows after = seccomp::asRangeTree(before);
        QVERIFY(after.size() > 400);
        QVERIFY(after.size() < before.size() - 500);
        QCOMPARE(difference(before, after), QString());
        QVERIFY(depthOf(after).most < 24);
    }
};
QTEST_GUILESS_MAIN(TestRangeTree)
#include "test_range_tree.moc"
