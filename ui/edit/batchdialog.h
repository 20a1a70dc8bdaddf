// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/batchedit.h"
#include "ui/edit/batchrun.h"
#include "ui/edit/batchwording.h"
#include "ui/edit/keydialogs.h"

#include <QDialog>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace keyglass::ui {

/// Changes or deletes several rows of a value: shows what will become of each, carries it out, each row guarded by what
/// was seen of it, and says which could not be done.
class BatchDialog : public QDialog {
    Q_OBJECT

public:
    enum class Begin { Delete, Change };
    /// The rows as they are on screen, at least one.
    struct Rows {
        std::size_t count = 0;
        bool areFew = true; ///< Few enough for the window's own thread; else all work on them is done on the pool.
        std::function<std::vector<SeenRow>()> read; ///< Called once, and let go right after.
    };
    BatchDialog(Session& session, SeenKey key, Rows rows, Begin begin, QWidget* parent);

    /// What the fields say.
    [[nodiscard]] BatchAction action() const;
    void reject() override; ///< While it runs: cancels.

Q_SIGNALS:
    /// Something was written; `keyVanished`: with its last row the key is gone.
    void written(bool keyVanished);

private:
    enum class Kind { Set, Replace, Add, Delete };

    void addFields();
    void addKind(const QString& text, Kind kind, const BatchAction& example);
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool isWritten() const;
    void showFields();
    using SeenRows = std::shared_ptr<const std::vector<SeenRow>>;
    using Plan = std::shared_ptr<const PlannedRows>;

    void readRows();
    void plan();
    void take(const Result<Plan>& planned);
    void showSample();
    void showPlan(const QString& problem);
    void run();
    void showProgress();
    void ended();
    void askConfirmation();

    Session& m_session;
    const SeenKey m_key;
    Rows m_given;
    SeenRows m_rows;     ///< Null until they are read.
    QString m_whyNoRows; ///< What is told until then.
    Plan m_plan;         ///< Never null; of no rows where it is not planned.
    bool m_isPlanned = false;
    bool m_isPlanning = false;      ///< On the pool: one at a time, each takes as much memory as the rows.
    std::uint64_t m_generation = 0; ///< Of plans: late ones are dropped.
    BatchRun* m_run = nullptr;      ///< Null before it is started, and after it has ended.
    QFormLayout* m_form;
    QComboBox* m_kind;
    QLineEdit* m_find;
    QLineEdit* m_text;
    QCheckBox* m_regex;
    QCheckBox* m_empty; ///< "Set to" means to nothing.
    QTableWidget* m_sample;
    QLabel* m_about;
    QLabel* m_confirmText;
    QLineEdit* m_confirm;
    QProgressBar* m_progress;
    QPushButton* m_button;
    QPushButton* m_cancel;
};

} // namespace keyglass::ui
