// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/schema/dialogfixture.h"
#include "ui/schema/tablecheckdialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QObject>
#include <QSignalSpy>

#include <algorithm>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestTableCheckDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture.reset(); }
    void saysThatNothingIsWrong();
    void findsAndRepairs();
    void damageIsAFindingAmongOthers();
    void theOldLayoutIsNotRepaired();
    void asksForATable();
    void saysWhyNot();

private:
    [[nodiscard]] static QString report(const TableCheckDialog& dialog)
    {
        return DialogFixture::text(dialog, u"Report"_s);
    }
    DialogFixture m_fixture;
};

void TestTableCheckDialog::saysThatNothingIsWrong()
{
    TableCheckDialog dialog(m_fixture.session(), "shop.items", nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QTRY_VERIFY_WITH_TIMEOUT(report(dialog).startsWith(u"Nothing is wrong"_s), 20'000);
    QVERIFY(report(dialog).contains(u"3 rows"_s));
    QVERIFY(!DialogFixture::button(dialog, u"Repair"_s)->isEnabled());
}

void TestTableCheckDialog::findsAndRepairs()
{
    m_fixture.server().server().command({"HSET", "{shop.items}:1", "sku", "Other"}); // by hand, past the index
    m_fixture.server().server().command({"HSET", "{shop.items}:9", "sku", "ghost"});
    TableCheckDialog dialog(m_fixture.session(), "shop.items", nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QSignalSpy changed(&dialog, &TableCheckDialog::changed);
    dialog.show();
    QTRY_VERIFY_WITH_TIMEOUT(report(dialog).startsWith(u"What is wrong"_s), 20'000);
    QVERIFY2(report(dialog).contains(u"index does not have: 1"_s), qPrintable(report(dialog)));
    QVERIFY(report(dialog).contains(u"not listed, as failed inserts leave them: 1"_s));
    DialogFixture::button(dialog, u"Delete rows' keys that are not listed"_s)->click();
    DialogFixture::button(dialog, u"Repair"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(report(dialog).startsWith(u"Repaired: 3"_s), 20'000);
    QVERIFY2(report(dialog).contains(u"Nothing is wrong"_s), qPrintable(report(dialog)));
    QVERIFY(report(dialog).contains(u".kga"_s)); // the ghost
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_fixture.server().command({"SMEMBERS", "{shop.items}:idx:sku:Other"}), std::string("1"));
    QCOMPARE(m_fixture.server().command({"EXISTS", "{shop.items}:9"}), std::string("0"));
}

void TestTableCheckDialog::damageIsAFindingAmongOthers()
{
    m_fixture.server().server().command({"DEL", "{shop.items}:idx:sku:B2"});
    m_fixture.server().server().command({"SET", "{shop.items}:idx:sku:B2", "x"});
    m_fixture.server().server().command({"HSET", "{shop.items}:1", "sku", "Other"});
    TableCheckDialog dialog(m_fixture.session(), "shop.items", nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QTRY_VERIFY_WITH_TIMEOUT(report(dialog).startsWith(u"What is wrong"_s), 20'000);
    QVERIFY2(report(dialog).contains(u"that are no sets: 1"_s), qPrintable(report(dialog)));
    QVERIFY(report(dialog).contains(u"index does not have: 2"_s));
    DialogFixture::button(dialog, u"Repair"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(report(dialog).startsWith(u"Repaired: 4"_s), 20'000);
    QVERIFY2(report(dialog).contains(u"Nothing is wrong"_s), qPrintable(report(dialog)));
}

void TestTableCheckDialog::theOldLayoutIsNotRepaired()
{
    for (const std::vector<std::string>& line : {std::vector<std::string>{"HSET", "schema:old.t", "a", "string"},
             {"SADD", "idx:meta:old.t", "a"}, {"SADD", "rows:old.t", "1"}, {"HSET", "old.t:1", "a", "x"}}) {
        m_fixture.server().server().command(line);
    }
    TableCheckDialog dialog(m_fixture.session(), "old.t", nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QTRY_VERIFY_WITH_TIMEOUT(report(dialog).startsWith(u"What is wrong"_s), 20'000); // no entry, a counter too low
    QVERIFY2(report(dialog).contains(u"RedisTABLE 1.0"_s), qPrintable(report(dialog)));
    QVERIFY(!DialogFixture::button(dialog, u"Repair"_s)->isEnabled());
}

void TestTableCheckDialog::asksForATable()
{
    TableCheckDialog dialog(m_fixture.session(), {}, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY(!DialogFixture::button(dialog, u"Check"_s)->isEnabled());
    const auto labels = dialog.findChildren<QLabel*>();
    const auto isOfTable = [](const QLabel* label) {
        return label->isVisible() && label->text() == u"&Table"_s && label->buddy()
            && label->buddy()->accessibleName() == u"Table"_s;
    };
    QVERIFY(std::any_of(labels.begin(), labels.end(), isOfTable));
    DialogFixture::named<QLineEdit>(dialog, u"Table"_s)->setText(u"shop.items"_s);
    DialogFixture::button(dialog, u"Check"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(report(dialog).startsWith(u"Nothing is wrong"_s), 20'000);
}

void TestTableCheckDialog::saysWhyNot()
{
    TableCheckDialog dialog(m_fixture.session(), "shop.none", nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    const auto state = [&dialog] {
        const auto* label = DialogFixture::named<QLabel>(dialog, u"State"_s);
        return label ? label->text() : QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(state().contains(u"shop.none"_s), 20'000);
}

QTEST_MAIN(TestTableCheckDialog)
#include "tst_tablecheckdialog.moc"
