// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that is full, as a limit on the size of files: what does not fit is told, and nothing takes the place of what
// was there.
#include "core/base/filewriting.h"
#include "tests/servers/fulldisk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// `pieces` times `size` bytes, and the file's name.
Status written(QSaveFile& file, int pieces, int size)
{
    for (int piece = 0; piece + 1 < pieces; ++piece) {
        if (Status done = writeWhole(file, QByteArray(size, 'x')); !done) {
            return done;
        }
    }
    return saveWhole(file, QByteArray(size, 'x'));
}

} // namespace

class TestFileWriting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatDoesNotFitIsTold_data();
    void whatDoesNotFitIsTold();
    void whatFitsIsWritten();
    void unbufferedFilesTellWhyToo();
    void heldBytesThatDoNotFitAreTold();
};

void TestFileWriting::whatDoesNotFitIsTold_data()
{
    QTest::addColumn<int>("pieces");
    QTest::addColumn<int>("size");
    QTest::addRow("the end, which is held back until the file gets its name") << 450 << 100;
    QTest::addRow("in the middle of many small pieces") << 1000 << 100;
    QTest::addRow("a part of one large piece, the rest of it small enough to be held back") << 1 << 45'000;
    QTest::addRow("a part of one large piece") << 1 << 1'000'000;
    QTest::addRow("pieces as large as what is held back") << 3 << 16'384;
}

void TestFileWriting::whatDoesNotFitIsTold()
{
    QFETCH(const int, pieces);
    QFETCH(const int, size);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"file"_s);
    QFile before(path);
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("what was there") > 0);
    before.close();
    Status done = ok();
    {
        QSaveFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const FullDisk full(40'000);
        done = written(file, pieces, size);
    }
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::File);
    QCOMPARE(done.error().subject, path);
    QCOMPARE(done.error().detail, FullDisk::reason());
    QVERIFY(before.open(QIODevice::ReadOnly));
    QCOMPARE(before.readAll(), QByteArray("what was there"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"file"_s});
}

void TestFileWriting::whatFitsIsWritten()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"file"_s);
    QSaveFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const FullDisk full(40'000);
    QVERIFY(written(file, 400, 100));
    QCOMPARE(QFileInfo(path).size(), 40'000);
}

void TestFileWriting::unbufferedFilesTellWhyToo()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    const FullDisk full(40'000);
    const Status done = writeWhole(file, QByteArray(45'000, 'x'));
    QVERIFY(!done);
    QCOMPARE(done.error().detail, FullDisk::reason());
}

void TestFileWriting::heldBytesThatDoNotFitAreTold()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const FullDisk full(50);
    QVERIFY(writeWhole(file, QByteArray(100, 'x'))); // held by Qt
    const Status done = flushWhole(file);
    QVERIFY(!done);
    QCOMPARE(done.error().detail, FullDisk::reason());
}

QTEST_GUILESS_MAIN(TestFileWriting)
#include "tst_filewriting.moc"
