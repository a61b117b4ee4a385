// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "tests/support/patience.h"

#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <string>

/// Fails the test with the error's own words.
#define VERIFY_OK(expression)                                                                              \
    do {                                                                                                   \
        const auto& verified_ = (expression);                                                              \
        QVERIFY2(verified_.has_value(), verified_.has_value() ? "" : verified_.error().message().c_str()); \
    } while (false)

/// Fails unless the expression is an error of this kind.
#define VERIFY_ERROR(expression, wanted)                                                     \
    do {                                                                                     \
        const auto& verified_ = (expression);                                                \
        QVERIFY2(!verified_.has_value(), "succeeded, an error was expected");                \
        QVERIFY2(verified_.error().kind() == (wanted), verified_.error().message().c_str()); \
    } while (false)

namespace coracle::test {

/// A directory of the test's own, removed with everything in it at the end.
class TemporaryDirectory {
public:
    std::string path() const { return m_directory.path().toStdString(); }
    std::string operator/(const std::string& name) const { return path() + "/" + name; }

private:
    QTemporaryDir m_directory;
};

}  // namespace coracle::test
