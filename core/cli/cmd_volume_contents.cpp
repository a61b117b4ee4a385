// SPDX-License-Identifier: Apache-2.0
#include "core/cli/confirm.h"
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/trash.h"
#include "core/engine/volume_contents.h"
#include "core/text/escape.h"
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

/// What goes, exactly; an error of one volume comes before anything is asked.
Result<std::string> emptyingOf(engine::Engine& engine, const Words& names, const std::stop_token& stop) {
    std::string text = "WARNING! This will take everything out of:\n";
    for (const auto& volume : names) {
        TRY_ASSIGN(const auto content, engine.volumeContents().count(volume, stop));
        TRY_ASSIGN(const auto summary, engine.volumes().inspect(volume));
        text += "  - " + describe(types::ObjectKind::Volume, volume, volume) + ": " +
                (content.files == 0
                     ? "no files"
                     : std::to_string(content.files) + (content.files == 1 ? " file, " : " files, ") +
                           text::humanSize(content.bytes));
        for (std::size_t i = 0; i < summary.usedBy.size(); ++i) {
            text += (i == 0 ? "; of container '" : ", '") + text::escapeForTerminal(summary.usedBy[i]) + "'";
        }
        text += "\n";
    }
    return text + "The volumes stay, with their names and labels.";
}

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
    if (const auto refused = refuseTerminal(context.console(), place)) {
        return *refused;
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
    if (const auto refused = refuseTerminal(context.console(), place, "")) {
        return *refused;
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

int cmdVolumeEmpty(Context& context, const std::string& name, const Words& arguments) {
    bool force = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] VOLUME [VOLUME...]",
                      "Take everything out of volumes, which stay; 'coracle undo' puts it back");
    parser.flag("-f,--force", force, "Do not prompt for confirmation").words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    Console& console = context.console();
    const Interrupt interrupt;
    if (!force) {
        const auto warning = emptyingOf(engine, names, interrupt.token());
        if (!warning) {
            return reportError(console, warning.error(), 1);
        }
        if (!confirm(console, *warning)) {
            return cancelled(console, "volume empty");
        }
    }
    const std::string batch = engine::newRemovalBatch();
    bool kept = false;
    const int exitCode = forEach(context, names, [&](const std::string& volume) -> Result<> {
        TRY_ASSIGN(const auto emptied, engine.volumeContents().empty(volume, batch, interrupt.token()));
        kept = kept || emptied.kept;
        return {};
    });
    if (kept && console.errIsTerminal()) {
        console.flush();
        console.err("It is in the trash: 'coracle undo' puts it back.\n");
    }
    return exitCode;
}

}  // namespace coracle::cli
