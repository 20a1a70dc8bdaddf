// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/stringfile.h"

#include "core/base/filewriting.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <string_view>

namespace keyglass {

namespace {

using TakePage = std::function<Status(std::string_view bytes)>;

Error changed()
{
    return Error{ErrorKind::Conflict, {},
        QCoreApplication::translate(
            "StringFile", "The value was changed while it was read, so nothing was written: try again.")};
}

Error fileError(const QSaveFile& file)
{
    return Error{ErrorKind::File, file.fileName(), file.errorString()};
}

Result<std::uint64_t> lengthOf(Lane& lane, const std::string& key, const std::stop_token& stop)
{
    auto exists = callFor(lane, Command{"EXISTS", key}, stop);
    if (!exists) {
        return std::move(exists).error();
    }
    if (exists->integer == 0) {
        return Error{ErrorKind::Gone, {}, {}};
    }
    auto length = callFor(lane, Command{"STRLEN", key}, stop);
    if (!length) {
        return std::move(length).error();
    }
    return static_cast<std::uint64_t>(std::max<std::int64_t>(length->integer, 0));
}

/// Reads all of it, `length` bytes; Conflict where there are fewer by now.
Status readPages(
    Lane& lane, const std::string& key, std::uint64_t length, const std::stop_token& stop, const TakePage& take)
{
    for (std::uint64_t at = 0; at < length;) {
        const std::uint64_t wanted = std::min(length - at, pageOfStringFile);
        Command command{"GETRANGE", key};
        command.add(static_cast<std::int64_t>(at)).add(static_cast<std::int64_t>(at + wanted - 1));
        const auto page = callFor(lane, command, stop);
        if (!page) {
            return page.error();
        }
        if (page->text.size() != wanted) {
            return changed();
        }
        if (const auto taken = take(page->text); !taken) {
            return taken;
        }
        at += wanted;
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, {}, {}};
        }
    }
    return ok();
}

/// A watch over the key from here on; what it can't tell, nobody has seen.
class Watch {
public:
    Watch(Lane& lane, const StringFile& what, const std::stop_token& stop)
        : m_lane(lane)
    {
        if (what.canWatch) {
            const auto answer = lane.call(Command{"WATCH", what.key}, stop);
            m_stands = answer && !answer->isError();
            m_opening = lane.openings();
        }
    }

    /// Whether nothing has touched the key. Ends the watch.
    [[nodiscard]] bool sawNothing(const std::stop_token& stop)
    {
        if (!m_stands || m_opening != m_lane.openings()) {
            return false;
        }
        m_stands = false;
        const std::array<Command, 2> asked{Command{"MULTI"}, Command{"EXEC"}};
        const auto answers = m_lane.pipeline(asked, stop);
        const bool isComplete = answers && answers->size() == asked.size() && m_opening == m_lane.openings();
        return isComplete && !answers->back().isError() && !answers->back().isNil();
    }

private:
    Lane& m_lane;
    bool m_stands = false;
    std::uint64_t m_opening = 0;
};

/// Once more, without keeping it.
Status compareAgain(
    Lane& lane, const std::string& key, std::uint64_t length, const QByteArray& digest, const std::stop_token& stop)
{
    const auto now = lengthOf(lane, key, stop);
    if (!now) {
        return now.error().kind == ErrorKind::Gone ? changed() : now.error();
    }
    QCryptographicHash again(QCryptographicHash::Sha256);
    const auto add = [&](std::string_view bytes) {
        again.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
        return ok();
    };
    if (const auto read = readPages(lane, key, length, stop, add); !read) {
        return read;
    }
    return *now == length && again.result() == digest ? ok() : Status(changed());
}

} // namespace

Result<std::uint64_t> saveString(Lane& lane, const StringFile& what, const std::stop_token& stop,
    const std::function<void(std::uint64_t)>& progressed)
{
    Watch watch(lane, what, stop);
    const auto length = lengthOf(lane, what.key, stop);
    if (!length) {
        return Error(length.error()).about(keySubject(what.key));
    }
    QSaveFile file(what.path); // beside its place; whatever is not committed goes with it
    if (!file.open(QIODevice::WriteOnly)) {
        return fileError(file);
    }
    QCryptographicHash digest(QCryptographicHash::Sha256);
    std::uint64_t done = 0;
    const auto write = [&](std::string_view bytes) -> Status {
        if (Status written = writeWhole(file, bytes); !written) {
            return written;
        }
        digest.addData(QByteArrayView(bytes));
        done += bytes.size();
        progressed(done);
        return ok();
    };
    Status read = readPages(lane, what.key, *length, stop, write);
    if (read && !watch.sawNothing(stop)) {
        read = compareAgain(lane, what.key, *length, digest.result(), stop);
    }
    if (!read) {
        const bool isOfFile = read.error().kind == ErrorKind::File;
        return isOfFile ? std::move(read).error() : std::move(read).error().about(keySubject(what.key));
    }
    if (Status saved = commitWhole(file); !saved) {
        return std::move(saved).error();
    }
    return done;
}

} // namespace keyglass
