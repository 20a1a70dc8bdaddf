// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QFuture>

#include <string>
#include <utility>
#include <vector>

namespace keyglass::ui {

/// Where a GroupsView reads from. Every call returns at once.
class StreamSource {
public:
    StreamSource() = default;
    StreamSource(const StreamSource&) = delete;
    StreamSource& operator=(const StreamSource&) = delete;
    virtual ~StreamSource() = default;

    [[nodiscard]] virtual QFuture<Result<std::vector<StreamGroup>>> loadGroups(std::string key) = 0;
    [[nodiscard]] virtual QFuture<Result<std::vector<StreamConsumer>>> loadConsumers(
        std::string key, std::string group) = 0;
    [[nodiscard]] virtual QFuture<Result<PendingPage>> loadPending(PendingRequest request) = 0;
    [[nodiscard]] virtual QFuture<Result<StreamRange>> loadRange(StreamRangeRequest request) = 0;
};

/// The streams of a session, which must outlive it.
class SessionStreamSource : public StreamSource {
public:
    explicit SessionStreamSource(Session& session)
        : m_session(session)
    {
    }
    QFuture<Result<std::vector<StreamGroup>>> loadGroups(std::string key) override
    {
        return m_session.loadStreamGroups(std::move(key));
    }
    QFuture<Result<std::vector<StreamConsumer>>> loadConsumers(std::string key, std::string group) override
    {
        return m_session.loadStreamConsumers(std::move(key), std::move(group));
    }
    QFuture<Result<PendingPage>> loadPending(PendingRequest request) override
    {
        return m_session.loadPendingEntries(std::move(request));
    }
    QFuture<Result<StreamRange>> loadRange(StreamRangeRequest request) override
    {
        return m_session.loadStreamRange(std::move(request));
    }

private:
    Session& m_session;
};

} // namespace keyglass::ui
