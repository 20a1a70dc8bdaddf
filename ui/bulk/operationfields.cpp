// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/operationfields.h"

#include "core/base/bytes.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <array>

namespace keyglass::ui {

namespace {

using std::chrono::milliseconds;

enum Mode { In, At, Add, Shorten, Cap, Never };
constexpr std::array<std::int64_t, 4> secondsOf{1, 60, 3600, 86400};
constexpr int largestNumber = 1'000'000;
constexpr int usualHours = 24;

} // namespace

ExpiryFields::ExpiryFields(QWidget* parent)
    : OperationFields(parent)
    , m_mode(new QComboBox(this))
    , m_number(new QSpinBox(this))
    , m_unit(new QComboBox(this))
    , m_end(new QDateTimeEdit(QDateTime::currentDateTime().addDays(1), this))
    , m_jitterLabel(new QLabel(tr("&Spread:"), this))
    , m_jitter(new QSpinBox(this))
{
    m_mode->addItems({tr("ends in"), tr("ends at"), tr("lasts longer by"), tr("lasts less by"), tr("ends in at most"),
        tr("never ends")});
    m_mode->setAccessibleName(tr("Time to live"));
    m_number->setRange(1, largestNumber);
    m_number->setValue(usualHours);
    m_number->setAccessibleName(tr("Amount"));
    m_unit->addItems({tr("seconds"), tr("minutes"), tr("hours"), tr("days")});
    m_unit->setCurrentIndex(2);
    m_unit->setAccessibleName(tr("Unit"));
    m_end->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_end->setCalendarPopup(true);
    m_end->setAccessibleName(tr("End"));
    m_jitter->setRange(0, largestNumber);
    m_jitter->setSuffix(tr(" s"));
    m_jitter->setSpecialValueText(tr("all at once"));
    m_jitter->setToolTip(tr("Each key gets up to so much more, at random, so that not all end at the same moment."));
    m_jitter->setAccessibleName(tr("Spread"));
    m_jitterLabel->setBuddy(m_jitter);
    auto* row = new QHBoxLayout;
    row->setContentsMargins({});
    row->addWidget(m_mode);
    row->addWidget(m_number);
    row->addWidget(m_unit);
    row->addWidget(m_end);
    row->addStretch(1);
    auto* form = new QFormLayout(this);
    form->setContentsMargins({});
    auto* label = new QLabel(tr("Each &key"), this);
    label->setBuddy(m_mode);
    form->addRow(label, row);
    form->addRow(m_jitterLabel, m_jitter);
    for (QComboBox* box : {m_mode, m_unit}) {
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            show();
            Q_EMIT changed();
        });
    }
    for (QSpinBox* box : {m_number, m_jitter}) {
        connect(box, &QSpinBox::valueChanged, this, &OperationFields::changed);
    }
    connect(m_end, &QDateTimeEdit::dateTimeChanged, this, &OperationFields::changed);
    show();
}

void ExpiryFields::show()
{
    const bool ends = m_mode->currentIndex() != Never;
    const bool isMoment = m_mode->currentIndex() == At;
    m_number->setVisible(ends && !isMoment);
    m_unit->setVisible(ends && !isMoment);
    m_end->setVisible(isMoment);
    m_jitterLabel->setVisible(ends);
    m_jitter->setVisible(ends);
}

Result<JobOperation> ExpiryFields::operation() const
{
    const auto mode = static_cast<Mode>(m_mode->currentIndex());
    if (mode == Never) {
        return JobOperation(PersistKeys{});
    }
    const std::int64_t seconds = secondsOf.at(static_cast<std::size_t>(m_unit->currentIndex())) * m_number->value();
    ExpireKeys expiry;
    expiry.time = milliseconds(mode == Shorten ? -1000 * seconds : 1000 * seconds);
    expiry.jitter = milliseconds(std::int64_t{1000} * m_jitter->value());
    switch (mode) {
    case At:
        expiry.mode = ExpireKeys::Mode::At;
        expiry.time = milliseconds(m_end->dateTime().toMSecsSinceEpoch());
        break;
    case In:
    case Never:
        expiry.mode = ExpireKeys::Mode::In;
        break;
    case Add:
    case Shorten:
        expiry.mode = ExpireKeys::Mode::Add;
        break;
    case Cap:
        expiry.mode = ExpireKeys::Mode::Cap;
        break;
    }
    return JobOperation(expiry);
}

RenameFields::RenameFields(const std::string& prefix, QWidget* parent)
    : OperationFields(parent)
    , m_kind(new QComboBox(this))
    , m_from(new QLineEdit(QString::fromStdString(escapeLine(prefix)), this))
    , m_to(new QLineEdit(m_from->text(), this))
    , m_collision(new QComboBox(this))
{
    m_kind->addItems({tr("The beginning"), tr("Regular expression")});
    m_kind->setAccessibleName(tr("What is replaced"));
    m_from->setAccessibleName(tr("Old"));
    m_to->setAccessibleName(tr("New"));
    setFocusProxy(m_to);
    m_collision->addItems({tr("is skipped"), tr("overwrites the other"), tr("gets a number behind its name")});
    m_collision->setAccessibleName(tr("Where the new name is taken"));
    auto* form = new QFormLayout(this);
    form->setContentsMargins({});
    const auto add = [&](const QString& text, QWidget* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        form->addRow(label, field);
    };
    add(tr("&Replace:"), m_kind);
    add(tr("&Old:"), m_from);
    add(tr("&New:"), m_to);
    add(tr("Where that is &taken, the key"), m_collision);
    for (QComboBox* box : {m_kind, m_collision}) {
        connect(box, &QComboBox::currentIndexChanged, this, &OperationFields::changed);
    }
    for (QLineEdit* field : {m_from, m_to}) {
        connect(field, &QLineEdit::textChanged, this, &OperationFields::changed);
    }
}

bool RenameFields::isRegex() const
{
    return m_kind->currentIndex() == 1;
}

Result<JobOperation> RenameFields::operation() const
{
    RenameKeys rename;
    rename.isRegex = isRegex();
    rename.collision = static_cast<Collision>(m_collision->currentIndex());
    const std::string from = m_from->text().toStdString();
    const std::string to = m_to->text().toStdString();
    if (from == to) {
        return Error{ErrorKind::Input, {}, tr("The new name is the old one")};
    }
    if (rename.isRegex) {
        rename.from = from;
        rename.to = to;
        return JobOperation(std::move(rename));
    }
    auto oldBytes = unescapeLine(from);
    auto newBytes = unescapeLine(to);
    if (!oldBytes || !newBytes) {
        return oldBytes ? newBytes.error() : oldBytes.error();
    }
    rename.from = *std::move(oldBytes);
    rename.to = *std::move(newBytes);
    return JobOperation(std::move(rename));
}

} // namespace keyglass::ui
