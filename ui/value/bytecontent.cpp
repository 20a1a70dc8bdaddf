// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/bytecontent.h"

#include "ui/common/whenready.h"

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::size_t mostPieces = 64; // 4 MB
constexpr std::uint64_t stepGrowth = 8;

} // namespace

ByteContent::ByteContent(std::string whole, QObject* parent)
    : QObject(parent)
    , m_size(whole.size())
    , m_beginning(std::make_shared<const std::string>(std::move(whole)))
{
}

ByteContent::ByteContent(std::shared_ptr<const std::string> whole, QObject* parent)
    : QObject(parent)
    , m_size(whole->size())
    , m_beginning(std::move(whole))
{
}

ByteContent::ByteContent(
    std::optional<std::uint64_t> size, std::string beginning, Reach reach, Loader loader, QObject* parent)
    : QObject(parent)
    , m_size(size)
    , m_beginning(std::make_shared<const std::string>(std::move(beginning)))
    , m_reach(reach)
    , m_loader(std::move(loader))
{
}

bool ByteContent::canLoadMore() const
{
    return m_loader && !isWhole() && (isPlaceholder() || m_beginning->size() < largestText);
}

void ByteContent::loadMore()
{
    if (!canLoadMore() || m_loading) {
        return;
    }
    m_pieceFailed = false;
    const std::uint64_t there = isPlaceholder() ? 0 : m_beginning->size();
    m_step = std::min(m_step * stepGrowth, largestText);
    const std::uint64_t length = isPlaceholder() ? UINT64_MAX : std::min(m_step, largestText - there);
    load(there, length, [this, there, length](std::string&& bytes) {
        if (isPlaceholder() || bytes.size() < length) {
            m_size = there + bytes.size(); // the end is where the server says it is by now
        }
        m_beginning = std::make_shared<const std::string>(there == 0 ? std::move(bytes) : *m_beginning + bytes);
        Q_EMIT grew();
    });
}

std::string_view ByteContent::window(std::uint64_t offset, std::uint64_t length)
{
    const std::string& beginning = *m_beginning;
    if (offset + length <= beginning.size() || (isWhole() && offset < beginning.size())) {
        return std::string_view(beginning).substr(offset, length);
    }
    if (m_reach != Reach::InPart || !m_loader) {
        return {};
    }
    const std::uint64_t piece = offset / pieceBytes;
    const auto found = m_pieces.find(piece);
    if (found == m_pieces.end()) {
        if (!m_loading && !m_pieceFailed) {
            loadPiece(piece);
        }
        return {};
    }
    const std::uint64_t within = offset % pieceBytes;
    return within < found->second.size() ? std::string_view(found->second).substr(within, length) : std::string_view();
}

void ByteContent::loadPiece(std::uint64_t piece)
{
    load(piece * pieceBytes, pieceBytes, [this, piece](std::string&& bytes) {
        keepPiece(piece, std::move(bytes));
        Q_EMIT pieceLoaded();
    });
}

/// Room is made by dropping what is farthest from where the user looks.
void ByteContent::keepPiece(std::uint64_t piece, std::string&& bytes)
{
    m_pieces[piece] = std::move(bytes);
    while (m_pieces.size() > mostPieces) {
        const auto first = m_pieces.begin();
        const auto last = std::prev(m_pieces.end());
        m_pieces.erase(piece - first->first > last->first - piece ? first : last);
    }
}

void ByteContent::load(std::uint64_t offset, std::uint64_t length, std::function<void(std::string&&)> take)
{
    const QFuture<Result<std::string>> future = m_loader(offset, length);
    setLoading(true);
    whenReady(this, future, [this, take = std::move(take)](const Result<std::string>& bytes) {
        m_loading = false;
        if (bytes) {
            take(std::string(*bytes));
        } else {
            m_pieceFailed = true;
            Q_EMIT failed(bytes.error());
        }
        Q_EMIT loadingChanged();
    });
}

void ByteContent::setLoading(bool loading)
{
    if (m_loading != loading) {
        m_loading = loading;
        Q_EMIT loadingChanged();
    }
}

} // namespace keyglass::ui
