// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/valuepanefixture.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

/// What the pane says where there is no value, or no longer that one.
class TestValuePaneStates : public ValuePaneFixture {
    Q_OBJECT

private Q_SLOTS:
    void saysThatOpeningResetsTheIdleTime();
    void aMissingKeyIsGone();
    void aKeyThatIsGoneSaysSinceWhen();
    void aKeyThatCameBackIsGoneSinceLater();
    void aKeyThatGoesWhileItIsShownStaysReadable();
    void aKeyThatExpiresSaysSo();
    void anotherTypeIsShownAsThat();
    void aForbiddenReadNamesItsCommand();
    void partsThatAreForbiddenAreNamed();
    void aLostServerCanBeTriedAgain();
    void aLateAnswerIsDropped();
    void loadingShowsOnlyWhereItLasts();
    void emptyValuesSaySo();
};

void TestValuePaneStates::saysThatOpeningResetsTheIdleTime()
{
    m_server->command({"SET", "k", "v"});
    const QString said = u"idle time reset"_s;
    open("k");
    QVERIFY(!labelText(u"About the value"_s).contains(said));
    m_source->setTouchesIdleTimes(true);
    m_pane->reload();
    QTRY_VERIFY2(labelText(u"About the value"_s).contains(said), qPrintable(labelText(u"About the value"_s)));
}

void TestValuePaneStates::aMissingKeyIsGone()
{
    QSignalSpy gone(m_pane.get(), &ValuePane::gone);
    open("nothing");
    QCOMPARE(state()->title(), u"This key is gone"_s);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone.first().first().toByteArray(), QByteArray("nothing"));
    QCOMPARE(labelText(u"Key"_s), u"nothing"_s);
    QVERIFY(state()->text().contains(u"is missing since"_s));
}

/// The first time it was found to be gone, however often it is looked for.
void TestValuePaneStates::aKeyThatIsGoneSaysSinceWhen()
{
    m_server->command({"HSET", "h", "f", "v"});
    open("h");
    QSignalSpy gone(m_pane.get(), &ValuePane::gone);
    m_server->command({"DEL", "h"});
    m_pane->reload();
    QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, 20'000);
    const QString said = labelText(u"Notice"_s);
    QVERIFY2(said.startsWith(u"This key is gone since "_s), qPrintable(said));
    const QDateTime then = QDateTime::currentDateTime();
    QTRY_VERIFY_WITH_TIMEOUT(then.secsTo(QDateTime::currentDateTime()) >= 2, 20'000);
    m_pane->reload();
    QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 2, 20'000);
    QCOMPARE(labelText(u"Notice"_s), said);
}

void TestValuePaneStates::aKeyThatCameBackIsGoneSinceLater()
{
    m_server->command({"HSET", "h", "f", "v"});
    open("h");
    const QDateTime first(QDate(2026, 1, 2), QTime(3, 4, 5));
    const QDateTime second = first.addSecs(3600);
    m_pane->keyIsGone(first);
    QVERIFY(labelText(u"Notice"_s).contains(u"03:04:05"_s));
    m_pane->keyIsGone(second); // told once more
    QVERIFY(labelText(u"Notice"_s).contains(u"03:04:05"_s));
    m_pane->keyIsBack();
    m_pane->keyIsGone(second);
    QVERIFY2(labelText(u"Notice"_s).contains(u"04:04:05"_s), qPrintable(labelText(u"Notice"_s)));
}

void TestValuePaneStates::aKeyThatGoesWhileItIsShownStaysReadable()
{
    m_server->command({"HSET", "h", "f", "v"});
    open("h");
    m_server->command({"DEL", "h"});
    m_pane->reload();
    QTRY_VERIFY(labelText(u"Notice"_s).startsWith(u"This key is gone"_s));
    QCOMPARE(drawn(), QStringList({u"f | v"_s}));
    m_server->command({"HSET", "h", "f", "back"});
    m_pane->reload();
    QTRY_COMPARE(drawn(), QStringList({u"f | back"_s}));
    for (const QLabel* label : m_pane->findChildren<QLabel*>()) {
        QVERIFY(label->accessibleName() != u"Notice"_s || !label->isVisible());
    }
}

void TestValuePaneStates::aKeyThatExpiresSaysSo()
{
    m_server->command({"SET", "s", "v", "PX", "1500"});
    open("s");
    QVERIFY(labelText(u"About the value"_s).contains(u"TTL 1 s"_s));
    QTRY_VERIFY(labelText(u"Notice"_s).startsWith(u"This key has expired at "_s));
    QVERIFY(labelText(u"About the value"_s).contains(u"expired"_s));
    QCOMPARE(editorText(), u"v"_s);
}

void TestValuePaneStates::anotherTypeIsShownAsThat()
{
    m_server->command({"HSET", "k", "f", "v"});
    open("k");
    m_server->command({"DEL", "k"});
    m_server->command({"RPUSH", "k", "a"});
    m_pane->reload();
    QTRY_COMPARE(drawn(), QStringList({u"0 | a"_s}));
    m_server->command({"DEL", "k"});
    m_server->command({"SET", "k", "text"});
    m_pane->reload();
    QTRY_COMPARE(editorText(), u"text"_s);
    QTRY_VERIFY(!table()->isVisible());
}

void TestValuePaneStates::aForbiddenReadNamesItsCommand()
{
    m_server->command({"RPUSH", "l", "a"});
    useUser(u"+@all -lrange"_s);
    open("l");
    QCOMPARE(state()->title(), u"The value can't be read"_s);
    QVERIFY2(state()->text().contains(u"LRANGE"_s), qPrintable(state()->text()));
}

void TestValuePaneStates::partsThatAreForbiddenAreNamed()
{
    m_server->command({"RPUSH", "l", "a"});
    useUser(u"+@all -memory -object -pttl"_s);
    open("l");
    const QString about = labelText(u"About the value"_s);
    QVERIFY2(about.contains(u"TTL: no permission"_s), qPrintable(about));
    QVERIFY2(about.contains(u"memory: no permission"_s), qPrintable(about));
    QVERIFY2(about.contains(u"encoding: no permission"_s), qPrintable(about));
    QCOMPARE(drawn(), QStringList({u"0 | a"_s}));
}

void TestValuePaneStates::aLostServerCanBeTriedAgain()
{
    m_server->command({"SET", "s", "v"});
    m_server->save();
    m_server->kill();
    open("s");
    QCOMPARE(state()->title(), u"The value can't be read"_s);
    m_server->restart();
    state()->findChild<QPushButton*>()->click();
    QTRY_COMPARE(editorText(), u"v"_s);
}

void TestValuePaneStates::aLateAnswerIsDropped()
{
    m_server->command({"HSET", "slow", "f", "v"});
    m_server->command({"SET", "s", "v"});
    open("s");
    m_server->freeze();
    m_pane->open("slow");
    m_pane->open("s");
    m_server->thaw();
    QTRY_VERIFY(m_pane->head() && m_pane->head()->key == "s");
    QTRY_COMPARE(m_source->heads(), 3);
    QTRY_VERIFY(cell()->isVisible());
    QCOMPARE(model()->rowCount(), 0);
    QCOMPARE(editorText(), u"v"_s);
}

void TestValuePaneStates::loadingShowsOnlyWhereItLasts()
{
    m_server->command({"SET", "a", "first"});
    m_server->command({"SET", "b", "second"});
    open("a");
    m_server->freeze();
    m_pane->open("b");
    QVERIFY(cell()->isVisible()); // what was there stays for a moment
    QTRY_COMPARE(state()->title(), u"Loading…"_s);
    QCOMPARE(labelText(u"Key"_s), u"b"_s);
    m_server->thaw();
    QTRY_VERIFY(cell()->isVisible());
    QCOMPARE(editorText(), u"second"_s);
}

void TestValuePaneStates::emptyValuesSaySo()
{
    m_server->command({"SET", "s", ""});
    m_server->command({"XGROUP", "CREATE", "x", "g", "$", "MKSTREAM"});
    open("s");
    QVERIFY(cell()->findChild<ValueState*>()->isVisible());
    QCOMPARE(cell()->findChild<ValueState*>()->text(), u"This value is empty."_s);
    m_pane->open("x");
    QTRY_COMPARE(labelText(u"Loaded fields"_s), u"0 entries"_s);
    QTRY_VERIFY(table()->isVisible());
}

QTEST_MAIN(TestValuePaneStates)
#include "tst_valuepanestates.moc"
