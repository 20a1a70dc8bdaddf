// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hostport.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

class TestHostPort : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesAddressesApart_data();
    void takesAddressesApart();
};

void TestHostPort::takesAddressesApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host"); // empty: it is none
    QTest::addColumn<int>("port");
    QTest::addRow("host") << u"h"_s << u"h"_s << 0;
    QTest::addRow("host and port") << u"h:7"_s << u"h"_s << 7;
    QTest::addRow("IPv6") << u"::1"_s << u"::1"_s << 0;
    QTest::addRow("IPv6 in brackets") << u"[::1]"_s << u"::1"_s << 0;
    QTest::addRow("IPv6 and port") << u"[::1]:65535"_s << u"::1"_s << 65535;
    QTest::addRow("nothing") << u""_s << u""_s << 0;
    QTest::addRow("port alone") << u":7"_s << u""_s << 0;
    QTest::addRow("no port behind the colon") << u"h:"_s << u""_s << 0;
    QTest::addRow("port 0") << u"h:0"_s << u""_s << 0;
    QTest::addRow("port too large") << u"h:65536"_s << u""_s << 0;
    QTest::addRow("port with a sign") << u"h:+7"_s << u""_s << 0;
    QTest::addRow("spaces") << u"h :7"_s << u""_s << 0;
    QTest::addRow("user") << u"u@h:7"_s << u""_s << 0;
    QTest::addRow("bracket not closed") << u"[::1"_s << u""_s << 0;
    QTest::addRow("empty brackets") << u"[]:7"_s << u""_s << 0;
    QTest::addRow("text behind the bracket") << u"[::1]7"_s << u""_s << 0;
}

void TestHostPort::takesAddressesApart()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(int, port);
    const auto place = hostPortFromText(text);
    QCOMPARE(place.has_value(), !host.isEmpty());
    if (place) {
        QCOMPARE(place->host, host);
        QCOMPARE(place->port, port);
        QVERIFY(hostPortFromText(place->text()) == place);
    }
}

QTEST_GUILESS_MAIN(TestHostPort)
#include "tst_hostport.moc"
