// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody else changed during an edit is shown in place, and is not written over unasked.
#include "tests/ui/window/inlineeditfixture.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editstrip.h"
#include "ui/value/elementtable.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuepane.h"
#include "ui/window/keytabs.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestInlineConflicts : public InlineEditFixture {
    Q_OBJECT

private Q_SLOTS:
    void whatAnotherChangedIsShownInPlace();
    void theirsCanBeTakenAndThatUndone();
    void whatIsNotThereAnyMoreIsReloaded_data();
    void whatIsNotThereAnyMoreIsReloaded();
    void bothCanBeMerged();
    void marksAreNotSavedUnasked();
    void aKeyThatIsGoneIsMadeAnew();
};

void TestInlineConflicts::whatAnotherChangedIsShownInPlace()
{
    edit("in:hash", 0);
    write("mine");
    m_server->command({"HSET", "in:hash", "a", "theirs", "b", "theirs too"});
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"changed by somebody else"), patience);
    QCOMPARE(m_server->command({"HGET", "in:hash", "a"}), std::string("theirs"));
    QCOMPARE(text(), std::string("mine")); // nothing that was typed is lost
    QVERIFY(editor().isDirty());
    QCOMPARE(draftFiles().size(), 1);
    QVERIFY(WindowFixture::named<QWidget>(pane(), u"What is there now"_s));
    QVERIFY(!m_fixture->window().isModal() && QApplication::activeModalWidget() == nullptr);
    m_fixture->trigger(ActionId::SaveValue); // without a choice it is the same question
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::named<QWidget>(pane(), u"What is there now"_s), patience);
    QVERIFY(press(u"Overwrite"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
    QCOMPARE(m_server->command({"HGET", "in:hash", "a"}), std::string("mine"));
    QCOMPARE(m_server->command({"HGET", "in:hash", "b"}), std::string("theirs too"));
}

void TestInlineConflicts::theirsCanBeTakenAndThatUndone()
{
    edit("user:1");
    write("mine");
    m_server->command({"SET", "user:1", "theirs"});
    m_fixture->trigger(ActionId::SaveValue);
    QVERIFY(WindowFixture::press(editor(), u"Reload"_s)); // not that of the notice above the value
    QTRY_COMPARE_WITH_TIMEOUT(text(), std::string("theirs"), patience);
    QVERIFY(!editor().isDirty());
    editor().text().undo();
    QCOMPARE(text(), std::string("mine"));
    QVERIFY(editor().isDirty());
    m_fixture->trigger(ActionId::SaveValue); // theirs has been seen now
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string("mine"), patience);
}

void TestInlineConflicts::whatIsNotThereAnyMoreIsReloaded_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArrayList>("theirs");
    QTest::addColumn<QString>("told");
    QTest::addColumn<QString>("there"); // afterwards, in the first column
    const QString gone = u"is not there any more"_s;
    QTest::newRow("set") << QByteArray("in:set")
                         << QByteArrayList{"EVAL",
                                "redis.call('SADD', KEYS[1], 'x') return redis.call('SREM', KEYS[1], 'first')", "1",
                                "in:set"}
                         << gone << u"x"_s;
    QTest::newRow("sorted set") << QByteArray("in:zset") << QByteArrayList{"ZREM", "in:zset", "first"} << gone
                                << u"second"_s;
    QTest::newRow("score") << QByteArray("in:zset") << QByteArrayList{"ZADD", "in:zset", "1.75", "first"}
                           << u"the score is 1.75 now"_s << u"first"_s;
    QTest::newRow("hash") << QByteArray("in:hash") << QByteArrayList{"HDEL", "in:hash", "a"} << gone << u"b"_s;
}

/// Also where there is nothing of theirs to be shown beside the edit, the choice is there.
void TestInlineConflicts::whatIsNotThereAnyMoreIsReloaded()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArrayList, theirs);
    QFETCH(const QString, told);
    QFETCH(const QString, there);
    edit(key.toStdString(), 0, 0);
    write("mine");
    RedisServer::Args args;
    for (const QByteArray& word : theirs) {
        args.push_back(word.toStdString());
    }
    QVERIFY(!m_server->command(args).starts_with("-"));
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY2_WITH_TIMEOUT(words().contains(told), qPrintable(words()), patience);
    QCOMPARE(text(), std::string("mine"));
    QVERIFY(press(u"Discard and reload"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isEditing(), patience);
    const auto* table = pane().findChild<ElementTable*>();
    const auto isThere = [&] {
        const auto& model = *table->model();
        for (int column = 0; model.rowCount() > 0 && column < model.columnCount(); ++column) {
            if (model.index(0, column).data().toString() == there) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), patience);
    QVERIFY(draftFiles().isEmpty());
}

void TestInlineConflicts::bothCanBeMerged()
{
    m_server->command({"SET", "user:1", R"({"a":1,"b":2,"c":3})"});
    edit("user:1");
    std::string mine = text();
    mine.replace(mine.find("\"a\": 1"), 6, "\"a\": 10");
    write(mine);
    m_server->command({"SET", "user:1", R"({"a":1,"b":2,"c":30})"});
    m_fixture->trigger(ActionId::SaveValue);
    QVERIFY(press(u"Merge"_s));
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"both changes are in the text"), patience);
    QVERIFY(editor().isDirty());
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string(R"({"a":10,"b":2,"c":30})"), patience);
}

void TestInlineConflicts::marksAreNotSavedUnasked()
{
    edit("user:1");
    write("mine");
    m_server->command({"SET", "user:1", "theirs"});
    m_fixture->trigger(ActionId::SaveValue);
    QVERIFY(press(u"Merge"_s));
    QTRY_VERIFY(text().find("<<<<<<< ") != std::string::npos);
    QVERIFY(text().find("mine\n") != std::string::npos && text().find("theirs\n") != std::string::npos);
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"still marked"), patience);
    QCOMPARE(m_server->command({"GET", "user:1"}), std::string("theirs"));
    write("mine and theirs");
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string("mine and theirs"), patience);
}

void TestInlineConflicts::aKeyThatIsGoneIsMadeAnew()
{
    edit("user:1");
    write("mine");
    m_server->command({"DEL", "user:1"});
    m_fixture->trigger(ActionId::SaveValue);
    QVERIFY(press(u"Make it anew"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), std::string("mine"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!editor().isDirty(), patience);
}

QTEST_MAIN(TestInlineConflicts)
#include "tst_inlineconflicts.moc"
