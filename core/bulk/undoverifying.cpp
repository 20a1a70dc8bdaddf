// SPDX-License-Identifier: GPL-3.0-or-later
// +OK is no proof: whether what was restored is there, and ends when it should.
#include "core/base/dumpdigest.h"
#include "core/bulk/undobatch.h"

#include <QCoreApplication>

namespace keyglass {

namespace {

std::string tr(const char* text)
{
    return QCoreApplication::translate("Undo", text).toStdString();
}

std::string fieldsAreOver()
{
    return tr("The times of all its fields are over");
}

} // namespace

/// What was restored is there, and ends when it should.
void UndoBatch::tookEnding(std::size_t at, const Reply& ending)
{
    State& state = m_states[at];
    if (!ending.isInteger()) {
        settle(at, ending);
        return;
    }
    const bool hasEnd = m_records[at].expireAt && !state.isForever;
    if (ending.integer == -2) {
        if (hasEnd && isOver(at) && m_options.keepsExpired) {
            state.isForever = true;
            state.next = Next::RestoreForever; // which tells whether there are fields that are not over
        } else if (hasEnd && isOver(at)) {
            settle(at, Outcome::ExpiredMeanwhile);
        } else if (areFieldsOver(at)) {
            settle(at, Outcome::ExpiredMeanwhile, fieldsAreOver());
        } else {
            settle(at, Outcome::Failed, tr("It was restored and is gone again"));
        }
        return;
    }
    const bool isRight = hasEnd
        ? (m_options.hasExpireTime && m_options.hasRestoreAbs ? ending.integer == m_records[at].expireAt->count()
                                                              : ending.integer >= 0)
        : ending.integer == -1;
    if (isRight) {
        restored(at);
    } else {
        settle(at, Outcome::Failed, tr("It was restored, but somebody has changed its time to live"));
    }
}

void UndoBatch::tookExists(std::span<const Reply> replies)
{
    for (std::size_t group = 0; group < m_together.size(); ++group) {
        const std::vector<std::size_t>& together = m_together[group];
        if (!replies[group].isInteger() || replies[group].integer != static_cast<std::int64_t>(together.size())) {
            continue; // each by itself
        }
        for (const std::size_t at : together) {
            if (m_states[at].next == Next::Verify) {
                restored(at);
            }
        }
    }
}

/// It is there and ends when it should. Fields whose time is over are there for a moment, too, and then gone, with
/// their key where they were all that it had.
void UndoBatch::restored(std::size_t at)
{
    if (areFieldsOver(at)) {
        m_states[at].next = Next::LookAtFields;
    } else {
        settle(at, Outcome::Done);
    }
}

/// `field`: any that has not ended; nil where there is none.
void UndoBatch::tookField(std::size_t at, const Reply& field)
{
    if (field.isNil()) {
        settle(at, Outcome::ExpiredMeanwhile, fieldsAreOver());
    } else if (field.isText()) {
        settle(at, Outcome::Done, tr("Fields whose time is over did not come back"));
    } else {
        settle(at, field);
    }
}

/// Those of some fields of a hash, or of all.
bool UndoBatch::areFieldsOver(std::size_t at) const
{
    const auto first = firstFieldEnd(m_records[at].dump);
    return first && m_now && *first <= *m_now;
}

} // namespace keyglass
