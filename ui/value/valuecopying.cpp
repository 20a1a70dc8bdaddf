// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/valuecopying.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/value/formatters/editortext.h"
#include "ui/common/onpool.h"
#include "ui/value/elementtable.h"
#include "ui/value/valuepane.h"
#include "ui/value/valuesource.h"
#include "ui/value/valuetablemodel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>

#include <algorithm>
#include <utility>
#include <vector>

namespace keyglass::ui {

const std::vector<CopyForm>& copyForms()
{
    static const std::vector<CopyForm> all{
        CopyForm::Text, CopyForm::Hex, CopyForm::Escaped, CopyForm::Command, CopyForm::Json, CopyForm::Csv};
    return all;
}

QString copyFormName(CopyForm form)
{
    switch (form) {
    case CopyForm::Text:
        return ValueCopying::tr("&Text");
    case CopyForm::Hex:
        return ValueCopying::tr("&Hex");
    case CopyForm::Escaped:
        return ValueCopying::tr("&Escaped");
    case CopyForm::Command:
        return ValueCopying::tr("&Command for redis-cli");
    case CopyForm::Json:
        return ValueCopying::tr("&JSON");
    case CopyForm::Csv:
        break;
    }
    return ValueCopying::tr("C&SV");
}

void copyToClipboard(QObject* owner, std::function<Result<std::string>()> makeText, CopyForm form,
    const std::function<void(const Error&)>& failed)
{
    const auto readable = [form, make = std::move(makeText)]() -> Result<std::string> {
        auto text = make();
        const bool mayBeBytes = text && form == CopyForm::Text && !isUtf8(*text);
        return mayBeBytes ? Result<std::string>(editorText(*text).utf8) : text;
    };
    onPool<std::string>(owner, readable, [failed](const Result<std::string>& text) {
        if (text) {
            QGuiApplication::clipboard()->setText(QString::fromStdString(*text));
        } else {
            failed(text.error());
        }
    });
}

ValueCopying::ValueCopying(
    ValuePane& pane, ElementTable& table, const ValueTableModel& model, const ValueSource& source)
    : QObject(&pane)
    , m_pane(pane)
    , m_table(table)
    , m_model(model)
    , m_source(source)
{
    auto* menu = new QMenu(tr("Copy &as"), &table);
    for (const CopyForm form : copyForms()) {
        connect(menu->addAction(copyFormName(form)), &QAction::triggered, this, [this, form] { copySelection(form); });
    }
    table.addAction(menu->menuAction());
}

CopiedValue ValueCopying::selectedRows() const
{
    CopiedValue value;
    value.key = m_source.nameOf(m_pane.head()->key);
    value.type = m_model.type();
    std::vector<int> rows;
    for (const QItemSelectionRange& range : m_table.selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            rows.push_back(row);
        }
    }
    std::ranges::sort(rows);
    rows.erase(std::ranges::unique(rows).begin(), rows.end());
    const bool isNumbered =
        value.type == KeyType::List || (value.type == KeyType::SortedSet && m_model.match().empty());
    for (const int row : rows) {
        value.rows.push_back(m_model.cells(row));
        if (const auto end = m_model.fieldEnd(row); end && end->at) {
            value.fieldEnds.resize(value.rows.size());
            value.fieldEnds.back() = FieldEnd{*end->at, Milliseconds{0}};
        }
        if (isNumbered) {
            value.numbers.push_back(m_model.number(row));
        }
    }
    return value;
}

void ValueCopying::copySelection(CopyForm form)
{
    const auto failed = [this](const Error& error) { Q_EMIT said(errorText(error)); };
    const QItemSelection selected = m_table.selectionModel()->selection();
    if (!m_pane.head() || selected.isEmpty()) {
        Q_EMIT said(tr("Select what to copy first."));
        return;
    }
    const QItemSelectionRange& first = selected.front();
    const bool isOne = selected.size() == 1 && first.height() == 1 && first.width() == 1;
    const bool isCell = isOne && form != CopyForm::Command && form != CopyForm::Csv;
    const ValueRow& cells = m_model.cells(first.top());
    const std::size_t at = m_model.cellFor(first.left());
    if (isCell && at < cells.size()) {
        copyToClipboard(this, [cell = cells[at], form] { return copyCellText(cell, form); }, form, failed);
    } else {
        copyToClipboard(this, [value = selectedRows(), form] { return copyText(value, form); }, form, failed);
    }
}

} // namespace keyglass::ui
