// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/batchstep.h"

#include <QTest>

#include <set>
#include <string_view>

using namespace keyglass;

class TestOutcome : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyOutcomeHasANameOfItsOwn()
    {
        std::set<std::string_view> names;
        for (std::size_t at = 0; at < outcomeCount; ++at) {
            names.insert(outcomeName(static_cast<Outcome>(at)));
        }
        QCOMPARE(names.size(), outcomeCount);
        QVERIFY(!names.contains(""));
        QCOMPARE(outcomeName(Outcome::NotDone), std::string_view("not_done"));
    }
};

QTEST_GUILESS_MAIN(TestOutcome)
#include "tst_outcome.moc"
