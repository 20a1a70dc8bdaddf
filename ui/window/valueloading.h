// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/loglevel.h"
#include "core/edit/keyedit.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>

class QWidget;

namespace keyglass {
class Session;
}

namespace keyglass::ui {

class CellSaver;
class InlineEdits;
class ValuePane;
struct ShownCell;

/// Files as values: a short one into the editor, to be looked at and saved there; a long one, once the user has said
/// so, in one guarded edit.
class ValueLoading : public QObject {
    Q_OBJECT

public:
    ValueLoading(Session& session, InlineEdits& edits, QWidget* page);

    /// Files that are dropped onto the pane are loaded.
    void attach(ValuePane& pane);
    void askFile(ValuePane& pane);
    /// Into the cell that is shown.
    void load(ValuePane& pane, const QString& path);

Q_SIGNALS:
    void edited(const keyglass::KeyEdit& edit, const keyglass::EditOutcome& outcome);
    void said(keyglass::LogLevel level, const QString& text);

private:
    using Bytes = std::shared_ptr<const std::string>;

    void take(ValuePane& pane, const QString& path, const Bytes& bytes);
    void askReplacing(ValuePane& pane, const QString& path, const Bytes& bytes);
    void replace(const ShownCell& shown, const Bytes& bytes);
    void send(const ShownCell& shown, std::string stored);
    void warn(const QString& text) { Q_EMIT said(LogLevel::Warning, text); }

    Session& m_session;
    InlineEdits& m_edits;
    QWidget* m_page;
    CellSaver* m_saver;
};

} // namespace keyglass::ui
