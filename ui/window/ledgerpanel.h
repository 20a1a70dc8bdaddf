// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QTableView>

namespace keyglass::ui {

class LedgerModel;

/// The ledger of a scan as a table above the strip: as high as its nodes, up to a few, and scrolled beyond.
class LedgerPanel : public QTableView {
    Q_OBJECT

public:
    explicit LedgerPanel(Session& session, QWidget* parent = nullptr);

private:
    void fit();
    void showMenu(const QPoint& at);

    Session& m_session;
    LedgerModel* m_model;
};

} // namespace keyglass::ui
