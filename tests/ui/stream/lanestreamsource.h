// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/value/lanefixture.h"
#include "ui/stream/streamsource.h"

#include <QPromise>

#include <utility>

namespace keyglass::test {

/// Streams over a real lane, answered at once.
class LaneStreamSource : public ui::StreamSource {
public:
    explicit LaneStreamSource(Lane& lane)
        : m_lane(lane)
    {
    }
    QFuture<Result<std::vector<StreamGroup>>> loadGroups(std::string key) override
    {
        return ready(fetchStreamGroups(m_lane, key, {}));
    }
    QFuture<Result<std::vector<StreamConsumer>>> loadConsumers(std::string key, std::string group) override
    {
        return ready(fetchStreamConsumers(m_lane, key, group, {}));
    }
    QFuture<Result<PendingPage>> loadPending(PendingRequest request) override
    {
        ++m_pages;
        return ready(fetchPendingEntries(m_lane, request, {}));
    }
    QFuture<Result<StreamRange>> loadRange(StreamRangeRequest request) override
    {
        ++m_ranges;
        return ready(fetchStreamRange(m_lane, request, {}));
    }
    [[nodiscard]] int pages() const { return m_pages; }
    [[nodiscard]] int ranges() const { return m_ranges; }

private:
    template <typename T> static QFuture<T> ready(T answer)
    {
        QPromise<T> promise;
        promise.start();
        promise.addResult(std::move(answer));
        promise.finish();
        return promise.future();
    }
    Lane& m_lane;
    int m_pages = 0;
    int m_ranges = 0;
};

} // namespace keyglass::test
