// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/datajson.h"
#include "core/value/formatters/formatdecoder.h"
#include "core/value/formatters/hextext.h"
#include "core/value/formatters/jsontext.h"

#include <QByteArray>
#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

constexpr std::size_t shortestGuessed = 16; ///< Shorter words are hex or base64 by chance.

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

std::string withoutSpaces(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return !isSpace(c); });
    return out;
}

/// Text within text is believed where what comes out is text again or names its format: any word can be base64.
Confidence believed(const Result<std::string>& decoded)
{
    if (!decoded || decoded->size() < shortestGuessed / 2) {
        return Confidence::No;
    }
    bool isReadable = looksLikeText(*decoded, TextEnd::Whole);
    for (const DecoderPtr& inner : {gzipDecoder(), zstdDecoder(), lz4Decoder(), zlibDecoder()}) {
        isReadable = isReadable || inner->detect(*decoded, TextEnd::Whole) >= Confidence::Likely;
    }
    return isReadable ? Confidence::Likely : Confidence::Possible;
}

Result<std::string> decodePlain(std::string_view bytes, const DecodeLimits& /*limits*/)
{
    return std::string(bytes);
}

Result<std::string> encodePlain(std::string_view content, std::string_view /*before*/)
{
    return std::string(content);
}

Confidence detectPlain(std::string_view /*bytes*/, TextEnd /*end*/)
{
    return Confidence::Possible;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const auto lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Pairs of digits, whatever spaces stand between them; "0x" may begin it.
Result<std::string> decodeHex(std::string_view bytes, const DecodeLimits& /*limits*/)
{
    std::size_t at = bytes.starts_with("0x") || bytes.starts_with("0X") ? 2 : 0;
    std::string out;
    int high = -1;
    for (; at < bytes.size(); ++at) {
        const int digit = hexDigit(bytes[at]);
        if (digit < 0 && isSpace(bytes[at]) && high < 0) {
            continue;
        }
        if (digit < 0) {
            return notThis(tr("There is something else than a hex digit at byte %1").arg(at));
        }
        if (high >= 0) {
            out += static_cast<char>(high * 16 + digit);
        }
        high = high < 0 ? digit : -1;
    }
    if (high >= 0) {
        return notThis(tr("The number of hex digits is odd"));
    }
    return out;
}

Result<std::string> encodeHex(std::string_view content, std::string_view before)
{
    std::string out = hexDigits(content);
    const bool upper = before.find_first_of("ABCDEF") != std::string_view::npos;
    std::transform(out.begin(), out.end(), out.begin(), [upper](char c) {
        const bool isLetter = hexDigit(c) > 9;
        return static_cast<char>(!isLetter ? c : upper ? c & ~0x20 : c | 0x20);
    });
    return before.starts_with("0x") ? "0x" + out : out;
}

Confidence detectHex(std::string_view bytes, TextEnd end)
{
    const bool isWhole = end == TextEnd::Whole && bytes.size() <= detectedBytes;
    return isWhole && bytes.size() >= shortestGuessed ? believed(decodeHex(bytes, {})) : Confidence::No;
}

/// Both alphabets (RFC 4648, 4 and 5), with padding or without, line ends anywhere.
Result<std::string> decodeBase64(std::string_view bytes, const DecodeLimits& /*limits*/)
{
    std::string text = withoutSpaces(bytes);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    const bool breaksOff = text.size() % 4 == 1;
    const bool padded = text.ends_with('=');
    const auto decoded =
        QByteArray::fromBase64Encoding(QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())),
            QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || breaksOff || (padded && text.size() % 4 != 0)) {
        return notThis(tr("It is no base64"));
    }
    return decoded.decoded.toStdString();
}

Result<std::string> encodeBase64(std::string_view content, std::string_view before)
{
    QByteArray::Base64Options options = QByteArray::Base64Encoding;
    const bool isUrlSafe = before.find_first_of("-_") != std::string_view::npos;
    if (isUrlSafe) {
        options |= QByteArray::Base64UrlEncoding;
    }
    const bool leftOutPadding = withoutSpaces(before).size() % 4 != 0;
    if (leftOutPadding) {
        options |= QByteArray::OmitTrailingEquals;
    }
    return QByteArray::fromRawData(content.data(), static_cast<qsizetype>(content.size()))
        .toBase64(options)
        .toStdString();
}

Confidence detectBase64(std::string_view bytes, TextEnd end)
{
    const bool isWhole = end == TextEnd::Whole && bytes.size() <= detectedBytes * 16;
    const bool hasSpaces = bytes.find(' ') != std::string_view::npos;
    return isWhole && !hasSpaces && bytes.size() >= shortestGuessed ? believed(decodeBase64(bytes, {}))
                                                                    : Confidence::No;
}

/// JSON that is laid out, every token as it is.
class JsonDecoder final : public Decoder {
public:
    std::string name() const override { return "json"; }
    QString title() const override { return QStringLiteral("JSON"); }
    Confidence detect(std::string_view bytes, TextEnd end) const override
    {
        return detectFormat(bytes, end) == ValueFormat::Json ? Confidence::Certain : Confidence::No;
    }
    Result<DecodedValue> decode(std::string_view bytes, const DecodeLimits& limits) const override
    {
        JsonText laidOut = prettyJson(bytes, {limits.depth, limits.output.value, 2});
        switch (laidOut.outcome) {
        case JsonText::Outcome::Whole:
            return DecodedValue{DecodedValue::Kind::Json, std::move(laidOut.text)};
        case JsonText::Outcome::Limit:
            return Error{ErrorKind::Limit, {}, tr("It is nested too deeply or too large to lay out")};
        case JsonText::Outcome::Cut:
            return notThis(tr("It is no JSON: it ends too early"));
        default:
            return notThis(tr("It is no JSON from byte %1 on").arg(laidOut.at));
        }
    }
    bool isReversible() const override { return true; }
    /// On one line, unless what stood there had several.
    Result<std::string> encode(
        std::string_view content, std::string_view before, const DecodeLimits& limits) const override
    {
        const auto checked = decode(content, limits);
        if (!checked) {
            return Error{checked.error().kind == ErrorKind::Limit ? ErrorKind::Limit : ErrorKind::Input, {},
                checked.error().detail};
        }
        const bool hadLines = before.find('\n') != std::string_view::npos;
        return hadLines ? std::string(content) : compactJson(content);
    }
};

} // namespace

DecoderPtr plainDecoder()
{
    return makeDecoder(ByteFormat{"plain", "plain", detectPlain, decodePlain, encodePlain});
}

DecoderPtr jsonDecoder()
{
    return std::make_shared<JsonDecoder>();
}

DecoderPtr hexDecoder()
{
    return makeDecoder(ByteFormat{"hex", "hex", detectHex, decodeHex, encodeHex});
}

DecoderPtr base64Decoder()
{
    return makeDecoder(ByteFormat{"base64", "base64", detectBase64, decodeBase64, encodeBase64});
}

} // namespace keyglass
