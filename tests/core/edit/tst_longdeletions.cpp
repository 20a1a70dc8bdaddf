// SPDX-License-Identifier: GPL-3.0-or-later
// What is too long to be read is deleted as well: compared is what can be, its length or its ID.
#include "tests/core/edit/editfixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestLongDeletions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aFieldByItsLength_data();
    void aFieldByItsLength();
    void aFieldThatIsOtherwiseByNow_data();
    void aFieldThatIsOtherwiseByNow();
    void anEntryByItsId();
    void anEntryByWhatIsKnownOfIt_data();
    void anEntryByWhatIsKnownOfIt();
    void anEntryLongerThanAReply();
    void anEntryThatIsGone();

private:
    [[nodiscard]] Result<EditOutcome> apply(EditAction action)
    {
        KeyEdit edit;
        edit.key = "k";
        edit.action = std::move(action);
        return applyEdit(*m_lane, edit, m_options, {});
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
    EditOptions m_options;
};

void TestLongDeletions::init()
{
    m_lane.reset();
    m_server = RedisServer::start();
    m_lane = editLane(*m_server);
    m_options = optionsOf(*m_server);
}

void TestLongDeletions::aFieldByItsLength_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("a few megabytes") << 2 * 1024 * 1024;
    QTest::newRow("more than one reply may hold") << 70 * 1024 * 1024;
}

void TestLongDeletions::aFieldByItsLength()
{
    QFETCH(const int, size);
    const auto length = static_cast<std::size_t>(size);
    m_server->command({"HSET", "k", "f", std::string(length, 'x'), "g", "v"});
    const auto outcome = apply(DeleteHashField{"f", SeenBytes::notLooked(), length});
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(!outcome->keyVanished);
    const KeyEdit edit{"k", DeleteHashField{"f", SeenBytes::notLooked(), length}};
    const QString text = outcomeText(edit, *outcome);
    QVERIFY2(text.contains(u"Only the length of its value was compared"_s), qPrintable(text));
    QCOMPARE(m_server->list({"HKEYS", "k"}), std::vector<std::string>{"g"});
    QCOMPARE(told(apply(DeleteHashField{"g", SeenBytes::notLooked()})), u"Done"_s); // of any length
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("0"));
}

void TestLongDeletions::aFieldThatIsOtherwiseByNow_data()
{
    QTest::addColumn<QByteArrayList>("meanwhile");
    QTest::addColumn<QString>("words");
    QTest::newRow("another length") << QByteArrayList{"HSET", "k", "f", "theirs"} << u"was changed by somebody else"_s;
    QTest::newRow("gone") << QByteArrayList{"HDEL", "k", "f"} << u"is not there any more"_s;
}

void TestLongDeletions::aFieldThatIsOtherwiseByNow()
{
    QFETCH(const QByteArrayList, meanwhile);
    QFETCH(const QString, words);
    m_server->command({"HSET", "k", "f", std::string(100'000, 'x'), "g", "v"});
    RedisServer::Args args;
    for (const QByteArray& word : meanwhile) {
        args.push_back(word.toStdString());
    }
    m_server->command(args);
    const auto before = m_server->list({"HGETALL", "k"});
    KeyEdit edit;
    edit.key = "k";
    edit.action = DeleteHashField{"f", SeenBytes::notLooked(), 100'000};
    const auto outcome = applyEdit(*m_lane, edit, m_options, {});
    QCOMPARE(told(outcome), u"Conflict"_s);
    QVERIFY2(outcomeText(edit, *outcome).contains(words), qPrintable(outcomeText(edit, *outcome)));
    QCOMPARE(m_server->list({"HGETALL", "k"}), before);
    const auto again = overwriting(edit, outcome->now);
    const bool isThere = m_server->command({"HEXISTS", "k", "f"}) == "1";
    QCOMPARE(again.has_value(), isThere);
    if (isThere) { // nobody has looked at it now either: what is compared is how long it is by now
        QCOMPARE(outcome->now.fieldSize, std::optional<std::uint64_t>(6));
        m_server->command({"HSET", "k", "f", "another"});
        QCOMPARE(told(applyEdit(*m_lane, *again, m_options, {})), u"Conflict"_s);
        m_server->command({"HSET", "k", "f", "theirs"});
        QCOMPARE(told(applyEdit(*m_lane, *again, m_options, {})), u"Done"_s);
        QCOMPARE(m_server->list({"HKEYS", "k"}), std::vector<std::string>{"g"});
    }
}

/// Entries never change: one of the same ID is the one that was seen.
void TestLongDeletions::anEntryByItsId()
{
    m_server->command({"XADD", "k", "1-1", "f", std::string(100'000, 'x')});
    m_server->command({"XADD", "k", "2-1", "f", "v"});
    QCOMPARE(told(apply(DeleteStreamEntry{"1-1", {}})), u"Done"_s);
    QCOMPARE(m_server->command({"XLEN", "k"}), std::string("1"));
    QCOMPARE(
        told(apply(DeleteStreamEntry{"2-1", {{"f", "other"}}})), u"Conflict"_s); // where it was read, it is compared
    QCOMPARE(m_server->command({"XLEN", "k"}), std::string("1"));
}

void TestLongDeletions::anEntryByWhatIsKnownOfIt_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("status");
    QTest::newRow("as it was") << std::string("f") << 100'000 << u"Done"_s;
    QTest::newRow("another field") << std::string("g") << 100'000 << u"Conflict"_s;
    QTest::newRow("another length") << std::string("f") << 100'001 << u"Conflict"_s;
}

/// A stream made anew may have another entry under the same ID.
void TestLongDeletions::anEntryByWhatIsKnownOfIt()
{
    QFETCH(const std::string, name);
    QFETCH(const int, size);
    QFETCH(const QString, status);
    m_server->command({"XADD", "k", "1-1", name, std::string(static_cast<std::size_t>(size), 'x')});
    const DeleteStreamEntry deletion{"1-1", {}, {ValueCell("f"), ValueCell::placeholder(100'000)}};
    const auto outcome = apply(deletion);
    QCOMPARE(told(outcome), status);
    const QString text = outcomeText(KeyEdit{"k", deletion}, *outcome);
    QCOMPARE(text.contains(u"only the length was compared"_s), status == u"Done");
    QCOMPARE(m_server->command({"XLEN", "k"}), std::string(status == u"Done" ? "0" : "1"));
}

/// Nothing can be compared but its ID: it goes all the same.
void TestLongDeletions::anEntryLongerThanAReply()
{
    m_server->command({"XADD", "k", "1-1", "f", std::string(70 * 1024 * 1024, 'x')});
    const DeleteStreamEntry deletion{
        "1-1", {}, {ValueCell::placeholder(std::nullopt), ValueCell::placeholder(std::nullopt)}};
    const auto outcome = apply(deletion);
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(outcomeText(KeyEdit{"k", deletion}, *outcome).contains(u"Only its ID was compared"_s));
    QCOMPARE(m_server->command({"XLEN", "k"}), std::string("0"));
    const auto gone = apply(deletion);
    QCOMPARE(told(gone), u"Conflict"_s);
    QVERIFY(outcomeText(KeyEdit{"k", deletion}, *gone).contains(u"not there any more"_s));
}

void TestLongDeletions::anEntryThatIsGone()
{
    m_server->command({"XADD", "k", "1-1", "f", "v"});
    m_server->command({"XADD", "k", "2-1", "f", "v"});
    m_server->command({"XDEL", "k", "1-1"});
    QCOMPARE(told(apply(DeleteStreamEntry{"1-1", {}})), u"Conflict"_s);
    QCOMPARE(m_server->command({"XLEN", "k"}), std::string("1"));
}

QTEST_GUILESS_MAIN(TestLongDeletions)
#include "tst_longdeletions.moc"
