// SPDX-License-Identifier: GPL-3.0-or-later
// A value on the clipboard and in a file: what is shown is what is copied.
#include "core/base/errortext.h"
#include "core/base/filewriting.h"
#include "core/base/jsontext.h"
#include "core/value/formatters/hextext.h"
#include "ui/common/icons.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QSaveFile>
#include <QToolButton>

namespace keyglass::ui {

namespace {

void toClipboard(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

void CellView::makeCopyMenu()
{
    m_copy->setAccessibleName(tr("Copy value"));
    m_copy->setToolTip(tr("Copy the value"));
    m_copy->setAutoRaise(true);
    m_copy->setPopupMode(QToolButton::InstantPopup);
    setIcon(m_copy, QStringLiteral("copy"));
    m_copy->setMenu(new QMenu(m_copy));
    addCopyAction(tr("Copy as text"), &CellView::copyText);
    addCopyAction(tr("Copy as hex"), &CellView::copyHex);
    addCopyAction(tr("Copy escaped"), &CellView::copyEscaped);
    addCopyAction(tr("Copy as JSON"), &CellView::copyJson);
    m_copy->menu()->addSeparator();
    const QAction* save = m_copy->menu()->addAction(tr("Save to a file…"));
    connect(save, &QAction::triggered, this, &CellView::saveToFile);
}

void CellView::addCopyAction(const QString& text, void (CellView::*copy)() const)
{
    connect(m_copy->menu()->addAction(text), &QAction::triggered, this, copy);
}

void CellView::copyText() const
{
    if (m_content) {
        const std::string& bytes = *shown()->beginning();
        const std::string text = isUtf8(bytes) ? bytes : editorText(bytes, shown()->textEnd()).utf8;
        toClipboard(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    }
}

void CellView::copyHex() const
{
    if (m_content) {
        toClipboard(QString::fromStdString(hexDigits(*shown()->beginning())));
    }
}

void CellView::copyEscaped() const
{
    if (m_content) {
        toClipboard(QString::fromStdString(escapeLine(*shown()->beginning())));
    }
}

void CellView::copyJson() const
{
    if (m_content) {
        const std::string& bytes = *shown()->beginning();
        const bool isJson = m_rendered.guessed == ValueFormat::Json;
        toClipboard(QString::fromStdString(isJson ? bytes : jsonOf(bytes)));
    }
}

/// A string can be read as a whole for it, as long as it is, and a cell that was left out of its page; else only what
/// is there can be saved.
bool CellView::canSave()
{
    const bool isThere = m_content && shown()->isWhole();
    const bool canBeRead = m_content && !m_decoded && (m_content->isInPart() || m_content->isPlaceholder());
    if (m_content && !isThere && !canBeRead) {
        m_error = tr("Only what is loaded as a whole can be saved");
        updateNote();
    }
    return isThere || canBeRead;
}

/// All of the value as it is shown: decoded where it is.
void CellView::saveToFile()
{
    if (!canSave()) {
        return;
    }
    auto* dialog = new QFileDialog(window(), tr("Save the value"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, &CellView::writeFile);
    dialog->open();
}

void CellView::writeFile(const QString& path)
{
    if (!canSave()) { // it may have been read again while the name was chosen
        return;
    }
    if (m_content->isPlaceholder()) {
        m_saveTo = path;
        m_content->loadMore();
        return;
    }
    if (!shown()->isWhole()) {
        Q_EMIT wholeSaveWanted(path);
        return;
    }
    QSaveFile file(path);
    const Status saved = file.open(QIODevice::WriteOnly) ? saveWhole(file, *shown()->beginning())
                                                         : Status(Error{ErrorKind::File, path, file.errorString()});
    m_error = saved ? QString() : errorText(saved.error());
    updateNote();
}

/// Another value is shown: it is not what is to stand in the file.
void CellView::forgetSaving()
{
    if (!m_saveTo.isEmpty()) {
        m_notSaved = tr("Nothing was saved: another value is shown by now.");
        m_saveTo.clear();
    }
}

} // namespace keyglass::ui
