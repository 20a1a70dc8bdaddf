// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/columns/columnorder.h"
#include "core/session/session.h"
#include "core/session/worktasks.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <optional>

namespace keyglass::ui {

/// Sorts the keys of a table by a column that has to be read for all of them: measures what that takes, waits for the
/// user's yes where it is more than a moment, and reads and sorts as work that can be ended.
///
/// Lives on the GUI thread. One sort at a time: a new one ends the one before.
class KeyTableSorter : public QObject {
    Q_OBJECT

public:
    enum class State {
        Idle,
        Measuring,
        Asking, ///< cost() tells what it takes; begin() or cancel().
        Sorting,
        Failed, ///< failure() tells why.
    };
    /// Scopes up to this many keys are sorted without a question.
    static constexpr std::uint64_t unasked = 10'000;

    explicit KeyTableSorter(Session& session, QObject* parent = nullptr);
    ~KeyTableSorter() override;

    void sort(const ColumnScope& scope, SortColumn column, SortDirection direction);
    /// The user's yes.
    void begin();
    /// Ends what runs, or takes back the question.
    void cancel();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] SortColumn column() const { return m_column; }
    [[nodiscard]] const SortCost& cost() const { return m_cost; }
    [[nodiscard]] const Error& failure() const { return m_failure; }
    /// 0 to 1.
    [[nodiscard]] double progress() const { return m_progress; }
    /// By what is done; nothing in the first moments.
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeLeft() const;

Q_SIGNALS:
    void changed();
    void sorted(const std::shared_ptr<const keyglass::ColumnOrder>& order, keyglass::SortDirection direction);

private:
    void setState(State state);
    void fail(const Error& why);
    void tookCost(const Result<SortCost>& cost);
    void tookOrder(const Result<std::shared_ptr<const ColumnOrder>>& order);
    void stopWork();

    Session& m_session;
    State m_state = State::Idle;
    ColumnScope m_scope;
    SortColumn m_column = SortColumn::Name;
    SortDirection m_direction = SortDirection::Ascending;
    SortCost m_cost;
    Error m_failure;
    double m_progress = 0;
    QElapsedTimer m_since;
    std::stop_source m_stop{std::nostopstate};
    std::uint64_t m_generation = 0; ///< Answers of an earlier sort are dropped.
};

} // namespace keyglass::ui
