// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/draftstore.h"
#include "core/edit/editedcell.h"
#include "core/value/formatters/decoderstack.h"
#include "ui/edit/keydialogs.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <string>

class QLabel;
class QToolButton;

namespace keyglass {
class DraftKeeper;
class Session;
} // namespace keyglass

namespace keyglass::ui {

class CellCoding;
class CellSaver;
class CodeEditor;
class EditorBar;
class FindBar;
class NoticeBar;

/// Edits one cell of a value in place: its text, and all it takes to save it without losing what anybody wrote.
///
/// What was seen is compared with what is there; where another has changed it, what is there now is shown beside the
/// text, to be overwritten, taken or merged. A second after the last key the text is kept as a draft, until it is saved
/// or discarded. It holds the cell by itself: what the table beside it selects is of no matter to it.
///
/// A cell that is shown through decoders is edited as what they made of it, and saved through them again; what is
/// compared is always the stored bytes.
class CellEditor : public QWidget {
    Q_OBJECT

public:
    /// What is edited.
    struct Subject {
        SeenKey key; ///< Its name is that of the session's list.
        EditedCell cell;
        QString title;
        DecoderStack decoders = {};                      ///< Empty: the stored bytes are edited.
        std::shared_ptr<const std::string> decoded = {}; ///< What they made of what was seen; null without decoders.

        /// What the edit begins from.
        [[nodiscard]] const std::string& content() const { return decoded ? *decoded : cell.seen; }
    };

    CellEditor(Session& session, DraftKeeper& drafts, QWidget* parent = nullptr);
    ~CellEditor() override; ///< What is not saved stays as a draft.

    /// Shows the cell to be edited. What was edited before has to be left first.
    void begin(Subject subject);
    /// The same with the text of a draft, which began from what its cell says.
    void restore(Subject subject, const Draft& draft);
    /// Other bytes in place of all that is there, not saved yet.
    void replaceContent(const std::string& bytes);
    [[nodiscard]] const std::optional<Subject>& subject() const { return m_subject; }
    [[nodiscard]] bool isEditing() const { return m_subject.has_value(); }
    [[nodiscard]] bool isDirty() const;
    [[nodiscard]] CodeEditor& text() { return *m_text; }

    /// Whether a draft can be found again under this key.
    [[nodiscard]] static DraftKey draftKey(const Session& session, const std::string& key);

    /// `then` hears whether it is saved.
    void save(std::function<void(bool saved)> then = {});
    void discard();
    void keepAsDraft();
    /// Ends the editing and goes on with `then`; where something is not saved, only once the user has said what is to
    /// become of it.
    void leave(std::function<void()> then);
    /// Another edit of the user's own: the ends that it has set are those that are known from now on.
    void edited(const KeyEdit& edit, const EditOutcome& outcome);
    /// The key has another name now.
    void renamed(const std::string& to);

Q_SIGNALS:
    void dirtyChanged();
    /// The text is left: the view of the value can take its place.
    void ended();
    void saved(const keyglass::KeyEdit& edit, const keyglass::EditOutcome& outcome);
    /// The text was given up for what is there now.
    void reloadWanted();
    /// A cell that was left while it was being saved is not saved: `why`.
    void leftUnsaved(const QString& why);

private:
    using Then = std::function<void(bool saved)>;
    /// The edit that puts `stored` in its place.
    using MakeEdit = std::function<Result<KeyEdit>(std::string stored)>;
    /// What another has put into the cell.
    struct Theirs {
        std::string stored;
        DecoderStack decoders; ///< As those of the edit; empty where they can't read it.
        std::string content;
        QString whyAsStored = {};
    };

    void connectParts();
    void show(Subject subject, const EditText& text, bool dirty);
    void tellUncompared();
    void showTitle();
    void end();
    [[nodiscard]] EditText current() const;
    void textChanged();
    void tellDirty();
    void check();
    void chooseForm(EditForm form);
    void relay(Result<std::string> text);
    /// One sentence until the text is changed.
    void complain(const Error& error);
    void updateBar();
    void updateSaving();

    void encodeAndSend(const MakeEdit& makeEdit, const Then& then);
    [[nodiscard]] MakeEdit replacingSeen() const;
    void sendBytes(const KeyEdit& edit, const Then& then);
    void take(const KeyEdit& sent, const Result<EditOutcome>& outcome, const Then& then);
    void takeLate(
        const KeyEdit& sent, const Result<EditOutcome>& outcome, const DraftKey& draft, const EditedCell& cell);
    void done(const KeyEdit& sent, const EditOutcome& outcome);
    void decodeTheirs(const EditOutcome& outcome, const std::function<void(const std::optional<Theirs>&)>& then);
    void showConflict(const KeyEdit& sent, const EditOutcome& outcome, const std::optional<Theirs>& theirs);
    void showTheirs(const Theirs& theirs);
    void showGone(const KeyEdit& sent, const EditOutcome& outcome);
    void overwrite(const KeyNow& now);
    void takeTheirs(const Theirs& theirs);
    void merge(const Theirs& theirs);
    [[nodiscard]] bool canMerge(const Theirs& theirs) const;
    void see(std::string stored, const DecoderStack& decoders, std::string content);
    void hideTheirs();

    void keepDraft();
    void draftWritten(const Status& written);
    void dropDraft();
    void unclaim();

    Session& m_session;
    DraftKeeper& m_drafts;
    std::optional<Subject> m_subject;
    DraftKey m_draftKey;
    EditForm m_form = EditForm::Text;
    EditForm m_guessed = EditForm::Text;
    bool m_isCompact = false;
    bool m_isChangedBefore = false; ///< Unsaved, also where the text's own undo begins.
    bool m_wasDirty = false;
    bool m_isComplaining = false;
    bool m_hasMarks = false;      ///< A merge has put marks in.
    std::string m_sentBytes;      ///< As they are stored.
    std::string m_sentContent;    ///< As it was edited.
    std::uint64_t m_revision = 0; ///< Of the text.
    std::uint64_t m_sentRevision = 0;
    std::uint64_t m_editing = 0;     ///< Which of the cells edited one after the other.
    std::uint64_t m_sentEditing = 0; ///< Of what is being saved.
    bool m_isLeftAsSent = false;     ///< Nothing was typed between the sending and the leaving.
    QString m_draftState;
    std::size_t m_problemAt = 0;
    CellSaver* m_saver;
    CellCoding* m_coding;
    EditorBar* m_bar;
    NoticeBar* m_notice;
    CodeEditor* m_text;
    QWidget* m_theirsSide;
    QLabel* m_theirsHeading;
    CodeEditor* m_theirs;
    FindBar* m_find;
    QLabel* m_state;
    QToolButton* m_goThere;
    QTimer m_draftTimer;
    QTimer m_checkTimer;
};

} // namespace keyglass::ui
