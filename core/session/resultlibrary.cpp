// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/resultlibrary.h"

#include "core/results/resultstore.h"

#include <QDir>
#include <QPromise>

#include <algorithm>
#include <atomic>
#include <new>
#include <thread>
#include <utility>

namespace keyglass {

namespace {

constexpr int wholeProgress = 1000;

int shareOf(std::uint64_t part, std::uint64_t whole)
{
    const double share = whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
    return static_cast<int>(std::min(share, 1.0) * wholeProgress);
}

/// A part of longer work, told as the stretch from `begin` to `end` of it (in thousandths).
KeysDone stretch(const KeysDone& done, std::uint64_t keys, int begin, int end)
{
    return [&done, keys, begin, end](std::uint64_t now) {
        const auto share = static_cast<std::uint64_t>(begin + shareOf(now, keys) * (end - begin) / wholeProgress);
        return done(share);
    };
}

} // namespace

/// One work and its thread.
class ResultLibrary::Task {
public:
    Task(std::stop_source stop, std::function<void()> work)
        : m_stop(std::move(stop))
        , m_thread([this, work = std::move(work)] {
            work();
            m_isDone = true;
        })
    {
    }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    ~Task() { m_stop.request_stop(); }

    void stop() { m_stop.request_stop(); }
    [[nodiscard]] bool isDone() const { return m_isDone; }

private:
    std::stop_source m_stop;
    std::atomic<bool> m_isDone = false;
    std::jthread m_thread; // last: joined first
};

ResultLibrary::ResultLibrary(const QString& configFolder, QObject* parent)
    : QObject(parent)
    , m_folder(QDir(configFolder).filePath(QStringLiteral("results")))
{
}

ResultLibrary::~ResultLibrary()
{
    for (const auto& task : m_tasks) {
        task->stop(); // all at once, then they are joined
    }
}

template <typename T> ResultWork<T> ResultLibrary::run(std::uint64_t keys, bool isChange, Work<T> work)
{
    m_tasks.remove_if([](const auto& task) { return task->isDone(); });
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->setProgressRange(0, wholeProgress);
    promise->start();
    ResultWork<T> begun{promise->future(), std::stop_source()};
    const auto doIt = [this, promise, keys, isChange, work = std::move(work), stop = begun.stop.get_token()] {
        const KeysDone done = [&](std::uint64_t now) {
            promise->setProgressValue(shareOf(now, keys));
            return true;
        };
        Result<T> result = Error{};
        try {
            result = work(stop, done);
        } catch (const std::bad_alloc&) {
            result = Error{ErrorKind::Limit, tr("The set of keys"), tr("There is not enough memory.")};
        }
        const bool hasChanged = isChange && result;
        promise->addResult(std::move(result));
        promise->finish();
        if (hasChanged) {
            QMetaObject::invokeMethod(this, &ResultLibrary::changed, Qt::QueuedConnection);
        }
    };
    m_tasks.push_back(std::make_unique<Task>(begun.stop, doIt));
    return begun;
}

QFuture<Result<std::vector<ResultSetEntry>>> ResultLibrary::list()
{
    using Entries = std::vector<ResultSetEntry>;
    return run<Entries>(0, false, [store = ResultStore(m_folder)](const auto&, const auto&) {
        return Result<Entries>(store.list());
    }).answer;
}

ResultWork<ResultSetInfo> ResultLibrary::save(ResultSetInfo info, KeyChoice keys)
{
    const std::uint64_t count = keys.count();
    return run<ResultSetInfo>(count, true,
        [store = ResultStore(m_folder), info = std::move(info), keys = std::move(keys)](
            const std::stop_token& stop, const KeysDone& done) { return store.save(info, keys, stop, done); });
}

ResultWork<OpenedResult> ResultLibrary::load(const ResultSetInfo& info, ByteCount most)
{
    return run<OpenedResult>(info.keys, false,
        [store = ResultStore(m_folder), info, most](
            const std::stop_token& stop, const KeysDone& done) -> Result<OpenedResult> {
            auto keys = store.load(info.file, most, stop, done);
            return keys ? Result<OpenedResult>(OpenedResult{info, *std::move(keys)})
                        : Result<OpenedResult>(std::move(keys).error());
        });
}

ResultWork<ResultSetInfo> ResultLibrary::rename(const QString& file, const QString& name)
{
    return run<ResultSetInfo>(
        0, true, [store = ResultStore(m_folder), file, name](const std::stop_token& stop, const KeysDone&) {
            return store.rename(file, name, stop);
        });
}

QFuture<Status> ResultLibrary::remove(const QString& file)
{
    return run<std::monostate>(0, true, [store = ResultStore(m_folder), file](const auto&, const auto&) {
        return store.remove(file);
    }).answer;
}

ResultWork<std::monostate> ResultLibrary::exportKeys(KeyChoice keys, ResultSetInfo about, KeyExport wanted)
{
    const std::uint64_t count = keys.count();
    return run<std::monostate>(count, false,
        [keys = std::move(keys), about = std::move(about), wanted = std::move(wanted)](const std::stop_token& stop,
            const KeysDone& done) { return keyglass::exportKeys(keys, about, wanted, stop, done); });
}

ResultWork<std::monostate> ResultLibrary::exportSet(const ResultSetInfo& info, ByteCount most, KeyExport wanted)
{
    constexpr int half = wholeProgress / 2;
    return run<std::monostate>(wholeProgress, false,
        [store = ResultStore(m_folder), info, most, wanted = std::move(wanted)](
            const std::stop_token& stop, const KeysDone& done) -> Status {
            const auto keys = store.load(info.file, most, stop, stretch(done, info.keys, 0, half));
            if (!keys) {
                return keys.error();
            }
            return keyglass::exportKeys(
                KeyChoice{*keys}, info, wanted, stop, stretch(done, info.keys, half, wholeProgress));
        });
}

bool ResultLibrary::isWorking() const
{
    return std::ranges::any_of(m_tasks, [](const auto& task) { return !task->isDone(); });
}

} // namespace keyglass
