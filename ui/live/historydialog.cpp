// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/historydialog.h"

#include "core/base/bytes.h"
#include "core/value/formatters/editortext.h"
#include "ui/common/fonts.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"
#include "ui/value/celltext.h"
#include "ui/value/valuewords.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr QSize designSize(860, 520);

QString textOf(const std::optional<ValueCell>& cell)
{
    if (!cell) {
        return {};
    }
    return cell->isWhole() ? QString::fromStdString(editorText(cell->bytes).utf8) : cellLine(*cell);
}

std::optional<ValueCell> stringOf(const SeenValue& value)
{
    return value.rows.empty() || value.rows.front().empty() ? std::nullopt : std::optional(value.rows.front().front());
}

QPlainTextEdit* makeText(const QString& name, QWidget* parent)
{
    auto* text = new QPlainTextEdit(parent);
    text->setReadOnly(true);
    text->setAccessibleName(name);
    text->setFont(keyFont());
    text->setPlaceholderText(HistoryDialog::tr("Nothing was there."));
    return text;
}

QWidget* titled(const QString& title, QWidget* content, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(new QLabel(title, box));
    layout->addWidget(content, 1);
    return box;
}

} // namespace

// --- the model

void SeenDifferenceModel::show(std::vector<SeenDifference> rows, bool onlyChanges)
{
    beginResetModel();
    m_rows = std::move(rows);
    if (onlyChanges) {
        std::erase_if(m_rows, [](const SeenDifference& row) { return !row.isChange(); });
    }
    endResetModel();
}

int SeenDifferenceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SeenDifferenceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant SeenDifferenceModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const SeenDifference& row = m_rows[static_cast<std::size_t>(index.row())];
    const std::optional<ValueCell>& cell = index.column() == Before ? row.before : row.after;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (index.column() == Name) {
            return nameLine(row.name);
        }
        return cell ? cellLine(*cell) : tr("not there");
    case Qt::FontRole:
        return keyFont();
    case Qt::ForegroundRole:
        return index.column() != Name && !cell ? QVariant(toneColor(Tone::Dimmed, QGuiApplication::palette()))
                                               : QVariant();
    default:
        return {};
    }
}

QVariant SeenDifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Name ? tr("Name") : section == Before ? tr("Then") : tr("Last seen");
}

// --- the dialog

HistoryDialog::HistoryDialog(const QString& keyName, std::vector<SeenValue> seen, QWidget* parent)
    : QDialog(parent)
    , m_seen(std::move(seen))
    , m_times(new QListWidget(this))
    , m_about(new QLabel(this))
    , m_onlyChanges(new QCheckBox(tr("&Only what is different"), this))
    , m_model(new SeenDifferenceModel(this))
    , m_table(new QTableView(this))
    , m_before(makeText(tr("Value then"), this))
    , m_after(makeText(tr("Value last seen"), this))
    , m_stack(new QStackedWidget(this))
{
    setWindowTitle(tr("History of %1").arg(keyName));
    resize(designSize);
    auto* splitter = new QSplitter(this);
    splitter->addWidget(makeTimes());
    splitter->addWidget(makeContent());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({260, 600});
    splitter->setChildrenCollapsible(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* copyButton = buttons->addButton(tr("&Copy what was there"), QDialogButtonBox::ActionRole);
    connect(copyButton, &QPushButton::clicked, this, &HistoryDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(splitter, 1);
    layout->addWidget(buttons);
    m_times->setCurrentRow(std::min(1, m_times->count() - 1)); // what was there before the newest
}

QWidget* HistoryDialog::makeTimes()
{
    m_times->setAccessibleName(tr("Times"));
    for (std::size_t at = m_seen.size(); at > 0; --at) { // the newest on top
        const SeenValue& value = m_seen[at - 1];
        const QString about = at > 1 ? differenceText(m_seen[at - 2], value) : tr("first seen");
        auto* item = new QListWidgetItem(timeText(value.at) + u'\n' + about, m_times);
        item->setToolTip(isoTimeText(value.at) + u'\n' + headText(value.head, value.head.ttl));
    }
    connect(m_times, &QListWidget::currentRowChanged, this, &HistoryDialog::showChosen);
    return m_times;
}

QWidget* HistoryDialog::makeContent()
{
    auto* content = new QWidget(this);
    m_about->setAccessibleName(tr("About the value then"));
    m_about->setTextFormat(Qt::PlainText);
    m_about->setWordWrap(true);
    m_onlyChanges->setChecked(true);
    connect(m_onlyChanges, &QCheckBox::toggled, this, &HistoryDialog::showChosen);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Differences"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(SeenDifferenceModel::Name, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* texts = new QSplitter(this);
    texts->addWidget(titled(tr("Then"), m_before, texts));
    texts->addWidget(titled(tr("Last seen"), m_after, texts));
    m_stack->addWidget(m_table);
    m_stack->addWidget(texts);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addWidget(m_about);
    layout->addWidget(m_onlyChanges);
    layout->addWidget(m_stack, 1);
    return content;
}

void HistoryDialog::showChosen()
{
    const int row = m_times->currentRow();
    if (row < 0) {
        return;
    }
    const SeenValue& then = m_seen[m_seen.size() - 1 - static_cast<std::size_t>(row)];
    const SeenValue& last = m_seen.back();
    const bool isString = isOneText(then.head.type) && isOneText(last.head.type);
    QString about = headText(then.head, then.head.ttl);
    if (!then.isWhole || !last.isWhole) {
        about += u'\n' + tr("Only what was on screen is kept.");
    }
    m_about->setText(about);
    m_onlyChanges->setVisible(!isString);
    m_stack->setCurrentIndex(isString ? 1 : 0);
    if (isString) {
        m_before->setPlainText(textOf(stringOf(then)));
        m_after->setPlainText(textOf(stringOf(last)));
        return;
    }
    const bool onlyChanges = m_onlyChanges->isChecked() && row > 0;
    m_model->show(compareSeen(then, last), onlyChanges);
    if (m_model->rowCount() > 0) {
        m_table->selectRow(0);
    }
}

/// The whole string, or the content of the row that is selected.
void HistoryDialog::copy() const
{
    if (m_stack->currentIndex() == 1) {
        QGuiApplication::clipboard()->setText(m_before->toPlainText());
        return;
    }
    if (const QModelIndex current = m_table->currentIndex(); current.isValid()) {
        QGuiApplication::clipboard()->setText(textOf(m_model->row(current.row()).before));
    }
}

} // namespace keyglass::ui
