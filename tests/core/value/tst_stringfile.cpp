// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/stringfile.h"
#include "tests/core/value/lanefixture.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>
#include <string>
#include <utility>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t page = pageOfStringFile;

} // namespace

class TestStringFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesAllOfIt_data();
    void writesAllOfIt();
    void whatOthersDoMeanwhile_data();
    void whatOthersDoMeanwhile();
    void aStopLeavesNothing();
    void whatCantBeReadIsTold_data();
    void whatCantBeReadIsTold();
    void aFolderThatIsNotThereIsTold();

private:
    /// As many bytes, none of them like its neighbours.
    void fill(std::uint64_t bytes);
    [[nodiscard]] Result<std::uint64_t> save(
        const StringFile& what, const std::function<void(std::uint64_t)>& progressed, const std::stop_token& stop = {});
    [[nodiscard]] QString path() const { return m_folder->filePath(u"value"_s); }
    [[nodiscard]] QByteArray content() const;
    [[nodiscard]] QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_value;
};

void TestStringFile::init()
{
    m_server = RedisServer::start();
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestStringFile::fill(std::uint64_t bytes)
{
    m_value.clear();
    m_value.reserve(bytes);
    for (std::uint64_t at = 0; at < bytes; ++at) {
        m_value += static_cast<char>((at * 31 + at / 251) % 256);
    }
    m_server->command({"SET", "k", m_value});
}

Result<std::uint64_t> TestStringFile::save(
    const StringFile& what, const std::function<void(std::uint64_t)>& progressed, const std::stop_token& stop)
{
    const auto lane = readingLane(*m_server);
    return saveString(*lane, what, stop, progressed);
}

QByteArray TestStringFile::content() const
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

void TestStringFile::writesAllOfIt_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<bool>("canWatch");
    for (const std::uint64_t bytes : {std::uint64_t{0}, std::uint64_t{1}, page, page + 1, 5 * page - 7}) {
        QTest::addRow("%llu bytes", static_cast<unsigned long long>(bytes)) << quint64{bytes} << true;
    }
    QTest::addRow("read twice") << quint64{2 * page + 5} << false;
}

void TestStringFile::writesAllOfIt()
{
    QFETCH(quint64, bytes);
    QFETCH(bool, canWatch);
    fill(bytes);
    std::uint64_t last = 0;
    const auto saved = save({"k", path(), canWatch}, [&](std::uint64_t done) {
        QVERIFY(done > last && done - last <= page); // no more than a page at a time
        last = done;
    });
    QVERIFY(saved);
    QCOMPARE(*saved, std::uint64_t{bytes});
    QCOMPARE(last, std::uint64_t{bytes});
    QVERIFY(content() == QByteArray::fromStdString(m_value));
    QCOMPARE(files(), QStringList{u"value"_s});
}

void TestStringFile::whatOthersDoMeanwhile_data()
{
    QTest::addColumn<QList<QByteArray>>("command");
    QTest::addColumn<bool>("canWatch");
    QTest::addColumn<bool>("isSaved");
    const auto row = [](const char* name, const QList<QByteArray>& command, bool isSaved) {
        QTest::addRow("%s", name) << command << true << isSaved;
        QTest::addRow("%s, not watched", name) << command << false << isSaved;
    };
    row("nothing", {"PING"}, true);
    row("the time to live is set", {"EXPIRE", "k", "1000"}, true);
    row("a page that was read is changed", {"SETRANGE", "k", "3", "!!!"}, false);
    row("a page that is to come is changed: what is written is what is there", {"SETRANGE", "k", "8388600", "!!!"},
        true);
    row("it grows", {"APPEND", "k", "more"}, false);
    row("it becomes shorter", {"SET", "k", "short"}, false);
    row("it goes", {"DEL", "k"}, false);
}

/// Once the first page is read. A file of the same name stays as it was where nothing is saved.
void TestStringFile::whatOthersDoMeanwhile()
{
    QFETCH(QList<QByteArray>, command);
    QFETCH(bool, canWatch);
    QFETCH(bool, isSaved);
    fill(2 * page + 100'000);
    QFile before(path());
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("as it was") > 0);
    before.close();
    bool isDone = false;
    const auto saved = save({"k", path(), canWatch}, [&](std::uint64_t) {
        if (!std::exchange(isDone, true)) {
            RedisServer::Args args;
            for (const QByteArray& word : command) {
                args.push_back(word.toStdString());
            }
            m_server->command(args);
        }
    });
    QCOMPARE(saved.has_value(), isSaved);
    QVERIFY(isSaved || saved.error().kind == ErrorKind::Conflict);
    QVERIFY(
        content() == (isSaved ? QByteArray::fromStdString(m_server->command({"GET", "k"})) : QByteArray("as it was")));
    QCOMPARE(files(), QStringList{u"value"_s});
}

void TestStringFile::aStopLeavesNothing()
{
    fill(4 * page);
    std::stop_source stop;
    std::uint64_t last = 0;
    const auto saved = save(
        {"k", path()},
        [&](std::uint64_t done) {
            last = done;
            stop.request_stop();
        },
        stop.get_token());
    QVERIFY(!saved && saved.error().kind == ErrorKind::Cancelled);
    QCOMPARE(last, page);
    QVERIFY(files().isEmpty());
}

void TestStringFile::whatCantBeReadIsTold_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("kind");
    QTest::addRow("no such key") << QByteArray("none") << static_cast<int>(ErrorKind::Gone);
    QTest::addRow("a list") << QByteArray("list") << static_cast<int>(ErrorKind::WrongType);
}

void TestStringFile::whatCantBeReadIsTold()
{
    QFETCH(QByteArray, key);
    QFETCH(int, kind);
    m_server->command({"RPUSH", "list", "a"});
    const auto saved = save({key.toStdString(), path()}, [](std::uint64_t) { });
    QVERIFY(!saved);
    QCOMPARE(static_cast<int>(saved.error().kind), kind);
    QVERIFY(saved.error().subject.contains(QString::fromUtf8(key)));
    QVERIFY(files().isEmpty());
}

void TestStringFile::aFolderThatIsNotThereIsTold()
{
    fill(10);
    const auto saved = save({"k", m_folder->filePath(u"none/value"_s)}, [](std::uint64_t) { });
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::File);
}

QTEST_GUILESS_MAIN(TestStringFile)
#include "tst_stringfile.moc"
