// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/env_file_reader.h"

#include "core/container/env_file.h"
#include "gui/format.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QThreadPool>

#include <cstdlib>

namespace coracle::gui {
namespace {

/// No sensible file is longer; the rest is for the engine to refuse.
constexpr qint64 kMaxBytes = 1024 * 1024;

}  // namespace

EnvFileFacts readEnvFile(const QString& path) {
    EnvFileFacts facts;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        facts.problem = file.errorString();
        return facts;
    }
    const auto text = file.read(kMaxBytes).toStdString();
    const auto pairs = container::parseEnvFile(text, [](const std::string& name) {
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    });
    if (!pairs) {
        facts.problem = format::sentence(pairs.error().message());
        return facts;
    }
    for (const auto& [name, value] : *pairs) {
        facts.pairs.emplace_back(format::text(name), format::text(value));
    }
    return facts;
}

EnvFileReader threadedEnvFileReader() {
    return [](QObject* context, const QString& path, const std::function<void(const EnvFileFacts&)>& done) {
        QThreadPool::globalInstance()->start([path, done, target = QPointer<QObject>(context)] {
            auto facts = readEnvFile(path);
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [target, done, facts = std::move(facts)] {
                    if (target) {
                        done(facts);
                    }
                },
                Qt::QueuedConnection);
        });
    };
}

}  // namespace coracle::gui
