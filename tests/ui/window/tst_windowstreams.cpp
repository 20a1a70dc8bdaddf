// SPDX-License-Identifier: GPL-3.0-or-later
// The consumer groups of a stream in the window: looked at, made, moved, destroyed; entries acknowledged and claimed.
#include "tests/ui/window/windowfixture.h"
#include "ui/edit/bytesfield.h"
#include "ui/edit/editdialog.h"
#include "ui/stream/groupsview.h"
#include "ui/value/valuepane.h"
#include "ui/window/keytabs.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestWindowStreams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void groupsStandBesideTheEntriesOfAStreamOnly();
    void aGroupIsMadeMovedAndDestroyed();
    void entriesAreAcknowledged();
    void whatWasAcknowledgedBeforeIsTold();
    void entriesAreClaimed();
    void readOnlyProfilesChangeNothing();

private:
    void openPage(const Profile& profile);
    ValuePane& openKey(const std::string& key);
    GroupsView& openGroups();
    [[nodiscard]] EditDialog* dialog() const;
    [[nodiscard]] QTableView* table(const QString& name) const;
    /// Presses the view's button and waits for its dialog.
    void ask(const QString& button);
    /// Presses the dialog's button and waits until it is closed.
    void answer(const QString& button);

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
    GroupsView* m_view = nullptr;
};

void TestWindowStreams::init()
{
    m_server = RedisServer::start();
    for (int i = 1; i <= 5; ++i) {
        m_server->command({"XADD", "s", std::to_string(i) + "-1", "f", "v"});
    }
    m_server->command({"HSET", "h", "f", "v"});
    m_server->command({"XGROUP", "CREATE", "s", "g", "0"});
    m_server->command({"XREADGROUP", "GROUP", "g", "ann", "COUNT", "3", "STREAMS", "s", ">"});
    m_fixture = std::make_unique<WindowFixture>();
    openPage(WindowFixture::profileOf(*m_server));
}

void TestWindowStreams::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

void TestWindowStreams::openPage(const Profile& profile)
{
    m_page = &m_fixture->open(profile);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), 20000);
}

ValuePane& TestWindowStreams::openKey(const std::string& key)
{
    m_page->tabs().open(key);
    auto* pane = static_cast<ValuePane*>(m_page->tabs().currentPane());
    [&] { QTRY_VERIFY_WITH_TIMEOUT(pane->head().has_value() && pane->head()->key == key, 20000); }();
    return *pane;
}

GroupsView& TestWindowStreams::openGroups()
{
    ValuePane& pane = openKey("s");
    [&] { QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::named<QTabBar>(pane, u"Views of the value"_s), 20000); }();
    WindowFixture::named<QTabBar>(pane, u"Views of the value"_s)->setCurrentIndex(2);
    m_view = pane.findChild<GroupsView*>();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(m_view->isVisible() && table(u"Groups"_s)->model()->rowCount() > 0, 20000); }();
    return *m_view;
}

EditDialog* TestWindowStreams::dialog() const
{
    for (EditDialog* each : m_fixture->window().findChildren<EditDialog*>()) {
        if (each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

QTableView* TestWindowStreams::table(const QString& name) const
{
    return WindowFixture::named<QTableView>(*m_view, name);
}

void TestWindowStreams::ask(const QString& button)
{
    QPushButton* found = nullptr;
    for (auto* each : m_view->findChildren<QPushButton*>()) {
        found = each->text().remove(u'&') == button ? each : found;
    }
    QVERIFY(found);
    QTRY_VERIFY_WITH_TIMEOUT(found->isEnabled(), 20000);
    found->click();
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
}

void TestWindowStreams::answer(const QString& button)
{
    QVERIFY(WindowFixture::press(*dialog(), button));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
}

void TestWindowStreams::groupsStandBesideTheEntriesOfAStreamOnly()
{
    openGroups();
    QTRY_COMPARE_WITH_TIMEOUT(table(u"Pending entries"_s)->model()->rowCount(), 3, 20000);
    ValuePane& pane = openKey("h");
    QVERIFY(!WindowFixture::named<QTabBar>(pane, u"Views of the value"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::named<QTableView>(pane, u"Fields"_s), 20000);
}

void TestWindowStreams::aGroupIsMadeMovedAndDestroyed()
{
    openGroups();
    ask(u"New group…"_s);
    WindowFixture::named<BytesField>(*dialog(), u"Group name"_s)->setText(u"new"_s);
    WindowFixture::named<QComboBox>(*dialog(), u"Goes on"_s)->setCurrentText(u"at the first entry"_s);
    answer(u"Create group"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table(u"Groups"_s)->model()->rowCount(), 2, 20000);
    table(u"Groups"_s)->setCurrentIndex(table(u"Groups"_s)->model()->index(1, 0));
    QCOMPARE(m_view->group()->name, std::string("new"));
    QCOMPARE(m_view->group()->lastDelivered, std::string("0-0"));
    ask(u"Move…"_s);
    WindowFixture::named<BytesField>(*dialog(), u"Entry's ID"_s)->setText(u"4-1"_s);
    answer(u"Move"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_view->group()->lastDelivered, std::string("4-1"), 20000);
    ask(u"Destroy…"_s);
    answer(u"Destroy group"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table(u"Groups"_s)->model()->rowCount(), 1, 20000);
    QCOMPARE(m_view->group()->name, std::string("g"));
}

void TestWindowStreams::entriesAreAcknowledged()
{
    openGroups();
    QTableView* pending = table(u"Pending entries"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pending->model()->rowCount(), 3, 20000);
    m_server->command({"XACK", "s", "g", "2-1"});
    pending->selectAll();
    QSignalSpy said(m_page, &SessionPage::said);
    ask(u"Acknowledge…"_s);
    answer(u"Acknowledge"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), 20000);
    QCOMPARE(said.first().at(1).toString(), u"Acknowledged 2 of 3 entries; the others were not pending any more."_s);
    QTRY_COMPARE_WITH_TIMEOUT(pending->model()->rowCount(), 0, 20000);
}

void TestWindowStreams::whatWasAcknowledgedBeforeIsTold()
{
    openGroups();
    QTableView* pending = table(u"Pending entries"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pending->model()->rowCount(), 3, 20000);
    m_server->command({"XACK", "s", "g", "2-1"});
    pending->selectRow(1);
    ask(u"Acknowledge…"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Acknowledge"_s));
    const auto problem = [this] {
        const auto* label = WindowFixture::named<QLabel>(*dialog(), u"Problem"_s);
        return label ? label->text() : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(problem(), u"Nothing was acknowledged: of 1 entry none is pending any more."_s, 20000);
    dialog()->reject();
    QTRY_COMPARE_WITH_TIMEOUT(pending->model()->rowCount(), 2, 20000);
}

void TestWindowStreams::entriesAreClaimed()
{
    openGroups();
    QTableView* pending = table(u"Pending entries"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pending->model()->rowCount(), 3, 20000);
    pending->selectRow(1);
    ask(u"Claim…"_s);
    WindowFixture::named<QComboBox>(*dialog(), u"For consumer"_s)->setCurrentText(u"bob"_s);
    answer(u"Claim"_s);
    const auto consumers = [pending] {
        QStringList all;
        for (int row = 0; row < pending->model()->rowCount(); ++row) {
            all << pending->model()->index(row, 1).data().toString();
        }
        return all.join(u' ');
    };
    QTRY_COMPARE_WITH_TIMEOUT(consumers(), u"ann bob ann"_s, 20000);
    ask(u"Claim…"_s); // nothing is selected by now: all that are idle
    WindowFixture::named<QComboBox>(*dialog(), u"For consumer"_s)->setCurrentText(u"bob"_s);
    answer(u"Claim"_s);
    QTRY_COMPARE_WITH_TIMEOUT(consumers(), u"bob bob bob"_s, 20000);
}

void TestWindowStreams::readOnlyProfilesChangeNothing()
{
    Profile profile = WindowFixture::profileOf(*m_server);
    profile.readOnly = true;
    openPage(profile);
    openGroups();
    QTRY_COMPARE_WITH_TIMEOUT(table(u"Pending entries"_s)->model()->rowCount(), 3, 20000);
    table(u"Pending entries"_s)->selectAll();
    for (auto* each : m_view->findChildren<QPushButton*>()) {
        QCOMPARE(each->isEnabled(), each->text().remove(u'&') == u"Read again"_s);
    }
}

QTEST_MAIN(TestWindowStreams)
#include "tst_windowstreams.moc"
