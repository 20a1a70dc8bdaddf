// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schemaoptions.h"

#include <QCheckBox>
#include <QDateTimeEdit>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

namespace keyglass::ui {

namespace {

QSpinBox* spinBox(int most, int value, const QString& suffix, const QString& name, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setRange(1, most);
    box->setValue(value);
    box->setSuffix(suffix);
    box->setGroupSeparatorShown(true);
    box->setAccessibleName(name);
    return box;
}

QHBoxLayout* rowOf(std::initializer_list<QWidget*> widgets)
{
    auto* row = new QHBoxLayout;
    for (QWidget* widget : widgets) {
        row->addWidget(widget);
    }
    row->addStretch(1);
    return row;
}

} // namespace

SchemaOptions::SchemaOptions(QWidget* parent)
    : QWidget(parent)
    , m_atTime(new QCheckBox(tr("Begin &at"), this))
    , m_time(new QDateTimeEdit(QDateTime::currentDateTime(), this))
    , m_atQuiet(new QCheckBox(tr("Wait for a &quiet moment: below"), this))
    , m_below(spinBox(10'000'000, 1000, tr(" commands/s"), tr("Quiet below"), this))
    , m_seconds(spinBox(86'400, 60, tr(" s"), tr("Quiet for"), this))
    , m_rdbBefore(new QCheckBox(QStringLiteral("BGSAVE"), this))
    , m_aofBefore(new QCheckBox(QStringLiteral("BGREWRITEAOF"), this))
    , m_rdbAfter(new QCheckBox(QStringLiteral("BGSAVE"), this))
    , m_aofAfter(new QCheckBox(QStringLiteral("BGREWRITEAOF"), this))
    , m_archives(
          new QCheckBox(tr("&Keep an undo archive: what is dropped is on this computer's disk before it goes"), this))
{
    m_time->setCalendarPopup(true);
    m_time->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_time->setAccessibleName(tr("Begin at"));
    m_rdbBefore->setAccessibleName(tr("BGSAVE before"));
    m_aofBefore->setAccessibleName(tr("BGREWRITEAOF before"));
    m_rdbAfter->setAccessibleName(tr("BGSAVE after"));
    m_aofAfter->setAccessibleName(tr("BGREWRITEAOF after"));
    m_archives->setChecked(true);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(rowOf({m_atTime, m_time}), 0, 0);
    layout->addLayout(rowOf({m_atQuiet, m_below, new QLabel(tr("for"), this), m_seconds}), 1, 0);
    layout->addLayout(rowOf({new QLabel(tr("Save before:"), this), m_rdbBefore, m_aofBefore,
                          new QLabel(tr("and after:"), this), m_rdbAfter, m_aofAfter}),
        2, 0);
    layout->addWidget(m_archives, 3, 0);
    const auto follow = [this] {
        m_time->setEnabled(m_atTime->isChecked());
        m_below->setEnabled(m_atQuiet->isChecked());
        m_seconds->setEnabled(m_atQuiet->isChecked());
    };
    connect(m_atTime, &QCheckBox::toggled, this, follow);
    connect(m_atQuiet, &QCheckBox::toggled, this, follow);
    follow();
}

SchemaWait SchemaOptions::wait() const
{
    SchemaWait wait;
    if (m_atTime->isChecked()) {
        wait.notBefore = m_time->dateTime().toUTC();
    }
    if (m_atQuiet->isChecked()) {
        wait.quietBelow = static_cast<std::uint64_t>(m_below->value());
        wait.quietFor = std::chrono::seconds(m_seconds->value());
    }
    return wait;
}

SchemaSaves SchemaOptions::saves() const
{
    return {m_rdbBefore->isChecked(), m_aofBefore->isChecked(), m_rdbAfter->isChecked(), m_aofAfter->isChecked()};
}

bool SchemaOptions::archives() const
{
    return m_archives->isChecked();
}

void SchemaOptions::setDrops(bool drops)
{
    m_archives->setVisible(drops);
}

} // namespace keyglass::ui
