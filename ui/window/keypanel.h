// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/folderrange.h"
#include "core/session/session.h"
#include "ui/window/pagestates.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <string>

class QStackedWidget;

namespace keyglass {
class Settings;
}

namespace keyglass::ui {

class FilterBar;
class KeyTreeView;
class NoticeBar;
class StatePage;

/// The left side of a session: which server and database, which keys are asked for, and the tree of what came; in the
/// tree's place, while it would be empty, why.
class KeyPanel : public QWidget {
    Q_OBJECT

public:
    KeyPanel(Session& session, Settings& settings, QWidget* parent = nullptr);
    ~KeyPanel() override;

    [[nodiscard]] FilterBar& filters() { return *m_filters; }
    [[nodiscard]] KeyTreeView& tree() { return *m_tree; }
    /// False while a page stands in the tree's place.
    [[nodiscard]] bool showsTree() const;
    [[nodiscard]] QString separator() const { return m_separator; }
    /// One or several characters; empty: a flat list. Applies at once.
    void setSeparator(const QString& separator);
    /// The limit of the last scan once more.
    void loadMore();
    /// On without a limit.
    void loadAll();
    void saveLayout() const;
    /// What the tree shows of the keys that are to be shown; null: all. Applies at once.
    using Fold = std::function<std::shared_ptr<const Snapshot>(
        const std::shared_ptr<const Snapshot>& keys, const TreeOptions& options)>;
    void setFold(Fold fold);

private:
    void wire();
    void applySettings();
    void showSnapshot();
    void refresh();
    void showNotice();
    void take(PageState::Offer offer);
    void wishDetails(const std::vector<std::string>& keys);

    Session& m_session;
    Settings& m_settings;
    QString m_separator;
    FilterBar* m_filters;
    KeyTreeView* m_tree;
    StatePage* m_state;
    QStackedWidget* m_stack;
    NoticeBar* m_notice;
    Fold m_fold;
};

} // namespace keyglass::ui
