// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/volume_contents.h"
#include "core/text/units.h"

#include <chrono>
#include <functional>

#include <unistd.h>

namespace coracle::cli {
namespace {

/// How far it is, on a terminal, in one line that is written over. Calls come from one thread.
class VolumeProgress {
public:
    explicit VolumeProgress(Console& console) : m_console(console) {}
    ~VolumeProgress() { clear(); }
    VolumeProgress(const VolumeProgress&) = delete;
    VolumeProgress& operator=(const VolumeProgress&) = delete;

    std::function<void(std::uint64_t)> step(const char* doing) {
        return [this, doing](std::uint64_t bytes) { show(doing, bytes); };
    }
    void clear() {
        if (m_drawn) {
            m_console.err("\r\x1b[K");
            m_drawn = false;
        }
    }

private:
    void show(const char* doing, std::uint64_t bytes) {
        const auto now = std::chrono::steady_clock::now();
        if (!m_console.errIsTerminal() || now - m_last < std::chrono::milliseconds(100)) {
            return;
        }
        m_last = now;
        m_drawn = true;
        m_console.err(std::string("\r\x1b[K") + doing + " " + text::humanSize(bytes));
    }

    Console& m_console;
    bool m_drawn = false;
    std::chrono::steady_clock::time_point m_last;
};

}  // namespace

int cmdVolumeExport(Context& context, const std::string& name, const Words& arguments) {
    types::OutputPlace place;
    Words names;
    VerbParser parser(name, "[OPTIONS] VOLUME",
                      "Write a volume's files as a tar, with their owners and modes");
    parser.option("-o,--output", place.path, "FILE", "Write to a file instead of standard output")
        .words(names, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (place.path == "-") {
        place.path.clear();
    }
    if (place.path.empty() && context.console().outIsTerminal()) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument, "an archive is not for a terminal")
                               .withHint("name a file with --output, or redirect the output"));
    }
    place.fd = STDOUT_FILENO;
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    context.console().flush();
    VolumeProgress progress(context.console());
    const auto done =
        engine.volumeContents().exportTo(names[0], place, progress.step("Exporting"), interrupt.token());
    progress.clear();
    return done ? 0 : reportError(context.console(), done.error());
}

int cmdVolumeImport(Context& context, const std::string& name, const Words& arguments) {
    Words words;
    VerbParser parser(
        name, "VOLUME FILE|-",
        "Put the files of a tar, compressed or not, into a volume that exists, all or none of them");
    parser.words(words, 2, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const types::InputPlace place{words[1] == "-" ? "" : words[1], STDIN_FILENO};
    if (place.path.empty() && context.console().inIsTerminal()) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument, "an archive does not come from a terminal")
                               .withHint("name a file, or redirect the input"));
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    VolumeProgress progress(context.console());
    const auto done =
        engine.volumeContents().importFrom(words[0], place, progress.step("Importing"), interrupt.token());
    progress.clear();
    return done ? 0 : reportError(context.console(), done.error());
}

int cmdVolumeClone(Context& context, const std::string& name, const Words& arguments) {
    Words words;
    VerbParser parser(name, "VOLUME NEW-VOLUME", "Make a volume with the files and labels of another");
    parser.words(words, 2, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    VolumeProgress progress(context.console());
    const auto made =
        engine.volumeContents().clone(words[0], words[1], progress.step("Copying"), interrupt.token());
    progress.clear();
    if (!made) {
        return reportError(context.console(), made.error());
    }
    context.console().out(made->name + "\n");
    return 0;
}

}  // namespace coracle::cli
