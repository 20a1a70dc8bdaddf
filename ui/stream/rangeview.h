// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/stream/streamsource.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <string>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace keyglass::ui {

class RangeModel;

/// The entries of a stream between two times or IDs, from either end; or its newest ones, followed as they come.
///
/// Reads while it is visible only.
class RangeView : public QWidget {
    Q_OBJECT

public:
    explicit RangeView(std::shared_ptr<StreamSource> source, QWidget* parent = nullptr);

    /// Shows the newest entries of this stream, read as soon as the view is visible. Of the same stream again, what is
    /// shown is read anew, and what is followed is followed on.
    void setKey(const std::string& key);
    void clear();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    [[nodiscard]] QWidget* makeBar();
    void read();
    void toggleFollowing(bool follows);
    void showState();
    void showEntry();
    void keepEndInSight();
    [[nodiscard]] QString stateText() const;

    std::string m_key;
    QString m_problem; ///< What is wrong with the range that was typed.
    bool m_isStale = false;
    bool m_isAtEnd = true; ///< The table is scrolled to where new entries come.
    RangeModel* m_model;
    QTableView* m_table;
    QPlainTextEdit* m_entry;
    QLineEdit* m_from;
    QLineEdit* m_to;
    QCheckBox* m_newestFirst;
    QPushButton* m_follow;
    QLabel* m_state;
};

} // namespace keyglass::ui
