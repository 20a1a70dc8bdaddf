// SPDX-License-Identifier: GPL-3.0-or-later
// What the GUI thread of the whole window does between two returns to its event loop while a real server is scanned:
// all folders open, the tree scrolled sixty times a second, details of the visible rows arriving. CPU time, and wall
// time beside it, as other work on the machine moves only the second. Then what the app takes when the list is whole
// and at rest, what it took at most, and how soon a folder is open. JSON on stdout.
//
//   bench_window [KEYS [mix|populate]]      10000000 of the realistic mix where nothing else is said; populate: the
//   keys
//                                           of DEBUG POPULATE. Skipped, and said so, where memory does not suffice.
#include "core/base/memory.h"
#include "core/edit/draftkeeper.h"
#include "core/profile/profilestore.h"
#include "core/profile/secrets.h"
#include "core/profile/settings.h"
#include "core/session/resultlibrary.h"
#include "core/session/session.h"
#include "tests/bench/guithread.h"
#include "tests/servers/redisserver.h"
#include "ui/common/messagelog.h"
#include "ui/common/theme.h"
#include "ui/window/keypanel.h"
#include "ui/window/mainwindow.h"
#include "ui/window/sessionpage.h"

#include <QJsonDocument>
#include <QPromise>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <cstdlib>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

template <typename T> QFuture<Result<T>> notHere()
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(Result<T>(Error{ErrorKind::Unsupported, u"The bench"_s, {}}));
    promise.finish();
    return promise.future();
}

/// A window with settings of its own, connected to nothing yet.
struct Bench {
    QTemporaryDir folder;
    Settings settings{folder.path()};
    ProfileStore profiles{folder.path()};
    SecretStore secrets;
    ResultLibrary results{folder.path()};
    DraftKeeper drafts{folder.path() + u"/drafts"_s};
    ui::MessageLog log;
    ui::Theme theme;
    ui::MainWindow* window = new ui::MainWindow({settings, profiles, secrets, log,
        [](Profile profile, Credentials passwords) {
            return std::make_unique<Session>(std::move(profile), std::move(passwords));
        },
        [] { return notHere<Profile>(); }, [](const Profile&, const KnownCredentials&) { return notHere<QString>(); },
        results, drafts});

    Bench()
    {
        settings.setPace(ScanPace::Full);
        theme.choose(ThemeChoice::Light);
        window->resize(1280, 800);
        window->show();
    }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;
    ~Bench() { delete window; }
};

/// What a server takes for a key of the mix with a short value, and the app beside it; 18 GB at a hundred million.
constexpr std::uint64_t bytesPerKey = 180;

double gigabytes(std::size_t bytes)
{
    return static_cast<double>(bytes) / 1e9;
}

/// The most this process has had resident since resetPeak().
std::size_t peakBytes()
{
    std::size_t peak = 0;
    if (std::FILE* const file = std::fopen("/proc/self/status", "r")) {
        char line[256];
        while (std::fgets(line, sizeof line, file) != nullptr) {
            unsigned long long kilobytes = 0;
            if (std::sscanf(line, "VmHWM: %llu kB", &kilobytes) == 1) {
                peak = static_cast<std::size_t>(kilobytes) * 1024;
            }
        }
        std::fclose(file);
    }
    return peak;
}

void resetPeak()
{
    if (std::FILE* const file = std::fopen("/proc/self/clear_refs", "w")) {
        std::fputs("5", file);
        std::fclose(file);
    }
}

/// Runs the event loop until nothing new has come for two seconds: the index has been merged.
void waitForRest(Session& session)
{
    QTimer calm;
    calm.setSingleShot(true);
    calm.setInterval(2000);
    QObject::connect(&session, &Session::snapshotChanged, &calm, [&calm] { calm.start(); });
    QObject::connect(&calm, &QTimer::timeout, [] { QCoreApplication::exit(); });
    calm.start();
    QCoreApplication::exec();
}

/// The same on a list that is whole: a large folder opened while all others are closed.
QJsonObject atRest(ui::SessionPage& page, const std::string& folder)
{
    ui::KeyTreeView& tree = page.keys().tree();
    waitForRest(page.session());
    const std::size_t resident = bench::residentBytes();
    tree.collapseAll();
    bench::timeUntil([] {}, [&] { return tree.isSettled(); });
    const bench::PaintWatch watch(tree.viewport());
    const double expand = folder.empty() ? 0 : bench::expandToPaint(tree, folder, watch);
    return {{u"resident_gb"_s, gigabytes(resident)}, {u"peak_gb"_s, gigabytes(peakBytes())},
        {u"expand_to_paint_ms"_s, expand}};
}

QJsonObject measure(const test::RedisServer& server, std::size_t keys, bool isMix)
{
    Bench bench;
    Profile profile;
    profile.socketPath = server.socketPath();
    profile.name = u"bench"_s;
    KnownCredentials none;
    none.password = QString();
    bench.window->open(profile, none);
    ui::SessionPage& page = *bench.window->currentPage();
    ui::KeyTreeView& tree = page.keys().tree();
    tree.setExpandedFolders(isMix
            ? ExpandedFolders{"user:", "session:", "cache:", "cache:page:", "cache:page:/products/"}
            : ExpandedFolders{"key:"});
    resetPeak();
    int snapshots = 0;
    int scrolls = 0;
    std::size_t details = 0;
    QObject::connect(&page.session(), &Session::snapshotChanged, &page, [&] { ++snapshots; });
    QObject::connect(&page.session(), &Session::detailsLoaded, &page,
        [&](const std::shared_ptr<const std::vector<KeyDetails>>& some) { details += some->size(); });
    QObject::connect(&page.session(), &Session::scanStateChanged, &page, [](ScanState state) {
        if (state == ScanState::Ended) {
            QCoreApplication::exit(); // quit() would close the window, and with it all that is asked below
        }
    });
    QTimer scrolling;
    QObject::connect(&scrolling, &QTimer::timeout, &page, [&] { bench::scroll(tree, scrolls++); });
    scrolling.start(16);
    const auto start = Clock::now();
    const bench::TurnWatch turns;
    QCoreApplication::exec();
    QJsonObject figures = turns.asJson();
    figures[u"seconds"_s] = bench::secondsSince(start);
    figures[u"snapshots"_s] = snapshots;
    figures[u"scrolls"_s] = scrolls;
    figures[u"details"_s] = static_cast<qint64>(details);
    if (page.session().snapshot()->keyCount() != keys || details == 0) {
        std::fprintf(stderr, "%llu keys of %zu came, and details of %zu\n",
            static_cast<unsigned long long>(page.session().snapshot()->keyCount()), keys, details);
        std::exit(3);
    }
    scrolling.stop();
    figures[u"at_rest"_s] = atRest(page, isMix ? "session:" : "key:");
    return figures;
}

/// More keys than these are made by a script on the server: sending each takes four times as long.
constexpr std::size_t keysWorthSending = 20'000'000;

/// Sets the keys of numbers ARGV[1] to ARGV[2] - 1 of ARGV[3], of the same shapes as bench::KeyMix has them, in an
/// order that is none (multiplied by a number that has no factor in common with a power of ten).
constexpr const char* setMix = R"(
local count, pairs = tonumber(ARGV[3]), {}
for i = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do
  local n = (i * 61803399) % count
  local number, kind = math.floor(n / 3), n % 3
  if kind == 0 then pairs[#pairs + 1] = string.format('user:%d:profile', number)
  elseif kind == 1 then pairs[#pairs + 1] = 'session:' .. string.sub(redis.sha1hex(tostring(number)), 1, 32)
  else pairs[#pairs + 1] = string.format('cache:page:/products/%d/items/%d', math.floor(number / 64), number) end
  pairs[#pairs + 1] = 'v'
  if #pairs == 2000 then redis.call('MSET', unpack(pairs)); pairs = {} end
end
if #pairs > 0 then redis.call('MSET', unpack(pairs)) end
)";

void fill(test::RedisServer& server, std::size_t keys, bool isMix)
{
    if (!isMix) {
        server.command({"DEBUG", "POPULATE", std::to_string(keys)});
        return;
    }
    if (keys > keysWorthSending) {
        constexpr std::size_t atOnce = 100'000;
        for (std::size_t at = 0; at < keys; at += atOnce) {
            server.command({"EVAL", setMix, "0", std::to_string(at), std::to_string(std::min(keys, at + atOnce)),
                std::to_string(keys)});
        }
        return;
    }
    const bench::KeyMix mix(keys);
    server.fill(keys, [&](std::size_t i) { return test::RedisServer::Args{"SET", mix.key(i), "v"}; });
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_NO_GLIB", "1");
    const QApplication app(argc, argv);
    const std::size_t keys = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
    const std::string which = argc > 2 ? argv[2] : "mix";
    if (keys == 0 || (which != "mix" && which != "populate")) {
        std::fputs("usage: bench_window [KEYS [mix|populate]]\n", stderr);
        return 2;
    }
    const auto memory = systemMemory();
    if (!memory || memory->available.value < keys * bytesPerKey) {
        const double available = memory ? gigabytes(memory->available.value) : 0;
        std::printf(
            "{\"bench\": \"window\", \"keys\": %zu, \"skipped\": \"needs %.1f GB of memory, %.1f are available\"}\n",
            keys, gigabytes(keys * bytesPerKey), available);
        return 0;
    }
    const auto server = test::RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
    fill(*server, keys, which == "mix");
    double load[3] = {};
    ::getloadavg(load, 3);
    QJsonObject report{{u"bench"_s, u"window"_s}, {u"keys"_s, static_cast<qint64>(keys)},
        {u"kind"_s, QString::fromStdString(which)}, {u"load_before"_s, load[0]},
        {u"bars"_s, QJsonObject{{u"cpu_p99_ms"_s, 16}, {u"cpu_worst_ms"_s, 60}}}};
    report[u"scanning"_s] = measure(*server, keys, which == "mix");
    std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    return 0;
}
