// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/elementsorting.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <stop_token>

namespace keyglass::ui {

/// Sorts on the pool's threads, one order at a time: another start(), stop() and the end of this object end what runs,
/// and drop what comes of it.
class SortRun : public QObject {
    Q_OBJECT

public:
    explicit SortRun(QObject* parent = nullptr);
    ~SortRun() override;

    /// finished() follows, or nothing where it is stopped before.
    void start(SortWork work);
    void stop();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] int percent() const { return m_percent; }

Q_SIGNALS:
    void progressed();
    void finished(const std::shared_ptr<const keyglass::ui::RowOrder>& order);

private:
    std::stop_source m_stop;
    std::uint64_t m_generation = 0;
    bool m_isRunning = false;
    int m_percent = 0;
};

} // namespace keyglass::ui
