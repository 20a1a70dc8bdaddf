// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/globmatch.h"

#include <QObject>
#include <QTest>

using namespace keyglass;

class TestGlobMatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fitsAsOnTheServer_data();
    void fitsAsOnTheServer();
    void manyStarsTakeNoTime();
};

void TestGlobMatch::fitsAsOnTheServer_data()
{
    QTest::addColumn<QByteArray>("glob");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char* glob, const QByteArray& bytes, bool fits) {
        QTest::addRow("%s %s %s", glob, fits ? "fits" : "does not fit", bytes.toPercentEncoding().constData())
            << QByteArray(glob) << bytes << fits;
    };
    row("", "", true);
    row("", "a", false);
    row("*", "", true);
    row("*", QByteArray("\0\xFF\n", 3), true);
    row("session:*", "session:1", true);
    row("session:*", "session:", true);
    row("session:*", "sessions:1", false);
    row("*:profile", "user:1:profile", true);
    row("*:profile", "user:1:profile:2", false);
    row("user:*:p*e", "user:1:pipe", true);
    row("u?er", "user", true);
    row("u?er", "uer", false);
    row("[a-c]x", "bx", true);
    row("[c-a]x", "bx", true);
    row("[a-c]x", "dx", false);
    row("[^a-c]x", "dx", true);
    row("[^a-c]x", "ax", false);
    row("[\\]]x", "]x", true);
    row("a\\*b", "a*b", true);
    row("a\\*b", "axb", false);
    row("a\\", "a\\", true);
    row("[a", "a", true);
}

void TestGlobMatch::fitsAsOnTheServer()
{
    QFETCH(const QByteArray, glob);
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, fits);
    QCOMPARE(matchesGlob(glob.toStdString(), bytes.toStdString()), fits);
}

void TestGlobMatch::manyStarsTakeNoTime()
{
    std::string glob;
    for (int star = 0; star < 100; ++star) {
        glob += "*a";
    }
    QVERIFY(!matchesGlob(glob + "b", std::string(20'000, 'a')));
}

QTEST_GUILESS_MAIN(TestGlobMatch)
#include "tst_globmatch.moc"
