// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QDialog>

class QSpinBox;

namespace keyglass::ui {

/// Where a scan shall end before the keyspace does: keys, calls, seconds; 0 stands for "no limit".
class LimitsDialog : public QDialog {
    Q_OBJECT

public:
    explicit LimitsDialog(const ScanLimits& limits, QWidget* parent = nullptr);

    [[nodiscard]] ScanLimits limits() const;

private:
    QSpinBox* m_keys;
    QSpinBox* m_calls;
    QSpinBox* m_seconds;
};

} // namespace keyglass::ui
