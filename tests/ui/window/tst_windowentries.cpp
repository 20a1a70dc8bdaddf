// SPDX-License-Identifier: GPL-3.0-or-later
// Entries of streams and new keys with several fields; what is too long to be read is deleted.
#include "tests/ui/window/windowfixture.h"
#include "ui/edit/bytesfield.h"
#include "ui/edit/contentfield.h"
#include "ui/edit/editdialog.h"
#include "ui/value/elementtable.h"
#include "ui/value/valuepane.h"
#include "ui/window/keytabs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestWindowEntries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anEntryOfSeveralFieldsWithItsId();
    void idsAreCheckedAsTheyAreTyped_data();
    void idsAreCheckedAsTheyAreTyped();
    void whatTheServerSaysOfAnIdIsShown();
    void longOnesAreDeleted_data();
    void longOnesAreDeleted();
    void whatIsAnotherByNowIsDeletedOnceShown_data();
    void whatIsAnotherByNowIsDeletedOnceShown();
    void aNewHashOfSeveralFields();
    void aNewStreamOfSeveralFields();

private:
    void openStream();
    void askNewKey(const QString& type);
    [[nodiscard]] EditDialog* dialog() const;
    template <typename W> [[nodiscard]] W* named(const QString& name) const
    {
        return WindowFixture::named<W>(*dialog(), name);
    }
    void fillFirst();
    /// Adds a row, and fills it.
    void addField(int number, const QString& field, const QString& value);
    /// Fields and values of a stream's last entry, behind its ID.
    [[nodiscard]] std::vector<std::string> lastEntry(const std::string& key)
    {
        return m_server->list({"EVAL",
            "local entry = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]\n"
            "local all = {entry[1]}\n"
            "for _, each in ipairs(entry[2]) do all[#all + 1] = each end\n"
            "return all",
            "1", key});
    }
    [[nodiscard]] QPushButton* add() const { return WindowFixture::button(*dialog(), u"Add"_s); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
};

void TestWindowEntries::init()
{
    m_server = RedisServer::start();
    m_server->command({"XADD", "s", "5-1", "f", "v"});
    m_fixture = std::make_unique<WindowFixture>();
    m_page = &m_fixture->open(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), 20000);
}

void TestWindowEntries::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

EditDialog* TestWindowEntries::dialog() const
{
    for (EditDialog* each : m_fixture->window().findChildren<EditDialog*>()) {
        if (each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

void TestWindowEntries::openStream()
{
    m_page->tabs().open("s");
    auto* pane = static_cast<ValuePane*>(m_page->tabs().currentPane());
    QTRY_VERIFY_WITH_TIMEOUT(pane->head().has_value(), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(pane->findChild<ElementTable*>()->model()->rowCount() == 1, 20000);
    m_fixture->trigger(ActionId::AddElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
}

void TestWindowEntries::askNewKey(const QString& type)
{
    m_fixture->trigger(ActionId::NewKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    named<BytesField>(u"Key name"_s)->setText(u"new"_s);
    auto* types = named<QComboBox>(u"Type"_s);
    types->setCurrentIndex(types->findText(type));
}

void TestWindowEntries::fillFirst()
{
    named<BytesField>(u"Field"_s)->setText(u"a"_s);
    dialog()->findChild<ContentField*>()->setPlainText(u"1\n2"_s);
}

void TestWindowEntries::addField(int number, const QString& field, const QString& value)
{
    QVERIFY(WindowFixture::press(*dialog(), u"Add &another field"_s));
    const QString at = QString::number(number);
    QTRY_VERIFY(named<BytesField>(u"Field "_s + at));
    named<BytesField>(u"Field "_s + at)->setText(field);
    named<BytesField>(u"Value "_s + at)->setText(value);
}

void TestWindowEntries::anEntryOfSeveralFieldsWithItsId()
{
    openStream();
    fillFirst();
    addField(2, u"b"_s, u"gone"_s);
    addField(3, u"\\x00\\xFF"_s, u"3"_s);
    addField(4, u"a"_s, {}); // twice is as it may be in an entry
    QVERIFY(named<QPushButton>(u"Remove field 2"_s));
    named<QPushButton>(u"Remove field 2"_s)->click();
    QTRY_VERIFY(!named<BytesField>(u"Field 4"_s));
    named<BytesField>(u"Field 2"_s)->setText(u"\\xF"_s);
    QVERIFY(!add()->isEnabled()); // no escape
    named<BytesField>(u"Field 2"_s)->setText(u"\\x00\\xFF"_s);
    named<QLineEdit>(u"ID"_s)->setText(u"7-3"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Add"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"XLEN", "s"}), std::string("2"));
    QCOMPARE(lastEntry("s"), (std::vector<std::string>{"7-3", "a", "1\n2", std::string("\0\xFF", 2), "3", "a", ""}));
}

void TestWindowEntries::idsAreCheckedAsTheyAreTyped_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("fits");
    QTest::newRow("the server's") << QString() << true;
    QTest::newRow("asked for in words") << u"*"_s << true;
    QTest::newRow("a time") << u"7"_s << true;
    QTest::newRow("time and number") << u"7-0"_s << true;
    QTest::newRow("any number of a time") << u"7-*"_s << true;
    QTest::newRow("below 0") << u"-7"_s << false;
    QTest::newRow("a date") << u"2026-05-01 14:00"_s << false;
    QTest::newRow("half") << u"7-"_s << false;
}

void TestWindowEntries::idsAreCheckedAsTheyAreTyped()
{
    QFETCH(const QString, id);
    QFETCH(const bool, fits);
    openStream();
    fillFirst();
    named<QLineEdit>(u"ID"_s)->setText(id);
    QCOMPARE(add()->isEnabled(), fits);
    QCOMPARE(WindowFixture::words(*dialog()).contains(u"An ID is a time"_s), !fits);
}

void TestWindowEntries::whatTheServerSaysOfAnIdIsShown()
{
    openStream();
    fillFirst();
    named<QLineEdit>(u"ID"_s)->setText(u"4-1"_s); // before the last entry
    add()->click();
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog()).contains(u"Nothing was changed"_s), 20000);
    QCOMPARE(m_server->command({"XLEN", "s"}), std::string("1"));
}

void TestWindowEntries::longOnesAreDeleted_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArrayList>("make");
    QTest::addColumn<QByteArray>("length");
    QTest::addColumn<QString>("told"); // of what is not compared
    const QByteArray medium(100'000, 'x');
    const QByteArray large(2'000'000, 'x');
    QTest::newRow("field") << QByteArray("h") << QByteArrayList{"HSET", "h", "f", large, "g", "v"} << QByteArray("HLEN")
                           << u"only its length is compared"_s;
    QTest::newRow("entry") << QByteArray("t") << QByteArrayList{"XADD", "t", "1-1", "f", medium, "g", "v"}
                           << QByteArray("XLEN") << u"of the rest only the length is compared"_s;
    QTest::newRow("element") << QByteArray("l") << QByteArrayList{"RPUSH", "l", large, "v"} << QByteArray("LLEN")
                             << QString();
    QTest::newRow("element before a long one") << QByteArray("l") << QByteArrayList{"RPUSH", "l", "v", medium}
                                               << QByteArray("LLEN") << u"behind it was not read"_s;
}

void TestWindowEntries::longOnesAreDeleted()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArrayList, make);
    QFETCH(const QByteArray, length);
    QFETCH(const QString, told);
    RedisServer::Args args;
    for (const QByteArray& word : make) {
        args.push_back(word.toStdString());
    }
    m_server->command(args);
    const int before = std::stoi(m_server->command({length.toStdString(), key.toStdString()}));
    m_page->tabs().open(key.toStdString());
    auto* pane = static_cast<ValuePane*>(m_page->tabs().currentPane());
    auto* table = pane->findChild<ElementTable*>();
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() == before, 20000);
    const bool isBehind = table->model()->index(0, 0).data().toString() == u"g"_s; // a hash has no order
    table->setCurrentIndex(table->model()->index(isBehind ? 1 : 0, 0));
    QTRY_VERIFY_WITH_TIMEOUT(pane->selected().has_value(), 20000);
    m_fixture->trigger(ActionId::DeleteElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    const auto* uncompared = WindowFixture::named<QLabel>(*dialog(), u"What is not compared"_s);
    QCOMPARE(uncompared != nullptr, !told.isEmpty());
    const QString text = uncompared ? uncompared->text() : QString();
    QVERIFY2(text.contains(told), qPrintable(text));
    QVERIFY(WindowFixture::press(*dialog(), u"Delete"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(std::stoi(m_server->command({length.toStdString(), key.toStdString()})), before - 1);
}

void TestWindowEntries::whatIsAnotherByNowIsDeletedOnceShown_data()
{
    const QByteArray large(2'000'000, 'x'); // read by nobody
    QTest::addColumn<QByteArrayList>("make");
    QTest::addColumn<QByteArrayList>("theirs");
    QTest::addColumn<QString>("now");
    QTest::addRow("value") << QByteArrayList{"HSET", "k", "f", "v"} << QByteArrayList{"HSET", "k", "f", "theirs"}
                           << u"It is now: theirs"_s;
    QTest::addRow("long value") << QByteArrayList{"HSET", "k", "f", large}
                                << QByteArrayList{"HSET", "k", "f", large + "xx"} << u"It is now 1.9"_s;
    QTest::addRow("element") << QByteArrayList{"RPUSH", "k", "v"} << QByteArrayList{"LSET", "k", "0", "theirs"}
                             << u"It is now: theirs"_s;
    QTest::addRow("score") << QByteArrayList{"ZADD", "k", "1", "v"} << QByteArrayList{"ZADD", "k", "2", "v"}
                           << u"It is now: 2"_s;
}

void TestWindowEntries::whatIsAnotherByNowIsDeletedOnceShown()
{
    QFETCH(const QByteArrayList, make);
    QFETCH(const QByteArrayList, theirs);
    QFETCH(const QString, now);
    const auto send = [this](const QByteArrayList& words) {
        RedisServer::Args args;
        for (const QByteArray& word : words) {
            args.push_back(word.toStdString());
        }
        QVERIFY(!m_server->command(args).starts_with("-"));
    };
    send(make);
    m_page->tabs().open("k");
    auto* pane = static_cast<ValuePane*>(m_page->tabs().currentPane());
    auto* table = pane->findChild<ElementTable*>();
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() == 1, 20000);
    table->setCurrentIndex(table->model()->index(0, 0));
    QTRY_VERIFY_WITH_TIMEOUT(pane->selected().has_value(), 20000);
    m_fixture->trigger(ActionId::DeleteElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    send(theirs);
    QVERIFY(WindowFixture::press(*dialog(), u"Delete"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*dialog()).contains(now), 20000);
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("1"));
    auto* anyway = dialog()->findChild<QCheckBox*>();
    QVERIFY(anyway && anyway->isVisible());
    anyway->setChecked(true);
    QVERIFY(WindowFixture::press(*dialog(), u"Delete"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("0"));
}

void TestWindowEntries::aNewHashOfSeveralFields()
{
    askNewKey(u"hash"_s);
    fillFirst();
    addField(2, u"a"_s, u"other"_s);
    QVERIFY(WindowFixture::words(*dialog()).contains(u"The field a stands there twice"_s));
    QVERIFY(!WindowFixture::button(*dialog(), u"Create key"_s)->isEnabled());
    named<BytesField>(u"Field 2"_s)->setText(u"b"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->list({"HMGET", "new", "a", "b"}), (std::vector<std::string>{"1\n2", "other"}));
}

void TestWindowEntries::aNewStreamOfSeveralFields()
{
    askNewKey(u"stream"_s);
    fillFirst();
    addField(2, u"b"_s, u"2"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    const auto entry = lastEntry("new");
    QCOMPARE(entry.size(), std::size_t{5});
    QCOMPARE(
        std::vector<std::string>(entry.begin() + 1, entry.end()), (std::vector<std::string>{"a", "1\n2", "b", "2"}));
}

QTEST_MAIN(TestWindowEntries)
#include "tst_windowentries.moc"
