// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/keytreemodel.h"

#include "core/base/bytes.h"
#include "core/index/keyroot.h"
#include "ui/common/texts.h"
#include "ui/tree/rowname.h"

#include <QMimeData>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t longestToolTip = 2000; // bytes of a name
const QString tableBadge = u"TBL"_s;

QByteArray byteArray(std::string_view bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

QString wholeName(std::string_view bytes)
{
    if (bytes.empty()) {
        return rowName(bytes).text;
    }
    if (bytes.size() <= longestToolTip) {
        return displayText(bytes);
    }
    return displayText(bytes.substr(0, longestToolTip)) + u"… "_s + sizeText(ByteCount{bytes.size()});
}

} // namespace

KeyTreeModel::KeyTreeModel(const DetailsCache& details, QObject* parent)
    : QAbstractItemModel(parent)
    , m_details(details)
{
}

void KeyTreeModel::setWindow(TreeWindow window)
{
    if (m_window.rows == window.rows) {
        m_window.first = window.first;
        return;
    }
    beginResetModel();
    m_window = std::move(window);
    endResetModel();
}

QModelIndex KeyTreeModel::indexOf(const RowId& id) const
{
    const auto found = std::ranges::find_if(
        m_window.rows, [&id](const TreeRow& row) { return row.isFolder == id.isFolder && row.bytes == id.bytes; });
    return found == m_window.rows.end() ? QModelIndex() : index(static_cast<int>(found - m_window.rows.begin()), 0);
}

void KeyTreeModel::detailsChanged()
{
    if (!m_window.rows.empty()) {
        Q_EMIT dataChanged(index(0, 1), index(rowCount() - 1, keyColumnCount - 1));
    }
}

QModelIndex KeyTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex KeyTreeModel::parent(const QModelIndex& /*child*/) const
{
    return {};
}

int KeyTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_window.rows.size());
}

int KeyTreeModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : keyColumnCount;
}

QVariant KeyTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const TreeRow& shown = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(shown, static_cast<KeyColumn>(index.column()));
    case Qt::ToolTipRole:
        return toolTip(shown);
    case BytesRole:
        return byteArray(shown.bytes);
    case IsFolderRole:
        return shown.isFolder;
    case IsExpandedRole:
        return shown.isExpanded;
    case DepthRole:
        return shown.depth;
    case KeyCountRole:
        return QVariant::fromValue(static_cast<quint64>(shown.keyCount));
    default:
        return {};
    }
}

QVariant KeyTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (static_cast<KeyColumn>(section)) {
    case KeyColumn::Name:
        return tr("Name");
    case KeyColumn::Type:
        return tr("Type");
    case KeyColumn::Ttl:
        return tr("TTL");
    case KeyColumn::Memory:
        return tr("Memory");
    }
    return {};
}

Qt::ItemFlags KeyTreeModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

std::optional<std::string> KeyTreeModel::tableOf(const TreeRow& row) const
{
    return m_tableOf && !row.isExpanded ? m_tableOf(row) : std::nullopt;
}

/// The key or the prefix as the server has it; of a root, its name.
std::string_view KeyTreeModel::nameOf(const TreeRow& row) const
{
    const std::string_view bytes = row.bytes;
    if (!m_hasRoots || rootLength(bytes) > bytes.size()) {
        return bytes;
    }
    const bool isRoot = row.isFolder && row.depth == 0;
    return isRoot ? row.label() : bytes.substr(rootLength(bytes));
}

QStringList KeyTreeModel::mimeTypes() const
{
    return {u"text/plain"_s, u"application/x-keyglass-key"_s};
}

QMimeData* KeyTreeModel::mimeData(const QModelIndexList& indexes) const
{
    QStringList lines;
    QByteArray bytes;
    for (const QModelIndex& index : indexes) {
        if (index.column() != 0) {
            continue;
        }
        const std::string_view name = nameOf(row(index.row()));
        bytes = byteArray(name);
        const bool isText = isUtf8(name) && !bytes.contains('\0');
        lines.append(isText ? QString::fromUtf8(bytes) : QString::fromStdString(escapeLine(name)));
    }
    if (lines.isEmpty()) {
        return nullptr;
    }
    auto* mime = new QMimeData; // NOLINT(cppcoreguidelines-owning-memory): the caller owns it, as Qt has it
    mime->setText(lines.join(u'\n'));
    mime->setData(mimeTypes().constLast(), bytes);
    return mime;
}

QString KeyTreeModel::cellText(const TreeRow& row, KeyColumn column) const
{
    if (column == KeyColumn::Name) {
        return rowName(row.label()).text;
    }
    if (column == KeyColumn::Type && tableOf(row)) {
        return tableBadge;
    }
    const DetailsCache::Entry* known = row.isFolder ? nullptr : m_details.find(row.bytes);
    if (known == nullptr || known->state == RowDetails::Loading || known->state == RowDetails::Gone) {
        return {};
    }
    const KeyDetails& details = known->details;
    switch (column) {
    case KeyColumn::Type:
        return details.typeState == DetailState::There ? keyTypeBadge(details.type) : QString();
    case KeyColumn::Ttl:
        if (const auto ttl = known->ttl(Clock::now())) {
            return durationText(*ttl);
        }
        return details.isPersistent() ? u"–"_s : QString();
    case KeyColumn::Memory:
        return details.memory ? sizeText(*details.memory) : QString();
    case KeyColumn::Name:
        break;
    }
    return {};
}

QString KeyTreeModel::toolTip(const TreeRow& row) const
{
    QStringList lines{wholeName(nameOf(row))};
    if (const auto table = tableOf(row)) {
        lines.append(tr("Table %1 of RedisTABLE: Return opens its rows").arg(wholeName(*table)));
    }
    if (row.isFolder) {
        lines.append(tr("%n key(s)", nullptr, 2).replace(u"2"_s, numberText(row.keyCount)));
        return lines.join(u'\n');
    }
    const DetailsCache::Entry* known = m_details.find(row.bytes);
    if (known == nullptr || known->state == RowDetails::Loading) {
        return lines.join(u'\n');
    }
    if (known->state == RowDetails::Gone) {
        lines.append(tr("Gone: deleted or expired since the keys were read"));
        return lines.join(u'\n');
    }
    const KeyDetails& details = known->details;
    if (!details.typeName.empty()) {
        lines.append(tr("Type: %1").arg(displayText(details.typeName)));
    }
    if (const auto ttl = known->ttl(Clock::now())) {
        const QDateTime end = QDateTime::currentDateTime().addMSecs(ttl->count());
        lines.append(tr("Expires in %1, at %2").arg(exactDurationText(*ttl), isoTimeText(end)));
    }
    if (details.memory) {
        lines.append(tr("Memory: %1 bytes, estimated").arg(numberText(details.memory->value)));
    }
    const auto refused = [&](DetailState state, const QString& what) {
        if (state == DetailState::Refused) {
            lines.append(tr("%1: this user may not ask for it").arg(what));
        }
    };
    refused(details.typeState, tr("Type"));
    refused(details.ttlState, tr("TTL"));
    refused(details.memoryState, tr("Memory"));
    return lines.join(u'\n');
}

} // namespace keyglass::ui
