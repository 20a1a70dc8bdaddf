// SPDX-License-Identifier: GPL-3.0-or-later
// What is put into an operation, where, and what is refused.
#include "core/console/commandparts.h"
#include "core/console/operationtemplate.h"
#include "core/console/scanbound.h"
#include "core/source/commandtable.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace std::string_literals;

using Words = std::vector<std::string>;
using Mode = OperationTemplate::Mode;
Q_DECLARE_METATYPE(Words)
Q_DECLARE_METATYPE(keyglass::OperationTemplate::Mode)

namespace {

ScannedElements scanned(const Words& texts, std::size_t stride = 1)
{
    ScannedElements elements;
    elements.stride = stride;
    for (const std::string& text : texts) {
        Reply reply;
        reply.type = Reply::Type::String;
        reply.text = text;
        elements.raw.push_back(reply);
    }
    return elements;
}

Result<OperationTemplate> parsed(
    const std::string& operation, Mode mode, const std::optional<std::string>& delimiter = {})
{
    return OperationTemplate::parse(operation, mode, delimiter, *CommandTable::builtIn());
}

Command commandOf(const Words& words)
{
    Command command;
    for (const std::string& word : words) {
        command.add(std::string_view(word));
    }
    return command;
}

std::vector<std::uint16_t> slotsOf(const Words& keys)
{
    std::vector<std::uint16_t> slots;
    for (const std::string& key : keys) {
        slots.push_back(slotOf(key));
    }
    return slots;
}

Reply integer(std::int64_t value)
{
    Reply reply;
    reply.type = Reply::Type::Integer;
    reply.integer = value;
    return reply;
}

} // namespace

class TestOperationTemplate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void putsInTheElement_data();
    void putsInTheElement();
    void putsInAllElements_data();
    void putsInAllElements();
    void anElementIsNeverLookedAtAgain();
    void refuses_data();
    void refuses();
    void tellsWhatItMayWriteTo_data();
    void tellsWhatItMayWriteTo();
    void readsTheScan_data();
    void readsTheScan();
    void leavesToTheServerWhatItHasToSay_data();
    void leavesToTheServerWhatItHasToSay();
    void dividesWhatCanBePutTogether_data();
    void dividesWhatCanBePutTogether();
    void putsRepliesBackInOrder();
    void refusesToDivideAnythingElse();
};

void TestOperationTemplate::putsInTheElement_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<Words>("elements");
    QTest::addColumn<int>("stride");
    QTest::addColumn<Words>("command"); // for the second element
    const auto row = [](const char* name, const char* operation, const Words& command,
                         const Words& elements = {"a", "b", "c"}, int stride = 1) {
        QTest::addRow("%s", name) << QByteArray(operation) << elements << stride << command;
    };
    row("a word of its own", "TTL *", {"TTL", "b"});
    row("in a longer word", "RENAME * new:*:x", {"RENAME", "b", "new:b:x"});
    row("position and number", "SET pos:@ #", {"SET", "pos:1", "3"});
    row("inside double quotes", R"(SET "k * @ #" v)", {"SET", "k b 1 3", "v"});
    row("never inside single quotes", "SET '*@#' v", {"SET", "*@#", "v"});
    row("escaped", R"(SET \*\@\# v)", {"SET", "*@#", "v"});
    row("escaped in double quotes", R"(SET "\*\@\#\x2a" v)", {"SET", "*@#*", "v"});
    row("a backslash that escapes nothing", R"(SET a\b\\* v)", {"SET", R"(a\b\*)", "v"});
    row("a backslash before the element", R"(SET "\\*" v)", {"SET", R"(\b)", "v"});
    row("joined quotes", R"(SET k:"*" x'*')", {"SET", "k:b", "x*"});
    row("twice in one word", "SET *-* v", {"SET", "b-b", "v"});
    row("an empty word", R"(SET * "")", {"SET", "b", ""});
    row("field", "HGET h *", {"HGET", "h", "f2"}, {"f1", "v1", "f2", "v2"}, 2);
    row("field and value", "HSET copy **", {"HSET", "copy", "f2", "v2"}, {"f1", "v1", "f2", "v2"}, 2);
    row("number of fields", "SET n #", {"SET", "n", "2"}, {"f1", "v1", "f2", "v2"}, 2);
}

void TestOperationTemplate::putsInTheElement()
{
    QFETCH(QByteArray, operation);
    QFETCH(Words, elements);
    QFETCH(int, stride);
    QFETCH(Words, command);
    const auto made = parsed(operation.toStdString(), Mode::ForEach);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    const auto all = scanned(elements, static_cast<std::size_t>(stride));
    QCOMPARE(made->forElement(all, 1).arguments(), command);
}

void TestOperationTemplate::putsInAllElements_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<bool>("joins");
    QTest::addColumn<Words>("elements");
    QTest::addColumn<int>("stride");
    QTest::addColumn<Words>("command");
    const Words abc{"a", "b c", "d"};
    const Words fields{"f1", "v1", "f2", "v2"};
    const auto row = [](const char* name, const char* operation, bool joins, const Words& elements, int stride,
                         const Words& command) {
        QTest::addRow("%s", name) << QByteArray(operation) << joins << elements << stride << command;
    };
    row("one argument each", "DEL *", false, abc, 1, {"DEL", "a", "b c", "d"});
    row("in the middle", "MSETNX x * @ #", false, abc, 1, {"MSETNX", "x", "a", "b c", "d", "0", "3"});
    row("inside double quotes", R"(DEL "*")", false, abc, 1, {"DEL", "a", "b c", "d"});
    row("fields without values", "HDEL h *", false, fields, 2, {"HDEL", "h", "f1", "f2"});
    row("the raw reply", "HSET copy **", false, fields, 2, {"HSET", "copy", "f1", "v1", "f2", "v2"});
    row("joined", "SET list *", true, abc, 1, {"SET", "list", "a, b c, d"});
    row("joined in a longer word", "SET list [*]", true, abc, 1, {"SET", "list", "[a, b c, d]"});
    row("the raw reply joined", "SET list <**>", true, fields, 2, {"SET", "list", "<f1, v1, f2, v2>"});
    row("position in a longer word", "SET n:@:# x", false, abc, 1, {"SET", "n:0:3", "x"});
}

void TestOperationTemplate::putsInAllElements()
{
    QFETCH(QByteArray, operation);
    QFETCH(bool, joins);
    QFETCH(Words, elements);
    QFETCH(int, stride);
    QFETCH(Words, command);
    const auto made = parsed(operation.toStdString(), Mode::ForAll, joins ? std::optional(", "s) : std::nullopt);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(made->forAll(scanned(elements, static_cast<std::size_t>(stride))).arguments(), command);
}

void TestOperationTemplate::anElementIsNeverLookedAtAgain()
{
    const Words nasty{"a b", "\" FLUSHALL \"", "'", "*", "@ # **", "\n\r\nFLUSHALL", R"(\*)", "\0\xff"s, ""};
    const auto each = parsed("SET *:@ \"<*>\"", Mode::ForEach);
    const auto all = parsed("DEL *", Mode::ForAll);
    QVERIFY(each && all);
    const auto elements = scanned(nasty);
    for (std::size_t at = 0; at < nasty.size(); ++at) {
        const Words expected{"SET", nasty[at] + ":" + std::to_string(at), "<" + nasty[at] + ">"};
        QCOMPARE(each->forElement(elements, at).arguments(), expected);
    }
    Words expected{"DEL"};
    expected.insert(expected.end(), nasty.begin(), nasty.end());
    QCOMPARE(all->forAll(elements).arguments(), expected);
}

void TestOperationTemplate::refuses_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<Mode>("mode");
    QTest::addRow("nothing") << QByteArray(" ") << Mode::ForEach;
    QTest::addRow("an unbalanced quote") << QByteArray("SET \"* v") << Mode::ForEach;
    QTest::addRow("a key as the command") << QByteArray("* x") << Mode::ForEach;
    QTest::addRow("a key as a part of the command") << QByteArray("FLUSH* x") << Mode::ForEach;
    QTest::addRow("a key as the subcommand") << QByteArray("CONFIG * x") << Mode::ForEach;
    QTest::addRow("a key as a part of a script") << QByteArray("EVAL \"return '*'\" 0") << Mode::ForEach;
    QTest::addRow("a key as a function") << QByteArray("FCALL * 0") << Mode::ForEach;
    QTest::addRow("joined without a delimiter") << QByteArray("SET all x:*") << Mode::ForAll;
    QTest::addRow("a raw element joined without a delimiter") << QByteArray("SET all x:**") << Mode::ForEach;
    for (const char* scan : {"SCAN 0", "scan 0 match x", "SSCAN * 0", "hScAn * 0", "ZSCAN * 0", "\"SCAN\" 0"}) {
        QTest::addRow("%s", scan) << QByteArray(scan) << Mode::ForEach;
    }
}

void TestOperationTemplate::refuses()
{
    QFETCH(QByteArray, operation);
    QFETCH(Mode, mode);
    const auto made = parsed(operation.toStdString(), mode);
    QVERIFY(!made);
    QCOMPARE(made.error().kind, ErrorKind::Input);
    QVERIFY(!made.error().detail.isEmpty());
}

void TestOperationTemplate::tellsWhatItMayWriteTo_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<bool>("elsewhere");
    const auto row = [](const char* operation, bool elsewhere) {
        QTest::addRow("%s", operation) << QByteArray(operation) << elsewhere;
    };
    row("INCR *", false);
    row("SET \"*\" x", false);
    row("TTL *", false);
    row("MGET * other", false);
    row("EVAL_RO 'return 1' 1 *", false);
    row("CONFIG GET *", false);
    row("RENAME * new:*", true);
    row("SADD all *", true);
    row("SET copy:* x", true);
    row("SET @ *", true);
    row("SET '*' x", true);
    row("DEL * other", true);
    row("EVAL 'return 1' 1 *", true);
    row("NOSUCH *", true);
}

void TestOperationTemplate::tellsWhatItMayWriteTo()
{
    QFETCH(QByteArray, operation);
    const auto made = parsed(operation.toStdString(), Mode::ForEach);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QTEST(made->mayWriteElsewhere(*CommandTable::builtIn()), "elsewhere");
}

void TestOperationTemplate::readsTheScan_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<Words>("scan");
    QTest::addColumn<int>("stride");
    QTest::addColumn<bool>("withReplies");
    QTest::addRow("the proposal's example") << Words{"SCAN", "0", "MATCH", "inactive_user:*", "FORALL", "DEL *"}
                                            << Words{"SCAN", "0", "MATCH", "inactive_user:*"} << 1 << false;
    QTest::addRow("all options, any case")
        << Words{"scan", "7", "match", "p", "Count", "5", "type", "hash", "foreach", "TTL *", "withReplies", "delim",
               ","}
        << Words{"scan", "7", "match", "p", "Count", "5", "type", "hash"} << 1 << true;
    QTest::addRow("a pattern that looks like an option") << Words{"SCAN", "0", "MATCH", "FORALL", "FOREACH", "TTL *"}
                                                         << Words{"SCAN", "0", "MATCH", "FORALL"} << 1 << false;
    QTest::addRow("a set") << Words{"SSCAN", "k", "0", "FOREACH", "TTL *"} << Words{"SSCAN", "k", "0"} << 1 << false;
    QTest::addRow("a hash") << Words{"HSCAN", "k", "0", "FOREACH", "TTL *"} << Words{"HSCAN", "k", "0"} << 2 << false;
    QTest::addRow("fields alone") << Words{"HSCAN", "k", "0", "NOVALUES", "FOREACH", "TTL *"}
                                  << Words{"HSCAN", "k", "0", "NOVALUES"} << 1 << false;
    QTest::addRow("a sorted set") << Words{"ZSCAN", "k", "0", "FORALL", "SADD s *"} << Words{"ZSCAN", "k", "0"} << 2
                                  << false;
}

void TestOperationTemplate::readsTheScan()
{
    QFETCH(Words, words);
    QFETCH(Words, scan);
    QFETCH(int, stride);
    QFETCH(bool, withReplies);
    const auto bound = ScanBound::parse(words, *CommandTable::builtIn());
    QVERIFY(bound);
    QVERIFY(*bound);
    QCOMPARE((*bound)->scan, scan);
    QCOMPARE((*bound)->stride, static_cast<std::size_t>(stride));
    QCOMPARE((*bound)->withReplies, withReplies);
    QVERIFY((*bound)->operation);
    Words next = scan;
    next[(*bound)->cursorAt] = "99";
    QCOMPARE((*bound)->scanCommand("99").arguments(), next);
}

void TestOperationTemplate::leavesToTheServerWhatItHasToSay_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<bool>("isRefused");
    QTest::addRow("no scan") << Words{"GET", "FOREACH"} << false;
    QTest::addRow("no cursor") << Words{"SCAN"} << false;
    QTest::addRow("both switches") << Words{"SCAN", "0", "FOREACH", "TTL *", "FORALL", "DEL *"} << true;
    QTest::addRow("one twice") << Words{"SCAN", "0", "FOREACH", "TTL *", "FOREACH", "TTL *"} << true;
    QTest::addRow("no operation") << Words{"SCAN", "0", "FOREACH"} << true;
    QTest::addRow("replies of nothing") << Words{"SCAN", "0", "WITHREPLIES"} << true;
    QTest::addRow("a delimiter of nothing") << Words{"SCAN", "0", "DELIM", ","} << true;
}

void TestOperationTemplate::leavesToTheServerWhatItHasToSay()
{
    QFETCH(Words, words);
    QFETCH(bool, isRefused);
    const auto bound = ScanBound::parse(words, *CommandTable::builtIn());
    QCOMPARE(!bound.has_value(), isRefused);
    QVERIFY(isRefused || !*bound);
}

void TestOperationTemplate::dividesWhatCanBePutTogether_data()
{
    QTest::addColumn<Words>("command");
    QTest::addColumn<int>("words"); // of one command at most
    QTest::addColumn<int>("parts");
    QTest::addRow("short enough") << Words{"DEL", "a", "b"} << 3 << 1;
    QTest::addRow("keys") << Words{"DEL", "a", "b", "c", "d", "e"} << 3 << 3;
    QTest::addRow("members of a key") << Words{"sadd", "k", "a", "b", "c"} << 3 << 3;
    QTest::addRow("pairs are not parted") << Words{"HSET", "k", "f", "v", "g", "w", "h", "x"} << 5 << 3;
    QTest::addRow("two pairs fit") << Words{"HSET", "k", "f", "v", "g", "w", "h", "x"} << 6 << 2;
}

void TestOperationTemplate::dividesWhatCanBePutTogether()
{
    QFETCH(Words, command);
    QFETCH(int, words);
    QFETCH(int, parts);
    CommandLimits limits;
    limits.words = static_cast<std::size_t>(words);
    const auto divided = CommandParts::of(commandOf(command), {}, limits);
    QVERIFY(divided);
    QCOMPARE(divided->commands().size(), static_cast<std::size_t>(parts));
    Words together;
    for (const Command& part : divided->commands()) {
        QVERIFY(part.arguments().size() <= limits.words);
        const std::size_t head = command[0] == "DEL" ? 1 : 2;
        together.insert(
            together.end(), part.arguments().begin() + static_cast<std::ptrdiff_t>(head), part.arguments().end());
    }
    const Words all(command.begin() + (command[0] == "DEL" ? 1 : 2), command.end());
    QCOMPARE(together, all);
    std::vector<Reply> replies(divided->commands().size(), integer(2));
    QCOMPARE(divided->combined(replies).integer, 2 * parts);
}

void TestOperationTemplate::putsRepliesBackInOrder()
{
    const Words keys{"a", "b", "{a}1", "c", "{b}1", "{a}2"};
    Words command{"MGET"};
    command.insert(command.end(), keys.begin(), keys.end());
    const auto divided = CommandParts::of(commandOf(command), slotsOf(keys), {});
    QVERIFY(divided);
    QCOMPARE(divided->commands().size(), std::size_t{3});
    std::vector<Reply> replies;
    for (const Command& part : divided->commands()) {
        const Words words = part.arguments();
        for (const std::string& key : Words(words.begin() + 1, words.end())) {
            QCOMPARE(slotOf(key), slotOf(words[1]));
        }
        Reply reply;
        reply.type = Reply::Type::Array;
        reply.elements = scanned(Words(words.begin() + 1, words.end())).raw;
        replies.push_back(reply);
    }
    const Reply whole = divided->combined(replies);
    QCOMPARE(whole.elements.size(), keys.size());
    for (std::size_t at = 0; at < keys.size(); ++at) {
        QCOMPARE(whole.elements[at].text, keys[at]);
    }
    replies[1] = Reply();
    replies[1].type = Reply::Type::Error;
    replies[1].text = "ERR no";
    const Reply partly = divided->combined(replies);
    QCOMPARE(partly.elements[0].text, "a"s);
    QVERIFY(partly.elements[1].isError());
    QVERIFY(partly.elements[4].isError());
}

void TestOperationTemplate::refusesToDivideAnythingElse()
{
    CommandLimits limits;
    limits.words = 3;
    const Words tooLong{"PFADD", "h", "a", "b"};
    const auto longOne = CommandParts::of(commandOf(tooLong), {}, limits);
    QVERIFY(!longOne);
    QCOMPARE(longOne.error().kind, ErrorKind::Input);
    const auto odd = CommandParts::of(commandOf({"HSET", "k", "f", "v", "g"}), {}, limits);
    QVERIFY(!odd);
    const auto slots = CommandParts::of(commandOf({"SUNION", "a", "b"}), slotsOf({"a", "b"}), {});
    QVERIFY(!slots);
    QVERIFY(slots.error().detail.contains(QStringLiteral("slots")));
    QVERIFY(CommandParts::of(commandOf({"SUNION", "{a}1", "{a}2"}), slotsOf({"{a}1", "{a}2"}), {}));
}

QTEST_APPLESS_MAIN(TestOperationTemplate)
#include "tst_operationtemplate.moc"
