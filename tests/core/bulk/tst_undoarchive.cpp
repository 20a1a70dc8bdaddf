// SPDX-License-Identifier: GPL-3.0-or-later
// The archive's file: what was given comes back, whatever happens to the end or the middle of it.
#include "core/bulk/archivereader.h"
#include "core/bulk/archivewriter.h"
#include "core/bulk/crc32c.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <random>
#include <thread>

using namespace keyglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ArchiveInfo someInfo()
{
    return {u"shop äö"_s, u"Redis 7.0.15"_s, u"abc"_s, u"delete keys that begin with “a”"_s, {0, 3},
        QDateTime::fromString(u"2026-05-03T10:11:12.345Z"_s, Qt::ISODateWithMs)};
}

std::string bytesOf(std::size_t count, std::mt19937_64& random)
{
    std::string bytes(count, '\0');
    for (char& byte : bytes) {
        byte = static_cast<char>(random());
    }
    return bytes;
}

std::vector<UndoRecord> someRecords(std::size_t count, std::size_t longest = 200)
{
    std::mt19937_64 random(7);
    std::vector<UndoRecord> records;
    for (std::size_t at = 0; at < count; ++at) {
        UndoRecord record;
        record.key = "key:" + std::to_string(at) + ":" + bytesOf(random() % 9, random);
        record.dump = bytesOf(random() % longest, random);
        record.type = at % 3 == 0 ? "hash" : "string";
        record.database = at % 5 == 0 ? 300 : 0;
        record.reason = static_cast<UndoReason>(at % 3);
        record.supersedes = at % 7 == 0;
        if (at % 2 == 0) {
            record.expireAt = Milliseconds{static_cast<std::int64_t>(4'102'444'800'123 + at)};
        }
        records.push_back(std::move(record));
    }
    return records;
}

std::vector<UndoRecordView> viewsOf(std::span<const UndoRecord> records)
{
    std::vector<UndoRecordView> views;
    for (const UndoRecord& record : records) {
        views.push_back(record.view());
    }
    return views;
}

std::vector<UndoRecord> readAll(UndoArchiveReader& reader)
{
    std::vector<UndoRecord> records;
    UndoRecord record;
    while (true) {
        const auto got = reader.next(record);
        if (!got || !*got) {
            return records;
        }
        records.push_back(record);
    }
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString& path, const QByteArray& content)
{
    QFile::remove(path); // shortening a file may wait for the disk
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

/// An archive in a folder of its own.
struct Written {
    Written() { path = folder.filePath(u"a.keyundo"_s); }
    /// Frames of `perFrame` records each.
    void write(std::span<const UndoRecord> records, std::size_t perFrame, bool finish = true)
    {
        auto writer = UndoArchiveWriter::create(path, someInfo());
        QVERIFY(writer);
        for (std::size_t at = 0; at < records.size(); at += perFrame) {
            const auto ticket =
                (*writer)->append(viewsOf(records.subspan(at, std::min(perFrame, records.size() - at))));
            QVERIFY((*writer)->waitDurable(ticket, {}));
            ends.push_back(QFileInfo(path).size());
        }
        if (finish) {
            QVERIFY((*writer)->finish());
        }
    }

    QTemporaryDir folder;
    QString path;
    std::vector<qint64> ends; ///< Of the file, after each frame.
};

/// One part of a key, whose bytes `content` are.
UndoRecordView partView(std::string_view key, std::string_view content, const RecordPart& part)
{
    UndoRecordView view{key, content, "hash", Milliseconds{4'102'444'800'123}, 3};
    view.part = part;
    return view;
}

void give(UndoArchiveWriter& writer, const UndoRecordView& record, bool waits = true)
{
    const auto ticket = writer.append(std::span(&record, 1));
    if (waits) {
        QVERIFY(writer.waitDurable(ticket, {}));
    }
}

std::vector<std::string> partsOf(const UndoArchiveReader& reader, const UndoRecord& record)
{
    std::vector<std::string> all;
    const auto parts = reader.parts(record);
    while (parts) {
        auto part = (*parts)->next();
        if (!part || !*part) {
            return part ? all : std::vector<std::string>{"damaged"};
        }
        all.push_back(**std::move(part));
    }
    return all;
}

std::uint32_t versionOf(const QString& path)
{
    return static_cast<unsigned char>(contentOf(path).at(8));
}

} // namespace

class TestUndoArchive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void checksumsAreThoseOfTheStandard();
    void readsBackWhatWasWritten_data();
    void readsBackWhatWasWritten();
    void saysWhatItIs();
    void onlyItsUserCanReadIt_data();
    void onlyItsUserCanReadIt();
    void neverReplacesAFile_data();
    void neverReplacesAFile();
    void namesAFolderThatCannotBeWritten();
    void whatIsDurableIsInTheFile();
    void isReadableCutAtAnyByte();
    void aRecordOfACutFrameIsRead();
    void oneDamagedByteCostsOneFrameAtMost();
    void aMissingFrameIsTold();
    void aValueThatLooksLikeAFrameIsNone();
    void namesWhatIsNoArchive_data();
    void namesWhatIsNoArchive();
    void manyThreadsShareTheSyncs();
    void aFullDiskFailsEveryWaitFromThenOn();
    void aWaitEndsWhereItIsStopped();
    void sumsUp();
    void aKeyInPartsIsOneRecord_data();
    void aKeyInPartsIsOneRecord();
    void onlyKeysInPartsRaiseTheVersion();
    void anUnfinishedKeyIsLeftOut();
    void aDamagedPartCostsItsKey();
};

void TestUndoArchive::checksumsAreThoseOfTheStandard()
{
    QCOMPARE(crc32c("123456789"), 0xE3069283U);
    QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAU); // RFC 3720, B.4
    QCOMPARE(crc32c("56789", crc32c("1234")), 0xE3069283U);
}

void TestUndoArchive::readsBackWhatWasWritten_data()
{
    QTest::addColumn<std::vector<UndoRecord>>("records");
    QTest::addColumn<std::size_t>("perFrame");
    QTest::addRow("nothing") << std::vector<UndoRecord>{} << std::size_t{1};
    QTest::addRow("the empty key with an empty value") << std::vector<UndoRecord>{UndoRecord{}} << std::size_t{1};
    QTest::addRow("a frame each") << someRecords(50) << std::size_t{1};
    QTest::addRow("several frames") << someRecords(5000) << std::size_t{700};
    QTest::addRow("values of megabytes") << someRecords(9, 8'000'000) << std::size_t{4};
    std::vector<UndoRecord> same(3);
    same[0].dump = std::string(20'000'000, 'x');
    same[1].dump = std::string(300'000, '\0');
    same[2].key = std::string(5'000'000, 'k');
    QTest::addRow("what compresses well") << same << std::size_t{3};
}

void TestUndoArchive::readsBackWhatWasWritten()
{
    QFETCH(const std::vector<UndoRecord>, records);
    QFETCH(const std::size_t, perFrame);
    Written archive;
    archive.write(records, perFrame);
    const auto reader = UndoArchiveReader::open(archive.path);
    QVERIFY(reader);
    for (int round = 0; round < 2; ++round) {
        QVERIFY(readAll(**reader) == records);
        QVERIFY((*reader)->condition() == (ArchiveCondition{records.size(), 0, true, false}));
        (*reader)->rewind();
    }
}

void TestUndoArchive::saysWhatItIs()
{
    Written archive;
    archive.write({}, 1);
    const auto reader = UndoArchiveReader::open(archive.path);
    QVERIFY(reader);
    QVERIFY((*reader)->info() == someInfo());
}

void TestUndoArchive::onlyItsUserCanReadIt_data()
{
    QTest::addColumn<int>("mask");
    QTest::addRow("a umask that lets all in") << 0;
    QTest::addRow("the usual one") << 022;
    QTest::addRow("one that takes writing from the user") << 0277;
    QTest::addRow("one that lets nobody in") << 0777;
}

void TestUndoArchive::onlyItsUserCanReadIt()
{
    QFETCH(const int, mask);
    Written archive;
    const mode_t before = ::umask(static_cast<mode_t>(mask));
    archive.write(someRecords(1), 1);
    ::umask(before);
    struct stat state{};
    QCOMPARE(::stat(QFile::encodeName(archive.path).constData(), &state), 0);
    QCOMPARE(state.st_mode & 07777U, mode_t{0600});
}

void TestUndoArchive::neverReplacesAFile_data()
{
    QTest::addColumn<bool>("isLink");
    QTest::addColumn<bool>("isThere");
    QTest::addRow("a file") << false << true;
    QTest::addRow("a link to a file") << true << true;
    QTest::addRow("a link to nothing") << true << false;
}

void TestUndoArchive::neverReplacesAFile()
{
    QFETCH(const bool, isLink);
    QFETCH(const bool, isThere);
    Written archive;
    const QString file = isLink ? archive.folder.filePath(u"file"_s) : archive.path;
    if (isThere) {
        put(file, "mine");
    }
    if (isLink) {
        QVERIFY(QFile::link(file, archive.path));
    }
    const auto writer = UndoArchiveWriter::create(archive.path, someInfo());
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, ErrorKind::File);
    QCOMPARE(writer.error().subject, archive.path);
    QCOMPARE(QFileInfo::exists(file), isThere);
    QCOMPARE(contentOf(file), QByteArray(isThere ? "mine" : ""));
}

void TestUndoArchive::namesAFolderThatCannotBeWritten()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"none/a.keyundo"_s);
    const auto writer = UndoArchiveWriter::create(path, someInfo());
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, ErrorKind::File);
    QCOMPARE(writer.error().subject, path);
}

void TestUndoArchive::whatIsDurableIsInTheFile()
{
    Written archive;
    const auto records = someRecords(500);
    auto writer = UndoArchiveWriter::create(archive.path, someInfo());
    QVERIFY(writer);
    for (std::size_t at = 0; at < records.size(); at += 50) {
        const auto ticket = (*writer)->append(viewsOf(std::span(records).subspan(at, 50)));
        QVERIFY((*writer)->waitDurable(ticket, {}));
        QVERIFY((*writer)->isDurable(ticket));
        QVERIFY(!(*writer)->isDurable(ticket + 1));
        const auto reader = UndoArchiveReader::open(archive.path); // while it is being written
        QVERIFY(reader);
        QCOMPARE(readAll(**reader).size(), at + 50);
        QVERIFY((*reader)->condition() == (ArchiveCondition{at + 50, 0, false, false}));
    }
    const ArchiveTotals totals = (*writer)->totals();
    QCOMPARE(totals.records, std::uint64_t{500});
    QCOMPARE(totals.syncs, std::uint64_t{11}); // with that of the header
    QCOMPARE(totals.written.value, static_cast<std::uint64_t>(QFileInfo(archive.path).size()));
    QVERIFY(totals.syncTime > 0ns);
}

void TestUndoArchive::isReadableCutAtAnyByte()
{
    Written archive;
    const auto records = someRecords(60, 40);
    archive.write(records, 6);
    const QByteArray whole = contentOf(archive.path);
    const QString cut = archive.folder.filePath(u"cut"_s);
    for (qsizetype length = 0; length < whole.size(); ++length) {
        put(cut, whole.first(length));
        const auto reader = UndoArchiveReader::open(cut);
        const auto wholeFrames = static_cast<std::size_t>(
            std::ranges::count_if(archive.ends, [length](qint64 end) { return end <= length; }));
        if (!reader) { // the header itself is cut, and then nothing had been deleted
            QCOMPARE(reader.error().kind, ErrorKind::File);
            QCOMPARE(wholeFrames, std::size_t{0});
            continue;
        }
        const auto read = readAll(**reader);
        QVERIFY(read.size() >= wholeFrames * 6);
        QVERIFY(std::equal(read.begin(), read.end(), records.begin()));
        const ArchiveCondition& condition = (*reader)->condition();
        QCOMPARE(condition.records, std::uint64_t{read.size()});
        QCOMPARE(condition.damagedFrames, std::uint64_t{0});
        QVERIFY(!condition.isFinished);
        const bool isBetween = length == whole.size() - 36 || length == archive.ends.front()
            || std::ranges::find(archive.ends, length) != archive.ends.end() || read.empty();
        QVERIFY(condition.isCut || isBetween);
    }
}

/// zstd packs 128 KB at a time: what is whole of a cut frame is there.
void TestUndoArchive::aRecordOfACutFrameIsRead()
{
    Written archive;
    const auto records = someRecords(100, 60'000);
    archive.write(records, 100);
    const QByteArray whole = contentOf(archive.path);
    put(archive.path, whole.first(whole.size() / 2));
    const auto reader = UndoArchiveReader::open(archive.path);
    QVERIFY(reader);
    const auto read = readAll(**reader);
    QVERIFY(read.size() > 40);
    QVERIFY(std::equal(read.begin(), read.end(), records.begin()));
    QVERIFY((*reader)->condition() == (ArchiveCondition{read.size(), 0, false, true}));
}

void TestUndoArchive::oneDamagedByteCostsOneFrameAtMost()
{
    Written archive;
    const auto records = someRecords(60, 40);
    archive.write(records, 6);
    const QByteArray whole = contentOf(archive.path);
    const QString damaged = archive.folder.filePath(u"damaged"_s);
    std::mt19937 random(11);
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray content = whole;
        content[at] = static_cast<char>(content[at] ^ static_cast<char>(1 + random() % 255));
        put(damaged, content);
        const auto reader = UndoArchiveReader::open(damaged);
        if (!reader) {
            QVERIFY(at < archive.ends.front());
            continue;
        }
        const auto read = readAll(**reader);
        QVERIFY2(read.size() >= 54, qPrintable(QString::number(at)));
        for (const UndoRecord& record : read) {
            QVERIFY(std::ranges::find(records, record) != records.end());
        }
        const ArchiveCondition& condition = (*reader)->condition();
        QVERIFY2(
            condition.damagedFrames == 1 || condition.isCut || !condition.isFinished, qPrintable(QString::number(at)));
    }
}

void TestUndoArchive::aMissingFrameIsTold()
{
    Written archive;
    const auto records = someRecords(30, 40);
    archive.write(records, 10);
    QByteArray content = contentOf(archive.path);
    content.remove(archive.ends[0], archive.ends[1] - archive.ends[0]);
    put(archive.path, content);
    const auto reader = UndoArchiveReader::open(archive.path);
    QVERIFY(reader);
    QCOMPARE(readAll(**reader).size(), std::size_t{20});
    QVERIFY((*reader)->condition() == (ArchiveCondition{20, 1, true, false}));
}

/// Whoever stores values can't put keys into an archive of ours.
void TestUndoArchive::aValueThatLooksLikeAFrameIsNone()
{
    Written other;
    other.write(someRecords(5, 40), 5);
    Written archive;
    std::vector<UndoRecord> records = someRecords(2, 40);
    records[0].dump = contentOf(other.path).toStdString();
    archive.write(records, 1);
    QByteArray content = contentOf(archive.path);
    const auto begin = content.indexOf("KGF");
    content[begin] = 'x'; // the frame in which it stands is damaged
    put(archive.path, content);
    const auto reader = UndoArchiveReader::open(archive.path);
    QVERIFY(reader);
    QVERIFY(readAll(**reader) == std::vector<UndoRecord>{records[1]});
}

void TestUndoArchive::namesWhatIsNoArchive_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorKind>("kind");
    Written archive;
    archive.write({}, 1);
    QByteArray newer = contentOf(archive.path).first(24);
    newer[8] = 5;
    const std::uint32_t sum = crc32c({newer.constData(), 20});
    for (int at = 0; at < 4; ++at) {
        newer[20 + at] = static_cast<char>(sum >> (8 * at));
    }
    QTest::addRow("empty") << QByteArray() << ErrorKind::File;
    QTest::addRow("some text") << QByteArray("This is no archive, it is only text.") << ErrorKind::File;
    QTest::addRow("a newer version's") << newer << ErrorKind::Unsupported;
}

void TestUndoArchive::namesWhatIsNoArchive()
{
    QFETCH(const QByteArray, content);
    QFETCH(const ErrorKind, kind);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"x"_s);
    put(path, content);
    const auto reader = UndoArchiveReader::open(path);
    QVERIFY(!reader);
    QCOMPARE(reader.error().kind, kind);
    QCOMPARE(reader.error().subject, path);
    QVERIFY(!reader.error().detail.isEmpty());
}

void TestUndoArchive::manyThreadsShareTheSyncs()
{
    Written archive;
    const auto records = someRecords(4000, 100);
    auto writer = UndoArchiveWriter::create(archive.path, someInfo());
    QVERIFY(writer);
    {
        std::vector<std::jthread> threads;
        for (std::size_t thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                for (std::size_t at = thread * 1000; at < (thread + 1) * 1000; at += 50) {
                    const auto ticket = (*writer)->append(viewsOf(std::span(records).subspan(at, 50)));
                    if (!(*writer)->waitDurable(ticket, {})) {
                        return;
                    }
                }
            });
        }
    }
    QVERIFY((*writer)->finish());
    QVERIFY((*writer)->totals().syncs <= 82); // never more than one for each wait
    const auto reader = UndoArchiveReader::open(archive.path);
    QVERIFY(reader);
    auto read = readAll(**reader);
    QCOMPARE(read.size(), records.size());
    const auto byKey = [](const UndoRecord& one, const UndoRecord& other) { return one.key < other.key; };
    std::ranges::sort(read, byKey);
    auto expected = records;
    std::ranges::sort(expected, byKey);
    QVERIFY(read == expected);
}

void TestUndoArchive::aFullDiskFailsEveryWaitFromThenOn()
{
    Written archive;
    const auto records = someRecords(1000, 2000); // random: it does not get smaller
    auto writer = UndoArchiveWriter::create(archive.path, someInfo());
    QVERIFY(writer);
    const auto durable = (*writer)->append(viewsOf(std::span(records).first(100)));
    QVERIFY((*writer)->waitDurable(durable, {}));
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit full = before;
    full.rlim_cur = static_cast<rlim_t>(QFileInfo(archive.path).size()) + 5000;
    ::setrlimit(RLIMIT_FSIZE, &full);
    const auto ticket = (*writer)->append(viewsOf(std::span(records).subspan(100, 800)));
    const Status first = (*writer)->waitDurable(ticket, {});
    ::setrlimit(RLIMIT_FSIZE, &before); // there is room again, and yet there is a hole in it
    QVERIFY(!first);
    QCOMPARE(first.error().kind, ErrorKind::File);
    QCOMPARE(first.error().subject, archive.path);
    QVERIFY(!first.error().detail.isEmpty());
    QVERIFY(!(*writer)->waitDurable(durable, {})); // nothing may be deleted any more
    const auto later = (*writer)->append(viewsOf(std::span(records).subspan(900)));
    QVERIFY(!(*writer)->waitDurable(later, {}));
    QVERIFY(!(*writer)->finish());
    const auto reader = UndoArchiveReader::open(archive.path);
    QVERIFY(reader);
    const auto read = readAll(**reader);
    QVERIFY(read.size() >= 100 && read.size() < 900);
    QVERIFY(std::equal(read.begin(), read.end(), records.begin()));
    QVERIFY((*reader)->condition().isCut);
}

void TestUndoArchive::aWaitEndsWhereItIsStopped()
{
    Written archive;
    auto writer = UndoArchiveWriter::create(archive.path, someInfo());
    QVERIFY(writer);
    std::stop_source stop;
    std::jthread stopping([&stop] { stop.request_stop(); });
    const Status waited = (*writer)->waitDurable(1, stop.get_token()); // of a record that never comes
    QVERIFY(!waited);
    QCOMPARE(waited.error().kind, ErrorKind::Cancelled);
}

void TestUndoArchive::sumsUp()
{
    Written archive;
    const auto records = someRecords(210);
    archive.write(records, 50);
    const auto reader = UndoArchiveReader::open(archive.path);
    QVERIFY(reader);
    const auto summary = summarize(**reader, {});
    QVERIFY(summary);
    QCOMPARE(summary->keys, std::uint64_t{180});
    QCOMPARE(summary->superseding, std::uint64_t{30});
    QCOMPARE(summary->byType.at("hash") + summary->byType.at("string"), std::uint64_t{180});
    QCOMPARE(summary->expiring, std::uint64_t{90});
    QVERIFY(summary->condition == (ArchiveCondition{210, 0, true, false}));
    QCOMPARE(readAll(**reader).size(), std::size_t{210});
}

void TestUndoArchive::aKeyInPartsIsOneRecord_data()
{
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<std::uint32_t>("version");
    QTest::addRow("plain") << QByteArray() << std::uint32_t{3};
    QTest::addRow("sealed") << QByteArray("secret") << std::uint32_t{4};
}

void TestUndoArchive::aKeyInPartsIsOneRecord()
{
    QFETCH(const QByteArray, passphrase);
    QFETCH(const std::uint32_t, version);
    const std::vector<UndoRecord> others = someRecords(2);
    Written archive;
    auto writer = UndoArchiveWriter::create(archive.path, someInfo(), passphrase);
    QVERIFY(writer);
    const auto first = (*writer)->newSet();
    const auto vain = (*writer)->newSet();
    const auto second = (*writer)->newSet();
    give(**writer, others[0].view());
    give(**writer, partView("large", "one", {first, 0}), false);
    give(**writer, partView("other", "uno", {second, 0}), false);
    give(**writer, partView("changed", "in vain", {vain, 0}), false);
    give(**writer, others[1].view()); // a frame of its own
    give(**writer, partView("large", "two", {first, 1}), false);
    give(**writer, partView("changed", "", {vain, 1, false, true}), false);
    give(**writer, partView("other", "dos", {second, 1, true}));
    give(**writer, partView("large", "three", {first, 2, true}));
    QVERIFY((*writer)->finish());

    QCOMPARE(versionOf(archive.path), version);
    const auto reader = UndoArchiveReader::open(archive.path, passphrase);
    QVERIFY(reader);
    QCOMPARE((*reader)->total(), std::uint64_t{4});
    const std::vector<UndoRecord> read = readAll(**reader);
    QCOMPARE(read.size(), std::size_t{4});
    QVERIFY(read[0] == others[0]);
    QVERIFY(read[1] == others[1]);
    QCOMPARE(read[2].key, std::string("other"));
    QCOMPARE(partsOf(**reader, read[2]), std::vector<std::string>({"uno", "dos"}));
    QCOMPARE(read[3].key, std::string("large"));
    QCOMPARE(read[3].type, std::string("hash"));
    QCOMPARE(read[3].database, 3);
    QCOMPARE(read[3].expireAt, std::optional(Milliseconds{4'102'444'800'123}));
    QCOMPARE(read[3].valueBytes(), std::uint64_t{11});
    QVERIFY(read[3].dump.empty());
    QCOMPARE(partsOf(**reader, read[3]), std::vector<std::string>({"one", "two", "three"}));
    QCOMPARE((*reader)->condition().unfinished, std::uint64_t{0});
    QCOMPARE((*reader)->condition().records, std::uint64_t{4});
    QVERIFY((*reader)->condition().isFinished);
}

void TestUndoArchive::onlyKeysInPartsRaiseTheVersion()
{
    Written archive;
    archive.write(someRecords(3), 1);
    QCOMPARE(versionOf(archive.path), 1U);
}

void TestUndoArchive::anUnfinishedKeyIsLeftOut()
{
    Written archive;
    auto writer = UndoArchiveWriter::create(archive.path, someInfo());
    QVERIFY(writer);
    const auto set = (*writer)->newSet();
    give(**writer, partView("large", "one", {set, 0}), false);
    give(**writer, someRecords(1)[0].view());
    archive.ends.push_back(QFileInfo(archive.path).size());
    give(**writer, partView("large", "two", {set, 1, true}));
    archive.ends.push_back(QFileInfo(archive.path).size());
    QVERIFY((*writer)->finish());

    const QByteArray all = contentOf(archive.path);
    const QString cut = archive.folder.filePath(u"cut"_s);
    for (qint64 bytes = archive.ends[0]; bytes < archive.ends[1]; ++bytes) {
        put(cut, all.first(bytes));
        const auto reader = UndoArchiveReader::open(cut);
        QVERIFY(reader);
        const std::vector<UndoRecord> read = readAll(**reader); // the last part may be whole though its frame is not
        QVERIFY(read.size() == 1 || (read.size() == 2 && bytes > archive.ends[1] - 16));
        QVERIFY(read.front() == someRecords(1).front());
        QCOMPARE((*reader)->condition().unfinished, std::uint64_t{2} - read.size());
    }
    const auto whole = UndoArchiveReader::open(archive.path);
    QVERIFY(whole);
    QCOMPARE(readAll(**whole).size(), std::size_t{2});
    QCOMPARE((*whole)->condition().unfinished, std::uint64_t{0});
}

void TestUndoArchive::aDamagedPartCostsItsKey()
{
    Written archive;
    auto writer = UndoArchiveWriter::create(archive.path, someInfo());
    QVERIFY(writer);
    const auto set = (*writer)->newSet();
    const std::vector<UndoRecord> others = someRecords(3);
    for (std::uint32_t number = 0; number < 3; ++number) {
        give(**writer, partView("large", "bytes", {set, number, number == 2}), false);
        give(**writer, others[number].view());
        archive.ends.push_back(QFileInfo(archive.path).size());
    }
    QVERIFY((*writer)->finish());

    QByteArray content = contentOf(archive.path);
    const auto before = static_cast<qsizetype>(archive.ends[0]); // the second frame's header: all of it is lost
    content[before + 12] = static_cast<char>(content[before + 12] ^ 1);
    put(archive.path, content);
    const auto reader = UndoArchiveReader::open(archive.path);
    QVERIFY(reader);
    const std::vector<UndoRecord> left{others[0], others[2]};
    QCOMPARE(readAll(**reader), left);
    QCOMPARE((*reader)->condition().damagedFrames, std::uint64_t{1});
}

QTEST_GUILESS_MAIN(TestUndoArchive)
#include "tst_undoarchive.moc"
