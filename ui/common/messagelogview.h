// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTreeView;

namespace keyglass::ui {

class MessageLog;

/// Shows a MessageLog, for a dock: newest line last and in sight unless the user has scrolled away; copy and clear.
class MessageLogView : public QWidget {
    Q_OBJECT

public:
    /// `log` must outlive the view.
    explicit MessageLogView(MessageLog* log, QWidget* parent = nullptr);

private:
    void fitColumns();
    void copy();
    void followNewLines();

    MessageLog* m_log;
    QTreeView* m_lines;
};

} // namespace keyglass::ui
