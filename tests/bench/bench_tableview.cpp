// SPDX-License-Identifier: GPL-3.0-or-later
// How soon the rows of a RedisTABLE table are on screen, and what the GUI thread does while they are scrolled, in the
// server's order and by their ids: at 60 frames a second a turn of it has 16.6 ms. JSON on stdout.
//
//   bench_tableview [ROWS [SECONDS]]      1000000 rows, 10 s each, where nothing else is said
#include "core/session/session.h"
#include "tests/bench/guithread.h"
#include "tests/bench/tablerows.h"
#include "ui/table/rowmodel.h"
#include "ui/table/tableview.h"

#include <QComboBox>
#include <QJsonDocument>
#include <QTableView>
#include <QTimer>

#include <cstdio>
#include <cstdlib>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

constexpr double frameMs = 1000.0 / 60;

/// Down by a wheel's turn each frame, and once a second to the end of what is loaded, which has more of it read.
QJsonObject scrolling(ui::TableView& view, std::chrono::seconds time)
{
    constexpr int rowsPerTurn = 9;
    constexpr int turnsPerJump = 60;
    const bench::PaintWatch paints(view.grid().viewport());
    int turn = 0;
    QTimer ticks;
    QObject::connect(&ticks, &QTimer::timeout, &view, [&view, &turn] {
        QScrollBar* bar = view.grid().verticalScrollBar();
        const bool isJump = ++turn % turnsPerJump == 0;
        bar->setValue(isJump ? bar->maximum() : bar->value() + rowsPerTurn);
        if (isJump && turn % (3 * turnsPerJump) == 0) {
            bar->setValue(bar->maximum() / 2);
        }
    });
    ticks.setTimerType(Qt::PreciseTimer);
    ticks.start(16);
    QTimer::singleShot(time, &view, [] { QCoreApplication::exit(); });
    const auto begun = Clock::now();
    const bench::TurnWatch turns;
    QCoreApplication::exec();
    QJsonObject figures = turns.asJson();
    const double worst = figures[u"cpu_p99_ms"_s].toDouble();
    figures[u"frames_per_s"_s] = paints.paints() / bench::secondsSince(begun);
    figures[u"rows"_s] = static_cast<qint64>(view.model().loaded());
    figures[u"is_within_a_frame"_s] = worst <= frameMs;
    return figures;
}

/// Milliseconds until the first rows are painted.
double openToPaint(Session& session, std::unique_ptr<ui::TableView>& view)
{
    std::unique_ptr<bench::PaintWatch> paints;
    int before = 0;
    return bench::timeUntil(
        [&] {
            view = std::make_unique<ui::TableView>(session, "shop.items");
            view->resize(1000, 700);
            paints = std::make_unique<bench::PaintWatch>(view->grid().viewport());
            view->show();
        },
        [&] {
            if (view->model().loaded() == 0) {
                before = paints->paints();
            }
            return view->model().loaded() > 0 && paints->paints() > before; // rows may come and be painted in one turn
        });
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_NO_GLIB", "1"); // see bench::TurnWatch
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const std::chrono::seconds time(argc > 2 ? std::strtol(argv[2], nullptr, 10) : 10);
    const auto server = test::RedisServer::start();
    bench::fillTable(*server, rows);
    Profile profile;
    profile.socketPath = server->socketPath();
    Session session(profile);
    session.open();
    bench::timeUntil([] {}, [&session] { return session.state() == SessionState::Connected; });
    QJsonObject figures{{u"bench"_s, u"tableview"_s}, {u"rows"_s, static_cast<qint64>(rows)}};
    std::unique_ptr<ui::TableView> view;
    const std::size_t before = bench::residentBytes();
    figures[u"open_to_paint_ms"_s] = openToPaint(session, view);
    figures[u"in_the_servers_order"_s] = scrolling(*view, time);
    for (auto* order : view->findChildren<QComboBox*>()) {
        if (order->accessibleName() == u"Order of reading"_s) {
            order->setCurrentIndex(1); // by id
        }
    }
    bench::timeUntil([] {}, [&view] { return view->model().loaded() > 0; });
    figures[u"by_id"_s] = scrolling(*view, time);
    figures[u"grown_mb"_s] = (static_cast<double>(bench::residentBytes()) - static_cast<double>(before)) / 1e6;
    view.reset();
    std::fputs(QJsonDocument(figures).toJson().constData(), stdout);
    return 0;
}
