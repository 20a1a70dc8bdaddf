// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editform.h"

#include <QPalette>

class QObject;
class QsciLexer;

namespace keyglass::ui {

/// What colours a text of this form; null for those that have no colours. `parent` owns it.
[[nodiscard]] QsciLexer* makeLexer(EditForm form, QObject* parent);
/// Gives the lexer of a form our font and the colours of the palette, light or dark; each 4.5:1 on its base.
void colorLexer(QsciLexer& lexer, EditForm form, const QPalette& palette);

} // namespace keyglass::ui
