// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"
#include "core/scan/keypattern.h"
#include "tests/fuzz/globtwin.h"
#include "tests/fuzz/mutation.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;
using Kind = KeyPattern::Kind;

namespace {

const std::vector<std::string> starts{
    "", "user:", "user:*", "a[b-c]?", "a\\[1\\]", "\\x41\\n", "[^\\]]*", "caf\xc3\xa9", "\xff:\0"s};
const std::vector<std::string> pieces{
    "\\", "\\x", "\\xff", "\\*", "\\]", "[", "]", "[^", "-", "*", "?", "**", "\n", "\0"s};

/// How a user types these very bytes as a prefix or an exact key.
std::string typed(const std::string& bytes)
{
    std::string text;
    for (const char byte : escapeLine(bytes)) {
        if ("*?[]"s.find(byte) != std::string::npos) {
            text += '\\';
        }
        text += byte;
    }
    return text;
}

} // namespace

class TestFuzzKeyPattern : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_mutator.emplace(fuzzSeed(), starts, pieces); }
    void anyTextIsTakenOrRefused();
    void bytesComeBackAsTheyWereTyped();
    void theServerMatchesWhatIsAccepted();

private:
    std::optional<Mutator> m_mutator;
};

void TestFuzzKeyPattern::anyTextIsTakenOrRefused()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string text = m_mutator->next();
        const auto pattern = KeyPattern::fromText(text);
        if (!pattern) {
            QCOMPARE(pattern.error().kind, ErrorKind::Input);
            continue;
        }
        QCOMPARE(pattern->kind() == Kind::All, text.empty());
        QCOMPARE(pattern->matchArgument().has_value(), pattern->kind() != Kind::All);
        const auto again = KeyPattern::fromText(pattern->matchArgument().value_or(""), Kind::Glob);
        QVERIFY(again); // what is sent is a glob whose brackets are closed
    }
}

void TestFuzzKeyPattern::bytesComeBackAsTheyWereTyped()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string bytes = m_mutator->next();
        const auto exact = KeyPattern::fromText(typed(bytes), Kind::Exact);
        QVERIFY(exact);
        QVERIFY(*exact == KeyPattern::exact(bytes));
        const auto prefix = KeyPattern::fromText(typed(bytes));
        QVERIFY(prefix);
        QVERIFY(*prefix == KeyPattern::prefix(bytes));
    }
}

void TestFuzzKeyPattern::theServerMatchesWhatIsAccepted()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string bytes = m_mutator->next();
        const std::string key = m_mutator->changed(bytes + m_mutator->next().substr(0, 12));
        for (const KeyPattern& pattern : {KeyPattern::prefix(bytes), KeyPattern::exact(bytes)}) {
            QCOMPARE(globMatches(pattern.matchArgument().value_or("*"), key), pattern.accepts(key));
        }
    }
}

QTEST_APPLESS_MAIN(TestFuzzKeyPattern)
#include "tst_fuzzkeypattern.moc"
