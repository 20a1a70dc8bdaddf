// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keytable/keytablemodel.h"

#include "core/base/bytes.h"
#include "core/index/keyroot.h"
#include "ui/common/texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t longestToolTip = 2000; // bytes of a name

QString tableText(const char* text)
{
    return QCoreApplication::translate("KeyTable", text);
}

/// What a detail says, by whether it is known.
QString known(DetailState state, const QString& text)
{
    return state == DetailState::There ? text : QString();
}

DetailState stateOf(const KeyDetails& of, SortColumn column)
{
    const std::array states{DetailState::There, of.typeState, of.ttlState, of.memoryState, of.lengthState,
        of.encodingState, of.idleState, of.frequencyState};
    return states.at(static_cast<std::size_t>(column));
}

QString numberOf(const std::optional<std::uint64_t>& number)
{
    return number ? numberText(*number) : u"–"_s;
}

} // namespace

QString columnTitle(SortColumn column)
{
    switch (column) {
    case SortColumn::Name:
        return tableText("Name");
    case SortColumn::Type:
        return tableText("Type");
    case SortColumn::Ttl:
        return tableText("TTL");
    case SortColumn::Memory:
        return tableText("Memory");
    case SortColumn::Length:
        return tableText("Length");
    case SortColumn::Encoding:
        return tableText("Encoding");
    case SortColumn::Idle:
        return tableText("Idle time");
    case SortColumn::Frequency:
        return tableText("Frequency");
    }
    return {};
}

QString columnWords(SortColumn column)
{
    switch (column) {
    case SortColumn::Name:
        return tableText("name");
    case SortColumn::Type:
        return tableText("type");
    case SortColumn::Ttl:
        return tableText("TTL");
    case SortColumn::Memory:
        return tableText("memory");
    case SortColumn::Length:
        return tableText("length");
    case SortColumn::Encoding:
        return tableText("encoding");
    case SortColumn::Idle:
        return tableText("idle time");
    case SortColumn::Frequency:
        return tableText("frequency");
    }
    return {};
}

bool isRightAligned(SortColumn column)
{
    return column != SortColumn::Name && column != SortColumn::Type && column != SortColumn::Encoding;
}

KeyTableModel::KeyTableModel(const DetailsCache& details, QObject* parent)
    : QAbstractTableModel(parent)
    , m_details(details)
{
}

/// Rows that are too many go, those that stay change, and what is missing comes, in this order: each step is true by
/// itself.
void KeyTableModel::setWindow(std::uint64_t first, std::vector<std::string> keys)
{
    const int now = static_cast<int>(keys.size());
    if (const int before = rowCount(); now < before) {
        beginRemoveRows({}, now, before - 1);
        m_keys.resize(keys.size());
        endRemoveRows();
    }
    const int kept = rowCount();
    const bool isOther = first != m_first || !std::equal(m_keys.begin(), m_keys.end(), keys.begin());
    m_first = first;
    if (kept > 0 && isOther) {
        std::copy_n(keys.begin(), m_keys.size(), m_keys.begin());
        Q_EMIT dataChanged(index(0, 0), index(kept - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Vertical, 0, kept - 1);
    }
    if (now > kept) {
        beginInsertRows({}, kept, now - 1);
        m_keys = std::move(keys);
        endInsertRows();
    }
}

void KeyTableModel::detailsChanged()
{
    if (!m_keys.empty()) {
        Q_EMIT dataChanged(index(0, 1), index(rowCount() - 1, columnCount() - 1));
    }
}

int KeyTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

int KeyTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(tableColumnCount);
}

QVariant KeyTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const auto column = static_cast<SortColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(index.row(), column);
    case Qt::ToolTipRole:
        return u"<p style='white-space:pre-wrap'>%1</p>"_s.arg(toolTip(index.row(), column).toHtmlEscaped());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isRightAligned(column) ? Qt::AlignRight : Qt::AlignLeft));
    case BytesRole: {
        const std::string& bytes = key(index.row());
        return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
    }
    default:
        return {};
    }
}

QVariant KeyTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        return role == Qt::DisplayRole ? QVariant(numberText(m_first + static_cast<std::uint64_t>(section) + 1))
                                       : QVariant();
    }
    const auto column = static_cast<SortColumn>(section);
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter | (isRightAligned(column) ? Qt::AlignRight : Qt::AlignLeft));
    }
    return role == Qt::DisplayRole ? QVariant(columnTitle(column)) : QVariant();
}

RowName KeyTableModel::nameOf(int row) const
{
    const std::string_view bytes = key(row);
    const auto rooted = m_hasRoots ? splitRoot(bytes) : std::nullopt;
    RowName name = rowName(rooted ? rooted->key : bytes);
    if (rooted) {
        const QString database = u"db %1 · "_s.arg(rooted->database);
        for (RowName::Span& span : name.spans) {
            span.start += database.size();
        }
        name.text.prepend(database);
        name.spans.insert(name.spans.begin(), {0, database.size(), RowName::Part::Marker});
    }
    return name;
}

bool KeyTableModel::isRefused(int row, SortColumn column) const
{
    const DetailsCache::Entry* entry = details(row);
    return entry != nullptr && stateOf(entry->details, column) == DetailState::Refused;
}

QString KeyTableModel::cellText(int row, SortColumn column) const
{
    if (column == SortColumn::Name) {
        return nameOf(row).text;
    }
    const DetailsCache::Entry* entry = details(row);
    if (entry == nullptr || entry->state == RowDetails::Loading || entry->state == RowDetails::Gone) {
        return {};
    }
    const KeyDetails& of = entry->details;
    if (stateOf(of, column) == DetailState::Refused) {
        return tableText("no permission");
    }
    switch (column) {
    case SortColumn::Name:
        break;
    case SortColumn::Type:
        return known(of.typeState, keyTypeBadge(of.type));
    case SortColumn::Ttl:
        if (const auto ttl = entry->ttl(Clock::now())) {
            return durationText(*ttl);
        }
        return of.isPersistent() ? u"–"_s : QString();
    case SortColumn::Memory:
        return of.memory ? sizeText(*of.memory) : QString();
    case SortColumn::Length:
        return known(of.lengthState, numberOf(of.length));
    case SortColumn::Encoding:
        return known(of.encodingState, displayText(of.encoding));
    case SortColumn::Idle:
        return of.idle ? durationText(*of.idle) : QString();
    case SortColumn::Frequency:
        return known(of.frequencyState, numberOf(of.frequency));
    }
    return {};
}

QString KeyTableModel::toolTip(int row, SortColumn column) const
{
    const DetailsCache::Entry* entry = details(row);
    if (entry != nullptr && entry->state == RowDetails::Gone) {
        return tableText("Gone: deleted or expired since the keys were read");
    }
    if (column == SortColumn::Name) {
        const std::string_view bytes = key(row);
        const std::string_view own = bytes.substr(m_hasRoots ? std::min(rootLength(bytes), bytes.size()) : 0);
        return own.empty() ? rowName(own).text : displayText(own.substr(0, longestToolTip));
    }
    if (entry == nullptr || entry->state == RowDetails::Loading) {
        return tableText("Not known yet");
    }
    const KeyDetails& of = entry->details;
    const DetailState state = stateOf(of, column);
    if (state == DetailState::Refused) {
        return tableText("This user may not ask for it");
    }
    if (state == DetailState::Failed && of.failure) {
        return of.failure->detail;
    }
    if (column == SortColumn::Ttl && entry->ttl(Clock::now())) {
        const auto ttl = *entry->ttl(Clock::now());
        const QDateTime end = QDateTime::currentDateTime().addMSecs(ttl.count());
        return tableText("Expires in %1, at %2").arg(exactDurationText(ttl), isoTimeText(end));
    }
    if (column == SortColumn::Memory && of.memory) {
        return tableText("%1 bytes, estimated").arg(numberText(of.memory->value));
    }
    if (column == SortColumn::Type) {
        return displayText(of.typeName);
    }
    return column == SortColumn::Idle && of.idle ? exactDurationText(*of.idle) : cellText(row, column);
}

} // namespace keyglass::ui
