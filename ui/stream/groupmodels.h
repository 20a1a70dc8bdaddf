// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/streamgroups.h"
#include "ui/stream/streamsource.h"
#include "ui/stream/texttable.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keyglass::ui {

/// The groups of a stream.
class GroupModel : public TextTable {
    Q_OBJECT

public:
    explicit GroupModel(QObject* parent = nullptr);
    void setGroups(std::vector<StreamGroup> groups);
    [[nodiscard]] const StreamGroup& group(int row) const { return m_groups[static_cast<std::size_t>(row)]; }
    /// -1: none of that name.
    [[nodiscard]] int rowOf(const std::string& name) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;

protected:
    [[nodiscard]] QString text(int row, int column) const override;
    [[nodiscard]] QString toolTip(int row, int column) const override;

private:
    std::vector<StreamGroup> m_groups;
};

/// The consumers of a group.
class ConsumerModel : public TextTable {
    Q_OBJECT

public:
    explicit ConsumerModel(QObject* parent = nullptr);
    void setConsumers(std::vector<StreamConsumer> consumers);
    [[nodiscard]] const std::vector<StreamConsumer>& consumers() const { return m_consumers; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;

protected:
    [[nodiscard]] QString text(int row, int column) const override;
    [[nodiscard]] QString toolTip(int row, int column) const override;

private:
    std::vector<StreamConsumer> m_consumers;
};

/// The pending entries of a group, read page by page as the view scrolls to them.
class PendingModel : public TextTable {
    Q_OBJECT

public:
    static constexpr std::size_t mostEntries = 200'000; ///< Kept at most; then isFull() says so.

    explicit PendingModel(std::shared_ptr<StreamSource> source, QObject* parent = nullptr);
    /// Starts anew; what is shown stays until the first page is there.
    void open(PendingRequest request);
    void clear();
    [[nodiscard]] const PendingEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    [[nodiscard]] bool isFull() const { return m_entries.size() >= mostEntries; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    /// Something about loading is another than before.
    void stateChanged();

protected:
    [[nodiscard]] QString text(int row, int column) const override;
    [[nodiscard]] QString toolTip(int row, int column) const override;

private:
    void load();
    void take(const Result<PendingPage>& page);
    void takePage(const PendingPage& page);

    const std::shared_ptr<StreamSource> m_source;
    PendingRequest m_request;
    std::vector<PendingEntry> m_entries;
    std::optional<Error> m_error;
    std::uint64_t m_generation = 0; ///< Answers to an earlier question are dropped.
    bool m_isFirst = false;
    bool m_isLoading = false;
    bool m_isComplete = true;
};

/// "2024-05-01 14:03:09" for an ID that the server has made of its clock; empty for another.
[[nodiscard]] QString entryTimeText(const std::string& id);

} // namespace keyglass::ui
