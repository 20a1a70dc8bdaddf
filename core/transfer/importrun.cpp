// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/importrun.h"

#include "core/base/clock.h"
#include "core/base/errortext.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"
#include "core/transfer/importbatch.h"
#include "core/transfer/importlook.h"
#include "core/transfer/importnodes.h"
#include "core/transfer/partreaders.h"

#include <algorithm>
#include <set>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t keysAtOnce = 500;
constexpr std::size_t bytesAtOnce = 4ULL * 1024 * 1024;
constexpr std::size_t problemsKept = 1000;

} // namespace

/// Small keys that are made together.
class ImportRun::Batch {
public:
    Batch(ImportLanes& lanes, ImportOptions& options, UndoArchiveWriter* archive, JobReport& report)
        : steps(lanes, options, archive)
        , nodes(steps, lanes, options, report)
    {
    }

    /// A key twice is made twice, one after the other.
    [[nodiscard]] bool mustFlushBefore(const KeyPart& part) const
    {
        return keys.size() >= keysAtOnce || bytes >= bytesAtOnce || m_names.contains(part.key);
    }
    void add(KeyPart&& part)
    {
        m_names.insert(part.key);
        bytes += byteCountOf(part);
        keys.push_back(ImportedKey{std::move(part), {}});
    }
    [[nodiscard]] std::vector<ImportedKey> take()
    {
        bytes = 0;
        m_names.clear();
        return std::exchange(keys, {});
    }

    ImportSteps steps;
    ImportNodes nodes;
    std::vector<ImportedKey> keys;
    std::size_t bytes = 0;

private:
    std::set<std::string, std::less<>> m_names;
};

struct ImportRun::Open {
    std::vector<ImportedKey> key; ///< One.
};

ImportRun::ImportRun(
    ImportLanes lanes, ImportOptions options, UndoArchiveWriter* archive, JobPace& pace, JobReport& report)
    : m_lanes(std::move(lanes))
    , m_options(std::move(options))
    , m_archive(archive)
    , m_pace(pace)
    , m_report(report)
    , m_batch(std::make_unique<Batch>(m_lanes, m_options, archive, report))
{
}

ImportRun::~ImportRun() = default;

Status ImportRun::run(PartReader& reader, const std::stop_token& stop, const OnProgress& progress)
{
    Status done = ok();
    while (done) {
        if (stop.stop_requested()) {
            done = Error{ErrorKind::Cancelled, m_options.node, {}};
            break;
        }
        auto part = reader.next();
        if (!part && part.error().kind == ErrorKind::Input) {
            done = damaged(reader, part.error(), stop);
            if (reader.isBroken()) {
                break;
            }
        } else if (!part) {
            done = std::move(part).error();
        } else if (!*part) {
            noteEnd(reader);
            break;
        } else {
            done = take(**std::move(part), stop);
        }
        if (progress) {
            progress(m_totals);
        }
    }
    if (done) {
        done = flush(stop);
    }
    if (m_open) {
        settleOpen(Outcome::NotDone, "the rest of it was not read", stop);
    }
    for (const ImportedKey& key : m_batch->take()) {
        settle(key.part.key, Outcome::NotDone, {});
    }
    if (progress) {
        progress(m_totals);
    }
    return done;
}

Status ImportRun::take(KeyPart&& part, const std::stop_token& stop)
{
    m_totals.keys += part.isFirst ? 1 : 0;
    if (!part.isWhole()) {
        return goOn(std::move(part), stop);
    }
    if (m_batch->mustFlushBefore(part)) {
        if (Status done = flush(stop); !done) {
            settle(part.key, Outcome::NotDone, {});
            return done;
        }
    }
    m_batch->add(std::move(part));
    return ok();
}

/// The pace's yes, then no earlier job on the nodes: what it gives is held until `keys` of them are settled.
Result<std::shared_ptr<void>> ImportRun::turn(std::size_t keys, const std::stop_token& stop)
{
    const bool isPaced = keys == 0 || m_pace.take(keys, stop);
    auto turn = isPaced && m_enter ? m_enter(stop) : nullptr;
    if (!isPaced || (m_enter && !turn)) {
        return Error{ErrorKind::Cancelled, m_options.node, {}};
    }
    return turn;
}

/// A part of a large key.
Status ImportRun::goOn(KeyPart&& part, const std::stop_token& stop)
{
    Status done = ok();
    ImportSteps& steps = m_batch->steps;
    if (part.isFirst) {
        done = flush(stop);
        m_open = std::make_unique<Open>();
        m_open->key.push_back(ImportedKey{std::move(part), {}});
    } else if (m_open) {
        m_open->key.front().part = std::move(part);
    } else {
        return ok(); // it was given up
    }
    ImportedKey& key = m_open->key.front();
    const bool isFirst = key.part.isFirst;
    const auto held = done ? turn(isFirst ? 1 : 0, stop) : Result<std::shared_ptr<void>>(std::shared_ptr<void>());
    done = done && !held ? Status(held.error()) : std::move(done);
    done = done && isFirst ? m_batch->nodes.look(m_open->key, stop) : std::move(done);
    const bool isReached = done.has_value();
    done = done ? steps.make(m_open->key, stop) : std::move(done);
    const bool isLast = key.part.isLast;
    if (done && isLast) {
        done = steps.name(m_open->key, stop);
    }
    if (!done) {
        key.settle(steps.mayBeNamed() ? Outcome::Unknown : Outcome::NotDone, errorText(done.error()).toStdString());
        settle(key.part.key, *key.outcome, key.detail);
        if (!isLostLine(done.error().kind)) {
            m_batch->nodes.sweep(m_open->key, stop);
        }
        m_open.reset();
        return isReached && isLostLine(done.error().kind) ? ok() : std::move(done); // the next key waits for the line
    }
    if (isLast) {
        static_cast<void>(steps.clean(m_open->key, stop)); // else it ends by itself
        settle(key.part.key, *key.outcome, key.detail);
        m_open.reset();
    }
    return ok();
}

Status ImportRun::flush(const std::stop_token& stop)
{
    std::vector<ImportedKey> keys = m_batch->take();
    if (keys.empty()) {
        return ok();
    }
    const auto held = turn(keys.size(), stop);
    m_totals.settled += keys.size();
    if (!held) {
        for (const ImportedKey& key : keys) {
            m_batch->nodes.report(key.part.key, Outcome::NotDone, {});
        }
        return held.error();
    }
    return m_batch->nodes.makeAll(std::move(keys), stop);
}

/// Gives up the large key that is being made, and takes away what there is of it.
void ImportRun::settleOpen(Outcome outcome, std::string_view detail, const std::stop_token& stop)
{
    ImportedKey& key = m_open->key.front();
    if (!key.outcome) {
        key.settle(outcome, detail);
    }
    m_batch->nodes.sweep(m_open->key, stop);
    settle(key.part.key, *key.outcome, key.detail);
    m_open.reset();
}

/// It is no error: who writes a file by hand may leave the last line without an end.
void ImportRun::noteEnd(const PartReader& reader)
{
    if (reader.mayBeCut() && m_totals.problems.size() < problemsKept) {
        m_totals.problems.push_back({reader.line(),
            TransferText::tr("The last line has no end: unless it was written so, the file is cut off and elements are "
                             "missing")});
    }
}

Status ImportRun::damaged(const PartReader& reader, const Error& problem, const std::stop_token& stop)
{
    ++m_totals.badLines;
    if (m_totals.problems.size() < problemsKept) {
        m_totals.problems.push_back({reader.line(), problem.detail});
    }
    const std::string why = "line " + std::to_string(reader.line()) + " of the file can't be read";
    auto key = reader.damagedKey();
    if (m_open) {
        key = key == m_open->key.front().part.key ? std::nullopt : key;
        settleOpen(Outcome::Failed, why, stop);
    }
    if (key) {
        ++m_totals.keys;
        settle(*key, Outcome::Failed, why);
    }
    return ok();
}

void ImportRun::settle(const std::string& key, Outcome outcome, std::string_view detail)
{
    ++m_totals.settled;
    m_batch->nodes.report(key, outcome, detail);
}

Result<JobPreview> ImportRun::preview(PartReader& reader, const std::stop_token& stop, const OnProgress& progress)
{
    const auto begun = Clock::now();
    ImportLook look(m_lanes.routed, m_options.conflict);
    for (bool isOver = false; !isOver;) {
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, m_options.node, {}};
        }
        auto part = reader.next();
        if (!part && part.error().kind == ErrorKind::Input) {
            look.drop(reader.damagedKey());
            static_cast<void>(damaged(reader, part.error(), stop));
            isOver = reader.isBroken();
        } else if (!part) {
            return std::move(part).error();
        } else if (!*part) {
            noteEnd(reader);
            isOver = true;
        } else if (Status taken = look.take(**part, stop); !taken) {
            return std::move(taken).error();
        }
        if (progress) {
            m_totals.settled = look.preview().keys;
            progress(m_totals);
        }
    }
    if (Status asked = look.ask(stop); !asked) {
        return std::move(asked).error();
    }
    JobPreview preview = look.preview();
    NodeMeasure measure = look.measure();
    measure.own = std::max<NodeMeasure::Time>(Clock::now() - begun - measure.waited, NodeMeasure::Time{0});
    preview.nodes.push_back(std::move(measure));
    return preview;
}

} // namespace keyglass
