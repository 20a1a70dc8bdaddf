// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/decoderstack.h"

#include "core/value/formatters/externaldecoder.h"
#include "core/value/formatters/formatdecoder.h"
#include "core/value/formatters/protobufmessage.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

constexpr std::size_t deepestGuess = 4;
/// A guess takes no more than this out of a layer to look at the next one.
constexpr ByteCount guessedOutput{4ULL * 1024 * 1024};

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

QString knownNames()
{
    QStringList names;
    for (const DecoderPtr& decoder : allDecoders()) {
        names << QString::fromStdString(decoder->name());
    }
    return names.join(QStringLiteral(", "));
}

Result<DecoderPtr> decoderNamed(std::string_view name)
{
    static constexpr std::string_view withDescriptor = "protobuf:";
    if (name.starts_with(withDescriptor)) {
        return protobufDecoder(name.substr(withDescriptor.size()));
    }
    static constexpr std::string_view program = "external:";
    if (name.starts_with(program)) {
        return externalDecoder(name.substr(program.size()));
    }
    for (const DecoderPtr& decoder : allDecoders()) {
        if (decoder->name() == name) {
            return decoder;
        }
    }
    return Error{ErrorKind::Input, displayText(name),
        tr("There is no such decoder. There are: %1, protobuf:MESSAGE@FILE").arg(knownNames())};
}

DecoderPtr surest(std::string_view bytes, TextEnd end)
{
    DecoderPtr best;
    Confidence bestConfidence = Confidence::Possible;
    for (const DecoderPtr& decoder : allDecoders()) {
        const Confidence confidence = decoder->detect(bytes, end);
        if (confidence > bestConfidence) {
            bestConfidence = confidence;
            best = decoder;
        }
    }
    return best;
}

} // namespace

const std::vector<DecoderPtr>& allDecoders()
{
    static const std::vector<DecoderPtr> all{plainDecoder(), jsonDecoder(), hexDecoder(), base64Decoder(),
        gzipDecoder(), zlibDecoder(), deflateDecoder(), zstdDecoder(), lz4Decoder(), messagePackDecoder(),
        cborDecoder(), bsonDecoder(), phpDecoder(), phpSessionDecoder(), pickleDecoder(), javaDecoder(),
        rawProtobufDecoder(), brotliDecoder(), snappyDecoder(), lz4BlockDecoder(), unixTimeDecoder(), uuidDecoder(),
        flagsDecoder(), hyperLogLogDecoder()};
    return all;
}

Result<DecoderStack> DecoderStack::fromNames(std::string_view names)
{
    std::vector<DecoderPtr> layers;
    for (std::size_t at = 0; !names.empty() && at <= names.size();) {
        const std::size_t comma = std::min(names.find(',', at), names.size());
        auto decoder = decoderNamed(names.substr(at, comma - at));
        if (!decoder) {
            return std::move(decoder).error();
        }
        if ((*decoder)->name() != "plain") {
            layers.push_back(*std::move(decoder));
        }
        at = comma + 1;
    }
    return DecoderStack(std::move(layers));
}

std::string DecoderStack::names() const
{
    std::string names;
    for (const DecoderPtr& layer : m_layers) {
        names += (names.empty() ? "" : ",") + layer->name();
    }
    return names;
}

QString DecoderStack::title() const
{
    QStringList titles;
    for (const DecoderPtr& layer : m_layers) {
        titles << layer->title();
    }
    return titles.join(QStringLiteral(" › "));
}

QString DecoderStack::layerName(std::size_t layer) const
{
    return tr("layer %1 (%2)").arg(layer + 1).arg(QString::fromStdString(m_layers[layer]->name()));
}

Result<DecodedValue> DecoderStack::decode(std::string_view bytes, const DecodeLimits& limits) const
{
    DecodedValue value;
    value.content = bytes;
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
        auto decoded = m_layers[layer]->decode(value.content, limits);
        if (!decoded) {
            return std::move(decoded).error().about(layerName(layer));
        }
        value = *std::move(decoded);
    }
    return value;
}

bool DecoderStack::isSlow() const
{
    return std::any_of(m_layers.begin(), m_layers.end(), [](const DecoderPtr& layer) { return layer->isSlow(); });
}

bool DecoderStack::isReversible() const
{
    return std::all_of(m_layers.begin(), m_layers.end(), [](const DecoderPtr& layer) { return layer->isReversible(); });
}

QString DecoderStack::oneWayLayer() const
{
    const auto at =
        std::find_if(m_layers.begin(), m_layers.end(), [](const DecoderPtr& layer) { return !layer->isReversible(); });
    return at == m_layers.end() ? QString() : layerName(static_cast<std::size_t>(at - m_layers.begin()));
}

Result<std::string> DecoderStack::encode(
    std::string_view content, std::string_view stored, const DecodeLimits& limits) const
{
    std::vector<std::string> before{std::string(stored)}; // what stood in front of each layer
    for (std::size_t layer = 0; layer + 1 < m_layers.size(); ++layer) {
        auto decoded = m_layers[layer]->decode(before.back(), limits);
        before.push_back(decoded ? std::move(decoded->content) : std::string());
    }
    std::string bytes(content);
    for (std::size_t layer = m_layers.size(); layer-- > 0;) {
        auto encoded = m_layers[layer]->encode(bytes, before[layer], limits);
        if (!encoded) {
            return std::move(encoded).error().about(layerName(layer));
        }
        bytes = *std::move(encoded);
    }
    return bytes;
}

DecoderStack detectStack(std::string_view bytes, TextEnd end)
{
    std::vector<DecoderPtr> layers;
    std::string content;
    std::string_view rest = bytes;
    while (layers.size() < deepestGuess && !rest.empty() && imageFormat(rest).empty()) {
        DecoderPtr next = surest(rest, end);
        if (!next) {
            break;
        }
        auto decoded = next->decode(rest, {guessedOutput});
        const bool isKnown = decoded || decoded.error().kind == ErrorKind::Limit || end == TextEnd::MoreFollows;
        if (isKnown) { // bytes that only begin like a format are none of it
            layers.push_back(std::move(next));
        }
        if (!decoded || decoded->kind != DecodedValue::Kind::Bytes) {
            break;
        }
        content = std::move(decoded->content);
        rest = content;
        end = TextEnd::Whole;
    }
    return DecoderStack(std::move(layers));
}

std::string_view imageFormat(std::string_view bytes)
{
    struct Magic {
        std::string_view begins;
        std::string_view name;
    };
    static constexpr std::array magics{Magic{"\x89PNG\r\n\x1a\n", "png"}, Magic{"\xff\xd8\xff", "jpeg"},
        Magic{"GIF87a", "gif"}, Magic{"GIF89a", "gif"}};
    for (const Magic& magic : magics) {
        if (bytes.starts_with(magic.begins)) {
            return magic.name;
        }
    }
    if (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP") {
        return "webp";
    }
    const bool isBitmap =
        bytes.starts_with("BM") && bytes.size() >= 26 && bytes.substr(6, 4) == std::string_view("\0\0\0\0", 4);
    return isBitmap ? "bmp" : std::string_view();
}

} // namespace keyglass
