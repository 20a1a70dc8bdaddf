// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/scanrunner.h"

namespace keyglass {

ScanRunner::ScanRunner(std::unique_ptr<ScanIndexer> indexer, Listener listener)
    : m_indexer(std::move(indexer))
    , m_listener(std::move(listener))
    , m_thread([this](std::stop_token stop) { run(std::move(stop)); })
{
}

ScanRunner::~ScanRunner() = default;

void ScanRunner::stop()
{
    m_thread.request_stop();
    m_indexer->resume();
}

std::unique_ptr<IndexBuilder> ScanRunner::finish()
{
    stop();
    m_thread.join();
    return m_indexer->takeBuilder();
}

void ScanRunner::run(std::stop_token stop)
{
    m_report = m_indexer->run(stop, m_listener.published);
    m_listener.ended(*m_report);
    m_indexer->compact(stop, m_listener.published);
    m_indexer->follow(stop, m_listener.published);
}

} // namespace keyglass
