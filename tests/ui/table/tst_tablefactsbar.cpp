// SPDX-License-Identifier: GPL-3.0-or-later
// What a view says of its table's server, above the rows.
#include "tests/ui/table/tablesession.h"
#include "ui/table/tableview.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestTableFactsBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theScanLimitIsSaidWhereItRefuses();
    void theOldLayoutIsSaid();
    void aReplicaSaysWhatItLacks();
    void missingPermissionsAreNamed();
};

void TestTableFactsBar::theScanLimitIsSaidWhereItRefuses()
{
    ShopSession shop(TableHazards{.scanLimit = 1000, .scanLimitArgument = "1000"});
    TableView view(shop.session, "shop.items");
    QTRY_VERIFY2_WITH_TIMEOUT(
        ShopSession::words(view).contains(u"3 rows"_s), qPrintable(ShopSession::words(view)), tablePatience);
    QVERIFY(!ShopSession::words(view).contains(u"scan limit"_s)); // none of so few rows
    shop.server.server().fill(1000,
        [](std::size_t n) { return TableServer::Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "qty", "1"}; });
    shop.server.server().fill(
        1000, [](std::size_t n) { return TableServer::Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
    view.reload();
    QTRY_VERIFY2_WITH_TIMEOUT(ShopSession::words(view).contains(u"The scan limit is 1,000 rows"_s),
        qPrintable(ShopSession::words(view)), tablePatience);
}

void TestTableFactsBar::theOldLayoutIsSaid()
{
    ShopSession shop;
    shop.server.make({"HSET schema:old.t a string", "SADD rows:old.t 1", "HSET old.t:1 a x"});
    TableView view(shop.session, "old.t");
    QTRY_VERIFY2_WITH_TIMEOUT(ShopSession::words(view).contains(u"made by RedisTABLE 1.0"_s),
        qPrintable(ShopSession::words(view)), tablePatience);
    QVERIFY(!ShopSession::button(view, u"Insert row…"_s)->isEnabled());
}

void TestTableFactsBar::aReplicaSaysWhatItLacks()
{
    ShopSession shop;
    const auto replica =
        RedisServer::start(QStringList{u"--replicaof"_s, u"127.0.0.1"_s, QString::number(shop.server.server().port())});
    QTRY_COMPARE_WITH_TIMEOUT(replica->command({"SCARD", "{shop.items}:rows"}), std::string("3"), tablePatience);
    Profile profile;
    profile.socketPath = replica->socketPath();
    Session session(profile);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, tablePatience);
    TableView view(session, "shop.items");
    QTRY_VERIFY2_WITH_TIMEOUT(
        ShopSession::words(view).contains(u"3 rows"_s), qPrintable(ShopSession::words(view)), tablePatience);
    QTRY_VERIFY2_WITH_TIMEOUT(ShopSession::words(view).contains(u"This server is a replica"_s),
        qPrintable(ShopSession::words(view)), tablePatience);
}

void TestTableFactsBar::missingPermissionsAreNamed()
{
    ShopSession shop;
    shop.server.server().command(
        {"ACL", "SETUSER", "clerk", "on", ">pw", "~*", "&*", "+@all", "-hset", "-acl"}); // DRYRUN may not be asked
    Profile profile = ShopSession::profileOf(shop.server, false);
    profile.user = u"clerk"_s;
    Session session(profile, u"pw"_s);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, tablePatience);
    TableView view(session, "shop.items");
    QTRY_VERIFY2_WITH_TIMEOUT(ShopSession::words(view).contains(u"+hset with ~{shop.items}:*"_s),
        qPrintable(ShopSession::words(view)), tablePatience);
    QTRY_VERIFY_WITH_TIMEOUT(!ShopSession::button(view, u"Insert row…"_s)->isEnabled(), tablePatience);
}

QTEST_MAIN(TestTableFactsBar)
#include "tst_tablefactsbar.moc"
