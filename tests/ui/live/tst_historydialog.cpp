// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/historydialog.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QListWidget>
#include <QObject>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

SeenValue seen(KeyType type, const std::vector<std::vector<std::string>>& rows)
{
    SeenValue value;
    value.at = QDateTime::currentDateTime();
    value.head.type = type;
    value.head.typeName = std::string(keyTypeName(type));
    value.isWhole = true;
    for (const auto& cells : rows) {
        value.rows.emplace_back(cells.begin(), cells.end());
    }
    return value;
}

void copyFrom(const HistoryDialog& dialog)
{
    for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
        if (button->text() == u"&Copy what was there"_s) {
            button->click();
        }
    }
}

} // namespace

class TestHistoryDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatAFieldWas();
    void showsWhatAStringWas();
};

void TestHistoryDialog::showsWhatAFieldWas()
{
    HistoryDialog dialog(u"h"_s,
        {seen(KeyType::Hash, {{"f", "1"}, {"same", "x"}}), seen(KeyType::Hash, {{"f", "2"}, {"same", "x"}}),
            seen(KeyType::Hash, {{"f", "3"}, {"same", "x"}})});
    dialog.show();
    auto* table = dialog.findChild<QTableView*>();
    auto* times = dialog.findChild<QListWidget*>();
    const QAbstractItemModelTester tester(table->model());
    QCOMPARE(times->count(), 3);
    QVERIFY(times->item(2)->text().contains(u"first seen"_s));
    QVERIFY(times->item(0)->text().contains(u"1 changed"_s));
    QCOMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, SeenDifferenceModel::Before).data().toString(), u"2"_s);
    QCOMPARE(table->model()->index(0, SeenDifferenceModel::After).data().toString(), u"3"_s);
    times->setCurrentRow(2);
    QCOMPARE(table->model()->index(0, SeenDifferenceModel::Before).data().toString(), u"1"_s);
    copyFrom(dialog);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"1"_s);
    dialog.findChild<QCheckBox*>()->setChecked(false);
    QCOMPARE(table->model()->rowCount(), 2);
}

void TestHistoryDialog::showsWhatAStringWas()
{
    HistoryDialog dialog(u"s"_s, {seen(KeyType::String, {{"old\nlines"}}), seen(KeyType::String, {{"new"}})});
    dialog.show();
    const auto texts = dialog.findChildren<QPlainTextEdit*>();
    QCOMPARE(texts.size(), 2);
    QVERIFY(texts[0]->isVisible() && texts[1]->isVisible());
    QVERIFY(!dialog.findChild<QTableView*>()->isVisible());
    const auto text = [&](const QString& name) {
        return texts[texts[0]->accessibleName() == name ? 0 : 1]->toPlainText();
    };
    QCOMPARE(text(u"Value then"_s), u"old\nlines"_s);
    QCOMPARE(text(u"Value last seen"_s), u"new"_s);
    copyFrom(dialog);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"old\nlines"_s);
}

QTEST_MAIN(TestHistoryDialog)
#include "tst_historydialog.moc"
