// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/resultstore.h"
#include "tests/core/results/keysets.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestResultStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void listsTheNewestFirst();
    void keepsSetsOfOneNameApart();
    void tellsOfADamagedFileByItsName();
    void renamesAndRemoves();
    void isEmptyBeforeTheFirst();
    void aPathIsNoFileOfIt();

private:
    [[nodiscard]] Result<ResultSetInfo> save(const QString& name, int day) const;

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ResultStore> m_store;
};

void TestResultStore::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<ResultStore>(m_home->filePath(u"deeper/results"_s));
}

void TestResultStore::cleanup()
{
    m_store.reset();
    m_home.reset();
}

Result<ResultSetInfo> TestResultStore::save(const QString& name, int day) const
{
    ResultSetInfo info;
    info.name = name;
    info.taken = QDateTime(QDate(2026, 5, day), QTime(12, 0), Qt::UTC);
    return m_store->save(info, KeyChoice{snapshotOf({name.toStdString(), "b"})}, {}, goOn);
}

void TestResultStore::listsTheNewestFirst()
{
    QVERIFY(save(u"old"_s, 1));
    QVERIFY(save(u"new"_s, 3));
    QVERIFY(save(u"between"_s, 2));
    QStringList names;
    for (const ResultSetEntry& entry : m_store->list()) {
        QVERIFY(entry.info);
        QCOMPARE(entry.info->file, entry.file);
        names << entry.info->name;
    }
    QCOMPARE(names, QStringList({u"new"_s, u"between"_s, u"old"_s}));
    constexpr auto others = QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    QCOMPARE(QFile::permissions(m_home->filePath(u"deeper/results"_s)) & others, QFile::Permissions());
}

void TestResultStore::keepsSetsOfOneNameApart()
{
    const auto first = save(u"../../stale: sessions/ü"_s, 1);
    const auto second = save(u"../../stale: sessions/ü"_s, 1);
    QVERIFY(first && second);
    QVERIFY(first->file != second->file);
    QVERIFY2(first->file.contains(u"stale"_s) && !first->file.contains(u'/'), qPrintable(first->file));
    QCOMPARE(m_store->list().size(), std::size_t{2});
}

void TestResultStore::tellsOfADamagedFileByItsName()
{
    QVERIFY(save(u"good"_s, 1));
    QFile file(m_home->filePath(u"deeper/results/broken.keyset"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("KGKEYSETxyz") > 0);
    file.close();
    const auto entries = m_store->list();
    QCOMPARE(entries.size(), std::size_t{2});
    QVERIFY(entries[0].info && !entries[1].info);
    QCOMPARE(entries[1].file, u"broken.keyset"_s);
    QVERIFY(entries[1].info.error().subject.endsWith(u"broken.keyset"_s));
    QVERIFY(m_store->remove(u"broken.keyset"_s));
    QCOMPARE(m_store->list().size(), std::size_t{1});
}

void TestResultStore::renamesAndRemoves()
{
    const auto saved = save(u"first"_s, 1);
    QVERIFY(saved);
    const auto renamed = m_store->rename(saved->file, u"second"_s, {});
    QVERIFY(renamed);
    QCOMPARE(m_store->list().front().info->name, u"second"_s);
    const auto keys = m_store->load(saved->file, ByteCount{1ULL << 40U}, {}, goOn);
    QVERIFY(keys && (*keys)->contains("first"));
    QVERIFY(m_store->remove(saved->file));
    QVERIFY(m_store->list().empty());
    QCOMPARE(m_store->remove(saved->file).error().kind, ErrorKind::Gone);
    QVERIFY(!m_store->load(saved->file, ByteCount{1ULL << 40U}, {}, goOn));
}

void TestResultStore::isEmptyBeforeTheFirst()
{
    QVERIFY(m_store->list().empty());
    QVERIFY(!QDir(m_home->filePath(u"deeper"_s)).exists());
}

void TestResultStore::aPathIsNoFileOfIt()
{
    QFile outside(m_home->filePath(u"outside.keyset"_s));
    QVERIFY(outside.open(QIODevice::WriteOnly));
    QVERIFY(save(u"a"_s, 1));
    QVERIFY(!m_store->remove(u"../../outside.keyset"_s));
    QVERIFY(outside.exists());
}

QTEST_GUILESS_MAIN(TestResultStore)
#include "tst_resultstore.moc"
