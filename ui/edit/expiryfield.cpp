// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/expiryfield.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QStackedWidget>

#include <array>

namespace keyglass::ui {

namespace {

enum Kind { Never, After, At };

struct Unit {
    const char* name;
    std::int64_t milliseconds;
};
constexpr std::array<Unit, 5> units{{
    {QT_TRANSLATE_NOOP("keyglass::ui::ExpiryField", "milliseconds"), 1},
    {QT_TRANSLATE_NOOP("keyglass::ui::ExpiryField", "seconds"), 1000},
    {QT_TRANSLATE_NOOP("keyglass::ui::ExpiryField", "minutes"), 60'000},
    {QT_TRANSLATE_NOOP("keyglass::ui::ExpiryField", "hours"), 3'600'000},
    {QT_TRANSLATE_NOOP("keyglass::ui::ExpiryField", "days"), 86'400'000},
}};
constexpr int longest = 1'000'000'000; // of any unit; a million days is more than servers take, and they say so
constexpr std::size_t seconds = 1;

} // namespace

ExpiryField::ExpiryField(QWidget* parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_stack(new QStackedWidget(this))
    , m_number(new QSpinBox(this))
    , m_unit(new QComboBox(this))
    , m_end(new QDateTimeEdit(QDateTime::currentDateTime().addDays(1), this))
{
    m_kind->setAccessibleName(tr("Expires"));
    m_kind->addItems({tr("never"), tr("after"), tr("at")});
    m_number->setAccessibleName(tr("Time to live"));
    m_number->setRange(1, longest);
    m_number->setGroupSeparatorShown(true);
    m_unit->setAccessibleName(tr("Unit"));
    for (const Unit& unit : units) {
        m_unit->addItem(tr(unit.name));
    }
    m_unit->setCurrentIndex(int(seconds));
    m_end->setAccessibleName(tr("End"));
    m_end->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_end->setCalendarPopup(true);
    auto* duration = new QWidget(this);
    auto* durationLayout = new QHBoxLayout(duration);
    durationLayout->setContentsMargins({});
    durationLayout->addWidget(m_number, 1);
    durationLayout->addWidget(m_unit);
    m_stack->addWidget(new QWidget(this));
    m_stack->addWidget(duration);
    m_stack->addWidget(m_end);
    m_stack->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_kind);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_kind);
    connect(m_kind, &QComboBox::currentIndexChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ExpiryField::changed);
    connect(m_number, &QSpinBox::valueChanged, this, &ExpiryField::changed);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &ExpiryField::changed);
    connect(m_end, &QDateTimeEdit::dateTimeChanged, this, &ExpiryField::changed);
}

void ExpiryField::setLeft(std::optional<Milliseconds> left)
{
    m_kind->setCurrentIndex(left ? After : Never);
    if (!left) {
        return;
    }
    // In the largest unit that divides the whole seconds left, so that the number can be read; in a larger one where
    // the number would not fit.
    const std::int64_t whole = std::max<std::int64_t>(1, left->count() / units[seconds].milliseconds);
    std::size_t unit = seconds;
    const auto of = [whole](std::size_t at) { return whole / (units[at].milliseconds / 1000); };
    while (unit + 1 < units.size() && (of(unit) > longest || whole % (units[unit + 1].milliseconds / 1000) == 0)) {
        ++unit;
    }
    m_unit->setCurrentIndex(int(unit));
    m_number->setValue(int(std::min<std::int64_t>(of(unit), longest)));
    m_end->setDateTime(QDateTime::currentDateTime().addMSecs(left->count()));
}

QJsonObject ExpiryField::typed() const
{
    return {{QStringLiteral("kind"), m_kind->currentIndex()}, {QStringLiteral("number"), m_number->value()},
        {QStringLiteral("unit"), m_unit->currentIndex()},
        {QStringLiteral("end"), m_end->dateTime().toString(Qt::ISODate)}};
}

void ExpiryField::retype(const QJsonObject& typed)
{
    m_kind->setCurrentIndex(typed[QStringLiteral("kind")].toInt());
    m_number->setValue(typed[QStringLiteral("number")].toInt(1));
    m_unit->setCurrentIndex(typed[QStringLiteral("unit")].toInt(static_cast<int>(seconds)));
    const QDateTime end = QDateTime::fromString(typed[QStringLiteral("end")].toString(), Qt::ISODate);
    if (end.isValid()) {
        m_end->setDateTime(end);
    }
}

std::optional<NewExpiry> ExpiryField::expiry() const
{
    switch (m_kind->currentIndex()) {
    case After:
        return Milliseconds{m_number->value() * units[std::size_t(m_unit->currentIndex())].milliseconds};
    case At:
        return ExpiryTime(Milliseconds{m_end->dateTime().toMSecsSinceEpoch()});
    default:
        return std::nullopt;
    }
}

} // namespace keyglass::ui
