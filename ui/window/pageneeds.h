// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/windowactions.h"

namespace keyglass::ui {

class SessionPage;

/// Tells which actions make sense now, by what is there on a page: its connection, its scan, what is current and open.
class PageNeeds {
public:
    /// The page outlives it.
    explicit PageNeeds(SessionPage& page);

    /// Whether what an action needs is there now.
    [[nodiscard]] bool isMet(ActionNeed need) const;

private:
    SessionPage& m_page;
};

} // namespace keyglass::ui
