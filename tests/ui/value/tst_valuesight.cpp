// SPDX-License-Identifier: GPL-3.0-or-later
// What is on screen of a value, to be looked at again where the server does not tell of changes.
#include "core/value/valuesight.h"
#include "tests/ui/value/valuepanefixture.h"
#include "ui/value/bitmapview.h"
#include "ui/value/bytecontent.h"
#include "ui/value/hexview.h"
#include "ui/value/texteditor.h"

#include <QAbstractScrollArea>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestValueSight : public ValuePaneFixture {
    Q_OBJECT

private Q_SLOTS:
    void elementsOfAListInBothOrders();
    void whatIsShownIsWhatIsThere_data();
    void whatIsShownIsWhatIsThere();
    void theBytesThatAreScrolledTo();
    void aChangeOnScreenIsSeen_data();
    void aChangeOnScreenIsSeen();

private:
    void showAs(FormatChoice format) { cell()->setFormat(format); }
};

void TestValueSight::elementsOfAListInBothOrders()
{
    m_server->fill(300, [](std::size_t n) { return Args{"RPUSH", "l", std::to_string(n)}; });
    open("l");
    QTRY_VERIFY(m_pane->sight().count > 5);
    const ValueSight first = m_pane->sight();
    QCOMPARE(first.first, std::uint64_t{0});
    QVERIFY(first.count < 100);
    QHeaderView* header = table()->horizontalHeader();
    QTest::mouseClick(
        header->viewport(), Qt::LeftButton, {}, QPoint(header->sectionViewportPosition(0) + 10, header->height() / 2));
    QTRY_COMPARE(model()->index(0, 1).data().toString(), u"299"_s);
    QTRY_VERIFY(m_pane->sight().count > 5);
    const ValueSight last = m_pane->sight();
    QCOMPARE(last.first + last.count, std::uint64_t{300});
}

void TestValueSight::whatIsShownIsWhatIsThere_data()
{
    QTest::addColumn<std::vector<std::string>>("create");
    QTest::addColumn<std::vector<std::string>>("change"); // of the same length
    using Words = std::vector<std::string>;
    QTest::addRow("string") << Words{"SET", "k", "text\xFF"} << Words{"SETRANGE", "k", "0", "T"};
    QTest::addRow("hash") << Words{"HSET", "k", "f", "1", "g", ""} << Words{"HSET", "k", "g", "2"};
    QTest::addRow("list") << Words{"RPUSH", "k", "a", "b", "c"} << Words{"LSET", "k", "0", "x"};
    QTest::addRow("set") << Words{"SADD", "k", "a", "b"} << Words{"SMOVE", "k", "other", "a"};
    QTest::addRow("sorted set") << Words{"ZADD", "k", "0.1", "a", "inf", "b"} << Words{"ZADD", "k", "2", "a"};
}

/// Else a change would be told that there was none, or none would be found.
void TestValueSight::whatIsShownIsWhatIsThere()
{
    QFETCH(const std::vector<std::string>, create);
    QFETCH(const std::vector<std::string>, change);
    m_server->command(create);
    open("k");
    const auto isKnown = [this] {
        const auto shown = m_pane->sight().shown;
        return shown && !shown->digest.empty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isKnown(), 20000);
    const ValueSight sight = m_pane->sight();
    const auto lane = readingLane(*m_server);
    const auto same = lookAgain(*lane, "k", sight, {});
    QVERIFY(same);
    QCOMPARE(same->digest, sight.shown->digest);
    QVERIFY(!differs(*sight.shown, *same));
    m_server->command(change);
    const auto now = lookAgain(*lane, "k", sight, {});
    QVERIFY(now && differs(*sight.shown, *now));
}

void TestValueSight::theBytesThatAreScrolledTo()
{
    m_server->command({"SET", "s", std::string(200'000, 'x')});
    open("s");
    QCOMPARE(m_pane->sight().first, std::uint64_t{0});
    QCOMPARE(m_pane->sight().count, ValueSight::mostBytes);
    showAs(FormatChoice::Hex);
    auto* hex = m_pane->findChild<HexView*>();
    QTRY_VERIFY(hex->isVisible());
    QSignalSpy moved(m_pane.get(), &ValuePane::sightChanged);
    hex->goTo(150'000);
    QVERIFY(!moved.isEmpty());
    const ValueSight there = m_pane->sight();
    QVERIFY2(there.first <= 150'000 && there.first + there.count > 150'000, std::to_string(there.first).c_str());
    QVERIFY(there.first > 140'000);
    hex->goTo(199'999);
    QCOMPARE(m_pane->sight().first + m_pane->sight().count, std::uint64_t{200'000});
    showAs(FormatChoice::Bits);
    auto* bits = m_pane->findChild<BitmapView*>();
    QTRY_VERIFY(bits->isVisible());
    bits->goTo(8 * 150'000);
    QTRY_VERIFY(m_pane->sight().first > 140'000 && m_pane->sight().first <= 150'000);
}

void TestValueSight::aChangeOnScreenIsSeen_data()
{
    QTest::addColumn<FormatChoice>("format");
    QTest::addRow("hex") << FormatChoice::Hex;
    QTest::addRow("text") << FormatChoice::Text;
}

/// Of the same length, far behind the beginning.
void TestValueSight::aChangeOnScreenIsSeen()
{
    QFETCH(FormatChoice, format);
    std::string lines;
    while (lines.size() < 200'000) {
        lines += "a line of text\n";
    }
    m_server->command({"SET", "s", lines});
    open("s");
    showAs(format);
    auto* hex = m_pane->findChild<HexView*>();
    auto* text = m_pane->findChild<TextEditor*>();
    if (format == FormatChoice::Hex) {
        QTRY_VERIFY(hex->isVisible());
        hex->goTo(150'000);
    } else {
        QTRY_VERIFY(text->isVisible());
        while (cell()->content()->canLoadMore()) {
            QSignalSpy grew(cell()->content(), &ByteContent::grew);
            cell()->content()->loadMore();
            QVERIFY(grew.wait(20000));
        }
        auto* bar = text->findChild<QAbstractScrollArea*>()->verticalScrollBar();
        QTRY_VERIFY_WITH_TIMEOUT(text->text().size() >= 200'000 && bar->maximum() > 1000, 20000);
        bar->setValue(bar->maximum() * 3 / 4);
    }
    const ValueSight sight = m_pane->sight();
    QVERIFY2(sight.first > 0 && sight.first <= 150'000 && sight.first + sight.count > 150'000,
        std::to_string(sight.first).c_str());
    const auto lane = readingLane(*m_server);
    const auto before = lookAgain(*lane, "s", sight, {});
    m_server->command({"SETRANGE", "s", "150000", "y"});
    const auto now = lookAgain(*lane, "s", sight, {});
    QVERIFY(before && now);
    QVERIFY(differs(*before, *now));
}

QTEST_MAIN(TestValueSight)
#include "tst_valuesight.moc"
