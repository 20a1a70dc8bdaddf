// SPDX-License-Identifier: GPL-3.0-or-later
// What the GUI thread of the whole window does between two returns to its event loop while a real server is scanned:
// all folders open, the tree scrolled sixty times a second, details of the visible rows arriving. CPU time, and wall
// time beside it, as other work on the machine moves only the second. JSON on stdout.
//
//   bench_window [KEYS]      10000000 where nothing else is said
#include "core/profile/profilestore.h"
#include "core/profile/secrets.h"
#include "core/profile/settings.h"
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
    ui::MessageLog log;
    ui::Theme theme;
    ui::MainWindow* window = new ui::MainWindow({settings, profiles, secrets, log,
        [](Profile profile, Credentials passwords) {
            return std::make_unique<Session>(std::move(profile), std::move(passwords));
        },
        [] { return notHere<Profile>(); }, [](const Profile&, const KnownCredentials&) { return notHere<QString>(); }});

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

QJsonObject measure(const test::RedisServer& server, std::size_t keys)
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
    tree.setExpandedFolders({"user:", "session:", "cache:", "cache:page:", "cache:page:/products/"});
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
    return figures;
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_NO_GLIB", "1");
    const QApplication app(argc, argv);
    const std::size_t keys = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
    if (keys == 0) {
        std::fputs("usage: bench_window [KEYS]\n", stderr);
        return 2;
    }
    const auto server = test::RedisServer::start();
    const bench::KeyMix mix(keys);
    server->fill(keys, [&](std::size_t i) { return test::RedisServer::Args{"SET", mix.key(i), "v"}; });
    double load[3] = {};
    ::getloadavg(load, 3);
    QJsonObject report{{u"bench"_s, u"window"_s}, {u"keys"_s, static_cast<qint64>(keys)}, {u"load_before"_s, load[0]},
        {u"bars"_s, QJsonObject{{u"cpu_p99_ms"_s, 16}, {u"cpu_worst_ms"_s, 60}}}};
    report[u"scanning"_s] = measure(*server, keys);
    std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    return 0;
}
