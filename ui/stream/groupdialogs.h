// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/streamgroups.h"
#include "ui/edit/editdialog.h"
#include "ui/edit/keydialogs.h"

#include <string>
#include <vector>

class QComboBox;
class QSpinBox;

namespace keyglass::ui {

class BytesField;

/// Behind which entry a group goes on.
class GroupPlaceField : public QWidget {
    Q_OBJECT

public:
    explicit GroupPlaceField(QWidget* parent = nullptr);
    /// "$", "0" or the ID that was typed.
    [[nodiscard]] Result<std::string> place() const;
    void setId(const std::string& id);

Q_SIGNALS:
    void changed();

private:
    QComboBox* m_kind;
    BytesField* m_id;
};

/// A new consumer group.
class CreateGroupDialog : public EditDialog {
    Q_OBJECT

public:
    CreateGroupDialog(Session& session, SeenKey seen, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

private:
    const SeenKey m_seen;
    BytesField* m_name;
    GroupPlaceField* m_place;
};

/// A group goes on behind another entry.
class MoveGroupDialog : public EditDialog {
    Q_OBJECT

public:
    MoveGroupDialog(Session& session, SeenKey seen, StreamGroup group, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

protected:
    void refused(const EditOutcome& outcome) override;

private:
    const SeenKey m_seen;
    StreamGroup m_group;
    GroupPlaceField* m_place;
};

/// A group goes, with its consumers and what is pending. Asks once.
class DestroyGroupDialog : public EditDialog {
    Q_OBJECT

public:
    DestroyGroupDialog(Session& session, SeenKey seen, const StreamGroup& group, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

private:
    const SeenKey m_seen;
    const std::string m_group;
};

/// Entries are no longer pending. Asks once, as it can't be undone.
class AcknowledgeDialog : public EditDialog {
    Q_OBJECT

public:
    AcknowledgeDialog(
        Session& session, SeenKey seen, std::string group, std::vector<PendingEntry> entries, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

private:
    const SeenKey m_seen;
    const std::string m_group;
    const std::vector<PendingEntry> m_entries;
};

/// What is claimed, and how the question begins.
struct ClaimQuestion {
    std::string group;
    std::vector<PendingEntry> entries;  ///< Selected; empty: only all that are idle can be meant.
    std::vector<std::string> consumers; ///< To choose from.
    Milliseconds minIdle{0};
};

/// Pending entries become another consumer's: those selected, or all that have been idle for long enough.
class ClaimDialog : public EditDialog {
    Q_OBJECT

public:
    ClaimDialog(Session& session, SeenKey seen, ClaimQuestion question, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

private:
    const SeenKey m_seen;
    const ClaimQuestion m_question;
    QComboBox* m_which;
    QComboBox* m_consumer;
    QSpinBox* m_minIdle;
};

} // namespace keyglass::ui
