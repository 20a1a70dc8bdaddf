// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/loglevel.h"
#include "core/session/rowscopy.h"

#include <QMenu>
#include <QObject>

#include <functional>
#include <optional>

namespace keyglass::ui {

class ElementTable;
class RowsCopying;
class ValuePane;
class ValueSource;
class ValueTableModel;

/// The name of a form in a menu, with its mnemonic: "&Text".
[[nodiscard]] QString copyFormName(CopyForm form);
/// All forms in the order in which they are offered.
[[nodiscard]] const std::vector<CopyForm>& copyForms();

/// Makes the text on a thread of the pool and puts it on the clipboard; `failed` hears why not. Not if `owner` is gone
/// by then.
void copyToClipboard(QObject* owner, std::function<Result<std::string>()> makeText, CopyForm form,
    const std::function<void(const Error&)>& failed);

/// "Copy as" for the table of a value: the selected cell or rows, as text, hex, JSON, … A single cell is copied by
/// itself, but for what needs its row: a command, a line of CSV. Rows go as far as the clipboard bears them
/// (RowsCopying).
class ValueCopying : public QObject {
    Q_OBJECT

public:
    /// Adds the menu to the table of the pane.
    ValueCopying(ValuePane& pane, ElementTable& table, const ValueTableModel& model, const ValueSource& source);

    void copySelection(CopyForm form);

Q_SIGNALS:
    /// One sentence: why nothing was copied, or how many rows were.
    void said(keyglass::LogLevel level, const QString& text);

private:
    [[nodiscard]] RowsToCopy selectedRows() const;

    ValuePane& m_pane;
    ElementTable& m_table;
    const ValueTableModel& m_model;
    const ValueSource& m_source;
    RowsCopying* m_rows;
};

} // namespace keyglass::ui
