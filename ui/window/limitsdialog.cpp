// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/limitsdialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include <limits>

namespace keyglass::ui {

namespace {

QSpinBox* limitBox(const QString& name, std::uint64_t value, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setAccessibleName(name);
    box->setRange(0, std::numeric_limits<int>::max());
    box->setGroupSeparatorShown(true);
    box->setSpecialValueText(LimitsDialog::tr("no limit"));
    box->setValue(static_cast<int>(std::min<std::uint64_t>(value, std::numeric_limits<int>::max())));
    box->setMinimumWidth(160);
    return box;
}

} // namespace

LimitsDialog::LimitsDialog(const ScanLimits& limits, QWidget* parent)
    : QDialog(parent)
    , m_keys(limitBox(tr("Keys"), limits.maxKeys.value_or(0), this))
    , m_calls(limitBox(tr("Calls"), limits.maxIterations.value_or(0), this))
    , m_seconds(limitBox(
          tr("Seconds"), static_cast<std::uint64_t>(limits.maxTime.value_or(std::chrono::seconds{0}).count()), this))
{
    setWindowTitle(tr("Scan limits"));
    m_keys->setSingleStep(10'000);
    m_calls->setSingleStep(100);
    auto* form = new QFormLayout(this);
    auto* what = new QLabel(tr("A scan ends when the first of these is reached. It can go on from there."), this);
    what->setWordWrap(true);
    form->addRow(what);
    form->addRow(tr("At most &keys"), m_keys);
    form->addRow(tr("At most &calls"), m_calls);
    form->addRow(tr("At most &seconds"), m_seconds);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(tr("Scan with these limits"), QDialogButtonBox::AcceptRole)->setDefault(true);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

ScanLimits LimitsDialog::limits() const
{
    ScanLimits limits;
    if (m_keys->value() > 0) {
        limits.maxKeys = static_cast<std::uint64_t>(m_keys->value());
    }
    if (m_calls->value() > 0) {
        limits.maxIterations = static_cast<std::uint64_t>(m_calls->value());
    }
    if (m_seconds->value() > 0) {
        limits.maxTime = std::chrono::seconds(m_seconds->value());
    }
    return limits;
}

} // namespace keyglass::ui
