// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/livepanes.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/profile/settings.h"
#include "core/session/session.h"
#include "ui/common/texts.h"
#include "ui/live/historydialog.h"
#include "ui/value/valuepane.h"

#include <QTimer>

#include <utility>

namespace keyglass::ui {

namespace {

using namespace std::chrono_literals;
using Way = RefreshChoice::Way;

constexpr auto sightAfter = 300ms; ///< Scrolling goes on for a while.
/// News of a write of our own come within this time of its answer.
constexpr auto ownNewsWithin = 2s;
constexpr std::size_t keptOfOne = 256U * 1024;
const QString choiceSetting = QStringLiteral("refresh");

QDateTime localTime(std::chrono::system_clock::time_point time)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

} // namespace

/// One pane and the key of it that is watched.
struct LivePanes::Watch {
    explicit Watch(ValuePane& ofPane)
        : pane(ofPane)
        , button(new RefreshButton(&ofPane))
    {
    }

    ValuePane& pane;
    RefreshButton* button;
    std::optional<std::string> key;
    int changes = 0; ///< Since it was read.
    QTimer sight;
    QTimer refresh;
};

LivePanes::LivePanes(Session& session, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_settings(settings)
{
    connect(&m_session, &Session::keyNews, this, qOverload<const KeyNews&>(&LivePanes::hear));
    connect(&m_session, &Session::watchingChanged, this, [this] {
        for (const auto& watch : std::as_const(m_watches)) {
            sayHow(*watch);
        }
    });
}

LivePanes::~LivePanes() = default;

void LivePanes::attach(ValuePane& pane)
{
    auto watch = std::make_shared<Watch>(pane);
    Watch* each = watch.get();
    m_watches.insert(&pane, std::move(watch));
    pane.addTool(each->button);
    each->sight.setSingleShot(true);
    each->sight.setInterval(sightAfter);
    connect(&each->sight, &QTimer::timeout, this, [this, each] { updateSight(*each); });
    connect(&each->refresh, &QTimer::timeout, this, [this, each] { refresh(*each); });
    connect(each->button, &RefreshButton::chosen, this,
        [this, each](const RefreshChoice& choice) { choose(*each, choice); });
    connect(each->button, &RefreshButton::historyWanted, this, [this, each] { showHistory(each->pane); });
    connect(&pane, &ValuePane::contentRead, this, [this, each] { follow(*each); });
    connect(&pane, &ValuePane::sightChanged, &each->sight, qOverload<>(&QTimer::start));
    connect(&pane, &QObject::destroyed, this, [this](const QObject* gone) {
        if (const auto watched = m_watches.take(gone)) {
            unwatch(*watched);
        }
    });
    each->button->setChoice(refreshChoiceFrom(m_settings.layout(choiceSetting)));
    applyChoice(*each);
}

/// The pane has read a key, another one or the same again.
void LivePanes::follow(Watch& watch)
{
    watch.changes = 0;
    if (watch.key != watch.pane.key()) {
        unwatch(watch);
        watch.key = watch.pane.key();
    }
    remember(watch);
    updateSight(watch);
    sayHow(watch);
}

void LivePanes::unwatch(Watch& watch)
{
    if (const auto key = std::exchange(watch.key, std::nullopt)) {
        m_session.unwatchKey(*key);
    }
}

void LivePanes::updateSight(Watch& watch)
{
    if (watch.key && watch.button->choice().way != Way::Off) {
        m_session.watchKey(*watch.key, watch.pane.sight());
    }
}

void LivePanes::choose(Watch& watch, const RefreshChoice& choice)
{
    m_settings.setLayout(choiceSetting, refreshChoiceText(choice));
    applyChoice(watch);
    if (choice.way == Way::Off && watch.key) {
        m_session.unwatchKey(*watch.key);
    } else {
        updateSight(watch);
    }
    if (choice.way == Way::Reload && watch.changes > 0) {
        watch.pane.reload();
    }
}

void LivePanes::applyChoice(Watch& watch)
{
    const RefreshChoice& choice = watch.button->choice();
    if (choice.way == Way::Every) {
        watch.refresh.start(choice.every);
    } else {
        watch.refresh.stop();
    }
    sayHow(watch);
}

void LivePanes::sayHow(Watch& watch)
{
    const auto how = watch.key ? m_session.watchingOf(*watch.key) : std::nullopt;
    if (watch.button->choice().way == Way::Off) {
        watch.button->setHow(tr("What others change is not noticed until the value is read again."));
    } else if (!how) {
        watch.button->setHow({});
    } else if (how->isTold) {
        watch.button->setHow(tr("The server tells at once when this key is written or goes."));
    } else {
        watch.button->setHow(tr("What is on screen is looked at every %1 s, as the server does not tell of changes: %2")
                .arg(static_cast<double>(how->interval.count()) / 1000)
                .arg(how->whyNotTold ? errorText(*how->whyNotTold) : QString()));
    }
}

// --- news

void LivePanes::wrote(const std::string& key)
{
    const Time now = std::chrono::system_clock::now();
    std::erase_if(m_wroteAt, [now](const auto& each) { return now - each.second > ownNewsWithin; });
    m_wroteAt.insert_or_assign(key, now);
}

void LivePanes::hear(const KeyNews& news)
{
    for (const auto& watch : std::as_const(m_watches)) {
        if (watch->key == news.key && watch->pane.key() == news.key) {
            hear(*watch, news);
        }
    }
}

void LivePanes::hear(Watch& watch, const KeyNews& news)
{
    const auto wrote = m_wroteAt.find(news.key);
    const bool isOurs = wrote != m_wroteAt.end() && news.at - wrote->second < ownNewsWithin;
    const Way way = watch.button->choice().way;
    if (way == Way::Off || (news.at < watch.pane.readSince() && news.what != KeyNews::What::Gone)) {
        return; // it is in what is shown, or will be
    }
    if (news.what == KeyNews::What::Gone && !isOurs) {
        ++watch.changes;
        watch.pane.keyIsGone(localTime(news.at));
        return;
    }
    watch.pane.keyIsBack();
    if (way != Way::Tell || isOurs || news.what == KeyNews::What::Unsure) {
        watch.pane.reload();
        return;
    }
    ++watch.changes;
    const QString at = timeText(localTime(news.at));
    watch.pane.notice(watch.changes == 1
            ? tr("This key was changed at %1. What is shown was read before.").arg(at)
            : tr("This key was changed %n times since it was read, the last time at %1.", nullptr, watch.changes)
                  .arg(at));
}

void LivePanes::refresh(Watch& watch)
{
    const bool isWanted = watch.pane.isVisible() && watch.pane.key() && !watch.pane.isReading();
    if (isWanted && m_session.state() == SessionState::Connected) {
        watch.pane.reload();
    }
}

// --- history

void LivePanes::remember(Watch& watch)
{
    if (watch.key && watch.pane.head()) {
        ValuePane::Content content = watch.pane.content(keptOfOne);
        m_seen.add(*watch.key,
            SeenValue{QDateTime::currentDateTime(), *watch.pane.head(), content.firstNumber, std::move(content.rows),
                content.isWhole});
    }
}

void LivePanes::showHistory(ValuePane& pane)
{
    const auto key = pane.key();
    auto seen = key ? m_seen.of(*key) : std::vector<SeenValue>();
    if (seen.empty()) {
        return; // the button stands over a value that was read
    }
    auto* dialog = new HistoryDialog(displayText(m_session.nameOf(*key).key), std::move(seen), &pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace keyglass::ui
