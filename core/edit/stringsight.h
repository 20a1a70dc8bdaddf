// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editlanes.h"
#include "core/edit/editsteps.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"

#include <QByteArray>

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace keyglass {

/// What stands at a string's key, all of it read.
struct StringSight {
    Observation seen;
    std::uint64_t length = 0;
    QByteArray digest;        ///< SHA-256.
    bool hasBeginning = true; ///< It begins with the bytes that were asked for.
};

/// A watch over a string from a look at it on, on a connection of its own.
class StringWatch {
public:
    /// All must outlive it. `passed` hears of each page how many bytes it had.
    StringWatch(EditLanes& lanes, const Confirmation& confirmation, const std::stop_token& stop,
        std::function<void(std::uint64_t bytes)> passed);

    /// To where the key is as far as it is known.
    void goTo(const std::string& key);
    /// What type it is, when it ends and, of a string, all of its bytes, in pages; WATCHed from before that on. In a
    /// cluster redirects are followed. Fails as Lane::call.
    [[nodiscard]] Status look(const std::string& key, std::string_view beginning, StringSight& sight);
    /// Whether it is still the connection that watches.
    [[nodiscard]] bool stands() const { return m_lane->isOpen() && m_lane->openings() == m_opening; }
    [[nodiscard]] Lane& lane() const { return *m_lane; }

private:
    [[nodiscard]] Status readAll(
        const std::string& key, std::string_view beginning, std::uint64_t whole, StringSight& sight);

    EditLanes& m_lanes;
    const Confirmation& m_confirmation;
    const std::stop_token& m_stop;
    const std::function<void(std::uint64_t)> m_passed;
    std::unique_ptr<Lane> m_lane;
    std::uint64_t m_opening = 0; ///< Of the lane, when its watch began.
};

} // namespace keyglass
