// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/elidedlabel.h"
#include "ui/common/messagelog.h"
#include "ui/common/messagelogview.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QIcon>
#include <QObject>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>
#include <set>
#include <vector>

using namespace keyglass::ui;
using namespace Qt::StringLiterals;
using Level = MessageLog::Level;

class TestMessageLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsLinesInOrder();
    void redactsSecrets();
    void cutsLongLinesBehindTheSecret();
    void keepsTheNewestLines();
    void viewFollowsUnlessScrolledAway();
    void levelsAreToldByWordIconAndColor();
    void viewShowsTimesAndLevelsWhole();
    void viewCopiesTheChosenLines();
    void elidedLabelGivesWay();
};

namespace {

QString textAt(const MessageLog& log, int row)
{
    return log.index(row, MessageLog::TextColumn).data().toString();
}

} // namespace

void TestMessageLog::keepsLinesInOrder()
{
    MessageLog log;
    const QAbstractItemModelTester tester(&log, QAbstractItemModelTester::FailureReportingMode::QtTest);
    log.add(Level::Info, u"shop"_s, u"connected"_s);
    log.add(Level::Error, {}, u"two\nlines"_s);
    QCOMPARE(log.rowCount(), 2);
    QCOMPARE(textAt(log, 0), u"connected"_s);
    QCOMPARE(textAt(log, 1), u"two lines"_s);
    QVERIFY(log.text(0).endsWith(u" info shop: connected"_s));
    QVERIFY(log.text(1).endsWith(u" error two lines"_s));
    QCOMPARE(log.text().count(u'\n'), 1);
    log.clear();
    QCOMPARE(log.rowCount(), 0);
}

void TestMessageLog::redactsSecrets()
{
    MessageLog log;
    log.add(Level::Warning, u"redis://bob:S3cret@h"_s, u"tried redis://bob:S3cret@h and AUTH S3cret"_s);
    QVERIFY2(!log.text().contains(u"S3cret"_s), qPrintable(log.text()));
}

void TestMessageLog::cutsLongLinesBehindTheSecret()
{
    MessageLog log;
    log.add(Level::Info, {}, QString(MessageLog::longestLine - 12, u'x') + u" redis://b:S3cret@h"_s);
    QVERIFY(!textAt(log, 0).contains(u"S3"_s));
    log.add(Level::Info, {}, QString(2 * MessageLog::longestLine, u'x'));
    QCOMPARE(textAt(log, 1).size(), MessageLog::longestLine);
    QVERIFY(textAt(log, 1).endsWith(u'…'));
}

void TestMessageLog::keepsTheNewestLines()
{
    MessageLog log;
    for (int i = 0; i < MessageLog::keptLines + 10; ++i) {
        log.add(Level::Info, {}, QString::number(i));
    }
    QCOMPARE(log.rowCount(), MessageLog::keptLines);
    QCOMPARE(textAt(log, 0), u"10"_s);
}

void TestMessageLog::viewFollowsUnlessScrolledAway()
{
    MessageLog log;
    MessageLogView view(&log);
    view.resize(400, 100);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const auto addMany = [&log] {
        for (int i = 0; i < 50; ++i) {
            log.add(Level::Info, {}, QString::number(i));
        }
    };
    addMany();
    const QScrollBar* bar = view.findChild<QTreeView*>()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    QTRY_COMPARE(bar->value(), bar->maximum());
    view.findChild<QTreeView*>()->scrollToTop();
    addMany();
    QTRY_VERIFY(bar->maximum() > 50);
    QCOMPARE(bar->value(), 0);
}

void TestMessageLog::levelsAreToldByWordIconAndColor()
{
    MessageLog log;
    std::set<QString> words;
    std::set<QRgb> colors;
    std::vector<QImage> icons;
    for (const Level level : {Level::Info, Level::Warning, Level::Error}) {
        log.add(level, {}, u"a line"_s);
        const QModelIndex index = log.index(log.rowCount() - 1, MessageLog::LevelColumn);
        words.insert(index.data().toString());
        const auto color = index.data(Qt::ForegroundRole);
        colors.insert(color.isValid() ? color.value<QColor>().rgb() : 0);
        const QImage icon = index.data(Qt::DecorationRole).value<QIcon>().pixmap(16).toImage();
        QVERIFY(!icon.isNull());
        QVERIFY(std::ranges::find(icons, icon) == icons.end());
        icons.push_back(icon);
        QVERIFY(!index.siblingAtColumn(MessageLog::TextColumn).data(Qt::DecorationRole).isValid());
    }
    QCOMPARE(words, (std::set<QString>{u"info"_s, u"warning"_s, u"error"_s}));
    QCOMPARE(colors.size(), 3U);
}

void TestMessageLog::viewShowsTimesAndLevelsWhole()
{
    MessageLog log;
    for (const Level level : {Level::Info, Level::Warning, Level::Error}) {
        log.add(level, u"shop"_s, u"a line"_s);
    }
    MessageLogView view(&log);
    view.resize(600, 120);
    const auto* lines = view.findChild<QTreeView*>();
    for (const int column : {MessageLog::TimeColumn, MessageLog::LevelColumn}) {
        for (int row = 0; row < log.rowCount(); ++row) {
            QVERIFY(lines->columnWidth(column) >= lines->sizeHintForIndex(log.index(row, column)).width());
        }
    }
}

void TestMessageLog::viewCopiesTheChosenLines()
{
    MessageLog log;
    for (const QString& line : {u"one"_s, u"two"_s, u"three"_s}) {
        log.add(Level::Info, {}, line);
    }
    MessageLogView view(&log);
    QToolButton* copy = nullptr;
    for (QToolButton* button : view.findChildren<QToolButton*>()) {
        copy = button->accessibleName() == u"Copy messages"_s ? button : copy;
    }
    QVERIFY(copy);
    copy->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), log.text());
    auto* lines = view.findChild<QTreeView*>();
    constexpr auto add = QItemSelectionModel::Select | QItemSelectionModel::Rows;
    lines->selectionModel()->select(log.index(2, 0), add);
    lines->selectionModel()->select(log.index(0, 0), add);
    copy->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), log.text(0) + u'\n' + log.text(2));
}

void TestMessageLog::elidedLabelGivesWay()
{
    ElidedLabel label(u"a long text that does not fit everywhere"_s);
    label.resize(60, 20);
    const QImage narrow = label.grab().toImage();
    QVERIFY(label.minimumSizeHint().width() < label.sizeHint().width() / 4);
    label.setText(u"a l"_s);
    QVERIFY(narrow != label.grab().toImage());
    QVERIFY(label.minimumSizeHint().width() <= label.sizeHint().width());
}

QTEST_MAIN(TestMessageLog)
#include "tst_messagelog.moc"
