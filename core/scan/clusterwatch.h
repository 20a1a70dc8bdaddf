// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/source/lane.h"
#include "core/source/redis/clustermap.h"
#include "core/source/redis/clusterview.h"

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// Looks at a cluster while it is scanned: at its topology, and at what every master says of itself in CLUSTER NODES,
/// where alone the marks of a migration stand.
///
/// Has connections of its own, so that a scanner is never held up. Belongs to one thread.
class ClusterWatch {
public:
    /// What is known of one master.
    struct Master {
        std::optional<NodeView> view; ///< The newest; nothing before the first.
        bool isFresh = false;         ///< The last look brought it.
        bool isUntold = false;        ///< CLUSTER NODES is not allowed to this user, or says nothing of itself.
    };

    /// `patience`: with one master, to begin with.
    explicit ClusterWatch(std::shared_ptr<ClusterMap> map, Milliseconds patience = Milliseconds{1000});
    ClusterWatch(const ClusterWatch&) = delete;
    ClusterWatch& operator=(const ClusterWatch&) = delete;

    /// Asks all masters at once, and waits for their answers together: for a second, as long as any comes. Who answers
    /// in it is heard, however many others are silent. What can't be connected to costs a second each; after two of
    /// them the other connections are left for the next look. True where anything is other than at the last look.
    bool look(std::stop_token stop);

    /// By node id. A master never seen has no view.
    [[nodiscard]] const Master& master(const std::string& id) const;
    [[nodiscard]] const std::map<std::string, Master>& masters() const { return m_masters; }
    [[nodiscard]] const std::shared_ptr<const ClusterTopology>& topology() const { return m_topology; }
    [[nodiscard]] const std::shared_ptr<ClusterMap>& map() const { return m_map; }
    /// Whether the last look brought an answer of any master.
    [[nodiscard]] bool hasHeard() const { return m_hasHeard; }
    /// How many masters did not answer the last look in time, those that were slow among them: of each look anew. Those
    /// that were left for the next are not counted.
    [[nodiscard]] int silent() const { return m_silent; }
    /// How long a connection that is opened next waits for one of them.
    [[nodiscard]] Milliseconds patience() const { return m_patience; }

private:
    /// What became of a master at the last look, in the order of the next.
    enum class Standing { Answered, Left, Silent };

    [[nodiscard]] std::vector<const ClusterNode*> inTurn();
    [[nodiscard]] Milliseconds answerTime() const;
    [[nodiscard]] bool ask(const ClusterNode& node, std::stop_token stop);
    void note(const std::string& id, const Status& done, Clock::time_point begun);
    void take(const std::string& id, Clock::time_point asked, std::stop_token stop);
    [[nodiscard]] bool learnFromOneOfThem(const std::stop_token& stop);
    void learnTopology(std::stop_token stop);

    const std::shared_ptr<ClusterMap> m_map;
    std::shared_ptr<const ClusterTopology> m_topology;
    std::map<std::string, Master> m_masters;
    std::map<std::string, std::unique_ptr<Lane>> m_lanes;
    std::map<std::string, Standing> m_standing;
    const Milliseconds m_firstPatience;
    /// With one master. Grows where none answers in it: then they are far away, not ill; until they are quick again.
    Milliseconds m_patience;
    bool m_hasHeard = false;
    int m_silent = 0;          ///< So many did not answer in time.
    Milliseconds m_longest{0}; ///< Of the answers that came.
};

} // namespace keyglass
