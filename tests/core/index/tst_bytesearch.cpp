// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/bytesearch.h"

#include <QObject>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <string>

using namespace keyglass;
using namespace std::string_literals;

namespace {

/// A buffer that ends where the search may still read, and not a byte later. What may be read is full of matches.
class Buffer {
public:
    Buffer(const std::string& bytes, const std::string& needle)
        : m_size(bytes.size())
        , m_bytes(bytes.begin(), bytes.end())
    {
        for (std::size_t at = 0; at < ByteSearch::slack; ++at) {
            m_bytes.push_back(needle[at % needle.size()]);
        }
        m_bytes.shrink_to_fit();
    }
    std::string_view bytes() const { return {m_bytes.data(), m_size}; }

private:
    std::size_t m_size;
    std::vector<char> m_bytes;
};

bool sameByte(char a, char b, bool caseSensitive)
{
    const auto lower = [](char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte; };
    return caseSensitive ? a == b : lower(a) == lower(b);
}

std::size_t findPlainly(std::string_view bytes, const std::string& needle, bool caseSensitive, std::size_t from)
{
    if (from > bytes.size()) {
        return ByteSearch::npos;
    }
    const auto found = std::search(bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.end(), needle.begin(),
        needle.end(), [&](char a, char b) { return sameByte(a, b, caseSensitive); });
    return found == bytes.end() ? ByteSearch::npos : static_cast<std::size_t>(found - bytes.begin());
}

std::string randomBytes(QRandomGenerator& random, std::size_t size, std::string_view alphabet)
{
    std::string bytes(size, '\0');
    for (char& byte : bytes) {
        byte = alphabet[random.bounded(static_cast<quint32>(alphabet.size()))];
    }
    return bytes;
}

} // namespace

class TestByteSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatAPlainSearchFinds_data() { eachUnit(); }
    void findsWhatAPlainSearchFinds();
    void foldsAsciiLettersAlone_data() { eachUnit(); }
    void foldsAsciiLettersAlone();
    void looksNotBehindTheEnd_data() { eachUnit(); }
    void looksNotBehindTheEnd();
    void takesTheFastestUnit();

private:
    static void eachUnit();
    static ByteSearch::Unit unit();
};

void TestByteSearch::eachUnit()
{
    QTest::addColumn<int>("unitNumber");
    for (const ByteSearch::Unit each : ByteSearch::supportedUnits()) {
        const char* const names[] = {"plain", "SSE2", "AVX2"};
        QTest::addRow("%s", names[int(each)]) << int(each);
    }
}

ByteSearch::Unit TestByteSearch::unit()
{
    QFETCH(int, unitNumber);
    return ByteSearch::Unit(unitNumber);
}

void TestByteSearch::findsWhatAPlainSearchFinds()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 20'000; ++round) {
        const bool caseSensitive = random.bounded(2) == 0;
        const std::string_view alphabet("abAB@`\0\xff", 2 + random.bounded(7U));
        const std::string haystack = randomBytes(random, random.bounded(150U), alphabet);
        std::string needle = randomBytes(random, 1 + random.bounded(40U), alphabet);
        if (random.bounded(2) == 0 && haystack.size() > needle.size()) { // one that is there
            needle =
                haystack.substr(random.bounded(static_cast<quint32>(haystack.size() - needle.size())), needle.size());
        }
        const Buffer buffer(haystack, needle);
        const ByteSearch search(needle, caseSensitive, unit());
        for (std::size_t from = 0; from <= haystack.size(); from += 1 + random.bounded(9U)) {
            QCOMPARE(search.find(buffer.bytes(), from), findPlainly(haystack, needle, caseSensitive, from));
        }
    }
}

void TestByteSearch::foldsAsciiLettersAlone()
{
    for (int wanted = 0; wanted < 256; ++wanted) {
        const std::string needle{'x', static_cast<char>(wanted), 'x'};
        for (int there = 0; there < 256; ++there) {
            const Buffer buffer("x"s + static_cast<char>(there) + "x", needle);
            const bool found = ByteSearch(needle, false, unit()).find(buffer.bytes()) == 0;
            QCOMPARE(found, sameByte(static_cast<char>(wanted), static_cast<char>(there), false));
        }
    }
}

void TestByteSearch::looksNotBehindTheEnd()
{
    const Buffer buffer("ab", "ab");
    QCOMPARE(ByteSearch("ab", true, unit()).find(buffer.bytes(), 1), ByteSearch::npos);
    QCOMPARE(ByteSearch("ab", true, unit()).find(buffer.bytes(), 2), ByteSearch::npos);
    QCOMPARE(ByteSearch("aba", true, unit()).find(buffer.bytes()), ByteSearch::npos);
    QCOMPARE(ByteSearch("b", true, unit()).find(Buffer("", "b").bytes()), ByteSearch::npos);
}

void TestByteSearch::takesTheFastestUnit()
{
    const auto units = ByteSearch::supportedUnits();
    QCOMPARE(ByteSearch::fastestUnit(), *std::max_element(units.begin(), units.end()));
}

QTEST_GUILESS_MAIN(TestByteSearch)
#include "tst_bytesearch.moc"
