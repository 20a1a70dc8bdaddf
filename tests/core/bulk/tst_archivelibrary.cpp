// SPDX-License-Identifier: GPL-3.0-or-later
// Archives of a folder: listed, looked into, sealed by a passphrase, and deleted once they need not be kept.
#include "core/bulk/archivelibrary.h"
#include "core/bulk/archiveseal.h"
#include "core/bulk/archivewriter.h"
#include "tests/core/bulk/archiverecords.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray passphrase = "correct horse – battery staple";

QDateTime day(int number)
{
    return QDateTime(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC).addDays(number);
}

std::vector<UndoRecord> someRecords(std::size_t count, std::size_t longest = 300)
{
    std::mt19937_64 random(11);
    std::vector<UndoRecord> records;
    for (std::size_t at = 0; at < count; ++at) {
        UndoRecord record;
        record.key = "secret-key:" + std::to_string(at);
        record.dump = "secret-value:" + std::to_string(at) + ":";
        for (std::size_t left = random() % (longest + 1); left > 0; --left) {
            record.dump.push_back(static_cast<char>(random()));
        }
        record.type = "string";
        records.push_back(std::move(record));
    }
    return records;
}

/// A folder with archives in it.
struct Folder {
    QString write(const QString& name, std::span<const UndoRecord> records, const QDateTime& created,
        const QByteArray& sealedBy = {}, std::size_t perFrame = 50, bool finishes = true)
    {
        const QString file = folder.filePath(name);
        ArchiveInfo info;
        info.connection = u"shop"_s;
        info.job = u"delete"_s;
        info.created = created;
        auto writer = UndoArchiveWriter::create(file, info, sealedBy);
        if (!writer) {
            qFatal("the archive can't be written");
        }
        for (std::size_t at = 0; at < records.size(); at += perFrame) {
            std::vector<UndoRecordView> views;
            for (const UndoRecord& record : records.subspan(at, std::min(perFrame, records.size() - at))) {
                views.push_back(record.view());
            }
            if (!(*writer)->waitDurable((*writer)->append(views), {})) {
                qFatal("the archive can't be written");
            }
        }
        if (finishes && !(*writer)->finish()) {
            qFatal("the archive can't be ended");
        }
        return file;
    }
    [[nodiscard]] std::vector<ArchiveEntry> list() const { return listArchives(folder.path(), {}); }
    [[nodiscard]] QStringList names() const { return QDir(folder.path()).entryList(QDir::Files, QDir::Name); }

    QTemporaryDir folder;
};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString& path, const QByteArray& content)
{
    QFile::remove(path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

class TestArchiveLibrary : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsSealedComesBack_data();
    void whatIsSealedComesBack();
    void nothingOfTheKeysStandsInASealedFile();
    void aWrongPassphraseIsTold();
    void aSealedFileIsReadableUpToItsCut();
    void aChangedByteOfASealedFileIsNeverGiven();
    void framesCannotBeSwapped();
    void hostileTermsAreRefused();
    void listsNewestFirst();
    void findsKeys();
    void aKeyStandsOnceWithItsNewestState();
    void oldOnesGo_data();
    void oldOnesGo();
    void whatIsInUseStays();
    void whatIsNoArchiveStays();
};

void TestArchiveLibrary::whatIsSealedComesBack_data()
{
    QTest::addColumn<std::size_t>("records");
    QTest::addColumn<std::size_t>("longest");
    QTest::newRow("none") << std::size_t{0} << std::size_t{10};
    QTest::newRow("one") << std::size_t{1} << std::size_t{10};
    QTest::newRow("many frames") << std::size_t{1000} << std::size_t{300};
    QTest::newRow("frames of many pieces") << std::size_t{200} << std::size_t{20'000};
}

void TestArchiveLibrary::whatIsSealedComesBack()
{
    QFETCH(const std::size_t, records);
    QFETCH(const std::size_t, longest);
    Folder folder;
    const auto all = someRecords(records, longest);
    const QString file = folder.write(u"a.kga"_s, all, day(0), passphrase);
    ArchiveCondition condition;
    QCOMPARE(recordsIn(file, passphrase, &condition), all);
    QVERIFY(condition.isFinished && !condition.isCut && condition.damagedFrames == 0);
    const auto reader = UndoArchiveReader::open(file, passphrase);
    QVERIFY(reader && (*reader)->isSealed());
    QCOMPARE((*reader)->total(), std::optional<std::uint64_t>(records));
}

void TestArchiveLibrary::nothingOfTheKeysStandsInASealedFile()
{
    Folder folder;
    const auto all = someRecords(1, 0); // too short to be compressed out of sight
    const QByteArray plain = contentOf(folder.write(u"plain.kga"_s, all, day(0)));
    QVERIFY(plain.contains("secret-key:")); // what repeats of it may be written shorter
    const QByteArray sealed = contentOf(folder.write(u"sealed.kga"_s, all, day(0), passphrase));
    QVERIFY(!sealed.contains("secret-key") && !sealed.contains("secret-value") && !sealed.contains(passphrase));
    QVERIFY(sealed.contains("shop")); // what it is stays readable
    const QByteArray again = contentOf(folder.write(u"again.kga"_s, all, day(0), passphrase));
    QVERIFY(again.right(100) != sealed.right(100));
}

void TestArchiveLibrary::aWrongPassphraseIsTold()
{
    Folder folder;
    const QString file = folder.write(u"a.kga"_s, someRecords(3), day(0), passphrase);
    const auto wrong = UndoArchiveReader::open(file, "correct horse");
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::Input);
    const auto without = UndoArchiveReader::open(file);
    QVERIFY(without && (*without)->isSealed());
    QCOMPARE((*without)->info().connection, u"shop"_s);
    UndoRecord record;
    const auto got = (*without)->next(record);
    QVERIFY(!got && got.error().kind == ErrorKind::Input);
    QVERIFY(!ArchiveSeal::make({}));
}

void TestArchiveLibrary::aSealedFileIsReadableUpToItsCut()
{
    Folder folder;
    const auto all = someRecords(120, 20'000); // some 1.2 MB: frames of several pieces
    const QString file = folder.write(u"a.kga"_s, all, day(0), passphrase, 60);
    const QByteArray whole = contentOf(file);
    std::size_t before = 0;
    std::set<std::size_t> counts;
    for (qsizetype size = whole.size() % 90'001; size <= whole.size(); size += 90'001) {
        const QString cut = folder.folder.filePath(u"cut.kga"_s);
        put(cut, whole.first(size));
        const auto read = recordsIn(cut, passphrase);
        QVERIFY(read.size() >= before);
        QVERIFY(std::equal(read.begin(), read.end(), all.begin()));
        before = read.size();
        counts.insert(before);
    }
    QCOMPARE(before, all.size());
    QVERIFY2(counts.size() > 4, "a cut frame is read up to its last whole piece");
}

void TestArchiveLibrary::aChangedByteOfASealedFileIsNeverGiven()
{
    Folder folder;
    const auto all = someRecords(60, 200);
    const QString file = folder.write(u"a.kga"_s, all, day(0), passphrase, 20);
    const QByteArray whole = contentOf(file);
    const QString changed = folder.folder.filePath(u"changed.kga"_s);
    const qsizetype first = whole.indexOf("\xF1KGF");
    for (qsizetype at = first; at < whole.size(); at += 499) {
        QByteArray bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        put(changed, bytes);
        const auto read = recordsIn(changed, passphrase);
        QVERIFY2(read.size() + 20 >= all.size(), "it costs one frame at most");
        for (const UndoRecord& record : read) {
            QVERIFY(std::ranges::find(all, record) != all.end());
        }
    }
}

void TestArchiveLibrary::framesCannotBeSwapped()
{
    Folder folder;
    const auto all = someRecords(40, 200);
    const QString file = folder.write(u"a.kga"_s, all, day(0), passphrase, 20);
    const QByteArray whole = contentOf(file);
    const qsizetype first = whole.indexOf("\xF1KGF");
    const qsizetype second = whole.indexOf("\xF1KGF", first + 1);
    constexpr qsizetype header = 36;
    // The second frame's content behind the first one's header, as long as the file lets it be.
    QByteArray bytes = whole;
    const qsizetype size = std::min(second - first, whole.size() - second - header) - header;
    bytes.replace(first + header, size, whole.mid(second + header, size));
    const QString swapped = folder.folder.filePath(u"swapped.kga"_s);
    put(swapped, bytes);
    const auto read = recordsIn(swapped, passphrase);
    QCOMPARE(read, std::vector<UndoRecord>(all.begin() + 20, all.end()));
}

void TestArchiveLibrary::hostileTermsAreRefused()
{
    auto seal = ArchiveSeal::make(passphrase);
    QVERIFY(seal);
    SealTerms terms = (*seal)->terms();
    QVERIFY(ArchiveSeal::open(terms, passphrase));
    for (const auto& change :
        std::vector<std::function<void(SealTerms&)>>{[](SealTerms& t) { t.memory = std::uint64_t{1} << 40U; },
            [](SealTerms& t) { t.passes = 1'000'000; }, [](SealTerms& t) { t.salt.clear(); },
            [](SealTerms& t) { t.passes = 0; }, [](SealTerms& t) { t.memory = 0; }}) {
        SealTerms hostile = terms;
        change(hostile);
        const auto opened = ArchiveSeal::open(hostile, passphrase);
        QVERIFY(!opened && opened.error().kind == ErrorKind::Limit);
    }
    terms.proof.clear();
    QVERIFY(!ArchiveSeal::open(terms, passphrase));
}

void TestArchiveLibrary::listsNewestFirst()
{
    Folder folder;
    folder.write(u"b.kga"_s, someRecords(3), day(2));
    folder.write(u"a.kga"_s, someRecords(5), day(1), passphrase);
    folder.write(u"c.kga"_s, someRecords(7), day(3), {}, 50, false);
    put(folder.folder.filePath(u"d.kga"_s), "no archive");
    put(folder.folder.filePath(u"other.txt"_s), "not listed");
    auto entries = folder.list();
    QCOMPARE(entries.size(), std::size_t{4});
    const auto bad = std::ranges::find_if(entries, [](const ArchiveEntry& each) { return each.trouble.has_value(); });
    QVERIFY(bad != entries.end() && bad->file.endsWith(u"/d.kga"_s));
    entries.erase(bad);
    QVERIFY(entries[0].file.endsWith(u"/c.kga"_s) && !entries[0].records && !entries[0].isInUse);
    QCOMPARE(entries[1].records, std::optional<std::uint64_t>(3));
    QCOMPARE(entries[1].info.connection, u"shop"_s);
    QCOMPARE(entries[1].created, day(2));
    QVERIFY(entries[2].isSealed && entries[2].records == std::optional<std::uint64_t>(5));
    QVERIFY(listArchives(folder.folder.filePath(u"none"_s), {}).empty());
}

void TestArchiveLibrary::findsKeys()
{
    Folder folder;
    const auto all = someRecords(200);
    const auto reader = UndoArchiveReader::open(folder.write(u"a.kga"_s, all, day(0)));
    QVERIFY(reader);
    const auto some = findArchivedKeys(**reader, {"key:19", false, 5}, {}); // 19, 190 to 199
    QVERIFY(some);
    QCOMPARE(some->found, std::uint64_t{11});
    QCOMPARE(some->rows.size(), std::size_t{5});
    QCOMPARE(some->rows.front().key, std::string("secret-key:19"));
    QCOMPARE(some->rows.front().size.value, std::uint64_t{all[19].dump.size()});
    const auto one = findArchivedKeys(**reader, {"secret-key:19", true}, {});
    QVERIFY(one && one->found == 1);
    const auto none = findArchivedKeys(**reader, {"KEY", false}, {});
    QVERIFY(none && none->found == 0 && none->rows.empty());
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = findArchivedKeys(**reader, {}, stop.get_token());
    QVERIFY(!stopped && stopped.error().kind == ErrorKind::Cancelled);
}

void TestArchiveLibrary::aKeyStandsOnceWithItsNewestState()
{
    Folder folder;
    auto all = someRecords(3, 0);
    UndoRecord newer = all[1];
    newer.dump = "newer";
    newer.supersedes = true;
    all.push_back(newer);
    const auto reader = UndoArchiveReader::open(folder.write(u"a.kga"_s, all, day(0)));
    QVERIFY(reader);
    const auto found = findArchivedKeys(**reader, {}, {});
    QVERIFY(found);
    QCOMPARE(found->found, std::uint64_t{3});
    QCOMPARE(found->rows[1].key, newer.key);
    QCOMPARE(found->rows[1].size.value, std::uint64_t{5});
}

void TestArchiveLibrary::oldOnesGo_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<int>("mostFiles");
    QTest::addColumn<QStringList>("kept");
    const QStringList all{u"0.kga"_s, u"1.kga"_s, u"2.kga"_s, u"3.kga"_s};
    QTest::newRow("no limits") << 0 << 0 << all;
    QTest::newRow("by age: 3 is of today") << 2 << 0 << QStringList{u"1.kga"_s, u"2.kga"_s, u"3.kga"_s};
    QTest::newRow("by size") << 0 << 2 << QStringList{u"2.kga"_s, u"3.kga"_s};
    QTest::newRow("by both") << 1 << 3 << QStringList{u"2.kga"_s, u"3.kga"_s};
    QTest::newRow("the newest stays, however large") << 0 << -1 << QStringList{u"3.kga"_s};
}

void TestArchiveLibrary::oldOnesGo()
{
    QFETCH(const int, days);
    QFETCH(const int, mostFiles);
    QFETCH(const QStringList, kept);
    Folder folder;
    QString file;
    for (int at = 0; at < 4; ++at) {
        file = folder.write(QString::number(at) + u".kga"_s, someRecords(20), day(at));
    }
    ArchiveKeeping keeping;
    if (days > 0) {
        keeping.days = days;
    }
    if (mostFiles != 0) {
        const auto size = static_cast<std::uint64_t>(QFileInfo(file).size());
        keeping.most = ByteCount{mostFiles < 0 ? 1 : static_cast<std::uint64_t>(mostFiles) * size + 20};
    }
    const PrunedArchives pruned = pruneArchives(folder.folder.path(), keeping, day(3), {});
    QCOMPARE(folder.names(), kept);
    QCOMPARE(pruned.removed.size(), static_cast<std::size_t>(4 - kept.size()));
    QVERIFY(pruned.troubles.empty());
    QCOMPARE(pruned.freed.value > 0, kept.size() < 4);
}

void TestArchiveLibrary::whatIsInUseStays()
{
    Folder folder;
    const QString read = folder.write(u"0.kga"_s, someRecords(20), day(0));
    const QString written = folder.folder.filePath(u"1.kga"_s);
    ArchiveInfo info;
    info.created = day(1);
    auto writer = UndoArchiveWriter::create(written, info);
    QVERIFY(writer);
    folder.write(u"2.kga"_s, someRecords(20), day(2));
    {
        const auto reader = UndoArchiveReader::open(read);
        QVERIFY(reader);
        const auto entries = folder.list();
        QVERIFY(!entries[0].isInUse && entries[1].isInUse && entries[2].isInUse);
        const PrunedArchives pruned = pruneArchives(folder.folder.path(), {1, ByteCount{1}}, day(99), {});
        QVERIFY(pruned.removed.empty());
        const Status refused = removeArchive(read);
        QVERIFY(!refused && refused.error().kind == ErrorKind::File);
    }
    writer->reset();
    QVERIFY(!folder.list()[1].isInUse && !folder.list()[2].isInUse);
    QVERIFY(removeArchive(read));
    QCOMPARE(folder.names(), (QStringList{u"1.kga"_s, u"2.kga"_s}));
}

void TestArchiveLibrary::whatIsNoArchiveStays()
{
    Folder folder;
    put(folder.folder.filePath(u"0.kga"_s), "somebody's file");
    folder.write(u"1.kga"_s, someRecords(20), day(1));
    folder.write(u"2.kga"_s, someRecords(20), day(2));
    static_cast<void>(pruneArchives(folder.folder.path(), {1, ByteCount{1}}, day(99'999), {}));
    QVERIFY(folder.names().contains(u"0.kga"_s));
    QVERIFY(!folder.names().contains(u"1.kga"_s));
    QVERIFY(folder.names().contains(u"2.kga"_s));
}

QTEST_GUILESS_MAIN(TestArchiveLibrary)

#include "tst_archivelibrary.moc"
