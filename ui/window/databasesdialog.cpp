// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/databasesdialog.h"

#include "ui/window/wording.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int numberRole = Qt::UserRole;
constexpr int keysRole = Qt::UserRole + 1;

QListWidgetItem* itemOf(const DatabaseKeys& database, bool isChosen)
{
    const QString name = DatabasesDialog::tr("db %1").arg(database.number);
    auto* item =
        new QListWidgetItem(database.keys ? DatabasesDialog::tr("%1 · %2").arg(name, keysText(*database.keys)) : name);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
    item->setData(numberRole, database.number);
    item->setData(keysRole, QVariant::fromValue<quint64>(database.keys.value_or(1))); // not told: there may be some
    return item;
}

} // namespace

DatabasesDialog::DatabasesDialog(const std::vector<DatabaseKeys>& known, const std::vector<int>& open, QWidget* parent)
    : QDialog(parent)
    , m_list(new QListWidget(this))
{
    setWindowTitle(tr("Several databases"));
    m_list->setAccessibleName(tr("Databases"));
    m_list->setUniformItemSizes(true);
    m_list->setMinimumSize(320, 260);
    for (const DatabaseKeys& database : known) {
        const bool isOpen = std::find(open.begin(), open.end(), database.number) != open.end();
        const bool hasKeys = database.keys.value_or(1) > 0;
        m_list->addItem(itemOf(database, open.size() > 1 ? isOpen : isOpen || hasKeys));
    }
    auto* what = new QLabel(
        tr("Each is a root of the key tree. They are scanned one after the other, and found, filtered and selected "
           "together."),
        this);
    what->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton* all = buttons->addButton(tr("Choose &all"), QDialogButtonBox::ActionRole);
    QPushButton* withKeys = buttons->addButton(tr("Those with &keys"), QDialogButtonBox::ActionRole);
    m_show = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_show->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(what);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    connect(all, &QPushButton::clicked, this, [this] { choose(true); });
    connect(withKeys, &QPushButton::clicked, this, [this] { choose(false); });
    connect(m_list, &QListWidget::itemChanged, this, &DatabasesDialog::update);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_list->setCurrentRow(0);
    m_list->setFocus();
    update();
}

void DatabasesDialog::choose(bool all)
{
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem& item = *m_list->item(row);
        item.setCheckState(all || item.data(keysRole).toULongLong() > 0 ? Qt::Checked : Qt::Unchecked);
    }
}

void DatabasesDialog::update()
{
    const auto count = chosen().size();
    m_show->setText(count == 1 ? tr("Show 1 database") : tr("Show %1 databases").arg(count));
    m_show->setEnabled(count > 0);
}

std::vector<int> DatabasesDialog::chosen() const
{
    std::vector<int> numbers;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked) {
            numbers.push_back(m_list->item(row)->data(numberRole).toInt());
        }
    }
    return numbers;
}

} // namespace keyglass::ui
