// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/decoderrulesdialog.h"

#include "core/base/errortext.h"
#include "core/value/formatters/decoderstack.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <utility>

namespace keyglass::ui {

namespace {

enum Column { Keys, Fields, Decoders, Columns };

std::string namesOf(const QString& typed)
{
    return typed.simplified().remove(u' ').toStdString();
}

} // namespace

DecoderRulesDialog::DecoderRulesDialog(const std::vector<DecoderRule>& rules, bool areKept, QWidget* parent)
    : QDialog(parent)
    , m_table(new QTableWidget(0, Columns, this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Decoding by rule"));
    resize(640, 360);
    auto* help =
        new QLabel(tr("The first rule that fits decides how a value is decoded. Keys and fields are patterns "
                      "as MATCH takes them (session:*); without a field a rule is for all of the key. Decoders "
                      "are named the outermost first: zstd,msgpack. plain shows a value as it is stored."),
            this);
    help->setWordWrap(true);
    m_table->setAccessibleName(tr("Rules"));
    m_table->setHorizontalHeaderLabels({tr("Keys"), tr("Field"), tr("Decoders")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    for (const DecoderRule& rule : rules) {
        insert(m_table->rowCount(), rule);
    }
    m_problem->setAccessibleName(tr("Problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setText(
        areKept ? QString() : tr("This connection is not saved: its rules last until its tab is closed."));
    auto* ends = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    connect(ends->addButton(tr("Save rules"), QDialogButtonBox::AcceptRole), &QPushButton::clicked, this,
        &DecoderRulesDialog::save);
    connect(ends, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(help);
    layout->addWidget(m_table, 1);
    layout->addWidget(makeButtons());
    layout->addWidget(m_problem);
    layout->addWidget(ends);
}

QWidget* DecoderRulesDialog::makeButtons()
{
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins({});
    addButton(bar, tr("&Add rule"), &DecoderRulesDialog::addRow);
    addButton(bar, tr("&Remove rule"), &DecoderRulesDialog::removeRow);
    addButton(bar, tr("Move &up"), &DecoderRulesDialog::moveUp);
    addButton(bar, tr("Move &down"), &DecoderRulesDialog::moveDown);
    layout->addStretch(1);
    return bar;
}

void DecoderRulesDialog::addButton(QWidget* bar, const QString& text, void (DecoderRulesDialog::*run)())
{
    auto* button = new QPushButton(text, bar);
    button->setAutoDefault(false);
    bar->layout()->addWidget(button);
    connect(button, &QPushButton::clicked, this, run);
}

void DecoderRulesDialog::insert(int row, const DecoderRule& rule)
{
    m_table->insertRow(row);
    m_table->setItem(row, Keys, new QTableWidgetItem(rule.keys));
    m_table->setItem(row, Fields, new QTableWidgetItem(rule.fields));
    m_table->setItem(row, Decoders, new QTableWidgetItem(rule.decoders));
}

void DecoderRulesDialog::suggest(const DecoderRule& rule)
{
    insert(0, rule);
    m_table->setCurrentCell(0, Keys);
    m_table->setFocus();
}

void DecoderRulesDialog::addRow()
{
    insert(m_table->rowCount(), {});
    m_table->setCurrentCell(m_table->rowCount() - 1, Keys);
    m_table->setFocus();
    m_table->editItem(m_table->currentItem());
}

void DecoderRulesDialog::removeRow()
{
    m_table->removeRow(m_table->currentRow());
}

void DecoderRulesDialog::move(int by)
{
    const int row = m_table->currentRow();
    const int to = row + by;
    if (row < 0 || to < 0 || to >= m_table->rowCount()) {
        return;
    }
    const DecoderRule moved = rules()[static_cast<std::size_t>(row)];
    const int column = m_table->currentColumn();
    m_table->removeRow(row);
    insert(to, moved);
    m_table->setCurrentCell(to, column);
}

std::vector<DecoderRule> DecoderRulesDialog::rules() const
{
    std::vector<DecoderRule> rules;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        rules.push_back({m_table->item(row, Keys)->text(), m_table->item(row, Fields)->text(),
            QString::fromStdString(namesOf(m_table->item(row, Decoders)->text()))});
    }
    return rules;
}

QString DecoderRulesDialog::problem() const
{
    int number = 0;
    for (const DecoderRule& rule : rules()) {
        ++number;
        if (rule.keys.isEmpty()) {
            return tr("Rule %1 needs a pattern for keys; * is all of them.").arg(number);
        }
        if (rule.decoders.isEmpty()) {
            return tr("Rule %1 needs the names of decoders; plain is none.").arg(number);
        }
        if (const auto stack = DecoderStack::fromNames(rule.decoders.toStdString()); !stack) {
            return tr("Rule %1: %2").arg(QString::number(number), errorText(stack.error()));
        }
    }
    return {};
}

void DecoderRulesDialog::save()
{
    m_table->setCurrentItem(nullptr); // ends what is typed just now
    const QString why = problem();
    m_problem->setText(why);
    if (why.isEmpty()) {
        Q_EMIT chosen(rules());
        accept();
    }
}

} // namespace keyglass::ui
