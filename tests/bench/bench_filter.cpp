// SPDX-License-Identifier: GPL-3.0-or-later
// How long the find field takes over keys that are loaded: to the first progress with the hits so far, and to all hits
// with their exact count. On one thread and on two, taking turns, over the index as it is after a scan (one run) and
// before its last merge; CPU time beside wall time, as other work on the machine moves only the second. And how long
// one letter more takes where only the hits so far are filtered, and a stop. JSON on stdout.
//
//   bench_filter [KEYS [ROUNDS]]      10000000 and 5 where nothing else is said
#include "core/index/indexbuilder.h"
#include "core/index/keyfilter.h"
#include "tests/bench/measuring.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

struct Question {
    const char* name;
    FilterSpec spec;
};

const std::vector<Question> questions{
    {"substring, absent", {FilterSpec::Kind::Substring, "customer:", true}},
    {"substring, absent, any case", {FilterSpec::Kind::Substring, "customer:", false}},
    {"substring, rare", {FilterSpec::Kind::Substring, "77777", true}},
    {"substring, rare, any case", {FilterSpec::Kind::Substring, "DEADB", false}},
    {"substring, a third of all", {FilterSpec::Kind::Substring, "session:", true}},
    {"substring, a third of all, any case", {FilterSpec::Kind::Substring, "Session:", false}},
    {"substring, one letter", {FilterSpec::Kind::Substring, "e", false}},
    {"regex, anchored", {FilterSpec::Kind::Regex, "^user:\\d+77:profile$", true}},
    {"regex, with a literal", {FilterSpec::Kind::Regex, "items/\\d*(\\d)\\1{4}", true}},
    {"regex, any case", {FilterSpec::Kind::Regex, "dead.*beef", false}},
};

double processSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// What was measured for one question on so many threads, in ms, one value per round.
struct Figures {
    std::vector<double> first; ///< To the first progress.
    std::vector<double> whole;
    std::vector<double> cpu;
    std::uint64_t hits = 0;
};

/// The hits.
std::shared_ptr<const Snapshot> measure(
    const std::shared_ptr<const Snapshot>& keys, const FilterSpec& spec, int threads, Figures& figures)
{
    std::shared_ptr<const Snapshot> hits;
    double first = 0;
    const double cpu = processSeconds();
    const auto start = Clock::now();
    const Status done = filterKeys(keys, spec, threads, {}, [&](FilterProgress&& progress) {
        first = first > 0 ? first : bench::secondsSince(start);
        hits = std::move(progress.hits);
    });
    if (!done) {
        std::fprintf(stderr, "filtering failed: %s\n", qPrintable(done.error().detail));
        std::exit(3);
    }
    figures.whole.push_back(bench::secondsSince(start) * 1e3);
    figures.hits = hits->keyCount();
    figures.first.push_back(first * 1e3);
    figures.cpu.push_back((processSeconds() - cpu) * 1e3);
    return hits;
}

QJsonObject asJson(const Question& question, int threads, const Figures& figures)
{
    return {
        {u"filter"_s, QString::fromLatin1(question.name)},
        {u"needle"_s, QString::fromStdString(question.spec.needle)},
        {u"threads"_s, threads},
        {u"hits"_s, static_cast<qint64>(figures.hits)},
        {u"first_progress_ms"_s, bench::median(figures.first)},
        {u"first_progress_worst_ms"_s, bench::percentile(figures.first, 1)},
        {u"complete_ms"_s, bench::median(figures.whole)},
        {u"complete_best_ms"_s, bench::percentile(figures.whole, 0)},
        {u"complete_worst_ms"_s, bench::percentile(figures.whole, 1)},
        {u"cpu_ms"_s, bench::median(figures.cpu)},
    };
}

QJsonArray measureAll(const std::shared_ptr<const Snapshot>& keys, int rounds)
{
    std::vector<Figures> figures(questions.size() * 2);
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t at = 0; at < figures.size(); ++at) {
            measure(keys, questions[at / 2].spec, at % 2 == 0 ? 1 : 2, figures[at]);
        }
    }
    QJsonArray all;
    for (std::size_t at = 0; at < figures.size(); ++at) {
        all.append(asJson(questions[at / 2], at % 2 == 0 ? 1 : 2, figures[at]));
    }
    return all;
}

/// One letter more, over the hits of the letters so far.
QJsonObject measureNarrowing(const std::shared_ptr<const Snapshot>& keys, int rounds)
{
    const FilterSpec wider{FilterSpec::Kind::Substring, "session:", true};
    const FilterSpec narrower{FilterSpec::Kind::Substring, "session:a", true};
    Figures first;
    Figures next;
    for (int round = 0; round < rounds && narrows(wider, narrower); ++round) {
        measure(measure(keys, wider, 2, first), narrower, 2, next);
    }
    return asJson({"one letter more, of a third of all", narrower}, 2, next);
}

/// From a stop, asked for at the first progress, to the end, in ms.
QJsonObject measureStop(const std::shared_ptr<const Snapshot>& keys, int rounds)
{
    std::vector<double> took;
    for (int round = 0; round < rounds; ++round) {
        std::stop_source stop;
        Clock::time_point stopped;
        const Status done = filterKeys(keys, questions.back().spec, 2, stop.get_token(), [&](FilterProgress&&) {
            stopped = Clock::now();
            stop.request_stop();
        });
        if (!done) { // else it was at its end before
            took.push_back(bench::secondsSince(stopped) * 1e3);
        }
    }
    return took.empty() ? QJsonObject()
                        : QJsonObject{{u"ms"_s, bench::median(took)}, {u"worst_ms"_s, bench::percentile(took, 1)}};
}

void fill(IndexBuilder& builder, const bench::KeyMix& mix)
{
    constexpr std::uint64_t keysPerRun = 65536;
    for (std::uint64_t at = 0; at < mix.size(); at += keysPerRun) {
        KeyBatch batch;
        for (std::uint64_t key = at; key < std::min(at + keysPerRun, mix.size()); ++key) {
            batch.append(mix.key(key));
        }
        builder.add(SmallRun::sorted(std::move(batch)));
    }
}

QJsonObject measured(const std::shared_ptr<const Snapshot>& keys, int rounds)
{
    return {{u"runs"_s, static_cast<qint64>(keys->runCount())}, {u"filters"_s, measureAll(keys, rounds)}};
}

} // namespace

int main(int argc, char** argv)
{
    const std::uint64_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    if (count == 0 || rounds < 1) {
        std::fputs("usage: bench_filter [KEYS [ROUNDS]]\n", stderr);
        return 2;
    }
    IndexBuilder builder(count);
    fill(builder, bench::KeyMix(count));
    const QJsonObject scanning = measured(builder.publish(), rounds);
    builder.compact({});
    const std::shared_ptr<const Snapshot> keys = builder.publish();
    const QJsonObject atRest = measured(keys, rounds);
    const QJsonObject narrowing = measureNarrowing(keys, rounds);
    const QJsonObject stop = measureStop(keys, rounds);
    const QJsonObject report{
        {u"bench"_s, u"filter"_s},
        {u"keys"_s, static_cast<qint64>(count)},
        {u"rounds"_s, rounds},
        {u"bars"_s, QJsonObject{{u"threads"_s, 2}, {u"first_progress_ms"_s, 50}, {u"complete_ms"_s, 250}}},
        {u"merged"_s, atRest},
        {u"narrowing"_s, narrowing},
        {u"stop"_s, stop},
        {u"unmerged"_s, scanning},
    };
    std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    return 0;
}
