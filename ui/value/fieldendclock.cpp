// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/fieldendclock.h"

#include "core/base/errortext.h"
#include "ui/common/texts.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace keyglass::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::FieldEndClock", text);
}

Milliseconds ownTime()
{
    return std::chrono::floor<Milliseconds>(Clock::now().time_since_epoch());
}

} // namespace

void FieldEndClock::take(const std::optional<FieldEnds>& ends)
{
    if (!ends) {
        return;
    }
    m_isShown = true;
    m_unknown = ends->unknown;
    const auto any = std::ranges::find_if(ends->ofRows, [](const auto& end) { return end && end->left.count() > 0; });
    if (any != ends->ofRows.end()) {
        m_serverAhead = (*any)->at.time_since_epoch() - (*any)->left - ownTime();
    }
}

FieldEndClock::Time FieldEndClock::endOf(const ValuePage& page, std::size_t row)
{
    const bool isKnown = page.fieldEnds && row < page.fieldEnds->ofRows.size();
    if (!isKnown) {
        return unknown;
    }
    return page.fieldEnds->ofRows[row] ? page.fieldEnds->ofRows[row]->at : never;
}

std::optional<SeenExpiry> FieldEndClock::seen(Time end) const
{
    if (!m_isShown || m_unknown || end == unknown) {
        return std::nullopt;
    }
    return end == never ? SeenExpiry{} : SeenExpiry{end};
}

std::optional<Milliseconds> FieldEndClock::left(Time end) const
{
    if (end == never || end == unknown || m_unknown) {
        return std::nullopt;
    }
    const Milliseconds now = ownTime() + m_serverAhead.value_or(Milliseconds{0});
    return m_serverAhead ? std::max(end.time_since_epoch() - now, Milliseconds{0}) : Milliseconds{0};
}

QString FieldEndClock::text(Time end) const
{
    if (m_unknown) {
        return errorKindText(m_unknown->kind);
    }
    if (end == unknown) {
        return QStringLiteral("?");
    }
    const auto time = left(end);
    if (!time) {
        return QStringLiteral("–");
    }
    return time->count() > 0 ? durationText(*time) : tr("expired");
}

QString FieldEndClock::toolTip(Time end) const
{
    if (m_unknown) {
        return errorText(*m_unknown);
    }
    if (end == unknown) {
        return tr("When this field expires could not be read.");
    }
    const auto time = left(end);
    if (!time) {
        return tr("This field does not expire.");
    }
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(end.time_since_epoch().count());
    return tr("TTL: %1").arg(exactDurationText(*time)) + u'\n'
        + tr("Expires: %1 (by the server's clock)").arg(isoTimeText(at));
}

} // namespace keyglass::ui
