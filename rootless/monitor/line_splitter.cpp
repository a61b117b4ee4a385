// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/line_splitter.h"

namespace coracle::monitor {

/// Memory is bounded by kMaxEntryText for each stream: a line that grows beyond it is handed out in parts,
/// cut between characters, so that a reader who joins the parts gets the line back byte by byte.
void LineSplitter::append(Stream stream, std::string_view bytes, const Sink& sink) {
    std::string& partial = m_partial.at(static_cast<std::size_t>(stream));
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        const std::size_t length = end == std::string_view::npos ? bytes.size() : end + 1;
        std::string_view piece = bytes.substr(0, length);
        bytes.remove_prefix(length);
        if (!partial.empty()) {
            partial.append(piece);
            piece = partial;
        }
        while (piece.size() > kMaxEntryText) {
            const std::size_t part = wholeCharacters(piece, kMaxEntryText);
            sink(stream, piece.substr(0, part));
            piece.remove_prefix(part);
        }
        if (end != std::string_view::npos) {
            sink(stream, piece);
            piece = {};
        }
        if (piece.empty()) {
            partial.clear();
        } else {
            partial = std::string(piece);
        }
    }
}

void LineSplitter::flush(const Sink& sink) {
    for (const Stream stream : {Stream::Stdout, Stream::Stderr}) {
        std::string& partial = m_partial.at(static_cast<std::size_t>(stream));
        if (!partial.empty()) {
            sink(stream, partial);
            partial.clear();
        }
    }
}

}  // namespace coracle::monitor
