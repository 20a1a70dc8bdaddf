// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/rowscopy.h"

#include <string>

namespace keyglass {

namespace {

constexpr std::size_t rowsInPiece = 1000;
constexpr std::size_t bytesInPiece = 2ULL * 1024 * 1024;

/// What stands between two pieces, each of which is a whole text by itself.
std::string_view between(CopyForm form)
{
    switch (form) {
    case CopyForm::Text:
    case CopyForm::Hex:
    case CopyForm::Escaped:
        return "\n";
    case CopyForm::Json:
        return ",";
    case CopyForm::Csv:
        return "\r\n";
    case CopyForm::Command:
        break;
    }
    return {};
}

/// Without the brackets of a JSON array, which are those of all pieces.
std::string_view bare(std::string_view piece, CopyForm form)
{
    constexpr std::string_view end = "\n]";
    return form == CopyForm::Json ? piece.substr(1, piece.size() - 1 - end.size()) : piece;
}

/// Moves on to the row behind the piece.
CopiedValue nextPiece(const RowsToCopy& rows, std::size_t& at)
{
    CopiedValue piece = rows.value;
    std::size_t bytes = 0;
    while (at < rows.count && piece.rows.size() < rowsInPiece && bytes < bytesInPiece) {
        rows.add(at++, piece);
        for (const ValueCell& cell : piece.rows.back()) {
            bytes += cell.bytes.size();
        }
    }
    return piece;
}

} // namespace

Status copyRows(const RowsToCopy& rows, CopyForm form, const std::stop_token& stop,
    const std::function<Status(std::string_view)>& sink, const std::function<void(std::size_t)>& progressed)
{
    if (rows.count == 0) {
        const auto text = copyText(rows.value, form);
        return text ? sink(*text) : Status(text.error());
    }
    for (std::size_t at = 0; at < rows.count;) {
        std::string out = at > 0 ? std::string(between(form)) : form == CopyForm::Json ? "[" : "";
        const auto text = copyText(nextPiece(rows, at), form);
        if (!text) {
            return text.error();
        }
        out += bare(*text, form);
        if (at == rows.count && form == CopyForm::Json) {
            out += "\n]";
        }
        if (Status taken = sink(out); !taken) {
            return taken;
        }
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, {}, {}};
        }
        progressed(at);
    }
    return ok();
}

} // namespace keyglass
