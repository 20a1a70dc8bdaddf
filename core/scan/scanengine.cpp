// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/scanengine.h"

#include <exception>
#include <new>
#include <thread>

namespace keyglass {

ScanEngine::ScanEngine(ScanRequest request, std::vector<ScanNode> nodes, RetryPolicy retry)
    : m_request(std::move(request))
    , m_nodes(std::move(nodes))
    , m_retry(retry)
    , m_control(m_request.limits)
    , m_progress(m_nodes.size())
{
    for (std::size_t at = 0; at < m_nodes.size(); ++at) {
        m_progress[at].describe(m_nodes[at].lane->nodeText(), m_nodes[at].role, m_nodes[at].slotRanges);
    }
}

ScanEngine::~ScanEngine() = default;

ScanReport ScanEngine::run(std::stop_token stop, const Sink& sink)
{
    ScanReport report;
    report.usedKeysCommand = m_request.useKeysCommand;
    report.nodes.resize(m_nodes.size());
    {
        std::vector<std::jthread> others; // the first node is walked on the calling thread
        for (std::size_t at = 1; at < m_nodes.size(); ++at) {
            others.emplace_back([&, at] { report.nodes[at] = scanNode(at, stop, sink); });
        }
        if (!m_nodes.empty()) {
            report.nodes[0] = scanNode(0, stop, sink);
        }
    }
    report.elapsed = m_control.elapsed();
    return report;
}

NodeScanEnd ScanEngine::scanNode(std::size_t at, std::stop_token stop, const Sink& sink)
{
    ScanNode& node = m_nodes[at];
    NodeScanEnd end;
    try {
        end = NodeScanner(*node.lane, m_request, m_control, m_progress[at], m_retry)
                  .run(node.from, node.runId, stop, sink);
    } catch (const std::bad_alloc&) {
        end.stoppedBy = Error{ErrorKind::Limit, node.lane->nodeText(), QStringLiteral("Out of memory")};
    } catch (const std::exception& problem) {
        end.stoppedBy = Error{ErrorKind::Server, node.lane->nodeText(), QString::fromUtf8(problem.what())};
    }
    end.node = node.lane->nodeText();
    node.lane->close(); // on the thread that used it
    return end;
}

ScanProgress ScanEngine::progress() const
{
    ScanProgress sum;
    double walked = 0;
    double whole = 0;
    for (const NodeProgress& node : m_progress) {
        sum.nodes.push_back(node.ledger());
        sum.keys += node.keys;
        sum.calls += node.calls;
        sum.expectedKeys += node.expectedKeys;
        const double weight = std::max<double>(1, static_cast<double>(node.expectedKeys.load()));
        walked += node.share() * weight;
        whole += weight;
        if (sum.waitingFor.isEmpty()) {
            sum.waitingFor = node.waitingFor();
        }
    }
    sum.share = whole > 0 ? walked / whole : 0;
    sum.elapsed = m_control.elapsed();
    sum.paused = m_control.isPaused();
    // Below a hundredth the estimate jumps about too much to be shown.
    if (sum.share >= 0.01 && sum.share < 1) {
        const double rest = static_cast<double>(sum.elapsed.count()) * (1 - sum.share) / sum.share;
        sum.remaining = std::chrono::milliseconds(static_cast<std::int64_t>(rest));
    }
    return sum;
}

} // namespace keyglass
