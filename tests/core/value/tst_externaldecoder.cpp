// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/decoderstack.h"
#include "core/value/formatters/externaldecoder.h"

#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

/// A program given as a script: the only shell here is the one that the test itself asks for.
ExternalCommand script(const QString& text, const QString& back = {})
{
    ExternalCommand command;
    command.name = u"mine"_s;
    command.program = u"/bin/sh"_s;
    command.arguments = {u"-c"_s, text};
    if (!back.isEmpty()) {
        command.encodeProgram = u"/bin/sh"_s;
        command.encodeArguments = {u"-c"_s, back};
    }
    return command;
}

Result<DecodedValue> decoded(const ExternalCommand& command, std::string_view bytes, const ExternalLimits& limits = {})
{
    return makeExternalDecoder(command, limits)->decode(bytes, {});
}

} // namespace

class TestExternalDecoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { allowExternalDecoders({}); }
    void givesBytesAndTakesThem();
    void goesBackWhereItCan();
    void noShellReadsTheArguments();
    void failuresAreTold_data();
    void failuresAreTold();
    void isKilledWithItsChildren();
    void tooMuchOutputEndsIt();
    void ourSecretsAreNotPassedOn();
    void onlyWhatIsAllowedIsFound();
    void isNeverGuessed();
};

void TestExternalDecoder::givesBytesAndTakesThem()
{
    std::string large;
    for (int at = 0; at < 3'000'000; ++at) {
        large += static_cast<char>(at * 7);
    }
    for (const std::string& bytes : {""s, "a\0\xFF"s, large}) { // more than any pipe holds, in both directions
        const auto out = decoded(script(u"cat"_s), bytes);
        QVERIFY2(out, out ? "" : qPrintable(out.error().detail));
        QVERIFY(out->content == bytes);
    }
    const auto early = decoded(script(u"head -c 2"_s), large); // it need not read all
    QVERIFY(early && early->content == large.substr(0, 2));
}

void TestExternalDecoder::goesBackWhereItCan()
{
    const ExternalCommand command = script(u"tr a-z A-Z"_s, u"tr A-Z a-z"_s);
    const DecoderPtr decoder = makeExternalDecoder(command);
    QVERIFY(decoder->isReversible() && decoder->isSlow());
    QCOMPARE(decoder->decode("abc", {})->content, "ABC"s);
    QCOMPARE(decoder->encode("ABC", "", {}).value_or(""s), "abc"s);
    const DecoderPtr oneWay = makeExternalDecoder(script(u"cat"_s));
    QVERIFY(!oneWay->isReversible());
    QVERIFY(!oneWay->encode("ABC", "", {}));
}

void TestExternalDecoder::noShellReadsTheArguments()
{
    ExternalCommand command;
    command.name = u"echo"_s;
    command.program = u"/bin/echo"_s;
    command.arguments = {u"$HOME; `id` $(id) | *"_s};
    const auto out = decoded(command, "");
    QVERIFY(out);
    QCOMPARE(out->content, "$HOME; `id` $(id) | *\n"s);
}

void TestExternalDecoder::failuresAreTold_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("told");
    QTest::newRow("a status") << u"exit 3"_s << u"It ended with status 3"_s;
    QTest::newRow("words") << u"echo no such thing >&2; echo more >&2; exit 1"_s
                           << u"It ended with status 1: no such thing"_s;
    QTest::newRow("a signal") << u"kill -9 $$"_s << u"It crashed"_s;
}

void TestExternalDecoder::failuresAreTold()
{
    QFETCH(const QString, text);
    QFETCH(const QString, told);
    const auto out = decoded(script(text), "bytes");
    QVERIFY(!out);
    QCOMPARE(out.error().detail, told);
    QCOMPARE(out.error().subject, u"mine"_s);
    ExternalCommand missing;
    missing.program = u"/nowhere/at/all"_s;
    const auto none = decoded(missing, "bytes");
    QVERIFY(!none && none.error().kind == ErrorKind::File);
}

void TestExternalDecoder::isKilledWithItsChildren()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"pid"_s);
    QElapsedTimer timer;
    timer.start();
    const auto out = decoded(script(u"sleep 600 & echo $! > '%1'; wait"_s.arg(file)), "", {Milliseconds{500}, {1000}});
    QVERIFY(!out && out.error().kind == ErrorKind::Timeout);
    QVERIFY2(timer.elapsed() < 30'000, "it has to be killed, not waited for");
    QFile pid(file);
    QVERIFY(pid.open(QIODevice::ReadOnly));
    const QString process = QString::fromLatin1(pid.readAll().trimmed());
    const auto isGone = [&process] { // or dead, and nobody has asked for its status yet
        QFile stat(u"/proc/%1/stat"_s.arg(process));
        return !stat.open(QIODevice::ReadOnly) || stat.readAll().contains(") Z ");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isGone(), 20000);
}

void TestExternalDecoder::tooMuchOutputEndsIt()
{
    const auto out = decoded(script(u"yes"_s), "", {Milliseconds{60'000}, {100'000}});
    QVERIFY(!out);
    QCOMPARE(out.error().kind, ErrorKind::Limit);
    const auto byLayer = makeExternalDecoder(script(u"yes"_s))->decode("", {ByteCount{1000}});
    QVERIFY(!byLayer && byLayer.error().kind == ErrorKind::Limit);
}

void TestExternalDecoder::ourSecretsAreNotPassedOn()
{
    qputenv("KEYGLASS_PASSWORD", "secret");
    qputenv("KEYGLASS_SENTINEL_PASSWORD", "secret");
    const auto out = decoded(script(u"env"_s), "");
    qunsetenv("KEYGLASS_PASSWORD");
    qunsetenv("KEYGLASS_SENTINEL_PASSWORD");
    QVERIFY(out);
    QVERIFY(out->content.find("secret") == std::string::npos);
    QVERIFY(out->content.find("PATH=") != std::string::npos);
}

void TestExternalDecoder::onlyWhatIsAllowedIsFound()
{
    QVERIFY(!DecoderStack::fromNames("external:mine"));
    allowExternalDecoders({script(u"cat"_s, u"cat"_s)});
    const auto stack = DecoderStack::fromNames("external:mine,json");
    QVERIFY(stack);
    QVERIFY(stack->isSlow());
    QCOMPARE(stack->names(), "external:mine,json"s);
    QVERIFY(stack->decode("{\"a\":1}"));
    QCOMPARE(externalDecoderNames(), QStringList{u"mine"_s});
    allowExternalDecoders({});
    const auto none = DecoderStack::fromNames("external:mine");
    QVERIFY(!none && none.error().kind == ErrorKind::Input);
}

void TestExternalDecoder::isNeverGuessed()
{
    allowExternalDecoders({script(u"cat"_s)});
    const std::string bytes("\x01\x02\xFF\xFE\x00 any bytes", 15);
    QVERIFY(detectStack(bytes).names().find("external") == std::string::npos);
    QVERIFY(!detectStack("a text that is long enough").isSlow());
}

QTEST_GUILESS_MAIN(TestExternalDecoder)
#include "tst_externaldecoder.moc"
