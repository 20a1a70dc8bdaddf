// SPDX-License-Identifier: GPL-3.0-or-later
// What a ValueTableModel knows of a list's elements beside each other, and behind the borders of what is loaded.
#include "ui/common/whenready.h"
#include "ui/value/valuetablemodel.h"

#include <utility>

namespace keyglass::ui {

namespace {

/// With its place among the others.
std::uint64_t takenBy(const SeenBytes& beside)
{
    constexpr std::uint64_t treeBytes = 4 * sizeof(void*);
    return sizeof(ValueTableModel::Beside::value_type) + treeBytes + beside.bytes.size();
}

} // namespace

SeenBytes seenIn(const ValueRow& cells)
{
    if (cells.empty()) {
        return SeenBytes::absent();
    }
    return cells.front().isWhole() ? SeenBytes::like(cells.front().bytes) : SeenBytes::notLooked();
}

SeenBytes ValueTableModel::neighbour(int row, int away) const
{
    const std::uint64_t of = number(row);
    if (away < 0 && of == 0) {
        return SeenBytes::notLooked();
    }
    const int found = m_rows.rowOfNumber(away < 0 ? of - 1 : of + 1);
    if (found >= 0) {
        return seenIn(cells(found));
    }
    const auto beside = m_beside.find(away < 0 ? of - 1 : of + 1);
    return beside == m_beside.end() ? SeenBytes::notLooked() : beside->second;
}

void ValueTableModel::forgetBeside()
{
    ++m_besideGeneration;
    m_asksBeside = false;
    m_beside.clear();
    m_besideBytes = 0;
    m_borders.clear();
}

void ValueTableModel::takeBeside(const ValuePage& page)
{
    for (const auto& [number, cells] : page.beside) {
        const auto [at, isNew] = m_beside.try_emplace(number);
        m_besideBytes -= isNew ? 0 : takenBy(at->second);
        at->second = seenIn(cells);
        m_besideBytes += takenBy(at->second);
    }
}

/// Nobody waits for them, and how long they are is known once they come: pages go first.
void ValueTableModel::askBeside()
{
    if (m_loading || m_asksBeside) {
        return;
    }
    std::erase_if(m_borders,
        [this](std::uint64_t number) { return m_rows.rowOfNumber(number) >= 0 || m_beside.contains(number); });
    if (m_borders.empty()) {
        return;
    }
    ValuePageRequest request;
    request.key = m_request.key;
    request.type = KeyType::List;
    while (!m_borders.empty() && request.at.size() < ValuePageRequest::mostAt) {
        request.at.push_back(m_borders.extract(m_borders.begin()).value());
    }
    m_asksBeside = true;
    whenReady(this, m_source->loadPage(std::move(request)),
        [this, generation = m_besideGeneration](const Result<ValuePage>& page) {
            if (generation != m_besideGeneration) {
                return;
            }
            m_asksBeside = false;
            if (page) {
                takeBeside(*page);
                askBeside();
            } else {
                m_borders.clear(); // they are as unknown as what is too long
            }
        });
}

} // namespace keyglass::ui
