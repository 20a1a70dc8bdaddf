// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/byteedits.h"

#include "core/session/session.h"
#include "ui/edit/dialogwords.h"
#include "ui/editor/cellsaver.h"
#include "ui/value/cellview.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/seencell.h"

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
    connect(pane.findChild<CellView*>(), &CellView::bytesChangeWanted, this,
        [this, &pane](std::uint64_t offset, const QByteArray& seen, const QByteArray& bytes) {
            write(pane, offset, seen, bytes);
        });
}

void ByteEdits::write(ValuePane& pane, std::uint64_t offset, const QByteArray& seen, const QByteArray& bytes)
{
    const auto& head = pane.head();
    const QString why = m_edits.whyNotNow();
    if (!head || head->type != KeyType::String || !why.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why.isEmpty() ? tr("Bytes can be changed in place in strings only.") : why);
        return;
    }
    const SetStringRange action{offset, bytes.toStdString(), seen.toStdString()};
    auto* saver = new CellSaver(m_session, m_page); // of its own: several stretches are sent one after the other
    saver->send(editOf(seenKey(*head), action),
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
