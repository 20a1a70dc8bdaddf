// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/streamgroups.h"
#include "ui/stream/streamsource.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QTableView;

namespace keyglass::ui {

class ConsumerModel;
class GroupModel;
class PendingModel;

/// The consumer groups of a stream: the groups, and of the current one its consumers and pending entries.
///
/// Reads while it is visible only. What the user wants done is told by signals.
class GroupsView : public QWidget {
    Q_OBJECT

public:
    explicit GroupsView(std::shared_ptr<StreamSource> source, QWidget* parent = nullptr);

    /// Shows the groups of this stream, read (again) as soon as the view is visible. The current group stays.
    void setKey(const std::string& key);
    void clear();
    void reload();
    /// Whether what changes something is offered.
    void setWritable(bool writable);

    /// The current group; nothing: none.
    [[nodiscard]] std::optional<StreamGroup> group() const;
    [[nodiscard]] std::vector<std::string> consumerNames() const;
    /// The IDs of the selected pending entries, in their order.
    [[nodiscard]] std::vector<PendingEntry> selectedEntries() const;
    /// What the list of pending entries is narrowed to.
    [[nodiscard]] Milliseconds minIdle() const;

Q_SIGNALS:
    void createWanted();
    void destroyWanted();
    void moveWanted();
    void acknowledgeWanted();
    void claimWanted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QWidget* makeGroupBar();
    [[nodiscard]] QWidget* makePendingBar();
    [[nodiscard]] QPushButton* button(const QString& text, void (GroupsView::*signal)());
    void wire();
    void takeGroups(const Result<std::vector<StreamGroup>>& groups);
    void takeConsumers(const Result<std::vector<StreamConsumer>>& consumers);
    void groupChanged();
    void loadPending();
    void showState();
    void updateButtons();
    [[nodiscard]] QString pendingText() const;

    const std::shared_ptr<StreamSource> m_source;
    std::string m_key;
    std::string m_groupName; ///< The current one, also while it is read again.
    bool m_isStale = false;
    bool m_isWritable = false;
    bool m_isTaking = false;        ///< Groups are being taken: what changes on the way is no choice of the user's.
    std::uint64_t m_generation = 0; ///< Answers to earlier questions are dropped.
    std::optional<Error> m_error;   ///< Of the groups.
    std::optional<Error> m_consumerError;
    GroupModel* m_groups;
    ConsumerModel* m_consumers;
    PendingModel* m_pending;
    QTableView* m_groupTable;
    QTableView* m_consumerTable;
    QTableView* m_pendingTable;
    QLabel* m_state;
    QLabel* m_pendingState;
    QComboBox* m_consumer;
    QSpinBox* m_minIdle;
    QPushButton* m_create = nullptr;
    QPushButton* m_destroy = nullptr;
    QPushButton* m_move = nullptr;
    QPushButton* m_reload = nullptr;
    QPushButton* m_acknowledge = nullptr;
    QPushButton* m_claim = nullptr;
};

} // namespace keyglass::ui
