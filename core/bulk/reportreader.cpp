// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/reportreader.h"

#include "core/base/bytes.h"
#include "core/bulk/reportfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <optional>

namespace keyglass {

namespace {

using namespace Qt::StringLiterals;

std::optional<Outcome> outcomeNamed(std::string_view name)
{
    for (std::size_t at = 0; at < outcomeCount; ++at) {
        if (outcomeName(static_cast<Outcome>(at)) == name) {
            return static_cast<Outcome>(at);
        }
    }
    return std::nullopt;
}

/// The four fields of a line of CSV; nothing where it is another line. escapeLine() leaves no line break in a field.
std::optional<std::array<std::string, 4>> fieldsOf(std::string_view line)
{
    std::array<std::string, 4> fields;
    std::size_t field = 0;
    bool isQuoted = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (c == '"' && isQuoted && at + 1 < line.size() && line[at + 1] == '"') {
            fields.at(field) += line[++at];
        } else if (c == '"') {
            isQuoted = !isQuoted;
        } else if (c == ',' && !isQuoted) {
            if (++field == fields.size()) {
                return std::nullopt;
            }
        } else {
            fields.at(field) += c;
        }
    }
    return field + 1 == fields.size() && !isQuoted ? std::optional(fields) : std::nullopt;
}

std::optional<KeyOutcome> fromCsv(std::string_view line)
{
    if (!line.ends_with("\r\n")) {
        return std::nullopt; // cut
    }
    const auto fields = fieldsOf(line.substr(0, line.size() - 2));
    const auto outcome = fields ? outcomeNamed((*fields)[2]) : std::nullopt;
    if (!outcome) {
        return std::nullopt;
    }
    auto key = unescapeLine((*fields)[0]);
    auto detail = unescapeLine((*fields)[3]);
    if (!key || !detail) {
        return std::nullopt;
    }
    return KeyOutcome{*std::move(key), *outcome, *std::move(detail), QString::fromStdString((*fields)[1])};
}

std::string bytesOf(const QJsonValue& value)
{
    return value.isObject()
        ? QByteArray::fromBase64(value.toObject().value("base64"_L1).toString().toLatin1()).toStdString()
        : value.toString().toStdString();
}

std::optional<KeyOutcome> fromJson(QByteArray line)
{
    line = line.trimmed();
    if (line.endsWith(',')) {
        line.chop(1);
    }
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const auto outcome = outcomeNamed(object.value("outcome"_L1).toString().toStdString());
    if (!outcome) {
        return std::nullopt;
    }
    return KeyOutcome{bytesOf(object.value("key"_L1)), *outcome, bytesOf(object.value("detail"_L1)),
        object.value("node"_L1).toString()};
}

Error badLine(const QString& path, std::uint64_t line)
{
    return {ErrorKind::Input, path,
        QCoreApplication::translate("Bulk", "Line %1 is none of a report, or the file is not whole").arg(line)};
}

} // namespace

Status forEachOutcome(
    const QString& path, const std::stop_token& stop, const std::function<bool(const KeyOutcome&)>& take)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    const bool isCsv = isCsvReport(path);
    const QByteArray head = file.readLine();
    if (head != (isCsv ? "key,node,outcome,detail\r\n" : "{\"keys\": [\n")) {
        return badLine(path, 1);
    }
    for (std::uint64_t number = 2; !file.atEnd(); ++number) {
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, path, {}};
        }
        const QByteArray line = file.readLine();
        if (!isCsv && line.startsWith(']')) {
            return line.endsWith("}}\n") ? ok() : Status(badLine(path, number));
        }
        if (!isCsv && line.trimmed().isEmpty()) {
            continue; // a report without keys
        }
        const auto row =
            isCsv ? fromCsv(std::string_view(line.constData(), static_cast<std::size_t>(line.size()))) : fromJson(line);
        if (!row) {
            return badLine(path, number);
        }
        if (!take(*row)) {
            return ok();
        }
    }
    return isCsv ? ok() : Status(badLine(path, 0));
}

} // namespace keyglass
