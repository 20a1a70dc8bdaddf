// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/limitfield.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

#include <limits>
#include <utility>

namespace keyglass::ui {

LimitField::LimitField(const QString& name, const std::vector<std::pair<Choice, QString>>& choices,
    std::vector<Unit> units, QWidget* parent)
    : QWidget(parent)
    , m_units(std::move(units))
    , m_choice(new QComboBox(this))
    , m_number(new QSpinBox(this))
    , m_unit(new QComboBox(this))
{
    m_choice->setAccessibleName(name);
    m_number->setAccessibleName(tr("%1, limit").arg(name));
    m_unit->setAccessibleName(tr("%1, unit").arg(name));
    for (const auto& [choice, text] : choices) {
        m_choice->addItem(text, static_cast<int>(choice));
    }
    for (const Unit& unit : m_units) {
        m_unit->addItem(unit.name);
    }
    m_number->setRange(0, std::numeric_limits<int>::max());
    m_number->setButtonSymbols(QSpinBox::NoButtons);
    m_number->setFixedWidth(72);
    m_number->setValue(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(m_choice, 1);
    layout->addWidget(m_number);
    layout->addWidget(m_unit);
    setFocusProxy(m_choice);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &LimitField::showNumber);
    showNumber();
}

LimitField::Value LimitField::value() const
{
    if (!isEnabled()) {
        return {};
    }
    const std::uint64_t factor = m_units[static_cast<std::size_t>(m_unit->currentIndex())].factor;
    return {
        static_cast<Choice>(m_choice->currentData().toInt()), static_cast<std::uint64_t>(m_number->value()) * factor};
}

void LimitField::clear()
{
    m_choice->setCurrentIndex(m_choice->findData(static_cast<int>(Any)));
}

void LimitField::setRefused(const QString& why)
{
    setEnabled(why.isEmpty());
    setToolTip(why);
    m_choice->setAccessibleDescription(why);
}

void LimitField::showNumber()
{
    const auto choice = static_cast<Choice>(m_choice->currentData().toInt());
    const bool counts = choice == Below || choice == Above;
    m_number->setVisible(counts);
    m_unit->setVisible(counts && m_units.size() > 1);
}

} // namespace keyglass::ui
