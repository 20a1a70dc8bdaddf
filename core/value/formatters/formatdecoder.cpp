// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/formatdecoder.h"

#include "core/value/formatters/datajson.h"

#include <QCoreApplication>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

Error notReversible(const char* title)
{
    return Error{ErrorKind::Unsupported, QString::fromUtf8(title), tr("It can be read here, not written")};
}

class ByteDecoder final : public Decoder {
public:
    explicit ByteDecoder(const ByteFormat& format)
        : m_format(format)
    {
    }
    std::string name() const override { return std::string(m_format.name); }
    QString title() const override { return QString::fromUtf8(m_format.title); }
    Confidence detect(std::string_view bytes, TextEnd end) const override { return m_format.detect(bytes, end); }
    Result<DecodedValue> decode(std::string_view bytes, const DecodeLimits& limits) const override
    {
        auto decoded = m_format.decode(bytes, limits);
        if (!decoded) {
            return std::move(decoded).error();
        }
        return DecodedValue{DecodedValue::Kind::Bytes, *std::move(decoded)};
    }
    bool isReversible() const override { return m_format.encode != nullptr; }
    Result<std::string> encode(
        std::string_view content, std::string_view before, const DecodeLimits& /*limits*/) const override
    {
        return isReversible() ? m_format.encode(content, before) : notReversible(m_format.title);
    }

private:
    const ByteFormat m_format;
};

class TreeDecoder final : public Decoder {
public:
    explicit TreeDecoder(const TreeFormat& format)
        : m_format(format)
    {
    }
    std::string name() const override { return std::string(m_format.name); }
    QString title() const override { return QString::fromUtf8(m_format.title); }
    Confidence detect(std::string_view bytes, TextEnd end) const override { return m_format.detect(bytes, end); }
    Result<DecodedValue> decode(std::string_view bytes, const DecodeLimits& limits) const override
    {
        const auto root = m_format.read(bytes, limits);
        auto json = root ? jsonFromData(*root, limits) : Result<std::string>(root.error());
        if (!json) {
            return std::move(json).error();
        }
        return DecodedValue{DecodedValue::Kind::Json, *std::move(json)};
    }
    bool isReversible() const override { return m_format.write != nullptr; }
    Result<std::string> encode(
        std::string_view content, std::string_view /*before*/, const DecodeLimits& limits) const override
    {
        if (!isReversible()) {
            return notReversible(m_format.title);
        }
        const auto root = dataFromJson(content, limits);
        return root ? m_format.write(*root, limits) : Result<std::string>(root.error());
    }

private:
    const TreeFormat m_format;
};

class TextDecoder final : public Decoder {
public:
    explicit TextDecoder(const TextFormat& format)
        : m_format(format)
    {
    }
    std::string name() const override { return std::string(m_format.name); }
    QString title() const override { return QString::fromUtf8(m_format.title); }
    Confidence detect(std::string_view bytes, TextEnd end) const override { return m_format.detect(bytes, end); }
    Result<DecodedValue> decode(std::string_view bytes, const DecodeLimits& limits) const override
    {
        auto text = m_format.describe(bytes);
        if (!text) {
            return std::move(text).error();
        }
        if (text->size() > limits.output.value) {
            return tooLarge(limits.output);
        }
        return DecodedValue{DecodedValue::Kind::Text, *std::move(text)};
    }
    bool isReversible() const override { return false; }
    Result<std::string> encode(std::string_view, std::string_view, const DecodeLimits&) const override
    {
        return notReversible(m_format.title);
    }

private:
    const TextFormat m_format;
};

} // namespace

DecoderPtr makeDecoder(const ByteFormat& format)
{
    return std::make_shared<ByteDecoder>(format);
}

DecoderPtr makeDecoder(const TreeFormat& format)
{
    return std::make_shared<TreeDecoder>(format);
}

DecoderPtr makeDecoder(const TextFormat& format)
{
    return std::make_shared<TextDecoder>(format);
}

Error notThis(const QString& why)
{
    return Error{ErrorKind::WrongType, {}, why};
}

DecodeLimits detectLimits()
{
    return {ByteCount{1024ULL * 1024}, 100, 100'000};
}

bool looksLikeText(std::string_view bytes, TextEnd end)
{
    return detectFormat(bytes, end) != ValueFormat::Hex;
}

Confidence detectTree(
    std::string_view bytes, TextEnd end, Result<DataNode> (*read)(std::string_view, const DecodeLimits&))
{
    if (end == TextEnd::MoreFollows || looksLikeText(bytes, end)) {
        return Confidence::No;
    }
    const auto root = read(bytes, detectLimits());
    if (!root) {
        return Confidence::No;
    }
    const bool isContainer = root->kind == DataNode::Kind::List || root->kind == DataNode::Kind::Map;
    return isContainer && !root->children.empty() ? Confidence::Likely : Confidence::Possible;
}

} // namespace keyglass
