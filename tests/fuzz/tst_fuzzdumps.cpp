// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/dumpdigest.h"
#include "core/base/packedreaders.h"
#include "core/base/rdbreader.h"
#include "core/base/valuedigest.h"
#include "tests/core/base/dumpbuilder.h"
#include "tests/fuzz/mutation.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

namespace {

const Texts texts{"a", "0", "17", "-300", "70000", "-8388608", "9223372036854775807", std::string(70, 't')};
const std::string id = std::string(16, '\1');
const std::string block = rdbString(listpack({"2", "1", "2", "f", "g", "0", "2", "0", "0", "v", "7", "5", "3", "0", "3",
    "w", "8", "5", "0", "1", "4", "1", "h", "x", "6"}));
const std::string groups = rdbLength(1) + rdbString("group") + rdbLength(1) + rdbLength(1) + rdbLength(1) + id
    + little(5, 8) + rdbLength(3) + rdbLength(1) + rdbString("consumer") + little(7, 8) + rdbLength(1) + id;

/// Bodies without their footers: one of each kind.
const std::vector<std::string> starts{byte(0) + rdbString("text"), byte(0) + rdbNumber("-300"),
    byte(0) + rdbCompressed(std::string(100, 'c')), byte(0) + "\xC3" + rdbLength(4) + rdbLength(14) + "\0a\xE0\x04\0"s,
    byte(1) + rdbLength(2) + rdbStrings({"a", "b"}), byte(2) + rdbLength(2) + rdbNumber("1") + rdbString("b"),
    byte(3) + rdbLength(2) + rdbString("a") + "\x03" + "1.5" + rdbString("b") + "\xFF",
    byte(4) + rdbLength(1) + rdbStrings({"f", "v"}), byte(5) + rdbLength(1) + rdbString("a") + scoreBytes(0.5),
    byte(9) + rdbString(zipmap({"f", "v", "g", "w"}, 2)), byte(10) + rdbString(ziplist(texts)),
    byte(11) + rdbString(intset({-1, 2, 300}, 2)), byte(12) + rdbString(ziplist({"a", "1", "b", "-2.5"})),
    byte(13) + rdbCompressed(ziplist({"f", "v", "g", "17"})), byte(14) + rdbLength(1) + rdbString(ziplist(texts)),
    byte(15) + rdbLength(1) + rdbString(id) + block + rdbLength(2) + rdbLength(9) + rdbLength(9) + groups,
    byte(16) + rdbString(listpack(texts)), byte(17) + rdbString(listpack({"a", "1", "b", "inf"})),
    byte(18) + rdbLength(2) + rdbLength(2) + rdbString(listpack(texts)) + rdbLength(1) + rdbString("plain"),
    byte(20) + rdbString(listpack(texts)), byte(22) + rdbLength(1) + rdbStrings({"f", "v"}) + little(1, 8),
    byte(24) + little(9, 8) + rdbLength(1) + rdbLength(1) + rdbStrings({"f", "v"}),
    byte(25) + little(9, 8) + rdbString(listpack({"f", "v", "9"}))};
const std::vector<std::string> pieces{"\xFF", "\xFE", "\x80\xFF\xFF\xFF\xFF", "\x81\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
    "\xC0", "\xC3", "\xF0\xFF\xFF\xFF\x7F", "\x7F\xFF", "\x40\xFF", "\0"s, "nan", "1e999", rdbString(listpack(texts)),
    rdbCompressed(ziplist(texts))};

/// A copy with nothing of ours before or behind it, so that a sanitizer sees who leaves it.
class Exact {
public:
    explicit Exact(const std::string& bytes)
        : m_bytes(std::make_unique<char[]>(bytes.size()))
        , m_size(bytes.size())
    {
        std::ranges::copy(bytes, m_bytes.get());
    }
    [[nodiscard]] std::string_view view() const { return {m_bytes.get(), m_size}; }

private:
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size;
};

/// How many elements there are; each takes bytes of its own.
template <typename Reader> std::size_t elementsIn(std::string_view bytes)
{
    std::size_t count = 0;
    Reader reader(bytes);
    while (reader.next()) {
        ++count;
    }
    return count;
}

} // namespace

class TestFuzzDumps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_mutator.emplace(fuzzSeed(), starts, pieces); }
    void anyDumpHasADigest();
    void theFooterSaysNothingOfTheValue();
    void noStringIsLargerThanItsBytesCanHold();
    void packedOnesEnd();

private:
    std::optional<Mutator> m_mutator;
};

void TestFuzzDumps::anyDumpHasADigest()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string dump = m_mutator->next() + little(11, 2) + std::string(8, 'c');
        const Exact one(dump);
        QCOMPARE(valueDigest(one.view()), valueDigest(dump));
        QCOMPARE(dumpDigest(one.view()), dumpDigest(dump));
        QVERIFY(isSameValue(one.view(), dump));
    }
}

void TestFuzzDumps::theFooterSaysNothingOfTheValue()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string value = m_mutator->next() + "x";
        QCOMPARE(valueDigest(value + little(10, 2) + std::string(8, 'c')),
            valueDigest(value + little(11, 2) + std::string(8, 'd')));
    }
}

void TestFuzzDumps::noStringIsLargerThanItsBytesCanHold()
{
    constexpr std::size_t mostTimes = 88;
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string dump = m_mutator->next();
        const std::string bytes = dump.substr(std::min<std::size_t>(1, dump.size()));
        const Exact one(bytes);
        RdbReader reader(one.view());
        std::size_t strings = 0;
        for (; reader.isGood() && !reader.isWhole(); ++strings) {
            const std::string_view text = reader.string();
            QVERIFY(text.size() <= bytes.size() * mostTimes || text.size() <= 11); // numbers in decimal
            QVERIFY(reader.isGood() || text.empty());
        }
        QVERIFY(strings <= bytes.size() + 1);
    }
}

void TestFuzzDumps::packedOnesEnd()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string bytes = m_mutator->next();
        for (const std::size_t from : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) { // behind kind and length
            const Exact one(bytes.substr(std::min(from, bytes.size())));
            QVERIFY(elementsIn<ListpackReader>(one.view()) <= bytes.size());
            QVERIFY(elementsIn<ZiplistReader>(one.view()) <= bytes.size());
            QVERIFY(elementsIn<IntsetReader>(one.view()) <= bytes.size());
            QVERIFY(elementsIn<ZipmapReader>(one.view()) <= bytes.size());
        }
    }
}

QTEST_APPLESS_MAIN(TestFuzzDumps)
#include "tst_fuzzdumps.moc"
