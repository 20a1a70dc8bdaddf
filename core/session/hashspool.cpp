// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/hashspool.h"

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
#include <utility>

namespace keyglass {

HashSpool::HashSpool(QString folder, std::size_t held)
    : m_folder(std::move(folder))
    , m_most(held)
{
}

HashSpool::~HashSpool()
{
    if (m_file >= 0) {
        ::close(m_file);
    }
}

QString HashSpool::usualFolder()
{
    const QString named = qEnvironmentVariable("TMPDIR"); // QDir::tempPath() is empty where there is no such folder
    if (!named.isEmpty()) {
        return named;
    }
    const QString forLarge = QStringLiteral("/var/tmp");
    return QFileInfo(forLarge).isWritable() ? forLarge : QDir::tempPath();
}

Error HashSpool::failure(int why) const
{
    return Error{ErrorKind::File,
        QCoreApplication::translate("Bulk", "The passing file in %1 by which each key is done once").arg(m_folder),
        QCoreApplication::translate("Bulk",
            "%1. It takes 16 bytes a key in a folder that may be written: make room there, or name another by the "
            "variable TMPDIR.")
            .arg(QString::fromLocal8Bit(std::strerror(why)))};
}

Status HashSpool::open()
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

/// What is held goes to the file; where that fails it is held still.
Status HashSpool::write()
{
    if (m_file < 0) {
        if (Status opened = open(); !opened) {
            return opened;
        }
    }
    const char* const bytes = reinterpret_cast<const char*>(m_held.data());
    const std::size_t size = m_held.size() * sizeof(WideHash);
    for (std::size_t done = 0; done < size;) {
        const auto at = static_cast<off_t>(m_written * sizeof(WideHash) + done);
        const ssize_t took = ::pwrite(m_file, bytes + done, size - done, at);
        if (took < 0 && errno == EINTR) {
            continue;
        }
        if (took <= 0) {
            return failure(took < 0 ? errno : ENOSPC);
        }
        done += static_cast<std::size_t>(took);
    }
    m_written += m_held.size();
    m_held.clear();
    return ok();
}

Status HashSpool::append(std::span<const WideHash> hashes)
{
    if (!hashes.empty() && !m_held.empty() && m_held.size() + hashes.size() > m_most) {
        if (Status written = write(); !written) {
            return written;
        }
    }
    m_held.insert(m_held.end(), hashes.begin(), hashes.end());
    return ok();
}

Status HashSpool::forEach(const std::function<void(std::span<const WideHash>)>& use) const
{
    constexpr std::uint64_t readAtOnce = 16'384;
    std::vector<WideHash> part(static_cast<std::size_t>(std::min(m_written, readAtOnce)));
    for (std::uint64_t at = 0; at < m_written;) {
        const std::uint64_t wanted = std::min(m_written - at, readAtOnce);
        const ssize_t got =
            ::pread(m_file, part.data(), wanted * sizeof(WideHash), static_cast<off_t>(at * sizeof(WideHash)));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        const std::size_t whole = got < 0 ? 0 : static_cast<std::size_t>(got) / sizeof(WideHash);
        if (whole == 0) {
            return failure(got < 0 ? errno : EIO);
        }
        use(std::span(part).first(whole));
        at += whole;
    }
    use(m_held);
    return ok();
}

} // namespace keyglass
