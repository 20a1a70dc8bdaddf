// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/edit/keyedit.h"
#include "core/value/valuepage.h"

#include <QString>

#include <cstddef>
#include <optional>

namespace keyglass::ui {

/// How long the fields of a loaded hash have left, as time passes. The server's clock is known by its pages.
class FieldEndClock {
public:
    /// By the server's clock.
    using Time = ExpiryTime;
    static constexpr Time never = Time::min();
    static constexpr Time unknown = Time::max(); ///< Its page could not tell.

    /// What the newest page tells.
    void take(const std::optional<FieldEnds>& ends);
    /// Whether there is something to be shown of them at all: the server has them, and says or refuses to say.
    [[nodiscard]] bool isShown() const { return m_isShown; }
    /// Whether a field was seen that ends.
    [[nodiscard]] bool isRunning() const { return m_serverAhead.has_value(); }

    /// When a row of a page ends.
    [[nodiscard]] static Time endOf(const ValuePage& page, std::size_t row);
    /// Nothing: not known.
    [[nodiscard]] std::optional<SeenExpiry> seen(Time end) const;
    /// Nothing: it does not end, or that is not known.
    [[nodiscard]] std::optional<Milliseconds> left(Time end) const;
    /// "3 d 4 h", "–" for one that does not end, "expired", "not permitted".
    [[nodiscard]] QString text(Time end) const;
    [[nodiscard]] QString toolTip(Time end) const;

private:
    bool m_isShown = false;
    std::optional<Error> m_unknown;
    std::optional<Milliseconds> m_serverAhead; ///< Of our own Clock.
};

} // namespace keyglass::ui
