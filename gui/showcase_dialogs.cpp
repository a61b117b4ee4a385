// SPDX-License-Identifier: Apache-2.0
// Pictures of the dialogs that make and change containers.
#include "gui/dialogs/edit_dialog.h"
#include "gui/dialogs/port_editor.h"
#include "gui/dialogs/run_dialog.h"
#include "gui/dialogs/storage_editor.h"
#include "gui/main_window.h"
#include "gui/showcase_parts.h"

#include <utility>

namespace coracle::gui {
namespace {

types::MountSpec mount(types::MountSpec::Kind kind, const char* source, const char* target) {
    types::MountSpec spec;
    spec.kind = kind;
    spec.source = source;
    spec.target = target;
    return spec;
}

/// As the person who fills the form has come to this section.
types::RunSpec sampleSpec(RunDialog::Section section) {
    using Kind = types::MountSpec::Kind;
    types::RunSpec spec;
    spec.image = "localhost/shop/api:2.3";
    spec.name = "api-debug";
    spec.detach = true;
    if (section == RunDialog::Basics) {
        spec.command = {"--port", "9000", "--trace"};
        spec.restart = {.policy = "on-failure", .maxRetries = 5};
        spec.init = true;
        return spec;
    }
    if (section == RunDialog::Ports) {
        spec.ports = {
            {.hostIp = "127.0.0.1", .hostPort = 9000, .containerPort = 9000, .protocol = net::Protocol::Tcp},
            {.hostIp = {}, .hostPort = 8080, .containerPort = 80, .protocol = net::Protocol::Tcp},
            {.hostIp = "127.0.0.1", .hostPort = 443, .containerPort = 8443, .protocol = net::Protocol::Tcp},
            {.hostIp = "127.0.0.1", .hostPort = 0, .containerPort = 9229, .protocol = net::Protocol::Tcp}};
        return spec;
    }
    spec.ports = {
        {.hostIp = "127.0.0.1", .hostPort = 9001, .containerPort = 9000, .protocol = net::Protocol::Tcp}};
    types::MountSpec conf = mount(Kind::Bind, "~/src/shop/conf", "/etc/shop");
    conf.readOnly = true;
    types::MountSpec scratch = mount(Kind::Tmpfs, "", "/tmp");
    scratch.options = {"size=64m"};
    spec.mounts = {conf, mount(Kind::Volume, "shop_uploads", "/data"), scratch};
    if (section == RunDialog::Environment) {
        spec.env = {{"LOG_LEVEL", "debug"},
                    {"DATABASE_URL", "postgres://shop@db:5432/shop"},
                    {"FEATURE_X", "true"},
                    {"SMTP_HOST", "mail.example.com"}};
    } else if (section == RunDialog::Resources) {
        spec.resources.memoryBytes = 512LL << 20;
        spec.resources.nanoCpus = 1'000'000'000;
        spec.resources.pidsLimit = 512;
    }
    return spec;
}

}  // namespace

void addDialogShots(std::vector<Shot>& shots) {
    const std::pair<const char*, RunDialog::Section> sections[] = {
        {"run-basics", RunDialog::Basics},       {"run-ports", RunDialog::Ports},
        {"run-storage", RunDialog::Storage},     {"run-environment", RunDialog::Environment},
        {"run-resources", RunDialog::Resources}, {"run-network", RunDialog::Network},
        {"run-security", RunDialog::Security}};
    for (const auto& [name, section] : sections) {
        shots.push_back({QLatin1String(name), [section = section](MainWindow& window) {
                             openPage(window, QStringLiteral("containers"));
                             window.openRunDialog(sampleSpec(section));
                             if (auto* dialog = window.findChild<RunDialog*>()) {
                                 dialog->showSection(section);
                                 (void)settle([dialog] {  // the picture is taken in any case
                                     return !dialog->ports().isChecking() && !dialog->storage().isChecking();
                                 });
                             }
                             breathe(60);
                         }});
    }
    const std::pair<const char*, const char*> editSections[] = {{"edit-general", ""},
                                                                {"edit-ports", "ports"},
                                                                {"edit-storage", "storage"},
                                                                {"edit-resources", "resources"}};
    for (const auto& [name, section] : editSections) {
        shots.push_back({QLatin1String(name), [section = section](MainWindow& window) {
                             openPage(window, QStringLiteral("containers"));
                             window.openEditDialog(idOf(window, "api"), QLatin1String(section));
                             if (auto* dialog = window.findChild<EditDialog*>()) {
                                 (void)settle([dialog] {  // the picture is taken in any case
                                     return !dialog->ports().drafts().empty() &&
                                            !dialog->ports().isChecking() && !dialog->storage().isChecking();
                                 });
                             }
                             breathe(60);
                         }});
    }
    shots.push_back({QStringLiteral("pull"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("images"));
                         window.openPullDialog(QStringLiteral("postgres:17"));
                         breathe(60);
                     }});
}

}  // namespace coracle::gui
