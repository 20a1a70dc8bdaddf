// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/jobplan.h"
#include "core/results/keychoice.h"
#include "core/session/bulkjob.h"
#include "core/session/planfile.h"
#include "core/session/session.h"
#include "ui/bulk/jobconfirmation.h"

#include <QDialog>
#include <QPointer>

#include <functional>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QRadioButton;

namespace keyglass::ui {

class JobWays;
class OperationFields;
class PreviewPane;

/// Keys that a job can be meant for.
struct JobScope {
    QString text{};                    ///< "All that begin with session:, also those to come"
    KeyQuery keys{};                   ///< Where `choice` is not given.
    std::optional<KeyChoice> choice{}; ///< These, as of now.
    KeyChoice shown{}; ///< What the list has of them: for the sample and, where that is exact, the number.
    QString gap{};     ///< Why there can be more than that; empty: it is exact.
    /// Brings `shown` and `gap` up to date, as the list of a scan that runs grows; null: they stand.
    std::function<void(JobScope&)> renew{};
};

/// A job before it is run: which keys, what is done to them, what is known about it, and the user's yes.
///
/// Asks as much as the job can break: a click, the number typed where it is thousands or can't be undone, the
/// name of each
/// production connection that it writes to. The default button never destroys. Lives on the GUI thread; its job belongs
/// to the session.
class JobDialog : public QDialog {
    Q_OBJECT

public:
    /// `fields` is taken over; `scopes` is not empty, the first one is chosen.
    JobDialog(
        Session& session, const QString& title, OperationFields* fields, std::vector<JobScope> scopes, QWidget* parent);
    ~JobDialog() override;

    /// What the user types before anything is written to this production connection.
    [[nodiscard]] static JobConfirmation::Question productionQuestion(const Profile& own);

    /// How a kept plan says that it is run.
    void setPlan(const JobPlan& kept);

protected:
    /// Return in a field goes on to the button that begins; it does not cancel.
    void keyPressEvent(QKeyEvent* event) override;

Q_SIGNALS:
    /// The job runs.
    void begun(keyglass::BulkJob* job);

private:
    [[nodiscard]] QWidget* makeScopes();
    [[nodiscard]] const JobScope& scope() const;
    [[nodiscard]] std::optional<std::uint64_t> keyCount() const;
    /// The same without those that the preview says are left alone.
    [[nodiscard]] std::optional<std::uint64_t> changeCount() const;
    [[nodiscard]] Result<JobPlan> plan() const;
    [[nodiscard]] Result<PlacedPlan> placedPlan() const;
    /// What the preview has found; null: there is none, or none yet.
    [[nodiscard]] const BulkRun::Previewed* previewed() const;
    /// Why it can't begin yet; empty: it can.
    [[nodiscard]] QString whyNot() const;
    /// What has to be typed; none: a click will do.
    [[nodiscard]] std::vector<JobConfirmation::Question> questions() const;
    [[nodiscard]] QString unseenText() const;
    void planChanged();
    void followList();
    void check();
    void look();
    void showPreview();
    void dropJob();
    void begin();
    void askPlanFile();
    void savePlanTo(const QString& file);
    void say(const QString& text);

    Session& m_session;
    OperationFields* m_fields;
    std::vector<JobScope> m_scopes;
    std::vector<QRadioButton*> m_scopeButtons;
    PreviewPane* m_preview = nullptr;
    QLabel* m_commands = nullptr;
    JobWays* m_ways = nullptr;
    JobConfirmation* m_confirmation = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_begin = nullptr;
    QPushButton* m_save = nullptr;
    QPushButton* m_cancel = nullptr;
    QPointer<BulkJob> m_job; ///< That looks the keys through; the session's.
};

} // namespace keyglass::ui
