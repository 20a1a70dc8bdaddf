// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/keychoicemodel.h"

#include "core/base/bytes.h"
#include "core/index/keyroot.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::uint64_t rowsAtOnce = 1000;
/// What a list can show; nobody scrolls that far.
constexpr std::uint64_t mostRows = 10'000'000;

} // namespace

KeyChoiceModel::KeyChoiceModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void KeyChoiceModel::setChoice(const KeyChoice& choice, bool hasRoots)
{
    beginResetModel();
    m_hasRoots = hasRoots;
    m_keys = choice.keys;
    m_stretches.clear();
    m_sample.clear();
    m_total = 0;
    m_rows = 0;
    if (m_keys && choice.selected) {
        for (const KeySelection::Part& part : choice.selected->parts()) {
            m_stretches.push_back({m_total, m_keys->rank(part.range.first)});
            m_total += m_keys->count(part.range);
        }
    } else if (m_keys) {
        m_stretches.push_back({0, 0});
        m_total = m_keys->keyCount();
    }
    m_rows = static_cast<int>(std::min(m_total, rowsAtOnce));
    endResetModel();
}

void KeyChoiceModel::setSample(std::vector<std::string> keys)
{
    beginResetModel();
    m_keys.reset();
    m_stretches.clear();
    m_sample = std::move(keys);
    m_total = 0;
    m_rows = static_cast<int>(m_sample.size());
    endResetModel();
}

int KeyChoiceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant KeyChoiceModel::data(const QModelIndex& index, int role) const
{
    const bool isAsked = role == Qt::DisplayRole || role == Qt::ToolTipRole;
    if (!index.isValid() || index.row() >= m_rows || !isAsked) {
        return {};
    }
    if (!m_sample.empty()) {
        return displayText(m_sample[static_cast<std::size_t>(index.row())]);
    }
    const std::string key = keyAt(static_cast<std::uint64_t>(index.row()));
    const auto rooted = m_hasRoots ? splitRoot(key) : std::nullopt;
    return rooted ? tr("%1 · db %2").arg(displayText(rooted->key)).arg(rooted->database) : displayText(key);
}

bool KeyChoiceModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && static_cast<std::uint64_t>(m_rows) < std::min(m_total, mostRows);
}

void KeyChoiceModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent)) {
        return;
    }
    const std::uint64_t left = std::min(m_total, mostRows) - static_cast<std::uint64_t>(m_rows);
    const int more = static_cast<int>(std::min(left, rowsAtOnce));
    beginInsertRows({}, m_rows, m_rows + more - 1);
    m_rows += more;
    endInsertRows();
}

std::string KeyChoiceModel::keyAt(std::uint64_t row) const
{
    const auto after = std::ranges::upper_bound(m_stretches, row, {}, &Stretch::firstRow);
    const Stretch& stretch = *std::prev(after);
    return m_keys->select(stretch.firstRank + (row - stretch.firstRow));
}

} // namespace keyglass::ui
