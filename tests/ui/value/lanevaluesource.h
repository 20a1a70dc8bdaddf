// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/lane.h"
#include "core/value/bitcount.h"
#include "core/value/stringfile.h"
#include "tests/core/value/fieldendlane.h"
#include "tests/core/value/lanefixture.h"
#include "ui/value/valuesource.h"

#include <QPromise>
#include <QThreadPool>

#include <atomic>
#include <memory>
#include <semaphore>
#include <stop_token>
#include <utility>

namespace keyglass::test {

/// Values over a real lane on a thread of its own, as a session gives them.
class LaneValueSource : public ui::ValueSource {
public:
    explicit LaneValueSource(const RedisServer& server, const QString& user = {})
    {
        m_thread.setMaxThreadCount(1);
        m_thread.setExpiryTimeout(-1);
        m_thread.start([this, &server, user] { m_lane = readingLane(server, user); });
        m_thread.waitForDone();
    }
    ~LaneValueSource() override
    {
        m_stop.request_stop();
        while (m_holds > 0) {
            letGo();
        }
        m_thread.start([this] { m_lane.reset(); }); // a connection ends on the thread it was made on
        m_thread.waitForDone();
    }

    /// From now on fields can end, as `state` says.
    void useFieldEnds(const std::shared_ptr<FieldEndLane::State>& state)
    {
        m_hasFieldEnds = true;
        m_thread.start([this, state] { m_lane = std::make_unique<FieldEndLane>(std::move(m_lane), state); });
        m_thread.waitForDone();
    }

    [[nodiscard]] bool hasFieldEnds() const override { return m_hasFieldEnds; }
    [[nodiscard]] bool touchesIdleTimes() const override { return m_touches; }
    void setTouchesIdleTimes(bool touches) { m_touches = touches; }
    QFuture<Result<ValueHead>> loadHead(std::string key) override
    {
        ++m_heads;
        return ask<ValueHead>([key](Lane& lane, std::stop_token stop) { return fetchValueHead(lane, key, stop); });
    }
    QFuture<Result<ValuePage>> loadPage(ValuePageRequest request) override
    {
        ++(request.at.empty() ? m_pages : m_besides);
        return ask<ValuePage>(
            [request](Lane& lane, std::stop_token stop) { return fetchValuePage(lane, request, stop); });
    }
    QFuture<Result<std::string>> loadSlice(ValueSliceRequest request) override
    {
        ++m_slices;
        return ask<std::string>(
            [request](Lane& lane, std::stop_token stop) { return fetchValueSlice(lane, request, stop); });
    }

    ResultWork<std::uint64_t> saveString(const std::string& key, const QString& path, std::uint64_t) override
    {
        ResultWork<std::uint64_t> work;
        work.stop = std::stop_source();
        work.answer = ask<std::uint64_t>([key, path, stop = work.stop.get_token()](Lane& lane, const std::stop_token&) {
            return keyglass::saveString(lane, {key, path}, stop, [](std::uint64_t) { });
        });
        return work;
    }
    QFuture<Result<std::uint64_t>> countBits(std::string key) override
    {
        return ask<std::uint64_t>([key](Lane& lane, std::stop_token stop) { return fetchBitCount(lane, key, stop); });
    }
    QFuture<Result<std::vector<ServerModule>>> loadModules(std::string) override
    {
        return ask<std::vector<ServerModule>>(
            [](Lane& lane, std::stop_token stop) { return fetchServerModules(lane, stop); });
    }

    /// What is asked from here on is not answered before letGo(), once for each hold().
    void hold()
    {
        ++m_holds;
        m_thread.start([this] { m_held.acquire(); });
    }
    void letGo()
    {
        if (m_holds > 0) {
            --m_holds;
            m_held.release();
        }
    }

    [[nodiscard]] int heads() const { return m_heads; }
    [[nodiscard]] int pages() const { return m_pages; }
    /// Questions for what stands beside the rows of a list's pages.
    [[nodiscard]] int besides() const { return m_besides; }
    [[nodiscard]] int slices() const { return m_slices; }

private:
    template <typename T, typename Ask> QFuture<Result<T>> ask(Ask question)
    {
        const auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        m_thread.start([this, promise, question] {
            promise->addResult(question(*m_lane, m_stop.get_token()));
            promise->finish();
        });
        return promise->future();
    }

    QThreadPool m_thread;
    std::counting_semaphore<> m_held{0};
    int m_holds = 0;
    std::stop_source m_stop;
    std::unique_ptr<Lane> m_lane;
    bool m_touches = false;
    bool m_hasFieldEnds = false;
    int m_heads = 0;
    int m_pages = 0;
    int m_besides = 0;
    int m_slices = 0;
};

} // namespace keyglass::test
