// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/stringsaving.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"

#include <QDir>
#include <QFutureWatcher>

#include <string_view>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::size_t nameBytes = 80;

} // namespace

StringSaving::StringSaving(std::shared_ptr<ValueSource> source, QWidget* parent)
    : NoticeBar(tr("Saving to a file"), parent)
    , m_source(std::move(source))
{
}

StringSaving::~StringSaving()
{
    m_work.stop.request_stop();
}

void StringSaving::save(const std::string& key, const QString& path, std::uint64_t size)
{
    if (m_isRunning) {
        say(Level::Warning, tr("%1 is still being saved: wait for it, or cancel it first.").arg(m_name),
            {{tr("Cancel"), [this] { m_work.stop.request_stop(); }}});
        return;
    }
    m_isRunning = true;
    m_name = displayText(std::string_view(m_source->nameOf(key)).substr(0, nameBytes));
    m_path = path;
    m_work = m_source->saveString(key, path, size);
    sayProgress(0);
    auto* watcher = new QFutureWatcher<Result<std::uint64_t>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, &StringSaving::sayProgress);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        const auto answered = watcher->future();
        finished(answered.resultCount() > 0 ? *answered.constBegin()
                                            : Result<std::uint64_t>(Error{ErrorKind::Cancelled, {}, {}}));
    });
    watcher->setFuture(m_work.answer);
}

void StringSaving::sayProgress(int thousandths)
{
    if (m_isRunning) {
        say(Level::Info,
            tr("Saving %1 to %2: %3 %").arg(m_name, QDir::toNativeSeparators(m_path)).arg(thousandths / 10),
            {{tr("Cancel"), [this] { m_work.stop.request_stop(); }}});
    }
}

void StringSaving::finished(const Result<std::uint64_t>& bytes)
{
    m_isRunning = false;
    const std::vector<Button> close{{tr("Close"), [this] { hide(); }}};
    if (bytes) {
        say(Level::Info,
            tr("%1 of %2 are saved to %3.").arg(sizeText(ByteCount{*bytes}), m_name, QDir::toNativeSeparators(m_path)),
            close);
    } else if (bytes.error().kind == ErrorKind::Cancelled) {
        say(Level::Info, tr("%1 was not saved: it was cancelled, and nothing was written.").arg(m_name), close);
    } else {
        say(Level::Warning, tr("%1 was not saved. %2").arg(m_name, errorText(bytes.error())), close);
    }
}

} // namespace keyglass::ui
