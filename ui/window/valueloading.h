// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/loglevel.h"
#include "core/edit/keyedit.h"

#include <QHash>
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
class FileLoading;
class InlineEdits;
class ValuePane;
struct ShownCell;

/// Files as values: a short one into the editor, to be looked at and saved there; a long one, once the user has said
/// so, in its place: into a string piece by piece, of any size, into an element in one guarded edit.
class ValueLoading : public QObject {
    Q_OBJECT

public:
    ValueLoading(Session& session, InlineEdits& edits, QWidget* page);

    /// Files that are dropped onto the pane are loaded; below it stands how far that is.
    void attach(ValuePane& pane);
    void askFile(ValuePane& pane);
    /// Into the cell that is shown.
    void load(ValuePane& pane, const QString& path);
    /// Goes on where nothing is being loaded in this pane, or the user lets that end.
    void leave(QWidget& pane, std::function<void()> then);

Q_SIGNALS:
    /// A file goes into the string of this pane; it should not be another's meanwhile.
    void begun(const QWidget& pane);
    void edited(const keyglass::KeyEdit& edit, const keyglass::EditOutcome& outcome);
    /// A string holds what a file held.
    void loaded(const std::string& key);
    void said(keyglass::LogLevel level, const QString& text);

private:
    using Bytes = std::shared_ptr<const std::string>;
    struct File {
        QString path;
        ByteCount size;
        Bytes bytes; ///< Null: it goes piece by piece.
    };

    void take(ValuePane& pane, const File& file);
    void askReplacing(ValuePane& pane, const File& file);
    void replace(const ShownCell& shown, const Bytes& bytes);
    void send(const ShownCell& shown, std::string stored);
    void warn(const QString& text) { Q_EMIT said(LogLevel::Warning, text); }

    Session& m_session;
    InlineEdits& m_edits;
    QWidget* m_page;
    CellSaver* m_saver;
    QHash<const QObject*, FileLoading*> m_running; ///< By pane.
};

} // namespace keyglass::ui
