// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/elidedlabel.h"
#include "ui/value/valueheader.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestValueHeader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thePlaceIsReadAtEveryWidth_data();
    void thePlaceIsReadAtEveryWidth();
    void aSingleServerHasNoSecondLine();
};

namespace {

const QString place = u"node 127.0.0.1:17001 · slot 16383"_s;

ElidedLabel* labelOf(const QWidget& header, const QString& name)
{
    for (auto* label : header.findChildren<ElidedLabel*>()) {
        if (label->accessibleName() == name) {
            return label;
        }
    }
    return nullptr;
}

ValueHead someHead()
{
    ValueHead head;
    head.key = "user:42:profile";
    head.type = KeyType::Hash;
    head.length = 17;
    head.ttl = std::chrono::hours(76);
    return head;
}

bool isWhole(const QLabel& label)
{
    return label.isVisible() && label.fontMetrics().horizontalAdvance(label.text()) <= label.width();
}

} // namespace

void TestValueHeader::thePlaceIsReadAtEveryWidth_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("isBelow");
    QTest::addRow("wide") << 1200 << false;
    QTest::addRow("narrow") << 300 << true;
}

void TestValueHeader::thePlaceIsReadAtEveryWidth()
{
    QFETCH(const int, width);
    QFETCH(const bool, isBelow);
    ValueHeader header;
    header.setPlace(place);
    header.setHead(someHead());
    header.resize(width, header.sizeHint().height());
    header.show();
    const auto* about = labelOf(header, u"About the value"_s);
    const auto* below = labelOf(header, u"Place of the key"_s);
    QVERIFY(about && below);
    QTRY_COMPARE(below->isVisible(), isBelow);
    QTRY_VERIFY2(isWhole(isBelow ? *below : *about), qPrintable(about->text()));
    QCOMPARE(about->text().contains(place), !isBelow);
    QVERIFY(about->toolTip().contains(place));
    header.resize(isBelow ? 1200 : 300, header.height()); // and follows the pane
    QTRY_COMPARE(below->isVisible(), !isBelow);
}

void TestValueHeader::aSingleServerHasNoSecondLine()
{
    ValueHeader header;
    header.setHead(someHead());
    header.resize(200, header.sizeHint().height());
    header.show();
    QVERIFY(!labelOf(header, u"Place of the key"_s)->isVisible());
    header.setPlace(place);
    QTRY_VERIFY(labelOf(header, u"Place of the key"_s)->isVisible());
    header.setKey("another"); // of which nothing is known yet
    QVERIFY(!labelOf(header, u"Place of the key"_s)->isVisible());
}

QTEST_MAIN(TestValueHeader)
#include "tst_valueheader.moc"
