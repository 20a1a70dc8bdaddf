// SPDX-License-Identifier: GPL-3.0-or-later
// How long the key tree takes with many keys loaded: for a folder of half of all keys and one of a third of them that
// are one-key folders, from opening to the first paint, a jump to the middle, and the exact number of rows; over the
// index at rest and before its last merge. Then what the GUI thread does between two returns to its event loop while an
// index thread takes in all keys and publishes ten snapshots a second, with both folders open and the tree being
// scrolled. Wall time beside CPU time, as other work on the machine moves only the first. JSON on stdout.
//
//   bench_tree [KEYS [ROUNDS]]      10000000 and 5 where nothing else is said
#include "core/index/indexbuilder.h"
#include "tests/bench/guithread.h"
#include "ui/tree/keytreeview.h"

#include <QAccessible>
#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <thread>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

/// Half of the keys in "item:", a third in "user:{n}:profile", the rest in "session:"; by a permutation.
class TreeKeys {
public:
    explicit TreeKeys(std::uint64_t count)
        : m_count(count)
    {
    }
    [[nodiscard]] std::uint64_t size() const { return m_count; }
    [[nodiscard]] std::string key(std::uint64_t at) const
    {
        const std::uint64_t n = number(at);
        char text[64];
        const char* const format = n % 6 < 3 ? "item:%012llu" : n % 6 < 5 ? "user:%llu:profile" : "session:%016llx";
        const int length = std::snprintf(text, sizeof text, format, static_cast<unsigned long long>(n));
        return {text, static_cast<std::size_t>(length)};
    }

private:
    [[nodiscard]] std::uint64_t number(std::uint64_t at) const
    {
        constexpr std::uint64_t stride = 7'368'787; // a prime: a permutation where it does not divide the count
        return (at * stride) % m_count;
    }
    std::uint64_t m_count;
};

void feed(IndexBuilder& builder, const TreeKeys& keys, std::stop_token stop, const std::function<void()>& between)
{
    constexpr std::uint64_t keysPerRun = 65536;
    for (std::uint64_t at = 0; at < keys.size() && !stop.stop_requested(); at += keysPerRun) {
        KeyBatch batch;
        for (std::uint64_t key = at; key < std::min(at + keysPerRun, keys.size()); ++key) {
            batch.append(keys.key(key));
        }
        builder.add(SmallRun::sorted(std::move(batch)));
        between();
    }
}

struct FolderFigures {
    std::vector<double> expand;
    std::vector<double> jumpEarly; // while rows are estimates
    std::vector<double> exact;
    std::vector<double> jump;
    quint64 rows = 0;
};

void measureFolder(const std::shared_ptr<const Snapshot>& keys, const std::string& prefix, FolderFigures& figures)
{
    ui::KeyTreeView view;
    view.resize(420, 900);
    view.setSnapshot(keys);
    view.show();
    bench::timeUntil([] {}, [&] { return view.isSettled(); });
    bench::PaintWatch watch(view.viewport());
    const quint64 closed = view.rows()->rowCount();
    const auto opened = Clock::now();
    figures.expand.push_back(bench::expandToPaint(view, prefix, watch));
    const auto jump = [&] {
        const int paints = watch.paints();
        return bench::timeUntil([&] { view.goToPercent(50); }, [&] { return watch.paints() > paints; });
    };
    figures.jumpEarly.push_back(jump());
    bench::timeUntil([] {}, [&] { return view.isSettled(); });
    figures.exact.push_back(bench::secondsSince(opened) * 1e3);
    view.goToPercent(1);
    bench::timeUntil([] {}, [paints = watch.paints(), &watch] { return watch.paints() > paints; });
    figures.jump.push_back(jump());
    figures.rows = view.rows()->rowCount() - closed;
}

QJsonObject asJson(const FolderFigures& figures)
{
    const auto both = [](const std::vector<double>& values) {
        return QJsonObject{{u"ms"_s, bench::median(values)}, {u"worst_ms"_s, bench::percentile(values, 1)}};
    };
    return {{u"rows"_s, static_cast<qint64>(figures.rows)}, {u"expand_to_paint"_s, both(figures.expand)},
        {u"jump_before_count"_s, both(figures.jumpEarly)}, {u"exact_rows"_s, both(figures.exact)},
        {u"jump_to_middle"_s, both(figures.jump)}};
}

QJsonObject measureFolders(const std::shared_ptr<const Snapshot>& keys, int rounds)
{
    FolderFigures leaves;
    FolderFigures folders;
    for (int round = 0; round < rounds; ++round) {
        measureFolder(keys, "item:", leaves);
        measureFolder(keys, "user:", folders);
    }
    return {{u"runs"_s, static_cast<qint64>(keys->runCount())}, {u"leaves"_s, asJson(leaves)},
        {u"one_key_folders"_s, asJson(folders)}};
}

/// What a screen reader asks on every new screen: all children with name, description, state and place.
QJsonObject measureAccessible(const std::shared_ptr<const Snapshot>& keys, int rounds)
{
    ui::KeyTreeView view;
    view.resize(420, 900);
    view.setSnapshot(keys);
    view.setExpandedFolders({"item:"});
    view.show();
    bench::timeUntil([] {}, [&] { return view.isSettled(); });
    QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(&view);
    std::vector<double> took;
    int children = 0;
    qsizetype letters = 0; // used, so that nothing is left out
    for (int round = 0; round < rounds; ++round) {
        view.goToPercent(100.0 * (round + 1) / (rounds + 1));
        const auto start = Clock::now();
        children = tree->childCount();
        for (int at = 0; at < children; ++at) {
            QAccessibleInterface* row = tree->child(at);
            letters += row->text(QAccessible::Name).size() + row->text(QAccessible::Description).size();
            letters += row->state().selected ? 1 : 0;
        }
        took.push_back(bench::secondsSince(start) * 1e3);
    }
    return {{u"children"_s, children}, {u"rows_reported"_s, tree->tableInterface()->rowCount()},
        {u"ms"_s, bench::median(took)}, {u"worst_ms"_s, bench::percentile(took, 1)}, {u"letters"_s, letters}};
}

QJsonObject measureScan(const TreeKeys& keys)
{
    ui::KeyTreeView view;
    view.resize(420, 900);
    view.setExpandedFolders({"item:", "user:"});
    view.show();
    const bench::TurnWatch turns;
    int snapshots = 0;
    int tick = 0;
    QTimer scrolling;
    QObject::connect(&scrolling, &QTimer::timeout, &view, [&] { bench::scroll(view, tick++); });
    scrolling.start(16);
    const auto start = Clock::now();
    std::jthread index([&](const std::stop_token& stop) {
        IndexBuilder builder(keys.size());
        auto published = Clock::now();
        const auto publish = [&](bool isLast) {
            QMetaObject::invokeMethod(&view, [&view, &snapshots, isLast, snapshot = builder.publish()] {
                view.setSnapshot(snapshot);
                ++snapshots;
                isLast ? QCoreApplication::quit() : void();
            });
        };
        feed(builder, keys, stop, [&] {
            if (Clock::now() - published > std::chrono::milliseconds(100)) {
                published = Clock::now();
                publish(false);
            }
        });
        publish(true);
    });
    QCoreApplication::exec();
    scrolling.stop();
    QJsonObject figures = turns.asJson();
    figures[u"seconds"_s] = bench::secondsSince(start);
    figures[u"snapshots"_s] = snapshots;
    figures[u"scrolls"_s] = tick;
    return figures;
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_NO_GLIB", "1"); // Qt's own dispatcher says when it awakes and when it is about to block
    const QApplication app(argc, argv);
    const std::uint64_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    if (count == 0 || rounds < 1) {
        std::fputs("usage: bench_tree [KEYS [ROUNDS]]\n", stderr);
        return 2;
    }
    const TreeKeys keys(count);
    QJsonObject report{{u"bench"_s, u"tree"_s}, {u"keys"_s, static_cast<qint64>(count)}, {u"rounds"_s, rounds},
        {u"bars"_s,
            QJsonObject{{u"expand_to_paint_ms"_s, 50}, {u"jump_to_middle_ms"_s, 50}, {u"exact_rows_ms"_s, 1500},
                {u"cpu_p99_ms"_s, 16}, {u"cpu_worst_ms"_s, 60}, {u"accessible_ms"_s, 50}}}};
    report[u"scanning"_s] = measureScan(keys);
    IndexBuilder builder(count);
    feed(builder, keys, {}, [] { });
    report[u"unmerged"_s] = measureFolders(builder.publish(), rounds);
    builder.compact({});
    const auto merged = builder.publish();
    report[u"merged"_s] = measureFolders(merged, rounds);
    report[u"accessible"_s] = measureAccessible(merged, rounds);
    std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    return 0;
}
