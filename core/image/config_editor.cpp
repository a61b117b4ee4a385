// SPDX-License-Identifier: Apache-2.0
#include "core/image/config_editor.h"

#include "core/text/escape.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::image {
namespace {

using Json = nlohmann::json;

Error wrong(const std::string& why) {
    return {ErrorKind::InvalidArgument, why};
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t start = text.find_first_not_of(kBlanks);
    if (start == std::string_view::npos) {
        return {};
    }
    return text.substr(start, text.find_last_not_of(kBlanks) - start + 1);
}

/// The first word and what follows it.
std::pair<std::string_view, std::string_view> firstWord(std::string_view text) {
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    return {text.substr(0, end), trimmed(text.substr(end))};
}

/// ["a", "b"]; none: it is not of that form, which docker then reads as plain words.
std::optional<std::vector<std::string>> jsonWords(std::string_view text) {
    if (!text.starts_with('[')) {
        return std::nullopt;
    }
    const auto parsed = json::parse(text);
    if (!parsed || !parsed->is_array()) {
        return std::nullopt;
    }
    std::vector<std::string> words;
    for (const Json& word : *parsed) {
        if (!word.is_string()) {
            return std::nullopt;
        }
        words.push_back(word.get<std::string>());
    }
    return words;
}

/// A list of words; empty when there is none.
std::vector<std::string> listOf(const Json& config, const char* key) {
    auto words = json::findStrings(config, key);
    return words ? *std::move(words) : std::vector<std::string>();
}

bool isPort(std::string_view text) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string_view protocol = text.substr(std::min(slash + 1, text.size()));
    if (slash < text.size() && protocol != "tcp" && protocol != "udp" && protocol != "sctp") {
        return false;
    }
    const std::string_view numbers = text.substr(0, slash);
    const std::size_t dash = numbers.find('-');
    for (const std::string_view number :
         {numbers.substr(0, dash), dash == std::string_view::npos ? numbers : numbers.substr(dash + 1)}) {
        const bool digits = !number.empty() && number.size() <= 5 &&
                            number.find_first_not_of("0123456789") == std::string_view::npos;
        if (!digits || std::stoi(std::string(number)) > 65535 || std::stoi(std::string(number)) == 0) {
            return false;
        }
    }
    return true;
}

/// "80-82/udp" -> three ports.
std::vector<std::string> portsOf(const std::string& text) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string protocol = slash == text.size() ? "/tcp" : text.substr(slash);
    const std::string numbers = text.substr(0, slash);
    const std::size_t dash = numbers.find('-');
    const int first = std::stoi(numbers.substr(0, dash));
    const int last = dash == std::string::npos ? first : std::stoi(numbers.substr(dash + 1));
    std::vector<std::string> ports;
    for (int port = first; port <= last; ++port) {
        ports.push_back(std::to_string(port) + protocol);
    }
    return ports;
}

/// An absolute path, or one below where the image is now.
std::string joinPath(const std::string& base, const std::string& path) {
    const std::string full = path.starts_with('/') ? path : (base.empty() ? "/" : base + "/") + path;
    std::vector<std::string> parts;
    for (std::size_t start = 0; start < full.size();) {
        const std::size_t end = std::min(full.find('/', start), full.size());
        const std::string part = full.substr(start, end - start);
        start = end + 1;
        if (part == ".." && !parts.empty()) {
            parts.pop_back();
        } else if (!part.empty() && part != "." && part != "..") {
            parts.push_back(part);
        }
    }
    std::string clean;
    for (const std::string& part : parts) {
        clean += "/" + part;
    }
    return clean.empty() ? "/" : clean;
}

}  // namespace

ConfigEditor::ConfigEditor(Json document) : m_document(std::make_unique<Json>(std::move(document))) {}
ConfigEditor::ConfigEditor(ConfigEditor&&) noexcept = default;
ConfigEditor& ConfigEditor::operator=(ConfigEditor&&) noexcept = default;
ConfigEditor::~ConfigEditor() = default;

Result<ConfigEditor> ConfigEditor::open(std::string_view text) {
    TRY_ASSIGN(const ImageConfig checked, parseConfig(text));
    (void)checked;
    TRY_ASSIGN(Json document, json::parse(text, kMaxConfigBytes));
    // What docker of old wrote about the container that an image was made from.
    for (const char* key : {"container", "container_config", "id", "parent"}) {
        document.erase(key);
    }
    return ConfigEditor(std::move(document));
}

ConfigEditor ConfigEditor::blank(const Platform& platform) {
    Json document{{"os", platform.os},
                  {"architecture", platform.architecture},
                  {"config", Json::object()},
                  {"rootfs", {{"type", "layers"}, {"diff_ids", Json::array()}}},
                  {"history", Json::array()}};
    if (!platform.variant.empty()) {
        document["variant"] = platform.variant;
    }
    return ConfigEditor(std::move(document));
}

Json& ConfigEditor::config() {
    Json& config = (*m_document)["config"];
    if (!config.is_object()) {
        config = Json::object();
    }
    return config;
}

std::map<std::string, std::string> ConfigEditor::environment() {
    std::map<std::string, std::string> environment;
    for (const std::string& text : listOf(config(), "Env")) {
        const std::size_t equals = text.find('=');
        environment[text.substr(0, equals)] = equals == std::string::npos ? "" : text.substr(equals + 1);
    }
    return environment;
}

Result<> ConfigEditor::apply(std::string_view instruction) {
    const auto [word, rest] = firstWord(instruction);
    std::string name(word);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto work = [&, rest = rest]() -> Result<> {
        if (rest.empty()) {
            return wrong("it needs a value");
        }
        if (name == "CMD") {
            setCommand(commandOf(rest));
            m_commandSet = true;
            return {};
        }
        if (name == "ENTRYPOINT") {
            setEntrypoint(commandOf(rest));
            if (!m_commandSet) {
                config().erase("Cmd");
            }
            return {};
        }
        if (name == "ENV") {
            return applyEnv(rest);
        }
        if (name == "LABEL") {
            return applyLabel(rest);
        }
        if (name == "HEALTHCHECK") {
            return applyHealthcheck(rest);
        }
        if (name == "ONBUILD") {
            return applyOnbuild(rest);
        }
        if (name == "SHELL") {
            const auto words = jsonWords(rest);
            if (!words || words->empty()) {
                return wrong(R"(it is written as ["program", "argument"])");
            }
            config()["Shell"] = *words;
            return {};
        }
        return applyWords(name, rest);
    };
    auto applied = work();
    if (!applied) {
        return std::move(applied).error().context(
            "change '" + text::excerptForTerminal(std::string(instruction), 200) + "'");
    }
    return applied;
}

Result<> ConfigEditor::applyWords(std::string_view name, std::string_view rest) {
    const bool known =
        name == "EXPOSE" || name == "VOLUME" || name == "USER" || name == "WORKDIR" || name == "STOPSIGNAL";
    if (!known) {
        return Error(ErrorKind::InvalidArgument,
                     "'" + text::excerptForTerminal(std::string(name), 60) + "' cannot be changed")
            .withHint(
                "use CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, ONBUILD, SHELL, STOPSIGNAL, USER, "
                "VOLUME or WORKDIR");
    }
    std::vector<std::string> words;
    if (auto listed = jsonWords(rest); listed && name == "VOLUME") {
        words = *std::move(listed);
    } else {
        TRY_ASSIGN(words, splitDockerfileWords(rest, environment()));
    }
    if (words.empty()) {
        return wrong("it needs a value");
    }
    if (name == "EXPOSE") {
        for (const std::string& port : words) {
            if (!isPort(port)) {
                return wrong("'" + text::excerptForTerminal(port, 60) + "' is no port such as 80 or 53/udp");
            }
            for (const std::string& each : portsOf(port)) {
                addKey("ExposedPorts", each);
            }
        }
        return {};
    }
    if (name == "VOLUME") {
        for (const std::string& volume : words) {
            addKey("Volumes", joinPath("", volume));
        }
        return {};
    }
    if (words.size() != 1) {
        return wrong("it takes one word");
    }
    if (name == "WORKDIR") {
        const auto before = json::findString(config(), "WorkingDir");
        setText("WorkingDir", joinPath(before ? before->value_or("") : "", words.front()));
    } else {
        setText(name == "USER" ? "User" : "StopSignal", words.front());
    }
    return {};
}

std::vector<std::string> ConfigEditor::commandOf(std::string_view rest) {
    if (auto words = jsonWords(rest)) {
        return *std::move(words);
    }
    std::vector<std::string> command = listOf(config(), "Shell");
    if (command.empty()) {
        command = {"/bin/sh", "-c"};
    }
    command.emplace_back(rest);
    return command;
}

Result<> ConfigEditor::applyEnv(std::string_view rest) {
    const auto known = environment();
    const auto [first, value] = firstWord(rest);
    std::vector<std::string> assignments;
    if (first.find('=') == std::string_view::npos) {
        TRY_ASSIGN(const auto words, splitDockerfileWords("\"" + std::string(value) + "\"", known));
        if (value.empty()) {
            return wrong("it is written as NAME=VALUE");
        }
        assignments.push_back(std::string(first) + "=" + words.front());
    } else {
        TRY_ASSIGN(assignments, splitDockerfileWords(rest, known));
    }
    std::vector<std::string> env = listOf(config(), "Env");
    for (const std::string& assignment : assignments) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0) {
            return wrong("'" + text::excerptForTerminal(assignment, 60) + "' is not of the form NAME=VALUE");
        }
        const std::string name = assignment.substr(0, equals + 1);
        const auto found = std::find_if(env.begin(), env.end(),
                                        [&](const std::string& text) { return text.starts_with(name); });
        if (found == env.end()) {
            env.push_back(assignment);
        } else {
            *found = assignment;
        }
    }
    setEnv(env);
    return {};
}

Result<> ConfigEditor::applyLabel(std::string_view rest) {
    TRY_ASSIGN(const auto words, splitDockerfileWords(rest, environment()));
    if (words.size() == 2 && words.front().find('=') == std::string::npos) {
        addLabel(words[0], words[1]);
        return {};
    }
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0) {
            return wrong("'" + text::excerptForTerminal(word, 60) + "' is not of the form NAME=VALUE");
        }
        addLabel(word.substr(0, equals), word.substr(equals + 1));
    }
    return {};
}

Result<> ConfigEditor::applyHealthcheck(std::string_view rest) {
    Json check = Json::object();
    while (rest.starts_with("--")) {
        const auto [option, more] = firstWord(rest);
        const std::size_t equals = std::min(option.find('='), option.size());
        const std::string_view name = option.substr(0, equals);
        const std::string value(option.substr(std::min(equals + 1, option.size())));
        const char* key = name == "--interval"         ? "Interval"
                          : name == "--timeout"        ? "Timeout"
                          : name == "--start-period"   ? "StartPeriod"
                          : name == "--start-interval" ? "StartInterval"
                                                       : nullptr;
        if (key != nullptr) {
            const auto duration = parseGoDuration(value);
            if (!duration) {
                return wrong("'" + text::excerptForTerminal(value, 60) + "' is no duration such as 30s");
            }
            check[key] = *duration;
        } else if (name == "--retries" && !value.empty() && value.size() < 6 &&
                   value.find_first_not_of("0123456789") == std::string::npos) {
            check["Retries"] = std::stoi(value);
        } else {
            return wrong("the option '" + text::excerptForTerminal(std::string(option), 60) +
                         "' is not known");
        }
        rest = more;
    }
    const auto [word, command] = firstWord(rest);
    if ((word == "NONE" || word == "none") && command.empty()) {
        check = {{"Test", {"NONE"}}};
    } else if ((word == "CMD" || word == "cmd") && !command.empty()) {
        std::vector<std::string> test{"CMD-SHELL", std::string(command)};
        if (auto words = jsonWords(command)) {
            test = {"CMD"};
            test.insert(test.end(), words->begin(), words->end());
        }
        check["Test"] = test;
    } else {
        return wrong("it is written as [OPTIONS] CMD command, or NONE");
    }
    config()["Healthcheck"] = check;
    return {};
}

Result<> ConfigEditor::applyOnbuild(std::string_view rest) {
    std::string name(firstWord(rest).first);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (name == "ONBUILD" || name == "FROM" || name == "MAINTAINER") {
        return wrong("'" + name + "' cannot be a trigger");
    }
    std::vector<std::string> triggers = listOf(config(), "OnBuild");
    triggers.emplace_back(rest);
    config()["OnBuild"] = triggers;
    return {};
}

void ConfigEditor::setEnv(const std::vector<std::string>& env) {
    config()["Env"] = env;
}

void ConfigEditor::setCommand(const std::vector<std::string>& command) {
    if (command.empty()) {
        config().erase("Cmd");
    } else {
        config()["Cmd"] = command;
    }
}

void ConfigEditor::setEntrypoint(const std::vector<std::string>& entrypoint) {
    if (entrypoint.empty()) {
        config().erase("Entrypoint");
    } else {
        config()["Entrypoint"] = entrypoint;
    }
}

void ConfigEditor::setText(const char* key, const std::string& text) {
    config()[key] = text;
}

void ConfigEditor::addLabel(const std::string& name, const std::string& value) {
    Json& labels = config()["Labels"];
    if (!labels.is_object()) {
        labels = Json::object();
    }
    labels[name] = value;
}

void ConfigEditor::addKey(const char* set, const std::string& name) {
    Json& names = config()[set];
    if (!names.is_object()) {
        names = Json::object();
    }
    names[name] = Json::object();
}

void ConfigEditor::setAuthor(const std::string& author) {
    (*m_document)["author"] = author;
}

void ConfigEditor::setCreated(const std::string& time) {
    (*m_document)["created"] = time;
}

void ConfigEditor::addLayer(const Digest& diffId, const HistoryStep& step, const std::string& author) {
    (*m_document)["rootfs"]["diff_ids"].push_back(diffId.text());
    Json entry{{"created", step.created}};
    for (const auto& [key, value] : {std::pair{"created_by", step.createdBy},
                                     std::pair{"comment", step.comment}, std::pair{"author", author}}) {
        if (!value.empty()) {
            entry[key] = value;
        }
    }
    Json& history = (*m_document)["history"];
    if (!history.is_array()) {
        history = Json::array();
    }
    history.push_back(std::move(entry));
}

void ConfigEditor::dropLayers() {
    (*m_document)["rootfs"]["diff_ids"] = Json::array();
    (*m_document)["history"] = Json::array();
}

std::string ConfigEditor::text() const {
    return json::toText(*m_document);
}

}  // namespace coracle::image
