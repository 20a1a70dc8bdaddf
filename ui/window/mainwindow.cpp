// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/mainwindow.h"

#include "core/base/errortext.h"
#include "core/profile/profilestore.h"
#include "core/profile/settings.h"
#include "core/session/resultlibrary.h"
#include "core/session/session.h"
#include "ui/common/environmentline.h"
#include "ui/common/messagelog.h"
#include "ui/common/messagelogview.h"
#include "ui/common/theme.h"
#include "ui/profile/startpage.h"
#include "ui/value/elementtable.h"
#include "ui/window/inlineedits.h"
#include "ui/window/jobscopes.h"
#include "ui/window/sessionbar.h"
#include "ui/window/sessionpage.h"
#include "ui/window/unsavedquestion.h"
#include "ui/window/windowcommands.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

bool closingAll = false; // all windows are closing, and what is open in them has been noted

QList<MainWindow*> allWindows()
{
    QList<MainWindow*> windows;
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* window = qobject_cast<MainWindow*>(widget); window && window->isVisible()) {
            windows << window;
        }
    }
    return windows;
}

} // namespace

MainWindow::MainWindow(WindowServices services, QWidget* parent)
    : QMainWindow(parent)
    , m_services(std::move(services))
    , m_actions(new WindowActions(this))
    , m_opener(new SessionOpener(m_services, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumSize(640, 420);
    const QSize room = screen()->availableSize() - QSize(16, 48); // what a window manager puts around it
    resize(QSize(1280, 800).boundedTo(room));
    buildFrame();
    buildStartPage();
    buildLog();
    m_unsaved = new UnsavedQuestion(*this);
    m_commands = new WindowCommands(*this, m_services);
    connect(m_opener, &SessionOpener::failed, this, [this](const QString& text) { say(LogLevel::Error, text); });
    restore();
    showCurrent();
}

MainWindow::~MainWindow()
{
    // Pages end their sessions; nothing of theirs may reach a window that is half gone.
    for (SessionPage* page : m_pages) {
        page->session().disconnect();
        page->disconnect(this);
    }
}

// --- building

void MainWindow::buildFrame()
{
    m_environment = new EnvironmentLine(this);
    auto* menuBar = new QMenuBar;
    m_actions->fillMenuBar(menuBar);
    auto* top = new QWidget(this);
    auto* topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins({});
    topLayout->setSpacing(0);
    topLayout->addWidget(m_environment);
    topLayout->addWidget(menuBar);
    setMenuWidget(top);

    auto* tools = addToolBar(tr("Tools"));
    tools->setObjectName(u"tools"_s);
    tools->setMovable(false);
    tools->setIconSize({16, 16});
    m_actions->fillToolBar(tools);

    m_bar = new SessionBar;
    m_stack = new QStackedWidget;
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->addWidget(m_bar);
    m_splitter->addWidget(m_stack);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({112, 1168});
    m_splitter->setHandleWidth(1);
    m_splitter->setCollapsible(1, false);
    setCentralWidget(m_splitter);
    statusBar()->setSizeGripEnabled(false);
    connect(m_bar, &SessionBar::currentChanged, this, &MainWindow::showCurrent);
    connect(m_bar, &SessionBar::newWanted, this, &MainWindow::newConnection);
    connect(m_bar, &SessionBar::closeWanted, this,
        [this](int row) { closePageAsking(*m_pages[static_cast<std::size_t>(row)]); });
    QAction* showsBar = m_actions->action(ActionId::ShowSessions);
    showsBar->setChecked(true);
    connect(showsBar, &QAction::toggled, m_bar, &QWidget::setVisible);
}

void MainWindow::buildStartPage()
{
    m_start = new StartPage(m_services.profiles);
    m_stack->addWidget(m_start);
    const auto take = [this](Opened opened) { addPage(std::move(opened)); };
    connect(m_start, &StartPage::openRequested, this, [this](const Profile& profile) { open(profile); });
    connect(m_start, &StartPage::newRequested, this, &MainWindow::newConnection);
    connect(m_start, &StartPage::demoRequested, this, &MainWindow::openDemo);
    connect(m_start, &StartPage::editRequested, m_opener,
        [this, take](const Profile& profile) { m_opener->askEdited(profile, {}, take); });
    connect(m_start, &StartPage::duplicateRequested, m_opener, &SessionOpener::duplicate);
    connect(m_start, &StartPage::removeRequested, m_opener, &SessionOpener::remove);
    connect(m_opener, &SessionOpener::profilesChanged, m_start, &StartPage::refresh);
    connect(m_opener, &SessionOpener::demoStartingChanged, m_start, &StartPage::setDemoStarting);
}

void MainWindow::buildLog()
{
    auto* dock = new QDockWidget(tr("Message log"), this);
    dock->setObjectName(u"log"_s);
    dock->setWidget(new MessageLogView(&m_services.log, dock));
    dock->hide();
    addDockWidget(Qt::BottomDockWidgetArea, dock);
    QAction* shows = m_actions->action(ActionId::ShowLog);
    connect(shows, &QAction::triggered, dock, &QWidget::setVisible);
    connect(dock, &QDockWidget::visibilityChanged, shows, &QAction::setChecked);
}

// --- pages

SessionPage* MainWindow::currentPage() const
{
    const int row = m_bar->current();
    return row >= 0 && row < sessionCount() ? m_pages[static_cast<std::size_t>(row)] : nullptr;
}

void MainWindow::addPage(Opened opened)
{
    auto* page = new SessionPage(std::move(opened.session), m_services.settings, m_services.drafts);
    m_pages.push_back(page);
    m_passwords.insert(page, opened.passwords);
    m_stack->addWidget(page);
    wire(*page);
    m_bar->add(page->session());
    m_bar->setCurrent(sessionCount() - 1);
    page->session().open();
}

void MainWindow::wire(SessionPage& page)
{
    const QString name = page.session().profile().title();
    connect(&page.session(), &Session::logged, this,
        [this, name](LogLevel level, const QString& line) { m_services.log.add(level, name, line); });
    connect(&page.session(), &Session::stateChanged, this, [this, &page](SessionState state) {
        if (state == SessionState::Connected) {
            m_opener->noteUse(page.session().profile());
        }
    });
    connect(&page, &SessionPage::situationChanged, this, &MainWindow::refresh);
    connect(&page, &SessionPage::editWanted, this, [this, &page] { editConnection(page); });
    connect(&page, &SessionPage::clusterWanted, this, [this, &page] { openCluster(page); });
    connect(&page, &SessionPage::passwordWanted, this, [this, &page] { askPassword(page); });
    connect(&page, &SessionPage::menuWanted, m_commands, &WindowCommands::showKeyMenu);
    connect(&page, &SessionPage::paneMade, m_actions, [this](QWidget* pane) {
        for (ElementTable* table : pane->findChildren<ElementTable*>()) {
            m_actions->fillElementMenu(*table);
        }
    });
    connect(&page, &SessionPage::deleteWanted, m_actions, [this, &page] {
        QAction* const action = m_actions->action(meansSeveralKeys(page) ? ActionId::DeleteKeys : ActionId::DeleteKey);
        if (!action->isEnabled() && page.session().profile().readOnly) {
            say(LogLevel::Info,
                tr("%1 is read-only: nothing there can be deleted. “Edit connection” can change that.")
                    .arg(page.session().profile().title()));
        }
        action->trigger();
    });
    connect(&page, &SessionPage::said, this, &MainWindow::say);
    connect(&page, &SessionPage::separatorChosen, m_opener,
        [this, &page](const QString& separator) { m_opener->saveSeparator(page.session().profile(), separator); });
    connect(&page, &SessionPage::decoderRulesChosen, m_opener, [this, &page](const std::vector<DecoderRule>& rules) {
        m_opener->saveDecoderRules(page.session().profile(), rules);
    });
}

void MainWindow::showCurrent()
{
    for (SessionPage* page : m_pages) {
        statusBar()->removeWidget(&page->status());
    }
    SessionPage* page = currentPage();
    m_stack->setCurrentWidget(page ? static_cast<QWidget*>(page) : m_start);
    if (page) {
        statusBar()->addWidget(&page->status(), 1);
        page->status().show();
    }
    refresh();
}

void MainWindow::stepSession(int by)
{
    const int count = sessionCount();
    m_bar->setCurrent((std::max(0, m_bar->current()) + by + count) % count);
}

void MainWindow::closePage(SessionPage& page)
{
    const auto at = std::find(m_pages.begin(), m_pages.end(), &page);
    if (at == m_pages.end()) {
        return; // closed by another way while a question was open
    }
    const int row = static_cast<int>(at - m_pages.begin());
    page.saveLayout();
    page.edits().keepAllAsDrafts();
    page.disconnect(this);
    page.session().disconnect(this);
    statusBar()->removeWidget(&page.status());
    m_pages.erase(at);
    m_passwords.remove(&page);
    m_stack->removeWidget(&page);
    m_bar->remove(row);
    page.session().close();
    page.deleteLater();
    showCurrent();
}

void MainWindow::closePageAsking(SessionPage& page)
{
    m_unsaved->leave({&page}, [this, guarded = QPointer(&page)] {
        if (guarded) {
            askBeforeClosing(guarded->session().runningWork(), [this, guarded] {
                if (guarded) {
                    closePage(*guarded);
                }
            });
        }
    });
}

// --- opening

void MainWindow::open(const Profile& profile, const KnownCredentials& known)
{
    m_opener->open(profile, known, [this](Opened opened) { addPage(std::move(opened)); });
}

void MainWindow::openDemo()
{
    m_opener->openDemo([this](Opened opened) { addPage(std::move(opened)); });
}

void MainWindow::reopenLast()
{
    for (const QString& id : m_services.settings.openSessions()) {
        if (const auto profile = m_services.profiles.find(id)) {
            m_opener->reopen(*profile, [this](Opened opened) { addPage(std::move(opened)); });
        }
    }
}

void MainWindow::newConnection()
{
    m_opener->askNew([this](Opened opened) { addPage(std::move(opened)); });
}

void MainWindow::openAgain(SessionPage& page)
{
    open(page.session().profile(), m_passwords.value(&page));
}

void MainWindow::openCluster(SessionPage& page)
{
    Profile profile = page.session().profile();
    profile.kind = ProfileKind::Cluster;
    profile.database = 0;
    open(profile, m_passwords.value(&page));
}

void MainWindow::editConnection(SessionPage& page)
{
    const Credentials known = m_passwords.value(&page);
    m_opener->askEdited(
        page.session().profile(), known == Credentials{} ? std::nullopt : std::optional(known), replacing(page));
}

void MainWindow::askPassword(SessionPage& page)
{
    const auto error = page.session().lastError();
    m_opener->askPassword(page.session().profile(), error ? errorText(*error) : QString(), replacing(page));
}

SessionOpener::Take MainWindow::replacing(SessionPage& page)
{
    return [this, old = QPointer(&page)](Opened opened) {
        if (old) {
            closePage(*old);
        }
        addPage(std::move(opened));
    };
}

// --- closing

void MainWindow::askBeforeClosing(const QStringList& work, std::function<void()> close)
{
    if (work.isEmpty() || !m_services.settings.asks(Question::CloseWithRunningWork)) {
        close();
        return;
    }
    auto* box = new QMessageBox(QMessageBox::Question, tr("Work is running"),
        tr("Closing ends %1. What was found and not saved is lost; what was changed stays changed.")
            .arg(work.join(tr(" and "))),
        QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* end = box->addButton(tr("End it and close"), QMessageBox::DestructiveRole);
    QPushButton* stay = box->addButton(tr("Stay"), QMessageBox::RejectRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    connect(end, &QPushButton::clicked, this, std::move(close));
    box->open();
}

QStringList MainWindow::openProfiles() const
{
    QStringList open;
    for (SessionPage* page : m_pages) {
        if (const QString id = page->session().profile().id; !id.isEmpty()) {
            open << id;
        }
    }
    return open;
}

bool MainWindow::isLastWindow() const
{
    const auto others = allWindows();
    return std::none_of(
        others.begin(), others.end(), [this](const MainWindow* other) { return other != this && other->isVisible(); });
}

/// The last window to close says what was open: one closed before it was not wanted any more.
void MainWindow::rememberOpen()
{
    if (isLastWindow() && !closingAll) {
        m_services.settings.setOpenSessions(openProfiles());
    }
}

void MainWindow::closeAll(bool unasked)
{
    QStringList open;
    const auto windows = allWindows();
    for (const MainWindow* window : windows) {
        open += window->openProfiles();
    }
    closingAll = true;
    for (MainWindow* window : windows) {
        window->m_services.settings.setOpenSessions(open);
        unasked ? window->closeUnasked() : static_cast<void>(window->close());
    }
    closingAll = false;
}

void MainWindow::closeUnasked()
{
    m_closesUnasked = true;
    close();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_closesUnasked && m_unsaved->asks(m_pages)) {
        event->ignore();
        m_unsaved->leave(m_pages, [this] { close(); });
        return;
    }
    QStringList work;
    for (SessionPage* page : m_pages) {
        work += page->session().runningWork();
    }
    if (m_services.results.isWorking() && isLastWindow()) {
        work << tr("work with a set of keys");
    }
    work.removeDuplicates();
    if (!m_closesUnasked && !work.isEmpty() && m_services.settings.asks(Question::CloseWithRunningWork)) {
        event->ignore();
        askBeforeClosing(work, [this] { closeUnasked(); });
        return;
    }
    for (SessionPage* page : m_pages) {
        page->edits().keepAllAsDrafts(); // nobody was asked
    }
    save();
    event->accept();
}

// --- what is shown

void MainWindow::refresh()
{
    SessionPage* page = currentPage();
    m_actions->refresh([this, page](ActionNeed need) {
        if (need == ActionNeed::SeveralSessions) {
            return sessionCount() > 1;
        }
        return need == ActionNeed::Nothing || (page && page->isMet(need));
    });
    m_actions->setReadOnly(page && page->session().profile().readOnly);
    refreshTitle();
}

void MainWindow::refreshTitle()
{
    const SessionPage* page = currentPage();
    if (!page) {
        setWindowTitle(tr("Keyglass"));
        m_environment->setEnvironment(Environment::Development);
        return;
    }
    const Profile& profile = const_cast<SessionPage*>(page)->session().profile();
    const Environment environment = profile.environment;
    m_environment->setEnvironment(environment);
    setWindowTitle(hasEnvironmentLine(environment)
            ? tr("Keyglass — %1 (%2)").arg(profile.title(), environmentText(environment))
            : tr("Keyglass — %1").arg(profile.title()));
}

void MainWindow::say(LogLevel level, const QString& text)
{
    m_services.log.add(level, {}, text);
    statusBar()->showMessage(text, 8000);
}

// --- layout

void MainWindow::restore()
{
    Settings& settings = m_services.settings;
    restoreGeometry(settings.layout(u"window"_s));
    restoreState(settings.layout(u"docks"_s));
    if (const QByteArray bars = settings.layout(u"bars"_s); !bars.isEmpty()) {
        m_splitter->restoreState(bars);
    }
}

void MainWindow::save()
{
    Settings& settings = m_services.settings;
    settings.setLayout(u"window"_s, saveGeometry());
    settings.setLayout(u"docks"_s, saveState());
    settings.setLayout(u"bars"_s, m_splitter->saveState());
    for (SessionPage* page : m_pages) {
        page->saveLayout();
    }
    rememberOpen();
}

} // namespace keyglass::ui
