// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/value/bitmapview.h"
#include "ui/value/cellview.h"
#include "ui/value/hexview.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keytabs.h"

#include <QDir>
#include <QInputDialog>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestByteEdits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aBitIsTurnedWhereItIsShown();
    void typedBytesAreWrittenAndTheRestStays();
    void bytesAreInsertedBeforeTheCursor();
    void aRefusedInsertionIsAskedAgain();
    void bytesThatAreLeftWhileTheyAreSavedLeaveNoDraft();
    void whatIsTypedIsDecidedBeforeBytesAreInserted();
    void theSameBytesChangedElsewhereAreTold_data();
    void theSameBytesChangedElsewhereAreTold();
    void aRefusedWriteLosesNothing();
    void closingTheTabAsks_data();
    void closingTheTabAsks();
    void whatWasTypedComesBackAfterACrash();
    void whatWasTypedAtSeveralPlacesComesBack_data();
    void whatWasTypedAtSeveralPlacesComesBack();
    void typingElsewhereLosesNoDraft();
    void typingOverADraftIsUndone();
    void aRenamedKeyTakesItsTypedBytesAlong();
    void whatAnotherHasChangedStays();
    void readOnlyProfilesChangeNothing();

private:
    void openKey(const Profile& profile, FormatChoice format);
    void typeOver();
    /// Types over the first bytes, keeps that as a draft, and opens the key anew.
    void openWithDraft();
    [[nodiscard]] QStringList draftFiles();
    [[nodiscard]] HexView* hex() const { return m_pane->findChild<HexView*>(); }
    [[nodiscard]] std::string value() const { return m_server->command({"GET", "b"}); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
    ValuePane* m_pane = nullptr;
};

void TestByteEdits::init()
{
    m_server = RedisServer::start();
    m_server->command({"SET", "b", "abcd", "EX", "1000"});
    m_fixture = std::make_unique<WindowFixture>();
}

void TestByteEdits::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

void TestByteEdits::openKey(const Profile& profile, FormatChoice format)
{
    m_page = &m_fixture->open(profile);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), 20'000);
    m_page->tabs().open("b");
    m_pane = static_cast<ValuePane*>(m_page->tabs().currentPane());
    QVERIFY(m_pane);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->findChild<CellView*>()->content() != nullptr, 20'000);
    m_pane->findChild<CellView*>()->setFormat(format);
}

void TestByteEdits::aBitIsTurnedWhereItIsShown()
{
    openKey(WindowFixture::profileOf(*m_server), FormatChoice::Bits);
    auto* bits = m_pane->findChild<BitmapView*>();
    bits->goTo(10);
    QTest::keyClick(bits, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(value(), std::string("aBcd"), 20'000); // 0x62 without its 0x20
    QTRY_COMPARE_WITH_TIMEOUT(bits->bitAt(10), std::optional(false), 20'000);
    QCOMPARE(bits->cursor(), std::uint64_t{10});
    QVERIFY(std::stoi(m_server->command({"TTL", "b"})) > 900);
}

void TestByteEdits::typedBytesAreWrittenAndTheRestStays()
{
    openKey(WindowFixture::profileOf(*m_server), FormatChoice::Hex);
    auto* hex = m_pane->findChild<HexView*>();
    hex->goTo(1);
    QTest::keyClicks(hex, u"5859"_s);
    m_server->command({"SETRANGE", "b", "3", "!"}); // another place: no conflict
    QTest::keyClick(hex, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(value(), std::string("aXY!"), 20'000);
}

void TestByteEdits::bytesAreInsertedBeforeTheCursor()
{
    openKey(WindowFixture::profileOf(*m_server), FormatChoice::Hex);
    auto* hex = m_pane->findChild<HexView*>();
    const auto insert = [this, hex](Qt::KeyboardModifiers modifiers, const QString& digits) {
        QTest::keyClick(hex, Qt::Key_Insert, modifiers);
        QInputDialog* asked = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(asked = m_page->findChild<QInputDialog*>(), 20'000);
        asked->setTextValue(digits);
        asked->accept();
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->findChild<QInputDialog*>(), 20'000);
    };
    hex->goTo(1);
    insert(Qt::NoModifier, u"58 59"_s);
    QTRY_COMPARE_WITH_TIMEOUT(value(), std::string("aXYbcd"), 20'000);
    QVERIFY(std::stoi(m_server->command({"TTL", "b"})) > 900);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->shownString() && *m_pane->shownString() == "aXYbcd", 20'000);
    insert(Qt::AltModifier, u"21"_s);
    QTRY_COMPARE_WITH_TIMEOUT(value(), std::string("aXYbcd!"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->shownString() && *m_pane->shownString() == "aXYbcd!", 20'000);
    QSignalSpy said(m_page, &SessionPage::said);
    QTest::keyClick(hex, Qt::Key_Insert);
    QInputDialog* asked = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(asked = m_page->findChild<QInputDialog*>(), 20'000);
    asked->setTextValue(u"no digits"_s);
    asked->accept();
    QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), 20'000);
    const auto askedAgain = [&] { // with what was typed, and why not
        auto* again = m_page->findChild<QInputDialog*>();
        return again != nullptr && again->labelText().contains(u'\n') && again->textValue() == u"no digits"_s;
    };
    QTRY_VERIFY_WITH_TIMEOUT(askedAgain(), 20'000);
    QCOMPARE(value(), std::string("aXYbcd!"));
}

void TestByteEdits::aRefusedInsertionIsAskedAgain()
{
    openKey(WindowFixture::profileOf(*m_server), FormatChoice::Hex);
    auto* hex = m_pane->findChild<HexView*>();
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->shownString() != nullptr, 20'000);
    hex->goTo(1);
    QTest::keyClick(hex, Qt::Key_Insert);
    QInputDialog* asked = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(asked = m_page->findChild<QInputDialog*>(), 20'000);
    m_server->command({"SETRANGE", "b", "1", "other"});
    asked->setTextValue(u"58"_s);
    asked->accept();
    const auto askedAgain = [&] {
        auto* again = m_page->findChild<QInputDialog*>();
        return again != nullptr && again->labelText().contains(u'\n') && again->textValue() == u"58"_s;
    };
    QTRY_VERIFY_WITH_TIMEOUT(askedAgain(), 20'000);
    QCOMPARE(value(), std::string("aother"));
    for (auto* again : m_page->findChildren<QInputDialog*>()) { // who has heard of it can go on
        if (again->labelText().contains(u'\n')) {
            again->accept();
        }
    }
    QTRY_COMPARE_WITH_TIMEOUT(value(), std::string("aXother"), 20'000);
}

void TestByteEdits::bytesThatAreLeftWhileTheyAreSavedLeaveNoDraft()
{
    typeOver();
    QCOMPARE(draftFiles().size(), 1);
    QCOMPARE(m_server->command({"CLIENT", "PAUSE", "60000", "WRITE"}), std::string("OK"));
    QTest::keyClick(hex(), Qt::Key_Return);
    m_page->tabs().closeCurrent();
    QVERIFY(WindowFixture::press(*m_pane, u"Keep as draft"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_page->tabs().count(), 0, 20'000);
    QCOMPARE(draftFiles().size(), 1);
    QCOMPARE(m_server->command({"CLIENT", "UNPAUSE"}), std::string("OK"));
    QTRY_COMPARE_WITH_TIMEOUT(value(), std::string("XYcd"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(draftFiles().isEmpty(), 20'000);
}

/// Types "XY" over the first two bytes.
void TestByteEdits::typeOver()
{
    openKey(WindowFixture::profileOf(*m_server), FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible() && m_pane->shownString() != nullptr, 20'000);
    hex()->goTo(0);
    QTest::keyClicks(hex(), u"5859"_s);
    QVERIFY(hex()->hasChanges());
}

void TestByteEdits::whatIsTypedIsDecidedBeforeBytesAreInserted()
{
    typeOver();
    QSignalSpy said(m_page, &SessionPage::said);
    QTest::keyClick(hex(), Qt::Key_Insert);
    QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), 20'000);
    QVERIFY(said.last()[1].toString().contains(u"before others are inserted"_s));
    QVERIFY(!m_page->findChild<QInputDialog*>());
}

QStringList TestByteEdits::draftFiles()
{
    m_fixture->drafts().flush();
    return QDir(m_fixture->folder() + u"/drafts"_s).entryList({u"*.draft"_s}, QDir::Files);
}

void TestByteEdits::theSameBytesChangedElsewhereAreTold_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QByteArray>("stored");
    QTest::addRow("overwritten") << u"Overwrite"_s << QByteArray("XYcd");
    QTest::addRow("taken back") << u"Discard"_s << QByteArray("a!cd");
}

void TestByteEdits::theSameBytesChangedElsewhereAreTold()
{
    QFETCH(QString, answer);
    QFETCH(QByteArray, stored);
    typeOver();
    m_server->command({"SETRANGE", "b", "1", "!"});
    QTest::keyClick(hex(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*m_pane).contains(u"The typed bytes stay here, unsaved."_s), 20'000);
    QVERIFY(WindowFixture::words(*m_pane).contains(u"a!"_s)); // what is there now
    QVERIFY(hex()->hasChanges());
    QCOMPARE(value(), std::string("a!cd"));
    QCOMPARE(draftFiles().size(), 1);
    QVERIFY(WindowFixture::press(*m_pane, answer));
    QTRY_VERIFY_WITH_TIMEOUT(!hex()->hasChanges(), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(value(), stored.toStdString(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(draftFiles().isEmpty(), 20'000);
}

void TestByteEdits::aRefusedWriteLosesNothing()
{
    typeOver();
    m_server->command({"CONFIG", "SET", "min-replicas-to-write", "1"}); // NOREPLICAS for each write
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(*m_pane).contains(u"The typed bytes stay here, unsaved."_s), 20'000);
    QVERIFY(hex()->hasChanges());
    m_server->command({"CONFIG", "SET", "min-replicas-to-write", "0"});
    QVERIFY(WindowFixture::press(*m_pane, u"Try again"_s));
    QTRY_COMPARE_WITH_TIMEOUT(value(), std::string("XYcd"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!hex()->hasChanges() && draftFiles().isEmpty(), 20'000);
}

void TestByteEdits::closingTheTabAsks_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<int>("drafts");
    QTest::addRow("save") << u"Save"_s << QByteArray("XYcd") << 0;
    QTest::addRow("discard") << u"Discard"_s << QByteArray("abcd") << 0;
    QTest::addRow("keep") << u"Keep as draft"_s << QByteArray("abcd") << 1;
}

void TestByteEdits::closingTheTabAsks()
{
    QFETCH(QString, answer);
    QFETCH(QByteArray, stored);
    QFETCH(int, drafts);
    typeOver();
    QCOMPARE(m_page->edits().unsaved(), 1);
    m_page->tabs().closeCurrent();
    QCOMPARE(m_page->tabs().count(), 1);
    QVERIFY(WindowFixture::words(*m_pane).contains(u"The typed bytes are not saved."_s));
    QVERIFY(WindowFixture::press(*m_pane, u"Go on editing"_s));
    QVERIFY(hex()->hasChanges());
    m_page->tabs().closeCurrent();
    QVERIFY(WindowFixture::press(*m_pane, answer));
    QTRY_COMPARE_WITH_TIMEOUT(m_page->tabs().count(), 0, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(value(), stored.toStdString(), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(draftFiles().size(), drafts, 20'000);
}

/// What was typed is in its draft from the first digit on, and offered by the next start of the program.
void TestByteEdits::whatWasTypedComesBackAfterACrash()
{
    const QTemporaryDir folder;
    m_fixture.reset();
    m_fixture = std::make_unique<WindowFixture>(folder.path());
    typeOver();
    QCOMPARE(draftFiles().size(), 1);
    m_fixture.reset();
    m_fixture = std::make_unique<WindowFixture>(folder.path());
    openKey(WindowFixture::profileOf(*m_server), FormatChoice::Automatic);
    QTRY_VERIFY_WITH_TIMEOUT(
        WindowFixture::words(*m_pane).contains(u"Bytes that were typed in the hex view"_s), 20'000);
    QVERIFY(WindowFixture::press(*m_pane, u"Restore"_s));
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible() && hex()->hasChanges(), 20'000);
    QVERIFY((hex()->changes().stretches().front() == HexChanges::Stretch{0, "ab", "XY"}));
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(value(), std::string("XYcd"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(draftFiles().isEmpty(), 20'000);
}

void TestByteEdits::whatWasTypedAtSeveralPlacesComesBack_data()
{
    QTest::addColumn<QString>("after");
    QTest::addRow("a crash") << u"crash"_s;
    QTest::addRow("a closed tab") << u"close"_s;
    QTest::addRow("a lost connection") << u"lost"_s;
}

/// Of a value that is far longer than what is read of it at first.
void TestByteEdits::whatWasTypedAtSeveralPlacesComesBack()
{
    QFETCH(const QString, after);
    constexpr std::uint64_t size = 20'000'000;
    const std::vector<std::uint64_t> places{3, 9'999'999, size - 2};
    m_server->command({"SETRANGE", "b", std::to_string(size - 1), "z"});
    const QTemporaryDir folder;
    m_fixture.reset();
    m_fixture = std::make_unique<WindowFixture>(folder.path());
    openKey(WindowFixture::profileOf(*m_server), FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible(), 20'000);
    for (const std::uint64_t place : places) {
        hex()->goTo(place);
        const auto isThere = [&] { return !m_pane->findChild<CellView*>()->content()->window(place, 2).empty(); };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), 20'000);
        QTest::keyClicks(hex(), u"5859"_s);
    }
    QCOMPARE(hex()->changes().stretches().size(), places.size());
    if (after == u"lost") {
        m_server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        m_page->reloadValue();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->session().state() == SessionState::Connected && !m_pane->isReading(), 20'000);
    } else {
        if (after == u"close") {
            m_page->tabs().closeCurrent();
            QVERIFY(WindowFixture::press(*m_pane, u"Keep as draft"_s));
            QTRY_COMPARE_WITH_TIMEOUT(m_page->tabs().count(), 0, 20'000);
        }
        m_fixture.reset();
        m_fixture = std::make_unique<WindowFixture>(folder.path());
        openKey(WindowFixture::profileOf(*m_server), FormatChoice::Automatic);
        QTRY_VERIFY_WITH_TIMEOUT(
            WindowFixture::words(*m_pane).contains(u"Bytes that were typed in the hex view"_s), 20'000);
        QVERIFY(WindowFixture::press(*m_pane, u"Restore"_s));
        QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible() && hex()->hasChanges(), 20'000);
    }
    QCOMPARE(hex()->changes().stretches().size(), places.size());
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_VERIFY_WITH_TIMEOUT(!hex()->hasChanges() && draftFiles().isEmpty(), 20'000);
    for (const std::uint64_t place : places) {
        QCOMPARE(
            m_server->command({"GETRANGE", "b", std::to_string(place), std::to_string(place + 1)}), std::string("XY"));
    }
    QCOMPARE(m_server->command({"STRLEN", "b"}), std::to_string(size));
}

void TestByteEdits::openWithDraft()
{
    typeOver();
    m_page->tabs().closeCurrent();
    QVERIFY(WindowFixture::press(*m_pane, u"Keep as draft"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_page->tabs().count(), 0, 20'000);
    m_page->tabs().open("b");
    m_pane = static_cast<ValuePane*>(m_page->tabs().currentPane());
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->shownString() != nullptr, 20'000);
    m_pane->findChild<CellView*>()->setFormat(FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible(), 20'000);
}

/// One that is kept is not written over by who types elsewhere without restoring it first.
void TestByteEdits::typingElsewhereLosesNoDraft()
{
    openWithDraft();
    hex()->goTo(1);
    QTest::keyClicks(hex(), u"21"_s);
    QVERIFY((hex()->changes().stretches() == std::vector{HexChanges::Stretch{0, "ab", "X!"}}));
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(value(), std::string("X!cd"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(draftFiles().isEmpty(), 20'000);
}

/// Back to the bytes of the draft, not to those of the server.
void TestByteEdits::typingOverADraftIsUndone()
{
    openWithDraft();
    hex()->goTo(0);
    QTest::keyClicks(hex(), u"5"_s);
    QVERIFY((hex()->changes().stretches() == std::vector{HexChanges::Stretch{0, "ab", "QY"}}));
    hex()->undo();
    QVERIFY((hex()->changes().stretches() == std::vector{HexChanges::Stretch{0, "ab", "XY"}}));
    QCOMPARE(draftFiles().size(), 1);
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(value(), std::string("XYcd"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(draftFiles().isEmpty(), 20'000);
}

void TestByteEdits::aRenamedKeyTakesItsTypedBytesAlong()
{
    typeOver();
    KeyEdit rename{"b", RenameKey{"c", false}};
    const auto sent = m_page->session().edit(rename);
    QTRY_VERIFY_WITH_TIMEOUT(sent.isFinished(), 20'000);
    QVERIFY(sent.result());
    m_page->edited(rename, *sent.result());
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->head() && m_pane->head()->key == "c" && !m_pane->isReading(), 20'000);
    QVERIFY(hex()->isVisible()); // where it was, and not only as a draft
    QVERIFY((hex()->changes().stretches().front() == HexChanges::Stretch{0, "ab", "XY"}));
    QCOMPARE(draftFiles().size(), 1);
    QCOMPARE(m_page->edits().unsaved(), 1);
    hex()->undo();
    QVERIFY((hex()->changes().stretches().front() != HexChanges::Stretch{0, "ab", "XY"}));
    hex()->redo();
    m_fixture->trigger(ActionId::SaveValue);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"GET", "c"}), std::string("XYcd"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!hex()->hasChanges() && draftFiles().isEmpty(), 20'000);
    QCOMPARE(m_server->command({"EXISTS", "b"}), std::string("0"));
}

void TestByteEdits::whatAnotherHasChangedStays()
{
    openKey(WindowFixture::profileOf(*m_server), FormatChoice::Bits);
    auto* bits = m_pane->findChild<BitmapView*>();
    m_server->command({"SETRANGE", "b", "1", "X"});
    QSignalSpy said(m_page, &SessionPage::said);
    bits->goTo(10);
    QTest::keyClick(bits, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), 20'000);
    QCOMPARE(value(), std::string("aXcd"));
    QTRY_COMPARE_WITH_TIMEOUT(bits->bitAt(11), std::optional(true), 20'000); // 0x58: what is there now is shown
}

void TestByteEdits::readOnlyProfilesChangeNothing()
{
    Profile profile = WindowFixture::profileOf(*m_server);
    profile.readOnly = true;
    openKey(profile, FormatChoice::Bits);
    QSignalSpy said(m_page, &SessionPage::said);
    QTest::keyClick(m_pane->findChild<BitmapView*>(), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), 20'000);
    QCOMPARE(value(), std::string("abcd"));
    m_pane->findChild<CellView*>()->setFormat(FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible(), 20'000);
    said.clear();
    QTest::keyClicks(hex(), u"5"_s);
    QVERIFY(!hex()->hasChanges());
    QVERIFY(!said.isEmpty());
    QVERIFY(draftFiles().isEmpty());
}

QTEST_MAIN(TestByteEdits)
#include "tst_byteedits.moc"
