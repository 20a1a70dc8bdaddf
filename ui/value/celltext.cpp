// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/celltext.h"

#include "core/base/bytes.h"
#include "core/value/formatters/hextext.h"

#include <QCoreApplication>

namespace keyglass::ui {

namespace {

constexpr std::size_t longestLine = 2ULL * 1024; ///< Of the editor, in bytes: see editorText().
constexpr std::size_t cellBytes = 300;           ///< Of a cell's content that a table's line is made of.
constexpr std::size_t cellHexBytes = 12;

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::CellText", text);
}

QString fromUtf8(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

QString placeholderLine(const ValueCell& cell)
{
    if (!cell.size) {
        return tr("over %1").arg(sizeText(largestWholeValue));
    }
    return tr("%1 – open").arg(sizeText(ByteCount{*cell.size}));
}

QString binaryLine(std::string_view bytes)
{
    const QString hex = fromUtf8(hexBytes(bytes.substr(0, cellHexBytes)));
    const bool all = bytes.size() <= cellHexBytes;
    return all ? hex : tr("%1 … %2").arg(hex, sizeText(ByteCount{bytes.size()}));
}

/// Spaces that nobody would see: at the beginning and the end.
void dotOuterSpaces(QString& line)
{
    const QChar dot(0x00B7);
    for (qsizetype i = 0; i < line.size() && line[i] == u' '; ++i) {
        line[i] = dot;
    }
    for (qsizetype i = line.size() - 1; i >= 0 && line[i] == u' '; --i) {
        line[i] = dot;
    }
}

RenderedText asJson(std::string_view bytes, TextEnd end)
{
    RenderedText out;
    JsonText json = prettyJson(bytes);
    out.json = json.outcome;
    out.jsonAt = json.at;
    const bool isJson = json.outcome == JsonText::Outcome::Whole
        || (json.outcome == JsonText::Outcome::Cut && end == TextEnd::MoreFollows);
    out.format = isJson ? ValueFormat::Json : ValueFormat::Text;
    out.text = isJson ? editorText(json.text, TextEnd::Whole, longestLine) : editorText(bytes, end, longestLine);
    return out;
}

} // namespace

RenderedText renderText(std::string_view bytes, FormatChoice choice, TextEnd end)
{
    const ValueFormat guessed = detectFormat(bytes, end);
    const bool json =
        choice == FormatChoice::Json || (choice == FormatChoice::Automatic && guessed == ValueFormat::Json);
    RenderedText out;
    if (json) {
        out = asJson(bytes, end);
    } else if (choice == FormatChoice::Hex || choice == FormatChoice::Bits
        || (choice == FormatChoice::Automatic && guessed == ValueFormat::Hex)) {
        out.format = ValueFormat::Hex; // the hex view reads the bytes themselves
    } else {
        out.text = editorText(bytes, end, longestLine);
    }
    out.guessed = guessed;
    return out;
}

QString cellLine(const ValueCell& cell)
{
    if (!cell.isWhole()) {
        return placeholderLine(cell);
    }
    const std::string_view bytes = cell.bytes;
    const std::string_view start = bytes.substr(0, cellBytes);
    const TextEnd end = start.size() < bytes.size() ? TextEnd::MoreFollows : TextEnd::Whole;
    if (detectFormat(start, end) == ValueFormat::Hex) {
        return binaryLine(bytes);
    }
    QString line = fromUtf8(editorText(start, end).utf8);
    line.replace(QStringLiteral("\r\n"), QChar(0x23CE)).replace(u'\n', QChar(0x23CE)).replace(u'\r', QChar(0x23CE));
    line.replace(u'\t', QChar(0x21E5));
    if (end == TextEnd::MoreFollows) {
        return line + u'…';
    }
    dotOuterSpaces(line);
    return line;
}

QString nameLine(std::string_view bytes)
{
    if (bytes.size() <= cellBytes) {
        return displayText(bytes);
    }
    return displayText(bytes.substr(0, cellBytes)) + u'…';
}

} // namespace keyglass::ui
