// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/value/bitmapview.h"
#include "ui/value/cellview.h"
#include "ui/value/hexview.h"
#include "ui/value/valuepane.h"
#include "ui/window/keytabs.h"

#include <QInputDialog>
#include <QSignalSpy>
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
    void whatAnotherHasChangedStays();
    void readOnlyProfilesChangeNothing();

private:
    void openKey(const Profile& profile, FormatChoice format);
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
    insert(Qt::NoModifier, u"no digits"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), 20'000);
    QCOMPARE(value(), std::string("aXYbcd!"));
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
}

QTEST_MAIN(TestByteEdits)
#include "tst_byteedits.moc"
