// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tree/treekeys.h"

#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QStyle>
#include <QStyleFactory>
#include <QTest>

#include <memory>

using namespace keyglass;
using namespace keyglass::ui;
using namespace keyglass::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Pictures of the states of the tree. With KEYGLASS_PICTURES=<folder> they are kept there to be looked at.
class TestKeyTreePictures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void paints_data();
    void paints();
    void aSelectedRowLooksSelected();
    void aGoneKeyIsStruckOut();
};

namespace {

QPalette darkPalette()
{
    QPalette palette(QColor(0x2B, 0x2D, 0x30), QColor(0x1E, 0x1F, 0x22));
    palette.setColor(QPalette::Base, QColor(0x1E, 0x1F, 0x22));
    palette.setColor(QPalette::Text, QColor(0xDD, 0xDD, 0xDD));
    palette.setColor(QPalette::Highlight, QColor(0x2F, 0x65, 0xCA));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    return palette;
}

std::vector<std::string> shopKeys()
{
    std::vector<std::string> keys = numbered("user:", 1200);
    for (std::string& name : keys) {
        name += ":profile";
    }
    for (const char* name : {"a", "a:", ":a", "a::b", "", "bin:\xFF\xFE\x00key", "bin:line\nbreak\tand tab",
             "bin: leading and trailing ", "bin:שלום:1", "bin:שלום1", "bin:1שלום", "bin:😀 emoji",
             "bin:\xD1\x81\xD0\xBE\xD1\x80", "bin:cop", "bin:zero\xE2\x80\x8Bwidth", "bin:back\\slash"}) {
        keys.emplace_back(name);
    }
    const std::string stem = "cache:page:/products/some-rather-long-category-name/";
    keys.insert(keys.end(),
        {stem + "17/items/of-the-first-shop/and-more-words/end", stem + "18/items/of-the-first-shop/and-more-words/end",
            "cache:" + std::string(10'000'000, 'x') + "1"});
    return keys;
}

std::vector<KeyDetails> someDetails(const KeyTreeModel& model)
{
    std::vector<KeyDetails> all;
    for (int at = 0; at < model.rowCount(); ++at) {
        if (model.row(at).isFolder || at % 9 == 8) {
            continue; // those stay in loading
        }
        KeyDetails details;
        details.key = model.row(at).bytes;
        details.type = static_cast<KeyType>(1 + at % 9);
        details.typeState = details.ttlState = details.memoryState = DetailState::There;
        details.typeName = "hash";
        details.ttl = at % 3 == 0 ? std::optional<Milliseconds>(76h + 11min * at) : std::nullopt;
        details.memory = ByteCount{static_cast<std::uint64_t>(at) * 977 + 60};
        details.gone = at % 13 == 12;
        all.push_back(details);
    }
    return all;
}

} // namespace

void TestKeyTreePictures::paints_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("width");
    QTest::addRow("light") << false << 460;
    QTest::addRow("dark") << true << 460;
    QTest::addRow("narrow") << false << 280;
}

void TestKeyTreePictures::paints()
{
    QFETCH(const bool, dark);
    QFETCH(const int, width);
    const std::unique_ptr<QStyle> style(QStyleFactory::create(u"Fusion"_s)); // a widget does not own its style
    KeyTreeView view;
    view.setStyle(style.get());
    dark ? view.setPalette(darkPalette()) : void();
    view.resize(width, 760);
    view.setSnapshot(snapshotOf(shopKeys()));
    view.setExpandedFolders({"a:", "bin:", "cache:", "cache:page:", "user:"});
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QSignalSpy wanted(&view, &KeyTreeView::detailsWanted);
    QTRY_VERIFY(!wanted.isEmpty());
    view.setDetails(someDetails(view.keyModel()));
    KeySelection selection;
    selection.addKey("bin:cop");
    selection.addKey("user:3:profile");
    view.setCurrentRow(key("bin:cop"));
    view.setSelectedKeys(selection);
    view.setFocus();
    const QImage picture = view.grab().toImage();
    const QString folder = qEnvironmentVariable("KEYGLASS_PICTURES");
    if (!folder.isEmpty()) {
        QVERIFY(picture.save(u"%1/tree-%2.png"_s.arg(folder, QString::fromLatin1(QTest::currentDataTag()))));
    }
    QSet<QRgb> colors;
    for (int y = 30; y < picture.height(); y += 3) {
        for (int x = 0; x < picture.width(); x += 3) {
            colors.insert(picture.pixel(x, y));
        }
    }
    QVERIFY(colors.size() > 20); // names, badges, selection: not an empty ground
}

void TestKeyTreePictures::aSelectedRowLooksSelected()
{
    KeyTreeView view;
    view.resize(300, 200);
    view.setSnapshot(snapshotOf({"a", "b"}));
    const auto line = [&view](int row) {
        return view.viewport()->grab(QRect(150, row * TreeMetrics::rowHeight, 40, TreeMetrics::rowHeight)).toImage();
    };
    QCOMPARE(line(0), line(1));
    view.setCurrentRow(key("b"));
    QVERIFY(line(0) != line(1));
}

void TestKeyTreePictures::aGoneKeyIsStruckOut()
{
    KeyTreeView view;
    view.resize(300, 200);
    view.setSnapshot(snapshotOf({"name", "other"}));
    const auto name = [&view] { return view.viewport()->grab(QRect(0, 0, 120, TreeMetrics::rowHeight)).toImage(); };
    const QImage before = name();
    KeyDetails gone;
    gone.key = "name";
    gone.gone = true;
    view.setDetails({gone});
    QVERIFY(before != name());
    QVERIFY(view.keyModel().index(0, 0).data(Qt::ToolTipRole).toString().contains(u"Gone"_s));
}

QTEST_MAIN(TestKeyTreePictures)
#include "tst_keytreepictures.moc"
