// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/common/noticebar.h"

namespace keyglass::ui {

/// The banner over a page that shows less than the whole cluster: a master does not answer, or the connection is to a
/// single node only.
class ClusterNotice : public NoticeBar {
    Q_OBJECT

public:
    explicit ClusterNotice(Session& session, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The user wants the cluster that the node belongs to.
    void clusterWanted();

private:
    void refresh();

    Session& m_session;
};

} // namespace keyglass::ui
