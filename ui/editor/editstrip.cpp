// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editstrip.h"

#include "ui/common/noticebar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace keyglass::ui {

EditStrip::EditStrip(QWidget* parent)
    : QWidget(parent)
    , m_draft(new NoticeBar(tr("Unsaved edit"), this))
    , m_why(new QLabel(this))
    , m_edit(new QPushButton(tr("Edit"), this))
    , m_editStored(new QPushButton(tr("Edit stored bytes"), this))
{
    m_why->setAccessibleName(tr("Why it can't be edited"));
    m_why->setTextFormat(Qt::PlainText);
    m_why->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_why->setWordWrap(true); // German is longer, and the pane may be narrow
    m_edit->setAccessibleName(tr("Edit"));
    m_edit->setToolTip(tr("Change the value here (Ctrl+E, or just type)"));
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 4, 8, 4);
    line->addWidget(m_why, 1);
    m_editStored->setAccessibleName(tr("Edit stored bytes"));
    m_editStored->setToolTip(tr("Change the bytes as they are stored, before any decoder"));
    line->addWidget(m_edit);
    line->addWidget(m_editStored);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_draft);
    layout->addLayout(line);
    connect(m_edit, &QPushButton::clicked, this, &EditStrip::editWanted);
    connect(m_editStored, &QPushButton::clicked, this, &EditStrip::storedEditWanted);
    setReason({});
}

void EditStrip::setReason(const QString& why, bool offersStored)
{
    m_why->setText(why);
    m_why->setToolTip(why);
    m_edit->setVisible(why.isEmpty());
    m_editStored->setVisible(offersStored);
}

QString EditStrip::reason() const
{
    return m_why->text();
}

void EditStrip::offerDraft(const QString& text, std::function<void()> restore, std::function<void()> discard)
{
    m_draft->say(
        NoticeBar::Level::Info, text, {{tr("Restore"), std::move(restore)}, {tr("Discard"), std::move(discard)}});
}

void EditStrip::noDraft()
{
    m_draft->hide();
}

} // namespace keyglass::ui
