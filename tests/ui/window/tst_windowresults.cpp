// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/picture.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/exportkeysdialog.h"
#include "ui/window/keypanel.h"
#include "ui/window/resultsetmodel.h"
#include "ui/window/resultsetsdialog.h"
#include "ui/window/saveresultdialog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QRadioButton>
#include <QTableView>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(keyglass::ui::KeyScope)

/// Sets of keys as a user of the window saves them, opens them and writes them to files.
class TestWindowResults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void savesWhatIsMeant_data();
    void savesWhatIsMeant();
    void opensASetAndGoesBack();
    void namesAndDeletesSets();
    void tellsOfADamagedFileInTheList();
    void keepsSetsOfOtherConnectionsApart();
    void writesKeysToAFile();
    void writesASetToAFile();
    void doesNotReplaceAFileUnsaid();
    void saysWhatMayBeMissing();
    void everyActionHasAKey();
};

namespace {

constexpr int patience = 20'000; // ms

/// A window on 300 keys user:<n % 100>:item:<n>, scanned.
struct Scanned {
    Scanned()
        : server(RedisServer::start())
    {
        fillUsers(*server, 300);
        page = &fixture.open(*server);
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*page), patience);
    }
    void find(const QString& text) const
    {
        auto* field = WindowFixture::named<QLineEdit>(*page, u"Find"_s);
        QVERIFY(field);
        field->setText(text);
        QTRY_VERIFY_WITH_TIMEOUT(page->session().isFilterComplete(), patience);
    }
    void select(const std::string& prefix) const
    {
        KeySelection selection;
        selection.addRule(prefix);
        page->keys().tree().setSelectedKeys(std::move(selection));
    }
    /// Saves what the dialog proposes under this name.
    void save(const QString& name)
    {
        fixture.trigger(ActionId::SaveResult);
        auto* dialog = dialogOf<SaveResultDialog>();
        QVERIFY(dialog);
        WindowFixture::named<QLineEdit>(*dialog, u"Name"_s)->setText(name);
        const auto before = sets().size();
        QVERIFY(WindowFixture::press(*dialog, u"Save result"_s));
        QTRY_COMPARE_WITH_TIMEOUT(sets().size(), before + 1, patience);
        QTRY_VERIFY(!dialogOf<SaveResultDialog>());
    }
    template <typename D> D* dialogOf()
    {
        const auto all = fixture.window().findChildren<D*>();
        return all.isEmpty() ? nullptr : all.last();
    }
    std::vector<ResultSetInfo> sets()
    {
        auto listing = fixture.results().list();
        std::vector<ResultSetInfo> infos;
        if (!QTest::qWaitFor([&] { return listing.isFinished(); }, patience)) {
            return infos;
        }
        const auto entries = listing.result();
        for (const ResultSetEntry& entry : *entries) {
            if (entry.info) {
                infos.push_back(*entry.info);
            }
        }
        return infos;
    }
    /// The list of the sets, once it has come.
    ResultSetsDialog* list(int rows)
    {
        fixture.trigger(ActionId::ResultSets);
        auto* dialog = dialogOf<ResultSetsDialog>();
        if (!dialog || !QTest::qWaitFor([&] { return modelOf(*dialog).rowCount() == rows; }, patience)) {
            return nullptr;
        }
        return dialog;
    }
    static ResultSetModel& modelOf(const ResultSetsDialog& dialog) { return *dialog.findChild<ResultSetModel*>(); }

    std::unique_ptr<RedisServer> server;
    WindowFixture fixture;
    SessionPage* page = nullptr;
};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool choose(const QWidget& in, const QString& beginning)
{
    for (QRadioButton* button : in.findChildren<QRadioButton*>()) {
        if (button->text().remove(u'&').startsWith(beginning)) {
            button->setChecked(true);
            return true;
        }
    }
    return false;
}

} // namespace

void TestWindowResults::savesWhatIsMeant_data()
{
    QTest::addColumn<bool>("finds");
    QTest::addColumn<QString>("selects");
    QTest::addColumn<KeyScope>("preferred");
    QTest::addColumn<int>("keys");
    QTest::addRow("all where nothing is looked for or selected") << false << QString() << KeyScope::All << 300;
    QTest::addRow("what was found") << true << QString() << KeyScope::Hits << 20;
    QTest::addRow("several selected keys") << false << u"user:7:"_s << KeyScope::Selection << 3;
    QTest::addRow("the selected among the found ones") << true << u"user:1"_s << KeyScope::Selection << 10;
    QTest::addRow("one selected key is where the user is, not a set")
        << false << u"user:7:item:7"_s << KeyScope::All << 300;
}

void TestWindowResults::savesWhatIsMeant()
{
    QFETCH(const bool, finds);
    QFETCH(const QString, selects);
    QFETCH(const KeyScope, preferred);
    QFETCH(const int, keys);
    Scanned scanned;
    if (finds) {
        scanned.find(u"item:1"_s);
    }
    if (selects == u"user:7:item:7"_s) {
        KeySelection one;
        one.addKey(selects.toStdString());
        scanned.page->keys().tree().setSelectedKeys(std::move(one));
    } else if (!selects.isEmpty()) {
        scanned.select(selects.toStdString());
    }
    const KeyScopes scopes = keyScopesOf(scanned.page->session(), scanned.page->keys().tree().selectedKeys());
    QCOMPARE(scopes.preferred(), preferred);
    scanned.save(u"mine"_s);
    const auto sets = scanned.sets();
    QCOMPARE(sets.size(), std::size_t{1});
    QCOMPARE(sets[0].name, u"mine"_s);
    QCOMPARE(sets[0].isSelection, preferred == KeyScope::Selection);
    QCOMPARE(!sets[0].find.isEmpty(), preferred == KeyScope::Hits);
    QCOMPARE(int(sets[0].keys), int(scopes.choice(preferred).count()));
    if (preferred != KeyScope::Hits && !(finds && preferred == KeyScope::Selection)) {
        QCOMPARE(int(sets[0].keys), keys);
    }
    QVERIFY(int(sets[0].keys) > 0 && (preferred == KeyScope::All || int(sets[0].keys) < 300));
}

void TestWindowResults::opensASetAndGoesBack()
{
    Scanned scanned;
    Session& session = scanned.page->session();
    scanned.select("user:7:");
    scanned.save(u"sevens"_s);
    scanned.page->keys().tree().setSelectedKeys({});
    auto* dialog = scanned.list(1);
    QVERIFY(dialog);
    const QAbstractItemModelTester tester(&Scanned::modelOf(*dialog));
    keepPicture(dialog->grab(), u"window-resultsets"_s);
    QVERIFY(WindowFixture::press(*dialog, u"&Open"_s));
    QTRY_VERIFY_WITH_TIMEOUT(session.openedResult().has_value(), patience);
    const auto words = [&] { return WindowFixture::words(*scanned.page); };
    QTRY_VERIFY2(words().contains(u"Result set “sevens”"_s) && words().contains(u"3 keys selected from all keys"_s),
        qPrintable(words()));
    QTRY_COMPARE_WITH_TIMEOUT(scanned.page->keys().tree().rows()->snapshot()->keyCount(), std::uint64_t{3}, patience);
    QVERIFY(!scanned.fixture.window().actions().action(ActionId::RescanFolder)->isEnabled());
    QVERIFY2(words().contains(u"3 keys loaded"_s), qPrintable(words()));
    scanned.find(u"item:107"_s); // the find field looks through the set
    QTRY_COMPARE_WITH_TIMEOUT(scanned.page->keys().tree().rows()->snapshot()->keyCount(), std::uint64_t{1}, patience);
    scanned.find(u"user:8:"_s);
    QTRY_VERIFY2(words().contains(u"Looked through 3 keys"_s), qPrintable(words()));
    WindowFixture::named<QLineEdit>(*scanned.page, u"Find"_s)->clear();
    keepPicture(scanned.fixture.window().grab(), u"window-resultset"_s);
    QVERIFY(WindowFixture::press(*scanned.page, u"Back to the scan"_s));
    QTRY_COMPARE_WITH_TIMEOUT(scanned.page->keys().tree().rows()->snapshot()->keyCount(), std::uint64_t{300}, patience);
    QVERIFY(!words().contains(u"Result set"_s));
}

void TestWindowResults::namesAndDeletesSets()
{
    Scanned scanned;
    scanned.save(u"first"_s);
    auto* dialog = scanned.list(1);
    QVERIFY(dialog);
    ResultSetModel& model = Scanned::modelOf(*dialog);
    const QAbstractItemModelTester tester(&model);
    QVERIFY(WindowFixture::press(*dialog, u"&Rename…"_s));
    auto* rename = dialog->findChild<QInputDialog*>();
    QVERIFY(rename);
    rename->setTextValue(u"  second  "_s);
    rename->accept();
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, ResultSetModel::Name).data().toString(), u"second"_s, patience);
    QCOMPARE(model.index(0, ResultSetModel::Keys).data().toString(), u"300"_s);
    QCOMPARE(model.index(0, ResultSetModel::Origin).data().toString(), u"all keys"_s);
    for (const bool deletes : {false, true}) {
        QVERIFY(WindowFixture::press(*dialog, u"&Delete…"_s));
        auto* question = dialog->findChild<QMessageBox*>();
        QVERIFY(question);
        QVERIFY(question->text().contains(u"“second” with its 300 keys"_s));
        QVERIFY(WindowFixture::press(*question, deletes ? u"Delete the set"_s : u"Keep it"_s));
        QTRY_VERIFY(!dialog->findChild<QMessageBox*>());
    }
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 0, patience);
    QVERIFY(WindowFixture::words(*dialog).contains(u"No set of keys was saved here yet"_s));
    QVERIFY(scanned.sets().empty());
}

void TestWindowResults::tellsOfADamagedFileInTheList()
{
    Scanned scanned;
    scanned.save(u"good"_s);
    const QString path = scanned.fixture.folder() + u"/results/"_s + scanned.sets().front().file;
    QFile file(path);
    QVERIFY(file.resize(file.size() - 5));
    auto* dialog = scanned.list(1);
    QVERIFY(dialog);
    const ResultSetModel& model = Scanned::modelOf(*dialog);
    QVERIFY(path.endsWith(model.index(0, ResultSetModel::Name).data().toString()));
    const QString why = model.index(0, ResultSetModel::Origin).data().toString();
    QVERIFY2(why.contains(u"“good” is cut off"_s), qPrintable(why));
    QVERIFY(!WindowFixture::button(*dialog, u"&Open"_s)->isEnabled());
    QVERIFY(WindowFixture::button(*dialog, u"&Delete…"_s)->isEnabled());
}

void TestWindowResults::keepsSetsOfOtherConnectionsApart()
{
    Scanned scanned;
    scanned.save(u"of the shop"_s);
    Profile other = WindowFixture::profileOf(*scanned.server);
    other.name = u"elsewhere"_s;
    SessionPage& page = scanned.fixture.open(other);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(page), patience);
    auto* dialog = scanned.list(0);
    QVERIFY(dialog);
    QTRY_VERIFY(WindowFixture::words(*dialog).contains(u"One set of another connection"_s));
    dialog->findChild<QCheckBox*>()->setChecked(true);
    ResultSetModel& model = Scanned::modelOf(*dialog);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, patience);
    QCOMPARE(model.index(0, ResultSetModel::Connection).data().toString(), u"shop"_s);
    QVERIFY(WindowFixture::press(*dialog, u"&Open"_s));
    QTRY_VERIFY_WITH_TIMEOUT(page.session().openedResult().has_value(), patience);
    QTRY_VERIFY(WindowFixture::words(page).contains(u"taken over the connection shop"_s));
}

void TestWindowResults::writesKeysToAFile()
{
    Scanned scanned;
    scanned.server->command({"SET", std::string("bin\xFF\n", 5), "v"});
    scanned.fixture.trigger(ActionId::Rescan);
    QTRY_VERIFY_WITH_TIMEOUT(
        hasEnded(*scanned.page) && scanned.page->session().snapshot()->keyCount() == 301, patience);
    scanned.find(u"bin"_s);
    scanned.fixture.trigger(ActionId::ExportKeys);
    auto* dialog = scanned.dialogOf<ExportKeysDialog>();
    QVERIFY(dialog);
    QVERIFY(choose(*dialog, u"All"_s));
    const QString path = scanned.fixture.folder() + u"/keys.txt"_s;
    WindowFixture::named<QLineEdit>(*dialog, u"File"_s)->setText(path);
    WindowFixture::named<QComboBox>(*dialog, u"Order"_s)->setCurrentIndex(1);
    keepPicture(dialog->grab(), u"window-export"_s);
    QVERIFY(WindowFixture::press(*dialog, u"Save keys"_s));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), patience);
    const QByteArray written = contentOf(path);
    QCOMPARE(written.count('\n'), 301);
    QVERIFY(written.startsWith("user:9:item:9\n"));
    QVERIFY(written.endsWith("\nbin\\xFF\\n\n"));
}

void TestWindowResults::writesASetToAFile()
{
    Scanned scanned;
    scanned.select("user:7:");
    scanned.save(u"sevens"_s);
    auto* list = scanned.list(1);
    QVERIFY(list);
    QVERIFY(WindowFixture::press(*list, u"Save keys as…"_s));
    auto* dialog = scanned.dialogOf<ExportKeysDialog>();
    QVERIFY(dialog);
    QVERIFY(!choose(*dialog, u"All"_s)); // a set is a set
    auto* file = WindowFixture::named<QLineEdit>(*dialog, u"File"_s);
    QVERIFY2(file->text().endsWith(u"/sevens.txt"_s), qPrintable(file->text()));
    file->setText(scanned.fixture.folder() + u"/sevens.txt"_s);
    auto* format = WindowFixture::named<QComboBox>(*dialog, u"Format"_s);
    format->setCurrentIndex(format->findText(u"JSON"_s));
    QVERIFY2(file->text().endsWith(u"/sevens.json"_s), qPrintable(file->text()));
    QVERIFY(WindowFixture::press(*dialog, u"Save keys"_s));
    const QString path = scanned.fixture.folder() + u"/sevens.json"_s;
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), patience);
    const QByteArray written = contentOf(path);
    QVERIFY2(written.contains("\"keys\": [\"user:7:item:107\", \"user:7:item:207\", \"user:7:item:7\"]"),
        written.constData());
    QVERIFY(written.contains("\"count\": 3"));
}

void TestWindowResults::doesNotReplaceAFileUnsaid()
{
    Scanned scanned;
    const QString path = scanned.fixture.folder() + u"/keys.csv"_s;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    scanned.fixture.trigger(ActionId::ExportKeys);
    auto* dialog = scanned.dialogOf<ExportKeysDialog>();
    auto* edit = WindowFixture::named<QLineEdit>(*dialog, u"File"_s);
    edit->setText(path);
    QPushButton* replace = WindowFixture::button(*dialog, u"Replace the file"_s);
    QVERIFY(replace && replace->isEnabled() && !replace->isDefault());
    QVERIFY(WindowFixture::words(*dialog).contains(u"This file is there already"_s));
    edit->setText(u"/nowhere/at/all/keys.csv"_s);
    QVERIFY(!WindowFixture::button(*dialog, u"Save keys"_s)->isEnabled());
    QVERIFY(WindowFixture::words(*dialog).contains(u"There is no folder /nowhere/at/all"_s));
    edit->setText(scanned.fixture.folder());
    QVERIFY(!WindowFixture::button(*dialog, u"Save keys"_s)->isEnabled());
}

void TestWindowResults::saysWhatMayBeMissing()
{
    Scanned scanned;
    Session& session = scanned.page->session();
    ScanRequest request;
    request.limits.maxKeys = 50;
    session.startScan(request);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*scanned.page), patience);
    scanned.fixture.trigger(ActionId::SaveResult);
    auto* dialog = scanned.dialogOf<SaveResultDialog>();
    QVERIFY(dialog);
    QVERIFY2(WindowFixture::words(*dialog).contains(u"the scan had not come to its end"_s),
        qPrintable(WindowFixture::words(*dialog)));
    keepPicture(dialog->grab(), u"window-saveresult"_s);
    auto* name = WindowFixture::named<QLineEdit>(*dialog, u"Name"_s);
    QVERIFY(!name->text().isEmpty());
    name->setText(u"   "_s);
    QVERIFY(!WindowFixture::button(*dialog, u"Save result"_s)->isEnabled());
    dialog->reject();
    scanned.save(u"part"_s);
    auto* list = scanned.list(1);
    QVERIFY(list);
    QVERIFY(WindowFixture::press(*list, u"&Open"_s));
    QTRY_VERIFY_WITH_TIMEOUT(session.openedResult().has_value(), patience);
    QTRY_VERIFY(WindowFixture::words(*scanned.page).contains(u"Keys may be missing"_s));
    QVERIFY(!WindowFixture::words(*scanned.page).contains(u"Stopped at the limit"_s)); // that is said of the scan
}

void TestWindowResults::everyActionHasAKey()
{
    WindowFixture window;
    for (const ActionId id : {ActionId::SaveResult, ActionId::ResultSets, ActionId::ExportKeys}) {
        QVERIFY(!window.window().actions().action(id)->shortcut().isEmpty());
        QVERIFY(!window.window().actions().action(id)->isEnabled()); // no session, no keys
    }
}

QTEST_MAIN(TestWindowResults)
#include "tst_windowresults.moc"
