// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/resultlibrary.h"

#include "core/results/resultstore.h"

#include <QDir>

#include <algorithm>
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

ResultLibrary::ResultLibrary(const QString& configFolder, QObject* parent)
    : QObject(parent)
    , m_folder(QDir(configFolder).filePath(QStringLiteral("results")))
{
}

ResultLibrary::~ResultLibrary() = default;

template <typename T> ResultWork<T> ResultLibrary::run(std::uint64_t keys, bool isChange, Work<T> work)
{
    const auto told = [this] { QMetaObject::invokeMethod(this, &ResultLibrary::changed, Qt::QueuedConnection); };
    return m_tasks.run<T>(
        keys,
        [work = std::move(work)](const std::stop_token& stop, const WorkTasks::Progress& progress) {
            return work(stop, [&progress](std::uint64_t done) {
                progress(done);
                return true;
            });
        },
        isChange ? std::function<void()>(told) : std::function<void()>());
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
    return m_tasks.isWorking();
}

} // namespace keyglass
