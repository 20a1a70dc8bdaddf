// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/streamrange.h"
#include "ui/stream/streamsource.h"
#include "ui/stream/texttable.h"

#include <QTimer>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace keyglass::ui {

/// Entries of a stream from one ID to another, read page by page; or its newest ones, followed as they come.
class RangeModel : public TextTable {
    Q_OBJECT

public:
    static constexpr std::size_t mostFollowed = 10'000;             ///< Entries kept while following; older ones go.
    static constexpr std::size_t firstFollowed = 100;               ///< What following begins with.
    static constexpr std::uint64_t mostBytes = 64ULL * 1024 * 1024; ///< Of content; then isFull(), or older ones go.

    explicit RangeModel(std::shared_ptr<StreamSource> source, QObject* parent = nullptr);

    /// Starts anew; what is shown stays until the first page is there. Ends following.
    void open(StreamRangeRequest request);
    /// Starts anew with the newest entries, then looks for more at an interval while it may (setActive()).
    void follow(const std::string& key, bool newestFirst);
    /// Stops following; what is shown stays.
    void stopFollowing();
    /// Whether following goes on, as while nobody looks it does not.
    void setActive(bool active);
    void clear();

    [[nodiscard]] const ValueRow& cells(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    [[nodiscard]] bool isFull() const { return m_bytes >= mostBytes; }
    /// How many entries went because newer ones came.
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void stateChanged();

protected:
    [[nodiscard]] QString text(int row, int column) const override;

private:
    void load();
    void take(const Result<StreamRange>& range);
    void takePage(const StreamRange& range);
    void takeFirst(std::vector<ValueRow>&& rows);
    void append(std::vector<ValueRow>&& rows);
    void prepend(std::vector<ValueRow>&& rows);
    void dropOldest();
    void beginFollowing(const StreamRange& range);
    void lookForMore();
    void start(StreamRangeRequest request);

    const std::shared_ptr<StreamSource> m_source;
    StreamRangeRequest m_request;
    std::deque<ValueRow> m_rows;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_dropped = 0;
    std::optional<Error> m_error;
    std::uint64_t m_generation = 0; ///< Answers to earlier questions are dropped.
    bool m_isFirst = false;
    bool m_isLoading = false;
    bool m_isComplete = true;
    bool m_isFollowing = false;
    bool m_isActive = true;
    bool m_isNewestFirst = false; ///< How it is shown while following.
    bool m_isLast = false;        ///< The newest entry has the greatest ID there is: no other can follow.
    QTimer m_timer;               ///< To the next look, while following.
};

} // namespace keyglass::ui
