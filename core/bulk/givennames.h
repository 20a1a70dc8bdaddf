// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace keyglass {

/// The names that keys get from a rule which may give one name to several: one key gets it, whichever node it is of,
/// since of two only one could be brought back from there. One for all steps of a job.
class GivenNames {
public:
    /// Whether `name` is `key`'s: nobody's so far, or its own already. Called before anything is archived or written.
    [[nodiscard]] bool claim(const std::string& name, std::string_view key);
    /// `key` does not get it, and nothing was written there: it is free again.
    void giveBack(const std::string& name, std::string_view key);

private:
    std::mutex m_mutex; ///< Guards m_owners: each node's worker has a step of its own.
    std::unordered_map<std::string, std::uint64_t> m_owners; ///< Their keys' hashes.
};

} // namespace keyglass
