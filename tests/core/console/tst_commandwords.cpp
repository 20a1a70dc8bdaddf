// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/commandwords.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace std::string_literals;

using Words = std::vector<std::string>;
Q_DECLARE_METATYPE(Words)

class TestCommandWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void splitsAsRedisCliDoes_data();
    void splitsAsRedisCliDoes();
    void refusesWhatIsNotClosed_data();
    void refusesWhatIsNotClosed();
    void saysHowEachByteWasWritten();
    void quotedWordsComeBack_data();
    void quotedWordsComeBack();
};

void TestCommandWords::splitsAsRedisCliDoes_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Words>("words");
    const auto row = [](const char* name, const std::string& line, const Words& words) {
        QTest::addRow("%s", name) << QByteArray::fromStdString(line) << words;
    };
    row("nothing", "", {});
    row("only space", " \t\r\n ", {});
    row("one word", "PING", {"PING"});
    row("space around", "  GET\ta \n", {"GET", "a"});
    row("double quotes", R"(SET "a b" "c")", {"SET", "a b", "c"});
    row("single quotes", R"(SET 'a b' 'c')", {"SET", "a b", "c"});
    row("the escapes of double quotes", R"("\n\r\t\b\a\"\\")", {"\n\r\t\b\a\"\\"});
    row("hexadecimal digits", R"("\x41\xfF\x00")", {"A\xff\0"s});
    row("no hexadecimal digits", R"("\xzz\x4")", {"xzzx4"});
    row("any other byte escaped", R"("\q\*\'")", {"q*'"});
    row("the one escape of single quotes", R"('it\'s \n \\ ')", {R"(it's \n \\ )"});
    row("a backslash without quotes", R"(a\nb \*)", {R"(a\nb)", R"(\*)"});
    row("quotes that begin in a word", R"(a"b c" d'e f')", {"ab c", "de f"});
    row("empty words", R"(SET "" '')", {"SET", "", ""});
    row("the other quote inside", R"("it's" 'say "hi"')", {"it's", R"(say "hi")"});
    row("bytes that are no text", "SET \xff\x01 x", {"SET", "\xff\x01", "x"});
    row("a vertical tab or a form feed before a word", "\v\fGET \va", {"GET", "a"});
    row("the same within a word", "GET a\vb\fc x\f", {"GET", "a\vb\fc", "x\f"});
    row("the same after a quote", "\"a\"\vb", {"a", "b"});
    row("a newline inside quotes", "\"a\nb\"", {"a\nb"});
}

void TestCommandWords::splitsAsRedisCliDoes()
{
    QFETCH(QByteArray, line);
    QFETCH(Words, words);
    const auto split = splitCommandLine(line.toStdString());
    QVERIFY(split);
    QCOMPARE(*split, words);
}

void TestCommandWords::refusesWhatIsNotClosed_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addRow("double quote") << QByteArray(R"(GET "a)");
    QTest::addRow("single quote") << QByteArray(R"(GET 'a)");
    QTest::addRow("an escaped quote closes nothing") << QByteArray(R"(GET "a\")");
    QTest::addRow("a backslash at the end") << QByteArray(R"("\)");
    QTest::addRow("half a number at the end") << QByteArray(R"("\x4)");
    QTest::addRow("something after double quotes") << QByteArray(R"("a"b)");
    QTest::addRow("something after single quotes") << QByteArray(R"('a''b')");
}

void TestCommandWords::refusesWhatIsNotClosed()
{
    QFETCH(QByteArray, line);
    const auto split = splitCommandLine(line.toStdString());
    QVERIFY(!split);
    QCOMPARE(split.error().kind, ErrorKind::Input);
    QVERIFY(!split.error().detail.isEmpty());
}

void TestCommandWords::saysHowEachByteWasWritten()
{
    const auto words = splitMarkedWords(R"(a"b\n" 'c')");
    QVERIFY(words);
    QCOMPARE(words->size(), std::size_t{2});
    QCOMPARE((*words)[0].bytes, "ab\n"s);
    const std::vector<Written> written{Written::Plain, Written::DoubleQuoted, Written::Escaped};
    QVERIFY((*words)[0].written == written);
    QVERIFY((*words)[1].written == std::vector{Written::SingleQuoted});
}

void TestCommandWords::quotedWordsComeBack_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("quoted");
    QTest::addRow("plain") << QByteArray("user:1") << QByteArray("user:1");
    QTest::addRow("empty") << QByteArray() << QByteArray(R"("")");
    QTest::addRow("space") << QByteArray("a b") << QByteArray(R"("a b")");
    QTest::addRow("quotes") << QByteArray(R"(a"b'c\)") << QByteArray(R"("a\"b'c\\")");
    QTest::addRow("binary") << QByteArray("\xff\n", 2) << QByteArray(R"("\xff\x0a")");
}

void TestCommandWords::quotedWordsComeBack()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, quoted);
    const std::string word = quotedWord(bytes.toStdString());
    QCOMPARE(QByteArray::fromStdString(word), quoted);
    const auto back = splitCommandLine("GET " + word);
    QVERIFY(back);
    QCOMPARE(*back, (Words{"GET", bytes.toStdString()}));
}

QTEST_APPLESS_MAIN(TestCommandWords)
#include "tst_commandwords.moc"
