// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/edit/batchdialog.h"
#include "ui/value/elementtable.h"
#include "ui/value/valuepane.h"
#include "ui/value/valuetablemodel.h"
#include "ui/window/keytabs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTableWidget>
#include <QTest>
#include <QThreadPool>

#include <algorithm>
#include <memory>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestWindowBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void changesTheSelectedRows();
    void rowsAreSetOnlyToWhatIsGiven();
    void rowsOfAListAreShownInItsOrder();
    void deletesTheSelectedRows_data();
    void deletesTheSelectedRows();
    void theLastRowsTakeTheKeyWithThem();
    void whatAnotherChangedIsLeftAndTold();
    void elementsThatMovedAreLeftAndTold();
    void aNeighbourThatIsNotLoadedIsCompared_data();
    void aNeighbourThatIsNotLoadedIsCompared();
    void anotherTimeToLiveIsKeptAndTold();
    void longValuesThatWereNotReadAreSaidToBe();
    void manyRowsArePlannedBesideTheWindow();
    void manyRowsAreReadBesideTheWindow_data();
    void manyRowsAreReadBesideTheWindow();
    void rowsThatDoNotGoTogether_data();
    void rowsThatDoNotGoTogether();

private:
    void openMany(int rows = 1500);
    void openWith(const std::string& key, int rows);
    void select(const std::vector<int>& rows);
    [[nodiscard]] ElementTable* table() const
    {
        return static_cast<ValuePane*>(m_page->tabs().currentPane())->findChild<ElementTable*>();
    }
    [[nodiscard]] BatchDialog* dialog() const
    {
        for (BatchDialog* each : m_fixture->window().findChildren<BatchDialog*>()) {
            if (each->isVisible()) {
                return each;
            }
        }
        return nullptr;
    }
    void ask(ActionId id);
    void choose(const QString& what, const QString& content);
    [[nodiscard]] QString about() const { return WindowFixture::words(*dialog()); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
};

void TestWindowBatch::init()
{
    m_server = RedisServer::start();
    m_server->command({"HSET", "h", "a", "1", "b", "2", "c", "3", "d", "4"});
    m_server->command({"RPUSH", "l", "0", "1", "2", "3", "4"});
    m_server->command({"SADD", "s", "x", "y", "z"});
    m_server->command({"ZADD", "z", "1", "x", "2", "y", "3", "z"});
    m_server->command({"XADD", "t", "1-1", "f", "v"});
    m_server->command({"XADD", "t", "2-1", "f", "v"});
    m_fixture = std::make_unique<WindowFixture>();
    m_page = &m_fixture->open(*m_server);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), 20000);
}

void TestWindowBatch::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

void TestWindowBatch::openWith(const std::string& key, int rows)
{
    m_page->tabs().open(key);
    QTRY_VERIFY_WITH_TIMEOUT(table() && table()->model()->rowCount() == rows, 20000);
}

void TestWindowBatch::select(const std::vector<int>& rows)
{
    table()->clearSelection();
    for (const int row : rows) {
        table()->selectionModel()->select(table()->model()->index(row, 0), QItemSelectionModel::Select);
    }
}

void TestWindowBatch::ask(ActionId id)
{
    m_fixture->trigger(id);
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20000);
}

void TestWindowBatch::choose(const QString& what, const QString& content)
{
    WindowFixture::named<QComboBox>(*dialog(), u"What to do"_s)->setCurrentText(what);
    WindowFixture::named<QLineEdit>(*dialog(), u"Content"_s)->setText(content);
}

void TestWindowBatch::changesTheSelectedRows()
{
    openWith("h", 4);
    select({1, 3});
    ask(ActionId::ChangeRows);
    QVERIFY(!WindowFixture::button(*dialog(), u"Change 2 &rows"_s)->isDefault());
    choose(u"Add a number"_s, u"10"_s);
    auto* sample = WindowFixture::named<QTableWidget>(*dialog(), u"What will change"_s);
    QCOMPARE(sample->rowCount(), 2);
    QCOMPARE(sample->item(0, 0)->text(), u"b"_s);
    QCOMPARE(sample->item(0, 1)->text(), u"2"_s);
    QCOMPARE(sample->item(0, 2)->text(), u"12"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Change 2 &rows"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->list({"HVALS", "h"}), (std::vector<std::string>{"1", "12", "3", "14"}));
    QTRY_COMPARE_WITH_TIMEOUT(table()->model()->index(1, 1).data().toString(), u"12"_s, 20000);
}

void TestWindowBatch::rowsAreSetOnlyToWhatIsGiven()
{
    openWith("h", 4);
    select({0, 1});
    ask(ActionId::ChangeRows);
    QPushButton* button = WindowFixture::button(*dialog(), u"Change 2 &rows"_s);
    QVERIFY(button && !button->isEnabled());
    choose(u"Set to"_s, u"x"_s);
    QVERIFY(button->isEnabled());
    choose(u"Set to"_s, QString());
    QVERIFY(!button->isEnabled());
    for (QCheckBox* box : dialog()->findChildren<QCheckBox*>()) {
        if (box->text() == u"&Empty content"_s) {
            box->setChecked(true);
        }
    }
    QVERIFY(WindowFixture::press(*dialog(), u"Change 2 &rows"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->list({"HVALS", "h"}), (std::vector<std::string>{"", "", "3", "4"}));
}

void TestWindowBatch::rowsOfAListAreShownInItsOrder()
{
    openWith("l", 5);
    select({1, 3});
    ask(ActionId::DeleteElement);
    const auto* sample = WindowFixture::named<QTableWidget>(*dialog(), u"What will change"_s);
    QCOMPARE(sample->item(0, 0)->text(), u"1"_s);
    QCOMPARE(sample->item(1, 0)->text(), u"3"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"&Delete 2 rows"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->list({"LRANGE", "l", "0", "-1"}), (std::vector<std::string>{"0", "2", "4"}));
}

void TestWindowBatch::deletesTheSelectedRows_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QList<QByteArray>>("question");
    QTest::addColumn<QByteArrayList>("left");
    const auto words = [](auto... each) { return QByteArrayList{QByteArray(each)...}; };
    QTest::newRow("hash") << QByteArray("h") << 4 << words("HKEYS", "h") << words("c", "d");
    QTest::newRow("list") << QByteArray("l") << 5 << words("LRANGE", "l", "0", "-1") << words("2", "3", "4");
    QTest::newRow("sorted set") << QByteArray("z") << 3 << words("ZRANGE", "z", "0", "-1") << words("z");
}

void TestWindowBatch::deletesTheSelectedRows()
{
    QFETCH(const QByteArray, key);
    QFETCH(const int, rows);
    QFETCH(const QByteArrayList, question);
    QFETCH(const QByteArrayList, left);
    openWith(key.toStdString(), rows);
    select({0, 1});
    ask(ActionId::DeleteElement);
    QVERIFY(WindowFixture::press(*dialog(), u"&Delete 2 rows"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    RedisServer::Args args;
    for (const QByteArray& word : question) {
        args.push_back(word.toStdString());
    }
    QByteArrayList now;
    for (const std::string& each : m_server->list(args)) {
        now.append(QByteArray::fromStdString(each));
    }
    QCOMPARE(now, left);
}

void TestWindowBatch::theLastRowsTakeTheKeyWithThem()
{
    openWith("t", 2);
    select({0, 1});
    ask(ActionId::DeleteElement);
    QVERIFY(WindowFixture::press(*dialog(), u"&Delete 2 rows"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"XLEN", "t"}), std::string("0")); // a stream stays without entries
    openWith("s", 3);
    select({0, 1, 2});
    ask(ActionId::DeleteElement);
    QVERIFY(WindowFixture::press(*dialog(), u"&Delete 3 rows"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 20000);
    QCOMPARE(m_server->command({"EXISTS", "s"}), std::string("0"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->session().snapshot()->contains("s"), 20000);
}

void TestWindowBatch::whatAnotherChangedIsLeftAndTold()
{
    openWith("h", 4);
    select({0, 1, 2});
    ask(ActionId::ChangeRows);
    choose(u"Set to"_s, u"new"_s);
    m_server->command({"HSET", "h", "b", "theirs"});
    QVERIFY(WindowFixture::press(*dialog(), u"Change 3 &rows"_s));
    QTRY_VERIFY_WITH_TIMEOUT(about().contains(u"2 of 3 rows are done"_s), 20000);
    QVERIFY(about().contains(u"b: "_s));
    QCOMPARE(m_server->list({"HVALS", "h"}), (std::vector<std::string>{"new", "theirs", "new", "4"}));
    dialog()->reject();
    QTRY_VERIFY(!dialog());
}

/// The element at the index is equal still, but not the one that was seen.
void TestWindowBatch::elementsThatMovedAreLeftAndTold()
{
    m_server->command({"RPUSH", "equal", "x", "a", "a", "a", "b"});
    openWith("equal", 5);
    select({1, 2});
    ask(ActionId::ChangeRows);
    choose(u"Set to"_s, u"new"_s);
    m_server->command({"LPOP", "equal"});
    QVERIFY(WindowFixture::press(*dialog(), u"Change 2 &rows"_s));
    QTRY_VERIFY_WITH_TIMEOUT(about().contains(u"0 of 2 rows are done"_s), 20000);
    QCOMPARE(m_server->list({"LRANGE", "equal", "0", "-1"}), (std::vector<std::string>{"a", "a", "a", "b"}));
    QVERIFY2(about().contains(u"at index 1 or beside it"_s), qPrintable(about()));
    dialog()->reject();
    QTRY_VERIFY(!dialog());
}

void TestWindowBatch::aNeighbourThatIsNotLoadedIsCompared_data()
{
    QTest::addColumn<QByteArrayList>("theirs"); // "behind": the index behind the last row that is loaded
    QTest::addRow("changed") << QByteArrayList{"LSET", "many", "behind", "theirs"};
    QTest::addRow("cut off") << QByteArrayList{"LTRIM", "many", "0", "last"};
    QTest::addRow("one put between") << QByteArrayList{"LINSERT", "many", "BEFORE", "behind", "theirs"};
    QTest::addRow("shifted") << QByteArrayList{"LPUSH", "many", "0"};
}

void TestWindowBatch::aNeighbourThatIsNotLoadedIsCompared()
{
    QFETCH(const QByteArrayList, theirs);
    m_server->fill(3000, [](std::size_t n) { return RedisServer::Args{"RPUSH", "many", std::to_string(n)}; });
    m_page->tabs().open("many");
    QTRY_VERIFY_WITH_TIMEOUT(table() && table()->model()->rowCount() >= 500, 20000);
    const int last = table()->model()->rowCount() - 1;
    QVERIFY(last < 2999);
    const auto* rows = qobject_cast<const ValueTableModel*>(table()->model());
    QVERIFY(rows);
    QTRY_COMPARE_WITH_TIMEOUT(
        rows->neighbour(last, 1), SeenBytes::there(std::to_string(last + 1)), 20000); // it comes after the rows
    select({last});
    ask(ActionId::ChangeRows);
    choose(u"Set to"_s, u"new"_s);
    RedisServer::Args args;
    for (QByteArray word : theirs) {
        args.push_back(word.replace("behind", QByteArray::number(last + 1))
                .replace("last", QByteArray::number(last))
                .toStdString());
    }
    QVERIFY(!m_server->command(args).starts_with("-"));
    QVERIFY(WindowFixture::press(*dialog(), u"Change 1 &row"_s));
    QTRY_VERIFY_WITH_TIMEOUT(about().contains(u"0 of 1 rows are done"_s), 20000);
    QCOMPARE(m_server->command({"LPOS", "many", "new"}), std::string());
    dialog()->reject();
    QTRY_VERIFY(!dialog());
}

void TestWindowBatch::anotherTimeToLiveIsKeptAndTold()
{
    openWith("h", 4);
    select({0, 1});
    ask(ActionId::ChangeRows);
    choose(u"Set to"_s, u"new"_s);
    m_server->command({"PEXPIRE", "h", "1000000000"});
    QVERIFY(WindowFixture::press(*dialog(), u"Change 2 &rows"_s));
    QTRY_VERIFY_WITH_TIMEOUT(about().contains(u"2 of 2 rows are done"_s), 20000);
    QCOMPARE(about().count(u"time to live"_s), 1);
    QVERIFY(std::stoll(m_server->command({"PTTL", "h"})) > 0);
    QCOMPARE(m_server->list({"HVALS", "h"}), (std::vector<std::string>{"new", "new", "3", "4"}));
    dialog()->reject();
    QTRY_VERIFY(!dialog());
}

void TestWindowBatch::longValuesThatWereNotReadAreSaidToBe()
{
    m_server->command({"HSET", "long", "a", "1", "b", std::string(100'000, 'x')});
    openWith("long", 2);
    select({0, 1});
    ask(ActionId::DeleteElement);
    QVERIFY2(about().contains(u"only its length is compared"_s), qPrintable(about()));
    dialog()->reject();
    QTRY_VERIFY(!dialog());
    select({table()->model()->index(0, 0).data().toString() == u"a"_s ? 0 : 1}); // a hash has no order
    ask(ActionId::ChangeRows);
    WindowFixture::named<QComboBox>(*dialog(), u"What to do"_s)->setCurrentText(u"Delete"_s);
    QVERIFY2(!about().contains(u"length"_s), qPrintable(about()));
    dialog()->reject();
    QTRY_VERIFY(!dialog());
    m_server->command({"XADD", "entries", "1-1", "f", std::string(100'000, 'x')});
    m_server->command({"XADD", "entries", "2-1", "f", "v"});
    openWith("entries", 2);
    select({0, 1});
    ask(ActionId::DeleteElement);
    QVERIFY2(about().contains(u"Of 1 entry not all was read"_s), qPrintable(about()));
    dialog()->reject();
    QTRY_VERIFY(!dialog());
    m_server->command({"RPUSH", "beside", "a", std::string(100'000, 'x'), "b"});
    openWith("beside", 3);
    select({0, 2});
    ask(ActionId::ChangeRows);
    choose(u"Set to"_s, u"new"_s);
    QVERIFY2(about().contains(u"Beside 2 rows stand elements that were not read"_s), qPrintable(about()));
    dialog()->reject();
    QTRY_VERIFY(!dialog());
}

/// So many rows of a list, all loaded.
void TestWindowBatch::openMany(int rows)
{
    m_server->fill(static_cast<std::size_t>(rows),
        [](std::size_t n) { return RedisServer::Args{"RPUSH", "many", std::to_string(n)}; });
    m_page->tabs().open("many");
    QTRY_VERIFY_WITH_TIMEOUT(table() && table()->model()->rowCount() >= 500, 20000);
    while (table()->model()->rowCount() < rows) {
        const int before = table()->model()->rowCount();
        table()->model()->fetchMore({});
        QTRY_VERIFY_WITH_TIMEOUT(table()->model()->rowCount() > before, 20000);
    }
}

void TestWindowBatch::manyRowsArePlannedBesideTheWindow()
{
    openMany();
    table()->selectAll();
    ask(ActionId::ChangeRows);
    choose(u"Set to"_s, u"x"_s);
    choose(u"Add a number"_s, u"2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(*dialog(), u"Change 1500 &rows"_s), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(*dialog(), u"Change 1500 &rows"_s)->isEnabled(), 20000);
    const auto* sample = WindowFixture::named<QTableWidget>(*dialog(), u"What will change"_s);
    QCOMPARE(sample->rowCount(), 100);
    QCOMPARE(sample->item(99, 2)->text(), u"101"_s);
    dialog()->reject();
    QTRY_VERIFY(!dialog());
}

void TestWindowBatch::manyRowsAreReadBesideTheWindow_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addRow("many") << QByteArray("many");
    QTest::addRow("few long ones") << QByteArray("long");
}

/// With no thread of the pool free the question is there all the same, without the rows: nothing of them is copied by
/// the window's own thread.
void TestWindowBatch::manyRowsAreReadBesideTheWindow()
{
    QFETCH(const QByteArray, key);
    if (key == "many") {
        openMany();
    } else {
        m_server->fill(12, [](std::size_t n) {
            return RedisServer::Args{"RPUSH", "long", std::to_string(n) + std::string(50'000, 'x')};
        });
        openWith("long", 12);
    }
    const int rows = table()->model()->rowCount();
    table()->selectAll();
    const auto mayGoOn = std::make_shared<QSemaphore>();
    QThreadPool& pool = *QThreadPool::globalInstance();
    const int threads = pool.maxThreadCount();
    for (int each = 0; each < threads; ++each) {
        pool.start([mayGoOn] { mayGoOn->acquire(); });
    }
    const auto release = qScopeGuard([&] { mayGoOn->release(2 * threads); });
    ask(ActionId::ChangeRows);
    const QString press = u"Change %1 &rows"_s.arg(rows);
    choose(u"Set to"_s, u"new"_s);
    QVERIFY2(about().contains(u"Reading the rows"_s), qPrintable(about()));
    QVERIFY(!WindowFixture::button(*dialog(), press)->isEnabled());
    mayGoOn->release(threads);
    QTRY_VERIFY_WITH_TIMEOUT(WindowFixture::button(*dialog(), press)->isEnabled(), 20000);
    QVERIFY(WindowFixture::press(*dialog(), press));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), 60000);
    const auto now = m_server->list({"LRANGE", key.toStdString(), "0", "-1"});
    QCOMPARE(now.size(), static_cast<std::size_t>(rows));
    QCOMPARE(std::ranges::count(now, "new"), static_cast<std::ptrdiff_t>(rows));
}

void TestWindowBatch::rowsThatDoNotGoTogether_data()
{
    QTest::addColumn<int>("theirs"); // the index that somebody else changes; the last 2000 rows are the first step
    QTest::addColumn<int>("told");   // the first that it is compared for
    QTest::addColumn<QString>("done");
    QTest::addColumn<bool>("isAllBegun");
    QTest::addColumn<qsizetype>("changed");
    QTest::addRow("in the first step") << 2099 << 2098 << u"0 of 2100 rows are done"_s << false << qsizetype{0};
    QTest::addRow("in the last step") << 0 << 0 << u"2000 of 2100 rows are done"_s << true << qsizetype{2000};
}

/// Too many rows of a list for one transaction: what is said of it is so.
void TestWindowBatch::rowsThatDoNotGoTogether()
{
    QFETCH(const int, theirs);
    QFETCH(const int, told);
    QFETCH(const QString, done);
    QFETCH(const bool, isAllBegun);
    QFETCH(const qsizetype, changed);
    openMany(2100);
    table()->selectAll();
    ask(ActionId::ChangeRows);
    choose(u"Set to"_s, u"new"_s);
    const QString press = u"Change 2100 &rows"_s;
    QTRY_VERIFY_WITH_TIMEOUT(
        WindowFixture::button(*dialog(), press) && WindowFixture::button(*dialog(), press)->isEnabled(), 20000);
    QVERIFY2(about().contains(u"in 2 steps of up to 2000 rows"_s), qPrintable(about()));
    QVERIFY2(about().contains(u"no later step is begun"_s), qPrintable(about()));
    m_server->command({"LSET", "many", std::to_string(theirs), "theirs"});
    QVERIFY(WindowFixture::press(*dialog(), press));
    QTRY_VERIFY_WITH_TIMEOUT(about().contains(done), 60000);
    QVERIFY2(about().contains(u"at index %1 or beside it; nothing was changed in this step"_s.arg(told)),
        qPrintable(about()));
    QCOMPARE(about().contains(u"100 rows were not begun"_s), !isAllBegun);
    const auto now = m_server->list({"LRANGE", "many", "0", "-1"});
    QCOMPARE(now.size(), std::size_t{2100});
    QCOMPARE(std::ranges::count(now, "new"), changed);
    QCOMPARE(now[static_cast<std::size_t>(theirs)], std::string("theirs"));
    dialog()->reject();
    QTRY_VERIFY(!dialog());
}

QTEST_MAIN(TestWindowBatch)
#include "tst_windowbatch.moc"
