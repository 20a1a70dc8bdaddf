// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/estimatetext.h"

#include "core/base/bytes.h"
#include "ui/bulk/jobwording.h"
#include "ui/common/texts.h"

#include <QCoreApplication>
#include <QLocale>

#include <chrono>

namespace keyglass::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("JobWording", text);
}

QString roughText(std::chrono::milliseconds time)
{
    return time < std::chrono::seconds{1} ? tr("less than a second") : tr("about %1").arg(durationText(time));
}

QString boundText(JobEstimate::Bound bound)
{
    switch (bound) {
    case JobEstimate::Bound::Commands:
        break;
    case JobEstimate::Bound::GentlePace:
        return tr(" (by its pace)");
    case JobEstimate::Bound::RateLimit:
        return tr(" (by its rate limit)");
    }
    return {};
}

QString serverText(const JobEstimate& estimate)
{
    const QString calls = tr("about %1 ms at a call, %2 at a time")
                              .arg(QLocale().toString(static_cast<double>(estimate.callBudget.count()) / 1000))
                              .arg(countOfKeys(estimate.batchKeys));
    if (!estimate.serverTime || !estimate.busyShare) {
        return tr("The server: busy for at most %1; what its commands take it does not tell.").arg(calls);
    }
    return tr("The server: busy for %1 in all, %2 % of the time that the job runs, at most %3.")
        .arg(roughText(*estimate.serverTime))
        .arg(static_cast<int>(100 * *estimate.busyShare + 0.5))
        .arg(calls);
}

} // namespace

QString estimateText(const JobEstimate& estimate)
{
    if (!estimate.duration) {
        return {};
    }
    const QString time = roughText(*estimate.duration) + boundText(estimate.bound);
    QString text = estimate.sampled > 0 ? tr("Estimate: %1, by what looking took, and reading %2 of the values.")
                                              .arg(time, numberText(estimate.sampled))
                                        : tr("Estimate: %1, by what looking took.").arg(time);
    text += u'\n' + serverText(estimate);
    if (estimate.readBytes) {
        text += u' ' + tr("Values of about %1 are read from it.").arg(sizeText(*estimate.readBytes));
    }
    return text;
}

} // namespace keyglass::ui
