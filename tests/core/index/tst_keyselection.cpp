// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyselection.h"
#include "tests/core/index/treetwin.h"

#include <QRandomGenerator>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using Kind = KeySelection::Kind;

class TestKeySelection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsASetOfKeys();
    void aRuleIsToldFromKeys();
    void aRuleKeepsItsExceptions();
    void keysThatComeLaterFallUnderTheRule();
    void aFolderOfAMillionIsOnePart();
    void iteratesInOrderAndStops();
    void everythingIsARuleWithoutPrefix();
};

namespace {

std::vector<std::string> selectedIn(const KeySelection& selection, const std::shared_ptr<const Snapshot>& snapshot)
{
    std::vector<std::string> keys;
    selection.forEachKey(snapshot, {}, [&keys](std::string_view key) {
        keys.emplace_back(key);
        return true;
    });
    return keys;
}

std::string randomKey(QRandomGenerator& random)
{
    static const std::string letters("ab:\0\xFF", 5);
    std::string key;
    for (auto length = random.bounded(5); length > 0; --length) {
        key += letters[static_cast<std::size_t>(random.bounded(5))];
    }
    return key;
}

KeyRange randomRange(QRandomGenerator& random)
{
    if (random.bounded(2) == 0) {
        return prefixRange(randomKey(random));
    }
    KeyRange range{randomKey(random), randomKey(random)};
    random.bounded(8) == 0 ? range.end.reset() : void();
    return range;
}

bool isIn(const KeyRange& range, const std::string& key)
{
    return key >= range.first && (!range.end || key < *range.end);
}

SelectedShare shareOf(const std::set<std::string>& selected, const std::set<std::string>& all, const KeyRange& range)
{
    std::size_t inside = 0;
    std::size_t chosen = 0;
    for (const std::string& key : all) {
        inside += isIn(range, key) ? 1U : 0U;
        chosen += isIn(range, key) && selected.contains(key) ? 1U : 0U;
    }
    return chosen == 0 ? SelectedShare::None : chosen == inside ? SelectedShare::All : SelectedShare::Some;
}

} // namespace

void TestKeySelection::equalsASetOfKeys()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 30; ++round) {
        std::set<std::string> all;
        for (int i = 0; i < 150; ++i) {
            all.insert(randomKey(random));
        }
        const auto snapshot = snapshotOf({all.begin(), all.end()});
        std::set<std::string> twin;
        KeySelection selection;
        for (int step = 0; step < 60; ++step) {
            const KeyRange range = randomRange(random);
            const std::string key = *std::next(all.begin(), random.bounded(static_cast<int>(all.size())));
            const Kind kind = random.bounded(2) != 0 ? Kind::Rule : Kind::Keys;
            const auto set = [&](bool on) {
                for (const std::string& one : all) {
                    isIn(range, one) ? void(on ? void(twin.insert(one)) : void(twin.erase(one))) : void();
                }
            };
            switch (random.bounded(5)) {
            case 0:
                set(true);
                selection.add(range, kind);
                break;
            case 1:
                set(false);
                selection.remove(range);
                break;
            case 2:
                twin.contains(key) ? void(twin.erase(key)) : void(twin.insert(key));
                selection.toggleKey(key);
                break;
            case 3:
                if (selection.share(range, *snapshot) != shareOf(twin, all, range)) {
                    QVERIFY(shareOf(twin, all, range) == SelectedShare::None); // no key in it: all and none are one
                }
                break;
            default:
                if (shareOf(twin, all, range) != SelectedShare::None
                    || selection.share(range, *snapshot) == SelectedShare::None) {
                    set(shareOf(twin, all, range) != SelectedShare::All);
                    selection.toggle(range, kind, *snapshot);
                }
            }
            QVERIFY(selection.isConsistent());
            QCOMPARE(selection.count(*snapshot), twin.size());
            for (const std::string& one : all) {
                QCOMPARE(selection.contains(one), twin.contains(one));
            }
        }
        QCOMPARE(selectedIn(selection, snapshot), std::vector<std::string>(twin.begin(), twin.end()));
    }
}

void TestKeySelection::aRuleIsToldFromKeys()
{
    KeySelection selection;
    selection.addRule("user:");
    selection.addKey("a");
    selection.addKey("user:7"); // inside the rule: stays the rule's
    const auto parts = selection.parts();
    QCOMPARE(parts.size(), 2U);
    QVERIFY(parts[0].kind == Kind::Keys);
    QCOMPARE(parts[1], (KeySelection::Part{prefixRange("user:"), Kind::Rule}));
    selection.addRule("");
    QCOMPARE(selection.parts().size(), 1U);
    QCOMPARE(selection.rules(), std::vector<std::string>{""});
}

void TestKeySelection::aRuleKeepsItsExceptions()
{
    KeySelection selection;
    selection.addRule("user:");
    selection.removeKey("user:42");
    QCOMPARE(selection.rules(), std::vector<std::string>{"user:"});
    QCOMPARE(selection.exceptionsOf("user:"), (std::vector<KeyRange>{{"user:42", std::string("user:42\0", 8)}}));
    const auto snapshot = snapshotOf({"user:1", "user:42", "user:5", "v"});
    QCOMPARE(selection.count(*snapshot), 2U);
    QVERIFY(selection.share(prefixRange("user:"), *snapshot) == SelectedShare::Some);
    selection.remove(prefixRange("user:"));
    QVERIFY(selection.isEmpty());
    QVERIFY(selection.rules().empty());
}

void TestKeySelection::keysThatComeLaterFallUnderTheRule()
{
    KeySelection selection;
    selection.addRule("a:");
    selection.addKey("b");
    QCOMPARE(selection.count(*snapshotOf({"a:1", "b", "b1"})), 2U);
    QCOMPARE(selection.count(*snapshotOf({"a:1", "a:2", "b", "b1"})), 3U);
}

void TestKeySelection::aFolderOfAMillionIsOnePart()
{
    std::vector<std::string> keys;
    for (int i = 0; i < 1'000'000; ++i) {
        keys.push_back("f:" + std::to_string(i));
    }
    const auto snapshot = snapshotOf(keys);
    KeySelection selection;
    selection.addRule("f:");
    selection.toggleKey("f:500000");
    QCOMPARE(selection.parts().size(), 2U);
    QCOMPARE(selection.count(*snapshot), 999'999U);
    selection.toggleKey("f:500000");
    QVERIFY(selection.isConsistent());
    QCOMPARE(selection.count(*snapshot), 1'000'000U);
}

void TestKeySelection::iteratesInOrderAndStops()
{
    const auto snapshot = snapshotOf({"a", "b", "c", "d"});
    KeySelection selection;
    selection.addKey("d");
    selection.addKey("a");
    selection.addKey("gone");
    QCOMPARE(selectedIn(selection, snapshot), (std::vector<std::string>{"a", "d"}));
    int given = 0;
    QVERIFY(!selection.forEachKey(snapshot, {}, [&given](std::string_view) { return ++given < 1; }));
    QCOMPARE(given, 1);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!selection.forEachKey(snapshot, stop.get_token(), [](std::string_view) { return true; }));
}

void TestKeySelection::everythingIsARuleWithoutPrefix()
{
    KeySelection selection;
    selection.addRule("");
    QVERIFY(selection.contains(""));
    QVERIFY(selection.contains("\xFF\xFF"));
    selection.remove(prefixRange("\xFF"));
    QVERIFY(!selection.contains("\xFF\xFF"));
    QCOMPARE(selection.count(*snapshotOf({"", "a", "\xFF", "\xFF\xFF"})), 2U);
}

QTEST_APPLESS_MAIN(TestKeySelection)
#include "tst_keyselection.moc"
