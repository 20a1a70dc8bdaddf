// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/loglevel.h"
#include "core/edit/draftstore.h"
#include "core/edit/keyedit.h"
#include "ui/value/hexchanges.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {
class DraftKeeper;
class Session;
} // namespace keyglass

namespace keyglass::ui {

class CellSaver;
class HexView;
class InlineEdits;
class NoticeBar;
class ValuePane;

/// Bytes that are typed over or put in in a hex view, and bits that are turned in a grid: each an edit of its own,
/// compared with the bytes that were shown there.
///
/// What is typed over stays until it is written or taken back, and is kept as a draft from its first digit on: neither
/// a refused edit nor a lost connection, a closed tab or the end of the program loses it.
class ByteEdits : public QObject {
    Q_OBJECT

public:
    ByteEdits(Session& session, InlineEdits& edits, DraftKeeper& drafts, QWidget* page);

    void attach(ValuePane& pane);

    [[nodiscard]] bool isDirty(const QWidget* pane) const;
    /// The panes in which something is typed and not written.
    [[nodiscard]] std::vector<ValuePane*> dirtyPanes() const;
    /// `then` hears whether all is written.
    void save(ValuePane& pane, const std::function<void(bool saved)>& then = {});
    void discard(ValuePane& pane);
    void keepAsDraft(ValuePane& pane);
    /// Goes on with `then` once nothing is unsaved, or the user has said what is to become of it.
    void leave(ValuePane& pane, const std::function<void()>& then);
    /// Types the draft's bytes again.
    void restore(ValuePane& pane, const Draft& draft);
    void renamed(const std::string& from, const std::string& to);

Q_SIGNALS:
    void edited(const keyglass::KeyEdit& edit, const keyglass::EditOutcome& outcome);
    void said(keyglass::LogLevel level, const QString& text);
    /// Something is typed by now, or nothing any more.
    void dirtyChanged(keyglass::ui::ValuePane* pane);

private:
    struct Parts {
        ValuePane* pane = nullptr;
        HexView* hex = nullptr;
        NoticeBar* notice = nullptr;
        bool isSaving = false;
        std::optional<DraftKey> draft;          ///< Under which what is typed is kept.
        std::shared_ptr<std::string> draftText; ///< As it is kept; another one for each draft.
    };
    /// Of which draft a stretch was sent.
    struct Sent {
        std::optional<DraftKey> draft;
        std::shared_ptr<const std::string> draftText; ///< The newest that was typed.
        std::string text;                             ///< When it was sent.
        bool isLast = false;                          ///< No other stretch is to follow.
    };

    using Then = std::function<void(bool saved)>;

    void askInsertion(ValuePane& pane, std::uint64_t offset, const QByteArray& seen, const QString& typed = {},
        const QString& problem = {});
    void insert(ValuePane& pane, std::uint64_t offset, const QByteArray& seen, const QString& typed);
    /// Why nothing can be written into what is shown; empty: it can.
    [[nodiscard]] QString whyNot(const ValuePane& pane) const;
    void turnBits(ValuePane& pane, const EditAction& action);
    void send(const ValuePane& pane, const EditAction& action,
        const std::function<void(const Result<EditOutcome>& outcome, const QString& words)>& take);
    void sendNext(ValuePane& pane, const Then& then);
    void takeLate(const Sent& sent, const QString& words, bool isOpenAgain);
    void refused(
        ValuePane& pane, const HexChanges::Stretch& stretch, const Result<EditOutcome>& outcome, const QString& words);
    void typed(ValuePane& pane);
    void takeEarlier(Parts& parts);
    void release(Parts& parts);

    Session& m_session;
    InlineEdits& m_edits;
    DraftKeeper& m_drafts;
    QWidget* m_page;
    QHash<const QObject*, Parts> m_parts; ///< By pane.
};

} // namespace keyglass::ui
