// SPDX-License-Identifier: GPL-3.0-or-later
// What edits of consumer groups need to be, and what came of them in words.
#include "core/edit/groupsteps.h"
#include "core/value/pagereading.h"
#include "core/value/streamid.h"

#include <QCoreApplication>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("KeyEdit", text);
}

Status input(const QString& text)
{
    return Error{ErrorKind::Input, {}, text};
}

Status checkName(const std::string& name, const char* otherwise)
{
    return name.empty() ? input(tr(otherwise)) : ok();
}

struct GroupCheck {
    static constexpr const char* noGroup = QT_TRANSLATE_NOOP("KeyEdit", "The group has no name.");
    static constexpr const char* noConsumer = QT_TRANSLATE_NOOP("KeyEdit", "The consumer has no name.");

    template <typename Other> Status operator()(const Other&) const { return ok(); }
    Status operator()(const CreateGroup& action) const { return place(action.group, action.from); }
    Status operator()(const DestroyGroup& action) const { return checkName(action.group, noGroup); }
    Status operator()(const MoveGroup& action) const { return place(action.group, action.id); }
    Status operator()(const AcknowledgeEntries& action) const { return some(action.ids); }
    Status operator()(const ClaimEntries& action) const
    {
        Status named = checkName(action.consumer, noConsumer);
        return named ? some(action.ids) : named;
    }
    Status operator()(const ClaimIdleEntries& action) const { return checkName(action.consumer, noConsumer); }

    static Status some(const std::vector<std::string>& ids)
    {
        return ids.empty() ? input(tr("No entries are selected.")) : ok();
    }
    static Status place(const std::string& group, const std::string& id)
    {
        if (Status named = checkName(group, noGroup); !named) {
            return named;
        }
        const bool isPlace = id == "$" || StreamId::parse(id);
        return isPlace ? ok() : input(tr("\"%1\" is no ID of a stream's entry.").arg(displayText(id)));
    }
};

QString number(std::uint64_t count)
{
    return QString::number(count);
}

QString entries(std::uint64_t count)
{
    return count == 1 ? tr("1 entry") : tr("%1 entries").arg(number(count));
}

/// The words for what was Done (or not at all, or to a part of it).
struct GroupWords {
    const QString subject;
    const EditOutcome& outcome;

    template <typename Other> QString operator()(const Other&) const { return {}; }
    QString operator()(const CreateGroup& action) const
    {
        const QString name = displayText(action.group);
        return isConflict() ? tr("%1 has a group %2 already; nothing was changed.").arg(subject, name)
                            : tr("Created the group %1 of %2.").arg(name, subject);
    }
    QString operator()(const DestroyGroup& action) const
    {
        return isConflict() ? missing(action.group)
                            : tr("Destroyed the group %1 of %2.").arg(displayText(action.group), subject);
    }
    QString operator()(const MoveGroup& action) const
    {
        if (isConflict() && outcome.now.element && !outcome.now.element->empty()) {
            return tr("Group %1 of %2 has moved on since it was loaded, to %3; nothing was changed.")
                .arg(displayText(action.group), subject, displayText(outcome.now.element->front()));
        }
        return isConflict() ? missing(action.group)
            : action.id == "$"
            ? tr("Group %1 of %2 goes on with what comes from now on.").arg(displayText(action.group), subject)
            : tr("Group %1 of %2 goes on behind %3.").arg(displayText(action.group), subject, displayText(action.id));
    }
    QString operator()(const AcknowledgeEntries& action) const
    {
        const std::uint64_t done = outcome.count.value_or(0);
        if (isConflict() && !outcome.count) {
            return taken().isEmpty() ? missing(action.group) : taken();
        }
        if (done == 0) {
            return tr("Nothing was acknowledged: of %1 none is pending any more.").arg(entries(action.ids.size()));
        }
        return (done == action.ids.size() ? tr("Acknowledged %1.").arg(entries(done))
                                          : tr("Acknowledged %1 of %2; the others were not pending any more.")
                                                .arg(number(done), entries(action.ids.size())))
            + takenBefore();
    }
    QString operator()(const ClaimEntries& action) const
    {
        const std::uint64_t done = outcome.count.value_or(0);
        const QString consumer = displayText(action.consumer);
        if (isConflict() && !outcome.count) {
            return taken().isEmpty() ? missing(action.group) : taken();
        }
        if (done == 0) {
            return tr("Nothing was claimed: of %1 none is pending any more, or idle for that long.")
                .arg(entries(action.ids.size()));
        }
        return (done == action.ids.size()
                       ? tr("Claimed %1 for %2.").arg(entries(done), consumer)
                       : tr("Claimed %1 of %2 for %3; the others were not pending any more, or not idle for that long.")
                             .arg(number(done), entries(action.ids.size()), consumer))
            + takenBefore();
    }
    QString operator()(const ClaimIdleEntries& action) const
    {
        if (isConflict() && !outcome.count) {
            return missing(action.group);
        }
        const QString more = outcome.isThereMore ? u' ' + tr("There may be more: claim again.") : QString();
        return (outcome.count.value_or(0) == 0
                       ? tr("Nothing was claimed: no entry is pending and idle for that long.")
                       : tr("Claimed %1 for %2.").arg(entries(*outcome.count), displayText(action.consumer)))
            + more;
    }

    /// An entry that is not as it was seen: behind the group's last ID its own, whose it is, how often it was
    /// delivered.
    [[nodiscard]] bool hasTaken() const { return outcome.now.element && outcome.now.element->size() == 4; }
    [[nodiscard]] QString taken() const
    {
        if (!hasTaken()) {
            return {};
        }
        const auto& cells = *outcome.now.element;
        return tr("Entry %1 of %2 is pending for %3 by now, deliveries: %4. Nothing was changed; reload the list.")
            .arg(displayText(cells[1]), subject, displayText(cells[2]), displayText(cells[3]));
    }
    [[nodiscard]] QString takenBefore() const
    {
        return hasTaken() ? u' '
                + tr("Right before it, entry %1 had become one of %2.")
                      .arg(displayText((*outcome.now.element)[1]), displayText((*outcome.now.element)[2]))
                          : QString();
    }
    [[nodiscard]] bool isConflict() const { return outcome.status == EditOutcome::Status::Conflict; }
    [[nodiscard]] QString missing(const std::string& group) const
    {
        return tr("%1 has no group %2 any more; nothing was changed.").arg(subject, displayText(group));
    }
};

} // namespace

Status checkGroupEdit(const EditAction& action)
{
    return std::visit(GroupCheck{}, action);
}

QString groupOutcomeText(const KeyEdit& edit, const EditOutcome& outcome)
{
    const bool isOurs = outcome.status == EditOutcome::Status::Done || outcome.status == EditOutcome::Status::Conflict;
    return isOurs ? std::visit(GroupWords{keySubject(edit.key), outcome}, edit.action) : QString();
}

} // namespace keyglass
