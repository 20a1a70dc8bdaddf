// SPDX-License-Identifier: GPL-3.0-or-later
// The time to live of a hash's field in the window: told where the server has none, set and taken away where it has.
#include "core/source/redis/serverfacts.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/edit/editdialog.h"
#include "ui/value/elementtable.h"
#include "ui/value/valuepane.h"
#include "ui/window/keytabs.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestWindowFields : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhereFieldsHaveNoTimeToLive();
    void onlyFieldsHaveOne();
    void setsAndClearsIt();
    void anotherWasThereFirst();

private:
    [[nodiscard]] EditDialog* dialog() const;
    void openAt(const std::string& key);
    [[nodiscard]] bool hasFieldEnds();
    [[nodiscard]] QString textOf(int row, int column) const;
    /// Sets `kind` in the dialog and sends it.
    void choose(const QString& kind);

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
    ElementTable* m_table = nullptr;
};

void TestWindowFields::init()
{
    m_server = RedisServer::start();
    m_server->command({"HSET", "h", "f", "1"});
    m_server->command({"SADD", "s", "m"});
    m_fixture = std::make_unique<WindowFixture>();
    m_page = &m_fixture->open(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), 20000);
}

void TestWindowFields::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

EditDialog* TestWindowFields::dialog() const
{
    for (EditDialog* each : m_fixture->window().findChildren<EditDialog*>()) {
        if (each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

bool TestWindowFields::hasFieldEnds()
{
    return m_page->session().server()->mayUse(ServerFeature::HashFieldExpiry);
}

void TestWindowFields::openAt(const std::string& key)
{
    m_page->tabs().open(key);
    auto* pane = static_cast<ValuePane*>(m_page->tabs().currentPane());
    QTRY_VERIFY_WITH_TIMEOUT(pane->head().has_value() && pane->head()->key == key, 20000);
    m_table = pane->findChild<ElementTable*>();
    QTRY_VERIFY_WITH_TIMEOUT(m_table->isVisible() && m_table->model()->rowCount() > 0, 20000);
    m_table->setCurrentIndex(m_table->model()->index(0, 0));
    QTRY_VERIFY_WITH_TIMEOUT(pane->selected().has_value(), 20000);
}

QString TestWindowFields::textOf(int row, int column) const
{
    return m_table->model()->index(row, column).data().toString();
}

void TestWindowFields::choose(const QString& kind)
{
    WindowFixture::named<QComboBox>(*dialog(), u"Expires"_s)->setCurrentText(kind);
    QVERIFY(WindowFixture::press(*dialog(), u"Set"_s));
}

void TestWindowFields::saysWhereFieldsHaveNoTimeToLive()
{
    if (hasFieldEnds()) {
        QSKIP("fields have one on this server");
    }
    openAt("h");
    QCOMPARE(m_table->model()->columnCount(), 2);
    QSignalSpy said(m_page, &SessionPage::said);
    m_fixture->trigger(ActionId::FieldExpiry);
    QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), 20000);
    QVERIFY(said.last().at(1).toString().contains(u"Redis 7.4 and Valkey 9"_s));
    QVERIFY(!dialog());
}

void TestWindowFields::onlyFieldsHaveOne()
{
    openAt("s");
    QSignalSpy said(m_page, &SessionPage::said);
    m_fixture->trigger(ActionId::FieldExpiry);
    QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), 20000);
    QVERIFY(said.last().at(1).toString().contains(u"Select a field of a hash"_s));
    QVERIFY(!dialog());
}

void TestWindowFields::setsAndClearsIt()
{
    if (!hasFieldEnds()) {
        QSKIP("this server has no fields that end (Redis 7.4, Valkey 9)");
    }
    openAt("h");
    QCOMPARE(textOf(0, 1), u"–"_s);
    m_fixture->trigger(ActionId::FieldExpiry);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    WindowFixture::named<QComboBox>(*dialog(), u"Expires"_s)->setCurrentText(u"after"_s);
    WindowFixture::named<QComboBox>(*dialog(), u"Unit"_s)->setCurrentText(u"hours"_s);
    WindowFixture::named<QSpinBox>(*dialog(), u"Time to live"_s)->setValue(2);
    choose(u"after"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    const auto left = std::stoll(m_server->command({"HTTL", "h", "FIELDS", "1", "f"}));
    QVERIFY2(left > 7000 && left <= 7200, std::to_string(left).c_str());
    QTRY_COMPARE_WITH_TIMEOUT(textOf(0, 1), u"1 h 59 min"_s, 20000);
    m_fixture->trigger(ActionId::FieldExpiry);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    choose(u"never"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"HTTL", "h", "FIELDS", "1", "f"}), std::string("-1"));
    QTRY_COMPARE_WITH_TIMEOUT(textOf(0, 1), u"–"_s, 20000);
}

void TestWindowFields::anotherWasThereFirst()
{
    if (!hasFieldEnds()) {
        QSKIP("this server has no fields that end (Redis 7.4, Valkey 9)");
    }
    openAt("h");
    m_fixture->trigger(ActionId::FieldExpiry);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    m_server->command({"HEXPIRE", "h", "500", "FIELDS", "1", "f"});
    choose(u"after"_s);
    const auto problem = [this] {
        const auto* label = WindowFixture::named<QLabel>(*dialog(), u"Problem"_s);
        return label ? label->text() : QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(problem().contains(u"another time to live"_s), 20000);
    QVERIFY(std::stoll(m_server->command({"HTTL", "h", "FIELDS", "1", "f"})) > 400);
    const auto* now = WindowFixture::named<QLabel>(*dialog(), u"What is there now"_s);
    QVERIFY(now && now->text().contains(u"It expires at "_s));
    QVERIFY(WindowFixture::press(*dialog(), u"Set"_s)); // the user has seen it and wants it all the same
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QVERIFY(std::stoll(m_server->command({"HTTL", "h", "FIELDS", "1", "f"})) < 400);
}

QTEST_MAIN(TestWindowFields)
#include "tst_windowfields.moc"
