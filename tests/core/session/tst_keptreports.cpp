// SPDX-License-Identifier: GPL-3.0-or-later
// What became of each key, kept and saved in another form: exact, and never half of it.
#include "core/base/bytes.h"
#include "core/bulk/reportreader.h"
#include "core/session/keptreports.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

std::vector<KeyOutcome> someRows()
{
    return {{"plain", Outcome::Done, {}, u"node:1"_s}, {"with,comma", Outcome::Done, {}, u"node:2"_s},
        {"with \"quotes\"", Outcome::Failed, "ERR \"said\", so", u"node:1"_s},
        {"line\nbreak\r", Outcome::NotDone, "lost\nline", u"node:1"_s},
        {std::string("nul\0byte", 8), Outcome::Missing, {}, u"node:1"_s},
        {"\xff\xfe", Outcome::Unknown, {}, u"node:1"_s}, {"back\\slash", Outcome::Skipped, "by a rule", u"node:1"_s},
        {"", Outcome::Gone, {}, u"node:1"_s}};
}

void write(const QString& path, const std::vector<KeyOutcome>& rows)
{
    auto file = ReportFile::create(path);
    QVERIFY(file);
    OutcomeCounts counts;
    for (const KeyOutcome& row : rows) {
        (*file)->add(row);
        ++counts[row.outcome];
    }
    QVERIFY((*file)->close(countsJson(counts)));
}

/// One line a key; the failure in place of them.
QStringList drawn(const QString& path)
{
    QStringList lines;
    const Status read = forEachOutcome(path, {}, [&lines](const KeyOutcome& row) {
        lines << QString::fromStdString(escapeLine(row.key)) + u'|' + row.node + u'|'
                + QString::fromStdString(std::string(outcomeName(row.outcome))) + u'|'
                + QString::fromStdString(escapeLine(row.detail));
        return true;
    });
    return read ? lines : QStringList{read.error().detail};
}

} // namespace

class TestKeptReports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(qputenv("XDG_DATA_HOME", m_data.path().toLocal8Bit())); }
    void savesEachFormAsEach_data();
    void savesEachFormAsEach();
    void aCutReportIsRefused_data();
    void aCutReportIsRefused();
    void keysToBeLookedAtAreAlwaysKept();
    void theOldestGo();

private:
    const QTemporaryDir m_data;
};

void TestKeptReports::savesEachFormAsEach_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addRow("CSV as CSV") << u"a.csv"_s << u"b.csv"_s;
    QTest::addRow("CSV as JSON") << u"a.csv"_s << u"b.json"_s;
    QTest::addRow("JSON as CSV") << u"a.json"_s << u"b.csv"_s;
    QTest::addRow("JSON as JSON") << u"a.json"_s << u"b.json"_s;
    QTest::addRow("as itself") << u"a.csv"_s << u"a.csv"_s;
}

void TestKeptReports::savesEachFormAsEach()
{
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    const QTemporaryDir folder;
    write(folder.filePath(from), someRows());
    const QStringList rows = drawn(folder.filePath(from));
    QCOMPARE(rows.size(), static_cast<qsizetype>(someRows().size()));
    QCOMPARE(rows[3], u"line\\nbreak\\r|node:1|not_done|lost\\nline"_s);
    QVERIFY(saveReport(folder.filePath(from), folder.filePath(to), {}));
    QCOMPARE(drawn(folder.filePath(to)), rows);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), from == to ? 1 : 2);
    write(folder.filePath(from), {});
    QVERIFY(saveReport(folder.filePath(from), folder.filePath(to), {}));
    QCOMPARE(drawn(folder.filePath(to)), QStringList()); // over what was there
}

void TestKeptReports::aCutReportIsRefused_data()
{
    QTest::addColumn<QString>("from");
    QTest::addRow("CSV") << u"a.csv"_s;
    QTest::addRow("JSON") << u"a.json"_s;
}

void TestKeptReports::aCutReportIsRefused()
{
    QFETCH(const QString, from);
    const QTemporaryDir folder;
    write(folder.filePath(from), someRows());
    QFile file(folder.filePath(from));
    QVERIFY(file.resize(file.size() - (from.endsWith(u"csv") ? 4 : 60)));
    const Status saved = saveReport(file.fileName(), folder.filePath(u"b.csv"_s), {});
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::Input);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{from});
    QCOMPARE(saveReport(folder.filePath(u"none.csv"_s), folder.filePath(u"b.csv"_s), {}).error().kind, ErrorKind::File);
}

void TestKeptReports::keysToBeLookedAtAreAlwaysKept()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.csv"_s);
    auto file = ReportFile::create(path);
    QVERIFY(file);
    (*file)->limitUntroubled(2);
    for (const KeyOutcome& row : someRows()) {
        (*file)->add(row);
    }
    QVERIFY((*file)->close("{}"));
    QCOMPARE(drawn(path).size(), 5); // the first two, and those refused, not done, and without an answer
    QVERIFY(drawn(path).contains(u"\\xFF\\xFE|node:1|unknown|"_s));
}

void TestKeptReports::theOldestGo()
{
    auto first = keepReport("delete");
    QVERIFY(first);
    QVERIFY(first->file->close("{}"));
    QVERIFY(first->path.startsWith(m_data.path()));
    const QFileInfo info(first->path);
    QCOMPARE(info.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
        QFile::Permissions());
    const QDir folder = info.dir();
    for (int number = 100; number < 230; ++number) {
        QFile old(folder.filePath(u"2001-01-01T00-00-00-%1-delete-1.csv"_s.arg(number)));
        QVERIFY(old.open(QIODevice::WriteOnly));
    }
    auto next = keepReport("delete");
    QVERIFY(next && next->path != first->path);
    QVERIFY(QFileInfo::exists(first->path));
    QCOMPARE(folder.entryList({u"*.csv"_s}, QDir::Files).size(), 100);
    QVERIFY(!QFileInfo::exists(folder.filePath(u"2001-01-01T00-00-00-100-delete-1.csv"_s)));
}

QTEST_GUILESS_MAIN(TestKeptReports)
#include "tst_keptreports.moc"
