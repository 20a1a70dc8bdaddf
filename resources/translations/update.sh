#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings the .ts files to the texts of the sources (package qt6-l10n-tools): new ones come as unfinished, those that are
# no longer there go. For another language, make the file empty first: touch keyglass_fr.ts.
set -euo pipefail
cd "$(dirname "$0")/../.."
lupdate=$(command -v lupdate6 || echo /usr/lib/qt6/bin/lupdate)
for file in resources/translations/keyglass_*.ts; do
  language=${file##*_}
  [ -s "$file" ] || rm "$file"
  # Free functions and tables: their texts stand under their namespace, where Translator finds them. The command line
  # (app/cli) speaks English everywhere: scripts read it too.
  "$lupdate" -I . -locations none -no-obsolete -source-language en -target-language "${language%.ts}" \
    -tr-function-alias QT_TR_NOOP+=TEXT,tr+=treeText,tr+=tableText,tr+=input,tr+=netText core ui app/*.cpp -ts "$file"
done
