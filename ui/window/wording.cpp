// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/wording.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/texts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::wording", text);
}

std::uint64_t valueOf(ScanLimit limit, const ScanLimits& limits)
{
    switch (limit) {
    case ScanLimit::MaxKeys:
        return limits.maxKeys.value_or(0);
    case ScanLimit::MaxIterations:
        return limits.maxIterations.value_or(0);
    case ScanLimit::MaxTime:
        return static_cast<std::uint64_t>(limits.maxTime.value_or(std::chrono::seconds{0}).count());
    }
    return 0;
}

QString callsText(std::uint64_t calls)
{
    return calls == 1 ? tr("1 call") : tr("%1 calls").arg(numberText(calls));
}

QString limitText(ScanLimit limit, std::uint64_t value)
{
    switch (limit) {
    case ScanLimit::MaxKeys:
        return keysText(value);
    case ScanLimit::MaxIterations:
        return callsText(value);
    case ScanLimit::MaxTime:
        return tr("%1 s").arg(numberText(value));
    }
    return {};
}

/// What a cluster could not tell or had not got, in sentences.
QStringList clusterGaps(const ScanReport& report)
{
    QStringList sentences;
    if (!report.cluster) {
        return sentences;
    }
    const ClusterFindings& found = *report.cluster;
    if (!found.orphanSlots.isEmpty()) {
        sentences << tr("Slots without a node: %1; their keys can't be read.").arg(found.orphanSlots);
    }
    if (!found.unsettledSlots.isEmpty()) {
        sentences << tr("Slots still moving: %1; keys in them may be missing.").arg(found.unsettledSlots);
    }
    return sentences;
}

/// Going on to the end would not bring what the cluster has not got.
ScanNotice withGaps(ScanNotice notice, const ScanReport& report)
{
    const QStringList sentences = clusterGaps(report);
    if (!sentences.isEmpty()) {
        notice.text += u' ' + sentences.join(u' ');
        notice.isGap = true;
    }
    return notice;
}

ScanNotice limitNotice(ScanLimit limit, const ScanReport& report, const ScanLimits& limits, std::uint64_t shown)
{
    ScanNotice notice;
    notice.text = tr("Stopped at the limit of %1: %2 shown after %3, %4 of the keyspace seen.")
                      .arg(limitText(limit, valueOf(limit, limits)), keysText(shown), callsText(report.calls()),
                          percentText(report.share()));
    if (const auto enough = report.limitToFinish()) {
        notice.text += u' ' + tr("About %1 would show all.").arg(limitText(limit, *enough));
    }
    notice.canLoadMore = true;
    notice.canLoadAll = true;
    return withGaps(std::move(notice), report);
}

bool isStoppedByUser(const ScanReport& report)
{
    return std::any_of(report.nodes.begin(), report.nodes.end(),
        [](const NodeScanEnd& node) { return node.stoppedBy && node.stoppedBy->kind == ErrorKind::Cancelled; });
}

std::vector<const NodeScanEnd*> failedNodes(const ScanReport& report)
{
    std::vector<const NodeScanEnd*> failed;
    for (const NodeScanEnd& node : report.nodes) {
        if (node.stoppedBy && node.stoppedBy->kind != ErrorKind::Cancelled && node.replacedBy.isEmpty()) {
            failed.push_back(&node);
        }
    }
    return failed;
}

/// Whether slots moved can't be told everywhere; empty where it can.
QString unwatchedText(const ScanReport& report)
{
    if (!report.cluster || report.cluster->unwatched.isEmpty()) {
        return {};
    }
    return tr("Whether slots moved is not known: CLUSTER NODES is not told by %1.")
        .arg(report.cluster->unwatched.join(u", "_s));
}

QString failedText(const NodeScanEnd& node, bool alone)
{
    const QString why = errorText(*node.stoppedBy);
    return alone ? why : tr("%1 was given up, %2 of it seen: %3").arg(node.node, percentText(node.share), why);
}

ScanNotice partialNotice(const std::vector<const NodeScanEnd*>& failed, const ScanReport& report)
{
    ScanNotice notice;
    QStringList sentences;
    for (const NodeScanEnd* node : failed) {
        sentences << failedText(*node, !report.cluster);
    }
    sentences << clusterGaps(report);
    sentences << tr("The list is partial: %1 of the keyspace was seen.").arg(percentText(report.share()));
    if (const QString unwatched = unwatchedText(report); !unwatched.isEmpty()) {
        sentences << unwatched;
    }
    notice.text = sentences.join(u' ');
    notice.canRetryNodes = true;
    notice.isGap = true;
    return notice;
}

} // namespace

QString keysText(std::uint64_t keys)
{
    return keys == 1 ? tr("1 key") : tr("%1 keys").arg(numberText(keys));
}

QString roundTripText(std::chrono::microseconds time)
{
    const double milliseconds = static_cast<double>(time.count()) / 1000;
    const int digits = milliseconds < 0.1 ? 2 : milliseconds < 10 ? 1 : 0;
    return tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', digits));
}

ScanNotice scanNotice(const ScanReport& report, const ScanLimits& limits, std::uint64_t shown)
{
    if (const auto failed = failedNodes(report); !failed.empty()) {
        return partialNotice(failed, report);
    }
    if (const auto limit = report.limit(); limit && limits != ScanLimits{}) {
        return limitNotice(*limit, report, limits, shown);
    }
    ScanNotice notice;
    if (isStoppedByUser(report)) {
        notice.text =
            tr("Stopped: %1 shown, %2 of the keyspace seen.").arg(keysText(shown), percentText(report.share()));
        notice.canLoadAll = true;
        return withGaps(std::move(notice), report);
    }
    QStringList sentences = clusterGaps(report);
    notice.isGap = !sentences.isEmpty();
    if (const QString unwatched = unwatchedText(report); !unwatched.isEmpty()) {
        sentences << unwatched;
    }
    notice.text = sentences.join(u' ');
    return notice;
}

QString partialText(const ScanReport& report)
{
    const auto failed = failedNodes(report);
    if (!failed.empty()) {
        const QString names = failed.size() == 1 ? failed.front()->node : tr("%1 nodes").arg(numberText(failed.size()));
        return tr("partial: %1 missing, %2 seen").arg(names, percentText(report.share()));
    }
    if (report.limit() || isStoppedByUser(report)) {
        return tr("partial: %1 seen").arg(percentText(report.share()));
    }
    if (report.cluster && !report.cluster->orphanSlots.isEmpty()) {
        return tr("partial: slots %1 without a node").arg(report.cluster->orphanSlots);
    }
    if (report.cluster && !report.cluster->unsettledSlots.isEmpty()) {
        return tr("partial: slots %1 still moving").arg(report.cluster->unsettledSlots);
    }
    return {};
}

QString keyText(const Session& session, const std::string& key)
{
    constexpr std::size_t longest = 2048; // bytes; what is longer is cut before it becomes text
    const KeyName name = session.nameOf(key);
    const QString cut = name.key.size() > longest ? u"…"_s : QString();
    const QString text = displayText(std::string_view(name.key).substr(0, longest)) + cut;
    return session.hasSeveralDatabases() ? tr("%1 · db %2").arg(text).arg(name.database) : text;
}

QString databasesText(const std::vector<int>& databases)
{
    constexpr std::size_t mostNamed = 4;
    if (databases.size() > mostNamed) {
        return tr("%1 databases").arg(databases.size());
    }
    QStringList numbers;
    for (const int database : databases) {
        numbers << QString::number(database);
    }
    const QString last = numbers.takeLast();
    return numbers.isEmpty() ? tr("db %1").arg(last) : tr("db %1 and %2").arg(numbers.join(u", "_s), last);
}

QString scanSummary(const ScanReport& report, std::uint64_t shown)
{
    if (report.usedKeysCommand) {
        return tr("%1 in %2 by one KEYS call").arg(keysText(shown), durationText(report.elapsed));
    }
    const QString summary =
        tr("%1 in %2, %3").arg(keysText(shown), durationText(report.elapsed), callsText(report.calls()));
    const bool isOfInterest = report.duplicates > 0 && report.cluster && report.cluster->hasReadBoth;
    return isOfInterest ? tr("%1, %2 came more than once").arg(summary, numberText(report.duplicates)) : summary;
}

QString duplicatesText(const ScanReport& report)
{
    if (report.duplicates == 0) {
        return {};
    }
    const QString count = numberText(report.duplicates);
    return report.cluster && report.cluster->hasReadBoth
        ? tr("%1 keys came more than once, from masters and replicas, and are listed once.").arg(count)
        : tr("%1 keys came more than once and are listed once: servers repeat keys while their table is resized.")
              .arg(count);
}

} // namespace keyglass::ui
