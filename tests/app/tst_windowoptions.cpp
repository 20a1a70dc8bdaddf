// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowoptions.h"

#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

class TestWindowOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatToOpen();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();
    void neverRepeatsAPassword();
    void leavesQtsOptionsToQt();
};

void TestWindowOptions::readsWhatToOpen()
{
    const auto none = parseWindowOptions({});
    QVERIFY(none && !none->opensSomething());
    const auto profile = parseWindowOptions({u"--profile"_s, u"shop"_s, u"--config-dir=/tmp/x"_s});
    QVERIFY(profile && profile->opensSomething());
    QCOMPARE(profile->profile, u"shop"_s);
    QCOMPARE(profile->configDir, u"/tmp/x"_s);
    const auto uri = parseWindowOptions({u"--uri=redis://h?a=b"_s, u"--password-stdin"_s});
    QVERIFY(uri && uri->passwordStdin);
    QCOMPARE(uri->uri, u"redis://h?a=b"_s);
    const auto demo = parseWindowOptions({u"--demo"_s});
    QVERIFY(demo && demo->demo && demo->opensSomething());
}

void TestWindowOptions::refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addRow("unknown option") << QStringList{u"--frobnicate"_s};
    QTest::addRow("unknown option with a value") << QStringList{u"--frobnicate=1"_s};
    QTest::addRow("stray word") << QStringList{u"--demo"_s, u"shop"_s};
    QTest::addRow("value missing") << QStringList{u"--uri"_s};
    QTest::addRow("value empty") << QStringList{u"--profile="_s};
    QTest::addRow("two targets") << QStringList{u"--demo"_s, u"--uri"_s, u"redis://h"_s};
    QTest::addRow("a switch with a value") << QStringList{u"--demo=1"_s};
    QTest::addRow("a password for nothing") << QStringList{u"--password-stdin"_s};
}

void TestWindowOptions::refusesWhatItDoesNotKnow()
{
    QFETCH(QStringList, arguments);
    const auto options = parseWindowOptions(arguments);
    QVERIFY(!options);
    QCOMPARE(options.error().kind, ErrorKind::Input);
    QVERIFY(!options.error().subject.isEmpty());
}

void TestWindowOptions::neverRepeatsAPassword()
{
    for (const QStringList& arguments : {QStringList{u"redis://:s3cret@h"_s}, QStringList{u"--url=redis://:s3cret@h"_s},
             QStringList{u"--demo"_s, u"--uri"_s, u"redis://:s3cret@h"_s}}) {
        const auto options = parseWindowOptions(arguments);
        QVERIFY(!options);
        QVERIFY(!options.error().subject.contains(u"s3cret"_s) && !options.error().detail.contains(u"s3cret"_s));
    }
}

void TestWindowOptions::leavesQtsOptionsToQt()
{
    const auto options = parseWindowOptions({u"-platform"_s, u"offscreen"_s, u"--style"_s, u"fusion"_s, u"--demo"_s});
    QVERIFY(options && options->demo);
}

QTEST_GUILESS_MAIN(TestWindowOptions)
#include "tst_windowoptions.moc"
