// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/nodewording.h"

#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/window/wording.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::NodeWording", text);
}

} // namespace

QString clusterText(const std::vector<SessionNode>& nodes)
{
    if (nodes.empty()) {
        return {};
    }
    const auto answering =
        std::count_if(nodes.begin(), nodes.end(), [](const SessionNode& node) { return !node.trouble; });
    return tr("cluster %1/%2").arg(answering).arg(nodes.size());
}

QString nodesToolTip(const std::vector<SessionNode>& nodes)
{
    QStringList lines;
    for (const SessionNode& node : nodes) {
        QString line = node.slotRanges.isEmpty() ? tr("%1: no slots").arg(node.address)
                                                 : tr("%1: slots %2").arg(node.address, node.slotRanges);
        if (node.replicas > 0) {
            line += tr(", %1").arg(
                QCoreApplication::translate("keyglass::ui::NodeWording", "%n replica(s)", nullptr, int(node.replicas)));
        }
        if (node.trouble) {
            line += tr(", does not answer (%1)").arg(errorKindText(node.trouble->kind));
        }
        lines << line;
    }
    return lines.join(u'\n');
}

QString silentNodesText(const std::vector<SessionNode>& nodes)
{
    QStringList silent;
    for (const SessionNode& node : nodes) {
        if (node.trouble) {
            silent << tr("%1 (%2)").arg(node.address, errorKindText(node.trouble->kind));
        }
    }
    if (silent.isEmpty()) {
        return {};
    }
    if (silent.size() == 1) {
        return tr("%1 does not answer. Its keys can't be read now; those of the other nodes can.").arg(silent.first());
    }
    const QString last = silent.takeLast();
    return tr("%1 and %2 do not answer. Their keys can't be read now; those of the other nodes can.")
        .arg(silent.join(u", "_s), last);
}

QString timeText(const std::optional<NodeLedger::WallTime>& time)
{
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    if (!time) {
        return {};
    }
    const auto since = duration_cast<milliseconds>(time->time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(since.count()).toString(u"HH:mm:ss"_s);
}

QString nodeStateText(const NodeLedger& node, const QString& replacedBy)
{
    if (!replacedBy.isEmpty()) {
        return tr("replaced by %1").arg(replacedBy);
    }
    switch (node.state) {
    case NodeScanState::Waiting:
        return tr("waiting");
    case NodeScanState::Scanning:
        return tr("scanning");
    case NodeScanState::Silent:
        return tr("no answer since %1").arg(timeText(node.silentSince));
    case NodeScanState::Retrying:
        return node.trouble.isEmpty() ? tr("trying again") : node.trouble;
    case NodeScanState::Done:
        return node.lastRestart.isEmpty() ? tr("done") : tr("done, %1").arg(node.lastRestart);
    case NodeScanState::AtLimit:
        return tr("stopped at the limit");
    case NodeScanState::Interrupted:
        return tr("stopped");
    case NodeScanState::GivenUp:
        return tr("given up: %1").arg(node.lastError);
    }
    return {};
}

QString paceText(const std::vector<NodeLedger>& nodes)
{
    QStringList lines;
    for (const NodeLedger& node : nodes) {
        if (node.calls == 0) {
            continue;
        }
        const QString pace = tr("COUNT %1, %2 calls/s, %3 a call")
                                 .arg(numberText(static_cast<std::uint64_t>(std::max(node.count, 0))),
                                     QLocale().toString(node.callsPerSecond, 'f', 0), roundTripText(node.meanLatency));
        lines << (nodes.size() == 1 ? pace : node.node + u": "_s + pace);
    }
    return lines.join(u'\n');
}

} // namespace keyglass::ui
