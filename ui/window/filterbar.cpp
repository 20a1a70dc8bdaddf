// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/filterbar.h"

#include "ui/common/icons.h"
#include "ui/window/findfield.h"
#include "ui/window/keyscommand.h"
#include "ui/window/limitsdialog.h"
#include "ui/window/patternfield.h"
#include "ui/window/predicatepopup.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

QToolButton* iconButton(const QString& icon, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    setIcon(button, icon);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setAutoRaise(true);
    return button;
}

} // namespace

FilterBar::FilterBar(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_pattern(new PatternField(this))
    , m_find(new FindField(session, this))
    , m_type(new QComboBox(this))
    , m_start(iconButton(u"start"_s, tr("Start scan"), this))
    , m_pause(iconButton(u"pause"_s, tr("Pause scan"), this))
    , m_stop(iconButton(u"stop"_s, tr("Stop scan"), this))
    , m_more(iconButton(u"more"_s, tr("More"), this))
    , m_filters(new QToolButton(this))
    , m_chip(new QToolButton(this))
    , m_popup(new PredicatePopup(this))
{
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(moreMenu());
    addTypes();
    auto* upper = new QHBoxLayout;
    upper->setSpacing(2);
    upper->addWidget(m_pattern, 1, Qt::AlignTop);
    for (QToolButton* button : {m_start, m_pause, m_stop, m_more}) {
        upper->addWidget(button, 0, Qt::AlignTop);
    }
    auto* lower = new QHBoxLayout;
    lower->setSpacing(8);
    lower->addWidget(m_type, 0, Qt::AlignTop);
    lower->addWidget(m_filters, 0, Qt::AlignTop);
    lower->addWidget(m_find, 1, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(upper);
    layout->addLayout(lower);
    layout->addWidget(m_chip);
    m_filters->setText(tr("Filters"));
    m_filters->setAccessibleName(tr("More filters"));
    m_filters->setToolTip(tr("Only keys of this time to live, size or use; the server is asked again"));
    m_filters->setAutoRaise(true);
    m_chip->setAccessibleName(tr("Drop filters"));
    m_chip->setToolTip(tr("Drop these filters and scan again"));
    m_chip->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(m_filters, &QToolButton::clicked, this, [this] { m_popup->popupBelow(*m_filters); });
    connect(m_popup, &PredicatePopup::applied, this, &FilterBar::rescan);
    connect(m_chip, &QToolButton::clicked, this, &FilterBar::dropConditions);
    connect(m_pattern, &PatternField::submitted, this, &FilterBar::rescan);
    connect(m_start, &QToolButton::clicked, this, &FilterBar::start);
    connect(m_pause, &QToolButton::clicked, this, &FilterBar::pause);
    connect(m_stop, &QToolButton::clicked, this, &FilterBar::stop);
    connect(&session, &Session::scanStateChanged, this, &FilterBar::showState);
    connect(&session, &Session::stateChanged, this, &FilterBar::showState);
    showState();
}

FilterBar::~FilterBar()
{
    delete m_popup; // the window may be gone before
}

void FilterBar::addTypes()
{
    m_type->setAccessibleName(tr("Type filter"));
    m_type->setToolTip(tr("Only keys of this type; the server is asked again"));
    m_type->addItem(tr("All types"), QString());
    m_type->addItem(tr("String"), u"string"_s);
    m_type->addItem(tr("Hash"), u"hash"_s);
    m_type->addItem(tr("List"), u"list"_s);
    m_type->addItem(tr("Set"), u"set"_s);
    m_type->addItem(tr("Sorted set"), u"zset"_s);
    m_type->addItem(tr("Stream"), u"stream"_s);
    m_type->addItem(tr("JSON"), u"ReJSON-RL"_s);
    connect(m_type, &QComboBox::activated, this, &FilterBar::rescan);
}

QMenu* FilterBar::moreMenu()
{
    auto* menu = new QMenu(m_more);
    menu->addAction(tr("Scan &again"), this, &FilterBar::rescan);
    menu->addAction(tr("Scan &limits…"), this, &FilterBar::askLimits);
    menu->addSeparator();
    menu->addAction(tr("Read all at once with &KEYS…"), this, &FilterBar::offerKeys);
    return menu;
}

std::optional<ScanRequest> FilterBar::request() const
{
    auto pattern = m_pattern->pattern();
    if (!pattern) {
        return std::nullopt;
    }
    ScanRequest request;
    request.pattern = *std::move(pattern);
    request.type = m_type->currentData().toString().toStdString();
    request.predicate = m_popup->predicate();
    request.pace = m_pace;
    request.limits = m_limits;
    return request;
}

void FilterBar::scan(bool useKeysCommand)
{
    auto wanted = request();
    if (!wanted || m_session.state() != SessionState::Connected) {
        return;
    }
    wanted->useKeysCommand = useKeysCommand;
    m_session.startScan(*std::move(wanted));
    showConditions();
    Q_EMIT patternUsed(m_pattern->text());
}

void FilterBar::start()
{
    const auto wanted = request();
    const ScanRequest& current = m_session.scanRequest();
    if (m_session.scanState() == ScanState::Paused && wanted && wanted->pattern == current.pattern
        && wanted->type == current.type && wanted->predicate == current.predicate) {
        m_session.resumeScan();
        return;
    }
    rescan();
}

void FilterBar::rescan()
{
    scan(false);
}

void FilterBar::pause()
{
    m_session.pauseScan();
}

void FilterBar::stop()
{
    m_session.stopScan();
}

void FilterBar::clearPattern()
{
    m_type->setCurrentIndex(0);
    m_popup->clear();
    m_pattern->setText({});
    rescan();
}

void FilterBar::askLimits()
{
    auto* dialog = new LimitsDialog(m_limits, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_limits = dialog->limits();
        rescan();
    });
    dialog->open();
}

void FilterBar::offerKeys()
{
    if (m_session.state() == SessionState::Connected) {
        offerKeysCommand(this, m_session, [this] { scan(true); });
    }
}

void FilterBar::showConditions()
{
    const QString text = predicateText(m_session.scanRequest().predicate);
    m_chip->setText(text + u"  ✕"_s);
    m_chip->setAccessibleDescription(text);
    m_chip->setVisible(!text.isEmpty());
}

void FilterBar::dropConditions()
{
    m_popup->clear();
    rescan();
}

void FilterBar::showState()
{
    m_popup->setServer(m_session.server());
    showConditions();
    const bool connected = m_session.state() == SessionState::Connected;
    const ScanState state = m_session.scanState();
    m_start->setEnabled(connected && state != ScanState::Running);
    m_start->setToolTip(state == ScanState::Paused ? tr("Go on with the scan") : tr("Start scan"));
    m_pause->setEnabled(connected && state == ScanState::Running);
    m_stop->setEnabled(state == ScanState::Running || state == ScanState::Paused);
    m_type->setEnabled(connected);
    m_filters->setEnabled(connected);
    m_chip->setEnabled(connected);
    m_more->setEnabled(connected);
}

} // namespace keyglass::ui
