// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace keyglass {

/// Turns SIGINT, SIGTERM and SIGHUP into a Qt signal, so that the window closes and cleans up as usual. One per
/// process.
///
/// A second signal ends the process at once: whoever asks twice does not want to wait.
class SignalWatcher : public QObject {
    Q_OBJECT

public:
    explicit SignalWatcher(QObject* parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    void endRequested();

private:
    void readSignal();

    int m_ends[2] = {-1, -1};
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace keyglass
