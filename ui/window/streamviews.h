// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"

#include <QObject>

#include <memory>

namespace keyglass {
class Session;
}

namespace keyglass::ui {

class EditDialog;
class GroupsView;
class StreamSource;
class ValuePane;

/// What stands beside the entries of streams in the panes of one session: ranges of them, and the consumer groups with
/// what can be done to them.
class StreamViews : public QObject {
    Q_OBJECT

public:
    StreamViews(Session& session, QObject* parent);

    /// Gives a pane its views, which are offered while it shows a stream.
    void attach(ValuePane& pane);

Q_SIGNALS:
    void edited(const keyglass::KeyEdit& edit, const keyglass::EditOutcome& outcome);

private:
    void follow(ValuePane& pane, GroupsView& view);
    void wire(ValuePane& pane, GroupsView& view);
    void show(GroupsView& view, EditDialog* dialog);
    [[nodiscard]] bool isWritable() const;

    Session& m_session;
    const std::shared_ptr<StreamSource> m_source;
};

} // namespace keyglass::ui
