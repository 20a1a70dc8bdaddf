// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/reasonwording.h"

#include "core/base/bytes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string>

namespace keyglass::ui {

namespace {

constexpr auto* context = "KeyReason";

/// What previews and reports say, which is the same in every language there.
constexpr std::array ourReasons{
    QT_TRANSLATE_NOOP("KeyReason", "a key of this name came there while it was copied: it was left alone"),
    QT_TRANSLATE_NOOP("KeyReason", "a key of this name came while it was made: it was left alone"),
    QT_TRANSLATE_NOOP("KeyReason", "another key of this job gets this name"),
    QT_TRANSLATE_NOOP("KeyReason", "it became a key of another type while it was read"),
    QT_TRANSLATE_NOOP("KeyReason", "it changed while it was copied: it was not deleted here"),
    QT_TRANSLATE_NOOP("KeyReason", "it could not be compared"),
    QT_TRANSLATE_NOOP("KeyReason", "it ends sooner"),
    QT_TRANSLATE_NOOP("KeyReason", "it has no time to live"),
    QT_TRANSLATE_NOOP("KeyReason", "it is too large to be compared with the preview"),
    QT_TRANSLATE_NOOP("KeyReason", "it is too large to be copied at once"),
    QT_TRANSLATE_NOOP("KeyReason", "it was given twice"),
    QT_TRANSLATE_NOOP("KeyReason", "it was read, but the file was not finished"),
    QT_TRANSLATE_NOOP("KeyReason", "it was written to each time that it was read"),
    QT_TRANSLATE_NOOP("KeyReason", "it would be over already"),
    QT_TRANSLATE_NOOP("KeyReason", "it would keep its name"),
    QT_TRANSLATE_NOOP("KeyReason", "its time is over"),
    QT_TRANSLATE_NOOP("KeyReason", "its value is not what the preview saw"),
    QT_TRANSLATE_NOOP("KeyReason", "the file is damaged there"),
    QT_TRANSLATE_NOOP("KeyReason", "the key of the new name is changed all the time"),
    QT_TRANSLATE_NOOP("KeyReason", "the key of this name changed after it was archived: it was left alone"),
    QT_TRANSLATE_NOOP("KeyReason", "the key of this name there changed after it was archived: it was left alone"),
    QT_TRANSLATE_NOOP("KeyReason",
        "the key of the new name gets another itself, and is in another slot: rename this one once that is done"),
    QT_TRANSLATE_NOOP("KeyReason", "the preview did not see it"),
    QT_TRANSLATE_NOOP("KeyReason", "the rule does not fit its name"),
    QT_TRANSLATE_NOOP("KeyReason", "the rule would give the key of the new name another, too"),
    QT_TRANSLATE_NOOP("KeyReason", "there is a key of the new name already"),
    QT_TRANSLATE_NOOP("KeyReason",
        "there is a key of the new name already, in another slot, and no script may compare it with what is archived "
        "before it is written over"),
    QT_TRANSLATE_NOOP("KeyReason",
        "there is a key of the new name already, in another slot, where a server before 7.0 can't archive it"),
    QT_TRANSLATE_NOOP("KeyReason", "there is a key of this name already"),
};

/// Those that end in what differs: a type, a size, what the server said.
constexpr std::array ourBeginnings{
    QT_TRANSLATE_NOOP("KeyReason", "it could not be archived: %1"),
    QT_TRANSLATE_NOOP("KeyReason", "it is no hash, but a %1"),
    QT_TRANSLATE_NOOP("KeyReason", "the key of this name there could not be archived: %1"),
};

} // namespace

QString reasonText(std::string_view why)
{
    if (std::ranges::any_of(ourReasons, [why](const char* reason) { return why == reason; })) {
        return QCoreApplication::translate(context, std::string(why).c_str());
    }
    for (const char* reason : ourBeginnings) {
        std::string_view beginning = reason;
        beginning.remove_suffix(2); // the place of what follows
        if (why.starts_with(beginning)) {
            return QCoreApplication::translate(context, reason).arg(displayText(why.substr(beginning.size())));
        }
    }
    return displayText(why);
}

} // namespace keyglass::ui
