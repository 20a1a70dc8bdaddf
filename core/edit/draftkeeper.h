// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/draftstore.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace keyglass {

/// The drafts of the application, written by a thread of its own so that no disk holds up who types.
///
/// Everything may be called from any thread. What is asked for comes from what waits to be written first, then from the
/// files. A draft that is open in an editor is not offered to others: its editor claims it.
class DraftKeeper {
public:
    using Told = std::function<void(const Status& written)>; ///< Called on the keeper's thread.

    explicit DraftKeeper(QString folder);
    DraftKeeper(const DraftKeeper&) = delete;
    DraftKeeper& operator=(const DraftKeeper&) = delete;
    ~DraftKeeper(); ///< Writes what waits first.

    /// Returns at once. Of several for one cell only the newest is written.
    void keep(Draft draft, Told told = {});
    void remove(const DraftKey& key, const EditedCell& cell);
    void claim(const DraftKey& key, const EditedCell& cell);
    void release(const DraftKey& key, const EditedCell& cell);

    /// Newest first, without those that are claimed. Reads files.
    [[nodiscard]] std::vector<Draft> of(const DraftKey& key);
    [[nodiscard]] std::vector<Draft> ofProfile(const std::string& profile);
    /// Blocks until all that waits is written.
    void flush();

private:
    struct Waiting {
        DraftKey key;
        EditedCell cell;
        std::optional<Draft> draft; ///< Nothing: its file is to go.
        Told told;
        std::uint64_t number = 0;
    };

    void put(Waiting waiting);
    void run(std::stop_token stop);
    void write(const Waiting& waiting);
    [[nodiscard]] std::map<QString, Waiting> waitingNow();
    [[nodiscard]] std::vector<Draft> offered(std::vector<Draft> stored, const std::map<QString, Waiting>& waiting,
        const std::function<bool(const DraftKey&)>& isWanted);

    const DraftStore m_store;
    std::mutex m_mutex; ///< Guards what follows: editors put in, the thread takes out.
    std::condition_variable_any m_wake;
    std::map<QString, Waiting> m_waiting; ///< By file name; each stays until it is written.
    std::multiset<QString> m_claimed;
    std::uint64_t m_numbers = 0;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
