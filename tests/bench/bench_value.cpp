// SPDX-License-Identifier: GPL-3.0-or-later
// How soon a value of any size is on screen, what the app grows by, how soon its end is shown (of a string as hex) and
// the middle of a list, which costs the server the walk there, and what the GUI thread does while the largest hash is
// scrolled. Beside each: the time of a raw hiredis call of the first page's command.
// JSON on stdout.
//
//   bench_value [SCALE]      of a 512 MB string, a hash, list and sorted set of 10,000,000, a stream of 5,000,000 and a
//   hash
//                            of ten values of 100 MB: times SCALE (1 where nothing else is said). About 4 GB of memory.
#include "core/session/session.h"
#include "tests/bench/guithread.h"
#include "tests/servers/redisserver.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"
#include "ui/value/elementtable.h"
#include "ui/value/hexview.h"
#include "ui/value/jumpfield.h"
#include "ui/value/sessionvaluesource.h"
#include "ui/value/valuepane.h"
#include "ui/value/valuetablemodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTimer>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

/// Paint events of whichever of these is on screen.
class Paints : public QObject {
public:
    void watch(QWidget* widget) { widget->installEventFilter(this); }
    bool eventFilter(QObject* /*watched*/, QEvent* event) override
    {
        m_count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    [[nodiscard]] int count() const { return m_count; }

private:
    int m_count = 0;
};

struct Value {
    const char* name;
    std::vector<std::string> fill;      ///< A script's text and its arguments behind it, run once.
    std::vector<std::string> firstPage; ///< What a raw client would ask first.
    bool hasEnd = true;
};

constexpr const char* fillHash = R"(for i = 0, ARGV[1] - 1, 2000 do local t = {}
for j = i, math.min(i + 1999, ARGV[1] - 1) do t[#t + 1] = 'field:' .. j; t[#t + 1] = 'value:' .. j end
redis.call('HSET', KEYS[1], unpack(t)) end)";
constexpr const char* fillList = R"(for i = 0, ARGV[1] - 1, 4000 do local t = {}
for j = i, math.min(i + 3999, ARGV[1] - 1) do t[#t + 1] = 'element:' .. j end
redis.call('RPUSH', KEYS[1], unpack(t)) end)";
constexpr const char* fillSorted = R"(for i = 0, ARGV[1] - 1, 2000 do local t = {}
for j = i, math.min(i + 1999, ARGV[1] - 1) do t[#t + 1] = j; t[#t + 1] = 'member:' .. j end
redis.call('ZADD', KEYS[1], unpack(t)) end)";
constexpr const char* fillStream = R"(for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], i .. '-0', 'f', 'v') end)";
constexpr const char* fillLargeFields = R"(local s = string.rep('x', tonumber(ARGV[1]))
for i = 1, 10 do redis.call('HSET', KEYS[1], 'large:' .. i, s) end)";

std::string scaled(double scale, double count)
{
    return std::to_string(static_cast<std::uint64_t>(std::max(1.0, std::round(scale * count))));
}

std::vector<Value> values(double scale)
{
    const auto script = [](const char* text, const char* key, std::string count) {
        return std::vector<std::string>{"EVAL", text, "1", key, std::move(count)};
    };
    return {{"string", {"SETRANGE", "string", scaled(scale, 512e6 - 8), "end"}, {"GETRANGE", "string", "0", "65535"},
                false},
        {"hash", script(fillHash, "hash", scaled(scale, 1e7)), {"HSCAN", "hash", "0", "COUNT", "500"}, false},
        {"large fields", script(fillLargeFields, "large fields", scaled(scale, 1e8)), {"HKEYS", "large fields"}, false},
        {"stream", script(fillStream, "stream", scaled(scale, 5e6)), {"XRANGE", "stream", "-", "+", "COUNT", "500"}},
        {"list", script(fillList, "list", scaled(scale, 1e7)), {"LRANGE", "list", "0", "499"}},
        {"sorted set", script(fillSorted, "sorted set", scaled(scale, 1e7)),
            {"ZRANGE", "sorted set", "0", "499", "WITHSCORES"}}};
}

struct Bench {
    explicit Bench(const test::RedisServer& server)
        : session(profileOf(server))
        , pane(new ui::ValuePane(std::make_shared<ui::SessionValueSource>(session)))
    {
        pane->resize(900, 700);
        pane->show();
        session.open();
        bench::timeUntil([] {}, [this] { return session.state() == SessionState::Connected; });
        table = pane->findChild<ui::ElementTable*>();
        paints.watch(table->viewport());
        for (auto* area : pane->findChildren<QAbstractScrollArea*>()) {
            paints.watch(area->viewport());
        }
    }

    static Profile profileOf(const test::RedisServer& server)
    {
        Profile profile;
        profile.socketPath = server.socketPath();
        return profile;
    }

    /// Milliseconds until the first rows, or the first bytes, are painted.
    [[nodiscard]] double open(const std::string& key)
    {
        int before = -1;
        const auto connection =
            QObject::connect(pane.get(), &ui::ValuePane::contentRead, [this, &before] { before = paints.count(); });
        const double time =
            bench::timeUntil([&] { pane->open(key); }, [&] { return before >= 0 && paints.count() > before; });
        QObject::disconnect(connection);
        return time;
    }

    /// Milliseconds until the last row is painted.
    [[nodiscard]] double goToEnd()
    {
        const auto* model = static_cast<const ui::ValueTableModel*>(table->model());
        table->setFocus();
        return bench::timeUntil(
            [&] {
                QKeyEvent press(QEvent::KeyPress, Qt::Key_End, Qt::ControlModifier);
                QApplication::sendEvent(table, &press);
            },
            [&, before = -1]() mutable {
                const int last = model->rowCount() - 1;
                const bool isThere = !model->isLoading() && model->isComplete() && table->currentIndex().row() == last;
                if (isThere && before < 0) {
                    table->viewport()->update(); // it may have been painted before this was looked at
                    before = paints.count();
                }
                return before >= 0 && paints.count() > before;
            });
    }

    /// Milliseconds until a string's last bytes are painted as hex.
    [[nodiscard]] double goToLastByte()
    {
        auto* cell = pane->findChild<ui::CellView*>();
        auto* hex = cell->findChild<ui::HexView*>();
        cell->setFormat(ui::FormatChoice::Hex);
        bench::timeUntil([] {}, [&] { return hex->isVisible(); });
        const std::uint64_t size = cell->content()->size().value_or(0);
        const std::uint64_t rowStart = (size - 1) / 16 * 16;
        return bench::timeUntil([&] { hex->goTo(size - 1); }, paintedOnce(hex->viewport(), [cell, size, rowStart] {
            return !cell->content()->window(rowStart, size - rowStart).empty();
        }));
    }

    /// Milliseconds until the element with this index is painted, which was gone to as a user does.
    [[nodiscard]] double goToIndex(std::uint64_t index)
    {
        const auto* model = static_cast<const ui::ValueTableModel*>(table->model());
        auto* field = pane->findChild<ui::JumpField*>()->findChild<QLineEdit*>();
        return bench::timeUntil(
            [&] {
                field->setText(QString::number(index));
                QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
                QApplication::sendEvent(field, &press);
            },
            paintedOnce(table->viewport(), [this, model, index] {
                const int row = table->currentIndex().row();
                return !model->isJumping() && row >= 0 && model->number(row) == index;
            }));
    }

    /// Whether `widget` was painted since `isThere` is true for the first time.
    [[nodiscard]] std::function<bool()> paintedOnce(QWidget* widget, const std::function<bool()>& isThere)
    {
        return [this, widget, isThere, before = -1]() mutable {
            if (before < 0 && isThere()) {
                widget->update(); // it may have been painted before this was looked at
                before = paints.count();
            }
            return before >= 0 && paints.count() > before;
        };
    }

    Session session;
    std::unique_ptr<ui::ValuePane> pane;
    ui::ElementTable* table;
    Paints paints;
};

/// Scrolls down for some seconds, reading on as a user would.
QJsonObject scrolling(Bench& bench, std::chrono::seconds time)
{
    QTimer ticks;
    QObject::connect(&ticks, &QTimer::timeout, bench.pane.get(), [&bench] {
        QScrollBar* bar = bench.table->verticalScrollBar();
        bar->setValue(bar->value() + 30);
    });
    ticks.start(16);
    QTimer::singleShot(time, bench.pane.get(), [] { QCoreApplication::exit(); });
    const bench::TurnWatch turns;
    QCoreApplication::exec();
    QJsonObject figures = turns.asJson();
    figures[u"rows"_s] = bench.table->model()->rowCount();
    return figures;
}

QJsonObject measure(test::RedisServer& server, const Value& value)
{
    server.command(value.fill);
    const auto rawStart = Clock::now();
    server.command(value.firstPage);
    const double raw = bench::secondsSince(rawStart) * 1e3;
    Bench bench(server);
    const std::size_t before = bench::residentBytes();
    const double opened = bench.open(value.name);
    QJsonObject figures{
        {u"value"_s, QString::fromLatin1(value.name)}, {u"raw_first_page_ms"_s, raw}, {u"open_to_paint_ms"_s, opened}};
    if (value.hasEnd) {
        figures[u"end_to_paint_ms"_s] = bench.goToEnd();
    }
    if (value.name == std::string("string")) {
        figures[u"end_to_paint_ms"_s] = bench.goToLastByte();
    }
    if (value.name == std::string("list")) {
        const std::uint64_t middle = bench.pane->head()->length.value_or(0) / 2;
        const std::string index = std::to_string(middle);
        const auto rawMiddle = Clock::now();
        server.command({"LRANGE", "list", index, std::to_string(middle + 499)});
        figures[u"raw_middle_page_ms"_s] = bench::secondsSince(rawMiddle) * 1e3;
        figures[u"middle_to_paint_ms"_s] = bench.goToIndex(middle);
    }
    if (value.name == std::string("hash")) {
        figures[u"scrolling"_s] = scrolling(bench, std::chrono::seconds(5));
    }
    const std::size_t after = bench::residentBytes();
    figures[u"grown_mb"_s] = (static_cast<double>(after) - static_cast<double>(before)) / 1e6;
    std::fprintf(stderr, "%s: %s\n", value.name, QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
    server.command({"DEL", value.name});
    return figures;
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
    const double scale = argc > 1 ? std::strtod(argv[1], nullptr) : 1;
    const auto server = test::RedisServer::start({u"--proto-max-bulk-len"_s, u"1gb"_s});
    QJsonArray all;
    for (const Value& value : values(scale)) {
        all.append(measure(*server, value));
    }
    const QJsonObject figures{{u"bench"_s, u"value"_s}, {u"scale"_s, scale}, {u"values"_s, all}};
    std::puts(QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
    return 0;
}
