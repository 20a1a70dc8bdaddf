// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/common/noticebar.h"

#include <string>

namespace keyglass::ui {

/// Offers to bring back the key that was deleted or overwritten last. Goes with the next edit of that key, or when the
/// user closes it; the archive stays.
class UndoNotice : public NoticeBar {
    Q_OBJECT

public:
    explicit UndoNotice(Session& session, QWidget* parent = nullptr);

    /// An edit was done, with the key as the list has it.
    void follow(const KeyEdit& edit, const EditOutcome& outcome);

Q_SIGNALS:
    /// A key that had overwritten another has its old name again.
    void edited(const keyglass::KeyEdit& edit, const keyglass::EditOutcome& outcome);
    /// One sentence for the status bar.
    void said(keyglass::LogLevel level, const QString& text);

private:
    void renameBack(const QString& archiveFile, const KeyName& lost, const std::string& from);
    void undo(const QString& archiveFile, const std::string& key);

    Session& m_session;
    std::string m_key; ///< In the list.
};

} // namespace keyglass::ui
