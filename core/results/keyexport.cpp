// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/keyexport.h"

#include "core/base/bytes.h"
#include "core/base/filewriting.h"
#include "core/base/jsontext.h"
#include "core/index/keyroot.h"
#include "core/results/resultheader.h"

#include <QSaveFile>

#include <functional>
#include <string>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t blockBytes = 256U * 1024;
constexpr std::uint64_t keysAtOnce = 16'384;

/// What stands before, between and after the keys, and how one looks.
struct Layout {
    std::string head{};
    std::string between{};
    std::function<std::string(std::string_view)> key{};
    std::string afterEach{};
    std::string tail{};
};

std::string jsonOfText(const QString& text)
{
    return jsonOf(text.toStdString());
}

std::string patternOf(const ResultSetInfo& about)
{
    return about.pattern.isEmpty() ? "*" : about.pattern.toStdString();
}

Layout jsonLayout(const ResultSetInfo& about, std::uint64_t count)
{
    std::string nodes;
    for (const QString& node : about.partialNodes) {
        nodes += (nodes.empty() ? "" : ", ") + jsonOfText(node);
    }
    Layout layout;
    layout.head = "{\n  \"pattern\": " + jsonOf(patternOf(about)) + ",\n  \"keys\": [";
    layout.between = ", ";
    layout.key = jsonOf;
    layout.tail = "],\n  \"count\": " + std::to_string(count)
        + ",\n  \"truncated\": " + (about.isTruncated ? "true" : "false") + ",\n  \"partial_nodes\": [" + nodes
        + "],\n  \"timestamp\": " + jsonOfText(about.taken.toUTC().toString(Qt::ISODateWithMs)) + "\n}\n";
    return layout;
}

Layout layoutOf(KeyFormat format, const ResultSetInfo& about, std::uint64_t count)
{
    switch (format) {
    case KeyFormat::Lines:
        return {{}, {}, escapeLine, "\n", {}};
    case KeyFormat::JsonLines:
        return {{}, {}, jsonOf, "\n", {}};
    case KeyFormat::Csv:
        return {"key\r\n", {}, [](std::string_view key) { return csvField(escapeLine(key)); }, "\r\n", {}};
    case KeyFormat::Json:
        break;
    }
    return jsonLayout(about, count);
}

/// A key of several databases: `write` makes the text of the key itself.
std::string withDatabase(
    std::string_view key, KeyFormat format, const std::function<std::string(std::string_view)>& write)
{
    const RootedKey rooted = splitRoot(key).value_or(RootedKey{0, key});
    const std::string database = std::to_string(rooted.database);
    switch (format) {
    case KeyFormat::Lines:
        return database + '\t' + write(rooted.key);
    case KeyFormat::Csv:
        return database + ',' + write(rooted.key);
    case KeyFormat::JsonLines:
    case KeyFormat::Json:
        break;
    }
    return "{\"database\": " + database + ", \"key\": " + write(rooted.key) + '}';
}

Layout layoutFor(KeyFormat format, const ResultSetInfo& about, std::uint64_t count)
{
    Layout layout = layoutOf(format, about, count);
    if (about.databases.size() > 1) {
        layout.head = format == KeyFormat::Csv ? "database," + layout.head : layout.head;
        layout.key = [format, write = layout.key](std::string_view key) { return withDatabase(key, format, write); };
    }
    return layout;
}

Status put(QSaveFile& file, std::string& block)
{
    return writeWhole(file, std::exchange(block, {}));
}

} // namespace

std::string csvField(const std::string& text)
{
    // A key may begin or end with a space, which some readers drop outside of quotes.
    const bool isPlain = text.find_first_of(",\" ") == std::string::npos && !text.empty();
    if (isPlain) {
        return text;
    }
    std::string field = "\"";
    for (const char c : text) {
        field += c;
        if (c == '"') {
            field += c;
        }
    }
    return field += '"';
}

Status exportKeys(const KeyChoice& keys, const ResultSetInfo& about, const KeyExport& wanted,
    const std::stop_token& stop, const KeysDone& done)
{
    QSaveFile file(wanted.path);
    if (!file.open(QIODevice::WriteOnly)) {
        return resultFileError(wanted.path, file.errorString());
    }
    const Layout layout = layoutFor(wanted.format, about, keys.count());
    std::string block = layout.head;
    std::uint64_t count = 0;
    Status written = ok();
    const bool all = keys.forEachKey(wanted.order, stop, [&](std::string_view key) {
        block += count == 0 ? std::string() : layout.between;
        block += layout.key(key);
        block += layout.afterEach;
        written = block.size() < blockBytes ? ok() : put(file, block);
        ++count;
        return written && (count % keysAtOnce != 0 || done(count));
    });
    block += layout.tail;
    written = written && all ? saveWhole(file, block) : std::move(written);
    if (!written) {
        return written;
    }
    return all ? ok() : Status(Error{ErrorKind::Cancelled, wanted.path, {}});
}

} // namespace keyglass
