// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/exportfile.h"

#include "core/base/filewriting.h"

#include <utility>

namespace keyglass {

ExportFile::ExportFile(const QString& path)
    : m_file(path)
{
}

ExportFile::~ExportFile() = default;

Result<std::unique_ptr<ExportFile>> ExportFile::create(const QString& path, std::string_view head)
{
    std::unique_ptr<ExportFile> file(new ExportFile(path));
    if (!file->m_file.open(QIODevice::WriteOnly)) {
        return Error{ErrorKind::File, path, file->m_file.errorString()};
    }
    file->write(head);
    return file->m_failure ? Result<std::unique_ptr<ExportFile>>(*file->m_failure) : std::move(file);
}

/// The lock is held.
void ExportFile::write(std::string_view text)
{
    if (!m_failure) {
        keepFailure(writeWhole(m_file, text));
    }
}

/// The lock is held.
void ExportFile::keepFailure(Status&& status)
{
    if (!status) {
        m_failure = std::move(status).error();
    }
}

Status ExportFile::status() const
{
    return m_failure ? Status(*m_failure) : ok();
}

Status ExportFile::append(std::string_view text, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    if (!m_free.wait(lock, stop, [this] { return !m_isTaken; })) {
        return Error{ErrorKind::Cancelled, m_file.fileName(), {}};
    }
    write(text);
    return status();
}

Status ExportFile::beginLarge(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    if (!m_free.wait(lock, stop, [this] { return !m_isTaken; })) {
        return Error{ErrorKind::Cancelled, m_file.fileName(), {}};
    }
    if (!m_failure) {
        m_isTaken = true;
        m_begun = m_file.pos();
    }
    return status();
}

Status ExportFile::appendLarge(std::string_view text)
{
    const std::lock_guard lock(m_mutex);
    write(text);
    return status();
}

Status ExportFile::endLarge(bool keeps)
{
    {
        const std::lock_guard lock(m_mutex);
        m_isTaken = false;
        if (!keeps && !m_failure) {
            keepFailure(flushWhole(m_file));
        }
        if (!keeps && !m_failure && !(m_file.resize(m_begun) && m_file.seek(m_begun))) {
            m_failure = Error{ErrorKind::File, m_file.fileName(), m_file.errorString()};
        }
    }
    m_free.notify_all();
    const std::lock_guard lock(m_mutex);
    return status();
}

Status ExportFile::finish()
{
    const std::lock_guard lock(m_mutex);
    if (!m_failure) {
        keepFailure(commitWhole(m_file));
    }
    return status();
}

ByteCount ExportFile::size() const
{
    const std::lock_guard lock(m_mutex);
    return ByteCount{static_cast<std::uint64_t>(m_file.pos())};
}

} // namespace keyglass
