// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/commandfields.h"

#include "core/base/bytes.h"
#include "core/bulk/jobplan.h"
#include "ui/bulk/jobwording.h"
#include "ui/common/fonts.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

QLineEdit* addField(QFormLayout& form, const QString& label, const QString& name, OperationFields& owner)
{
    auto* field = new QLineEdit(&owner);
    field->setFont(keyFont());
    field->setAccessibleName(name);
    auto* text = new QLabel(label, &owner);
    text->setBuddy(field);
    form.addRow(text, field);
    QObject::connect(field, &QLineEdit::textChanged, &owner, &OperationFields::changed);
    return field;
}

} // namespace

SetFieldFields::SetFieldFields(QWidget* parent)
    : OperationFields(parent)
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins({});
    m_field = addField(*form, tr("&Field:"), tr("Field"), *this);
    m_value = addField(*form, tr("&Value:"), tr("Field's value"), *this);
    m_value->setToolTip(tr("Escapes as in names of keys: \\n, \\xHH, \\\\"));
    setFocusProxy(m_field);
}

Result<JobOperation> SetFieldFields::operation() const
{
    auto field = unescapeLine(m_field->text().toStdString());
    auto value = unescapeLine(m_value->text().toStdString());
    if (!field || !value) {
        return field ? value.error() : field.error();
    }
    if (m_field->text().isEmpty()) {
        return Error{ErrorKind::Input, {}, tr("Name the field")};
    }
    return JobOperation(SetField{*std::move(field), *std::move(value)});
}

TemplateFields::TemplateFields(QWidget* parent)
    : OperationFields(parent)
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins({});
    m_command = addField(*form, tr("&Command:"), tr("Command"), *this);
    m_command->setPlaceholderText(QStringLiteral("HINCRBY * visits 1"));
    setFocusProxy(m_command);
    auto* note = new QLabel(tr("* is the key. It is put in as one argument, whatever it holds; \\* is a star."), this);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    form->addRow(note);
}

Result<JobOperation> TemplateFields::operation() const
{
    if (m_command->text().trimmed().isEmpty()) {
        return Error{ErrorKind::Input, {}, tr("Say which command is to be run for each key")};
    }
    JobPlan plan;
    plan.operation = RunTemplate{m_command->text().trimmed().toStdString()};
    if (Status meant = checkPlan(plan); !meant) {
        return std::move(meant).error();
    }
    return plan.operation;
}

PlanFields::PlanFields(JobOperation operation, QWidget* parent)
    : OperationFields(parent)
    , m_operation(std::move(operation))
{
    auto* text = new QLabel(operationText(m_operation), this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setAccessibleName(tr("Operation"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(text);
}

} // namespace keyglass::ui
