// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed for a new key or a new element, and not saved.
#include "tests/ui/window/windowfixture.h"
#include "ui/edit/bytesfield.h"
#include "ui/edit/contentfield.h"
#include "ui/edit/editdialog.h"
#include "ui/value/valuepane.h"
#include "ui/window/keytabs.h"

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // ms

} // namespace

class TestWindowNewDrafts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void closingAsks_data();
    void closingAsks();
    void closingWaitsForTheServer();
    void nothingTypedClosesAtOnce();
    void aNewKeyComesBackAfterACrash();
    void aNewElementComesBackAfterACrash();
    void aDraftThatDoesNotFitIsKept();
    void aLostConnectionLosesNothing();
    void whatIsSavedLeavesNoDraft();
    void oneCanStartAnew();

private:
    void openPage(const QString& folder);
    void askNewKey();
    /// One of the hash "h".
    void askNewElement();
    /// The key "new", a hash of two fields.
    void typeHash();
    [[nodiscard]] EditDialog* dialog() const;
    [[nodiscard]] QStringList draftFiles();
    template <typename W> [[nodiscard]] W* named(const QString& name) const
    {
        return WindowFixture::named<W>(*dialog(), name);
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
};

void TestWindowNewDrafts::init()
{
    m_server = RedisServer::start();
    m_server->command({"HSET", "h", "there", "1"});
    openPage({});
}

void TestWindowNewDrafts::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

void TestWindowNewDrafts::openPage(const QString& folder)
{
    m_fixture.reset();
    m_fixture = std::make_unique<WindowFixture>(folder);
    m_page = &m_fixture->open(WindowFixture::profileOf(*m_server));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), patience);
}

EditDialog* TestWindowNewDrafts::dialog() const
{
    for (EditDialog* each : m_fixture->window().findChildren<EditDialog*>()) {
        if (each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

QStringList TestWindowNewDrafts::draftFiles()
{
    m_fixture->drafts().flush();
    return QDir(m_fixture->folder() + u"/drafts"_s).entryList({u"*.draft"_s}, QDir::Files);
}

void TestWindowNewDrafts::askNewKey()
{
    m_fixture->trigger(ActionId::NewKey);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), patience);
}

void TestWindowNewDrafts::askNewElement()
{
    m_page->tabs().open("h");
    auto* pane = static_cast<ValuePane*>(m_page->tabs().currentPane());
    QTRY_VERIFY_WITH_TIMEOUT(pane->head().has_value(), patience);
    m_fixture->trigger(ActionId::AddElement);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), patience);
}

void TestWindowNewDrafts::typeHash()
{
    named<QComboBox>(u"Type"_s)->setCurrentText(u"hash"_s);
    named<BytesField>(u"Key name"_s)->setText(u"new"_s);
    named<BytesField>(u"Field"_s)->setText(u"first"_s);
    named<ContentField>(u"Value"_s)->setPlainText(u"one\ntwo"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Add &another field"_s));
    named<BytesField>(u"Field 2"_s)->setText(u"second"_s);
    named<BytesField>(u"Value 2"_s)->setText(u"\\x00"_s);
}

void TestWindowNewDrafts::closingAsks_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<int>("drafts");
    QTest::addRow("discard") << u"Discard"_s << true << 0;
    QTest::addRow("keep") << u"Keep as draft"_s << true << 1;
    QTest::addRow("stay") << u"Go on editing"_s << false << 1;
}

void TestWindowNewDrafts::closingAsks()
{
    QFETCH(QString, answer);
    QFETCH(bool, closes);
    QFETCH(int, drafts);
    askNewKey();
    typeHash();
    dialog()->reject();
    QVERIFY(dialog()); // and asks
    QVERIFY(WindowFixture::words(*dialog()).contains(u"What was typed is not saved."_s));
    QVERIFY(WindowFixture::press(*dialog(), answer));
    QTRY_COMPARE_WITH_TIMEOUT(dialog() == nullptr, closes, patience);
    QTRY_COMPARE_WITH_TIMEOUT(draftFiles().size(), drafts, patience);
    if (!closes) {
        QCOMPARE(named<BytesField>(u"Field 2"_s)->text(), u"second"_s);
    }
}

/// A draft of what the server does then would be done twice.
void TestWindowNewDrafts::closingWaitsForTheServer()
{
    askNewKey();
    typeHash();
    QCOMPARE(m_server->command({"CLIENT", "PAUSE", "60000", "WRITE"}), std::string("OK"));
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    dialog()->reject();
    QVERIFY(dialog());
    const QString words = WindowFixture::words(*dialog());
    QCOMPARE(m_server->command({"CLIENT", "UNPAUSE"}), std::string("OK"));
    QVERIFY2(!words.contains(u"What was typed is not saved."_s), qPrintable(words));
    QVERIFY2(words.contains(u"once the server has answered"_s), qPrintable(words));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(m_server->command({"HGET", "new", "first"}), std::string("one\ntwo"));
    QCOMPARE(draftFiles().size(), 0);
}

void TestWindowNewDrafts::nothingTypedClosesAtOnce()
{
    askNewKey();
    named<QComboBox>(u"Type"_s)->setCurrentText(u"hash"_s); // a choice alone is not worth a question
    dialog()->reject();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(draftFiles().size(), 0);
}

void TestWindowNewDrafts::aNewKeyComesBackAfterACrash()
{
    const QTemporaryDir folder;
    openPage(folder.path());
    askNewKey();
    typeHash();
    QCOMPARE(draftFiles().size(), 1);
    openPage(folder.path()); // nobody was asked
    askNewKey();
    QCOMPARE(named<QComboBox>(u"Type"_s)->currentText(), u"hash"_s);
    QCOMPARE(named<BytesField>(u"Key name"_s)->text(), u"new"_s);
    QCOMPARE(named<BytesField>(u"Field 2"_s)->text(), u"second"_s);
    QVERIFY(WindowFixture::words(*dialog()).contains(u"and not saved is here again."_s));
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(m_server->command({"HGET", "new", "first"}), std::string("one\ntwo"));
    QCOMPARE(m_server->command({"HGET", "new", "second"}), std::string(1, '\0'));
    QCOMPARE(draftFiles().size(), 0);
}

void TestWindowNewDrafts::aNewElementComesBackAfterACrash()
{
    const QTemporaryDir folder;
    openPage(folder.path());
    askNewElement();
    named<BytesField>(u"Field"_s)->setText(u"f"_s);
    named<ContentField>(u"Content"_s)->setPlainText(u"typed"_s);
    QCOMPARE(draftFiles().size(), 1);
    openPage(folder.path());
    askNewElement();
    QCOMPARE(named<BytesField>(u"Field"_s)->text(), u"f"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Add"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(m_server->command({"HGET", "h", "f"}), std::string("typed"));
    QCOMPARE(draftFiles().size(), 0);
}

/// The key is of another type by now: only the user throws away what was typed.
void TestWindowNewDrafts::aDraftThatDoesNotFitIsKept()
{
    const QTemporaryDir folder;
    openPage(folder.path());
    askNewElement();
    named<BytesField>(u"Field"_s)->setText(u"f"_s);
    named<ContentField>(u"Content"_s)->setPlainText(u"typed"_s);
    QCOMPARE(draftFiles().size(), 1);
    m_server->command({"DEL", "h"});
    m_server->command({"RPUSH", "h", "a"});
    openPage(folder.path());
    askNewElement();
    QVERIFY(WindowFixture::words(*dialog()).contains(u"does not fit this value as it is now"_s));
    QCOMPARE(draftFiles().size(), 1);
    QVERIFY(WindowFixture::press(*dialog(), u"Discard"_s));
    QTRY_VERIFY_WITH_TIMEOUT(draftFiles().isEmpty(), patience);
    dialog()->reject();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
}

void TestWindowNewDrafts::aLostConnectionLosesNothing()
{
    askNewKey();
    typeHash();
    m_server.reset();
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    const auto isTold = [this] {
        const auto* problem = named<QLabel>(u"Problem"_s);
        return problem && !problem->text().isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTold(), 60'000);
    QCOMPARE(named<BytesField>(u"Field 2"_s)->text(), u"second"_s);
    QCOMPARE(draftFiles().size(), 1);
}

void TestWindowNewDrafts::whatIsSavedLeavesNoDraft()
{
    askNewKey();
    typeHash();
    QVERIFY(WindowFixture::press(*dialog(), u"Create key"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    QCOMPARE(draftFiles().size(), 0);
    askNewKey();
    QCOMPARE(named<BytesField>(u"Key name"_s)->text(), QString());
}

void TestWindowNewDrafts::oneCanStartAnew()
{
    askNewKey();
    typeHash();
    dialog()->reject();
    QVERIFY(WindowFixture::press(*dialog(), u"Keep as draft"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
    askNewKey();
    QCOMPARE(named<BytesField>(u"Key name"_s)->text(), u"new"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Start anew"_s));
    QCOMPARE(named<BytesField>(u"Key name"_s)->text(), QString());
    QTRY_COMPARE_WITH_TIMEOUT(draftFiles().size(), 0, patience);
    dialog()->reject();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patience);
}

QTEST_MAIN(TestWindowNewDrafts)
#include "tst_windownewdrafts.moc"
