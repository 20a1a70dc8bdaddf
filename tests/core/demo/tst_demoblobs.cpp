// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoblobs.h"

#include <QObject>
#include <QProcess>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

/// What is written here is read by programs that know nothing of us.
class TestDemoBlobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gzipReadsIt_data();
    void gzipReadsIt();
    void zlibHasItsHeader();
    void pngHasTheRightChecksums();
};

void TestDemoBlobs::gzipReadsIt_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("short") << QByteArray("hello");
    QTest::addRow("every byte value, often") << [] {
        QByteArray bytes;
        for (int i = 0; i < 100'000; ++i) {
            bytes += static_cast<char>(i * i);
        }
        return bytes;
    }();
}

void TestDemoBlobs::gzipReadsIt()
{
    QFETCH(QByteArray, bytes);
    QProcess gzip;
    gzip.start(u"gzip"_s, {u"-dc"_s});
    const std::string packed = gzipOf(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    gzip.write(packed.data(), static_cast<qint64>(packed.size()));
    gzip.closeWriteChannel();
    QVERIFY(gzip.waitForFinished());
    QCOMPARE(gzip.readAllStandardError(), QByteArray());
    QCOMPARE(gzip.exitCode(), 0);
    QVERIFY(gzip.readAllStandardOutput() == bytes);
}

void TestDemoBlobs::zlibHasItsHeader()
{
    const std::string packed = zlibOf("hello");
    QCOMPARE(packed.front(), '\x78');
    QCOMPARE((static_cast<unsigned char>(packed[0]) * 256 + static_cast<unsigned char>(packed[1])) % 31, 0);
}

void TestDemoBlobs::pngHasTheRightChecksums()
{
    const std::string png = pngOf(48, 90);
    QCOMPARE(png.substr(0, 8), std::string("\x89PNG\r\n\x1a\n"));
    // The end chunk is the same in every PNG file there is.
    QCOMPARE(png.substr(png.size() - 12), std::string("\0\0\0\0IEND\xae\x42\x60\x82", 12));
}

QTEST_APPLESS_MAIN(TestDemoBlobs)
#include "tst_demoblobs.moc"
