// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/celleditor.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/edit/draftkeeper.h"
#include "core/edit/uncompared.h"
#include "core/session/session.h"
#include "ui/common/noticebar.h"
#include "ui/edit/dialogwords.h"
#include "ui/editor/cellcoding.h"
#include "ui/editor/cellsaver.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editorbar.h"
#include "ui/editor/findbar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace keyglass::ui {

namespace {

constexpr int checkedAfter = 300; // ms

} // namespace

// --- the text

CellEditor::CellEditor(Session& session, DraftKeeper& drafts, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_drafts(drafts)
    , m_saver(new CellSaver(session, this))
    , m_coding(new CellCoding(this))
    , m_bar(new EditorBar(this))
    , m_notice(new NoticeBar(tr("Edit notice"), this))
    , m_text(new CodeEditor(tr("Value"), this))
    , m_theirsSide(new QWidget(this))
    , m_theirsHeading(new QLabel(m_theirsSide))
    , m_theirs(new CodeEditor(tr("What is there now"), m_theirsSide))
    , m_find(new FindBar(m_text, this))
    , m_state(new QLabel(this))
    , m_goThere(new QToolButton(this))
{
    auto* theirs = new QVBoxLayout(m_theirsSide);
    theirs->setContentsMargins({});
    theirs->setSpacing(0);
    m_theirsHeading->setTextFormat(Qt::PlainText);
    m_theirsHeading->setContentsMargins(8, 2, 8, 2);
    theirs->addWidget(m_theirsHeading);
    theirs->addWidget(m_theirs, 1);
    m_theirs->setReadOnly(true);
    m_theirsSide->hide();
    auto* sides = new QSplitter(Qt::Horizontal, this);
    sides->addWidget(m_text);
    sides->addWidget(m_theirsSide);
    sides->setChildrenCollapsible(false);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 2, 8, 2);
    line->addWidget(m_state, 1);
    line->addWidget(m_goThere);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_notice);
    layout->addWidget(sides, 1);
    layout->addWidget(m_find);
    layout->addLayout(line);
    setFocusProxy(m_text);
    m_state->setAccessibleName(tr("State of the edit"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_goThere->setText(tr("Go there"));
    m_goThere->setAccessibleName(tr("Go to the problem"));
    m_goThere->setAutoRaise(true);
    m_goThere->hide();
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(1000);
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(checkedAfter);
    connectParts();
}

CellEditor::~CellEditor()
{
    if (isDirty()) {
        keepDraft();
    }
    unclaim();
}

void CellEditor::connectParts()
{
    connect(m_text, &CodeEditor::changed, this, &CellEditor::textChanged);
    connect(m_text, &CodeEditor::findWanted, m_find, &FindBar::openToFind);
    connect(m_text, &CodeEditor::replaceWanted, m_find, &FindBar::openToReplace);
    connect(m_text, &CodeEditor::findAgainWanted, m_find, &FindBar::findAgain);
    connect(m_text, &CodeEditor::escapePressed, this, [this] {
        if (!m_find->isHidden()) {
            m_find->close();
        } else if (!isDirty()) {
            leave({});
        }
    });
    connect(m_bar, &EditorBar::formChosen, this, &CellEditor::chooseForm);
    connect(m_bar, &EditorBar::formatWanted, this, [this] { relay(laidOut(m_text->text(), m_form)); });
    connect(m_bar, &EditorBar::minifyWanted, this, [this] { relay(compacted(m_text->text(), m_form)); });
    connect(m_bar, &EditorBar::undoWanted, m_text, &CodeEditor::undo);
    connect(m_bar, &EditorBar::redoWanted, m_text, &CodeEditor::redo);
    connect(m_bar, &EditorBar::findWanted, m_find, &FindBar::openToFind);
    connect(m_bar, &EditorBar::saveWanted, this, [this] { save(); });
    connect(m_bar, &EditorBar::closeWanted, this, [this] { leave({}); });
    connect(m_goThere, &QToolButton::clicked, this, [this] {
        m_text->goTo(m_problemAt);
        m_text->setFocus();
    });
    connect(&m_draftTimer, &QTimer::timeout, this, &CellEditor::keepDraft);
    connect(&m_checkTimer, &QTimer::timeout, this, &CellEditor::check);
    connect(&m_session, &Session::stateChanged, this, &CellEditor::updateSaving);
}

void CellEditor::begin(Subject subject)
{
    const EditText text = editTextOf(subject.content(), guessForm(subject.content()));
    show(std::move(subject), text, false);
}

void CellEditor::restore(Subject subject, const Draft& draft)
{
    subject.cell = draft.cell;
    show(std::move(subject), draft.text, true);
}

void CellEditor::show(Subject subject, const EditText& text, bool dirty)
{
    end();
    m_draftKey = draftKey(m_session, subject.key.key);
    m_guessed = guessForm(subject.content());
    m_subject = std::move(subject);
    m_drafts.claim(m_draftKey, m_subject->cell);
    m_form = text.form;
    m_isCompact = text.isCompact;
    m_isChangedBefore = dirty;
    m_text->setText(text.text, m_form);
    showTitle();
    updateBar();
    check();
    tellDirty();
    tellUncompared();
}

/// What stands beside it and was not read may be another by now.
void CellEditor::tellUncompared()
{
    auto asItWas = replacing(m_subject->cell, m_subject->cell.seen);
    const QString text = asItWas ? uncomparedText(KeyEdit{m_subject->key.key, *std::move(asItWas)}) : QString();
    if (!text.isEmpty()) {
        m_notice->say(NoticeBar::Level::Info, text, {{tr("Close"), [this] { m_notice->hide(); }}});
    }
}

void CellEditor::showTitle()
{
    const DecoderStack& decoders = m_subject->decoders;
    m_bar->setTitle(
        decoders.isEmpty() ? m_subject->title : tr("%1 (through %2)").arg(m_subject->title, decoders.title()));
}

void CellEditor::end()
{
    m_coding->drop();
    m_draftTimer.stop();
    m_checkTimer.stop();
    m_notice->hide();
    m_find->hide();
    m_draftState.clear();
    m_hasMarks = false;
    hideTheirs();
    unclaim();
    if (m_sentEditing == m_editing) {
        m_isLeftAsSent = m_revision == m_sentRevision;
    }
    ++m_editing;
    const bool wasEditing = std::exchange(m_subject, std::nullopt).has_value();
    tellDirty();
    if (wasEditing) {
        Q_EMIT ended();
    }
}

bool CellEditor::isDirty() const
{
    return m_subject && (m_isChangedBefore || m_text->isModified());
}

EditText CellEditor::current() const
{
    return {m_form, m_text->text(), m_isCompact};
}

void CellEditor::textChanged()
{
    ++m_revision;
    if (!m_subject) {
        return;
    }
    if (std::exchange(m_isComplaining, false) && m_notice->text() != QString()) {
        m_notice->hide();
    }
    m_draftTimer.start();
    m_checkTimer.start();
    m_bar->setHistory(m_text->canUndo(), m_text->canRedo());
    tellDirty();
}

void CellEditor::tellDirty()
{
    const bool isDirtyNow = isDirty();
    updateSaving();
    if (m_wasDirty != isDirtyNow) {
        m_wasDirty = isDirtyNow;
        m_draftState.clear(); // the last one's, or undone
        Q_EMIT dirtyChanged();
    }
}

/// Says where the text stops being what it is said to be, its size, and where its draft is.
void CellEditor::check()
{
    if (!m_subject) {
        return;
    }
    const EditText text = current();
    const auto problem = problemOf(text);
    m_problemAt = problem ? problem->at : 0;
    m_text->markProblem(problem ? std::optional(problem->at) : std::nullopt);
    m_goThere->setVisible(problem.has_value());
    QStringList parts;
    if (problem) {
        parts << tr("Line %1, column %2: %3").arg(problem->line).arg(problem->column).arg(problem->what);
    } else if (m_form == EditForm::Json || m_form == EditForm::Xml) {
        parts << (m_form == EditForm::Json ? tr("valid JSON") : tr("well-formed XML"));
    } else if (m_form == EditForm::Escaped) {
        parts << tr("bytes are written as \\xHH, \\n, \\r, \\t, and \\\\");
    }
    if (m_isCompact && !problem) {
        parts << tr("saved without spaces, as it was");
    }
    parts << sizeText(ByteCount{text.text.size()});
    if (!m_draftState.isEmpty()) {
        parts << m_draftState;
    }
    m_state->setText(parts.join(QStringLiteral("  ·  ")));
}

void CellEditor::chooseForm(EditForm form)
{
    const auto bytes = bytesOf(current());
    if (!bytes) {
        complain(bytes.error());
        updateBar();
        return;
    }
    const EditText text = editTextOf(*bytes, form);
    m_notice->hide();
    m_form = text.form;
    if (text.isCompact == m_isCompact && text.text == m_text->text()) {
        m_text->setForm(m_form); // what can be undone stays
    } else {
        m_isChangedBefore = isDirty();
        m_isCompact = text.isCompact;
        m_text->setText(text.text, m_form);
        ++m_revision;
    }
    updateBar();
    check();
    tellDirty();
}

void CellEditor::replaceContent(const std::string& bytes)
{
    const EditText text = editTextOf(bytes, guessForm(bytes));
    m_notice->hide();
    if (text.form == m_form && text.isCompact == m_isCompact) {
        m_text->replaceText(text.text);
    } else {
        m_isChangedBefore = true;
        m_form = text.form;
        m_isCompact = text.isCompact;
        m_text->setText(text.text, m_form);
        ++m_revision;
        m_draftTimer.start();
    }
    updateBar();
    check();
    tellDirty();
}

void CellEditor::relay(Result<std::string> text)
{
    if (text) {
        m_notice->hide();
        m_text->replaceText(*text);
    } else {
        complain(text.error());
    }
}

void CellEditor::complain(const Error& error)
{
    m_notice->say(NoticeBar::Level::Warning, errorText(error), {});
    m_isComplaining = true;
}

void CellEditor::updateBar()
{
    const auto bytes = bytesOf(current());
    m_bar->setForms(m_form, m_guessed, bytes && isEditableText(*bytes));
    m_bar->setFormat(m_form == EditForm::Json || m_form == EditForm::Xml, m_isCompact);
    m_bar->setHistory(m_text->canUndo(), m_text->canRedo());
}

void CellEditor::updateSaving()
{
    const bool isConnected = m_session.state() == SessionState::Connected;
    const QString why = isConnected ? tr("Save the value (Ctrl+S)")
                                    : tr("There is no connection. The edit is kept and can be saved once it is back.");
    m_bar->setSaving(isDirty() && isConnected && !m_saver->isSending() && !m_coding->isBusy(), why);
}

void CellEditor::renamed(const std::string& to)
{
    dropDraft();
    unclaim();
    m_subject->key.key = to;
    m_draftKey = draftKey(m_session, to);
    m_drafts.claim(m_draftKey, m_subject->cell);
    if (isDirty()) {
        keepDraft();
    }
}

// --- leaving

void CellEditor::leave(std::function<void()> then)
{
    const auto go = [this, then = std::move(then)] {
        end();
        if (then) {
            then();
        }
    };
    if (!isDirty()) {
        go();
        return;
    }
    m_isComplaining = false;
    m_notice->say(NoticeBar::Level::Warning, tr("The changes of %1 are not saved.").arg(m_subject->title),
        {{tr("Save"),
             [this, go] {
                 save([go](bool isSaved) {
                     if (isSaved) {
                         go();
                     }
                 });
             }},
            {tr("Discard"),
                [this, go] {
                    dropDraft();
                    go();
                }},
            {tr("Keep as draft"),
                [this, go] {
                    keepDraft();
                    go();
                }},
            {tr("Go on editing"), [this] {
                 m_notice->hide();
                 m_text->setFocus();
             }}});
}

void CellEditor::discard()
{
    if (m_subject) {
        dropDraft();
        end();
    }
}

void CellEditor::keepAsDraft()
{
    if (isDirty()) {
        keepDraft();
    }
    end();
}

} // namespace keyglass::ui
