// SPDX-License-Identifier: GPL-3.0-or-later
// What a job's dialog asks and says before it lets the job begin.
#include "core/base/errortext.h"
#include "ui/bulk/jobdialog.h"
#include "ui/bulk/jobways.h"
#include "ui/bulk/jobwording.h"
#include "ui/bulk/operationfields.h"

namespace keyglass::ui {

namespace {

constexpr std::uint64_t keysWorthTyping = 1000;

} // namespace

JobConfirmation::Question JobDialog::productionQuestion(const Profile& own)
{
    return {tr("This is a production connection. Type its name, %1, to confirm.").arg(own.title()), own.title()};
}

std::vector<JobConfirmation::Question> JobDialog::questions() const
{
    const auto wanted = m_fields->operation();
    if (!wanted || commandsOf(*wanted).empty()) {
        return {}; // it can't begin yet, or only reads
    }
    std::vector<JobConfirmation::Question> all;
    const Profile& own = m_session.profile();
    if (own.environment == Environment::Production) {
        all.push_back(productionQuestion(own));
    }
    const auto target = m_fields->target();
    if (target && target->profile && target->profile->environment == Environment::Production) {
        const QString name = target->profile->title();
        all.push_back(
            {tr("Keys are written to a production connection. Type its name, %1, to confirm.").arg(name), name});
    }
    const auto counted = changeCount();
    if (all.empty() && !counted && !std::holds_alternative<ImportKeys>(*wanted)) {
        const QString name = own.title();
        all.push_back({tr("How many keys these are is not known. Look through them first, or type the connection's "
                          "name, %1, to confirm.")
                           .arg(name),
            name});
    }
    const std::uint64_t keys = counted.value_or(0);
    const QString number = QString::number(keys);
    const auto* copy = std::get_if<CopyKeys>(&*wanted);
    if (all.empty() && copy && copy->replaces && !m_ways->archives() && keys > 1) {
        all.push_back({tr("What is overwritten there can't be brought back. Type the number of keys, %1, to confirm.")
                           .arg(number),
            number});
    } else if (all.empty() && !m_ways->archives() && keys > 1) {
        all.push_back(
            {tr("Without an undo archive this can't be undone. Type the number of keys, %1, to confirm.").arg(number),
                number});
    } else if (all.empty() && keys >= keysWorthTyping) {
        all.push_back({tr("Type the number of keys, %1, to confirm.").arg(number), number});
    }
    return all;
}

QString JobDialog::whyNot() const
{
    const auto wanted = plan();
    if (!wanted) {
        return wanted.error().detail;
    }
    if (m_session.state() != SessionState::Connected) {
        return tr("There is no connection.");
    }
    if (const auto placed = placedPlan(); !placed) {
        return errorText(placed.error());
    }
    const bool isCompared = !wanted->onlyUnchanged || !wanted->seenFile.isEmpty()
        || std::holds_alternative<ImportKeys>(wanted->operation) || (previewed() && previewed()->marks->hasValues());
    return isCompared ? QString()
                      : tr("Look through the keys first: their values are compared with what is seen then.");
}

/// What is known of the keys before anybody has looked through them.
QString JobDialog::unseenText() const
{
    if (!scope().shown.keys) {
        return tr("How many keys that are is not known yet.");
    }
    const QString keys = countOfKeys(scope().shown.count());
    return scope().gap.isEmpty() ? tr("%1 in the list.").arg(keys)
                                 : tr("%1 in the list so far.").arg(keys) + u' ' + scope().gap;
}

} // namespace keyglass::ui
