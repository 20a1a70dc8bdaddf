// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/errortext.h"
#include "core/profile/uri.h"

#include <QTest>

namespace keyglass::test {

/// Columns of a URI that can't be read and of what its error must say.
inline void addWrongUriColumns()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("says");
}

/// Reads the row's URI and checks its error.
inline void checkWhatIsWrong()
{
    QFETCH(QString, uri);
    QFETCH(QString, says);
    const auto target = parseUri(uri);
    QVERIFY(!target);
    QCOMPARE(target.error().kind, ErrorKind::Input);
    QVERIFY2(errorText(target.error()).contains(says), qPrintable(errorText(target.error())));
}

} // namespace keyglass::test
