// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/previewmarks.h"

#include "core/base/filewriting.h"
#include "core/base/stablehash.h"
#include "core/base/valuedigest.h"
#include "core/bulk/crc32c.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace keyglass {

namespace {

constexpr std::array<std::string_view, 6> types{"string", "list", "set", "zset", "hash", "stream"};
constexpr std::uint64_t moduleType = types.size() + 1;
constexpr std::uint64_t unknownType = 0;
constexpr std::uint64_t typeBits = 7;
constexpr std::size_t mostTypes = 4'000'000;
constexpr std::string_view magic = "KGSEEN\r\n";

QString tr(const char* text)
{
    return QCoreApplication::translate("Bulk", text);
}

std::uint64_t hashOf(std::string_view bytes)
{
    return stableHash(bytes);
}

/// 1 to 7; 0 where it can't be told, as a newer server's way to write a value.
std::uint64_t codeOf(std::string_view type)
{
    const auto found = std::ranges::find(types, type);
    if (found != types.end()) {
        return static_cast<std::uint64_t>(found - types.begin()) + 1;
    }
    return type.empty() ? unknownType : moduleType;
}

QString nameOf(std::uint64_t code)
{
    return code == moduleType ? tr("a module's") : QString::fromUtf8(types.at(code - 1).data());
}

/// The fixed part of the file. `version` says how its numbers were made; of a machine that writes numbers the other way
/// round it is another one, too.
struct Header {
    std::array<char, 8> magic{};
    std::uint64_t version = 0;
    std::uint64_t common = 0;
    std::uint64_t flags = 0; ///< 1: with values; 2: cut; 4: of one type.
    std::uint64_t count = 0;
};

Header headerOf(std::uint64_t flags, std::uint64_t common, std::size_t count)
{
    Header header{{}, valueDigestVersion, common, flags, count};
    std::ranges::copy(magic, header.magic.begin());
    return header;
}

template <typename T> std::string_view bytesOf(const T* from, std::size_t count)
{
    return {reinterpret_cast<const char*>(from), count * sizeof(T)};
}

} // namespace

PreviewMarks::PreviewMarks(bool hasValues)
    : m_hasValues(hasValues)
{
}

/// The lowest bits of `state` are the type, the others those of the value's digest: 0 where it was not read.
PreviewMarks::Mark PreviewMarks::markOf(std::string_view key, std::string_view type, std::optional<std::uint64_t> value)
{
    return {hashOf(key), (value.value_or(0) & ~typeBits) | codeOf(type)};
}

void PreviewMarks::add(std::span<const Mark> marks)
{
    const std::lock_guard lock(m_mutex);
    for (const Mark& mark : marks) {
        const std::uint64_t type = mark.state & typeBits;
        if (m_hasValues) {
            m_isCut = m_isCut || m_marks.size() >= mostValues;
            if (!m_isCut) {
                m_marks.push_back(mark);
            }
            continue;
        }
        m_common = m_common == 0 ? type : m_common;
        m_isUniform = m_isUniform && type == m_common;
        m_isCut = m_isCut || m_types.size() >= mostTypes;
        if (!m_isCut) {
            m_types.push_back((mark.key & ~typeBits) | type);
        }
    }
}

Status PreviewMarks::seal()
{
    const std::lock_guard lock(m_mutex);
    if (m_isUniform) {
        m_types = {};
        m_isCut = m_isCut && m_hasValues;
    }
    std::ranges::sort(m_types);
    std::ranges::sort(m_marks, {}, &Mark::key);
    if (m_hasValues && m_isCut) {
        return Error{ErrorKind::Limit, tr("The comparison with the preview"),
            tr("It can be made for %1 keys at most. Plan the job for fewer keys, or without it").arg(mostValues)};
    }
    return ok();
}

/// 0: not known.
std::uint64_t PreviewMarks::seenType(std::uint64_t key) const
{
    if (m_isUniform) {
        return m_common;
    }
    const auto found = std::ranges::lower_bound(m_types, key & ~typeBits);
    const bool isNamed = found != m_types.end() && (*found & ~typeBits) == (key & ~typeBits);
    return isNamed ? *found & typeBits : unknownType;
}

std::optional<std::string> PreviewMarks::whyChanged(
    std::string_view key, std::string_view type, std::optional<std::uint64_t> value) const
{
    const Mark now = markOf(key, type, value);
    std::uint64_t before = 0;
    if (m_hasValues) {
        const auto found = std::ranges::lower_bound(m_marks, now.key, {}, &Mark::key);
        if (found == m_marks.end() || found->key != now.key) {
            return tr("the preview did not see it").toStdString();
        }
        before = found->state;
    } else {
        before = seenType(now.key);
    }
    const std::uint64_t typeNow = now.state & typeBits;
    const std::uint64_t typeBefore = before & typeBits;
    if (typeNow != typeBefore && typeNow != unknownType && typeBefore != unknownType) {
        const QString text = m_isUniform && !m_hasValues // then keys are not named
            ? tr("all keys of the preview were of type %1, and it is %2 now")
            : tr("its type was %1 at the preview and is %2 now");
        return text.arg(nameOf(typeBefore), nameOf(typeNow)).toStdString();
    }
    if (!m_hasValues || before == now.state) {
        const bool isRead = !m_hasValues || (before & ~typeBits) != 0;
        return isRead ? std::nullopt
                      : std::optional(tr("it is too large to be compared with the preview").toStdString());
    }
    return tr("its value is not what the preview saw").toStdString();
}

Status PreviewMarks::save(const QString& path) const
{
    const std::size_t count = m_hasValues ? m_marks.size() : m_types.size();
    const std::uint64_t flags = (m_hasValues ? 1U : 0U) | (m_isCut ? 2U : 0U) | (m_isUniform ? 4U : 0U);
    const Header header = headerOf(flags, m_common, count);
    const std::string_view body = m_hasValues ? bytesOf(m_marks.data(), count) : bytesOf(m_types.data(), count);
    const std::uint32_t sum = crc32c(body, crc32c(bytesOf(&header, 1)));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    for (const std::string_view part : {bytesOf(&header, 1), body, bytesOf(&sum, 1)}) {
        if (Status written = writeWhole(file, part); !written) {
            return written;
        }
    }
    return commitWhole(file);
}

Result<std::shared_ptr<const PreviewMarks>> PreviewMarks::load(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    const Error bad{ErrorKind::Input, path, tr("It does not hold what a preview of this program saw, or is damaged.")};
    Header header;
    const auto read = [&file](void* to, std::size_t bytes) {
        return file.read(static_cast<char*>(to), static_cast<qint64>(bytes)) == static_cast<qint64>(bytes);
    };
    if (!read(&header, sizeof header) || std::string_view(header.magic.data(), header.magic.size()) != magic) {
        return bad;
    }
    if (header.version != valueDigestVersion) {
        return Error{ErrorKind::Input, path,
            tr("Another version of this program has written it, which told values in another way. Preview the job "
               "again "
               "and keep what that sees, or run it without the comparison.")};
    }
    if (header.common > moduleType) {
        return bad;
    }
    const auto marks = std::make_shared<PreviewMarks>((header.flags & 1U) != 0);
    const std::size_t each = marks->m_hasValues ? sizeof(Mark) : sizeof(std::uint64_t);
    const std::uint64_t rest = static_cast<std::uint64_t>(file.size()) - sizeof header;
    if (header.count > mostTypes || rest != header.count * each + sizeof(std::uint32_t)) {
        return bad;
    }
    marks->m_common = header.common;
    marks->m_isCut = (header.flags & 2U) != 0;
    marks->m_isUniform = (header.flags & 4U) != 0;
    (marks->m_hasValues ? marks->m_marks.resize(header.count) : marks->m_types.resize(header.count));
    void* const body = marks->m_hasValues ? static_cast<void*>(marks->m_marks.data()) : marks->m_types.data();
    std::uint32_t sum = 0;
    if (!read(body, header.count * each) || !read(&sum, sizeof sum)
        || sum != crc32c({static_cast<const char*>(body), header.count * each}, crc32c(bytesOf(&header, 1)))) {
        return bad;
    }
    return std::shared_ptr<const PreviewMarks>(marks);
}

} // namespace keyglass
