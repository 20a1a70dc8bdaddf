// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/streamviews.h"

#include "core/session/session.h"
#include "ui/stream/groupdialogs.h"
#include "ui/stream/groupsview.h"
#include "ui/stream/rangeview.h"
#include "ui/value/valuepane.h"
#include "ui/window/seencell.h"

namespace keyglass::ui {

StreamViews::StreamViews(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_source(std::make_shared<SessionStreamSource>(session))
{
}

bool StreamViews::isWritable() const
{
    return !m_session.profile().readOnly && m_session.state() == SessionState::Connected;
}

void StreamViews::attach(ValuePane& pane)
{
    const auto isStream = [](const ValueHead& head) { return head.type == KeyType::Stream; };
    auto* range = new RangeView(m_source);
    pane.addView(range, tr("Entries"), tr("By time"), isStream);
    connect(&pane, &ValuePane::headChanged, range, [&pane, range, isStream] {
        pane.head() && isStream(*pane.head()) ? range->setKey(pane.head()->key) : range->clear();
    });
    auto* view = new GroupsView(m_source);
    pane.addView(view, tr("Entries"), tr("Groups"), isStream);
    view->setWritable(isWritable());
    connect(&pane, &ValuePane::headChanged, view, [this, &pane, view] { follow(pane, *view); });
    connect(&m_session, &Session::stateChanged, view, [this, view] { view->setWritable(isWritable()); });
    wire(pane, *view);
}

void StreamViews::follow(ValuePane& pane, GroupsView& view)
{
    const auto& head = pane.head();
    if (head && head->type == KeyType::Stream) {
        view.setKey(head->key);
    } else {
        view.clear();
    }
}

void StreamViews::wire(ValuePane& pane, GroupsView& view)
{
    const auto on = [this, &pane, &view](void (GroupsView::*signal)(), const auto& make) {
        connect(&view, signal, this, [this, &pane, &view, make] {
            if (pane.head()) {
                show(view, make(seenKey(*pane.head()), view));
            }
        });
    };
    on(&GroupsView::createWanted, [this](const SeenKey& seen, GroupsView& in) -> EditDialog* {
        return new CreateGroupDialog(m_session, seen, in.window());
    });
    on(&GroupsView::moveWanted, [this](const SeenKey& seen, GroupsView& in) -> EditDialog* {
        return in.group() ? new MoveGroupDialog(m_session, seen, *in.group(), in.window()) : nullptr;
    });
    on(&GroupsView::destroyWanted, [this](const SeenKey& seen, GroupsView& in) -> EditDialog* {
        return in.group() ? new DestroyGroupDialog(m_session, seen, *in.group(), in.window()) : nullptr;
    });
    on(&GroupsView::acknowledgeWanted, [this](const SeenKey& seen, GroupsView& in) -> EditDialog* {
        return in.group() ? new AcknowledgeDialog(m_session, seen, in.group()->name, in.selectedEntries(), in.window())
                          : nullptr;
    });
    on(&GroupsView::claimWanted, [this](const SeenKey& seen, GroupsView& in) -> EditDialog* {
        return in.group() ? new ClaimDialog(m_session, seen,
                                {in.group()->name, in.selectedEntries(), in.consumerNames(), in.minIdle()}, in.window())
                          : nullptr;
    });
}

void StreamViews::show(GroupsView& view, EditDialog* dialog)
{
    if (!dialog) {
        return;
    }
    connect(dialog, &EditDialog::done, this, &StreamViews::edited);
    connect(dialog, &QDialog::rejected, &view, &GroupsView::reload);    // what was refused has told that it is outdated
    connect(&view, &QObject::destroyed, dialog, &QObject::deleteLater); // its session is gone with it
    dialog->open();
}

} // namespace keyglass::ui
