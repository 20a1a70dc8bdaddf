// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/base/result.h"
#include "core/session/passingfile.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace keyglass {

/// Gathers names and gives them in order, each once, when all are known.
///
/// What does not fit in some MB of memory goes to a passing file in sorted runs, which are merged as they are read: of
/// each run 64 KB are in memory then, or its longest name.
class SortedNames {
public:
    /// `folder`: as PassingFile; `held`: bytes of names in memory before a run is written.
    SortedNames(const QString& folder, std::size_t held);

    /// Thread: any, several at once. False where the file can't be written: nothing more is of use.
    [[nodiscard]] bool add(const KeyBatch& names);
    /// No more are added: gives them until `use` returns false. File where the file can't be read, or could not be
    /// written: then none is given.
    [[nodiscard]] Status forEach(const std::function<bool(std::string_view)>& use);
    /// Names that came again, of those given.
    [[nodiscard]] std::uint64_t repeats() const { return m_repeats; }

private:
    struct Run {
        std::uint64_t begin = 0; ///< In the file.
        std::uint64_t end = 0;
    };
    class Reader;
    [[nodiscard]] Status writeRun();

    const std::size_t m_most;
    std::mutex m_mutex; ///< Guards the members below: every node's scanner adds.
    PassingFile m_file;
    std::vector<Run> m_runs;
    KeyBatch m_held;
    std::optional<Error> m_failure;
    std::uint64_t m_repeats = 0;
};

} // namespace keyglass
