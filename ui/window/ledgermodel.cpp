// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/ledgermodel.h"

#include "ui/common/texts.h"
#include "ui/window/nodewording.h"
#include "ui/window/wording.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

/// Nothing where there was no call yet: a 0 would be taken for a measured one.
QString timeOf(NodeLedger::Microseconds time)
{
    return time.count() > 0 ? roundTripText(time) : QString();
}

QString decimalText(double value)
{
    return value > 0 ? QLocale().toString(value, 'f', value < 10 ? 1 : 0) : QString();
}

QString roleText(const QString& role)
{
    if (role == u"master"_s) {
        return LedgerModel::tr("master");
    }
    return role == u"replica"_s ? LedgerModel::tr("replica") : role;
}

QString textOf(const NodeLedger& node, const QString& replacedBy, int column)
{
    switch (column) {
    case LedgerModel::Node:
        return node.node;
    case LedgerModel::Role:
        return roleText(node.role);
    case LedgerModel::Slots:
        return node.slotRanges;
    case LedgerModel::Keys:
        return numberText(node.keys);
    case LedgerModel::Calls:
        return numberText(node.calls);
    case LedgerModel::KeysPerCall:
        return decimalText(node.keysPerCall());
    case LedgerModel::CallsPerSecond:
        return decimalText(node.callsPerSecond);
    case LedgerModel::Count:
        return node.count > 0 ? numberText(static_cast<std::uint64_t>(node.count)) : QString();
    case LedgerModel::MeanLatency:
        return timeOf(node.meanLatency);
    case LedgerModel::P99Latency:
        return timeOf(node.p99Latency);
    case LedgerModel::ServerTime:
        return node.serverTime ? timeOf(*node.serverTime) : QString();
    case LedgerModel::Errors:
        return numberText(node.errors);
    case LedgerModel::State:
        return nodeStateText(node, replacedBy);
    case LedgerModel::Started:
        return timeText(node.started);
    case LedgerModel::Finished:
        return timeText(node.finished);
    default:
        return {};
    }
}

QString toolTipOf(const NodeLedger& node, const QString& replacedBy)
{
    QStringList lines{node.node + u": "_s + nodeStateText(node, replacedBy)};
    if (!node.runId.empty()) {
        lines << LedgerModel::tr("Server process (run_id): %1").arg(QString::fromStdString(node.runId));
    }
    QStringList cursors;
    for (const Cursor cursor : node.cursors) {
        cursors << QString::number(cursor.value);
    }
    if (!cursors.isEmpty()) {
        lines << LedgerModel::tr("Cursor: %1").arg(cursors.join(u", "_s));
    }
    if (!node.lastRestart.isEmpty()) {
        lines << node.lastRestart;
    }
    if (!node.lastError.isEmpty()) {
        lines << LedgerModel::tr("Last error: %1").arg(node.lastError);
    }
    return lines.join(u'\n');
}

bool isNumber(int column)
{
    return column >= LedgerModel::Keys && column <= LedgerModel::Errors;
}

} // namespace

LedgerModel::LedgerModel(const Session& session, QObject* parent)
    : QAbstractTableModel(parent)
    , m_session(session)
    , m_rows(rows())
{
    connect(&session, &Session::scanProgressChanged, this, &LedgerModel::refresh);
    connect(&session, &Session::scanStateChanged, this, &LedgerModel::refresh);
}

std::vector<LedgerModel::Row> LedgerModel::rows() const
{
    std::vector<Row> rows;
    if (const auto& report = m_session.scanReport()) {
        for (const NodeScanEnd& end : report->nodes) {
            rows.push_back({end.ledger, end.replacedBy});
        }
    }
    if (m_session.scanState() == ScanState::Ended) {
        return rows;
    }
    // While a scan goes on, the nodes that it does not concern keep their lines.
    for (NodeLedger& node : m_session.scanProgress().nodes) {
        const auto isSame = [&node](const Row& row) { return row.ledger.node == node.node && !row.isOfNow; };
        const auto same = std::find_if(rows.begin(), rows.end(), isSame);
        Row& row = same == rows.end() ? rows.emplace_back() : *same;
        row = {std::move(node), {}, true};
    }
    return rows;
}

void LedgerModel::refresh()
{
    std::vector<Row> now = rows();
    const bool sameNodes = std::equal(now.begin(), now.end(), m_rows.begin(), m_rows.end(),
        [](const Row& a, const Row& b) { return a.ledger.node == b.ledger.node; });
    if (!sameNodes) {
        beginResetModel();
        m_rows = std::move(now);
        endResetModel();
    } else if (!now.empty()) {
        m_rows = std::move(now);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
    }
}

int LedgerModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LedgerModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant LedgerModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row.ledger, row.replacedBy, index.column());
    case Qt::ToolTipRole:
        return toolTipOf(row.ledger, row.replacedBy);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft)));
    default:
        return {};
    }
}

QVariant LedgerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft)));
    }
    const QString titles[Columns]{tr("Node"), tr("Role"), tr("Slots"), tr("Keys"), tr("Calls"), tr("Keys/call"),
        tr("Calls/s"), tr("COUNT"), tr("Latency"), tr("p99"), tr("Server time"), tr("Errors"), tr("State"),
        tr("Started"), tr("Finished")};
    if (role == Qt::ToolTipRole && section == MeanLatency) {
        return tr("Of one call on average, from sending it to its answer");
    }
    if (role == Qt::ToolTipRole && section == ServerTime) {
        return tr("What one call takes the server itself");
    }
    return role == Qt::DisplayRole ? QVariant(titles[section]) : QVariant();
}

bool LedgerModel::isGivenUp(int row) const
{
    if (row < 0 || row >= rowCount()) {
        return false;
    }
    const Row& node = m_rows[static_cast<std::size_t>(row)];
    return node.ledger.state == NodeScanState::GivenUp && node.replacedBy.isEmpty();
}

QString LedgerModel::nodeAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].ledger.node : QString();
}

} // namespace keyglass::ui
