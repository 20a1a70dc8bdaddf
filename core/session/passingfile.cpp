// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/passingfile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace keyglass {

namespace {

QString usualFolder()
{
    const QString named = qEnvironmentVariable("TMPDIR"); // QDir::tempPath() is empty where there is no such folder
    if (!named.isEmpty()) {
        return named;
    }
    const QString forLarge = QStringLiteral("/var/tmp");
    return QFileInfo(forLarge).isWritable() ? forLarge : QDir::tempPath();
}

} // namespace

PassingFile::PassingFile(const QString& folder)
    : m_folder(folder.isEmpty() ? usualFolder() : folder)
{
}

PassingFile::~PassingFile()
{
    if (m_file >= 0) {
        ::close(m_file);
    }
}

Error PassingFile::failure(int why) const
{
    return Error{ErrorKind::File,
        QCoreApplication::translate("Bulk", "The passing file in %1 by which each key is done once").arg(m_folder),
        QCoreApplication::translate("Bulk",
            "%1. It needs room in a folder that may be written: make some there, or name another folder by the "
            "variable TMPDIR.")
            .arg(QString::fromLocal8Bit(std::strerror(why)))};
}

Status PassingFile::open()
{
    const QByteArray folder = QFile::encodeName(m_folder);
    m_file = ::open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (m_file < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) { // a file system without such files
        QByteArray name = folder + "/keyglass-XXXXXX";
        m_file = ::mkostemp(name.data(), O_CLOEXEC);
        if (m_file >= 0) {
            ::unlink(name.constData());
        }
    }
    return m_file < 0 ? Status(failure(errno)) : ok();
}

Status PassingFile::append(std::string_view bytes)
{
    if (m_file < 0) {
        if (Status opened = open(); !opened) {
            return opened;
        }
    }
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t took =
            ::pwrite(m_file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(m_size + done));
        if (took < 0 && errno == EINTR) {
            continue;
        }
        if (took <= 0) {
            return failure(took < 0 ? errno : ENOSPC);
        }
        done += static_cast<std::size_t>(took);
    }
    m_size += bytes.size();
    return ok();
}

Result<std::size_t> PassingFile::read(std::uint64_t at, std::span<char> to) const
{
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(to.size(), m_size - std::min(at, m_size)));
    for (std::size_t done = 0; done < wanted;) {
        const ssize_t got = ::pread(m_file, to.data() + done, wanted - done, static_cast<off_t>(at + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return failure(got < 0 ? errno : EIO);
        }
        done += static_cast<std::size_t>(got);
    }
    return wanted;
}

} // namespace keyglass
