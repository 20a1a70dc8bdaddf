// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/keychoice.h"
#include "core/session/bulkjob.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTabWidget;
class QTableWidget;

namespace keyglass::ui {

class BarChart;
class KeyChoiceModel;

/// What is known of a job's keys before it runs: the facts in words, their times to live as a chart, the keys
/// themselves, and those that the job will leave alone or can't bring back, with why.
class PreviewPane : public QWidget {
    Q_OBJECT

public:
    explicit PreviewPane(QWidget* parent = nullptr);

    /// The keys that the list has of them. `hasRoots`: behind the roots of their databases (keyroot.h).
    void showKeys(const KeyChoice& keys, bool hasRoots);
    /// Words only; there is no preview, or not yet.
    void showText(const QString& text);
    void showPreview(const QString& text, const JobPreview& preview);
    /// The button that looks, or ends a look.
    void showLooking(bool isLooking, bool mayLook);

Q_SIGNALS:
    void lookClicked();

private:
    void showSample(const JobPreview& preview);
    void showNewNames(const JobPreview& preview);
    void showLeftAlone(const JobPreview& preview);

    QLabel* m_facts;
    QPushButton* m_look;
    BarChart* m_chart;
    KeyChoiceModel* m_keys;
    QTabWidget* m_tabs;
    QTableWidget* m_leftAlone;
    QTableWidget* m_newNames; ///< Of a rename: of some of the keys.
};

} // namespace keyglass::ui
