// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/byteedits.h"

#include "core/base/errortext.h"
#include "core/edit/editform.h"
#include "core/session/session.h"
#include "ui/common/texts.h"
#include "ui/edit/dialogwords.h"
#include "ui/editor/cellsaver.h"
#include "ui/value/cellview.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/seencell.h"

#include <QInputDialog>
#include <QPointer>

namespace keyglass::ui {

ByteEdits::ByteEdits(Session& session, InlineEdits& edits, QWidget* page)
    : QObject(page)
    , m_session(session)
    , m_edits(edits)
    , m_page(page)
{
}

void ByteEdits::attach(ValuePane& pane)
{
    auto* view = pane.findChild<CellView*>();
    connect(view, &CellView::bytesChangeWanted, this,
        [this, &pane](std::uint64_t offset, const QByteArray& seen, const QByteArray& bytes) {
            send(pane, SetStringRange{offset, bytes.toStdString(), seen.toStdString()});
        });
    connect(view, &CellView::bytesInsertWanted, this,
        [this, &pane](std::uint64_t offset, const QByteArray& seen) { askInsertion(pane, offset, seen); });
}

QString ByteEdits::whyNot(const ValuePane& pane) const
{
    const auto& head = pane.head();
    const QString why = m_edits.whyNotNow();
    const bool isString = head && head->type == KeyType::String;
    return isString || !why.isEmpty() ? why : tr("Bytes can be changed in place in strings only.");
}

void ByteEdits::askInsertion(ValuePane& pane, std::uint64_t offset, const QByteArray& seen)
{
    if (const QString why = whyNot(pane); !why.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why);
        return;
    }
    auto* dialog = new QInputDialog(m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Insert bytes"));
    dialog->setLabelText(seen.isEmpty()
            ? tr("Hex digits of the bytes to append, like 00 ff 4a:")
            : tr("Hex digits of the bytes to insert before byte %1, like 00 ff 4a:").arg(numberText(offset)));
    dialog->setOkButtonText(tr("Insert"));
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, shown = QPointer(&pane), offset, seen](const QString& typed) {
            const auto bytes = bytesOf({EditForm::Hex, typed.toStdString(), false});
            if (!bytes) {
                Q_EMIT said(LogLevel::Warning, errorText(bytes.error()));
            } else if (shown && !bytes->empty()) {
                send(*shown, InsertBytes{offset, *bytes, seen.toStdString()});
            }
        });
    connect(&pane, &QObject::destroyed, dialog, &QObject::deleteLater);
    dialog->open();
}

void ByteEdits::send(ValuePane& pane, const EditAction& action)
{
    if (const QString why = whyNot(pane); !why.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why);
        return;
    }
    auto* saver = new CellSaver(m_session, m_page); // of its own: several stretches are sent one after the other
    saver->send(editOf(seenKey(*pane.head()), action),
        [this, saver, shown = QPointer(&pane)](const KeyEdit& sent, const Result<EditOutcome>& outcome) {
            saver->deleteLater();
            if (outcome && outcome->status == EditOutcome::Status::Done) {
                Q_EMIT edited(sent, *outcome);
                return;
            }
            Q_EMIT said(LogLevel::Warning, saver->words(sent, outcome));
            if (shown) {
                shown->reload(); // what is there now
            }
        });
}

} // namespace keyglass::ui
