// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

namespace keyglass::ui {

/// Makes the application speak the first of the locale's languages that there is a translation for, and Qt's own
/// dialogs with it where Qt's package of translations is installed. English is the texts' own language: it needs none.
///
/// Before the first widget is made, on the GUI thread. Gives the language's name, "de"; "en" where it stays English.
QString installTranslation(const QLocale& locale = QLocale::system());

} // namespace keyglass::ui
