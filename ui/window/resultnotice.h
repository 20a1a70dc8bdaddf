// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/common/noticebar.h"

namespace keyglass::ui {

/// Says that the tree shows a saved set of keys and not what the scan found, which set, and offers the way back.
class ResultNotice : public NoticeBar {
    Q_OBJECT

public:
    explicit ResultNotice(Session& session, QWidget* parent = nullptr);

private:
    void follow();

    Session& m_session;
};

} // namespace keyglass::ui
