// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/common/noticebar.h"

namespace keyglass::ui {

/// Says that the scan is paused because the loaded keys have used up the memory they may, and offers to go on or to end
/// it there.
class MemoryNotice : public NoticeBar {
    Q_OBJECT

public:
    explicit MemoryNotice(Session& session, QWidget* parent = nullptr);

private:
    void follow();

    Session& m_session;
};

} // namespace keyglass::ui
