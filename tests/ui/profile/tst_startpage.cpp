// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/profilestore.h"
#include "tests/ui/common/picture.h"
#include "ui/common/theme.h"
#include "ui/profile/profilelist.h"
#include "ui/profile/startpage.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QMessageBox>
#include <QObject>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(keyglass::Profile)

class TestStartPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheLastUsedFirst();
    void modelIsSound();
    void opensByReturnAndDoubleClick();
    void editsAndCopiesByKey();
    void asksBeforeDeleting();
    void keepsTheChosenOneOverARefresh();
    void helpsWhereThereIsNothingYet();
    void offersTheDemoOnce();
    void keepsPictures();
};

namespace {

Profile saved(ProfileStore& store, const QString& name, const std::optional<int>& minutesAgo = {})
{
    Profile profile;
    profile.name = name;
    profile.host = name + u".example"_s;
    profile = store.save(profile).value();
    if (minutesAgo && !store.markUsed(profile.id, QDateTime::currentDateTime().addSecs(-60 * *minutesAgo))) {
        qFatal("can't write");
    }
    return profile;
}

QStringList rowsOf(const StartPage& page)
{
    QStringList rows;
    const QAbstractItemModel* model = page.findChild<QListView*>()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        rows.append(model->index(row, 0).data().toString());
    }
    return rows;
}

QPushButton* button(const QWidget& page, const QString& text)
{
    for (QPushButton* widget : page.findChildren<QPushButton*>()) {
        if (widget->text().remove(u'&') == text) {
            return widget;
        }
    }
    return nullptr;
}

/// A page with three connections, shown.
struct Shown {
    Shown()
        : store(folder.path())
    {
        saved(store, u"never"_s);
        saved(store, u"old"_s, 3000);
        saved(store, u"new"_s, 3);
        page.emplace(store);
        page->resize(800, 500);
        page->show();
        if (!QTest::qWaitForWindowActive(&*page)) {
            qFatal("the page does not come up");
        }
        list = page->findChild<QListView*>();
    }
    QTemporaryDir folder;
    ProfileStore store;
    std::optional<StartPage> page;
    QListView* list = nullptr;
};

QString nameIn(const QSignalSpy& spy, int at = 0)
{
    return spy.at(at).at(0).value<Profile>().name;
}

} // namespace

void TestStartPage::showsTheLastUsedFirst()
{
    Shown shown;
    QCOMPARE(rowsOf(*shown.page), QStringList({u"new"_s, u"old"_s, u"never"_s}));
    const QModelIndex first = shown.list->model()->index(0, 0);
    QCOMPARE(first.data(ProfileList::LastUsedRole).toString(), u"3 min ago"_s);
    QCOMPARE(first.data(ProfileList::AddressRole).toString(), u"redis://new.example:6379"_s);
    QCOMPARE(first.data(Qt::AccessibleTextRole).toString(), u"new, new.example:6379, development"_s);
}

void TestStartPage::modelIsSound()
{
    const QTemporaryDir folder;
    ProfileStore store(folder.path());
    ProfileList model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.read(store);
    const Profile first = saved(store, u"a"_s);
    saved(store, u"b"_s);
    model.read(store);
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(store.remove(first.id));
    model.read(store);
    QCOMPARE(model.rowOf(first.id), -1);
}

void TestStartPage::opensByReturnAndDoubleClick()
{
    Shown shown;
    QSignalSpy opened(&*shown.page, &StartPage::openRequested);
    QCOMPARE(QApplication::focusWidget(), shown.list);
    QTest::keyClick(shown.list, Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(nameIn(opened), u"new"_s);
    const QPoint second = shown.list->visualRect(shown.list->model()->index(1, 0)).center();
    QTest::mouseClick(shown.list->viewport(), Qt::LeftButton, {}, second);
    QTest::mouseDClick(shown.list->viewport(), Qt::LeftButton, {}, second);
    QCOMPARE(opened.count(), 2);
    QCOMPARE(nameIn(opened, 1), u"old"_s);
}

void TestStartPage::editsAndCopiesByKey()
{
    Shown shown;
    QSignalSpy edited(&*shown.page, &StartPage::editRequested);
    QSignalSpy copied(&*shown.page, &StartPage::duplicateRequested);
    QTest::keyClick(shown.list, Qt::Key_Down);
    QTest::keyClick(shown.list, Qt::Key_F2);
    QTest::keyClick(shown.list, Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(copied.count(), 1);
    QCOMPARE(nameIn(edited), u"old"_s);
    QCOMPARE(nameIn(copied), u"old"_s);
}

void TestStartPage::asksBeforeDeleting()
{
    Shown shown;
    QSignalSpy removed(&*shown.page, &StartPage::removeRequested);
    QTest::keyClick(shown.list, Qt::Key_Delete);
    auto* question = shown.page->findChild<QMessageBox*>();
    QVERIFY(question);
    QCOMPARE(question->text(), u"Delete the connection “new”?"_s);
    QVERIFY(question->defaultButton() != button(*question, u"Delete connection"_s));
    QTest::keyClick(question, Qt::Key_Return);
    QTRY_VERIFY(!shown.page->findChild<QMessageBox*>());
    QVERIFY(removed.isEmpty());
    shown.page->activateWindow(); // what a window manager does
    QTRY_COMPARE(QApplication::focusWidget(), shown.list);
    QTest::keyClick(shown.list, Qt::Key_Delete);
    QVERIFY(shown.page->findChild<QMessageBox*>());
    button(*shown.page->findChild<QMessageBox*>(), u"Delete connection"_s)->click();
    QCOMPARE(removed.count(), 1);
    QCOMPARE(nameIn(removed), u"new"_s);
    QCOMPARE(shown.store.profiles().size(), 3U);
}

void TestStartPage::keepsTheChosenOneOverARefresh()
{
    Shown shown;
    QTest::keyClick(shown.list, Qt::Key_Down);
    saved(shown.store, u"newest"_s, 0);
    shown.page->refresh();
    QCOMPARE(shown.list->currentIndex().data().toString(), u"old"_s);
    QVERIFY(shown.store.remove(shown.store.find(u"old"_s)->id));
    shown.page->refresh();
    QCOMPARE(shown.list->currentIndex().data().toString(), u"newest"_s);
}

void TestStartPage::helpsWhereThereIsNothingYet()
{
    const QTemporaryDir folder;
    ProfileStore store(folder.path());
    StartPage page(store);
    QSignalSpy wanted(&page, &StartPage::newRequested);
    page.resize(800, 500);
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QVERIFY(!page.findChild<QListView*>()->isVisible());
    QCOMPARE(QApplication::focusWidget(), button(page, u"New connection"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(wanted.count(), 1);
    saved(store, u"a"_s);
    page.refresh();
    QVERIFY(page.findChild<QListView*>()->isVisible());
}

void TestStartPage::offersTheDemoOnce()
{
    Shown shown;
    QSignalSpy wanted(&*shown.page, &StartPage::demoRequested);
    QPushButton* demo = button(*shown.page, u"Try the demo"_s);
    demo->click();
    shown.page->setDemoStarting(true);
    demo->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(demo->text(), u"Starting the demo…"_s);
    shown.page->setDemoStarting(false);
    demo->click();
    QCOMPARE(wanted.count(), 2);
}

void TestStartPage::keepsPictures()
{
    const QTemporaryDir emptyFolder;
    const ProfileStore none(emptyFolder.path());
    for (const bool dark : {false, true}) {
        const QString theme = dark ? u"dark"_s : u"light"_s;
        QApplication::setPalette(dark ? darkPalette() : lightPalette());
        StartPage empty(none);
        empty.resize(900, 600);
        empty.show();
        QVERIFY(QTest::qWaitForWindowExposed(&empty));
        test::keepPicture(empty.grab(), u"start-empty-"_s + theme);
        Shown shown;
        Profile production = *shown.store.find(u"old"_s);
        production.name = u"shop"_s;
        production.environment = Environment::Production;
        production.readOnly = true;
        production.tls.enabled = true;
        production.user = u"reporting"_s;
        QVERIFY(shown.store.save(production));
        Profile staging = *shown.store.find(u"never"_s);
        staging.environment = Environment::Staging;
        staging.socketPath =
            u"/var/run/a-rather/long-path/that-does-not-fit/into-the-room-there-is/redis-server.sock"_s;
        QVERIFY(shown.store.save(staging));
        shown.page->refresh();
        shown.page->resize(900, 600);
        test::keepPicture(shown.page->grab(), u"start-"_s + theme);
        QTest::keyClick(shown.list, Qt::Key_Delete);
        test::keepPicture(shown.page->findChild<QMessageBox*>()->grab(), u"start-delete-"_s + theme);
    }
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const Theme theme;
    TestStartPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_startpage.moc"
