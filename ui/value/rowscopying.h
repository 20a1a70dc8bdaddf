// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/loglevel.h"
#include "core/session/rowscopy.h"
#include "core/session/worktasks.h"
#include "ui/common/noticebar.h"

#include <QString>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <optional>

namespace keyglass::ui {

/// Rows of a table as text on the clipboard, or in a file where that would be too much for it: made on a thread of its
/// own, with its progress and the way to end it in a line of its own. One at a time: a new copy ends the one before.
class RowsCopying : public NoticeBar {
    Q_OBJECT

public:
    /// What the clipboard is given; other programs hold it several times over.
    static constexpr ByteCount mostOnClipboard{64ULL * 1024 * 1024};

    explicit RowsCopying(QWidget* parent = nullptr);
    ~RowsCopying() override;

    void copy(RowsToCopy rows, CopyForm form);
    /// Of what copy() was given last.
    void save(const QString& path);

Q_SIGNALS:
    /// One sentence: how many rows were copied, or why none were.
    void said(keyglass::LogLevel level, const QString& text);

private:
    /// What was made: the text, where it is not in a file.
    struct Made {
        QString text;
        std::uint64_t bytes = 0;
    };
    using Make =
        std::function<Result<Made>(const RowsToCopy& rows, const std::stop_token&, const WorkTasks::Progress&)>;

    void run(Make make, const std::function<void(const Made& made)>& done);
    void sayProgress(int thousandths);
    void failed(const Error& error);
    void askFile();
    void close();
    void giveBack();
    [[nodiscard]] QString rowsText() const;

    std::optional<RowsToCopy> m_rows; ///< Until they are copied, or nobody wants them any more.
    CopyForm m_form = CopyForm::Text;
    ResultWork<Made> m_work;
    std::uint64_t m_generation = 0; ///< Of run(): what an earlier one brings is dropped.
    int m_progress = 0;
    QTimer m_shownSoon; ///< Progress is shown only where it takes its time.
    WorkTasks m_tasks;  // last: ended first
};

} // namespace keyglass::ui
