// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::image {

/// An image configuration on its way to a new image. Members that nobody here knows stay as they are. The
/// same steps on the same document give the same bytes. Pure.
class ConfigEditor {
public:
    /// Errors: Corrupt, as parseConfig().
    static Result<ConfigEditor> open(std::string_view json);
    /// Of an image without layers.
    static ConfigEditor blank(const Platform& platform);

    ConfigEditor(ConfigEditor&&) noexcept;
    ConfigEditor& operator=(ConfigEditor&&) noexcept;
    ~ConfigEditor();

    /// One line of a Dockerfile: CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, ONBUILD, SHELL,
    /// STOPSIGNAL, USER, VOLUME or WORKDIR. As docker does it, ENTRYPOINT forgets the arguments of before,
    /// and $NAME of the environment is filled in but for CMD, ENTRYPOINT and HEALTHCHECK. Errors:
    /// InvalidArgument that says what is wrong.
    Result<> apply(std::string_view instruction);

    void setEnv(const std::vector<std::string>& env);
    void setCommand(const std::vector<std::string>& command);
    void setEntrypoint(const std::vector<std::string>& entrypoint);
    void setText(const char* key, const std::string& text);  ///< "User", "WorkingDir", "StopSignal"
    void addLabel(const std::string& name, const std::string& value);
    void addKey(const char* set, const std::string& name);  ///< "ExposedPorts", "Volumes"
    void setAuthor(const std::string& author);
    void setCreated(const std::string& time);  ///< RFC 3339

    void addLayer(const Digest& diffId, const HistoryStep& step, const std::string& author = {});
    /// As if the image began here: no layer, and no history.
    void dropLayers();

    std::string text() const;

private:
    explicit ConfigEditor(nlohmann::json document);
    nlohmann::json& config();
    std::map<std::string, std::string> environment();
    Result<> applyEnv(std::string_view rest);
    Result<> applyLabel(std::string_view rest);
    Result<> applyHealthcheck(std::string_view rest);
    Result<> applyOnbuild(std::string_view rest);
    Result<> applyWords(std::string_view name, std::string_view rest);
    std::vector<std::string> commandOf(std::string_view rest);

    std::unique_ptr<nlohmann::json> m_document;
    bool m_commandSet = false;
};

/// Words of a Dockerfile's line: blanks separate, quotes and backslashes hold together, $NAME, ${NAME},
/// ${NAME:-default} and ${NAME:+other} are filled in. Errors: InvalidArgument for an open quote or brace.
Result<std::vector<std::string>> splitDockerfileWords(std::string_view text,
                                                      const std::map<std::string, std::string>& environment);

/// "1m30s", "500ms", "0": nanoseconds. Source: Go, time.ParseDuration. none: malformed.
std::optional<std::int64_t> parseGoDuration(std::string_view text);

}  // namespace coracle::image
