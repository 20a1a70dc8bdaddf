// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/loadedfile.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("StringLoad", text);
}

} // namespace

Status LoadedFile::open()
{
    if (QFileInfo(m_file).isDir()) {
        return Error{ErrorKind::File, m_file.fileName(), tr("It is a folder.")};
    }
    if (!m_file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, m_file.fileName(), m_file.errorString()};
    }
    if (m_file.isSequential()) {
        return Error{ErrorKind::File, m_file.fileName(), tr("It has no end that is known: give a plain file.")};
    }
    m_size = static_cast<std::uint64_t>(m_file.size());
    m_changedAt = changedAt();
    return ok();
}

Result<std::string> LoadedFile::next(std::uint64_t most)
{
    std::string bytes(static_cast<std::size_t>(std::min(most, m_size - m_taken)), '\0');
    const qint64 read = m_file.read(bytes.data(), static_cast<qint64>(bytes.size()));
    if (read != static_cast<qint64>(bytes.size())) {
        return m_file.error() != QFileDevice::NoError ? Error{ErrorKind::File, m_file.fileName(), m_file.errorString()}
                                                      : changed();
    }
    m_digest.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    m_taken += bytes.size();
    if (m_taken == m_size && (static_cast<std::uint64_t>(m_file.size()) != m_size || changedAt() != m_changedAt)) {
        return changed();
    }
    return bytes;
}

/// Of the file that is open, whatever has its name by now; asked of the system, as QFile keeps what it once heard.
QDateTime LoadedFile::changedAt() const
{
    QFile again;
    return again.open(m_file.handle(), QIODevice::ReadOnly, QFileDevice::DontCloseHandle)
        ? again.fileTime(QFileDevice::FileModificationTime)
        : QDateTime();
}

Error LoadedFile::changed() const
{
    return {ErrorKind::File, m_file.fileName(), tr("It was changed while it was read, so nothing was loaded.")};
}

} // namespace keyglass
