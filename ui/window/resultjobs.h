// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/resultlibrary.h"

#include <QFutureWatcher>
#include <QWidget>

#include <functional>

namespace keyglass::ui {

/// The sets being saved or read and the files being written: one row each with how far it is and a way to end it.
/// Shown after a moment, so that quick work does not flicker.
class ResultJobs : public QWidget {
    Q_OBJECT

public:
    explicit ResultJobs(QWidget* parent = nullptr);

    /// Shows the work until it is done, then calls `then` with what came of it. Nothing is called where this is gone
    /// before; the work goes on.
    template <typename T>
    void follow(const ResultWork<T>& work, const QString& what, std::function<void(const Result<T>&)> then)
    {
        auto* watcher = new QFutureWatcher<Result<T>>(this);
        QWidget* row = addRow(*watcher, what, work.stop);
        connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, row, then = std::move(then)] {
            watcher->deleteLater();
            removeRow(row);
            const QFuture<Result<T>> answered = watcher->future();
            if (answered.resultCount() > 0) {
                then(*answered.constBegin());
            }
        });
        watcher->setFuture(work.answer);
    }

private:
    [[nodiscard]] QWidget* addRow(QFutureWatcherBase& watcher, const QString& what, const std::stop_source& stop);
    void removeRow(QWidget* row);
};

} // namespace keyglass::ui
