// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/archiveseal.h"
#include "core/bulk/undorecord.h"

#include <QByteArray>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// The bytes of an undo archive; what they are and why is said in archiveformat.cpp.
namespace archiveformat {

inline constexpr std::size_t fixedBytes = 24;
inline constexpr std::size_t frameHeaderBytes = 36;
/// A record's length and checksum.
inline constexpr std::size_t recordHeaderBytes = 8;
/// No record is longer; a file that says otherwise is damaged.
inline constexpr std::uint32_t longestRecord = 1U << 30U;

/// Stands in the file's header and in each of its frames', and nobody could know it before.
using FileMark = std::uint64_t;

struct FileHeader {
    ArchiveInfo info;
    FileMark mark = 0;
    std::optional<SealTerms> seal; ///< Nothing: it is not sealed.
    std::uint64_t bytes = 0;       ///< Its own length: where the first frame stands.
};

enum class FrameKind : std::uint32_t { Records, End };

struct FrameHeader {
    FrameKind kind = FrameKind::Records;
    std::uint32_t number = 0;     ///< From 0.
    std::uint32_t compressed = 0; ///< Bytes that follow.
    std::uint32_t raw = 0;        ///< Bytes that become of them. Of the end: how many records there are.
    std::uint32_t records = 0;    ///< Of the end: how many of all supersede others.
};

[[nodiscard]] QByteArray fileHeaderBytes(
    const ArchiveInfo& info, FileMark mark, const std::optional<SealTerms>& seal = {});

/// The first bytes of a file, saying that there may be keys in parts: a program that does not know these must not try.
[[nodiscard]] QByteArray fixedBytesWithParts(const QByteArray& fixed);

/// What the first bytes of a file promise of the rest of its header.
struct Fixed {
    std::uint32_t textLength = 0;
    std::uint32_t textChecksum = 0;
};
/// `bytes`: the first of a file, up to fixedBytes. `path` names it in the error: File, or Unsupported where a newer
/// version wrote it.
[[nodiscard]] Result<Fixed> parseFixed(const QByteArray& bytes, const QString& path);
[[nodiscard]] Result<FileHeader> parseFileHeader(const Fixed& fixed, const QByteArray& text, const QString& path);

void appendFrameHeader(const FrameHeader& header, FileMark mark, std::string& out);
/// Nothing where it is none of this file.
[[nodiscard]] std::optional<FrameHeader> parseFrameHeader(std::string_view bytes, FileMark mark);
/// Where the next frame may begin: the first place in `bytes` at which its first bytes could stand, else npos.
[[nodiscard]] std::size_t findFrame(std::string_view bytes, FileMark mark);

void appendRecord(const UndoRecordView& record, std::string& out);
/// No record of it is longer.
[[nodiscard]] std::size_t recordBytesAtMost(const UndoRecordView& record);
/// `bytes` begin with a record's header.
struct RecordHeader {
    std::uint32_t length = 0;
    std::uint32_t checksum = 0;
};
[[nodiscard]] RecordHeader parseRecordHeader(std::string_view bytes);
/// False where the checksum or the content is wrong; both are undefined then. `part`: of a record that is one; its
/// bytes are the record's dump.
[[nodiscard]] bool parseRecord(
    const RecordHeader& header, std::string_view body, UndoRecord& record, std::optional<RecordPart>& part);

/// ErrorKind::File with the file's name.
[[nodiscard]] Error fileError(const QString& path, const QString& what);

} // namespace archiveformat

} // namespace keyglass
