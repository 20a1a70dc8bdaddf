// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/redis/serverfacts.h"

#include <QDialog>

#include <vector>

class QListWidget;
class QPushButton;

namespace keyglass::ui {

/// Which databases of a server to open at once, each as a root of the tree.
class DatabasesDialog : public QDialog {
    Q_OBJECT

public:
    /// `open`: those that are open now. Where only one is, those with keys are chosen to begin with.
    DatabasesDialog(const std::vector<DatabaseKeys>& known, const std::vector<int>& open, QWidget* parent = nullptr);

    /// In the order of their numbers.
    [[nodiscard]] std::vector<int> chosen() const;

private:
    void choose(bool all);
    void update();

    QListWidget* m_list;
    QPushButton* m_show;
};

} // namespace keyglass::ui
