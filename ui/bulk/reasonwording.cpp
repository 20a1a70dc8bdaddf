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
    QT_TRANSLATE_NOOP("KeyReason", "a key of this name came while it was made: it was left alone"),
    QT_TRANSLATE_NOOP("KeyReason", "another key of this job gets this name"),
    QT_TRANSLATE_NOOP("KeyReason", "it became a key of another type while it was read"),
    QT_TRANSLATE_NOOP("KeyReason", "it changed while it was copied: it was not deleted here"),
    QT_TRANSLATE_NOOP("KeyReason", "it ends sooner"),
    QT_TRANSLATE_NOOP("KeyReason", "it has no time to live"),
    QT_TRANSLATE_NOOP("KeyReason", "it is too large to be compared with the preview"),
    QT_TRANSLATE_NOOP("KeyReason", "it is too large to be copied at once"),
    QT_TRANSLATE_NOOP("KeyReason", "it was given twice"),
    QT_TRANSLATE_NOOP("KeyReason", "it was written to each time that it was read"),
    QT_TRANSLATE_NOOP("KeyReason", "it would be over already"),
    QT_TRANSLATE_NOOP("KeyReason", "it would keep its name"),
    QT_TRANSLATE_NOOP("KeyReason", "its time is over"),
    QT_TRANSLATE_NOOP("KeyReason", "its value is not what the preview saw"),
    QT_TRANSLATE_NOOP("KeyReason", "the file is damaged there"),
    QT_TRANSLATE_NOOP("KeyReason", "the key of the new name is changed all the time"),
    QT_TRANSLATE_NOOP("KeyReason", "the key of this name changed after it was archived: it was left alone"),
    QT_TRANSLATE_NOOP("KeyReason", "the preview did not see it"),
    QT_TRANSLATE_NOOP("KeyReason", "the rule does not fit its name"),
    QT_TRANSLATE_NOOP("KeyReason", "the rule would give the key of the new name another, too"),
    QT_TRANSLATE_NOOP("KeyReason", "there is a key of the new name already"),
    QT_TRANSLATE_NOOP("KeyReason", "there is a key of this name already"),
};

} // namespace

QString reasonText(std::string_view why)
{
    const bool isOurs = std::ranges::any_of(ourReasons, [why](const char* reason) { return why == reason; });
    return isOurs ? QCoreApplication::translate(context, std::string(why).c_str()) : displayText(why);
}

} // namespace keyglass::ui
