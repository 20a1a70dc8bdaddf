// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/edit/bytesfield.h"
#include "ui/edit/editdialog.h"
#include "ui/tree/keytreeview.h"
#include "ui/value/valuepane.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QStatusBar>
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
    void aTimeToLiveThatAnotherChangedIsTold();
    void deletesAKey();
    void delDeletesTheCurrentKey();
    void readOnlyProfilesChangeNothing();
    void productionWantsTheName();

private:
    SessionPage& openPage(const Profile& profile);
    void goTo(const std::string& key);
    [[nodiscard]] EditDialog* dialog() const;
    [[nodiscard]] QString problem() const;

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
    WindowFixture::named<QPlainTextEdit>(*dialog(), u"Value"_s)->setPlainText(u"content"_s);
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

void TestWindowEdits::delDeletesTheCurrentKey()
{
    goTo("user:1");
    m_page->keys().tree().setFocus();
    QTest::keyClick(m_page->keys().tree().viewport(), Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
    dialog()->reject();
    QCOMPARE(m_server->command({"GET", "user:1"}), std::string("one"));
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
