// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/roweditdialog.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/fonts.h"
#include "ui/common/whenready.h"
#include "ui/table/tablewords.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QFutureWatcher>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace keyglass::ui {

namespace {

/// What edits of rows send that production may ask about: said yes to together, as they are one action to the user.
const std::vector<std::string> confirmedCommands{"HSET", "HDEL", "SADD", "SREM", "DEL", "SET", "INCR", "INCRBY"};
constexpr std::size_t mostNamed = 5; // rows in one sentence

QString whyNot(const TableSchema& schema, const RowResult& result)
{
    if (result.error) {
        return errorText(*result.error);
    }
    switch (result.outcome->status) {
    case RowOutcome::Status::Conflict: {
        QStringList cells;
        for (std::size_t n = 0; result.outcome->now && n < result.outcome->now->cells.size(); ++n) {
            const auto& cell = result.outcome->now->cells[n];
            cells << RowEditDialog::tr("%1 = %2").arg(
                displayText(schema.columns[n].name), cell ? cellText(*cell) : RowEditDialog::tr("no cell"));
        }
        return RowEditDialog::tr("somebody has changed it; now it is %1").arg(cells.join(QStringLiteral(", ")));
    }
    case RowOutcome::Status::Gone:
        return RowEditDialog::tr("it is not there any more");
    case RowOutcome::Status::TooBusy:
        return RowEditDialog::tr("others wrote all the time; nothing was done");
    case RowOutcome::Status::Unknown:
        return RowEditDialog::tr("the line was lost while it was written; look at it again");
    case RowOutcome::Status::Done:
        break;
    }
    return {};
}

} // namespace

RowEditDialog::RowEditDialog(
    Session& session, TableSchema schema, const QString& title, const QString& button, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_schema(std::move(schema))
    , m_form(new QFormLayout)
    , m_problem(new QLabel(this))
    , m_confirmText(new QLabel(this))
    , m_confirm(new QLineEdit(this))
    , m_commands(new QPlainTextEdit(this))
    , m_progress(new QProgressBar(this))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    for (QLabel* label : {m_problem, m_confirmText}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->hide();
    }
    m_problem->setAccessibleName(tr("Problem"));
    m_confirm->setAccessibleName(tr("Name of the connection"));
    m_confirm->hide();
    m_commands->setAccessibleName(tr("Commands"));
    m_commands->setReadOnly(true);
    m_commands->setFont(keyFont());
    m_commands->hide();
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, WorkTasks::wholeProgress);
    m_progress->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_button = buttons->addButton(button, QDialogButtonBox::AcceptRole);
    m_preview = buttons->addButton(tr("Show co&mmands"), QDialogButtonBox::ActionRole);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    m_preview->setAutoDefault(false);
    m_button->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(m_form);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_problem, m_confirmText, m_confirm}) {
        layout->addWidget(widget);
    }
    layout->addWidget(m_commands, 1);
    layout->addWidget(m_progress);
    layout->addStretch(0);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &RowEditDialog::send);
    connect(m_preview, &QPushButton::clicked, this, &RowEditDialog::showCommands);
    connect(m_confirm, &QLineEdit::textChanged, this, &RowEditDialog::check);
}

RowEditDialog::~RowEditDialog()
{
    m_stop.request_stop();
}

void RowEditDialog::makeCancelDefault()
{
    m_button->setAutoDefault(false);
    m_cancel->setDefault(true);
    m_cancel->setFocus();
}

void RowEditDialog::check()
{
    const auto wanted = edits();
    const bool isUsable = wanted && !wanted->empty();
    m_button->setEnabled(isUsable && !m_isSending && (m_confirm->isHidden() || isConfirmed()));
    m_preview->setEnabled(isUsable && !m_isSending);
    m_commands->hide(); // they are of what was typed before
    say(wanted ? QString() : wanted.error().detail);
}

void RowEditDialog::say(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

bool RowEditDialog::isConfirmed() const
{
    return !m_confirm->isHidden() && m_confirm->text() == m_session.profile().title();
}

void RowEditDialog::askConfirmation()
{
    m_confirmText->setText(
        tr("This is a production connection. Type its name, %1, to confirm.").arg(m_session.profile().title()));
    m_confirmText->show();
    m_confirm->show();
    m_confirm->setFocus();
    check();
}

void RowEditDialog::send()
{
    auto wanted = edits();
    if (!wanted || wanted->empty() || m_isSending) {
        return;
    }
    const std::size_t asked = wanted->size();
    auto work = m_session.tables().edit(
        m_schema.table, *std::move(wanted), isConfirmed() ? confirmedCommands : std::vector<std::string>());
    m_stop = work.stop;
    m_isSending = true;
    check();
    m_progress->setVisible(asked > 1);
    m_progress->setValue(0);
    auto* watcher = new QFutureWatcher<Result<std::vector<RowResult>>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, m_progress, &QProgressBar::setValue);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, asked] {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0) {
            take(watcher->result(), asked);
        }
    });
    watcher->setFuture(work.answer);
}

/// What runs is stopped first, and told.
void RowEditDialog::reject()
{
    if (!m_isSending) {
        QDialog::reject();
        return;
    }
    m_stop.request_stop();
    m_cancel->setEnabled(false);
    say(tr("Stopping…"));
}

void RowEditDialog::take(const Result<std::vector<RowResult>>& results, std::size_t asked)
{
    m_isSending = false;
    m_progress->hide();
    m_cancel->setEnabled(true);
    if (!results) {
        check();
        if (results.error().kind == ErrorKind::Confirm) {
            askConfirmation();
        } else {
            say(errorText(results.error()));
        }
        return;
    }
    std::vector<RowResult> left;
    std::ranges::copy_if(*results, std::back_inserter(left), [](const RowResult& result) { return !result.isDone(); });
    if (left.size() < results->size()) {
        Q_EMIT applied(*results);
    }
    if (left.empty() && results->size() == asked) {
        accept();
        return;
    }
    const QString text = resultText(left, results->size() - left.size());
    const bool isShown = notDone(left);
    check();
    say(isShown ? QString() : text);
}

QString RowEditDialog::resultText(const std::vector<RowResult>& left, std::size_t done) const
{
    QStringList lines;
    if (done > 0) {
        lines << tr("%1 done.").arg(rowCountText(done));
    }
    std::size_t named = 0;
    std::size_t notBegun = 0;
    for (const RowResult& one : left) {
        if (one.isNotBegun()) {
            ++notBegun;
        } else if (++named <= mostNamed) {
            const QString why = whyNot(m_schema, one);
            lines << (one.id.empty() ? why : tr("Row %1: %2").arg(displayText(one.id), why));
        }
    }
    if (named > mostNamed) {
        lines << tr("And %1 more.").arg(rowCountText(named - mostNamed));
    }
    if (notBegun > 0) {
        lines << tr("Stopped; not begun: %1.").arg(rowCountText(notBegun));
    }
    return lines.join(u'\n');
}

void RowEditDialog::showCommands()
{
    const auto wanted = edits();
    if (!wanted) {
        return;
    }
    constexpr std::size_t mostPreviewed = 20;
    std::vector<RowEdit> some(
        wanted->begin(), wanted->begin() + static_cast<std::ptrdiff_t>(std::min(wanted->size(), mostPreviewed)));
    const std::size_t rest = wanted->size() - some.size();
    whenReady(this, m_session.tables().preview(m_schema.table, std::move(some)).answer,
        [this, rest](const Result<std::vector<RowPreview>>& previews) {
            if (!previews) {
                say(errorText(previews.error()));
                return;
            }
            QStringList lines;
            for (const RowPreview& preview : *previews) {
                for (const std::string& line : preview.lines) {
                    lines << displayText(line);
                }
            }
            if (rest > 0) {
                lines << tr("… and the same for %1 more").arg(rowCountText(rest));
            }
            m_commands->setPlainText(lines.join(u'\n'));
            m_commands->show();
        });
}

} // namespace keyglass::ui
