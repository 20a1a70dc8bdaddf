// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/hexchanges.h"

#include <QTest>

#include <string>
#include <vector>

using namespace keyglass::ui;

namespace {

using Stretches = std::vector<HexChanges::Stretch>;

/// Both digits of a byte.
void type(HexChanges& changes, std::uint64_t offset, char there, unsigned byte)
{
    changes.type(offset, there, byte >> 4U);
    changes.type(offset, there, byte & 0xFU);
}

/// As a draft brings them: without steps.
HexChanges kept(const HexChanges& typed)
{
    return HexChanges::fromText(typed.text()).value_or(HexChanges());
}

} // namespace

class TestHexChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasTypedEarlierIsUnderWhatIsTypedNow();
    void onlyTheFirstOfSeveralStepsLeadsBackToIt();
    void whatIsEarlierElsewhereStays();
};

/// The first digit at a place of the draft is not the end of what was there.
void TestHexChanges::whatWasTypedEarlierIsUnderWhatIsTypedNow()
{
    HexChanges draft;
    type(draft, 0, 'a', 'X');
    type(draft, 1, 'b', 'Y');
    HexChanges changes;
    changes.type(0, 'a', 5);
    changes.addEarlier(kept(draft));
    QCOMPARE(changes.stretches(), (Stretches{{0, "ab", "QY"}})); // 0x51: what is typed now goes before it
    QVERIFY(changes.undo());
    QCOMPARE(changes.stretches(), (Stretches{{0, "ab", "XY"}}));
    QCOMPARE(changes.text(), draft.text());
    QVERIFY(!changes.canUndo());
    QVERIFY(changes.redo());
    QCOMPARE(changes.stretches(), (Stretches{{0, "ab", "QY"}}));
}

void TestHexChanges::onlyTheFirstOfSeveralStepsLeadsBackToIt()
{
    HexChanges draft;
    type(draft, 0, 'a', 'X');
    HexChanges changes;
    type(changes, 0, 'a', 'b');
    changes.takeBack();
    type(changes, 0, 'a', 'c');
    changes.addEarlier(kept(draft));
    QCOMPARE(changes.stretches(), (Stretches{{0, "a", "c"}}));
    changes.undo();
    changes.undo();
    QVERIFY(changes.isEmpty()); // all was taken back there
    changes.undo();
    QCOMPARE(changes.stretches(), (Stretches{{0, "a", "b"}}));
    changes.undo();
    changes.undo();
    QCOMPARE(changes.stretches(), (Stretches{{0, "a", "X"}}));
}

void TestHexChanges::whatIsEarlierElsewhereStays()
{
    HexChanges draft;
    type(draft, 7, 'h', 'X');
    HexChanges changes;
    type(changes, 0, 'a', 'b');
    changes.addEarlier(kept(draft));
    changes.undo();
    changes.undo();
    QCOMPARE(changes.stretches(), (Stretches{{7, "h", "X"}}));
}

QTEST_GUILESS_MAIN(TestHexChanges)
#include "tst_hexchanges.moc"
