// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errortext.h"
#include "core/base/redact.h"

#include <QObject>
#include <QTest>

using namespace keyglass;

class TestRedact : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hidesSecrets_data();
    void hidesSecrets();
    void keepsTheInnerSubject();
};

void TestRedact::hidesSecrets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addRow("URI") << QStringLiteral("redis://bob:S3cret@host:1/0");
    QTest::addRow("URI without user") << QStringLiteral("rediss://:S3cret@host");
    QTest::addRow("AUTH") << QStringLiteral("AUTH S3cret");
    QTest::addRow("auth with user") << QStringLiteral("auth bob S3cret");
    QTest::addRow("HELLO") << QStringLiteral("HELLO 2 AUTH bob S3cret");
    QTest::addRow("CONFIG SET") << QStringLiteral("CONFIG SET requirepass S3cret");
    QTest::addRow("ACL SETUSER") << QStringLiteral("ACL SETUSER bob on >S3cret ~*");
}

void TestRedact::hidesSecrets()
{
    QFETCH(QString, text);
    QVERIFY2(!redacted(text).contains(QStringLiteral("S3cret")), qPrintable(redacted(text)));
}

void TestRedact::keepsTheInnerSubject()
{
    const Error error =
        Error{ErrorKind::Timeout, QStringLiteral("10.0.0.7:1"), QStringLiteral("no answer for 5 s")}.about(
            QStringLiteral("key user:7"));
    QCOMPARE(error.subject, QStringLiteral("key user:7"));
    QVERIFY(errorText(error).contains(QStringLiteral("10.0.0.7:1")));
    QVERIFY(errorText(error).contains(QStringLiteral("no answer for 5 s")));
}

QTEST_APPLESS_MAIN(TestRedact)
#include "tst_redact.moc"
