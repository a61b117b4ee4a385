// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coracle::test {

/// Fields of one tar header, written as they are, sense or not.
struct TarHeader {
    std::string name;
    char type = '0';
    std::uint32_t mode = 0644;
    std::uint64_t uid = 0;
    std::uint64_t gid = 0;
    std::uint64_t mtime = 0;
    std::uint64_t size = 0;  ///< of the content when there is any
    std::string link;
    std::string prefix;
    std::uint64_t major = 0;
    std::uint64_t minor = 0;
    bool gnuMagic = false;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> sparse;  ///< old GNU descriptors
    std::uint64_t realSize = 0;
};

/// Makes archives for tests, also such as no tar program would write.
class TarBuilder {
public:
    TarBuilder& entry(TarHeader header, std::string_view content) {
        if (!content.empty()) {
            header.size = content.size();
        }
        m_archive += blockOf(header);
        append(content);
        return *this;
    }
    TarBuilder& file(const std::string& name, std::string_view content) {
        TarHeader header;
        header.name = name;
        return entry(header, content);
    }
    TarBuilder& folder(const std::string& name, std::uint32_t mode = 0755) {
        TarHeader header;
        header.name = name;
        header.type = '5';
        header.mode = mode;
        return entry(header, "");
    }
    TarBuilder& link(char type, const std::string& name, const std::string& target) {
        TarHeader header;
        header.name = name;
        header.type = type;
        header.link = target;
        return entry(header, "");
    }
    TarBuilder& pax(const std::vector<std::pair<std::string, std::string>>& records, char type = 'x') {
        std::string text;
        for (const auto& [key, value] : records) {
            text += paxRecord(key, value);
        }
        return rawPax(text, type);
    }
    TarBuilder& rawPax(const std::string& text, char type = 'x') {
        TarHeader header;
        header.name = "pax";
        header.type = type;
        return entry(header, text);
    }
    TarBuilder& gnuLongName(const std::string& name) { return rawPax(name + std::string(1, '\0'), 'L'); }
    TarBuilder& gnuLongLink(const std::string& name) { return rawPax(name + std::string(1, '\0'), 'K'); }

    std::string finish() const { return m_archive + std::string(1024, '\0'); }
    std::string finishWithoutEnd() const { return m_archive; }

private:
    static std::string octal(std::uint64_t value, std::size_t width) {
        std::string digits(width - 1, '0');
        for (std::size_t i = digits.size(); i > 0 && value > 0; --i, value /= 8) {
            digits[i - 1] = static_cast<char>('0' + value % 8);
        }
        return digits + std::string(1, '\0');
    }
    static std::string paxRecord(const std::string& key, const std::string& value) {
        const std::size_t rest = key.size() + value.size() + 3;
        std::size_t length = rest + std::to_string(rest).size();
        if (std::to_string(length).size() + rest != length) {
            ++length;
        }
        return std::to_string(length) + " " + key + "=" + value + "\n";
    }
    static std::string blockOf(const TarHeader& header) {
        std::string block(512, '\0');
        const auto put = [&block](std::size_t at, const std::string& text) {
            block.replace(at, text.size(), text);
        };
        put(0, header.name.substr(0, 100));
        put(100, octal(header.mode, 8));
        put(108, octal(header.uid, 8));
        put(116, octal(header.gid, 8));
        put(124, octal(header.size, 12));
        put(136, octal(header.mtime, 12));
        block[156] = header.type;
        put(157, header.link.substr(0, 100));
        put(257, header.gnuMagic ? std::string("ustar  \0", 8) : std::string("ustar\00000", 8));
        put(329, octal(header.major, 8));
        put(337, octal(header.minor, 8));
        put(345, header.prefix.substr(0, 155));
        std::size_t at = 386;
        for (const auto& [offset, length] : header.sparse) {
            put(at, octal(offset, 12));
            put(at + 12, octal(length, 12));
            at += 24;
        }
        if (header.realSize > 0) {
            put(483, octal(header.realSize, 12));
        }
        put(148, "        ");
        std::uint64_t sum = 0;
        for (const char c : block) {
            sum += static_cast<unsigned char>(c);
        }
        put(148, octal(sum, 7) + " ");
        return block;
    }
    void append(std::string_view content) {
        m_archive += content;
        m_archive.append((512 - content.size() % 512) % 512, '\0');
    }

    std::string m_archive;
};

}  // namespace coracle::test
