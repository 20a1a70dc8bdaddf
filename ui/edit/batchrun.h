// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/batchedit.h"
#include "core/session/session.h"

#include <QObject>

#include <cstddef>
#include <memory>
#include <vector>

namespace keyglass::ui {

/// Carries out edits one after the other, and counts what came of them, in rows. Ends at the first that can't be
/// carried out at all (no connection, read-only, to be confirmed); one that meets a conflict hinders no other.
class BatchRun : public QObject {
    Q_OBJECT

public:
    struct Trouble {
        KeyEdit edit;
        EditOutcome outcome; ///< Of a trouble, not Done.
    };

    /// `rows`: that all of the plan's edits change.
    BatchRun(Session& session, std::shared_ptr<const BatchPlan> plan, std::size_t rows,
        std::vector<std::string> confirmed, QObject* parent);

    void start();
    /// After the edit that is under way.
    void cancel();
    [[nodiscard]] std::size_t total() const { return m_total; }
    [[nodiscard]] std::size_t done() const { return m_done; }
    [[nodiscard]] const std::vector<Trouble>& troubles() const { return m_troubles; }
    /// Rows that are done, and of which there is something to tell: others have changed when a field ends.
    [[nodiscard]] const std::vector<Trouble>& notes() const { return m_notes; }
    /// Somebody else has changed when the key ends; that was kept.
    [[nodiscard]] bool isExpiryChanged() const { return m_isExpiryChanged; }
    /// With its last row the key is gone.
    [[nodiscard]] bool keyVanished() const { return m_keyVanished; }
    /// Why it ended before its last edit; Cancelled included.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    /// Rows that were not begun.
    [[nodiscard]] std::size_t notBegun() const { return m_total - m_begun; }

Q_SIGNALS:
    void progressed();
    void ended();

private:
    void sendNext();
    void take(const Result<EditOutcome>& outcome);

    Session& m_session;
    const std::shared_ptr<const BatchPlan> m_plan;
    const std::vector<std::string> m_confirmed;
    const std::size_t m_total;
    std::size_t m_next = 0; ///< Of the edits.
    std::size_t m_begun = 0;
    std::size_t m_done = 0;
    std::vector<Trouble> m_troubles;
    std::vector<Trouble> m_notes;
    bool m_isExpiryChanged = false;
    std::optional<Error> m_error;
    bool m_keyVanished = false;
    bool m_isCancelled = false;
};

} // namespace keyglass::ui
