// SPDX-License-Identifier: GPL-3.0-or-later
// Which keys a job of the window is for, where the list does not hold all that the server has.
#include "tests/ui/window/windowfixture.h"
#include "ui/bulk/jobdialog.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/jobscopes.h"
#include "ui/window/keypanel.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QRadioButton>
#include <QStandardPaths>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000;

/// A window on a server with 2000 strings and 3 hashes below "mix:".
struct OpenedWindow {
    OpenedWindow()
        : page(fixture.open(filled()))
    {
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    }
    Profile filled()
    {
        server->fill(2000, [](std::size_t i) { return RedisServer::Args{"SET", "mix:" + std::to_string(i), "v"}; });
        for (const char* key : {"mix:h1", "mix:h2", "mix:h3"}) {
            server->command({"HSET", key, "f", "v"});
        }
        Profile profile = WindowFixture::profileOf(*server);
        profile.name = u"shop"_s;
        return profile;
    }
    void scan(const ScanRequest& request, std::uint64_t keys)
    {
        page.session().startScan(request);
        QTRY_COMPARE_WITH_TIMEOUT(page.session().shownKeys()->keyCount(), keys, patience);
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    }
    JobDialog* askDelete()
    {
        page.keys().tree().setCurrentRow({"mix:", true});
        fixture.trigger(ActionId::DeleteKeys);
        return dialog();
    }
    JobDialog* dialog()
    {
        JobDialog* found = nullptr;
        [&] { QTRY_VERIFY_WITH_TIMEOUT((found = fixture.window().findChild<JobDialog*>()) != nullptr, patience); }();
        return found;
    }
    void finish(const QString& words)
    {
        QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::words(page).contains(words), patience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.window().findChild<JobDialog*>() == nullptr, patience);
    }
    [[nodiscard]] std::string keyCount() const { return server->command({"DBSIZE"}); }

    std::unique_ptr<RedisServer> server = RedisServer::start();
    QTemporaryDir folder;
    WindowFixture fixture;
    SessionPage& page;
};

QString chosenText(const JobDialog& dialog)
{
    for (const QRadioButton* button : dialog.findChildren<QRadioButton*>()) {
        if (button->isChecked()) {
            return button->text();
        }
    }
    return {};
}

/// A scan that its limit ends early; how many keys it has found.
std::uint64_t scanSome(OpenedWindow& opened)
{
    ScanRequest few;
    few.count = 10;
    few.limits.maxKeys = 100;
    opened.page.session().startScan(few);
    [&] { QTRY_VERIFY_WITH_TIMEOUT(opened.page.session().scanState() == ScanState::Ended, patience); }();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(opened.page.session().shownKeys()->keyCount() < 2000, patience); }();
    return opened.page.session().shownKeys()->keyCount();
}

} // namespace

class TestWindowJobScopes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void anUnfinishedScanDoesNotCount();
    void theCountFollowsTheScan();
    void anUnknownCountIsConfirmedByName();
    void aPlanOfUnknownKeysIsConfirmedByName();
    void aListOfOneTypeMeansThatType();
    void aListOfSomeKeysMeansThose();
    void whatIsLookedForComesBeforeTheFolder();
    void keysThatAreGoneAreTold();
};

void TestWindowJobScopes::anUnfinishedScanDoesNotCount()
{
    OpenedWindow opened;
    const std::uint64_t some = scanSome(opened);
    QVERIFY(some > 1);
    JobDialog* dialog = opened.askDelete();
    QVERIFY(dialog);
    QCOMPARE(chosenText(*dialog), u"All keys that begin with mix:, also those that come meanwhile"_s);
    QVERIFY(WindowFixture::words(*dialog).contains(
        u"%1 keys in the list so far. The scan has not come to its end, so there can be more."_s.arg(some)));
    const QPushButton* begin = WindowFixture::button(*dialog, u"Delete keys"_s);
    QVERIFY(begin && !begin->isEnabled());
    QVERIFY(WindowFixture::press(*dialog, u"&Look through the keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(*dialog, u"Delete 2,003 keys"_s), patience);
    QVERIFY(WindowFixture::words(*dialog).contains(u"Type the number of keys, 2003, to confirm."_s));
}

void TestWindowJobScopes::theCountFollowsTheScan()
{
    OpenedWindow opened;
    scanSome(opened);
    JobDialog* dialog = opened.askDelete();
    QVERIFY(dialog && WindowFixture::words(*dialog).contains(u"so far"_s));
    opened.page.session().continueScan({});
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(*dialog, u"Delete 2,003 keys"_s), patience);
    QVERIFY(!WindowFixture::words(*dialog).contains(u"so far"_s));
}

void TestWindowJobScopes::anUnknownCountIsConfirmedByName()
{
    OpenedWindow opened;
    scanSome(opened);
    JobDialog* dialog = opened.askDelete();
    QVERIFY(dialog);
    auto* confirmation = WindowFixture::named<QLineEdit>(*dialog, u"Confirmation"_s);
    QVERIFY(confirmation);
    confirmation->setText(u"shop"_s);
    QVERIFY(WindowFixture::press(*dialog, u"Delete keys"_s));
    opened.finish(u"Deleted 2,003 keys"_s);
    QCOMPARE(opened.keyCount(), std::string("0"));
}

void TestWindowJobScopes::aPlanOfUnknownKeysIsConfirmedByName()
{
    OpenedWindow opened;
    JobDialog* dialog = opened.askDelete();
    QVERIFY(dialog && WindowFixture::press(*dialog, u"Save &plan…"_s));
    auto* files = dialog->findChild<QFileDialog*>();
    QVERIFY(files);
    const QString path = opened.folder.filePath(u"plan.json"_s);
    Q_EMIT files->fileSelected(path);
    dialog->reject();
    QTRY_VERIFY_WITH_TIMEOUT(opened.fixture.window().findChild<JobDialog*>() == nullptr, patience);

    opened.fixture.trigger(ActionId::OpenPlan);
    files = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((files = opened.fixture.window().findChild<QFileDialog*>()) != nullptr, patience);
    Q_EMIT files->fileSelected(path);
    dialog = opened.dialog();
    QVERIFY(dialog);
    const QPushButton* begin = WindowFixture::button(*dialog, u"Delete keys"_s);
    QVERIFY(begin && !begin->isEnabled());
    auto* confirmation = WindowFixture::named<QLineEdit>(*dialog, u"Confirmation"_s);
    QVERIFY(confirmation);
    confirmation->setText(u"shop"_s);
    QVERIFY(begin->isEnabled());
}

void TestWindowJobScopes::aListOfOneTypeMeansThatType()
{
    OpenedWindow opened;
    ScanRequest hashes;
    hashes.type = "hash";
    opened.scan(hashes, 3);
    JobDialog* dialog = opened.askDelete();
    QVERIFY(dialog);
    QCOMPARE(chosenText(*dialog), u"All keys of type hash that begin with mix:, also those that come meanwhile"_s);
    opened.server->command({"HSET", "mix:h4", "f", "v"});
    QVERIFY(WindowFixture::press(*dialog, u"&Look through the keys"_s));
    QVERIFY(WindowFixture::press(*dialog, u"Delete 4 keys"_s));
    opened.finish(u"Deleted 4 keys"_s);
    QCOMPARE(opened.keyCount(), std::string("2000"));
}

void TestWindowJobScopes::aListOfSomeKeysMeansThose()
{
    OpenedWindow opened;
    ScanRequest some;
    some.pattern = *KeyPattern::fromText("mix:h*");
    opened.scan(some, 3);
    JobDialog* dialog = opened.askDelete();
    QVERIFY(dialog);
    QCOMPARE(chosenText(*dialog), u"The 3 keys below mix: that are in the list now"_s);
    for (QRadioButton* button : dialog->findChildren<QRadioButton*>()) {
        if (button->text().startsWith(u"All keys that begin with mix:"_s)) {
            button->click();
        }
    }
    QVERIFY(WindowFixture::words(*dialog).contains(
        u"3 keys in the list so far. The list shows only some of the keys, so there can be more."_s));
    const QPushButton* begin = WindowFixture::button(*dialog, u"Delete keys"_s);
    QVERIFY(begin && !begin->isEnabled());
}

void TestWindowJobScopes::whatIsLookedForComesBeforeTheFolder()
{
    OpenedWindow opened;
    opened.page.keys().tree().setCurrentRow({"mix:", true});
    QVERIFY(opened.page.session().setFilter({.needle = "h1"}));
    const std::vector<JobScope> before = jobScopesOf(opened.page); // nothing has been found yet
    QVERIFY(!before.empty() && before.front().choice);
    QCOMPARE(before.front().choice->count(), std::uint64_t{0});
    QTRY_VERIFY_WITH_TIMEOUT(opened.page.session().isFilterComplete(), patience);
    const std::vector<JobScope> after = jobScopesOf(opened.page);
    QVERIFY(!after.empty() && after.front().choice);
    QCOMPARE(after.front().choice->count(), std::uint64_t{1});
}

void TestWindowJobScopes::keysThatAreGoneAreTold()
{
    OpenedWindow opened;
    ScanRequest hashes;
    hashes.pattern = *KeyPattern::fromText("mix:h*");
    opened.scan(hashes, 3);
    opened.server->command({"DEL", "mix:h2"});
    JobDialog* dialog = opened.askDelete();
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(*dialog, u"Delete 2 keys"_s), patience);
    QVERIFY(WindowFixture::words(*dialog).contains(u"Not there any more: 1 key"_s));
}

QTEST_MAIN(TestWindowJobScopes)
#include "tst_windowjobscopes.moc"
