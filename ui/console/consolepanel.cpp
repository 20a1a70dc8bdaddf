// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/consolepanel.h"

#include "core/base/errortext.h"
#include "core/console/replytext.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"
#include "ui/common/whenready.h"
#include "ui/console/commandline.h"
#include "ui/console/confirmdialog.h"
#include "ui/console/replymodel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTextBlock>
#include <QTextCursor>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>
#include <utility>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostBlocks = 20'000; ///< Lines of output that are kept.
constexpr int lateAfter = 300;     ///< Milliseconds.

QToolButton* button(const QString& iconName, const QString& text, QWidget* parent)
{
    auto* made = new QToolButton(parent);
    setIcon(made, iconName);
    made->setToolTip(text);
    made->setAccessibleName(text);
    made->setAutoRaise(true);
    return made;
}

} // namespace

ConsolePanel::ConsolePanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_output(new QPlainTextEdit(this))
    , m_reply(new ReplyModel(this))
    , m_tree(new QTreeView(this))
    , m_prompt(new QLabel(this))
    , m_line(new CommandLine(this))
    , m_node(new QComboBox(this))
    , m_all(new QCheckBox(tr("To the end"), this))
    , m_progress(new QLabel(this))
    , m_stop(button(u"stop"_s, tr("Stop command"), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeReplies(), 1);
    layout->addWidget(makeInput());
    setFocusProxy(m_line);
    connect(m_line, &CommandLine::entered, this, &ConsolePanel::run);
    connect(m_stop, &QToolButton::clicked, &m_session, &Session::stopCommand);
    for (QWidget* widget : findChildren<QWidget*>()) { // wherever the focus is
        widget->installEventFilter(this);
    }
    m_late.setSingleShot(true);
    m_late.setInterval(lateAfter);
    connect(&m_late, &QTimer::timeout, this, &ConsolePanel::showWaiting);
    connect(&m_session, &Session::commandProgressed, this, &ConsolePanel::showProgress);
    connect(&m_session, &Session::nodesChanged, this, &ConsolePanel::followNodes);
    connect(&m_session, &Session::databaseChanged, this, &ConsolePanel::followState);
    connect(&m_session, &Session::stateChanged, this, &ConsolePanel::followState);
    followNodes();
    followState();
}

QWidget* ConsolePanel::makeReplies()
{
    m_output->setReadOnly(true);
    m_output->setUndoRedoEnabled(false);
    m_output->setFrameShape(QFrame::NoFrame);
    m_output->setFont(keyFont());
    m_output->setMaximumBlockCount(mostBlocks);
    m_output->setAccessibleName(tr("Console output"));
    m_output->setPlaceholderText(tr("Replies come here. Up and Down bring earlier commands back."));
    m_tree->setModel(m_reply);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setAccessibleName(tr("Reply"));
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->resizeSection(ReplyModel::Place, 120);
    auto* replies = new QSplitter(Qt::Horizontal, this);
    replies->addWidget(m_output);
    replies->addWidget(m_tree);
    replies->setChildrenCollapsible(false);
    replies->setHandleWidth(1);
    replies->setStretchFactor(0, 3);
    replies->setStretchFactor(1, 2);
    return replies;
}

QWidget* ConsolePanel::makeInput()
{
    auto* input = new QWidget(this);
    m_prompt->setFont(keyFont());
    m_line->setFont(keyFont());
    m_line->setAccessibleName(tr("Command"));
    m_node->setAccessibleName(tr("Node"));
    m_node->setToolTip(tr("In a cluster, the node that runs the command"));
    m_all->setToolTip(tr("A scan is gone on with until its cursor is 0 again; in a cluster on all masters"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextFormat(Qt::PlainText);
    auto* clear = button(u"clear"_s, tr("Clear output"), input);
    auto* close = button(u"close"_s, tr("Close console"), input);
    connect(clear, &QToolButton::clicked, this, &ConsolePanel::clearReplies);
    connect(close, &QToolButton::clicked, this, &ConsolePanel::closeWanted);
    auto* layout = new QHBoxLayout(input);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(m_prompt);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_stop);
    layout->addWidget(m_node);
    layout->addWidget(m_all);
    layout->addWidget(clear);
    layout->addWidget(close);
    m_stop->setEnabled(false);
    return input;
}

void ConsolePanel::takeFocus()
{
    m_line->setFocus();
    m_line->selectAll();
}

void ConsolePanel::followNodes()
{
    const QString chosen = m_node->currentData().toString();
    m_node->clear();
    m_node->addItem(tr("by key"), QString());
    for (const SessionNode& node : m_session.nodes()) {
        m_node->addItem(node.address, node.address);
    }
    m_node->setCurrentIndex(std::max(0, m_node->findData(chosen)));
    m_node->setVisible(m_node->count() > 1);
}

void ConsolePanel::followState()
{
    m_prompt->setText(tr("db %1>").arg(m_session.database()));
    const bool isConnected = m_session.state() == SessionState::Connected;
    m_line->setEnabled(isConnected);
    m_line->setPlaceholderText(isConnected
            ? tr("A command, or a scan that does something: SCAN 0 MATCH a:* FOREACH 'TTL *' WITHREPLIES")
            : tr("There is no connection."));
}

void ConsolePanel::run(const QString& line)
{
    ConsoleChoice choice;
    choice.all = m_all->isChecked();
    choice.node = m_node->currentData().toString();
    say(m_prompt->text() + u' ' + line, Voice::Command);
    send(line, choice);
}

void ConsolePanel::send(const QString& line, const ConsoleChoice& choice)
{
    ++m_waiting;
    m_stop->setEnabled(true);
    m_late.start();
    whenReady(this, m_session.runCommand(line.toStdString(), choice),
        [this, line, choice](const Result<ConsoleAnswer>& answer) { take(line, choice, answer); });
}

void ConsolePanel::take(const QString& line, const ConsoleChoice& choice, const Result<ConsoleAnswer>& answer)
{
    --m_waiting;
    m_stop->setEnabled(m_waiting > 0);
    m_progress->clear();
    if (m_waiting > 0) {
        m_late.start(); // for the next
    }
    if (answer) {
        display(*answer);
    } else if (answer.error().kind == ErrorKind::Confirm && !choice.confirmed) {
        ask(line, choice, answer.error());
    } else {
        say(errorText(answer.error()), Voice::Error);
        m_reply->setReply(nullptr); // that of an earlier command would be taken for this one's
    }
}

void ConsolePanel::ask(const QString& line, const ConsoleChoice& choice, const Error& why)
{
    auto* dialog = new ConfirmDialog(m_session.profile(), line, why, this);
    connect(dialog, &QDialog::accepted, this, [this, line, choice] {
        ConsoleChoice yes = choice;
        yes.confirmed = true;
        send(line, std::move(yes));
    });
    connect(dialog, &QDialog::rejected, this, [this] { say(tr("Not sent."), Voice::Note); });
    dialog->open();
}

void ConsolePanel::display(const ConsoleAnswer& answer)
{
    say(replyText(answer.reply), answer.reply.isError() ? Voice::Error : Voice::Reply);
    for (const QString& note : answer.notes) {
        say(note, Voice::Note);
    }
    for (const Error& gap : answer.gaps) {
        say(errorText(gap), Voice::Error);
    }
    if (answer.done.failed > 0) {
        const auto& first = *answer.firstFailure;
        say(tr("%1 of %2 operations failed. The first error: %3")
                    .arg(numberText(answer.done.failed), numberText(answer.done.operations), displayText(first.text))
                + (first.element.empty() ? QString() : u' ' + tr("(%1)").arg(displayText(first.element))),
            Voice::Error);
    } else if (answer.done.operations > 0) {
        say(tr("Elements: %1, operations: %2")
                .arg(numberText(answer.done.elements), numberText(answer.done.operations)),
            Voice::Note);
    }
    m_reply->setReply(std::make_shared<const Reply>(answer.reply));
    m_tree->expandToDepth(0);
}

void ConsolePanel::showProgress(const ConsoleProgress& progress)
{
    if (m_waiting > 0) {
        m_progress->setText(tr("%1 elements").arg(numberText(progress.elements)));
    }
}

void ConsolePanel::showWaiting()
{
    if (m_waiting > 0 && m_progress->text().isEmpty()) {
        m_progress->setText(tr("No answer yet; Esc stops waiting"));
    }
}

void ConsolePanel::say(const QString& text, Voice voice)
{
    QTextCursor cursor(m_output->document());
    cursor.movePosition(QTextCursor::End);
    if (!m_output->document()->isEmpty()) {
        cursor.insertBlock();
    }
    const int first = cursor.blockNumber();
    cursor.insertText(text, formatOf(voice));
    for (QTextBlock block = cursor.block(); block.isValid() && block.blockNumber() >= first; block = block.previous()) {
        block.setUserState(static_cast<int>(voice));
    }
    m_output->setTextCursor(cursor);
    m_output->ensureCursorVisible();
}

QTextCharFormat ConsolePanel::formatOf(Voice voice) const
{
    QTextCharFormat format;
    format.setFontWeight(voice == Voice::Command ? QFont::Bold : QFont::Normal);
    if (voice == Voice::Note || voice == Voice::Error) {
        format.setForeground(toneColor(voice == Voice::Note ? Tone::Dimmed : Tone::Error, palette()));
    }
    return format;
}

/// What was said keeps its tone in another palette.
void ConsolePanel::paintAgain()
{
    for (QTextBlock block = m_output->document()->begin(); block.isValid(); block = block.next()) {
        if (block.userState() < 0) {
            continue;
        }
        QTextCursor cursor(block);
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.setCharFormat(formatOf(static_cast<Voice>(block.userState())));
    }
}

void ConsolePanel::clearReplies()
{
    m_output->clear();
    m_reply->setReply(nullptr);
}

bool ConsolePanel::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || m_waiting == 0 || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape) {
        return QWidget::eventFilter(watched, event);
    }
    if (event->type() == QEvent::KeyPress) {
        m_session.stopCommand();
    }
    event->accept(); // else the window's own Esc takes it
    return true;
}

void ConsolePanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        for (QWidget* widget : std::initializer_list<QWidget*>{m_output, m_line, m_prompt}) {
            widget->setFont(keyFont());
        }
    } else if (event->type() == QEvent::PaletteChange) {
        paintAgain();
    }
}

} // namespace keyglass::ui
