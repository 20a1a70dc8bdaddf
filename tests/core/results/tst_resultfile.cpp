// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/resultfile.h"
#include "tests/core/results/keysets.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestResultFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsBackWhatWasWritten_data();
    void readsBackWhatWasWritten();
    void saysWhatItIs();
    void onlyItsUserCanReadIt();
    void namesAFileThatIsCutOff_data();
    void namesAFileThatIsCutOff();
    void namesAFileThatIsDamaged();
    void namesAFileOfAnotherVersion();
    void anythingMayStandInIt();
    void leavesNothingWhereItIsStopped();
    void readingEndsWhereItIsStopped_data();
    void readingEndsWhereItIsStopped();
    void keepsToTheMemoryAllowed();
    void takesAnotherName();
    void namesAFolderThatCannotBeWritten();
};

namespace {

constexpr ByteCount plenty{1ULL << 40U};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

ResultSetInfo someInfo()
{
    ResultSetInfo info;
    info.name = u"Stale sessions äö"_s;
    info.profileId = u"id-7"_s;
    info.profileName = u"shop"_s;
    info.databases = {3, 5};
    info.pattern = u"session:\\xFF"_s;
    info.patternKind = u"prefix"_s;
    info.type = u"hash"_s;
    info.conditions = u"no TTL"_s;
    info.find = u"old"_s;
    info.isSelection = true;
    info.isTruncated = true;
    info.partialNodes = QStringList{u"10.0.0.7:7001"_s, u"10.0.0.8:7001"_s};
    info.taken = QDateTime::fromString(u"2026-05-03T10:11:12.345Z"_s, Qt::ISODateWithMs);
    return info;
}

/// A file with some thousand keys, in a folder of its own.
struct Written {
    Written() { path = folder.filePath(u"set.keyset"_s); }
    void write(const std::set<std::string>& keys)
    {
        info = writeResultFile(path, someInfo(), KeyChoice{snapshotOf(keys)}, {}, goOn);
        QVERIFY(info);
    }
    [[nodiscard]] auto read() const { return readResultKeys(path, plenty, {}, goOn); }

    QTemporaryDir folder;
    QString path;
    Result<ResultSetInfo> info;
};

} // namespace

void TestResultFile::readsBackWhatWasWritten_data()
{
    QTest::addColumn<std::set<std::string>>("keys");
    QTest::addRow("no key") << std::set<std::string>{};
    QTest::addRow("the empty key alone") << std::set<std::string>{""};
    QTest::addRow("the empty key and others") << std::set<std::string>{"", std::string(1, '\0'), "a", "ab", "b"};
    QTest::addRow("bytes that are no text") << std::set<std::string>{"\xFF", "\xFF\xFF", "\x80\n", "\n"};
    QTest::addRow("many") << someKeys(200'000);
    std::set<std::string> longKeys;
    for (char c = 'a'; c < 'f'; ++c) {
        std::string key(std::size_t{5} * 1024 * 1024, c);
        longKeys.insert(key);
        key.append("more");
        longKeys.insert(std::move(key));
    }
    QTest::addRow("keys of megabytes") << longKeys;
}

void TestResultFile::readsBackWhatWasWritten()
{
    QFETCH(const std::set<std::string>, keys);
    Written set;
    set.write(keys);
    QCOMPARE(set.info->keys, std::uint64_t{keys.size()});
    const auto read = set.read();
    QVERIFY(read);
    QCOMPARE((*read)->keyCount(), std::uint64_t{keys.size()});
    QCOMPARE((*read)->runCount() <= 1, true); // as small as it gets
    QVERIFY(keysOf(KeyChoice{*read}) == std::vector<std::string>(keys.begin(), keys.end()));
}

void TestResultFile::saysWhatItIs()
{
    Written set;
    set.write(someKeys(5000));
    ResultSetInfo expected = someInfo();
    expected.file = u"set.keyset"_s;
    expected.keys = 5000;
    expected.size = ByteCount{static_cast<std::uint64_t>(QFileInfo(set.path).size())};
    QVERIFY(*set.info == expected);
    const auto read = readResultInfo(set.path);
    QVERIFY(read && *read == expected);
    QVERIFY(expected.size.value < 5000 * 10); // it is compressed
}

void TestResultFile::onlyItsUserCanReadIt()
{
    Written set;
    set.write({"a"});
    constexpr auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFile::permissions(set.path) & others, QFile::Permissions());
    QVERIFY(renameResultFile(set.path, u"b"_s, {}));
    QCOMPARE(QFile::permissions(set.path) & others, QFile::Permissions());
}

void TestResultFile::namesAFileThatIsCutOff_data()
{
    QTest::addColumn<double>("share");
    QTest::addRow("all of it") << 0.0;
    QTest::addRow("in the middle of the fixed bytes") << 0.0001;
    QTest::addRow("in the middle of the text") << 0.01;
    QTest::addRow("half of the keys") << 0.5;
    QTest::addRow("nearly nothing") << 0.999;
}

void TestResultFile::namesAFileThatIsCutOff()
{
    QFETCH(const double, share);
    Written set;
    set.write(someKeys(20'000));
    const QByteArray whole = contentOf(set.path);
    put(set.path, whole.left(static_cast<qsizetype>(static_cast<double>(whole.size()) * share)));
    for (const bool keysToo : {false, true}) {
        const Error error = keysToo ? set.read().error() : readResultInfo(set.path).error();
        QCOMPARE(error.kind, ErrorKind::File);
        QCOMPARE(error.subject, set.path);
        QVERIFY2(error.detail.contains(u"cut off"_s), qPrintable(error.detail));
    }
}

void TestResultFile::namesAFileThatIsDamaged()
{
    Written set;
    set.write(someKeys(5000));
    const QByteArray whole = contentOf(set.path);
    for (qsizetype at = 0; at < whole.size(); at += at < 1000 ? 7 : 301) {
        QByteArray damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        put(set.path, damaged);
        const auto read = set.read();
        QVERIFY2(!read, qPrintable(QString::number(at)));
        QCOMPARE(read.error().subject, set.path);
        QVERIFY(read.error().kind == ErrorKind::File || read.error().kind == ErrorKind::Unsupported);
        QVERIFY(!read.error().detail.isEmpty());
    }
    put(set.path, whole + "more");
    QVERIFY(!set.read());
    put(set.path, whole);
    QVERIFY(set.read());
}

void TestResultFile::namesAFileOfAnotherVersion()
{
    Written set;
    set.write({"a"});
    QByteArray newer = contentOf(set.path);
    newer[8] = 2;
    put(set.path, newer);
    QCOMPARE(readResultInfo(set.path).error().kind, ErrorKind::Unsupported);
}

void TestResultFile::anythingMayStandInIt()
{
    Written set;
    set.write(someKeys(300));
    const QByteArray whole = contentOf(set.path);
    const unsigned seed = std::random_device()();
    std::mt19937 random(seed);
    for (int round = 0; round < 500; ++round) {
        QByteArray bytes = whole;
        for (unsigned edits = random() % 4 + 1; edits > 0; --edits) {
            const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(bytes.size()));
            if (random() % 3 == 0) {
                bytes.remove(at, random() % 20);
            } else {
                bytes[at] = static_cast<char>(random());
            }
        }
        put(set.path, bytes);
        const auto read = set.read();
        QVERIFY2(!read || bytes == whole, qPrintable(u"seed %1, round %2"_s.arg(seed).arg(round)));
    }
}

void TestResultFile::leavesNothingWhereItIsStopped()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"set.keyset"_s);
    std::uint64_t told = 0;
    const auto written =
        writeResultFile(path, someInfo(), KeyChoice{snapshotOf(someKeys(100'000))}, {}, [&](std::uint64_t keys) {
            told = keys;
            return keys < 40'000;
        });
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Cancelled);
    QVERIFY(told >= 40'000 && told < 100'000);
    QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
}

void TestResultFile::readingEndsWhereItIsStopped_data()
{
    QTest::addColumn<bool>("byToken");
    QTest::addRow("by the token") << true;
    QTest::addRow("by who is told how far it is") << false;
}

void TestResultFile::readingEndsWhereItIsStopped()
{
    QFETCH(const bool, byToken);
    Written set;
    set.write(someKeys(100'000));
    std::stop_source stop;
    const auto read = readResultKeys(set.path, plenty, stop.get_token(), [&](std::uint64_t) {
        stop.request_stop();
        return byToken;
    });
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Cancelled);
}

void TestResultFile::keepsToTheMemoryAllowed()
{
    Written set;
    set.write(someKeys(300'000));
    const auto read = readResultKeys(set.path, ByteCount{200'000}, {}, goOn);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Limit);
    QVERIFY(read.error().subject.contains(someInfo().name));
}

void TestResultFile::takesAnotherName()
{
    Written set;
    const auto keys = someKeys(50'000);
    set.write(keys);
    const QString name = u"a much longer name than the one it had before, with \"quotes\" and 🔑"_s;
    const auto renamed = renameResultFile(set.path, name, {});
    QVERIFY(renamed);
    ResultSetInfo expected = *set.info;
    expected.name = name;
    expected.size = renamed->size;
    QVERIFY(*renamed == expected);
    const auto read = set.read();
    QVERIFY(read && keysOf(KeyChoice{*read}) == std::vector<std::string>(keys.begin(), keys.end()));
    QCOMPARE(QDir(set.folder.path()).entryList(QDir::Files).size(), 1);
}

void TestResultFile::namesAFolderThatCannotBeWritten()
{
    const QString path = u"/nowhere/set.keyset"_s;
    const auto written = writeResultFile(path, someInfo(), KeyChoice{snapshotOf({"a"})}, {}, goOn);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::File);
    QCOMPARE(written.error().subject, path);
    QCOMPARE(readResultInfo(path).error().subject, path);
}

QTEST_GUILESS_MAIN(TestResultFile)
#include "tst_resultfile.moc"
