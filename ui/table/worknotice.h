// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/worktasks.h"

#include <QFutureWatcher>
#include <QObject>
#include <QString>

#include <functional>
#include <stop_token>

namespace keyglass::ui {

class NoticeBar;

/// Shows a piece of work in a notice bar: what it does, how far it is, and how to end it. One at a time.
class WorkNotice : public QObject {
    Q_OBJECT

public:
    WorkNotice(NoticeBar& bar, QObject* parent);
    ~WorkNotice() override; ///< Ends what runs.

    [[nodiscard]] bool isWorking() const { return m_isWorking; }
    /// `then` is called once it is done; the bar is hidden by then.
    template <typename T>
    void follow(const ResultWork<T>& work, const QString& what, std::function<void(const Result<T>&)> then)
    {
        auto* watcher = new QFutureWatcher<Result<T>>(this);
        begin(*watcher, what, work.stop);
        connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, then = std::move(then)] {
            watcher->deleteLater();
            end();
            const QFuture<Result<T>> answered = watcher->future();
            if (answered.resultCount() > 0) {
                then(*answered.constBegin());
            }
        });
        watcher->setFuture(work.answer);
    }

Q_SIGNALS:
    void changed();

private:
    void begin(QFutureWatcherBase& watcher, const QString& what, const std::stop_source& stop);
    void show(const QString& text);
    void end();

    NoticeBar& m_bar;
    std::stop_source m_stop{std::nostopstate};
    bool m_isWorking = false;
};

} // namespace keyglass::ui
