// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/loglevel.h"
#include "core/edit/keyedit.h"

#include <QObject>

namespace keyglass {
class Session;
}

namespace keyglass::ui {

class InlineEdits;
class ValuePane;

/// Bytes that are typed over or put in in a hex view, and bits that are turned in a grid: each an edit of its own,
/// compared with the bytes that were shown there.
class ByteEdits : public QObject {
    Q_OBJECT

public:
    ByteEdits(Session& session, InlineEdits& edits, QWidget* page);

    void attach(ValuePane& pane);

Q_SIGNALS:
    void edited(const keyglass::KeyEdit& edit, const keyglass::EditOutcome& outcome);
    void said(keyglass::LogLevel level, const QString& text);

private:
    void askInsertion(ValuePane& pane, std::uint64_t offset, const QByteArray& seen);
    /// Why nothing can be written into what is shown; empty: it can.
    [[nodiscard]] QString whyNot(const ValuePane& pane) const;
    void send(ValuePane& pane, const EditAction& action);

    Session& m_session;
    InlineEdits& m_edits;
    QWidget* m_page;
};

} // namespace keyglass::ui
