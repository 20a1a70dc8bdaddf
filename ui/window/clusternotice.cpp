// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/clusternotice.h"

#include "ui/window/nodewording.h"

namespace keyglass::ui {

ClusterNotice::ClusterNotice(Session& session, QWidget* parent)
    : NoticeBar(tr("Cluster"), parent)
    , m_session(session)
{
    connect(&session, &Session::stateChanged, this, &ClusterNotice::refresh);
    connect(&session, &Session::nodesChanged, this, &ClusterNotice::refresh);
    refresh();
}

void ClusterNotice::refresh()
{
    const auto nodes = m_session.nodes();
    const auto& server = m_session.server();
    const bool connected = m_session.state() == SessionState::Connected; // else that comes first, said above
    const QString silent = silentNodesText(nodes);
    if (connected && !silent.isEmpty()) {
        say(Level::Warning, silent, {});
    } else if (connected && nodes.empty() && server && server->mode == ServerMode::Cluster) {
        std::vector<Button> buttons;
        if (!m_session.profile().isUnixSocket()) { // the others would not be found from there
            buttons.push_back({tr("Open the whole cluster"), [this] { Q_EMIT clusterWanted(); }});
        }
        say(Level::Info, tr("This server is one node of a cluster: only its own keys are shown."), std::move(buttons));
    } else {
        hide();
    }
}

} // namespace keyglass::ui
