// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/value/formatters/valueformat.h"

#include <QFuture>
#include <QObject>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass::ui {

/// Bytes that are shown, there as a whole or fetched as they are wanted: the value of a string, or one cell of a
/// collection.
///
/// Holds a beginning without gaps, which text and JSON are made of, and a few pieces from anywhere, which the hex view
/// is made of. Asks for one thing at a time; what nobody looks at any more is not asked for.
class ByteContent : public QObject {
    Q_OBJECT

public:
    using Loader = std::function<QFuture<Result<std::string>>(std::uint64_t offset, std::uint64_t length)>;
    enum class Reach {
        InPart,    ///< The loader can read from any offset.
        WholeOnly, ///< The loader reads all of it or nothing.
    };
    /// Text and JSON are shown of at most this much; the hex view goes everywhere.
    static constexpr std::uint64_t largestText = 16ULL * 1024 * 1024;
    static constexpr std::uint64_t pieceBytes = 64ULL * 1024;

    explicit ByteContent(std::string whole, QObject* parent = nullptr);
    explicit ByteContent(std::shared_ptr<const std::string> whole, QObject* parent = nullptr);
    /// `size`: nothing where it is not known.
    ByteContent(std::optional<std::uint64_t> size, std::string beginning, Reach reach, Loader loader,
        QObject* parent = nullptr);

    [[nodiscard]] std::optional<std::uint64_t> size() const { return m_size; }
    /// What is there from offset 0 on. Shared so that a worker may read it while more comes in.
    [[nodiscard]] const std::shared_ptr<const std::string>& beginning() const { return m_beginning; }
    [[nodiscard]] TextEnd textEnd() const { return isWhole() ? TextEnd::Whole : TextEnd::MoreFollows; }
    [[nodiscard]] bool isWhole() const { return m_size && *m_size == m_beginning->size(); }
    /// Nothing is there, and one click gets all of it: a cell that was left out of its page.
    [[nodiscard]] bool isPlaceholder() const { return m_reach == Reach::WholeOnly && !isWhole(); }
    /// Read from a string, any part of it by itself.
    [[nodiscard]] bool isInPart() const { return m_reach == Reach::InPart && m_loader; }
    [[nodiscard]] bool canLoadMore() const;
    [[nodiscard]] bool isLoading() const { return m_loading; }
    /// Lengthens the beginning, each time by more; a placeholder becomes whole. grew() or failed() follows.
    void loadMore();

    /// The bytes at `offset`, at most `length`, as far as they are there in one piece; empty if not. Asks for them
    /// then, if nothing else is under way: pieceLoaded() follows, at which whoever paints asks again for what it shows
    /// by then.
    [[nodiscard]] std::string_view window(std::uint64_t offset, std::uint64_t length);

Q_SIGNALS:
    void grew();
    void pieceLoaded();
    void loadingChanged();
    void failed(const keyglass::Error& error);

private:
    void load(std::uint64_t offset, std::uint64_t length, std::function<void(std::string&&)> take);
    void setLoading(bool loading);
    void loadPiece(std::uint64_t piece);
    void keepPiece(std::uint64_t piece, std::string&& bytes);

    std::optional<std::uint64_t> m_size;
    std::shared_ptr<const std::string> m_beginning;
    Reach m_reach = Reach::InPart;
    Loader m_loader;
    std::map<std::uint64_t, std::string> m_pieces; ///< By number: pieceBytes each.
    std::uint64_t m_step = pieceBytes;
    bool m_loading = false;
    bool m_pieceFailed = false; ///< Painting must not ask again and again for what can't be had.
};

} // namespace keyglass::ui
