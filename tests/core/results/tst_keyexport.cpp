// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyroot.h"
#include "core/results/keyexport.h"
#include "tests/core/results/keysets.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(keyglass::KeyFormat)
Q_DECLARE_METATYPE(keyglass::KeyOrder)

class TestKeyExport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesEveryFormat_data();
    void writesEveryFormat();
    void keysOfSeveralDatabasesSayWhichOne_data();
    void keysOfSeveralDatabasesSayWhichOne();
    void linesAreReadBackByteForByte();
    void jsonSaysWhatTheCommandLineSays();
    void leavesWhatWasThereWhereItDoesNotComeToItsEnd_data();
    void leavesWhatWasThereWhereItDoesNotComeToItsEnd();
    void namesAFolderThatIsNotThere();
};

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TestKeyExport::writesEveryFormat_data()
{
    QTest::addColumn<KeyFormat>("format");
    QTest::addColumn<KeyOrder>("order");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* name, KeyFormat format, KeyOrder order, const char* expected) {
        QTest::addRow("%s", name) << format << order << QByteArray(expected);
    };
    constexpr auto up = KeyOrder::Ascending;
    add("lines", KeyFormat::Lines, up, "a b,\"c\"\nline\\nbreak\nplain\n\\xFF\\\\\n");
    add("lines, from the last", KeyFormat::Lines, KeyOrder::Descending, "\\xFF\\\\\nplain\nline\\nbreak\na b,\"c\"\n");
    add("JSON lines", KeyFormat::JsonLines, up,
        "\"a b,\\\"c\\\"\"\n\"line\\nbreak\"\n\"plain\"\n{\"base64\": \"/1w=\"}\n");
    add("CSV", KeyFormat::Csv, up, "key\r\n\"a b,\"\"c\"\"\"\r\nline\\nbreak\r\nplain\r\n\\xFF\\\\\r\n");
}

void TestKeyExport::writesEveryFormat()
{
    QFETCH(const KeyFormat, format);
    QFETCH(const KeyOrder, order);
    QFETCH(const QByteArray, expected);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"keys.txt"_s);
    const KeyChoice keys{snapshotOf({"plain", "line\nbreak", "\xFF\\", "a b,\"c\""})};
    QVERIFY(exportKeys(keys, {}, {path, format, order}, {}, goOn));
    QCOMPARE(contentOf(path), expected);
}

void TestKeyExport::keysOfSeveralDatabasesSayWhichOne_data()
{
    QTest::addColumn<KeyFormat>("format");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("lines") << KeyFormat::Lines << QByteArray("0\ta\\tb\n3\t\\xFF\n");
    QTest::addRow("JSON lines") << KeyFormat::JsonLines
                                << QByteArray("{\"database\": 0, \"key\": \"a\\tb\"}\n"
                                              "{\"database\": 3, \"key\": {\"base64\": \"/w==\"}}\n");
    QTest::addRow("CSV") << KeyFormat::Csv << QByteArray("database,key\r\n0,a\\tb\r\n3,\\xFF\r\n");
}

void TestKeyExport::keysOfSeveralDatabasesSayWhichOne()
{
    QFETCH(const KeyFormat, format);
    QFETCH(const QByteArray, expected);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"keys.txt"_s);
    ResultSetInfo about;
    about.databases = {0, 3};
    const KeyChoice keys{snapshotOf({rootOf(0) + "a\tb", rootOf(3) + "\xFF"})};
    QVERIFY(exportKeys(keys, about, {path, format}, {}, goOn));
    QCOMPARE(contentOf(path), expected);
}

void TestKeyExport::linesAreReadBackByteForByte()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"keys.txt"_s);
    std::set<std::string> truth = someKeys(60'000); // more than one block, and than one word of progress
    for (int byte = 0; byte < 256; ++byte) {
        truth.insert("byte " + std::string(1, static_cast<char>(byte)));
    }
    std::uint64_t told = 0;
    QVERIFY(exportKeys(KeyChoice{snapshotOf(truth)}, {}, {path}, {}, [&](std::uint64_t keys) {
        told = keys;
        return true;
    }));
    QVERIFY(told > 30'000);
    std::set<std::string> found;
    for (const QByteArray& line : contentOf(path).split('\n')) {
        if (!line.isEmpty()) {
            const auto key = unescapeLine({line.constData(), static_cast<std::size_t>(line.size())});
            QVERIFY(key);
            found.insert(*key);
        }
    }
    QVERIFY(found == truth);
}

void TestKeyExport::jsonSaysWhatTheCommandLineSays()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"keys.json"_s);
    ResultSetInfo about;
    about.pattern = u"user:"_s;
    about.isTruncated = true;
    about.partialNodes = QStringList{u"10.0.0.7:7001"_s};
    about.taken = QDateTime::fromString(u"2026-05-03T10:11:12.000Z"_s, Qt::ISODateWithMs);
    QVERIFY(exportKeys(KeyChoice{snapshotOf({"user:1", "user:\xFE"})}, about, {path, KeyFormat::Json}, {}, goOn));
    const QJsonObject said = QJsonDocument::fromJson(contentOf(path)).object();
    QCOMPARE(said[u"pattern"_s].toString(), u"user:"_s);
    QCOMPARE(said[u"count"_s].toInt(), 2);
    QCOMPARE(said[u"truncated"_s].toBool(), true);
    QCOMPARE(said[u"partial_nodes"_s].toArray(), QJsonArray{u"10.0.0.7:7001"_s});
    QCOMPARE(said[u"timestamp"_s].toString(), u"2026-05-03T10:11:12.000Z"_s);
    const QJsonArray keys = said[u"keys"_s].toArray();
    QCOMPARE(keys.size(), 2);
    QCOMPARE(keys[0].toString(), u"user:1"_s);
    QCOMPARE(keys[1].toObject()[u"base64"_s].toString(), u"dXNlcjr+"_s);
    QVERIFY(exportKeys(KeyChoice{snapshotOf({})}, {}, {path, KeyFormat::Json}, {}, goOn));
    const QJsonObject none = QJsonDocument::fromJson(contentOf(path)).object();
    QCOMPARE(none[u"pattern"_s].toString(), u"*"_s);
    QVERIFY(none[u"keys"_s].toArray().isEmpty() && none[u"keys"_s].isArray());
}

void TestKeyExport::leavesWhatWasThereWhereItDoesNotComeToItsEnd_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::addRow("stopped before it begins") << true;
    QTest::addRow("told to end on the way") << false;
}

void TestKeyExport::leavesWhatWasThereWhereItDoesNotComeToItsEnd()
{
    QFETCH(const bool, isStopped);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"keys.txt"_s);
    QVERIFY(exportKeys(KeyChoice{snapshotOf({"before"})}, {}, {path}, {}, goOn));
    std::stop_source stop;
    if (isStopped) {
        stop.request_stop();
    }
    const Status status = exportKeys(
        KeyChoice{snapshotOf(someKeys(60'000))}, {}, {path}, stop.get_token(), [](std::uint64_t) { return false; });
    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::Cancelled);
    QCOMPARE(contentOf(path), QByteArray("before\n"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1); // nothing half done beside it
}

void TestKeyExport::namesAFolderThatIsNotThere()
{
    const QString path = u"/nowhere/keys.txt"_s;
    const Status status = exportKeys(KeyChoice{snapshotOf({"a"})}, {}, {path}, {}, goOn);
    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::File);
    QCOMPARE(status.error().subject, path);
}

QTEST_GUILESS_MAIN(TestKeyExport)
#include "tst_keyexport.moc"
