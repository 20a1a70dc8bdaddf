// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/wholevalue.h"

#include "core/session/session.h"
#include "ui/common/whenready.h"

namespace keyglass::ui {

namespace {

Error tooLarge()
{
    return {ErrorKind::Limit, {},
        WholeValue::tr("It is larger than %1, up to which values are taken as a whole.").arg(sizeText(largestCopy))};
}

} // namespace

void WholeValue::read(Session& session, std::string key, QObject* owner, const Take& take)
{
    (new WholeValue(session, std::move(key), owner, take))->loadHead();
}

WholeValue::WholeValue(Session& session, std::string key, QObject* owner, Take take)
    : QObject(owner)
    , m_session(session)
    , m_key(std::move(key))
    , m_take(std::move(take))
{
}

void WholeValue::loadHead()
{
    whenReady(this, m_session.loadValueHead(m_key), [this](const Result<ValueHead>& head) {
        if (head) {
            takeHead(*head);
        } else {
            fail(head.error());
        }
    });
}

void WholeValue::takeHead(const ValueHead& head)
{
    m_value.key = m_session.nameOf(m_key).key;
    m_value.type = head.type;
    m_value.isWholeKey = true;
    m_value.expiresAt = head.expiresAt;
    m_request.key = m_key;
    m_request.type = head.type;
    m_request.maxBytes = largestCopy;
    const auto& server = m_session.server();
    m_request.fieldEnds = head.type == KeyType::Hash && server && server->mayUse(ServerFeature::HashFieldExpiry);
    if (head.type == KeyType::String && head.length.value_or(0) > largestCopy.value) {
        fail(tooLarge());
    } else if (head.type == KeyType::Json || head.type == KeyType::Other) {
        loadInOne();
    } else {
        loadPage();
    }
}

/// A document, or what belongs to a module that nothing here reads: as its dump.
void WholeValue::loadInOne()
{
    whenReady(this, m_session.loadValueSlice({m_key, m_value.type, {}}), [this](const Result<std::string>& bytes) {
        if (!bytes) {
            fail(bytes.error());
        } else if (bytes->size() > largestCopy.value) {
            fail(tooLarge());
        } else {
            m_value.rows = {{ValueCell(*bytes)}};
            finish(std::make_shared<const CopiedValue>(std::move(m_value)));
        }
    });
}

void WholeValue::loadPage()
{
    whenReady(this, m_session.loadValuePage(m_request), [this](const Result<ValuePage>& page) {
        if (page) {
            takePage(*page);
        } else {
            fail(page.error());
        }
    });
}

void WholeValue::takePage(const ValuePage& page)
{
    const bool isNumbered = page.type == KeyType::List || page.type == KeyType::SortedSet;
    std::uint64_t number = page.firstIndex;
    for (std::size_t at = 0; at < page.rows.size(); ++at) {
        const ValueRow& row = page.rows[at];
        const bool isByCursor = page.type == KeyType::Hash || page.type == KeyType::Set;
        if (isByCursor && !m_names.insert(row.front().bytes).second) {
            continue;
        }
        for (const ValueCell& cell : row) {
            m_size += cell.size.value_or(largestWholeValue.value);
        }
        if (page.type == KeyType::String && !m_value.rows.empty()) { // its slices are one cell
            m_value.rows[0][0] = ValueCell(m_value.rows[0][0].bytes + row[0].bytes);
            continue;
        }
        m_value.rows.push_back(row);
        if (page.fieldEnds && at < page.fieldEnds->ofRows.size()) {
            m_value.fieldEnds.resize(m_value.rows.size());
            m_value.fieldEnds.back() = page.fieldEnds->ofRows[at];
        }
        if (isNumbered) {
            m_value.numbers.push_back(number++);
        }
    }
    if (isTooLarge()) {
        fail(tooLarge());
        return;
    }
    if (page.hasGaps) {
        fail({ErrorKind::Limit, {}, tr("Some of its elements are too large to be read.")});
        return;
    }
    m_isComplete = page.complete;
    m_request.from = page.next;
    loadLeftOut();
}

void WholeValue::loadLeftOut()
{
    for (auto& [row, cell] = m_next; row < m_value.rows.size(); ++row, cell = 0) {
        while (cell < m_value.rows[row].size() && m_value.rows[row][cell].isWhole()) {
            ++cell;
        }
        if (cell < m_value.rows[row].size()) {
            break;
        }
    }
    if (m_next.first == m_value.rows.size()) {
        if (m_isComplete) {
            finish(std::make_shared<const CopiedValue>(std::move(m_value)));
        } else {
            loadPage();
        }
        return;
    }
    const ValueRow& row = m_value.rows[m_next.first];
    const bool isEntry = m_value.type == KeyType::Stream;
    ValueSliceRequest request{m_key, m_value.type, isEntry || m_value.type == KeyType::Hash ? row[0].bytes : "", 0};
    request.index = isEntry ? m_next.second : m_value.numbers.empty() ? 0 : m_value.numbers[m_next.first];
    whenReady(this, m_session.loadValueSlice(std::move(request)), [this](const Result<std::string>& bytes) {
        if (!bytes) {
            fail(bytes.error());
            return;
        }
        m_value.rows[m_next.first][m_next.second] = ValueCell(*bytes);
        loadLeftOut();
    });
}

void WholeValue::fail(const Error& error)
{
    finish(Error(error).about(displayText(m_session.nameOf(m_key).key)));
}

void WholeValue::finish(const Result<Whole>& value)
{
    deleteLater();
    m_take(value);
}

} // namespace keyglass::ui
