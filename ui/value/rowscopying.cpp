// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/rowscopying.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/base/filewriting.h"
#include "core/value/formatters/editortext.h"
#include "ui/common/texts.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFutureWatcher>
#include <QGuiApplication>
#include <QSaveFile>
#include <QThreadPool>

#include <string>
#include <string_view>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr int shownAfter = 300; // ms

Error tooLarge()
{
    return {ErrorKind::Limit, RowsCopying::tr("The clipboard"),
        RowsCopying::tr("It would get more than %1 of text").arg(sizeText(RowsCopying::mostOnClipboard))};
}

/// All of it as one text, as the clipboard takes it.
Result<std::string> wholeText(
    const RowsToCopy& rows, CopyForm form, const std::stop_token& stop, const WorkTasks::Progress& progress)
{
    std::string all;
    const auto add = [&all](std::string_view text) -> Status {
        all += text;
        return all.size() > RowsCopying::mostOnClipboard.value ? Status(tooLarge()) : ok();
    };
    if (Status copied = copyRows(rows, form, stop, add, progress); !copied) {
        return std::move(copied).error();
    }
    return form == CopyForm::Text && !isUtf8(all) ? editorText(all).utf8 : std::move(all);
}

/// The bytes as they are; the file takes its place once all of them are written.
Result<std::uint64_t> writeAll(const RowsToCopy& rows, CopyForm form, const QString& path, const std::stop_token& stop,
    const WorkTasks::Progress& progress)
{
    QSaveFile file(path);
    std::uint64_t bytes = 0;
    const auto add = [&](std::string_view text) -> Status {
        bytes += text.size();
        return writeWhole(file, text);
    };
    if (!file.open(QIODevice::WriteOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    if (Status written = copyRows(rows, form, stop, add, progress); !written) {
        return std::move(written).error();
    }
    Status saved = commitWhole(file);
    return saved ? Result<std::uint64_t>(bytes) : Result<std::uint64_t>(std::move(saved).error());
}

} // namespace

RowsCopying::RowsCopying(QWidget* parent)
    : NoticeBar(tr("Copying rows"), parent)
{
    m_shownSoon.setSingleShot(true);
    m_shownSoon.setInterval(shownAfter);
    connect(&m_shownSoon, &QTimer::timeout, this, [this] { sayProgress(m_progress); });
}

RowsCopying::~RowsCopying()
{
    giveBack();
}

QString RowsCopying::rowsText() const
{
    return m_rows->count == 1 ? tr("1 row") : tr("%1 rows").arg(numberText(m_rows->count));
}

void RowsCopying::copy(RowsToCopy rows, CopyForm form)
{
    giveBack();
    m_rows = std::move(rows);
    m_form = form;
    const auto make = [form](const RowsToCopy& all, const std::stop_token& stop,
                          const WorkTasks::Progress& progress) -> Result<Made> {
        auto text = wholeText(all, form, stop, progress);
        return text ? Result<Made>(Made{QString::fromStdString(*text), text->size()})
                    : Result<Made>(std::move(text).error());
    };
    run(make, [this](const Made& made) {
        QGuiApplication::clipboard()->setText(made.text);
        Q_EMIT said(
            LogLevel::Info, tr("%1 on the clipboard: %2 of text.").arg(rowsText(), sizeText(ByteCount{made.bytes})));
        close();
    });
}

void RowsCopying::save(const QString& path)
{
    if (!m_rows) {
        return;
    }
    const auto make = [form = m_form, path](const RowsToCopy& all, const std::stop_token& stop,
                          const WorkTasks::Progress& progress) -> Result<Made> {
        auto bytes = writeAll(all, form, path, stop, progress);
        return bytes ? Result<Made>(Made{{}, *bytes}) : Result<Made>(std::move(bytes).error());
    };
    run(make, [this, path](const Made& made) {
        const QString text = tr("%1 are saved to %2: %3.")
                                 .arg(rowsText(), QDir::toNativeSeparators(path), sizeText(ByteCount{made.bytes}));
        say(Level::Info, text, {{tr("Close"), [this] { close(); }}});
        Q_EMIT said(LogLevel::Info, text);
        giveBack();
    });
}

void RowsCopying::run(Make make, const std::function<void(const Made&)>& done)
{
    m_work.stop.request_stop();
    const std::uint64_t generation = ++m_generation;
    m_progress = 0;
    m_work = m_tasks.run<Made>(m_rows->count,
        [make = std::move(make), rows = *m_rows](
            const std::stop_token& stop, const WorkTasks::Progress& progress) { return make(rows, stop, progress); });
    m_shownSoon.start();
    auto* watcher = new QFutureWatcher<Result<Made>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, [this, generation](int thousandths) {
        if (generation == m_generation) {
            m_progress = thousandths;
            if (!m_shownSoon.isActive()) {
                sayProgress(thousandths);
            }
        }
    });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, generation, done] {
        watcher->deleteLater();
        const auto answered = watcher->future();
        if (generation != m_generation || answered.resultCount() == 0) {
            return;
        }
        m_shownSoon.stop();
        ++m_generation; // no progress comes behind its end
        if (const Result<Made>& made = *answered.constBegin(); made) {
            done(*made);
        } else {
            failed(made.error());
        }
    });
    watcher->setFuture(m_work.answer);
}

void RowsCopying::sayProgress(int thousandths)
{
    say(Level::Info, tr("Copying %1: %2 %").arg(rowsText()).arg(thousandths / 10),
        {{tr("Cancel"), [this] { m_work.stop.request_stop(); }}});
}

/// What is too much for the clipboard can go to a file; what is cancelled is gone.
void RowsCopying::failed(const Error& error)
{
    if (error.kind == ErrorKind::Cancelled) {
        Q_EMIT said(LogLevel::Info, tr("Copying was cancelled; the clipboard is as it was."));
        close();
        return;
    }
    const QString text = errorText(error);
    std::vector<Button> buttons{{tr("Close"), [this] { close(); }}};
    if (error == tooLarge()) {
        buttons.insert(buttons.begin(), Button{tr("Save to a file…"), [this] { askFile(); }});
    }
    say(Level::Warning, text, std::move(buttons));
    Q_EMIT said(LogLevel::Warning, text);
}

void RowsCopying::askFile()
{
    auto* dialog = new QFileDialog(window(), tr("Save the rows"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, &RowsCopying::save);
    dialog->open();
}

void RowsCopying::close()
{
    giveBack();
    hide();
}

/// On the pool: where the table has let go of its rows meanwhile, all of them are freed here.
void RowsCopying::giveBack()
{
    if (m_rows) {
        QThreadPool::globalInstance()->start([rows = std::exchange(m_rows, std::nullopt)] { });
    }
}

} // namespace keyglass::ui
