// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/valuecopying.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/value/formatters/editortext.h"
#include "ui/common/onpool.h"
#include "ui/value/elementtable.h"
#include "ui/value/rowscopying.h"
#include "ui/value/selectedrows.h"
#include "ui/value/valuepane.h"
#include "ui/value/valuesource.h"
#include "ui/value/valuetablemodel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>

#include <memory>
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
    const auto wide = [readable]() -> Result<QString> {
        const auto text = readable();
        return text ? Result<QString>(QString::fromStdString(*text)) : Result<QString>(text.error());
    };
    onPool<QString>(owner, wide, [failed](const Result<QString>& text) {
        if (text) {
            QGuiApplication::clipboard()->setText(*text);
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
    , m_rows(new RowsCopying)
{
    pane.addBelow(m_rows);
    connect(m_rows, &RowsCopying::said, this, &ValueCopying::said);
    auto* menu = new QMenu(tr("Copy &as"), &table);
    for (const CopyForm form : copyForms()) {
        connect(menu->addAction(copyFormName(form)), &QAction::triggered, this, [this, form] { copySelection(form); });
    }
    table.addAction(menu->menuAction());
}

RowsToCopy ValueCopying::selectedRows() const
{
    const SelectedRows rows(m_table.selectionModel()->selection(), m_model);
    RowsToCopy all;
    all.value.key = m_source.nameOf(m_pane.head()->key);
    all.value.type = m_model.type();
    all.count = rows.size();
    const bool isNumbered =
        all.value.type == KeyType::List || (all.value.type == KeyType::SortedSet && m_model.match().empty());
    all.add = [rows, isNumbered](std::size_t at, CopiedValue& to) {
        const ElementRow& row = rows.element(at);
        to.rows.push_back(row.cells);
        if (const auto end = rows.fieldEnd(at); end && end->at) {
            to.fieldEnds.resize(to.rows.size());
            to.fieldEnds.back() = FieldEnd{*end->at, Milliseconds{0}};
        }
        if (isNumbered) {
            to.numbers.push_back(row.number);
        }
    };
    return all;
}

void ValueCopying::copySelection(CopyForm form)
{
    const auto failed = [this](const Error& error) { Q_EMIT said(LogLevel::Warning, errorText(error)); };
    const QItemSelection selected = m_table.selectionModel()->selection();
    if (!m_pane.head() || selected.isEmpty()) {
        Q_EMIT said(LogLevel::Warning, tr("Select what to copy first."));
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
        m_rows->copy(selectedRows(), form);
    }
}

} // namespace keyglass::ui
