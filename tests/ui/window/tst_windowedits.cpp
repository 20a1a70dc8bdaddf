// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/edit/bytesfield.h"
#include "ui/edit/contentfield.h"
#include "ui/edit/editdialog.h"
#include "ui/tree/keytreeview.h"
#include "ui/value/elementtable.h"
#include "ui/value/valuepane.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QSpinBox>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestWindowEdits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void createsAKeyOfEachType_data();
    void createsAKeyOfEachType();
    void aKeyThatExistsIsNotCreatedAgain();
    void renamesAKey();
    void overwritesOnlyWhereTheUserSaysSo();
    void setsAndClearsTheTimeToLive();
    void aVeryLongTimeToLiveIsShownAsItIs();
    void aTimeToLiveThatAnotherChangedIsTold();
    void deletesAKey();
    void deletesNoKeyThatIsAnotherThanTheTabShows_data();
    void deletesNoKeyThatIsAnotherThanTheTabShows();
    void bringsADeletedKeyBack();
    void bringsAnOverwrittenKeyBack();
    void deletesWithoutAnArchiveWhereTheUserSaysSo();
    void delDeletesTheCurrentKey();
    void addsToAKey_data();
    void addsToAKey();
    void deletesFromAKey_data();
    void deletesFromAKey();
    void whatAnotherChangedIsDeletedByChoiceAlone_data();
    void whatAnotherChangedIsDeletedByChoiceAlone();
    void insertsIntoAList();
    void saysWhatCanNotBeEdited();
    void theMenuOfARowEndsWithDelete();
    void rowsOfAValueHaveTheirCommandsInTheirMenu();
    void readOnlyProfilesChangeNothing();
    void productionWantsTheName();

private:
    SessionPage& openPage(const Profile& profile);
    void goTo(const std::string& key);
    [[nodiscard]] EditDialog* dialog() const;
    [[nodiscard]] QString problem() const;
    /// Opens the key and waits for its content, then makes a row of it current.
    void openAt(const std::string& key, int row);
    [[nodiscard]] ContentField* content() const { return WindowFixture::named<ContentField>(*dialog(), u"Content"_s); }
    void fillEachType();

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
};

void TestWindowEdits::init()
{
    m_server = RedisServer::start();
    m_server->command({"SET", "user:1", "one"});
    m_server->command({"SET", "user:2", "two", "EX", "1000"});
    m_server->command({"SET", std::string("bin\0\xFF", 5), "bytes"});
    m_fixture = std::make_unique<WindowFixture>();
    openPage(WindowFixture::profileOf(*m_server));
}

void TestWindowEdits::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

SessionPage& TestWindowEdits::openPage(const Profile& profile)
{
    m_page = &m_fixture->open(profile);
    [this] { QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), 20000); }();
    return *m_page;
}

void TestWindowEdits::goTo(const std::string& key)
{
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().snapshot()->contains(key), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->keys().tree().goToKey(key), 20000);
    QTRY_COMPARE(m_page->keys().tree().currentRow(), std::optional(RowId{key, false}));
}

EditDialog* TestWindowEdits::dialog() const
{
    for (EditDialog* each : m_fixture->window().findChildren<EditDialog*>()) {
        if (each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

QString TestWindowEdits::problem() const
{
    const auto* label = WindowFixture::named<QLabel>(*dialog(), u"Problem"_s);
    return label ? label->text() : QString();
}

void TestWindowEdits::createsAKeyOfEachType_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QList<QByteArray>>("question");
    QTest::addColumn<QByteArray>("answer");
    const auto list = [](auto... words) { return QList<QByteArray>{QByteArray(words)...}; };
    QTest::newRow("string") << u"string"_s << list("GET", "user:new") << QByteArray("content");
    QTest::newRow("hash") << u"hash"_s << list("HGET", "user:new", "first") << QByteArray("content");
    QTest::newRow("list") << u"list"_s << list("LINDEX", "user:new", "0") << QByteArray("content");
    QTest::newRow("set") << u"set"_s << list("SRANDMEMBER", "user:new") << QByteArray("content");
    QTest::newRow("sorted set") << u"zset"_s << list("ZSCORE", "user:new", "content") << QByteArray("2.5");
    QTest::newRow("stream") << u"stream"_s << list("TYPE", "user:new") << QByteArray("stream");
}

void TestWindowEdits::createsAKeyOfEachType()
{
    QFETCH(const QString, type);
    QFETCH(const QList<QByteArray>, question);
    QFETCH(const QByteArray, answer);
    goTo("user:1");
    m_fixture->trigger(ActionId::NewKey);
    QTRY_VERIFY(dialog());
    auto* name = WindowFixture::named<BytesField>(*dialog(), u"Key name"_s);
    QCOMPARE(name->text(), u"user:"_s); // the folder where the user is
    auto* types = WindowFixture::named<QComboBox>(*dialog(), u"Type"_s);
    QVERIFY(types->findText(type) >= 0);
    types->setCurrentIndex(types->findText(type));
    name->setText(u"user:new"_s);
    if (auto* field = WindowFixture::named<BytesField>(*dialog(), u"Field"_s)) {
        field->setText(u"first"_s);
    }
    if (auto* score = WindowFixture::named<QLineEdit>(*dialog(), u"Score"_s)) {
        score->setText(u"2.5"_s);
    }
    WindowFixture::named<ContentField>(*dialog(), u"Value"_s)->setPlainText(u"content"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    RedisServer::Args args;
    for (const QByteArray& word : question) {
        args.push_back(word.toStdString());
    }
    QCOMPARE(QByteArray::fromStdString(m_server->command(args)), answer);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().snapshot()->contains("user:new"), 20000);
    QCOMPARE(m_page->tabs().currentKey(), std::optional<std::string>("user:new"));
}

void TestWindowEdits::aKeyThatExistsIsNotCreatedAgain()
{
    m_fixture->trigger(ActionId::NewKey);
    QTRY_VERIFY(dialog());
    WindowFixture::named<BytesField>(*dialog(), u"Key name"_s)->setText(u"user:1"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(problem().contains(u"exists already"), 20000);
    QCOMPARE(m_server->command({"GET", "user:1"}), std::string("one"));
    auto* name = WindowFixture::named<BytesField>(*dialog(), u"Key name"_s);
    name->setText(u"bad\\q"_s);
    QVERIFY(!WindowFixture::button(*dialog(), u"Create key"_s)->isEnabled());
    QVERIFY(!problem().isEmpty());
}

void TestWindowEdits::renamesAKey()
{
    const std::string binary("bin\0\xFF", 5);
    goTo(binary);
    m_page->openCurrent();
    m_fixture->trigger(ActionId::RenameKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    auto* name = WindowFixture::named<BytesField>(*dialog(), u"New name"_s);
    QCOMPARE(name->text(), u"bin\\x00\\xFF"_s);
    QVERIFY(!WindowFixture::button(*dialog(), u"Rename"_s)->isEnabled()); // it has that name
    name->setText(u"bin\\x01:\\xFE"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Rename"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    const std::string renamed("bin\x01:\xFE", 6);
    QCOMPARE(m_server->command({"GET", renamed}), std::string("bytes"));
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().snapshot()->contains(renamed), 20000);
    QVERIFY(!m_page->session().snapshot()->contains(binary));
    QCOMPARE(m_page->tabs().currentKey(), std::optional(renamed)); // its tab went with it
}

void TestWindowEdits::overwritesOnlyWhereTheUserSaysSo()
{
    goTo("user:1");
    m_fixture->trigger(ActionId::RenameKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    WindowFixture::named<BytesField>(*dialog(), u"New name"_s)->setText(u"user:2"_s);
    QVERIFY(dialog()->findChild<QCheckBox*>()->isHidden());
    QVERIFY(WindowFixture::press(*dialog(), u"Rename"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!problem().isEmpty(), 20000);
    QCOMPARE(m_server->command({"GET", "user:2"}), std::string("two"));
    auto* overwrite = dialog()->findChild<QCheckBox*>();
    QTRY_VERIFY(overwrite->isVisible());
    overwrite->setChecked(true);
    QVERIFY(WindowFixture::press(*dialog(), u"Rename"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"GET", "user:2"}), std::string("one"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->session().snapshot()->contains("user:1"), 20000);
}

void TestWindowEdits::setsAndClearsTheTimeToLive()
{
    goTo("user:2");
    m_fixture->trigger(ActionId::KeyExpiry);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    auto* expires = WindowFixture::named<QComboBox>(*dialog(), u"Expires"_s);
    QCOMPARE(expires->currentText(), u"after"_s);
    WindowFixture::named<QComboBox>(*dialog(), u"Unit"_s)->setCurrentText(u"hours"_s);
    WindowFixture::named<QSpinBox>(*dialog(), u"Time to live"_s)->setValue(2);
    QVERIFY(WindowFixture::press(*dialog(), u"Set"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    const int left = std::stoi(m_server->command({"TTL", "user:2"}));
    QVERIFY2(left > 7000 && left <= 7200, qPrintable(QString::number(left)));
    m_fixture->trigger(ActionId::KeyExpiry);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    WindowFixture::named<QComboBox>(*dialog(), u"Expires"_s)->setCurrentText(u"never"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Set"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"TTL", "user:2"}), std::string("-1"));
}

void TestWindowEdits::aVeryLongTimeToLiveIsShownAsItIs()
{
    m_server->command({"PEXPIRE", "user:2", std::to_string(100'000'000LL * 86'400'000 + 5000)}); // days
    goTo("user:2");
    m_fixture->trigger(ActionId::KeyExpiry);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    QCOMPARE(WindowFixture::named<QComboBox>(*dialog(), u"Unit"_s)->currentText(), u"days"_s);
    const int days = WindowFixture::named<QSpinBox>(*dialog(), u"Time to live"_s)->value();
    QVERIFY2(days == 100'000'000 || days == 99'999'999, qPrintable(QString::number(days))); // not a billion seconds
}

void TestWindowEdits::aTimeToLiveThatAnotherChangedIsTold()
{
    goTo("user:2");
    m_fixture->trigger(ActionId::KeyExpiry);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    m_server->command({"EXPIRE", "user:2", "50"});
    WindowFixture::named<QComboBox>(*dialog(), u"Expires"_s)->setCurrentText(u"never"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Set"_s));
    QTRY_VERIFY_WITH_TIMEOUT(problem().contains(u"another time to live"), 20000);
    QVERIFY(std::stoi(m_server->command({"TTL", "user:2"})) > 0);
    const auto* now = WindowFixture::named<QLabel>(*dialog(), u"What is there now"_s);
    QVERIFY(now && now->text().contains(u"It expires at "_s));
    m_server->command({"PERSIST", "user:2"});
    QVERIFY(WindowFixture::press(*dialog(), u"Set"_s)); // another end than the one that was shown
    QTRY_VERIFY_WITH_TIMEOUT(now->text().contains(u"It does not expire now"_s), 20000);
    QVERIFY(WindowFixture::press(*dialog(), u"Set"_s)); // the user has seen it and wants it all the same
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"TTL", "user:2"}), std::string("-1"));
}

void TestWindowEdits::deletesAKey()
{
    goTo("user:2");
    m_page->openCurrent();
    m_fixture->trigger(ActionId::DeleteKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    QVERIFY(WindowFixture::words(*dialog()).contains(u"user:2"));
    QVERIFY(!WindowFixture::button(*dialog(), u"Delete key"_s)->isDefault());
    QVERIFY(WindowFixture::press(*dialog(), u"Delete key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"EXISTS", "user:2"}), std::string("0"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->session().snapshot()->contains("user:2"), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*m_page).contains(u"This key is gone"), 20000);
}

void TestWindowEdits::deletesNoKeyThatIsAnotherThanTheTabShows_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("row");
    QTest::addColumn<QByteArrayList>("meanwhile");
    QTest::newRow("string") << QByteArray("in:string") << -1 << QByteArrayList{"SETRANGE", "in:string", "0", "#"};
    QTest::newRow("list") << QByteArray("in:list") << 0 << QByteArrayList{"LSET", "in:list", "1", "theirs"};
    QTest::newRow("set") << QByteArray("in:set") << 0 << QByteArrayList{"SADD", "in:set", "theirs"};
    QTest::newRow("time to live") << QByteArray("in:list") << 0 << QByteArrayList{"PEXPIRE", "in:list", "1000000"};
}

/// Of what changed since it was read, the user is told, and may delete it all the same.
void TestWindowEdits::deletesNoKeyThatIsAnotherThanTheTabShows()
{
    QFETCH(const QByteArray, key);
    QFETCH(const int, row);
    QFETCH(const QByteArrayList, meanwhile);
    fillEachType();
    goTo(key.toStdString());
    openAt(key.toStdString(), row);
    const auto* pane = static_cast<ValuePane*>(m_page->tabs().currentPane());
    QTRY_VERIFY_WITH_TIMEOUT(!pane->isReading() && !pane->seen(10, 1000).rows.empty(), 20000);
    RedisServer::Args args;
    for (const QByteArray& word : meanwhile) {
        args.push_back(word.toStdString());
    }
    QVERIFY(!m_server->command(args).starts_with("-"));
    m_fixture->trigger(ActionId::DeleteKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    QVERIFY(WindowFixture::press(*dialog(), u"Delete key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(problem().contains(u"was changed"_s), 20000);
    QCOMPARE(m_server->command({"EXISTS", key.toStdString()}), std::string("1"));
    QVERIFY(WindowFixture::press(*dialog(), u"Delete key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"EXISTS", key.toStdString()}), std::string("0"));
}

void TestWindowEdits::bringsADeletedKeyBack()
{
    m_server->command({"PEXPIREAT", "user:2", "4102444800123"});
    const std::string before = m_server->command({"GET", "user:2"});
    goTo("user:2");
    m_fixture->trigger(ActionId::DeleteKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    QVERIFY(!WindowFixture::words(*dialog()).contains(u"can't be undone"));
    QVERIFY(WindowFixture::press(*dialog(), u"Delete key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*m_page).contains(u"user:2 was deleted"), 20000);
    QCOMPARE(m_server->command({"EXISTS", "user:2"}), std::string("0"));
    QVERIFY(WindowFixture::press(*m_page, u"Undo"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"EXISTS", "user:2"}), std::string("1"), 20000);
    QCOMPARE(m_server->command({"GET", "user:2"}), before);
    QCOMPARE(m_server->command({"PEXPIRETIME", "user:2"}), std::string("4102444800123"));
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().snapshot()->contains("user:2"), 20000);
    QVERIFY(!WindowFixture::words(*m_page).contains(u"user:2 was deleted"));
}

void TestWindowEdits::bringsAnOverwrittenKeyBack()
{
    const std::string first = m_server->command({"GET", "user:1"});
    const std::string second = m_server->command({"GET", "user:2"});
    goTo("user:2");
    m_fixture->trigger(ActionId::RenameKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    WindowFixture::named<QLineEdit>(*dialog(), u"New name"_s)->setText(u"user:1"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Rename"_s));
    auto* overwrite = dialog()->findChild<QCheckBox*>();
    QTRY_VERIFY_WITH_TIMEOUT(overwrite->isVisible(), 20000);
    overwrite->setChecked(true);
    QVERIFY(WindowFixture::press(*dialog(), u"Rename"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*m_page).contains(u"user:1 was overwritten"), 20000);
    QCOMPARE(m_server->command({"GET", "user:1"}), second);
    QVERIFY(WindowFixture::press(*m_page, u"Undo"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "user:1"}), first, 20000);
    QCOMPARE(m_server->command({"GET", "user:2"}), second);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().snapshot()->contains("user:2"), 20000);
}

void TestWindowEdits::deletesWithoutAnArchiveWhereTheUserSaysSo()
{
    goTo("user:2");
    m_fixture->trigger(ActionId::DeleteKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    dialog()->findChild<QCheckBox*>()->setChecked(false);
    QVERIFY(WindowFixture::words(*dialog()).contains(u"can't be undone"));
    QVERIFY(WindowFixture::press(*dialog(), u"Delete key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"EXISTS", "user:2"}), std::string("0"));
    QVERIFY(!WindowFixture::words(*m_page).contains(u"was deleted. It is kept"));
}

void TestWindowEdits::delDeletesTheCurrentKey()
{
    goTo("user:1");
    m_page->keys().tree().setFocus();
    QTest::keyClick(m_page->keys().tree().viewport(), Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    dialog()->reject();
    QCOMPARE(m_server->command({"GET", "user:1"}), std::string("one"));
}

void TestWindowEdits::fillEachType()
{
    m_server->command({"SET", "in:string", "first"});
    m_server->command({"HSET", "in:hash", "a", "first", "b", "second"});
    m_server->command({"RPUSH", "in:list", "first", "second"});
    m_server->command({"SADD", "in:set", "first"});
    m_server->command({"ZADD", "in:zset", "1.5", "first", "2.5", "second"});
    m_server->command({"XADD", "in:stream", "1-1", "a", "first"});
    for (const char* key : {"in:string", "in:hash", "in:list", "in:set", "in:zset"}) {
        m_server->command({"EXPIRE", key, "5000"});
    }
    m_fixture->trigger(ActionId::Rescan);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->session().snapshot()->contains("in:zset"), 20000);
}

void TestWindowEdits::openAt(const std::string& key, int row)
{
    m_page->tabs().open(key);
    auto* pane = static_cast<ValuePane*>(m_page->tabs().currentPane());
    QTRY_VERIFY_WITH_TIMEOUT(pane->head().has_value() && pane->head()->key == key, 20000);
    if (row >= 0) {
        auto* table = pane->findChild<ElementTable*>();
        QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() > row, 20000);
        table->setCurrentIndex(table->model()->index(row, 0));
        QTRY_VERIFY_WITH_TIMEOUT(pane->selected().has_value(), 20000);
    }
}

void TestWindowEdits::addsToAKey_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QList<QByteArray>>("question");
    QTest::addColumn<QByteArray>("answer");
    const auto list = [](auto... words) { return QList<QByteArray>{QByteArray(words)...}; };
    QTest::newRow("hash") << QByteArray("in:hash") << list("HGET", "in:hash", "new") << QByteArray("added");
    QTest::newRow("list") << QByteArray("in:list") << list("LINDEX", "in:list", "-1") << QByteArray("added");
    QTest::newRow("set") << QByteArray("in:set") << list("SISMEMBER", "in:set", "added") << QByteArray("1");
    QTest::newRow("sorted set") << QByteArray("in:zset") << list("ZSCORE", "in:zset", "added") << QByteArray("-7");
    QTest::newRow("stream") << QByteArray("in:stream") << list("XLEN", "in:stream") << QByteArray("2");
}

void TestWindowEdits::addsToAKey()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QList<QByteArray>, question);
    QFETCH(const QByteArray, answer);
    fillEachType();
    openAt(key.toStdString(), 0);
    m_fixture->trigger(ActionId::AddElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    if (auto* name = WindowFixture::named<BytesField>(*dialog(), u"Field"_s)) {
        name->setText(u"new"_s);
    }
    if (auto* score = WindowFixture::named<QLineEdit>(*dialog(), u"Score"_s)) {
        score->setText(u"not a number"_s);
        QVERIFY(!WindowFixture::button(*dialog(), u"Add"_s)->isEnabled());
        score->setText(u"-7"_s);
    }
    content()->setPlainText(u"added"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Add"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    RedisServer::Args args;
    for (const QByteArray& word : question) {
        args.push_back(word.toStdString());
    }
    QCOMPARE(QByteArray::fromStdString(m_server->command(args)), answer);
}

void TestWindowEdits::deletesFromAKey_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QList<QByteArray>>("question");
    QTest::addColumn<QByteArray>("answer");
    const auto list = [](auto... words) { return QList<QByteArray>{QByteArray(words)...}; };
    QTest::newRow("hash") << QByteArray("in:hash") << list("HLEN", "in:hash") << QByteArray("1");
    QTest::newRow("list") << QByteArray("in:list") << list("LINDEX", "in:list", "0") << QByteArray("second");
    QTest::newRow("set, the last member") << QByteArray("in:set") << list("EXISTS", "in:set") << QByteArray("0");
    QTest::newRow("sorted set") << QByteArray("in:zset") << list("ZCARD", "in:zset") << QByteArray("1");
    QTest::newRow("stream") << QByteArray("in:stream") << list("XLEN", "in:stream") << QByteArray("0");
}

void TestWindowEdits::deletesFromAKey()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QList<QByteArray>, question);
    QFETCH(const QByteArray, answer);
    fillEachType();
    openAt(key.toStdString(), 0);
    m_fixture->trigger(ActionId::DeleteElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    QVERIFY(!WindowFixture::button(*dialog(), u"Delete"_s)->isDefault());
    QVERIFY(WindowFixture::press(*dialog(), u"Delete"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    RedisServer::Args args;
    for (const QByteArray& word : question) {
        args.push_back(word.toStdString());
    }
    QCOMPARE(QByteArray::fromStdString(m_server->command(args)), answer);
    if (key == "in:set") { // its key is gone with it, and from the list
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->session().snapshot()->contains("in:set"), 20000);
    }
}

void TestWindowEdits::whatAnotherChangedIsDeletedByChoiceAlone_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArrayList>("theirs"); // its "7" is another the second time
    QTest::addColumn<QString>("first");         // what is told of it
    QTest::addColumn<QString>("second");
    QTest::addColumn<QByteArrayList>("question");
    QTest::addColumn<QByteArray>("left");
    QTest::newRow("hash") << QByteArray("in:hash") << QByteArrayList{"HSET", "in:hash", "a", "7"} << u"It is now: 7"_s
                          << u"It is now: 8"_s << QByteArrayList{"HKEYS", "in:hash"} << QByteArray("b");
    QTest::newRow("list") << QByteArray("in:list") << QByteArrayList{"LSET", "in:list", "0", "7"} << u"It is now: 7"_s
                          << u"It is now: 8"_s << QByteArrayList{"LRANGE", "in:list", "0", "-1"}
                          << QByteArray("second");
    QTest::newRow("sorted set") << QByteArray("in:zset") << QByteArrayList{"ZADD", "in:zset", "7", "first"}
                                << u"It is now: 7"_s << u"It is now: 8"_s
                                << QByteArrayList{"ZRANGE", "in:zset", "0", "-1"} << QByteArray("second");
}

/// Shown is what is there now, and only that is deleted by choice: what changes once more is asked for once more.
void TestWindowEdits::whatAnotherChangedIsDeletedByChoiceAlone()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArrayList, theirs);
    QFETCH(const QString, first);
    QFETCH(const QString, second);
    QFETCH(const QByteArrayList, question);
    QFETCH(const QByteArray, left);
    const auto run = [this](const QByteArrayList& words, const QByteArray& by) {
        RedisServer::Args args;
        for (const QByteArray& word : words) {
            args.push_back(word == "7" ? by.toStdString() : word.toStdString());
        }
        return m_server->command(args);
    };
    const auto now = [this] {
        const auto* label = WindowFixture::named<QLabel>(*dialog(), u"What is there now"_s);
        return label ? label->text() : QString();
    };
    const auto anyway = [this] {
        for (QCheckBox* box : dialog()->findChildren<QCheckBox*>()) {
            if (box->isVisible() && box->text() == u"Delete it as it is &now"_s) {
                return box;
            }
        }
        return static_cast<QCheckBox*>(nullptr);
    };
    fillEachType();
    openAt(key.toStdString(), 0);
    m_fixture->trigger(ActionId::DeleteElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    QVERIFY(!anyway());
    QVERIFY(!run(theirs, "7").starts_with("-"));
    QVERIFY(WindowFixture::press(*dialog(), u"Delete"_s));
    QTRY_COMPARE_WITH_TIMEOUT(now(), first, 20000);
    QVERIFY2(problem().contains(u"changed by somebody else"_s), qPrintable(problem()));
    QVERIFY(anyway());
    anyway()->setChecked(true);
    QVERIFY(!run(theirs, "8").starts_with("-"));
    QVERIFY(WindowFixture::press(*dialog(), u"Delete"_s));
    QTRY_COMPARE_WITH_TIMEOUT(now(), second, 20000);
    QVERIFY(!anyway()->isChecked());
    anyway()->setChecked(true);
    QVERIFY(WindowFixture::press(*dialog(), u"Delete"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(QByteArray::fromStdString(run(question, {})), left);
}

void TestWindowEdits::insertsIntoAList()
{
    fillEachType();
    openAt("in:list", 1);
    m_fixture->trigger(ActionId::AddElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    auto* where = WindowFixture::named<QComboBox>(*dialog(), u"Where"_s);
    where->setCurrentText(u"before index 1"_s);
    content()->setPlainText(u"between"_s);
    m_server->command({"LPUSH", "in:list", "zeroth"}); // everything stands one further now
    QVERIFY(WindowFixture::press(*dialog(), u"Add"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!problem().isEmpty(), 20000);
    QCOMPARE(m_server->command({"LLEN", "in:list"}), std::string("3"));
    dialog()->reject();
    QVERIFY(WindowFixture::press(*dialog(), u"Discard"_s)); // something is typed
    QTRY_VERIFY(!dialog());
    m_page->reloadValue();
    auto* table = static_cast<ValuePane*>(m_page->tabs().currentPane())->findChild<ElementTable*>();
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, 20000);
    openAt("in:list", 2);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, 20000);
    table->setCurrentIndex(table->model()->index(2, 0));
    m_fixture->trigger(ActionId::AddElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    WindowFixture::named<QComboBox>(*dialog(), u"Where"_s)->setCurrentText(u"before index 2"_s);
    content()->setPlainText(u"between"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Add"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->list({"LRANGE", "in:list", "0", "-1"}),
        (std::vector<std::string>{"zeroth", "first", "between", "second"}));
}

void TestWindowEdits::saysWhatCanNotBeEdited()
{
    fillEachType();
    const QSignalSpy said(m_page, &SessionPage::said);
    openAt("in:string", -1);
    m_fixture->trigger(ActionId::AddElement);
    QCOMPARE(said.size(), 1);
    QVERIFY(!dialog());
}

void TestWindowEdits::rowsOfAValueHaveTheirCommandsInTheirMenu()
{
    fillEachType();
    openAt("in:hash", 0);
    const auto* table = m_page->tabs().currentPane()->findChild<ElementTable*>();
    QVERIFY(table);
    QCOMPARE(table->contextMenuPolicy(), Qt::ActionsContextMenu);
    const WindowActions& actions = m_fixture->window().actions();
    for (const ActionId id : {ActionId::EditValue, ActionId::AddElement, ActionId::ChangeRows}) {
        QVERIFY2(table->actions().contains(actions.action(id)), qPrintable(actions.action(id)->text()));
        QVERIFY(actions.action(id)->isEnabled());
    }
    QCOMPARE(table->actions().last(), actions.action(ActionId::DeleteElement));
    QVERIFY(table->actions().at(table->actions().size() - 2)->isSeparator());
    actions.action(ActionId::AddElement)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
}

void TestWindowEdits::theMenuOfARowEndsWithDelete()
{
    QMenu menu;
    const WindowActions& actions = m_fixture->window().actions();
    actions.fillKeyMenu(&menu);
    const auto fromEnd = [&menu](qsizetype place) { return menu.actions().at(menu.actions().size() - place); };
    QCOMPARE(fromEnd(1), actions.action(ActionId::DeleteKeys));
    QCOMPARE(fromEnd(2), actions.action(ActionId::DeleteKey));
    QVERIFY(fromEnd(3)->isSeparator());
    QCOMPARE(menu.actions().count(actions.action(ActionId::DeleteKey)), 1);
    QVERIFY(!menu.actions().contains(actions.action(ActionId::EditValue))); // the tab in front may show another key
    QVERIFY(menu.actions().contains(actions.action(ActionId::RenameKey)));
}

void TestWindowEdits::readOnlyProfilesChangeNothing()
{
    Profile profile = WindowFixture::profileOf(*m_server);
    profile.readOnly = true;
    openPage(profile);
    goTo("user:1");
    for (const ActionId id : {ActionId::NewKey, ActionId::RenameKey, ActionId::KeyExpiry, ActionId::DeleteKey}) {
        QVERIFY(!m_fixture->window().actions().action(id)->isEnabled());
    }
}

void TestWindowEdits::productionWantsTheName()
{
    Profile profile = WindowFixture::profileOf(*m_server);
    profile.environment = Environment::Production;
    profile.name = u"shop"_s;
    openPage(profile);
    goTo("user:1");
    m_fixture->trigger(ActionId::RenameKey); // a write to two keys
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    WindowFixture::named<BytesField>(*dialog(), u"New name"_s)->setText(u"user:9"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Rename"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::named<QLineEdit>(*dialog(), u"Name of the connection"_s), 20000);
    QCOMPARE(m_server->command({"EXISTS", "user:9"}), std::string("0"));
    auto* name = WindowFixture::named<QLineEdit>(*dialog(), u"Name of the connection"_s);
    name->setText(u"shup"_s);
    QVERIFY(!WindowFixture::button(*dialog(), u"Rename"_s)->isEnabled());
    name->setText(u"shop"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Rename"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"GET", "user:9"}), std::string("one"));
}

QTEST_MAIN(TestWindowEdits)
#include "tst_windowedits.moc"
