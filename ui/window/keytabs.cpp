// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keytabs.h"

#include "core/base/bytes.h"
#include "ui/window/previewtabbar.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr std::size_t longestName = 2048; // bytes; what is longer is cut before it becomes text

QString fullName(const std::string& key)
{
    const QString name = displayText(std::string_view(key).substr(0, longestName));
    return key.size() > longestName ? name + u'…' : name;
}

/// The end of a key tells more than its beginning, which the tree shows already; the bar elides in the middle.
QString tabText(QString text)
{
    if (text.size() > 40) {
        text = text.left(18) + u'…' + text.right(20);
    }
    return text.replace(u'&', QStringLiteral("&&"));
}

} // namespace

KeyTabs::KeyTabs(Panes panes, QWidget* placeholder, QWidget* parent)
    : QWidget(parent)
    , m_panes(std::move(panes))
    , m_bar(new PreviewTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_placeholder(placeholder)
{
    m_stack->addWidget(placeholder);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_stack, 1);
    m_bar->hide();
    connect(m_bar, &QTabBar::tabCloseRequested, this, &KeyTabs::close);
    connect(m_bar, &QTabBar::tabMoved, this, &KeyTabs::moved);
    connect(m_bar, &QTabBar::currentChanged, this, &KeyTabs::selected);
    connect(m_bar, &QTabBar::tabBarDoubleClicked, this, [this](int tab) {
        if (tab == m_bar->preview()) {
            m_bar->setPreview(-1);
        }
    });
}

int KeyTabs::tabOf(const std::string& key) const
{
    const auto at =
        std::find_if(m_tabs.begin(), m_tabs.end(), [&](const Tab& tab) { return !tab.isPage && tab.key == key; });
    return at == m_tabs.end() ? -1 : static_cast<int>(at - m_tabs.begin());
}

int KeyTabs::tabOf(const QWidget& pane) const
{
    const auto at = std::find_if(m_tabs.begin(), m_tabs.end(), [&](const Tab& tab) { return tab.pane == &pane; });
    return at == m_tabs.end() ? -1 : static_cast<int>(at - m_tabs.begin());
}

int KeyTabs::add(const std::string& key)
{
    return addTab({key, m_panes.make(m_stack)});
}

int KeyTabs::addTab(Tab tabToAdd)
{
    m_stack->addWidget(tabToAdd.pane);
    m_tabs.push_back(std::move(tabToAdd));
    const bool wasBlocked = m_bar->blockSignals(true); // the first tab of a bar becomes current by itself
    const int tab = m_bar->addTab({});
    m_bar->blockSignals(wasBlocked);
    m_bar->show();
    return tab;
}

void KeyTabs::addPage(QWidget* page, const QString& title)
{
    Tab added{{}, page};
    added.isPage = true;
    const int tab = addTab(std::move(added));
    m_bar->setTabText(tab, title);
    m_bar->setTabToolTip(tab, title);
}

void KeyTabs::selectPage(const QWidget& page)
{
    select(tabOf(page));
}

void KeyTabs::showKey(int tab, const std::string& key)
{
    Tab& shown = m_tabs[static_cast<std::size_t>(tab)];
    shown.key = key;
    nameTab(tab);
    m_panes.show(*shown.pane, key);
}

void KeyTabs::nameTab(int tab)
{
    const Tab& named = m_tabs[static_cast<std::size_t>(tab)];
    const QString name = m_panes.name ? m_panes.name(named.key) : fullName(named.key);
    m_bar->setTabText(tab, named.edited ? QStringLiteral("● ") + tabText(name) : tabText(name));
    m_bar->setTabToolTip(tab, named.edited ? tr("%1 (not saved)").arg(name) : name);
}

void KeyTabs::preview(const std::string& key)
{
    if (const int tab = tabOf(key); tab >= 0) {
        select(tab);
        return;
    }
    int tab = m_bar->preview();
    if (tab < 0) {
        tab = add(key);
        m_bar->setPreview(tab);
    }
    showKey(tab, key);
    select(tab);
}

void KeyTabs::open(const std::string& key)
{
    int tab = tabOf(key);
    if (tab < 0) {
        tab = add(key);
        showKey(tab, key);
    } else if (tab == m_bar->preview()) {
        m_bar->setPreview(-1);
    }
    select(tab);
}

void KeyTabs::replace(const std::string& key, const std::string& by)
{
    if (const int tab = tabOf(key); tab >= 0) {
        showKey(tab, by);
        selected(m_bar->currentIndex());
    }
}

void KeyTabs::showAgain(const std::string& key)
{
    if (const int tab = tabOf(key); tab >= 0) {
        showKey(tab, key);
    }
}

void KeyTabs::keepCurrent()
{
    if (currentTab() == m_bar->preview()) {
        m_bar->setPreview(-1);
    }
}

void KeyTabs::keep(const QWidget& pane)
{
    const int tab = tabOf(pane);
    if (tab >= 0 && tab == m_bar->preview()) {
        m_bar->setPreview(-1);
    }
}

void KeyTabs::setEdited(const QWidget& pane, bool edited)
{
    if (const int tab = tabOf(pane); tab >= 0) {
        m_tabs[static_cast<std::size_t>(tab)].edited = edited;
        nameTab(tab);
    }
}

void KeyTabs::select(int tab)
{
    if (tab < 0 || tab >= count()) {
        return;
    }
    if (m_bar->currentIndex() == tab) {
        selected(tab);
    } else {
        m_bar->setCurrentIndex(tab);
    }
}

void KeyTabs::selected(int tab)
{
    if (tab >= 0 && tab < count()) {
        const Tab& shown = m_tabs[static_cast<std::size_t>(tab)];
        m_stack->setCurrentWidget(shown.pane);
        if (!shown.isPage) {
            m_history.visit(shown.key);
        }
    }
    Q_EMIT currentChanged();
}

void KeyTabs::close(int tab)
{
    if (tab < 0 || tab >= count()) {
        return;
    }
    if (!m_panes.leave || m_tabs[static_cast<std::size_t>(tab)].isPage) {
        remove(tab);
        return;
    }
    QWidget* pane = m_tabs[static_cast<std::size_t>(tab)].pane;
    if (m_tabs[static_cast<std::size_t>(tab)].edited) {
        select(tab); // the question stands in it
    }
    m_panes.leave(*pane, [this, pane] {
        if (const int now = tabOf(*pane); now >= 0) {
            remove(now);
        }
    });
}

void KeyTabs::remove(int tab)
{
    QWidget* pane = m_tabs[static_cast<std::size_t>(tab)].pane;
    m_tabs.erase(m_tabs.begin() + tab);
    m_stack->removeWidget(pane);
    pane->hide();
    pane->deleteLater(); // its own button may be what was clicked
    m_bar->removeTab(tab);
    if (m_tabs.empty()) {
        m_bar->hide();
        m_stack->setCurrentWidget(m_placeholder);
    }
    selected(m_bar->currentIndex());
}

void KeyTabs::closeCurrent()
{
    close(currentTab());
}

void KeyTabs::closeAll()
{
    for (int tab = count() - 1; tab >= 0; --tab) {
        if (!m_tabs[static_cast<std::size_t>(tab)].isPage) {
            remove(tab);
        }
    }
}

void KeyTabs::moved(int from, int to)
{
    const Tab tab = m_tabs[static_cast<std::size_t>(from)];
    m_tabs.erase(m_tabs.begin() + from);
    m_tabs.insert(m_tabs.begin() + to, tab);
}

void KeyTabs::back()
{
    if (const auto key = m_history.back()) {
        preview(*key); // visiting the key shown already leaves the history as it is
    }
}

void KeyTabs::forward()
{
    if (const auto key = m_history.forward()) {
        preview(*key);
    }
}

int KeyTabs::currentTab() const
{
    return m_tabs.empty() ? -1 : m_bar->currentIndex();
}

QWidget* KeyTabs::currentPane() const
{
    const int tab = currentTab();
    return tab < 0 || m_tabs[static_cast<std::size_t>(tab)].isPage ? nullptr
                                                                   : m_tabs[static_cast<std::size_t>(tab)].pane;
}

QWidget* KeyTabs::currentPage() const
{
    const int tab = currentTab();
    return tab < 0 || !m_tabs[static_cast<std::size_t>(tab)].isPage ? nullptr
                                                                    : m_tabs[static_cast<std::size_t>(tab)].pane;
}

std::optional<std::string> KeyTabs::currentKey() const
{
    const int tab = currentTab();
    return currentPane() == nullptr ? std::nullopt : std::optional(m_tabs[static_cast<std::size_t>(tab)].key);
}

bool KeyTabs::isPreview(int tab) const
{
    return tab >= 0 && tab == m_bar->preview();
}

std::vector<QWidget*> KeyTabs::panes() const
{
    std::vector<QWidget*> all;
    for (const Tab& tab : m_tabs) {
        if (!tab.isPage) {
            all.push_back(tab.pane);
        }
    }
    return all;
}

} // namespace keyglass::ui
