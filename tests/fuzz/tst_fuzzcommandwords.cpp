// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/commandwords.h"
#include "core/console/operationtemplate.h"
#include "core/source/commandtable.h"
#include "tests/fuzz/mutation.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

namespace {

const std::vector<std::string> starts{"", "GET a", "SET \"a b\" 'c d'", R"("\x41\n\"" 'it\'s')", "RENAME * new:*",
    R"(SET "<*>" \*\@\# @/#)", "HSET copy **", "EVAL 'return 1' 0 *", "\xff \0\t"s};
const std::vector<std::string> pieces{
    "\"", "'", "\\", "\\x", "\\xff", "\\*", "\\'", "\\\"", " ", "\n", "*", "**", "@", "#", "\0"s, "SCAN 0", "\"*\""};

/// Elements that would be words, signs or commands of their own if anything looked at them again.
ScannedElements elements(const std::string& one, const std::string& other)
{
    ScannedElements made;
    for (const std::string& text : {one, other}) {
        Reply reply;
        reply.type = Reply::Type::String;
        reply.text = text;
        made.raw.push_back(reply);
    }
    return made;
}

} // namespace

class TestFuzzCommandWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_mutator.emplace(fuzzSeed(), starts, pieces); }
    void anyLineIsSplitOrRefused();
    void quotedWordsComeBack();
    void elementsChangeNoShape();

private:
    std::optional<Mutator> m_mutator;
};

void TestFuzzCommandWords::anyLineIsSplitOrRefused()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string line = m_mutator->next();
        const auto words = splitMarkedWords(line);
        if (!words) {
            QCOMPARE(words.error().kind, ErrorKind::Input);
            continue;
        }
        std::size_t bytes = 0;
        for (const CommandWord& word : *words) {
            QCOMPARE(word.written.size(), word.bytes.size());
            bytes += word.bytes.size();
        }
        QVERIFY(bytes <= line.size());
    }
}

void TestFuzzCommandWords::quotedWordsComeBack()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string bytes = m_mutator->next();
        const auto back = splitCommandLine("a " + quotedWord(bytes) + " b");
        QVERIFY(back);
        const std::vector<std::string> expected{"a", bytes, "b"};
        QCOMPARE(*back, expected);
    }
}

void TestFuzzCommandWords::elementsChangeNoShape()
{
    using Mode = OperationTemplate::Mode;
    for (int round = 0; round < fuzzRounds() / 4; ++round) {
        const std::string operation = m_mutator->next();
        for (const Mode mode : {Mode::ForEach, Mode::ForAll}) {
            const auto made = OperationTemplate::parse(operation, mode, {}, *CommandTable::builtIn());
            if (!made) {
                QCOMPARE(made.error().kind, ErrorKind::Input);
                continue;
            }
            const auto command = [&](const ScannedElements& with) {
                return mode == Mode::ForEach ? made->forElement(with, 1) : made->forAll(with);
            };
            const Command tame = command(elements("x", "y"));
            const Command wild = command(elements(m_mutator->next(), m_mutator->next()));
            QCOMPARE(wild.arguments().size(), tame.arguments().size());
            QVERIFY(wild.arguments().front() == tame.arguments().front());
            QVERIFY(!isScanName(wild.name()));
        }
    }
}

QTEST_APPLESS_MAIN(TestFuzzCommandWords)
#include "tst_fuzzcommandwords.moc"
