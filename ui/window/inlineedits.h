// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/loglevel.h"
#include "core/edit/draftstore.h"
#include "core/edit/keyedit.h"
#include "ui/editor/celleditor.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keyglass {
class DraftKeeper;
class Session;
} // namespace keyglass

namespace keyglass::ui {

class ByteEdits;
class CellCoding;
class EditStrip;
class KeyTabs;
class ValuePane;
struct ShownCell;

/// The editors in the panes of one session: when one begins, what it edits, and that none is left with changes that
/// nobody decided on.
class InlineEdits : public QObject {
    Q_OBJECT

public:
    InlineEdits(Session& session, DraftKeeper& drafts, QObject* parent);

    /// Once the tabs are there: an edit keeps its tab and marks it.
    void setTabs(KeyTabs* tabs);
    /// What is typed in hex views is saved, left and offered with the rest.
    void setBytes(ByteEdits* bytes);
    /// Gives a pane its editor.
    void attach(ValuePane& pane);

    /// What an edit of a cell that is shown through decoders is one of.
    enum class Of { Shown, Stored };
    /// What an edit begins with.
    struct Start {
        QString typed = {}; ///< By the user, into the value.
        Of of = Of::Shown;
        std::shared_ptr<const std::string> content = {}; ///< In place of all that is there; null: nothing is.
    };
    /// Edits the cell that is shown, or says why it can't be.
    void edit(ValuePane& pane) { edit(pane, Start()); }
    void edit(ValuePane& pane, const Start& how);
    /// Why nothing can be edited now; empty: it can.
    [[nodiscard]] QString whyNotNow() const;
    void save(ValuePane& pane);
    [[nodiscard]] bool canSave(const QWidget* pane) const;
    [[nodiscard]] CellEditor* editorOf(const QWidget* pane) const;

    /// Goes on with `then` once nothing in the pane is unsaved, or the user has said what is to become of it.
    void leave(QWidget& pane, std::function<void()> then);
    /// How many edits are not saved.
    [[nodiscard]] int unsaved() const;
    /// `then` hears whether all are.
    void saveAll(std::function<void(bool saved)> then);
    void discardAll();
    void keepAllAsDrafts();
    /// An edit from elsewhere than the editors, of a key that one of them may have open.
    void editedElsewhere(const KeyEdit& edit, const EditOutcome& outcome);
    /// A key has another name now.
    void renamed(const std::string& from, const std::string& to);

Q_SIGNALS:
    void edited(const keyglass::KeyEdit& edit, const keyglass::EditOutcome& outcome);
    void said(keyglass::LogLevel level, const QString& text);
    void situationChanged();

private:
    struct Parts {
        CellEditor* editor = nullptr;
        EditStrip* strip = nullptr;
        CellCoding* coding = nullptr; ///< For what is to be edited.
    };

    [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;
    void follow(ValuePane& pane);
    void showReason(ValuePane& pane);
    void offerDraft(ValuePane& pane, const EditedCell* first = nullptr);
    [[nodiscard]] bool asksForDraft(ValuePane& pane, const ShownCell& shown);
    void restore(ValuePane& pane, const Draft& draft);
    void begin(ValuePane& pane, ShownCell shown, const Start& how);
    [[nodiscard]] bool goesOn(ValuePane& pane, const CellEditor::Subject& subject) const;
    void decode(ValuePane& pane, CellEditor::Subject subject, const Start& how);
    void start(ValuePane& pane, const CellEditor::Subject& subject, const Start& how);
    void restoreInto(ValuePane& pane, const CellEditor::Subject& subject, const Draft& draft);
    void markTab(const ValuePane& pane);
    [[nodiscard]] bool isDirty(const QWidget* pane) const;
    [[nodiscard]] std::vector<CellEditor*> dirtyEditors() const;
    [[nodiscard]] std::vector<ValuePane*> dirtyBytes() const;

    Session& m_session;
    DraftKeeper& m_drafts;
    KeyTabs* m_tabs = nullptr;
    ByteEdits* m_bytes = nullptr;
    QHash<const QObject*, Parts> m_parts;      ///< By pane.
    QHash<const QObject*, ValuePane*> m_views; ///< Panes by the view of theirs that keys are pressed in.
};

} // namespace keyglass::ui
