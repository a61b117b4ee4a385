// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

namespace coracle {

/// How long a test waits for what has to come: far longer than it takes, because threads and programs that it
/// waits for may stand still for seconds while compilers have the processors. Milliseconds.
inline constexpr int kTestPatience = 30'000;

}  // namespace coracle

// Qt's own wait five seconds.
#undef QTRY_VERIFY
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT(expr, coracle::kTestPatience)
#undef QTRY_VERIFY2
#define QTRY_VERIFY2(expr, words) QTRY_VERIFY2_WITH_TIMEOUT(expr, words, coracle::kTestPatience)
#undef QTRY_COMPARE
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT(expr, expected, coracle::kTestPatience)
