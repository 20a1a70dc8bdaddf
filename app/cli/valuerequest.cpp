// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/valuerequest.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

Error badRange(const QString& why)
{
    return Error{ErrorKind::Input, QStringLiteral("--range"), why};
}

Result<std::optional<RangeText>> rangeFrom(const Options& options)
{
    const auto text = options.value("--range");
    if (!text) {
        return std::optional<RangeText>();
    }
    const std::size_t dots = text->find("..");
    if (dots == std::string::npos) {
        return badRange(tr("\"%1\" is not FROM..TO").arg(displayText(*text)));
    }
    return std::optional(RangeText{text->substr(0, dots), text->substr(dots + 2)});
}

Status readDecoding(const Options& options, ValueRequest& request)
{
    const auto names = options.value("--decode");
    if (!names) {
        return ok();
    }
    if (*names == "auto") {
        request.decoding = ValueRequest::Decoding::Auto;
        return ok();
    }
    auto stack = DecoderStack::fromNames(*names);
    if (!stack) {
        return std::move(stack).error().about(QStringLiteral("--decode"));
    }
    request.stack = *std::move(stack);
    request.decoding = ValueRequest::Decoding::Stack;
    return ok();
}

} // namespace

std::vector<OptionSpec> valueOptions()
{
    return {OptionSpec{"--format"}, OptionSpec{"--range"}, OptionSpec{"--field"}, OptionSpec{"--match"},
        OptionSpec{"--decode"}, OptionSpec{"--path"}, OptionSpec{"--groups", false}};
}

Result<ValueRequest> valueRequestFrom(const Options& options)
{
    ValueRequest request;
    const auto format = options.choice("--format", {"json", "raw", "lines", "csv"}, 0);
    if (!format) {
        return format.error();
    }
    request.format = static_cast<ValueRequest::Format>(*format);
    if (options.rest().size() != 1) {
        return Error{ErrorKind::Input, QStringLiteral("keyglass value"),
            tr("It takes one key, written as \"keyglass keys\" writes it")};
    }
    auto key = unescapeLine(options.rest().front());
    if (!key) {
        return std::move(key).error();
    }
    request.key = *std::move(key);
    auto range = rangeFrom(options);
    if (!range) {
        return std::move(range).error();
    }
    request.range = *std::move(range);
    request.match = options.value("--match").value_or(std::string());
    if (const auto field = options.value("--field")) {
        auto name = unescapeLine(*field);
        if (!name) {
            return std::move(name).error();
        }
        request.field = *std::move(name);
    }
    if (options.has("--match") && request.match.empty()) {
        return Error{ErrorKind::Input, QStringLiteral("--match"), tr("It needs a glob; * matches everything")};
    }
    request.path = options.value("--path");
    request.groups = options.has("--groups");
    if (request.groups && (request.format != ValueRequest::Format::Json || options.has("--decode"))) {
        return Error{ErrorKind::Input, QStringLiteral("--groups"), tr("Groups are written as JSON, and not decoded")};
    }
    const int parts = (request.path ? 1 : 0) + (request.groups ? 1 : 0) + (request.range ? 1 : 0)
        + (request.field ? 1 : 0) + (request.match.empty() ? 0 : 1);
    if (parts > 1) {
        return Error{ErrorKind::Input, QStringLiteral("keyglass value"),
            tr("It takes one of --range, --field, --match, --path and --groups")};
    }
    if (Status decoding = readDecoding(options, request); !decoding) {
        return std::move(decoding).error();
    }
    return request;
}

Status fitsType(const ValueRequest& request, const ValueHead& head)
{
    const KeyType type = head.type;
    const QString name = QString::fromStdString(head.typeName);
    const bool isScanned = type == KeyType::Hash || type == KeyType::Set || type == KeyType::SortedSet;
    if (request.field && type != KeyType::Hash) {
        return Error{ErrorKind::Input, QStringLiteral("--field"), tr("A %1 has no fields").arg(name)};
    }
    if (request.path && type != KeyType::Json) {
        return Error{ErrorKind::Input, QStringLiteral("--path"), tr("It is for JSON, and this is a %1").arg(name)};
    }
    if (request.groups && type != KeyType::Stream) {
        return Error{ErrorKind::Input, QStringLiteral("--groups"), tr("It is for streams, and this is a %1").arg(name)};
    }
    const bool isModules = type == KeyType::Json || type == KeyType::Other;
    if (request.range && isModules) {
        return badRange(tr("A %1 has no order").arg(name));
    }
    if (!request.match.empty() && !isScanned) {
        return Error{ErrorKind::Input, QStringLiteral("--match"),
            tr("It is for hashes, sets and sorted sets, and this is a %1").arg(name)};
    }
    if (request.range && (type == KeyType::Hash || type == KeyType::Set)) {
        return badRange(tr("A %1 has no order; --match narrows it").arg(name));
    }
    return ok();
}

} // namespace keyglass::cli
