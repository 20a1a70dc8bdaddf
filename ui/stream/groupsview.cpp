// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stream/groupsview.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/stream/groupmodels.h"
#include "ui/stream/plaintable.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr int longestIdle = 1'000'000'000; // seconds

QLabel* makeLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setAccessibleName(name);
    label->setTextFormat(Qt::PlainText);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

QHBoxLayout* makeRow(QWidget* bar)
{
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(8);
    return row;
}

QWidget* stacked(QWidget* bar, QWidget* below, QWidget* parent)
{
    auto* part = new QWidget(parent);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(below, 1);
    return part;
}

} // namespace

GroupsView::GroupsView(std::shared_ptr<StreamSource> source, QWidget* parent)
    : QWidget(parent)
    , m_source(std::move(source))
    , m_groups(new GroupModel(this))
    , m_consumers(new ConsumerModel(this))
    , m_pending(new PendingModel(m_source, this))
    , m_groupTable(makePlainTable(m_groups, tr("Groups"), this))
    , m_consumerTable(makePlainTable(m_consumers, tr("Consumers"), this))
    , m_pendingTable(makePlainTable(m_pending, tr("Pending entries"), this))
    , m_state(makeLabel(tr("State of the groups"), this))
    , m_pendingState(makeLabel(tr("State of the pending entries"), this))
    , m_consumer(new QComboBox(this))
    , m_minIdle(new QSpinBox(this))
{
    m_pendingTable->setSelectionMode(QAbstractItemView::ExtendedSelection);
    auto* lower = new QSplitter(Qt::Horizontal, this);
    lower->addWidget(m_consumerTable);
    lower->addWidget(m_pendingTable);
    lower->setChildrenCollapsible(false);
    lower->setStretchFactor(0, 2);
    lower->setStretchFactor(1, 3);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(stacked(makeGroupBar(), m_groupTable, this));
    splitter->addWidget(stacked(makePendingBar(), lower, this));
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(splitter);
    setFocusProxy(m_groupTable);
    wire();
    updateButtons();
}

QPushButton* GroupsView::button(const QString& text, void (GroupsView::*signal)())
{
    auto* made = new QPushButton(text, this);
    connect(made, &QPushButton::clicked, this, signal);
    return made;
}

QWidget* GroupsView::makeGroupBar()
{
    auto* bar = new QWidget(this);
    m_create = button(tr("&New group…"), &GroupsView::createWanted);
    m_move = button(tr("&Move…"), &GroupsView::moveWanted);
    m_move->setToolTip(tr("Says behind which entry the group goes on"));
    m_destroy = button(tr("&Destroy…"), &GroupsView::destroyWanted);
    m_reload = new QPushButton(tr("&Read again"), this);
    auto* row = makeRow(bar);
    row->addWidget(m_state, 1);
    for (QPushButton* each : {m_reload, m_create, m_move, m_destroy}) {
        row->addWidget(each);
    }
    return bar;
}

QWidget* GroupsView::makePendingBar()
{
    auto* bar = new QWidget(this);
    m_consumer->setAccessibleName(tr("Of consumer"));
    m_consumer->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_consumer->setMinimumContentsLength(12);
    m_minIdle->setAccessibleName(tr("Idle for at least"));
    m_minIdle->setRange(0, longestIdle);
    m_minIdle->setSuffix(tr(" s"));
    m_minIdle->setSpecialValueText(tr("any time"));
    m_minIdle->setKeyboardTracking(false);
    m_acknowledge = button(tr("&Acknowledge…"), &GroupsView::acknowledgeWanted);
    m_claim = button(tr("&Claim…"), &GroupsView::claimWanted);
    auto* row = makeRow(bar);
    row->addWidget(m_pendingState, 1);
    row->addWidget(m_consumer);
    row->addWidget(new QLabel(tr("idle for"), bar));
    row->addWidget(m_minIdle);
    row->addWidget(m_acknowledge);
    row->addWidget(m_claim);
    return bar;
}

void GroupsView::wire()
{
    connect(m_reload, &QPushButton::clicked, this, &GroupsView::reload);
    connect(m_groupTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &GroupsView::groupChanged);
    connect(m_pendingTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GroupsView::updateButtons);
    connect(m_pending, &PendingModel::stateChanged, this, &GroupsView::showState);
    connect(m_pending, &QAbstractItemModel::modelReset, this, [this] {
        if (m_pending->rowCount() > 0) {
            m_pendingTable->resizeColumnsToContents();
        }
        updateButtons();
    });
    connect(m_consumer, &QComboBox::currentIndexChanged, this, &GroupsView::loadPending);
    connect(m_minIdle, &QSpinBox::valueChanged, this, &GroupsView::loadPending);
    connect(m_consumerTable, &QAbstractItemView::activated, this,
        [this](const QModelIndex& index) { m_consumer->setCurrentIndex(index.row() + 1); });
}

void GroupsView::setKey(const std::string& key)
{
    if (key != m_key) {
        clear();
        m_key = key;
    }
    m_isStale = true;
    if (isVisible()) {
        reload();
    }
}

void GroupsView::clear()
{
    ++m_generation;
    m_key.clear();
    m_groupName.clear();
    m_isStale = false;
    m_error.reset();
    m_consumerError.reset();
    m_groups->setGroups({});
    m_consumers->setConsumers({});
    m_pending->clear();
    const QSignalBlocker blocker(m_minIdle);
    m_minIdle->setValue(0);
}

void GroupsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale) {
        reload();
    }
}

void GroupsView::reload()
{
    m_isStale = false;
    const std::uint64_t generation = ++m_generation;
    whenReady(this, m_source->loadGroups(m_key), [this, generation](const auto& groups) {
        if (generation == m_generation) {
            takeGroups(groups);
        }
    });
}

void GroupsView::takeGroups(const Result<std::vector<StreamGroup>>& groups)
{
    m_error = groups ? std::nullopt : std::optional(groups.error());
    m_isTaking = true;
    m_groups->setGroups(groups ? *groups : std::vector<StreamGroup>());
    if (m_groups->rowCount() > 0) {
        m_groupTable->resizeColumnsToContents();
        m_groupTable->setCurrentIndex(m_groups->index(std::max(m_groups->rowOf(m_groupName), 0), 0));
    }
    m_isTaking = false;
    groupChanged();
    showState();
}

std::optional<StreamGroup> GroupsView::group() const
{
    const int row = m_groupTable->currentIndex().row();
    return row >= 0 && row < m_groups->rowCount() ? std::optional(m_groups->group(row)) : std::nullopt;
}

/// Another group, or the same that was read again.
void GroupsView::groupChanged()
{
    if (m_isTaking) {
        return;
    }
    const auto now = group();
    if (!now) {
        m_groupName.clear();
        m_consumers->setConsumers({});
        m_pending->clear();
        updateButtons();
        return;
    }
    if (now->name != m_groupName) {
        m_groupName = now->name;
        m_pending->clear();
        const QSignalBlocker blocker(m_consumer);
        m_consumer->clear();
        m_consumer->addItem(tr("all consumers"));
    }
    const std::uint64_t generation = ++m_generation;
    whenReady(this, m_source->loadConsumers(m_key, m_groupName), [this, generation](const auto& consumers) {
        if (generation == m_generation) {
            takeConsumers(consumers);
        }
    });
    loadPending();
    updateButtons();
}

void GroupsView::takeConsumers(const Result<std::vector<StreamConsumer>>& consumers)
{
    m_consumerError = consumers ? std::nullopt : std::optional(consumers.error());
    const QString chosen = m_consumer->currentText();
    const bool isOfOne = m_consumer->currentIndex() > 0;
    m_consumers->setConsumers(consumers ? *consumers : std::vector<StreamConsumer>());
    if (m_consumers->rowCount() > 0) {
        m_consumerTable->resizeColumnsToContents();
    }
    {
        const QSignalBlocker blocker(m_consumer);
        m_consumer->clear();
        m_consumer->addItem(tr("all consumers"));
        for (const StreamConsumer& each : m_consumers->consumers()) {
            m_consumer->addItem(displayText(each.name));
        }
        m_consumer->setCurrentIndex(isOfOne ? std::max(m_consumer->findText(chosen), 0) : 0);
    }
    if (isOfOne && m_consumer->currentIndex() == 0) {
        loadPending(); // that consumer is gone
    }
    showState();
}

std::vector<std::string> GroupsView::consumerNames() const
{
    std::vector<std::string> names;
    for (const StreamConsumer& each : m_consumers->consumers()) {
        names.push_back(each.name);
    }
    return names;
}

Milliseconds GroupsView::minIdle() const
{
    return std::chrono::seconds(m_minIdle->value());
}

void GroupsView::loadPending()
{
    if (m_groupName.empty()) {
        return;
    }
    PendingRequest request;
    request.key = m_key;
    request.group = m_groupName;
    request.minIdle = minIdle();
    const auto names = consumerNames();
    const int chosen = m_consumer->currentIndex();
    if (chosen > 0 && static_cast<std::size_t>(chosen) <= names.size()) {
        request.consumer = names[static_cast<std::size_t>(chosen) - 1];
    }
    m_pending->open(std::move(request));
}

std::vector<PendingEntry> GroupsView::selectedEntries() const
{
    QList<int> rows;
    for (const QModelIndex& index : m_pendingTable->selectionModel()->selectedRows()) {
        rows << index.row();
    }
    std::ranges::sort(rows);
    std::vector<PendingEntry> entries;
    for (const int row : rows) {
        entries.push_back(m_pending->entry(row));
    }
    return entries;
}

void GroupsView::setWritable(bool writable)
{
    m_isWritable = writable;
    updateButtons();
}

void GroupsView::updateButtons()
{
    const bool hasGroup = m_isWritable && group().has_value();
    m_create->setEnabled(m_isWritable);
    m_move->setEnabled(hasGroup);
    m_destroy->setEnabled(hasGroup);
    m_claim->setEnabled(hasGroup && m_pending->rowCount() > 0);
    m_acknowledge->setEnabled(hasGroup && m_pendingTable->selectionModel()->hasSelection());
}

void GroupsView::showState()
{
    if (m_error) {
        m_state->setText(errorText(*m_error));
    } else if (m_groups->rowCount() == 0) {
        m_state->setText(tr("This stream has no consumer groups."));
    } else {
        m_state->setText(m_groups->rowCount() == 1
                ? tr("1 group")
                : tr("%1 groups").arg(numberText(std::uint64_t(m_groups->rowCount()))));
    }
    m_state->setToolTip(m_state->text());
    m_pendingState->setText(pendingText());
    m_pendingState->setToolTip(m_pendingState->text());
    updateButtons();
}

QString GroupsView::pendingText() const
{
    if (!group()) {
        return {};
    }
    if (const auto& error = m_pending->error() ? m_pending->error() : m_consumerError) {
        return errorText(*error);
    }
    const auto count = static_cast<std::uint64_t>(m_pending->rowCount());
    if (count == 0) {
        return m_pending->isLoading() ? tr("Loading…") : tr("No entry is pending.");
    }
    QString text = count == 1 ? tr("1 entry is pending") : tr("%1 entries are pending").arg(numberText(count));
    if (m_pending->isFull()) {
        return tr("%1 – no more are shown").arg(text);
    }
    return m_pending->isComplete() ? text : tr("%1 so far").arg(text);
}

} // namespace keyglass::ui
