// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/clusterwatch.h"

#include "core/scan/scaninfo.h"

#include <algorithm>
#include <vector>

namespace keyglass {

namespace {

constexpr Milliseconds mostPatience{8000};
/// After so many in one look no other is connected to, or asked for the topology, until the next.
constexpr int mostSilent = 2;
/// For what has come already while others were waited for.
constexpr Milliseconds moment{100};
/// The text of a cluster of a thousand nodes, some times over.
constexpr std::size_t viewCap = 4U * 1024 * 1024;

/// Of servers before 4.0, which do not tell them in CLUSTER SLOTS, it is made up.
bool isNodeId(std::string_view id)
{
    constexpr std::size_t digits = 40;
    return id.size() == digits && id.find(':') == std::string_view::npos;
}

/// A node that is busy or loading will tell another time; one that refuses for another reason, or says something else
/// than it should, will not.
bool isForNow(const Reply& answer)
{
    if (!answer.isError()) {
        return false;
    }
    const Error error = replyError(answer.text);
    return error.kind == ErrorKind::Loading || isPassingRefusal(error);
}

} // namespace

ClusterWatch::ClusterWatch(std::shared_ptr<ClusterMap> map, Milliseconds patience)
    : m_map(std::move(map))
    , m_topology(m_map->topology())
    , m_firstPatience(patience)
    , m_patience(patience)
{
}

bool ClusterWatch::look(std::stop_token stop)
{
    const auto before = m_masters;
    const auto topologyBefore = m_topology;
    learnTopology(stop);
    for (auto& [id, master] : m_masters) {
        master.isFresh = false;
    }
    m_hasHeard = false;
    m_silent = 0;
    m_longest = Milliseconds{0};
    // Two passes, so that all masters are at their answers at the same time. To ask over a line that is open costs no
    // time, whoever is at its end.
    std::vector<const ClusterNode*> asked;
    for (const ClusterNode* node : inTurn()) {
        const auto lane = m_lanes.find(node->id);
        const bool isOpen = lane != m_lanes.end() && lane->second->isOpen();
        if (!isOpen && m_silent >= mostSilent) {
            m_standing[node->id] = Standing::Left;
        } else if (ask(*node, stop)) {
            asked.push_back(node);
        }
    }
    const auto waitingSince = Clock::now();
    for (const ClusterNode* node : asked) {
        take(node->id, waitingSince, stop);
    }
    if (m_silent > 0 && !m_hasHeard) {
        m_patience = std::min(m_patience * 2, mostPatience);
    } else if (m_hasHeard && m_longest < m_firstPatience / 2) {
        m_patience = m_firstPatience; // the line is quick again
    }
    const bool sameViews = std::ranges::equal(before, m_masters, [](const auto& one, const auto& other) {
        return one.first == other.first && one.second.view == other.second.view;
    });
    return !sameViews || topologyBefore != m_topology;
}

/// Those that answered come first, so that the silent ones cost them nothing; those that were left come next.
std::vector<const ClusterNode*> ClusterWatch::inTurn()
{
    auto masters = m_topology->masters();
    std::ranges::stable_sort(masters, {}, [this](const ClusterNode* node) { return m_standing[node->id]; });
    return masters;
}

Milliseconds ClusterWatch::answerTime() const
{
    return std::min(m_patience, m_map->addresses().seed().callTimeout);
}

void ClusterWatch::note(const std::string& id, const Status& done, Clock::time_point begun)
{
    if (done) {
        m_longest = std::max(m_longest, std::chrono::duration_cast<Milliseconds>(Clock::now() - begun));
        m_standing[id] = Standing::Answered;
    } else {
        m_silent += done.error().kind == ErrorKind::Timeout ? 1 : 0;
        m_standing[id] = Standing::Silent;
    }
}

const ClusterWatch::Master& ClusterWatch::master(const std::string& id) const
{
    static const Master unknown;
    const auto found = m_masters.find(id);
    return found == m_masters.end() ? unknown : found->second;
}

/// From the first master that tells it; while none does, the map is asked to find one. What is known stands where none
/// tells it, and for this look where those that were asked are silent.
void ClusterWatch::learnTopology(std::stop_token stop)
{
    if (!learnFromOneOfThem(stop)) {
        static_cast<void>(refreshTopology(*m_map, stop));
    }
    m_topology = m_map->topology();
}

/// False: somebody else has to be asked.
bool ClusterWatch::learnFromOneOfThem(const std::stop_token& stop)
{
    int silent = 0;
    for (const ClusterNode* node : inTurn()) {
        const auto lane = m_lanes.find(node->id);
        if (lane == m_lanes.end() || !lane->second->isOpen()) {
            continue;
        }
        lane->second->setCallTimeout(answerTime());
        const auto topology = fetchTopology(*lane->second, m_map->addresses().overTls(), stop);
        if (topology && m_map->update(*topology, m_map->optionsFor(*node).endpoint)) {
            return true;
        }
        silent += !topology && topology.error().kind == ErrorKind::Timeout ? 1 : 0;
        if (silent >= mostSilent) {
            return true;
        }
    }
    return false;
}

bool ClusterWatch::ask(const ClusterNode& node, std::stop_token stop)
{
    auto& lane = m_lanes[node.id];
    if (!lane) {
        // The lane is ours: it asks while we are there.
        const auto hurried = [this, whole = nodeResolver(m_map, node)](const std::stop_token& own) {
            auto options = whole(own);
            if (options) {
                options->connectTimeout = std::min(options->connectTimeout, m_patience);
                options->callTimeout = std::min(options->callTimeout, m_patience);
            }
            return options;
        };
        lane = makeLane(hurried, m_map->optionsFor(node).endpoint.text(), m_map->gate());
    }
    const auto begun = Clock::now();
    const Status sent = lane->send(Command{"CLUSTER", "NODES"}, std::move(stop));
    note(node.id, sent, begun);
    return static_cast<bool>(sent);
}

/// `asked`: since when all of them have had time for their answers.
void ClusterWatch::take(const std::string& id, Clock::time_point asked, std::stop_token stop)
{
    Master& master = m_masters[id];
    const auto waited = std::chrono::duration_cast<Milliseconds>(Clock::now() - asked);
    m_lanes[id]->setCallTimeout(std::max(answerTime() - waited, moment));
    const auto begun = Clock::now();
    const auto answer = m_lanes[id]->receiveWhole(viewCap, std::move(stop));
    note(id, answer ? ok() : Status(answer.error()), begun);
    if (!answer) {
        return;
    }
    m_hasHeard = true;
    auto view = answer->isError() ? std::nullopt : parseNodeView(answer->text);
    master.isUntold = !view && !isForNow(*answer);
    // Where another node has got its address meanwhile, that is not what this one says of itself.
    if (view && (view->id == id || !isNodeId(id))) {
        master.view = std::move(view);
        master.isFresh = true;
    }
}

} // namespace keyglass
