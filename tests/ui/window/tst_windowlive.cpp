// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/live/historydialog.h"
#include "ui/live/refreshbutton.h"
#include "ui/value/elementtable.h"
#include "ui/value/valuepane.h"
#include "ui/value/valuetablemodel.h"
#include "ui/window/keytabs.h"

#include <QMenu>
#include <QTableView>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestWindowLive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysThatAnotherClientChangedTheKey();
    void saysThatTheKeyIsGone();
    void reloadsWhereTheUserWantsThat();
    void ownEditsAreNoNews();
    void readsAgainAtAnInterval();
    void showsWhatWasSeen();

private:
    void open(const std::string& key);
    void choose(const QString& entry);
    [[nodiscard]] ValuePane& pane() const { return *static_cast<ValuePane*>(m_page->tabs().currentPane()); }
    [[nodiscard]] RefreshButton* button() const
    {
        return WindowFixture::named<RefreshButton>(pane(), u"Follow changes"_s);
    }
    [[nodiscard]] bool isTold() const
    {
        const auto how = m_page->session().watchingOf("h");
        return how && how->isTold;
    }
    [[nodiscard]] QString shown(int row, int column) const
    {
        return pane().findChild<ElementTable*>()->model()->index(row, column).data().toString();
    }
    [[nodiscard]] bool says(const QString& words) const { return WindowFixture::words(pane()).contains(words); }
    /// Writes until it is noticed: from when on a key is watched can't be seen from outside.
    template <typename Until> [[nodiscard]] bool writesUntil(const Until& until)
    {
        for (int tries = 0; tries < 40; ++tries) {
            m_server->command({"HINCRBY", "h", "f", "1"});
            if (QTest::qWaitFor(until, 500)) {
                return true;
            }
        }
        return false;
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
};

void TestWindowLive::init()
{
    m_server = RedisServer::start();
    m_server->command({"HSET", "h", "f", "1"});
    m_fixture = std::make_unique<WindowFixture>();
    m_page = &m_fixture->open(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), 20000);
    open("h");
}

void TestWindowLive::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

void TestWindowLive::open(const std::string& key)
{
    m_page->tabs().open(key);
    QTRY_VERIFY_WITH_TIMEOUT(pane().head() && !pane().isReading(), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().watchingOf(key), 20000);
}

void TestWindowLive::choose(const QString& entry)
{
    for (QAction* action : button()->menu()->actions()) {
        if (action->text() == entry) {
            action->trigger();
            return;
        }
    }
    QFAIL(qPrintable(u"There is no entry "_s + entry));
}

void TestWindowLive::saysThatAnotherClientChangedTheKey()
{
    QVERIFY(isTold());
    QVERIFY(button()->toolTip().contains(u"The server tells"_s));
    QVERIFY(!says(u"was changed"_s));
    QVERIFY(writesUntil([this] { return says(u"This key was changed"_s); }));
    QCOMPARE(shown(0, 1), u"1"_s); // what the user looks at is not replaced
    QVERIFY(WindowFixture::press(pane(), u"Reload"_s));
    QTRY_VERIFY_WITH_TIMEOUT(shown(0, 1) != u"1"_s, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(!says(u"was changed"_s), 20000);
}

void TestWindowLive::saysThatTheKeyIsGone()
{
    for (int tries = 0; tries < 40 && !says(u"This key is gone since"_s); ++tries) {
        m_server->command({"HSET", "h", "f", "1"});
        m_server->command({"DEL", "h"});
        QTest::qWait(300);
    }
    QVERIFY(says(u"This key is gone since"_s));
    QCOMPARE(shown(0, 1), u"1"_s); // what was read stays
}

void TestWindowLive::reloadsWhereTheUserWantsThat()
{
    choose(u"&Reload when it changes"_s);
    QVERIFY(writesUntil([this] { return shown(0, 1) != u"1"_s; }));
    QVERIFY(!says(u"was changed"_s));
    QCOMPARE(button()->text(), u"live"_s);
    open("h"); // the choice is kept
    choose(u"&Don't watch it"_s);
    const QString before = shown(0, 1);
    for (int n = 0; n < 3; ++n) {
        m_server->command({"HINCRBY", "h", "f", "1"});
        QTest::qWait(200);
    }
    QCOMPARE(shown(0, 1), before);
    QVERIFY(!says(u"was changed"_s));
}

void TestWindowLive::ownEditsAreNoNews()
{
    QTest::qWait(500); // by now the server tells
    const KeyEdit edit{"h", SetHashField{"f", "mine", SeenBytes::there("1")}};
    const auto done = m_page->session().edit(edit);
    QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), 20000);
    QVERIFY(done.result());
    m_page->edited(edit, *done.result());
    QTRY_COMPARE_WITH_TIMEOUT(shown(0, 1), u"mine"_s, 20000);
    QTest::qWait(1000);
    QVERIFY(!says(u"was changed"_s));
    m_server->command({"HSET", "h", "f", "5"}); // a number again
    QVERIFY(writesUntil([this] { return says(u"This key was changed"_s) || shown(0, 1) != u"mine"_s; }));
}

void TestWindowLive::readsAgainAtAnInterval()
{
    choose(u"Reload every second"_s);
    QCOMPARE(button()->text(), u"every 1 s"_s);
    m_server->command({"HSET", "h", "f", "later"});
    QTRY_COMPARE_WITH_TIMEOUT(shown(0, 1), u"later"_s, 20000);
}

void TestWindowLive::showsWhatWasSeen()
{
    m_server->command({"HSET", "h", "f", "2"});
    pane().reload();
    QTRY_COMPARE_WITH_TIMEOUT(shown(0, 1), u"2"_s, 20000);
    choose(u"&History of what was seen…"_s);
    QTRY_VERIFY_WITH_TIMEOUT(pane().findChild<HistoryDialog*>(), 20000);
    auto* dialog = pane().findChild<HistoryDialog*>();
    auto* table = WindowFixture::named<QTableView>(*dialog, u"Differences"_s);
    QVERIFY(table);
    QCOMPARE(table->model()->index(0, SeenDifferenceModel::Before).data().toString(), u"1"_s);
    QCOMPARE(table->model()->index(0, SeenDifferenceModel::After).data().toString(), u"2"_s);
    dialog->close();
}

QTEST_MAIN(TestWindowLive)
#include "tst_windowlive.moc"
