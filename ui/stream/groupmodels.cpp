// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stream/groupmodels.h"

#include "core/base/bytes.h"
#include "core/value/streamid.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <utility>

namespace keyglass::ui {

namespace {

using Column = TextTable::Column;

#define TITLE(words) QT_TRANSLATE_NOOP("keyglass::ui::TextTable", words)

constexpr std::array groupColumns{Column{TITLE("Group")}, Column{TITLE("Consumers"), true},
    Column{TITLE("Pending"), true}, Column{TITLE("Lag"), true}, Column{TITLE("Last delivered")}};
constexpr std::array consumerColumns{Column{TITLE("Consumer")}, Column{TITLE("Pending"), true},
    Column{TITLE("Idle"), true}, Column{TITLE("Inactive"), true}};
constexpr std::array pendingColumns{
    Column{TITLE("ID")}, Column{TITLE("Consumer")}, Column{TITLE("Idle"), true}, Column{TITLE("Deliveries"), true}};

#undef TITLE

constexpr std::size_t entriesPerPage = 500;
constexpr std::size_t longestName = 500;

QString nameText(const std::string& name)
{
    return displayText(std::string_view(name).substr(0, longestName))
        + (name.size() > longestName ? QStringLiteral("…") : QString());
}

QString numberOrDash(const std::optional<std::uint64_t>& number)
{
    return number ? numberText(*number) : QStringLiteral("–");
}

} // namespace

QString entryTimeText(const std::string& id)
{
    constexpr std::uint64_t in2000 = 946'684'800'000;
    constexpr std::uint64_t in3000 = 32'503'680'000'000;
    const auto parsed = StreamId::parse(id);
    const bool isTime = parsed && parsed->time >= in2000 && parsed->time < in3000;
    return isTime ? timeText(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(parsed->time))) : QString();
}

// --- groups

GroupModel::GroupModel(QObject* parent)
    : TextTable(groupColumns, parent)
{
}

void GroupModel::setGroups(std::vector<StreamGroup> groups)
{
    beginResetModel();
    m_groups = std::move(groups);
    endResetModel();
}

int GroupModel::rowOf(const std::string& name) const
{
    const auto found = std::ranges::find(m_groups, name, &StreamGroup::name);
    return found == m_groups.end() ? -1 : static_cast<int>(found - m_groups.begin());
}

int GroupModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_groups.size());
}

QString GroupModel::text(int row, int column) const
{
    const StreamGroup& shown = group(row);
    switch (column) {
    case 0:
        return nameText(shown.name);
    case 1:
        return numberText(shown.consumers);
    case 2:
        return numberText(shown.pending);
    case 3:
        return numberOrDash(shown.lag);
    default:
        return nameText(shown.lastDelivered);
    }
}

QString GroupModel::toolTip(int row, int column) const
{
    const StreamGroup& shown = group(row);
    switch (column) {
    case 2:
        return tr("Delivered to a consumer and not acknowledged");
    case 3:
        return shown.lag ? tr("Entries still to be delivered")
                         : tr("The server can't tell how many are to be delivered");
    case 4:
        return entryTimeText(shown.lastDelivered);
    default:
        return {};
    }
}

// --- consumers

ConsumerModel::ConsumerModel(QObject* parent)
    : TextTable(consumerColumns, parent)
{
}

void ConsumerModel::setConsumers(std::vector<StreamConsumer> consumers)
{
    beginResetModel();
    m_consumers = std::move(consumers);
    endResetModel();
}

int ConsumerModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_consumers.size());
}

QString ConsumerModel::text(int row, int column) const
{
    const StreamConsumer& shown = m_consumers[static_cast<std::size_t>(row)];
    switch (column) {
    case 0:
        return nameText(shown.name);
    case 1:
        return numberText(shown.pending);
    case 2:
        return durationText(shown.idle);
    default:
        return shown.inactive ? durationText(*shown.inactive) : QStringLiteral("–");
    }
}

QString ConsumerModel::toolTip(int row, int column) const
{
    const StreamConsumer& shown = m_consumers[static_cast<std::size_t>(row)];
    switch (column) {
    case 2:
        return tr("Since it last asked for entries: %1").arg(exactDurationText(shown.idle));
    case 3:
        return shown.inactive ? tr("Since it last got an entry: %1").arg(exactDurationText(*shown.inactive))
                              : tr("It has never got an entry, or the server does not tell (before 7.2)");
    default:
        return {};
    }
}

// --- pending entries

PendingModel::PendingModel(std::shared_ptr<StreamSource> source, QObject* parent)
    : TextTable(pendingColumns, parent)
    , m_source(std::move(source))
{
}

void PendingModel::open(PendingRequest request)
{
    m_request = std::move(request);
    m_request.maxEntries = entriesPerPage;
    m_isFirst = true;
    load();
}

void PendingModel::clear()
{
    beginResetModel();
    ++m_generation;
    m_entries.clear();
    m_error.reset();
    m_isLoading = false;
    m_isComplete = true;
    endResetModel();
    Q_EMIT stateChanged();
}

void PendingModel::load()
{
    m_error.reset();
    m_isLoading = true;
    const std::uint64_t generation = ++m_generation;
    whenReady(this, m_source->loadPending(m_request), [this, generation](const Result<PendingPage>& page) {
        if (generation == m_generation) {
            take(page);
        }
    });
    Q_EMIT stateChanged();
}

void PendingModel::take(const Result<PendingPage>& page)
{
    m_isLoading = false;
    if (page) {
        takePage(*page);
    } else {
        m_error = page.error();
    }
    Q_EMIT stateChanged();
}

/// Where the next page begins is settled first: a view may ask for it as soon as it hears of the new rows.
void PendingModel::takePage(const PendingPage& page)
{
    m_isComplete = page.complete;
    if (!page.entries.empty()) {
        m_request.after = page.entries.back().id;
    }
    if (std::exchange(m_isFirst, false)) {
        beginResetModel();
        m_entries = page.entries;
        endResetModel();
    } else if (!page.entries.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(page.entries.size()) - 1);
        m_entries.insert(m_entries.end(), page.entries.begin(), page.entries.end());
        endInsertRows();
    }
}

int PendingModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

bool PendingModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_isComplete && !m_isLoading && !m_error && !isFull();
}

void PendingModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent)) {
        load();
    }
}

QString PendingModel::text(int row, int column) const
{
    const PendingEntry& shown = entry(row);
    switch (column) {
    case 0:
        return nameText(shown.id);
    case 1:
        return nameText(shown.consumer);
    case 2:
        return durationText(shown.idle);
    default:
        return numberText(shown.deliveries);
    }
}

QString PendingModel::toolTip(int row, int column) const
{
    const PendingEntry& shown = entry(row);
    switch (column) {
    case 0:
        return entryTimeText(shown.id);
    case 2:
        return tr("Since it was last delivered: %1").arg(exactDurationText(shown.idle));
    default:
        return {};
    }
}

} // namespace keyglass::ui
