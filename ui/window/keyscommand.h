// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <chrono>
#include <functional>

class QWidget;

namespace keyglass::ui {

/// Above this many keys KEYS is refused: the server would stand still for too long.
inline constexpr std::uint64_t mostKeysForKeysCommand = 100'000;

/// How long KEYS will keep the server from answering anybody: about 0.8 µs a key.
[[nodiscard]] std::chrono::milliseconds expectedStandstill(std::uint64_t keys);

/// Why KEYS is not done here, as a sentence; empty where it may be offered. `keys`: DBSIZE, where it is known.
[[nodiscard]] QString keysCommandRefusal(const Profile& profile, std::optional<std::uint64_t> keys);

/// Asks the server for its number of keys and the user for a confirmation, or says why not, then calls `confirmed`.
void offerKeysCommand(QWidget* parent, Session& session, std::function<void()> confirmed);

} // namespace keyglass::ui
