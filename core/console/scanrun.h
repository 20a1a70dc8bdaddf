// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/console/console.h"

namespace keyglass {

/// Steps of one scan-bound command: asks for the next elements, does the operation with them, hands them on.
class ScanRun {
public:
    ScanRun(
        const ConsoleSource& source, const ScanBound& scan, const Console::Listener& listener, ConsoleAnswer& answer);

    /// One step from `cursor`; gives the next one. Fails as the lane does, with the server's error reply to the scan,
    /// and with what the sink said.
    [[nodiscard]] Result<std::string> step(Lane& lane, const std::string& cursor, std::stop_token stop);

    /// The reply for all steps, and what there is to note of them; called once, at the end.
    [[nodiscard]] Reply reply(Reply cursor);

private:
    [[nodiscard]] Result<std::vector<Reply>> forEach(Lane& lane, ScannedElements& elements, std::stop_token stop);
    [[nodiscard]] Status forAll(Lane& lane, const ScannedElements& elements, std::stop_token stop);
    [[nodiscard]] Result<std::vector<Reply>> sendBySlots(
        Lane& lane, std::vector<Command> commands, std::stop_token stop);
    void note(const Reply& reply, std::string_view element);
    void fold(Reply reply);
    [[nodiscard]] Status handOn(std::vector<Reply>&& items);
    void tellProgress() const;

    const ConsoleSource& m_source;
    const ScanBound& m_scan;
    const Console::Listener& m_listener;
    ConsoleAnswer& m_answer;
    std::vector<Reply> m_items;        ///< Where nobody else takes them.
    std::size_t m_itemBytes = 0;       ///< About.
    std::optional<Reply> m_folded;     ///< Of FORALL: the replies so far as one.
    bool m_isList = false;             ///< They could not be put together: m_folded lists them.
    std::size_t m_dividedElements = 0; ///< Of FORALLs that were sent in parts.
    std::size_t m_dividedCommands = 0;
};

} // namespace keyglass
