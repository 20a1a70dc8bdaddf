// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keytabs.h"

#include <QLabel>
#include <QPointer>
#include <QTabBar>
#include <QTest>

using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

/// Panes that show their key as a text.
KeyTabs::Panes labels()
{
    return {[](QWidget* parent) { return new QLabel(parent); },
        [](QWidget& pane, const std::string& key) { static_cast<QLabel&>(pane).setText(QString::fromStdString(key)); }};
}

/// The keys of the tabs as their panes show them, the one in front in brackets, a preview with a question mark.
QString drawn(const KeyTabs& tabs)
{
    QStringList shown;
    const auto panes = tabs.panes();
    for (int at = 0; at < tabs.count(); ++at) {
        QString text = static_cast<QLabel*>(panes[static_cast<std::size_t>(at)])->text();
        text = tabs.isPreview(at) ? text + u'?' : text;
        shown << (at == tabs.currentTab() ? u'[' + text + u']' : text);
    }
    return shown.join(u' ');
}

} // namespace

class TestKeyTabs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void previewsReuseOneTab();
    void anOpenedKeyKeepsItsTab();
    void historyGoesBackAlsoToClosedKeys();
    void closingTheLastShowsThePlaceholder();
    void movedTabsKeepTheirKeys();
    void pagesAreNoKeys();
    void manyTabsKeepTheirNames();
};

void TestKeyTabs::previewsReuseOneTab()
{
    KeyTabs tabs(labels(), new QLabel);
    tabs.preview("a");
    QCOMPARE(drawn(tabs), u"[a?]"_s);
    tabs.preview("b");
    QCOMPARE(drawn(tabs), u"[b?]"_s);
    tabs.open("c");
    QCOMPARE(drawn(tabs), u"b? [c]"_s);
    tabs.preview("c");
    QCOMPARE(drawn(tabs), u"b? [c]"_s);
    tabs.preview("d");
    QCOMPARE(drawn(tabs), u"[d?] c"_s);
}

void TestKeyTabs::anOpenedKeyKeepsItsTab()
{
    KeyTabs tabs(labels(), new QLabel);
    tabs.preview("a");
    tabs.open("a");
    QCOMPARE(drawn(tabs), u"[a]"_s);
    tabs.preview("b");
    tabs.keepCurrent();
    tabs.preview("c");
    QCOMPARE(drawn(tabs), u"a b [c?]"_s);
    tabs.select(1);
    QCOMPARE(drawn(tabs), u"a [b] c?"_s);
    tabs.select(7);
    QCOMPARE(drawn(tabs), u"a [b] c?"_s);
}

void TestKeyTabs::historyGoesBackAlsoToClosedKeys()
{
    KeyTabs tabs(labels(), new QLabel);
    for (const char* key : {"a", "b", "c"}) {
        tabs.preview(key);
    }
    QVERIFY(tabs.canGoBack());
    tabs.back();
    QCOMPARE(tabs.currentKey().value_or("-"), "b");
    tabs.back();
    QCOMPARE(tabs.currentKey().value_or("-"), "a");
    QVERIFY(!tabs.canGoBack());
    tabs.forward();
    tabs.forward();
    QCOMPARE(tabs.currentKey().value_or("-"), "c");
    QVERIFY(!tabs.canGoForward());
    QCOMPARE(drawn(tabs), u"[c?]"_s);
}

void TestKeyTabs::closingTheLastShowsThePlaceholder()
{
    auto* placeholder = new QLabel(u"nothing"_s);
    KeyTabs tabs(labels(), placeholder);
    tabs.show();
    QVERIFY(placeholder->isVisible());
    tabs.open("a");
    tabs.open("b");
    QVERIFY(!placeholder->isVisible());
    tabs.closeCurrent();
    QCOMPARE(drawn(tabs), u"[a]"_s);
    tabs.closeCurrent();
    QCOMPARE(tabs.count(), 0);
    QVERIFY(!tabs.currentKey());
    QVERIFY(placeholder->isVisible());
    tabs.closeCurrent();
}

void TestKeyTabs::movedTabsKeepTheirKeys()
{
    KeyTabs tabs(labels(), new QLabel);
    tabs.open("a");
    tabs.open("b");
    tabs.preview("c");
    tabs.findChild<QTabBar*>()->moveTab(2, 0);
    QCOMPARE(drawn(tabs), u"[c?] a b"_s);
    tabs.preview("d");
    QCOMPARE(drawn(tabs), u"[d?] a b"_s);
}

void TestKeyTabs::pagesAreNoKeys()
{
    KeyTabs tabs(labels(), new QLabel);
    tabs.open("a");
    const QPointer<QLabel> page = new QLabel;
    tabs.addPage(page, u"Key table"_s);
    QCOMPARE(tabs.currentKey().value_or("-"), "a"); // it waits to be selected
    tabs.selectPage(*page);
    QCOMPARE(tabs.currentPage(), page.data());
    QVERIFY(!tabs.currentPane() && !tabs.currentKey() && !tabs.canGoBack());
    tabs.preview(""); // a key without a name is one all the same
    QCOMPARE(tabs.count(), 3);
    QCOMPARE(tabs.panes().size(), std::size_t{2});
    tabs.closeAll();
    QCOMPARE(tabs.count(), 1);
    tabs.selectPage(*page);
    tabs.closeCurrent();
    QCOMPARE(tabs.count(), 0);
    QTRY_VERIFY(page.isNull());
}

/// The bar scrolls where there is no room for all; a tab that is all ellipsis tells nothing.
void TestKeyTabs::manyTabsKeepTheirNames()
{
    KeyTabs tabs(labels(), new QLabel);
    for (int at = 0; at < 20; ++at) {
        tabs.open("user:" + std::to_string(at) + ":profile:settings");
    }
    tabs.resize(500, 300);
    tabs.show();
    QVERIFY(QTest::qWaitForWindowExposed(&tabs));
    const auto* bar = tabs.findChild<QTabBar*>();
    QVERIFY(bar);
    for (int at = 0; at < bar->count(); ++at) {
        QVERIFY2(bar->tabRect(at).width() >= bar->fontMetrics().averageCharWidth() * 22,
            qPrintable(QString::number(bar->tabRect(at).width())));
    }
    QVERIFY(tabs.minimumSizeHint().width() < 500);
}

QTEST_MAIN(TestKeyTabs)
#include "tst_keytabs.moc"
