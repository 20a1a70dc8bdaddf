// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keytable/keytablecolumns.h"

#include "ui/common/fonts.h"
#include "ui/keytable/keytablemodel.h"

#include <QDataStream>
#include <QFontMetrics>
#include <QHeaderView>
#include <QIODevice>
#include <QMenu>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr quint32 stateVersion = 1;
constexpr int leastNameWidth = 180; // pixels

/// Two units of a time to its widest, whatever the font.
int widthOfTimes()
{
    constexpr int margins = 24;
    return QFontMetrics(keyFont()).horizontalAdvance(QStringLiteral("23 h 59 min")) + margins;
}

int widthOf(SortColumn column)
{
    switch (column) {
    case SortColumn::Name:
        return 320;
    case SortColumn::Type:
        return 64;
    case SortColumn::Encoding:
        return 100;
    case SortColumn::Ttl:
    case SortColumn::Idle:
        return widthOfTimes();
    default:
        return 88;
    }
}

enum class Stored : qint8 { Suggested, Hidden, Shown };

} // namespace

KeyTableColumns::KeyTableColumns(QHeaderView& header, QObject* parent)
    : QObject(parent)
    , m_header(header)
{
    header.setMinimumSectionSize(44);
    header.setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (const SortColumn column : allTableColumns) {
        header.resizeSection(static_cast<int>(column), widthOf(column));
    }
    header.setFirstSectionMovable(false);
    header.setContextMenuPolicy(Qt::CustomContextMenu);
    header.setAccessibleName(tr("Columns of the key table"));
    connect(&header, &QHeaderView::customContextMenuRequested, this,
        [this](const QPoint& at) { showMenu(m_header.mapToGlobal(at)); });
    connect(&header, &QHeaderView::sectionResized, this, [this](int column) {
        if (column != static_cast<int>(SortColumn::Name)) {
            fit();
        }
    });
    apply();
}

void KeyTableColumns::setServer(const std::optional<ServerFacts>& facts)
{
    m_facts = facts;
    apply();
    Q_EMIT changed();
}

bool KeyTableColumns::sparesIdleTime() const
{
    return m_facts && m_facts->feature(ServerFeature::ClientNoTouch) == FeatureState::Present;
}

bool KeyTableColumns::isDefault(SortColumn column) const
{
    switch (column) {
    case SortColumn::Length:
        return sparesIdleTime(); // else asking for it counts as using the key
    case SortColumn::Frequency:
        return m_facts && m_facts->keepsFrequency().value_or(false);
    default:
        return true;
    }
}

QString KeyTableColumns::whyMissing(SortColumn column) const
{
    const auto keepsFrequency = m_facts ? m_facts->keepsFrequency() : std::nullopt;
    const bool isMissing = keepsFrequency
        && ((column == SortColumn::Idle && *keepsFrequency) || (column == SortColumn::Frequency && !*keepsFrequency));
    if (isMissing) {
        const QString policy = QString::fromStdString(m_facts->maxmemoryPolicy);
        return column == SortColumn::Idle
            ? tr("this server's maxmemory-policy, %1, keeps the frequency instead").arg(policy)
            : tr("this server's maxmemory-policy, %1, keeps the idle time instead").arg(policy);
    }
    if (column == SortColumn::Memory && m_facts && !m_facts->mayUse(ServerFeature::MemoryUsage)) {
        return tr("this server has no MEMORY USAGE");
    }
    return {};
}

bool KeyTableColumns::isShown(SortColumn column) const
{
    if (column == SortColumn::Name) {
        return true;
    }
    return m_chosen[static_cast<std::size_t>(column)].value_or(isDefault(column)) && whyMissing(column).isEmpty();
}

TableColumns KeyTableColumns::shown() const
{
    TableColumns columns;
    for (const SortColumn column : allTableColumns) {
        if (isShown(column)) {
            columns.insert(column);
        }
    }
    return columns;
}

void KeyTableColumns::setShown(SortColumn column, bool shown)
{
    m_chosen[static_cast<std::size_t>(column)] = shown;
    apply();
    Q_EMIT changed();
}

void KeyTableColumns::apply()
{
    for (const SortColumn column : allTableColumns) {
        m_header.setSectionHidden(static_cast<int>(column), !isShown(column));
    }
    fit();
}

/// Names get the room that the others leave, and some in any case.
void KeyTableColumns::fit(int width)
{
    m_width = width;
    fit();
}

void KeyTableColumns::fit()
{
    int others = 0;
    for (const SortColumn column : allTableColumns) {
        const auto section = static_cast<int>(column);
        others += column == SortColumn::Name || m_header.isSectionHidden(section) ? 0 : m_header.sectionSize(section);
    }
    if (m_width > 0) {
        m_header.resizeSection(static_cast<int>(SortColumn::Name), std::max(leastNameWidth, m_width - others));
    }
}

QString KeyTableColumns::menuText(SortColumn column) const
{
    const QString title = columnTitle(column);
    const QString why = whyMissing(column);
    if (!why.isEmpty()) {
        return tr("%1 (%2)").arg(title, why);
    }
    if (column == SortColumn::Length && !sparesIdleTime()) {
        return tr("%1 (on this server, asking for it resets a key's idle time)").arg(title);
    }
    return title;
}

void KeyTableColumns::showMenu(const QPoint& at)
{
    QMenu menu(&m_header);
    fillMenu(menu);
    menu.exec(at);
}

void KeyTableColumns::fillMenu(QMenu& menu)
{
    for (const SortColumn column : allTableColumns) {
        if (column == SortColumn::Name) {
            continue;
        }
        QAction* action = menu.addAction(menuText(column));
        action->setCheckable(true);
        action->setChecked(isShown(column));
        action->setEnabled(whyMissing(column).isEmpty());
        connect(action, &QAction::toggled, this, [this, column](bool shown) { setShown(column, shown); });
    }
}

QByteArray KeyTableColumns::save() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << stateVersion;
    for (const auto& chosen : m_chosen) {
        const Stored stored = !chosen ? Stored::Suggested : *chosen ? Stored::Shown : Stored::Hidden;
        stream << static_cast<qint8>(stored);
    }
    stream << m_header.saveState();
    return state;
}

bool KeyTableColumns::restore(const QByteArray& state)
{
    QDataStream stream(state);
    quint32 version = 0;
    stream >> version;
    std::array<std::optional<bool>, tableColumnCount> chosen;
    for (auto& each : chosen) {
        qint8 stored = 0;
        stream >> stored;
        const auto as = static_cast<Stored>(stored);
        each = as == Stored::Suggested ? std::nullopt : std::optional(as == Stored::Shown);
    }
    QByteArray header;
    stream >> header;
    if (version != stateVersion || stream.status() != QDataStream::Ok || !m_header.restoreState(header)) {
        return false;
    }
    m_chosen = chosen;
    apply();
    Q_EMIT changed();
    return true;
}

} // namespace keyglass::ui
