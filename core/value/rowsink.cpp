// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/rowsink.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>

namespace keyglass {

namespace {

constexpr std::uint64_t framingBytes = 16; // "$12345\r\n" and its "\r\n", about

/// A placeholder would take as much: scores beside members that used the page up are still read with them.
constexpr std::size_t alwaysKept = 32;

std::optional<std::uint64_t> parsedCursor(std::string_view text)
{
    std::uint64_t cursor = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), cursor);
    const bool whole = failed == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(cursor) : std::nullopt;
}

} // namespace

RowSink::RowSink(const RowShape& shape, PageBudget& budget, std::vector<ValueRow>& rows)
    : m_shape(shape)
    , m_budget(budget)
    , m_rows(rows)
    , m_firstRow(rows.size())
{
}

void RowSink::arrayBegins(int depth, std::size_t /*index*/, std::size_t size)
{
    m_budget.received += framingBytes;
    if (m_shape.kind != RowShape::Kind::Entries) {
        return;
    }
    if (depth == 1) {
        beginRow();
        m_entryCells = 2; // not only its ID; the array of its cells tells how many there are
    } else if (depth == 2) {
        m_entryCells = size + 1;
    }
}

void RowSink::text(Reply::Type type, int depth, std::size_t index, std::string_view bytes)
{
    m_budget.received += bytes.size() + framingBytes;
    if (depth == 0) {
        m_failure = type == Reply::Type::Error ? replyError(bytes) : Error{ErrorKind::Protocol, {}, {}};
        return;
    }
    switch (m_shape.kind) {
    case RowShape::Kind::Flat:
        addCell(bytes, index % m_shape.columns == 0, m_shape.namedByFirst && index % m_shape.columns == 0);
        break;
    case RowShape::Kind::Scan:
        if (depth == 1) {
            m_cursor = parsedCursor(bytes);
        } else {
            addCell(bytes, index % m_shape.columns == 0, m_shape.namedByFirst && index % m_shape.columns == 0);
        }
        break;
    case RowShape::Kind::Entries:
        addCell(bytes, false, depth == 2);
        break;
    }
}

void RowSink::integer(int /*depth*/, std::size_t /*index*/, std::int64_t /*value*/)
{
    malformed();
}

void RowSink::nil(int /*depth*/, std::size_t /*index*/)
{
    malformed();
}

bool RowSink::isCut() const
{
    if (rowsTaken() == 0) {
        return false;
    }
    const std::size_t expected = m_shape.kind == RowShape::Kind::Entries ? m_entryCells : m_shape.columns;
    const std::size_t have = m_rows.back().size();
    return have < expected;
}

bool RowSink::closeCutEntry()
{
    if (m_shape.kind != RowShape::Kind::Entries || !isCut() || m_rows.back().empty()) {
        return false;
    }
    ValueRow& row = m_rows.back();
    do {
        row.push_back(ValueCell::placeholder(std::nullopt));
    } while (row.size() % 2 == 0); // its ID, and fields with their values
    return true;
}

void RowSink::addCell(std::string_view bytes, bool startsRow, bool isName)
{
    if (startsRow) {
        beginRow();
    }
    if (rowsTaken() == 0) {
        malformed();
        return;
    }
    if (m_test && !m_found.back() && m_test(bytes)) {
        m_found.back() = true;
    }
    const bool fits = bytes.size() <= largestCellInPage.value && bytes.size() <= m_budget.keepLeft;
    if (isName || fits || bytes.size() <= alwaysKept) {
        m_budget.keepLeft -= std::min<std::uint64_t>(bytes.size(), m_budget.keepLeft);
        m_rows.back().emplace_back(std::string(bytes));
    } else {
        m_rows.back().push_back(ValueCell::placeholder(bytes.size()));
    }
}

void RowSink::beginRow()
{
    m_rows.emplace_back();
    if (m_test) {
        m_found.push_back(false);
    }
}

void RowSink::malformed()
{
    if (!m_failure) {
        m_failure = Error{ErrorKind::Protocol, {},
            QCoreApplication::translate("ValuePage", "An answer of another shape than the command's.")};
    }
}

} // namespace keyglass
