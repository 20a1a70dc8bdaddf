// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stream/rangeview.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/fonts.h"
#include "ui/common/texts.h"
#include "ui/stream/plaintable.h"
#include "ui/stream/rangemodel.h"
#include "ui/stream/streamplace.h"
#include "ui/value/celltext.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

/// All fields of an entry, one to a line; long values as what a table's line shows of them.
QString entryText(const ValueRow& cells)
{
    QStringList lines;
    for (std::size_t at = 1; at + 1 < cells.size(); at += 2) {
        lines << nameLine(cells[at].bytes) + QStringLiteral(": ") + cellLine(cells[at + 1]);
    }
    return lines.join(u'\n');
}

} // namespace

RangeView::RangeView(std::shared_ptr<StreamSource> source, QWidget* parent)
    : QWidget(parent)
    , m_model(new RangeModel(std::move(source), this))
    , m_table(makePlainTable(m_model, tr("Entries of the range"), this))
    , m_entry(new QPlainTextEdit(this))
    , m_from(new QLineEdit(this))
    , m_to(new QLineEdit(this))
    , m_newestFirst(new QCheckBox(tr("Newest &first"), this))
    , m_follow(new QPushButton(tr("F&ollow"), this))
    , m_state(new QLabel(this))
{
    m_entry->setAccessibleName(tr("Entry"));
    m_entry->setReadOnly(true);
    m_entry->setFrameShape(QFrame::NoFrame);
    m_entry->setFont(keyFont());
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_table);
    splitter->addWidget(m_entry);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(splitter, 1);
    setFocusProxy(m_table);
    connect(m_from, &QLineEdit::returnPressed, this, &RangeView::read);
    connect(m_to, &QLineEdit::returnPressed, this, &RangeView::read);
    connect(m_newestFirst, &QCheckBox::toggled, this, &RangeView::read);
    connect(m_follow, &QPushButton::toggled, this, &RangeView::toggleFollowing);
    connect(m_model, &RangeModel::stateChanged, this, &RangeView::showState);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &RangeView::keepEndInSight);
    connect(m_model, &QAbstractItemModel::modelReset, this, &RangeView::keepEndInSight);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        const bool isNewestFirst = m_newestFirst->isChecked();
        m_isAtEnd = value == (isNewestFirst ? 0 : m_table->verticalScrollBar()->maximum());
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &RangeView::showEntry);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (m_model->rowCount() > 0) {
            m_table->resizeColumnToContents(0);
            m_table->resizeColumnToContents(1);
        }
        showEntry();
    });
}

QWidget* RangeView::makeBar()
{
    auto* bar = new QWidget(this);
    const auto fill = [](QLineEdit* field, const QString& name, const QString& example) {
        field->setAccessibleName(name);
        field->setPlaceholderText(example);
        field->setClearButtonEnabled(true);
        field->setToolTip(
            tr("An ID (1700000000000-3) or a local time (2024-05-01, 2024-05-01 14:03, 2024-05-01 14:03:09)"));
    };
    fill(m_from, tr("From"), tr("from: time or ID"));
    fill(m_to, tr("To"), tr("to: time or ID"));
    m_newestFirst->setChecked(true);
    m_follow->setCheckable(true);
    m_follow->setToolTip(tr("Shows new entries as they come, looking twice a second"));
    m_state->setAccessibleName(tr("State of the range"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_from, 2);
    row->addWidget(m_to, 2);
    row->addWidget(m_newestFirst);
    row->addWidget(m_follow);
    row->addWidget(m_state, 3);
    return bar;
}

void RangeView::setKey(const std::string& key)
{
    if (key != m_key) {
        clear();
        m_key = key;
        m_isStale = true;
    } else {
        m_isStale = !m_model->isFollowing(); // that comes by itself
    }
    if (m_isStale && isVisible()) {
        read();
    }
}

void RangeView::clear()
{
    m_key.clear();
    m_isStale = false;
    m_problem.clear();
    m_model->clear();
    const QSignalBlocker blocker(m_follow);
    m_follow->setChecked(false);
    m_from->clear();
    m_to->clear();
    m_from->setEnabled(true);
    m_to->setEnabled(true);
}

void RangeView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_model->setActive(true);
    if (m_isStale) {
        read();
    }
}

void RangeView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_model->setActive(false);
}

void RangeView::read()
{
    m_isStale = false;
    m_isAtEnd = true;
    m_problem.clear();
    if (m_follow->isChecked()) {
        m_model->follow(m_key, m_newestFirst->isChecked());
        return;
    }
    const auto from = streamPlace(m_from->text(), RangeEnd::From);
    const auto to = streamPlace(m_to->text(), RangeEnd::To);
    if (!from || !to) {
        m_problem = from ? to.error().detail : from.error().detail;
        showState();
        return;
    }
    m_model->open({m_key, *from, *to, m_newestFirst->isChecked()});
}

void RangeView::toggleFollowing(bool follows)
{
    m_from->setEnabled(!follows);
    m_to->setEnabled(!follows);
    if (follows) {
        read();
    } else {
        m_model->stopFollowing();
    }
}

/// Who looks at the newest entries goes on seeing them; who has scrolled away stays there.
void RangeView::keepEndInSight()
{
    if (m_model->isFollowing() && m_isAtEnd) {
        m_newestFirst->isChecked() ? m_table->scrollToTop() : m_table->scrollToBottom();
    }
}

void RangeView::showEntry()
{
    const QModelIndex current = m_table->currentIndex();
    const bool isThere = current.isValid() && current.row() < m_model->rowCount();
    m_entry->setPlainText(isThere ? entryText(m_model->cells(current.row())) : QString());
}

void RangeView::showState()
{
    if (m_follow->isChecked() && !m_model->isFollowing() && m_model->error()) {
        const QSignalBlocker blocker(m_follow); // the stream is gone
        m_follow->setChecked(false);
        m_from->setEnabled(true);
        m_to->setEnabled(true);
    }
    m_state->setText(stateText());
    m_state->setToolTip(m_state->text());
}

QString RangeView::stateText() const
{
    if (!m_problem.isEmpty()) {
        return m_problem;
    }
    if (const auto& error = m_model->error()) {
        return errorText(*error);
    }
    const auto rows = static_cast<std::uint64_t>(m_model->rowCount());
    const QString count = rows == 1 ? tr("1 entry") : tr("%1 entries").arg(numberText(rows));
    if (m_model->isFollowing()) {
        return m_model->dropped() > 0
            ? tr("%1, followed; %2 older ones are not kept").arg(count, numberText(m_model->dropped()))
            : tr("%1, followed").arg(count);
    }
    if (m_model->isFull() && !m_model->isComplete()) {
        return tr("%1 – no more fit in memory").arg(count);
    }
    return m_model->isComplete() ? count : tr("%1 so far").arg(count);
}

} // namespace keyglass::ui
