// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errortext.h"
#include "core/profile/jsonfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

class TestJsonFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsEmptyWithoutAFile();
    void keepsWhatWasChanged();
    void isReadableByItsUserOnly();
    void setsADamagedFileAside_data();
    void setsADamagedFileAside();
    void setsTwoDamagedFilesAside();
    void keepsWhatAnotherProcessWrote();
    void outlivesDamageWhileRunning();
    void outlivesItsFileBeingDeleted();
    void worksInMemoryWhereTheFolderCantBeMade();
    void writesWhatItCouldNotWriteBefore();
};

namespace {

JsonFile::Change set(const QString& name, int value)
{
    return [name, value](QJsonObject& content) { content[name] = value; };
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QStringList setAsideIn(const QTemporaryDir& folder)
{
    return QDir(folder.path()).entryList({u"*.damaged-*"_s}, QDir::Files, QDir::Name);
}

} // namespace

void TestJsonFile::startsEmptyWithoutAFile()
{
    const QTemporaryDir folder;
    JsonFile file(folder.filePath(u"a.json"_s));
    QVERIFY(file.load());
    QVERIFY(file.content().isEmpty());
}

void TestJsonFile::keepsWhatWasChanged()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"deep/er/a.json"_s);
    JsonFile file(path);
    QVERIFY(file.load());
    QVERIFY(file.change(set(u"a"_s, 1)));
    QVERIFY(file.change(set(u"b"_s, 2)));
    JsonFile again(path);
    QVERIFY(again.load());
    QCOMPARE(again.content(), (QJsonObject{{u"a"_s, 1}, {u"b"_s, 2}}));
}

void TestJsonFile::isReadableByItsUserOnly()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"new/a.json"_s);
    JsonFile file(path);
    QVERIFY(file.change(set(u"a"_s, 1)));
    constexpr auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFileInfo(path).permissions() & others, QFile::Permissions());
    QCOMPARE(QFileInfo(folder.filePath(u"new"_s)).permissions() & others, QFile::Permissions());
}

void TestJsonFile::setsADamagedFileAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("cut") << QByteArray(R"({"a": [1, 2)");
    QTest::addRow("empty") << QByteArray();
    QTest::addRow("not JSON") << QByteArray("\x7f"
                                            "ELF\0\1",
        6);
    QTest::addRow("JSON, but no object") << QByteArray("[1, 2]");
}

void TestJsonFile::setsADamagedFileAside()
{
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.json"_s);
    write(path, bytes);
    JsonFile file(path);
    const Status loaded = file.load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, ErrorKind::File);
    const QStringList aside = setAsideIn(folder);
    QCOMPARE(aside.size(), 1);
    QCOMPARE(bytesOf(folder.filePath(aside.first())), bytes);
    QVERIFY2(errorText(loaded.error()).contains(aside.first()), qPrintable(errorText(loaded.error())));
    QVERIFY(file.change(set(u"a"_s, 1)));
    QCOMPARE(bytesOf(folder.filePath(aside.first())), bytes);
}

void TestJsonFile::setsTwoDamagedFilesAside()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.json"_s);
    for (const char* bytes : {"first", "second"}) {
        write(path, bytes);
        QVERIFY(!JsonFile(path).load());
    }
    QCOMPARE(setAsideIn(folder).size(), 2);
}

void TestJsonFile::keepsWhatAnotherProcessWrote()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.json"_s);
    JsonFile mine(path);
    JsonFile other(path);
    QVERIFY(mine.load());
    QVERIFY(other.load());
    QVERIFY(other.change(set(u"other"_s, 1)));
    QVERIFY(mine.change(set(u"mine"_s, 2)));
    QCOMPARE(mine.content(), (QJsonObject{{u"mine"_s, 2}, {u"other"_s, 1}}));
    QVERIFY(other.load());
    QCOMPARE(other.content(), mine.content());
}

void TestJsonFile::outlivesDamageWhileRunning()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.json"_s);
    JsonFile file(path);
    QVERIFY(file.change(set(u"a"_s, 1)));
    write(path, "{");
    QVERIFY(file.change(set(u"b"_s, 2)));
    QCOMPARE(setAsideIn(folder).size(), 1);
    JsonFile again(path);
    QVERIFY(again.load());
    QCOMPARE(again.content(), (QJsonObject{{u"a"_s, 1}, {u"b"_s, 2}}));
}

void TestJsonFile::outlivesItsFileBeingDeleted()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.json"_s);
    JsonFile file(path);
    QVERIFY(file.change(set(u"a"_s, 1)));
    QVERIFY(QFile::remove(path));
    QVERIFY(file.change(set(u"b"_s, 2)));
    JsonFile again(path);
    QVERIFY(again.load());
    QCOMPARE(again.content(), (QJsonObject{{u"a"_s, 1}, {u"b"_s, 2}}));
}

void TestJsonFile::worksInMemoryWhereTheFolderCantBeMade()
{
    const QTemporaryDir folder;
    const QString inTheWay = folder.filePath(u"file"_s);
    write(inTheWay, "no folder");
    JsonFile file(inTheWay + u"/keyglass/a.json"_s);
    QVERIFY(file.load());
    const Status changed = file.change(set(u"a"_s, 1));
    QVERIFY(!changed);
    QCOMPARE(changed.error().kind, ErrorKind::File);
    QCOMPARE(file.content(), (QJsonObject{{u"a"_s, 1}}));
}

void TestJsonFile::writesWhatItCouldNotWriteBefore()
{
    const QTemporaryDir folder;
    const QString inTheWay = folder.filePath(u"keyglass"_s);
    const QString path = inTheWay + u"/a.json"_s;
    write(inTheWay, "no folder");
    JsonFile file(path);
    QVERIFY(!file.change(set(u"a"_s, 1)));
    QVERIFY(QFile::remove(inTheWay));
    JsonFile other(path);
    QVERIFY(other.change(set(u"other"_s, 3)));
    QVERIFY(file.change(set(u"b"_s, 2)));
    JsonFile again(path);
    QVERIFY(again.load());
    QCOMPARE(again.content(), (QJsonObject{{u"a"_s, 1}, {u"b"_s, 2}, {u"other"_s, 3}}));
}

QTEST_APPLESS_MAIN(TestJsonFile)
#include "tst_jsonfile.moc"
