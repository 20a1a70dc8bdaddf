// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/scansupervisor.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// A database that is scanned along with others.
struct ScannedDatabase {
    int number = 0;
    std::string root;               ///< Put before each of its keys, so that they can be told from the others'.
    std::uint64_t expectedKeys = 0; ///< As far as it is known before its turn comes.
};

/// Leads a scan through several databases of one server, one after the other, so that the server is asked no more at
/// once than by any other scan. What one database refuses (an ACL, a number the server does not have) leaves the others
/// as they are; a server that is lost ends them all.
///
/// The report has a line for each database, in their order, also for those whose turn did not come.
class DatabaseScan final : public ScanSupervisor {
public:
    using MakeLane = std::function<std::unique_ptr<Lane>(int database)>;

    /// `goOnFrom`: an earlier scan of the same databases, or null; of it, only those that were given up with
    /// `onlyFailed`. Only looked at.
    DatabaseScan(std::vector<ScannedDatabase> databases, MakeLane makeLane, const ScanReport* goOnFrom = nullptr,
        bool onlyFailed = false);

    [[nodiscard]] Result<Orders> begin(std::stop_token stop) override;
    [[nodiscard]] Orders look(const std::vector<const NodeScanEnd*>& ends, std::stop_token stop) override;
    void conclude(ScanReport& report) override;

private:
    struct Line {
        ScannedDatabase database;
        std::optional<NodeScanEnd> before; ///< How it ended in the earlier scan.
        bool isDue = true;                 ///< To be walked by this scan.
        std::optional<std::size_t> walk;   ///< Its number among the engine's walks.
    };
    [[nodiscard]] Orders next();
    [[nodiscard]] std::uint64_t keysToCome() const;
    [[nodiscard]] QString nameOf(const Line& line) const;

    const MakeLane m_makeLane;
    std::vector<Line> m_lines;
    std::size_t m_walks = 0;
    std::optional<Error> m_lost; ///< Why no other database is tried any more.
    QString m_server;
};

} // namespace keyglass
