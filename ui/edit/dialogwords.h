// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/keydialogs.h"

#include <QString>

#include <optional>
#include <string>

class QLabel;

namespace keyglass::ui {

/// Bytes of a name or an element within a sentence; long ones are cut.
[[nodiscard]] QString shownBytes(const std::string& bytes);
/// A text over the whole width of a dialog, broken where it has to be.
[[nodiscard]] QLabel* sentence(const QString& text, QWidget* parent);
/// When a key or a field ends by itself now, in a sentence; `at` nothing: it does not.
[[nodiscard]] QString endNowText(const std::optional<ExpiryTime>& at);
/// `action` on a key as it was seen.
[[nodiscard]] KeyEdit editOf(const SeenKey& seen, EditAction action);

} // namespace keyglass::ui
