// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QComboBox;
class QMenu;
class QToolButton;

namespace keyglass::ui {

class FindField;
class PatternField;
class PredicatePopup;

/// Says which keys the tree shows: the pattern, type and conditions sent to the server, with start, pause and stop
/// beside them, and the find field for what is loaded already.
class FilterBar : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(Session& session, QWidget* parent = nullptr);
    ~FilterBar() override;

    [[nodiscard]] PatternField& pattern() { return *m_pattern; }
    [[nodiscard]] FindField& find() { return *m_find; }
    /// How much of the server's time the next scans take.
    void setPace(ScanPace pace) { m_pace = pace; }

    /// Starts a scan for what the fields say; while paused, with unchanged fields, goes on.
    void start();
    /// Starts anew for what the fields say, whatever runs.
    void rescan();
    void pause();
    void stop();
    /// Shows all keys again: clears pattern and type, and scans.
    void clearPattern();
    void askLimits();
    void offerKeys();

Q_SIGNALS:
    /// A scan for this text has been started.
    void patternUsed(const QString& text);

private:
    void addTypes();
    [[nodiscard]] QMenu* moreMenu();
    [[nodiscard]] std::optional<ScanRequest> request() const;
    void scan(bool useKeysCommand);
    void showConditions();
    void dropConditions();
    void showState();

    Session& m_session;
    PatternField* m_pattern;
    FindField* m_find;
    QComboBox* m_type;
    QToolButton* m_start;
    QToolButton* m_pause;
    QToolButton* m_stop;
    QToolButton* m_more;
    QToolButton* m_filters;
    QToolButton* m_chip;              ///< The conditions of the last scan; a click drops them.
    QPointer<PredicatePopup> m_popup; ///< Once shown, a child of the window.
    ScanLimits m_limits;
    ScanPace m_pace = ScanPace::Full;
};

} // namespace keyglass::ui
