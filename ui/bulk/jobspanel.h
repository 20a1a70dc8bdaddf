// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QWidget>

#include <map>

namespace keyglass::ui {

class JobRow;
class ScrollPane;

/// The jobs of a session that run or have ended, a row each; takes no room while there are none.
class JobsPanel : public QWidget {
    Q_OBJECT

public:
    explicit JobsPanel(Session& session, QWidget* parent = nullptr);

Q_SIGNALS:
    /// One sentence for the status bar.
    void said(keyglass::LogLevel level, const QString& text);

private:
    void follow();
    void addRow(BulkJob& job);
    void askUndo(JobRow& row);
    void undo(JobRow& row);

    Session& m_session;
    ScrollPane* m_pane; ///< Of the rows: a few are seen at once, however many there are.
    std::map<const BulkJob*, JobRow*> m_rows;
};

} // namespace keyglass::ui
