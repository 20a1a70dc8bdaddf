// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorbar.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

namespace keyglass::ui {

namespace {

QString formName(EditForm form)
{
    switch (form) {
    case EditForm::Text:
        return EditorBar::tr("Text");
    case EditForm::Json:
        return EditorBar::tr("JSON");
    case EditForm::Xml:
        return EditorBar::tr("XML");
    case EditForm::Lua:
        return EditorBar::tr("Lua");
    case EditForm::Escaped:
        return EditorBar::tr("Escaped");
    case EditForm::Hex:
        break;
    }
    return EditorBar::tr("Hex");
}

} // namespace

EditorBar::EditorBar(QWidget* parent)
    : QWidget(parent)
    , m_title(new ElidedLabel(this))
    , m_form(new QComboBox(this))
    , m_save(new QPushButton(tr("Save"), this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    m_title->setFont(keyFont());
    m_title->setAccessibleName(tr("Edited"));
    m_form->setAccessibleName(tr("Written as"));
    m_form->setToolTip(tr("How the value is written here. Escaped and Hex can write any bytes."));
    m_form->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_form);
    m_format = addButton(tr("Format"), {}, tr("Lay it out over lines; numbers stay exact"), &EditorBar::formatWanted);
    m_minify = addButton(tr("Minify"), {}, tr("Take out spaces that mean nothing"), &EditorBar::minifyWanted);
    m_undo = addButton({}, QStringLiteral("undo"), tr("Undo"), &EditorBar::undoWanted);
    m_redo = addButton({}, QStringLiteral("redo"), tr("Redo"), &EditorBar::redoWanted);
    addButton({}, QStringLiteral("find"), tr("Find in value"), &EditorBar::findWanted);
    m_save->setAccessibleName(tr("Save"));
    connect(m_save, &QPushButton::clicked, this, &EditorBar::saveWanted);
    layout->addWidget(m_save);
    addButton({}, QStringLiteral("close"), tr("Stop editing"), &EditorBar::closeWanted);
    connect(m_form, &QComboBox::activated, this,
        [this](int at) { Q_EMIT formChosen(static_cast<EditForm>(m_form->itemData(at).toInt())); });
}

QToolButton* EditorBar::addButton(
    const QString& text, const QString& icon, const QString& tip, void (EditorBar::*signal)())
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(text.isEmpty() ? tip : text);
    button->setAutoRaise(true);
    if (!icon.isEmpty()) {
        setIcon(button, icon);
    }
    connect(button, &QToolButton::clicked, this, signal);
    layout()->addWidget(button);
    return button;
}

void EditorBar::setTitle(const QString& title)
{
    m_title->setText(title);
}

void EditorBar::setForms(EditForm current, EditForm guessed, bool asText)
{
    const QSignalBlocker blocker(m_form);
    m_form->clear();
    for (const EditForm form :
        {EditForm::Text, EditForm::Json, EditForm::Xml, EditForm::Lua, EditForm::Escaped, EditForm::Hex}) {
        if (asText || form == EditForm::Escaped || form == EditForm::Hex) {
            const bool isGuess = form == guessed && form != EditForm::Text;
            m_form->addItem(isGuess ? tr("%1 (detected)").arg(formName(form)) : formName(form), static_cast<int>(form));
        }
    }
    m_form->setCurrentIndex(m_form->findData(static_cast<int>(current)));
}

void EditorBar::setFormat(bool canBeLaidOut, bool isCompact)
{
    m_format->setVisible(canBeLaidOut);
    m_minify->setVisible(canBeLaidOut && !isCompact);
    m_format->setToolTip(isCompact ? tr("Lay it out over lines; it is saved without spaces, as it was")
                                   : tr("Lay it out over lines; numbers stay exact"));
}

void EditorBar::setHistory(bool canUndo, bool canRedo)
{
    m_undo->setEnabled(canUndo);
    m_redo->setEnabled(canRedo);
}

void EditorBar::setSaving(bool canSave, const QString& why)
{
    m_save->setEnabled(canSave);
    m_save->setToolTip(why);
}

} // namespace keyglass::ui
