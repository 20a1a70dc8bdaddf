// SPDX-License-Identifier: GPL-3.0-or-later
// A value on the clipboard and in a file: what is shown is what is copied.
#include "core/base/errortext.h"
#include "core/base/filewriting.h"
#include "core/base/jsontext.h"
#include "core/value/formatters/hextext.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSaveFile>

namespace keyglass::ui {

namespace {

void toClipboard(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

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

} // namespace keyglass::ui
