// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keypanel.h"

#include "core/profile/settings.h"
#include "ui/common/noticebar.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/databasebox.h"
#include "ui/window/filterbar.h"
#include "ui/window/findfield.h"
#include "ui/window/patternfield.h"
#include "ui/window/resultnotice.h"
#include "ui/window/sessionline.h"
#include "ui/window/statepage.h"
#include "ui/window/wording.h"

#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

const QString columnsLayout = QStringLiteral("columns");

} // namespace

KeyPanel::KeyPanel(Session& session, Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_settings(settings)
    , m_separator(session.profile().id.isEmpty() ? settings.separator() : session.profile().separator)
    , m_filters(new FilterBar(session, this))
    , m_tree(new KeyTreeView(this))
    , m_state(new StatePage(tr("Keys"), this))
    , m_stack(new QStackedWidget(this))
    , m_notice(new NoticeBar(tr("Partial list"), this))
{
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_state);
    auto* upper = new QVBoxLayout;
    upper->setContentsMargins(8, 8, 8, 4);
    upper->setSpacing(4);
    upper->addWidget(new SessionLine(session, this));
    upper->addWidget(new DatabaseBox(session, this));
    upper->addWidget(m_filters);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(upper);
    layout->addWidget(new ResultNotice(session, this));
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_notice);
    m_tree->setAccessibleName(tr("Keys"));
    m_tree->restoreColumns(settings.layout(columnsLayout));
    m_filters->pattern().setRecent(settings.recentPatterns(session.profile().id));
    applySettings();
    wire();
    showSnapshot();
}

KeyPanel::~KeyPanel() = default;

void KeyPanel::wire()
{
    connect(&m_session, &Session::snapshotChanged, this, &KeyPanel::showSnapshot);
    connect(&m_session, &Session::filterChanged, this, &KeyPanel::showSnapshot);
    connect(&m_session, &Session::scanStateChanged, this, &KeyPanel::refresh);
    connect(&m_session, &Session::stateChanged, this, &KeyPanel::refresh);
    connect(&m_session, &Session::databaseChanged, this, [this] { setSeparator(m_separator); });
    connect(&m_session, &Session::databaseChanged, m_filters, &FilterBar::rescan);
    connect(&m_session, &Session::databaseChanged, m_tree, &KeyTreeView::clearDetails);
    connect(&m_session, &Session::detailsLoaded, m_tree,
        [this](const std::shared_ptr<const std::vector<KeyDetails>>& details) { m_tree->setDetails(*details); });
    connect(m_tree, &KeyTreeView::detailsWanted, this, &KeyPanel::wishDetails);
    connect(m_tree, &KeyTreeView::shownColumnsChanged, this,
        [this] { m_settings.setShowsMemory(m_tree->shownColumns().memory); });
    connect(&m_settings, &Settings::changed, this, &KeyPanel::applySettings);
    connect(m_filters, &FilterBar::patternUsed, this, [this](const QString& text) {
        if (!text.isEmpty()) {
            m_settings.addRecentPattern(m_session.profile().id, text);
            m_filters->pattern().setRecent(m_settings.recentPatterns(m_session.profile().id));
        }
    });
}

void KeyPanel::take(PageState::Offer offer)
{
    using Offer = PageState::Offer;
    switch (offer) {
    case Offer::StartScan:
        m_filters->rescan();
        return;
    case Offer::ClearPattern:
        m_filters->clearPattern();
        return;
    case Offer::ClearFind:
        m_filters->find().clear();
        return;
    case Offer::LoadMore:
        loadMore();
        return;
    case Offer::LoadAll:
        loadAll();
        return;
    default:
        return; // the others stand on the page of the connection
    }
}

void KeyPanel::refresh()
{
    const auto state = treeState(m_session, m_filters->find().text());
    if (state) {
        ShownState shown{state->title, state->text, {}, state->busy};
        for (const PageState::Offer offer : state->offers) {
            shown.buttons.push_back({offerText(offer), [this, offer] { take(offer); }});
        }
        m_state->display(std::move(shown));
    }
    m_stack->setCurrentWidget(state ? static_cast<QWidget*>(m_state) : m_tree);
    showNotice();
}

void KeyPanel::showNotice()
{
    const auto& report = m_session.scanReport();
    const bool ended = m_session.scanState() == ScanState::Ended && report && !m_session.openedResult();
    const auto shown = m_session.snapshot()->keyCount();
    const ScanNotice notice =
        ended && shown > 0 ? scanNotice(*report, m_session.scanRequest().limits, shown) : ScanNotice{};
    if (notice.text.isEmpty()) {
        m_notice->hide();
        return;
    }
    std::vector<NoticeBar::Button> buttons;
    const bool connected = m_session.state() == SessionState::Connected; // else that comes first, said above
    if (notice.canRetryNodes && connected) {
        buttons.push_back({tr("Retry"), [this] { m_session.retryFailedNodes(); }});
    }
    if (notice.canLoadMore && connected) {
        buttons.push_back({tr("Load more"), [this] { loadMore(); }});
    }
    if (notice.canLoadAll && connected) {
        buttons.push_back({notice.canLoadMore ? tr("Load all") : tr("Go on"), [this] { loadAll(); }});
    }
    if (notice.isGap && !notice.canRetryNodes && connected) {
        buttons.push_back({tr("Scan again"), [this] { m_filters->rescan(); }});
    }
    const auto level = notice.isGap ? NoticeBar::Level::Warning : NoticeBar::Level::Info;
    m_notice->say(level, notice.text, std::move(buttons));
}

void KeyPanel::saveLayout() const
{
    m_settings.setLayout(columnsLayout, m_tree->saveColumns());
}

void KeyPanel::loadMore()
{
    m_session.continueScan(m_session.scanRequest().limits);
}

void KeyPanel::loadAll()
{
    m_session.continueScan({});
}

void KeyPanel::setSeparator(const QString& separator)
{
    m_separator = separator;
    TreeOptions options = m_tree->treeOptions();
    options.separator = separator.toStdString();
    options.naturalOrder = m_settings.naturalOrder();
    options.foldSingle = m_settings.foldsSingleKeys();
    options.hasRoots = m_session.hasSeveralDatabases();
    if (options != m_tree->treeOptions()) {
        m_tree->setTreeOptions(options);
        if (m_fold) {
            showSnapshot();
        }
    }
}

void KeyPanel::setFold(Fold fold)
{
    m_fold = std::move(fold);
    showSnapshot();
}

void KeyPanel::applySettings()
{
    const Profile& profile = m_session.profile();
    setSeparator(profile.id.isEmpty() ? m_settings.separator() : m_separator);
    m_filters->setPace(profile.pace.value_or(m_settings.pace()));
    m_tree->setColumnShown(KeyColumn::Memory, m_settings.showsMemory());
}

void KeyPanel::showSnapshot()
{
    const auto hits = m_session.filteredSnapshot();
    const bool filtered = !m_session.filter().isEmpty();
    if (!filtered || hits) { // before the first hits come, what is there stays
        const auto keys = filtered ? hits : m_session.shownKeys();
        m_tree->setSnapshot(m_fold && keys ? m_fold(keys, m_tree->treeOptions()) : keys);
    }
    refresh();
}

void KeyPanel::wishDetails(const std::vector<std::string>& keys)
{
    m_session.requestDetails(keys, m_tree->shownColumns());
}

bool KeyPanel::showsTree() const
{
    return m_stack->currentWidget() == m_tree;
}

} // namespace keyglass::ui
