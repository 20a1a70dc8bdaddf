// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/loadstring.h"

#include "core/base/stopwait.h"
#include "core/edit/loadedfile.h"
#include "core/edit/stringsight.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

using Status = EditOutcome::Status;

constexpr int mostTries = 5;
/// Who has ended it may be waiting for that.
constexpr Milliseconds lastWord{200};

QString tr(const char* text)
{
    return QCoreApplication::translate("StringLoad", text);
}

Error cancelled()
{
    return {ErrorKind::Cancelled, {}, {}};
}

using Sight = StringSight;

/// The first error reply; null where there is none.
const Reply* errorIn(const std::vector<Reply>& replies)
{
    const auto found = std::ranges::find_if(replies, &Reply::isError);
    return found == replies.end() ? nullptr : &*found;
}

/// One loading on its way.
class StringLoading {
public:
    StringLoading(const LoadLanes& lanes, const StringLoad& what, const EditOptions& options,
        const std::stop_token& stop, const std::function<void(std::uint64_t)>& progressed)
        : m_lanes(lanes)
        , m_what(what)
        , m_options(options)
        , m_stop(stop)
        , m_progressed(progressed)
        , m_file(what.path)
        , m_watch(lanes.watching, options.confirmation, stop, [this](std::uint64_t bytes) { progress(bytes); })
    {
    }

    [[nodiscard]] Result<StringLoaded> run();

private:
    /// Nothing: go on, or try again.
    using Ended = std::optional<Result<StringLoaded>>;

    [[nodiscard]] keyglass::Status checkGate() const;
    [[nodiscard]] keyglass::Status checkLimit();
    [[nodiscard]] Ended look(Sight& sight);
    [[nodiscard]] bool isAsSeen(const Sight& sight) const;
    [[nodiscard]] keyglass::Status write();
    [[nodiscard]] Result<std::vector<Reply>> writeAtOnce(const std::vector<Command>& commands);
    [[nodiscard]] keyglass::Status writePiece(std::uint64_t offset, const std::string& piece);
    [[nodiscard]] Error isAnother(std::uint64_t length) const;
    [[nodiscard]] Result<StringLoaded> takePlace(Sight sight);
    [[nodiscard]] Ended tryToTakePlace(const Sight& sight);
    [[nodiscard]] StringLoaded findOut(Error lost);
    [[nodiscard]] std::string_view beginning() const
    {
        return m_what.seen.beginning ? *m_what.seen.beginning : std::string_view();
    }
    [[nodiscard]] std::optional<bool> removeTemporary();
    [[nodiscard]] StringLoaded ended(Status status, const Sight& sight) const;
    [[nodiscard]] Error about(Error error) const { return std::move(error).about(keySubject(m_what.key)); }
    void progress(std::uint64_t bytes);

    const LoadLanes& m_lanes;
    const StringLoad& m_what;
    const EditOptions& m_options;
    const std::stop_token& m_stop;
    const std::function<void(std::uint64_t)>& m_progressed;
    LoadedFile m_file;
    StringWatch m_watch;
    std::unique_ptr<Lane> m_writing;
    std::string m_temporary; ///< Empty: not made yet.
    std::uint64_t m_done = 0;
    bool m_isExpiryChanged = false;
};

void StringLoading::progress(std::uint64_t bytes)
{
    m_done += bytes;
    m_progressed(m_done);
}

/// A name of its own in the key's slot: known by the key's, so that who may write that may mostly write this.
std::string temporaryName(const std::string& key, const EditLanes& lanes)
{
    const QByteArray mark = QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    const std::string name = key + ".keyglass-" + mark.toStdString();
    std::string inSlot = name;
    for (int tag = 0; !lanes.areTogether(key, inSlot); ++tag) {
        inSlot = name + '{' + std::to_string(tag) + '}';
    }
    return inSlot;
}

/// All that may be sent later, so that nothing is written for nothing.
keyglass::Status StringLoading::checkGate() const
{
    const std::string& key = m_what.key;
    const std::array<Command, 7> all{Command{"SET", key, ""}, Command{"SETRANGE", key, "0", ""},
        Command{"PEXPIRE", key, "1"}, Command{"RENAME", key, key}, Command{"PEXPIREAT", key, "1"},
        Command{"PERSIST", key}, Command{m_options.abilities.hasUnlink ? "UNLINK" : "DEL", key}};
    for (const Command& command : all) {
        if (auto allowed = m_watch.lane().check(command); !allowed) {
            return allowed;
        }
    }
    return ok();
}

/// Where it is not told, the first SETRANGE is refused by it.
keyglass::Status StringLoading::checkLimit()
{
    const auto reply = m_watch.lane().call(Command{"CONFIG", "GET", "proto-max-bulk-len"}, m_stop);
    if (!reply) {
        const ErrorKind kind = reply.error().kind;
        const bool isOfLine = kind == ErrorKind::Network || kind == ErrorKind::Timeout || kind == ErrorKind::Cancelled;
        return isOfLine ? keyglass::Status(reply.error()) : ok();
    }
    std::uint64_t most = 0;
    const std::string text = reply->elements.size() == 2 ? reply->elements[1].text : std::string();
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), most);
    if (text.empty() || problem != std::errc{} || end != text.data() + text.size() || m_file.size() <= most) {
        return ok();
    }
    return Error{ErrorKind::Limit, m_what.path,
        tr("It is of %1, and this server takes strings of up to %2 (proto-max-bulk-len).")
            .arg(sizeText(ByteCount{m_file.size()}), sizeText(ByteCount{most}))};
}

bool StringLoading::isAsSeen(const Sight& sight) const
{
    const StringLoad::Seen& seen = m_what.seen;
    return sight.hasBeginning && seen.length.value_or(sight.length) == sight.length
        && (seen.digest.isEmpty() || seen.digest == sight.digest);
}

StringLoaded StringLoading::ended(Status status, const Sight& sight) const
{
    StringLoaded end;
    end.outcome.status = status;
    end.outcome.now.typeName = sight.seen.typeName;
    end.outcome.now.type = sight.seen.typeName == "string" ? KeyType::String
        : sight.seen.typeName == "none"                    ? KeyType::None
                                                           : KeyType::Other;
    end.outcome.now.isExpiryKnown = sight.seen.isExpiryKnown;
    end.outcome.now.ttl = sight.seen.ttl;
    end.outcome.now.expiresAt = sight.seen.expiresAt();
    end.outcome.now.length = sight.length;
    end.outcome.expiryChanged = m_isExpiryChanged;
    end.bytes = m_file.size();
    end.digest = sight.digest;
    return end;
}

StringLoading::Ended StringLoading::look(Sight& sight)
{
    sight = {};
    if (auto watched = m_watch.look(m_what.key, beginning(), sight); !watched) {
        return about(std::move(watched).error());
    }
    m_isExpiryChanged = m_isExpiryChanged || isExpiryChanged(m_what.seenExpiry, sight.seen);
    if (sight.seen.typeName == "none") {
        return ended(Status::Gone, sight);
    }
    if (sight.seen.typeName != "string") {
        return ended(Status::WrongType, sight);
    }
    return isAsSeen(sight) ? Ended() : Ended(ended(Status::Conflict, sight));
}

/// As a transaction, so that the time to live is there with the bytes, whatever becomes of the line. What EXEC says.
Result<std::vector<Reply>> StringLoading::writeAtOnce(const std::vector<Command>& commands)
{
    std::vector<Command> all{Command{"MULTI"}};
    all.insert(all.end(), commands.begin(), commands.end());
    all.push_back(Command{"PEXPIRE", m_temporary}.add(leftOverAfter.count()));
    all.push_back(Command{"EXEC"});
    auto replies = m_writing->pipeline(all, m_stop);
    if (!replies) {
        return std::move(replies).error();
    }
    if (const Reply* error = errorIn(*replies)) {
        m_writing->close(); // whatever state it is in
        return replyError(error->text).about(keySubject(m_temporary));
    }
    std::vector<Reply> done = std::move(replies->back().elements);
    if (const Reply* error = errorIn(done)) {
        return replyError(error->text).about(keySubject(m_temporary));
    }
    if (done.size() != commands.size() + 1) {
        m_writing->close();
        return Error{ErrorKind::Protocol, keySubject(m_temporary), tr("The server's answer to EXEC makes no sense.")};
    }
    return done;
}

/// A SETRANGE makes a key that is gone anew, full of zeros: its length is looked at in the same transaction.
keyglass::Status StringLoading::writePiece(std::uint64_t offset, const std::string& piece)
{
    const auto done = writeAtOnce({Command{"STRLEN", m_temporary},
        Command{"SETRANGE", m_temporary}.add(static_cast<std::int64_t>(offset)).add(piece)});
    if (!done) {
        return done.error();
    }
    const auto length = static_cast<std::uint64_t>(done->front().integer);
    return length == m_file.size() ? ok() : keyglass::Status(isAnother(length));
}

/// Why the temporary key is not what was written. A server that is short of memory may take it, as it has an end.
Error StringLoading::isAnother(std::uint64_t length) const
{
    const QString name = displayText(m_temporary);
    return {ErrorKind::Conflict, keySubject(m_what.key),
        length == 0
            ? tr("%1, which held what was loaded of %2, is gone, so nothing was changed. The server removes such a key "
                 "where its memory is full (maxmemory), or where nothing comes for %3 minutes.")
                  .arg(name, m_what.path)
                  .arg(leftOverAfter.count() / 60'000)
            : tr("Somebody else has changed %1, which held what was loaded of %2, so nothing was changed.")
                  .arg(name, m_what.path)};
}

/// Room for all of it first: a string that grows is copied again and again, and the server stands still for it.
keyglass::Status StringLoading::write()
{
    m_temporary = temporaryName(m_what.key, m_lanes.writing);
    std::vector<Command> room{Command{"SET", m_temporary, ""}};
    if (m_file.size() > 0) {
        room.push_back(Command{"SETRANGE", m_temporary}.add(static_cast<std::int64_t>(m_file.size() - 1)));
        room.back().add(std::string_view("\0", 1));
    }
    if (const auto made = writeAtOnce(room); !made) {
        return made.error();
    }
    while (m_file.taken() < m_file.size()) {
        if (m_stop.stop_requested()) {
            return cancelled();
        }
        const std::uint64_t offset = m_file.taken();
        const auto piece = m_file.next(pieceOfStringLoad);
        if (!piece) {
            return piece.error();
        }
        if (auto written = writePiece(offset, *piece); !written) {
            return written;
        }
        progress(piece->size());
    }
    return ok();
}

Result<StringLoaded> StringLoading::run()
{
    if (auto opened = m_file.open(); !opened) {
        return std::move(opened).error();
    }
    m_watch.goTo(m_what.key);
    if (auto allowed = checkGate(); !allowed) {
        return std::move(allowed).error();
    }
    if (auto fits = checkLimit(); !fits) {
        return std::move(fits).error();
    }
    Sight sight;
    if (auto end = look(sight)) {
        return *std::move(end);
    }
    m_writing = m_lanes.writing.placeOf(m_what.key).lane->confirmed(m_options.confirmation);
    if (auto written = write(); !written) {
        static_cast<void>(removeTemporary());
        const ErrorKind kind = written.error().kind;
        return kind == ErrorKind::File || kind == ErrorKind::Cancelled ? std::move(written).error()
                                                                       : about(std::move(written).error());
    }
    auto loaded = takePlace(std::move(sight));
    if (!loaded || loaded->outcome.status != Status::Done) {
        static_cast<void>(removeTemporary());
    }
    return loaded;
}

Result<StringLoaded> StringLoading::takePlace(Sight sight)
{
    for (int attempt = 1; attempt <= mostTries; ++attempt) {
        if (attempt > 1 || !m_watch.stands()) {
            const Sight before = std::exchange(sight, {});
            if (auto end = look(sight)) {
                return *std::move(end);
            }
            if (sight.digest != before.digest) {
                return ended(Status::Conflict, sight);
            }
        }
        if (auto end = tryToTakePlace(sight)) {
            return *std::move(end);
        }
        if (m_stop.stop_requested()) {
            return cancelled();
        }
    }
    return ended(Status::TooBusy, sight);
}

StringLoading::Ended StringLoading::tryToTakePlace(const Sight& sight)
{
    enum At : std::size_t { Kept, Watched, Length, End, Time, Multi };
    const bool hasTime = m_options.abilities.hasExpireTime;
    const std::array<Command, 6> asked{Command{"PEXPIRE", m_temporary}.add(leftOverAfter.count()),
        Command{"WATCH", m_temporary}, Command{"STRLEN", m_temporary},
        Command{hasTime ? "PEXPIRETIME" : "PTTL", m_what.key}, Command{"TIME"}, Command{"MULTI"}};
    const auto looked = m_watch.lane().pipeline(asked, m_stop);
    if (!looked && looked.error().kind == ErrorKind::Network) {
        m_watch.lane().close(); // it may have died of idleness: nothing but looking was on its way
        return std::nullopt;
    }
    if (!looked) {
        return about(looked.error());
    }
    const std::vector<Reply>& replies = *looked;
    if (const Reply* error = errorIn(replies)) {
        m_watch.lane().close(); // a transaction may stand
        return about(replyError(error->text));
    }
    const auto clock = hasTime ? ExpiryTime() : serverTime(replies[Time]).value_or(sight.seen.asOf);
    if (!m_watch.stands() || replies[End].integer == -2) { // another connection, or the string has ended
        m_watch.lane().close();
        return std::nullopt;
    }
    if (const auto length = static_cast<std::uint64_t>(replies[Length].integer); length != m_file.size()) {
        m_watch.lane().close();
        return isAnother(length);
    }
    const std::int64_t end = replies[End].integer;
    const Command keepEnd = end < 0 ? Command{"PERSIST", m_what.key}
                                    : Command{"PEXPIREAT", m_what.key}.add(clock.time_since_epoch().count() + end);
    const std::array<Command, 3> writes{Command{"RENAME", m_temporary, m_what.key}, keepEnd, Command{"EXEC"}};
    const auto done = m_watch.lane().pipeline(writes, {}); // nobody could say any more what became of it
    if (!done) {
        m_watch.lane().close();
        return findOut(done.error());
    }
    if (const Reply* error = errorIn(*done)) {
        m_watch.lane().close();
        return about(replyError(error->text));
    }
    if (done->back().isNil()) {
        return std::nullopt; // somebody has touched it
    }
    if (const Reply* error = errorIn(done->back().elements)) {
        return about(replyError(error->text));
    }
    StringLoaded loaded = ended(Status::Done, sight);
    loaded.outcome.now.length = m_file.size();
    loaded.digest = m_file.digest();
    return loaded;
}

/// True: it was there still, so that what would give it the string's name can't any more. Nothing: not known.
std::optional<bool> StringLoading::removeTemporary()
{
    const Command command{m_options.abilities.hasUnlink ? "UNLINK" : "DEL", m_temporary};
    for (int attempt = 0; attempt < 2 && !m_stop.stop_requested(); ++attempt) { // the first may find its line lost
        const auto reply = m_writing->call(command, m_stop);
        if (reply && reply->isInteger()) {
            return reply->integer > 0;
        }
    }
    if (!m_stop.stop_requested() || !m_writing->isOpen()) {
        return std::nullopt; // it ends by itself
    }
    const StopAfter late(lastWord);
    const auto reply = m_writing->call(command, late.token());
    return reply && reply->isInteger() ? std::optional(reply->integer > 0) : std::nullopt;
}

StringLoaded StringLoading::findOut(Error lost)
{
    const auto wasThere = removeTemporary();
    Sight now;
    StringLoaded end = ended(wasThere.value_or(false) ? Status::NotDone : Status::Unknown, now);
    if (wasThere && !*wasThere && m_watch.look(m_what.key, {}, now) && now.length == m_file.size()
        && now.digest == m_file.digest()) {
        end = ended(Status::Done, now);
    }
    end.outcome.lineWasLost = true;
    if (end.outcome.status != Status::Done) {
        end.outcome.why = std::move(lost);
    }
    return end;
}

} // namespace

Result<StringLoaded> loadString(const LoadLanes& lanes, const StringLoad& what, const EditOptions& options,
    const std::stop_token& stop, const std::function<void(std::uint64_t)>& progressed)
{
    return StringLoading(lanes, what, options, stop, progressed).run();
}

const std::vector<std::string>& commandsOfStringLoad()
{
    static const std::vector<std::string> all{
        "SET", "SETRANGE", "PEXPIRE", "RENAME", "PEXPIREAT", "PERSIST", "UNLINK", "DEL"};
    return all;
}

} // namespace keyglass
