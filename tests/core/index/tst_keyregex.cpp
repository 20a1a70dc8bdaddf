// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/index/keyregex.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace std::string_literals;

namespace {

/// Bytes that add nothing to a match of their neighbours, to make a key a long one.
const std::string filling(10'000, '-');

} // namespace

class TestKeyRegex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void longKeysMatchLikeShortOnes_data();
    void longKeysMatchLikeShortOnes();
    void aStopEndsALongKey();
    void aPatternThatCallsItselfEnds_data();
    void aPatternThatCallsItselfEnds();
    void oneRegexServesManyMatchers();
};

void TestKeyRegex::longKeysMatchLikeShortOnes_data()
{
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("key");
    QTest::addColumn<bool>("isMatch");
    QTest::addRow("literal") << "user:4"s << "user:42"s << true;
    QTest::addRow("literal, absent") << "user:5"s << "user:42"s << false;
    QTest::addRow("alternatives") << "(cat|dog)s?:[0-9]+"s << "dogs:7"s << true;
    QTest::addRow("look around") << "(?<=:)[a-f]+(?!:)"s << "a:fed"s << true;
    QTest::addRow("repeated group") << "(.)\\1{3}x"s << "yyyyx"s << true;
    QTest::addRow("a callout of the user's") << "us(?C1)er"s << "user"s << true;
    QTest::addRow("bytes of no UTF-8") << "a.b"s
                                       << "a\xff"
                                          "b"s
                                       << false;
    QTest::addRow("letters beyond ASCII") << "\xc3\xa9+"s << "\xc3\x89\xc3\xa9"s << true;
}

void TestKeyRegex::longKeysMatchLikeShortOnes()
{
    QFETCH(std::string, pattern);
    QFETCH(std::string, key);
    QFETCH(bool, isMatch);
    const auto regex = KeyRegex::compile(pattern, false);
    QVERIFY(regex);
    KeyRegex::Matcher matcher(*regex);
    for (const std::string& each : {key, filling + key, key + filling, filling + key + filling}) {
        const auto matches = matcher.matches(each, {});
        QVERIFY(matches);
        QCOMPARE(*matches, isMatch);
    }
}

void TestKeyRegex::aStopEndsALongKey()
{
    const auto regex = KeyRegex::compile("(a|b).*[cd]", true);
    QVERIFY(regex);
    KeyRegex::Matcher matcher(*regex);
    std::stop_source stop;
    stop.request_stop();
    const auto started = Clock::now();
    const auto matches = matcher.matches(std::string(1'000'000, 'a'), stop.get_token());
    QVERIFY(!matches);
    QCOMPARE(matches.error().kind, ErrorKind::Cancelled);
    QVERIFY(Clock::now() - started < Milliseconds(50));
}

void TestKeyRegex::aPatternThatCallsItselfEnds_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addRow("short") << "aaa"s;
    QTest::addRow("long") << std::string(5000, 'a');
}

void TestKeyRegex::aPatternThatCallsItselfEnds()
{
    QFETCH(std::string, key);
    const auto regex = KeyRegex::compile("^((?1)b|a)", true);
    QVERIFY(regex);
    const auto matches = KeyRegex::Matcher(*regex).matches(key, {});
    QVERIFY(!matches);
    QVERIFY(matches.error().kind == ErrorKind::Limit || matches.error().kind == ErrorKind::Input);
}

void TestKeyRegex::oneRegexServesManyMatchers()
{
    std::vector<KeyRegex::Matcher> matchers;
    {
        const auto regex = KeyRegex::compile("^a+$", true);
        QVERIFY(regex);
        matchers.emplace_back(*regex);
        matchers.emplace_back(*regex);
    }
    for (KeyRegex::Matcher& matcher : matchers) {
        QVERIFY(*matcher.matches("aaa", {}));
        QVERIFY(!*matcher.matches("aab", {}));
    }
}

QTEST_GUILESS_MAIN(TestKeyRegex)
#include "tst_keyregex.moc"
