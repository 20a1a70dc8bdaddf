// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/index/indexbuilder.h"
#include "core/index/keyfilter.h"
#include "core/index/keyroot.h"
#include "core/index/keystretch.h"
#include "core/index/sortedwriter.h"

#include <QObject>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <set>

using namespace keyglass;
using namespace std::string_literals;

namespace {

using Keys = std::vector<std::string>;
using SnapshotPointer = std::shared_ptr<const Snapshot>;
constexpr auto substring = FilterSpec::Kind::Substring;
constexpr auto regex = FilterSpec::Kind::Regex;

/// One run.
SnapshotPointer snapshotOf(Keys keys)
{
    std::sort(keys.begin(), keys.end());
    SortedSnapshotWriter writer;
    for (const std::string& key : keys) {
        writer.append(key);
    }
    return writer.publish();
}

std::vector<SmallRun> inBatches(const Keys& keys)
{
    std::vector<SmallRun> runs;
    for (std::size_t at = 0; at < keys.size();) {
        KeyBatch batch;
        for (const std::size_t end = std::min(at + 20'000, keys.size()); at < end; ++at) {
            batch.append(keys[at]);
        }
        runs.push_back(SmallRun::sorted(std::move(batch)));
    }
    return runs;
}

/// As a scan leaves it, batch after batch in any order, when some keys have been deleted since.
SnapshotPointer scannedSnapshot(const Keys& keys, const Keys& deleted)
{
    IndexBuilder builder(keys.size() + deleted.size());
    Keys all = keys;
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(keys.size() / 2), deleted.begin(), deleted.end());
    for (SmallRun& run : inBatches(all)) {
        builder.add(std::move(run));
    }
    for (SmallRun& run : inBatches(deleted)) {
        builder.remove(std::move(run));
    }
    return builder.publish();
}

Keys keysOf(const SnapshotPointer& snapshot)
{
    Keys keys;
    forEachKey(snapshot, {}, [&](std::string_view key) {
        keys.emplace_back(key);
        return true;
    });
    return keys;
}

/// The hits of a filter that must succeed.
Keys hitsOf(const SnapshotPointer& snapshot, const FilterSpec& spec, int threads = 2)
{
    FilterProgress last;
    const Status done =
        filterKeys(snapshot, spec, threads, {}, [&](FilterProgress&& progress) { last = std::move(progress); });
    if (!done || !last.complete || last.keysLookedAt != snapshot->keyCount()) {
        return {"the filter did not end well"};
    }
    return keysOf(last.hits);
}

char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
}

std::string lowered(std::string bytes)
{
    std::transform(bytes.begin(), bytes.end(), bytes.begin(), lower);
    return bytes;
}

/// What a filter must find among ASCII keys or by substring, the obvious way, in order.
Keys plainlyFound(const Keys& keys, const FilterSpec& spec)
{
    QRegularExpression::PatternOptions options = QRegularExpression::DotMatchesEverythingOption;
    options.setFlag(QRegularExpression::CaseInsensitiveOption, !spec.caseSensitive);
    const QRegularExpression expression(QString::fromLatin1(spec.needle.c_str()), options);
    const auto matches = [&](const std::string& key) {
        if (spec.kind == regex) {
            return expression.match(QString::fromStdString(key)).hasMatch();
        }
        return spec.caseSensitive ? key.find(spec.needle) != std::string::npos
                                  : lowered(key).find(lowered(spec.needle)) != std::string::npos;
    };
    Keys found;
    std::copy_if(keys.begin(), keys.end(), std::back_inserter(found), matches);
    std::sort(found.begin(), found.end());
    return found;
}

Keys randomKeys(std::size_t count, std::string_view alphabet, quint32 seed)
{
    QRandomGenerator random(seed);
    std::set<std::string> keys;
    while (keys.size() < count) {
        std::string key(random.bounded(16U), '\0');
        std::generate(
            key.begin(), key.end(), [&] { return alphabet[random.bounded(static_cast<quint32>(alphabet.size()))]; });
        keys.insert(std::move(key));
    }
    Keys shuffled(keys.begin(), keys.end());
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    return shuffled;
}

/// A key for which `(a|b).*[cd]` has to look at 10^12 bytes.
std::string tiringKey(char first)
{
    return first + std::string(1'000'000, 'a');
}
const FilterSpec tiring{regex, "(a|b).*[cd]|^k", true};

/// Keys that are hits of `tiring` and the one that is not, behind them.
SnapshotPointer tiringSnapshot()
{
    static const SnapshotPointer snapshot = [] {
        Keys keys{tiringKey('x')};
        for (int number = 0; number < 40'000; ++number) {
            keys.push_back("k" + std::to_string(number));
        }
        return snapshotOf(keys);
    }();
    return snapshot;
}

} // namespace

class TestKeyFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rootsOfDatabasesNeverMatch();
    void partsRoots_data();
    void partsRoots();
    void findsWhatAPlainLoopFinds_data();
    void findsWhatAPlainLoopFinds();
    void knowsWhereAKeyEnds_data();
    void knowsWhereAKeyEnds();
    void readsKeysAsTheyAre_data();
    void readsKeysAsTheyAre();
    void anEmptySpecShowsAllKeys();
    void anEmptySnapshotHasNoHits();
    void hitsAreAnIndexOfTheirOwn();
    void blocksThatAreHitsAsAWholeStayInOrder();
    void tellsHitsSoFarInOrder();
    void stopsSoon();
    void stopsBeforeItBegins();
    void aPatternWithoutEndMeetsItsLimit_data();
    void aPatternWithoutEndMeetsItsLimit();
    void refusesWhatDoesNotCompile_data();
    void refusesWhatDoesNotCompile();
    void narrowsOnlyWhereHitsCanOnlyBeLost_data();
    void narrowsOnlyWhereHitsCanOnlyBeLost();
    void filteringTheHitsOfAWiderFilterGivesTheSame();
};

void TestKeyFilter::rootsOfDatabasesNeverMatch()
{
    const auto snapshot =
        snapshotOf({rootOf(0) + "adb", rootOf(0) + "user", rootOf(3) + "db 3", rootOf(3), rootOf(12) + "2"});
    const auto hits = [&](FilterSpec::Kind kind, const char* needle) {
        FilterSpec spec{kind, needle, false, true};
        return hitsOf(snapshot, spec);
    };
    QCOMPARE(hits(substring, "d"), (Keys{rootOf(0) + "adb", rootOf(3) + "db 3"}));
    QCOMPARE(hits(substring, "DB 3"), Keys{rootOf(3) + "db 3"});
    QCOMPARE(hits(substring, "2"), Keys{rootOf(12) + "2"});
    QCOMPARE(hits(regex, "^u"), Keys{rootOf(0) + "user"});
    QCOMPARE(hits(regex, "^$"), Keys{rootOf(3)});
    QVERIFY(!narrows(FilterSpec{substring, "u", false, true}, FilterSpec{substring, "us", false, false}));
}

void TestKeyFilter::partsRoots_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("database"); // -1: no root
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("a key") << QByteArray("db 7\0user:1", 11) << 7 << QByteArray("user:1");
    QTest::newRow("a root") << QByteArray("db 12\0", 6) << 12 << QByteArray();
    QTest::newRow("a key with a zero") << QByteArray("db 0\0a\0b", 8) << 0 << QByteArray("a\0b", 3);
    QTest::newRow("nothing") << QByteArray() << -1 << QByteArray();
    QTest::newRow("no end") << QByteArray("db 7") << -1 << QByteArray();
    QTest::newRow("no number") << QByteArray("db \0x", 5) << -1 << QByteArray();
    QTest::newRow("another word") << QByteArray("dbx7\0x", 6) << -1 << QByteArray();
    QTest::newRow("a sign") << QByteArray("db -1\0x", 7) << -1 << QByteArray();
    QTest::newRow("too large") << QByteArray("db 99999999999\0x", 16) << -1 << QByteArray();
}

void TestKeyFilter::partsRoots()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, database);
    QFETCH(const QByteArray, key);
    const auto rooted = splitRoot({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    QCOMPARE(rooted.has_value(), database >= 0);
    if (rooted) {
        QCOMPARE(rooted->database, database);
        QCOMPARE(QByteArray(rooted->key.data(), static_cast<qsizetype>(rooted->key.size())), key);
        QCOMPARE(rootOf(database).size() + rooted->key.size(), static_cast<std::size_t>(bytes.size()));
    }
}

void TestKeyFilter::findsWhatAPlainLoopFinds_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("needle");
    QTest::addColumn<bool>("caseSensitive");
    const auto add = [](const char* name, FilterSpec::Kind kind, const char* needle, bool caseSensitive) {
        QTest::addRow("%s", name) << int(kind) << QByteArray(needle) << caseSensitive;
    };
    add("one byte", substring, ":", true);
    add("one letter, any case", substring, "a", false);
    add("two bytes", substring, "ab", true);
    add("two letters, any case", substring, "aB", false);
    add("a byte of no UTF-8", substring, "\xff", true);
    add("half of it in many keys", substring, ":aB:", false);
    add("absent", substring, "abcabc", true);
    add("longer than a step of the search", substring, "aBabAbABbaaBaBabAbABbaaB", false);
    add("regex, anchored", regex, "^a.*:\\z", true);
    add("regex, any case", regex, "ab+a", false);
    add("regex, a class", regex, "[^ab]{4}", true);
}

void TestKeyFilter::findsWhatAPlainLoopFinds()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, needle);
    QFETCH(bool, caseSensitive);
    const FilterSpec spec{FilterSpec::Kind(kind), needle.toStdString(), caseSensitive};
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    Keys keys = randomKeys(75'000, spec.kind == regex ? "aAbB:\n"s : "aAbB:\0\xff"s, seed);
    const Keys deleted(keys.begin() + 50'000, keys.end());
    keys.resize(50'000);
    const Keys expected = plainlyFound(keys, spec);
    const SnapshotPointer severalRuns = scannedSnapshot(keys, {});
    const SnapshotPointer withDeletions = scannedSnapshot(keys, deleted);
    const SnapshotPointer oneRun = snapshotOf(keys);
    QVERIFY(severalRuns->runCount() > 1);
    for (int threads = 1; threads <= 4; ++threads) {
        QVERIFY(hitsOf(severalRuns, spec, threads) == expected);
        QVERIFY(hitsOf(withDeletions, spec, threads) == expected);
        QVERIFY(hitsOf(oneRun, spec, threads) == expected);
    }
}

void TestKeyFilter::knowsWhereAKeyEnds_data()
{
    QTest::addColumn<Keys>("keys");
    QTest::addColumn<std::string>("needle");
    QTest::addColumn<Keys>("hits");
    QTest::addRow("at the start and at the end") << Keys{"ab", "abx", "xab"} << "ab"s << Keys{"ab", "abx", "xab"};
    QTest::addRow("across two keys") << Keys{"xa", "xb"} << "ax"s << Keys{};
    QTest::addRow("across keys of a byte") << Keys{"a", "b", "c", "d"} << "bc"s << Keys{};
    QTest::addRow("across, then within the next") << Keys{"ca", "cacaca"} << "aca"s << Keys{"cacaca"};
    QTest::addRow("beside the empty key") << Keys{"", "a", "b"} << "a"s << Keys{"a"};
    QTest::addRow("several times in a key") << Keys{"aaaa", "b"} << "aa"s << Keys{"aaaa"};
    QTest::addRow("longer than all keys") << Keys{"abc", "abd"} << "abcabd"s << Keys{};
    QTest::addRow("zero bytes") << Keys{"a\0b"s, "a\0\0b"s} << "\0\0"s << Keys{"a\0\0b"s};
    const std::string tail = std::string(100'000, 'x') + "end";
    QTest::addRow("at the end of a long key") << Keys{tail, "y"} << "xend"s << Keys{tail};
    QTest::addRow("a long needle") << Keys{tail, tail + "!"} << tail.substr(5) + "!" << Keys{tail + "!"};
}

void TestKeyFilter::knowsWhereAKeyEnds()
{
    QFETCH(Keys, keys);
    QFETCH(std::string, needle);
    QFETCH(Keys, hits);
    QVERIFY(hitsOf(snapshotOf(keys), {substring, needle, true}) == hits);
    QVERIFY(hitsOf(snapshotOf(keys), {substring, needle, false}) == hits);
}

void TestKeyFilter::readsKeysAsTheyAre_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<int>("kind");
    QTest::addColumn<std::string>("needle");
    QTest::addColumn<bool>("caseSensitive");
    QTest::addColumn<bool>("isHit");
    QTest::addRow("substring in UTF-8") << "caf\xc3\xa9:1"s << int(substring) << "\xc3\xa9"s << true << true;
    QTest::addRow("ASCII letters lose their case") << "USER:1"s << int(substring) << "user"s << false << true;
    QTest::addRow("with case they do not") << "USER:1"s << int(substring) << "user"s << true << false;
    QTest::addRow("other letters keep it") << "\xc3\x89"s << int(substring) << "\xc3\xa9"s << false << false;
    QTest::addRow("@ is no capital `") << "@[\\]^"s << int(substring) << "`{|}~"s << false << false;
    QTest::addRow("regex: one character, not two bytes") << "\xc3\xa9"s << int(regex) << "^.$"s << true << true;
    QTest::addRow("regex: all letters lose their case") << "\xc3\x89"s << int(regex) << "\xc3\xa9"s << false << true;
    QTest::addRow("regex: beside bytes of no UTF-8") << "\xff:abc\xe2\x82"s << int(regex) << "b"s << true << true;
    QTest::addRow("regex: such bytes match nothing") << "a\xff"
                                                        "b"s
                                                     << int(regex) << "a.b"s << true << false;
    QTest::addRow("regex: typed as bytes") << "a\xff"
                                              "b"s
                                           << int(regex) << "\xff."s << true << true;
    QTest::addRow("regex: a dot is any line break") << "a\nb"s << int(regex) << "^a.b$"s << true << true;
    QTest::addRow("regex: $ is the end only") << "a\n"s << int(regex) << "a$"s << true << false;
    QTest::addRow("regex: a zero byte") << "a\0b"s << int(regex) << "a\\x00b"s << true << true;
    QTest::addRow("regex: the empty key") << ""s << int(regex) << "^$"s << true << true;
    QTest::addRow("regex: long key") << std::string(5000, 'x') + "y" << int(regex) << "^x+y$"s << true << true;
    QTest::addRow("regex: long key, no hit") << std::string(5000, 'x') + "y" << int(regex) << "^x+z"s << true << false;
}

void TestKeyFilter::readsKeysAsTheyAre()
{
    QFETCH(std::string, key);
    QFETCH(int, kind);
    QFETCH(std::string, needle);
    QFETCH(bool, caseSensitive);
    QFETCH(bool, isHit);
    const FilterSpec spec{FilterSpec::Kind(kind), needle, caseSensitive};
    QVERIFY(hitsOf(snapshotOf({key}), spec) == (isHit ? Keys{key} : Keys{}));
}

void TestKeyFilter::anEmptySpecShowsAllKeys()
{
    QVERIFY(hitsOf(snapshotOf({"a", "b"}), {}) == (Keys{"a", "b"}));
    QVERIFY(checkFilter({}).has_value());
}

void TestKeyFilter::anEmptySnapshotHasNoHits()
{
    QVERIFY(hitsOf(emptySnapshot(), {substring, "a", true}).empty());
    QVERIFY(hitsOf(emptySnapshot(), {regex, "", true}).empty());
    QVERIFY(hitsOf(emptySnapshot(), {regex, "^", true}).empty());
}

void TestKeyFilter::hitsAreAnIndexOfTheirOwn()
{
    Keys keys;
    for (int number = 0; number < 200'000; ++number) {
        keys.push_back("user:" + std::to_string(number));
    }
    SnapshotPointer hits;
    QVERIFY(filterKeys(
        snapshotOf(keys), {substring, "7", true}, 3, {}, [&](FilterProgress&& progress) { hits = progress.hits; }));
    const Keys expected = keysOf(hits);
    QCOMPARE(hits->keyCount(), quint64(expected.size()));
    for (std::size_t at = 0; at < expected.size(); at += 997) {
        QCOMPARE(hits->rank(expected[at]), quint64(at));
        QVERIFY(hits->select(at) == expected[at]);
    }
    QCOMPARE(hits->count(prefixRange("user:77")), quint64(1111));
}

/// Keys of which long stretches are hits, short ones are not, and some blocks are hit in part.
void TestKeyFilter::blocksThatAreHitsAsAWholeStayInOrder()
{
    Keys keys;
    for (int number = 0; number < 100'000; ++number) {
        std::string key = "user:";
        key += std::to_string(1'000'000 + number);
        key += number % 1000 < 37 || number % 401 == 0 ? ":no" : ":yes";
        keys.push_back(std::move(key));
    }
    for (const FilterSpec& spec : {FilterSpec{substring, "yes", true}, {regex, "yes$", true}}) {
        const Keys expected = plainlyFound(keys, spec);
        for (int threads = 1; threads <= 3; ++threads) {
            SnapshotPointer hits;
            QVERIFY(filterKeys(
                snapshotOf(keys), spec, threads, {}, [&](FilterProgress&& progress) { hits = progress.hits; }));
            QVERIFY(keysOf(hits) == expected);
            for (std::size_t at = 0; at < expected.size(); at += 61) {
                QCOMPARE(hits->rank(expected[at]), quint64(at));
                QVERIFY(hits->select(at) == expected[at]);
            }
        }
    }
}

void TestKeyFilter::tellsHitsSoFarInOrder()
{
    std::stop_source stop;
    std::size_t told = 0;
    const Status done = filterKeys(tiringSnapshot(), tiring, 2, stop.get_token(), [&](FilterProgress&& progress) {
        const Keys hits = keysOf(progress.hits);
        QVERIFY(!progress.complete && std::is_sorted(hits.begin(), hits.end()));
        QVERIFY(hits.size() >= told && hits.size() <= tiringSnapshot()->keyCount() - 1);
        QVERIFY(progress.keysLookedAt >= hits.size());
        told = hits.size();
        if (told > 0) {
            stop.request_stop();
        }
    });
    QVERIFY(told > 0);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Cancelled);
}

void TestKeyFilter::stopsSoon()
{
    auto soonest = Clock::duration::max(); // of some tries: the machine may be busy with other things
    for (int tries = 0; tries < 5 && soonest > Milliseconds(100); ++tries) {
        std::stop_source stop;
        Clock::time_point stopped;
        const Status done = filterKeys(tiringSnapshot(), tiring, 2, stop.get_token(), [&](FilterProgress&&) {
            stopped = Clock::now();
            stop.request_stop();
        });
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Cancelled);
        soonest = std::min(soonest, Clock::now() - stopped);
    }
    QVERIFY(soonest < Milliseconds(100));
}

void TestKeyFilter::stopsBeforeItBegins()
{
    std::stop_source stop;
    stop.request_stop();
    const Status done = filterKeys(snapshotOf({"a"}), {substring, "a", true}, 2, stop.get_token(),
        [](FilterProgress&&) { QFAIL("not wanted any more"); });
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Cancelled);
}

void TestKeyFilter::aPatternWithoutEndMeetsItsLimit_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<std::string>("needle");
    QTest::addColumn<QString>("named");
    const std::string many(60, 'a');
    QTest::addRow("ways beyond number") << many + "!" << "(a|aa)+$"s << QString::fromStdString(many);
    QTest::addRow("nested") << many + "!" << "^(([a-z])+.)+[A-Z]([a-z])+$"s << QString::fromStdString(many);
    QTest::addRow("few steps, but long ones") << tiringKey('k') << "(a|b).*[cd]"s << QStringLiteral("kaaa");
    QTest::addRow("deep") << std::string(400'000, 'a') << "^(a|b)*?(c|d)"s << QStringLiteral("aaaa");
}

void TestKeyFilter::aPatternWithoutEndMeetsItsLimit()
{
    QFETCH(std::string, key);
    QFETCH(std::string, needle);
    QFETCH(QString, named);
    const auto started = Clock::now();
    const Status done = filterKeys(snapshotOf({"x", key}), {regex, needle, true}, 2, {},
        [](FilterProgress&& progress) { QVERIFY(!progress.complete); });
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Limit);
    QVERIFY2(done.error().detail.contains(named), qPrintable(done.error().detail));
    QVERIFY(done.error().detail.size() < 200);
    QVERIFY(Clock::now() - started < Milliseconds(10'000));
}

void TestKeyFilter::refusesWhatDoesNotCompile_data()
{
    QTest::addColumn<std::string>("needle");
    QTest::addColumn<QString>("detail");
    QTest::addRow("open group") << "a(b"s << QStringLiteral("missing closing parenthesis (at position 3)");
    QTest::addRow("counted in characters")
        << "\xc3\xa9(b"s << QStringLiteral("missing closing parenthesis (at position 3)");
    QTest::addRow("nothing to repeat") << "*a"s
                                       << QStringLiteral(
                                              "quantifier does not follow a repeatable item (at position 0)");
    QTest::addRow("parts of characters") << "\\C"s
                                         << QStringLiteral("using \\C is disabled by the application (at position 2)");
}

void TestKeyFilter::refusesWhatDoesNotCompile()
{
    QFETCH(std::string, needle);
    QFETCH(QString, detail);
    const FilterSpec spec{regex, needle, true};
    const Status checked = checkFilter(spec);
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, ErrorKind::Input);
    QCOMPARE(checked.error().detail, detail);
    const Status done = filterKeys(snapshotOf({"a"}), spec, 2, {}, [](FilterProgress&&) { QFAIL("nothing to tell"); });
    QVERIFY(!done);
    QCOMPARE(done.error(), checked.error());
    QVERIFY(checkFilter({substring, needle, true}).has_value());
}

void TestKeyFilter::narrowsOnlyWhereHitsCanOnlyBeLost_data()
{
    QTest::addColumn<FilterSpec>("wider");
    QTest::addColumn<FilterSpec>("narrower");
    QTest::addColumn<bool>("narrowed");
    const FilterSpec us{substring, "us", false};
    QTest::addRow("one letter more") << us << FilterSpec{substring, "use", false} << true;
    QTest::addRow("one in front") << us << FilterSpec{substring, "bus", false} << true;
    QTest::addRow("the same") << us << us << true;
    QTest::addRow("from all keys") << FilterSpec{} << us << true;
    QTest::addRow("to all keys") << us << FilterSpec{} << false;
    QTest::addRow("one letter less") << us << FilterSpec{substring, "u", false} << false;
    QTest::addRow("another letter") << us << FilterSpec{substring, "up", false} << false;
    QTest::addRow("in other case, which does not count") << us << FilterSpec{substring, "USER", false} << true;
    QTest::addRow("case begins to count") << us << FilterSpec{substring, "Us", true} << true;
    QTest::addRow("case ceases to count")
        << FilterSpec{substring, "us", true} << FilterSpec{substring, "use", false} << false;
    QTest::addRow("other case where it counts")
        << FilterSpec{substring, "us", true} << FilterSpec{substring, "USE", true} << false;
    QTest::addRow("to a regex") << us << FilterSpec{regex, "use", false} << false;
    QTest::addRow("from a regex") << FilterSpec{regex, "us", false} << FilterSpec{substring, "use", false} << false;
    QTest::addRow("between regexes") << FilterSpec{regex, "us", false} << FilterSpec{regex, "us?", false} << false;
    QTest::addRow("the same regex") << FilterSpec{regex, "us", false} << FilterSpec{regex, "us", false} << true;
}

void TestKeyFilter::narrowsOnlyWhereHitsCanOnlyBeLost()
{
    QFETCH(FilterSpec, wider);
    QFETCH(FilterSpec, narrower);
    QFETCH(bool, narrowed);
    QCOMPARE(narrows(wider, narrower), narrowed);
}

void TestKeyFilter::filteringTheHitsOfAWiderFilterGivesTheSame()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    const SnapshotPointer snapshot = snapshotOf(randomKeys(50'000, "aAbB:", seed));
    SnapshotPointer hits = snapshot;
    for (const std::string needle : {"a", "ab", "Ab:", ":Ab:", ":Ab:b"}) {
        const FilterSpec spec{substring, needle, false};
        QVERIFY(filterKeys(hits, spec, 2, {}, [&](FilterProgress&& progress) { hits = progress.hits; }));
        QVERIFY(hits->keyCount() > 0);
        QVERIFY(keysOf(hits) == hitsOf(snapshot, spec));
    }
}

QTEST_GUILESS_MAIN(TestKeyFilter)
#include "tst_keyfilter.moc"
