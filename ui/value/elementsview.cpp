// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/elementsview.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/value/elementtable.h"
#include "ui/value/valuetablemodel.h"
#include "ui/value/valuewords.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr Milliseconds filterAfter{250};
constexpr int mostRowsToGoBackTo = 20'000;

/// What the user typed, as a glob: a text without glob characters is looked for anywhere in the name.
std::string globFor(const QString& typed)
{
    std::string text = typed.toStdString();
    if (text.empty() || text.find_first_of("*?[") != std::string::npos) {
        return text;
    }
    return "*" + escapeGlob(text) + "*";
}

bool canFilter(KeyType type)
{
    return type == KeyType::Hash || type == KeyType::Set || type == KeyType::SortedSet;
}

} // namespace

ElementsView::ElementsView(std::shared_ptr<ValueSource> source, QWidget* parent)
    : QWidget(parent)
    , m_model(new ValueTableModel(std::move(source), this))
    , m_table(new ElementTable(m_model, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_table, 1);
    m_filterTimer.setSingleShot(true);
    m_filterTimer.setInterval(filterAfter);
    connect(&m_filterTimer, &QTimer::timeout, this, &ElementsView::applyFilter);
    connect(m_filter, &QLineEdit::textChanged, &m_filterTimer, qOverload<>(&QTimer::start));
    connect(m_filter, &QLineEdit::returnPressed, this, &ElementsView::applyFilter);
    connect(m_retry, &QPushButton::clicked, m_model, &ValueTableModel::retry);
    connect(m_table, &ElementTable::currentCellChanged, this, &ElementsView::currentChanged);
    connect(m_table, &QAbstractItemView::activated, this, &ElementsView::activated);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &ElementsView::rememberPlace);
    connect(m_model, &ValueTableModel::opened, this, &ElementsView::modelOpened);
    connect(m_model, &ValueTableModel::stateChanged, this, &ElementsView::updateState);
    setFocusProxy(m_table);
    updateState();
}

QWidget* ElementsView::makeBar()
{
    auto* bar = new QWidget(this);
    m_filter = new QLineEdit(bar);
    m_filter->setAccessibleName(tr("Filter fields"));
    m_filter->setClearButtonEnabled(true);
    m_state = new QLabel(bar);
    m_state->setAccessibleName(tr("Loaded fields"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_retry = new QPushButton(tr("Try again"), bar);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 0, 8, 6);
    layout->setSpacing(8);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_state, 1);
    layout->addWidget(m_retry);
    return bar;
}

void ElementsView::open(const ValueHead& head, Place place)
{
    if (place == Place::Top) {
        const QSignalBlocker blocker(m_filter); // another value begins without the filter of the last
        m_filter->clear();
    }
    m_filterTimer.stop();
    m_head = head;
    m_kept = {};
    m_kept.wanted = place == Place::Keep;
    const bool filters = canFilter(head.type);
    m_filter->setVisible(filters);
    m_filter->setPlaceholderText(head.type == KeyType::Hash ? tr("Filter fields") : tr("Filter members"));
    m_model->open(head, filters ? globFor(m_filter->text()) : std::string());
}

void ElementsView::clear()
{
    m_filterTimer.stop();
    m_kept = {};
    m_model->clear();
}

void ElementsView::applyFilter()
{
    m_filterTimer.stop();
    if (canFilter(m_head.type) && m_model->match() != globFor(m_filter->text())) {
        m_kept = {};
        m_model->open(m_head, globFor(m_filter->text()));
    }
}

int ElementsView::currentRow() const
{
    return m_table->currentIndex().row();
}

int ElementsView::currentColumn() const
{
    return m_table->currentIndex().column();
}

void ElementsView::rememberPlace()
{
    const QModelIndex current = m_table->currentIndex();
    if (m_kept.wanted && current.isValid() && m_kept.column < 0) {
        m_kept.name = m_model->nameOf(current.row());
        m_kept.number = m_model->number(current.row());
        m_kept.column = current.column();
        m_kept.rows = m_model->rowCount();
        m_kept.scrolled = m_table->verticalScrollBar()->value();
    }
}

void ElementsView::modelOpened()
{
    if (const auto& error = m_model->error()) {
        Q_EMIT failed(*error);
        return;
    }
    Q_EMIT opened();
    m_table->fitColumns();
    if (m_model->rowCount() == 0) {
        Q_EMIT currentChanged({});
        return;
    }
    restorePlace();
}

/// Goes back to the row the user was at, by its name; where it is on a page not read again yet, once that is there.
void ElementsView::restorePlace()
{
    const int row = m_kept.column >= 0 ? m_model->rowOf(m_kept.name, m_kept.number) : 0;
    const bool comesLater = row < 0 && m_model->rowCount() < std::min(m_kept.rows, mostRowsToGoBackTo);
    if (comesLater && m_model->canFetchMore({})) {
        m_model->fetchMore({});
        return;
    }
    const int column = m_kept.column >= 0 ? m_kept.column : m_model->contentColumn();
    m_table->setCurrentIndex(m_model->index(std::max(row, 0), column));
    m_table->verticalScrollBar()->setValue(m_kept.scrolled);
    m_kept = {};
}

void ElementsView::updateState()
{
    m_state->setText(loadedText());
    const auto& error = m_model->error();
    m_state->setToolTip(error ? errorText(*error) : QString());
    m_retry->setVisible(error.has_value());
    if (m_kept.column >= 0 && !m_model->isLoading() && m_model->rowCount() > 0) {
        restorePlace();
    }
}

QString ElementsView::loadedText() const
{
    if (const auto& error = m_model->error()) {
        return errorText(*error);
    }
    const auto rows = static_cast<std::uint64_t>(m_model->rowCount());
    QString text = lengthText(m_model->type(), rows);
    if (!m_model->match().empty()) {
        text = m_model->isComplete() ? tr("%1 found").arg(text) : tr("%1 found so far").arg(text);
    } else if (!m_model->isComplete()) {
        const auto total = m_model->total();
        text = total ? tr("%1 of %2 loaded").arg(numberText(rows), lengthText(m_model->type(), *total))
                     : tr("%1 loaded").arg(text);
    }
    if (m_model->isFull()) {
        text += QStringLiteral(" – ") + tr("no more fit in memory");
    }
    if (m_model->hasGaps()) {
        text += QStringLiteral(" – ") + tr("some beside a value of over 64 MB can't be read");
    }
    return text;
}

} // namespace keyglass::ui
