// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/protobufwire.h"

#include "core/value/formatters/formatdecoder.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>
#include <map>

namespace keyglass {

namespace {

using Kind = DataNode::Kind;

constexpr std::uint32_t largestField = (1U << 29U) - 1;
constexpr std::size_t deepestGuess = 24; ///< Messages within messages that are looked for where nothing names them.

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

/// Text that somebody would have written: protobuf does not say whether bytes are one.
bool isReadableText(std::string_view bytes)
{
    const auto isControl = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
    };
    return isUtf8(bytes) && std::none_of(bytes.begin(), bytes.end(), isControl);
}

/// The fields of a message in the order of their first appearance, those that come again gathered in a list.
class MessageFields {
public:
    void add(std::uint32_t field, DataNode&& value)
    {
        const auto [place, isNew] = m_places.try_emplace(field, m_fields.size());
        if (isNew) {
            m_fields.push_back({field, {}});
        }
        m_fields[place->second].values.push_back(std::move(value));
    }

    DataNode node() &&
    {
        DataNode map{Kind::Map, {}, {}};
        for (Field& field : m_fields) {
            map.children.push_back(DataNode::string(std::to_string(field.number)));
            if (field.values.size() == 1) {
                map.children.push_back(std::move(field.values.front()));
            } else {
                map.children.push_back(DataNode{Kind::List, {}, std::move(field.values)});
            }
        }
        return map;
    }

private:
    struct Field {
        std::uint32_t number;
        std::vector<DataNode> values;
    };
    std::vector<Field> m_fields;
    std::map<std::uint32_t, std::size_t> m_places;
};

DataNode readMessage(TreeReader& in);

/// Tries to read `bytes` as a message with limits that are what is left of `in`'s.
std::optional<DataNode> messageIn(TreeReader& in, std::string_view bytes)
{
    const std::size_t used = in.mark().nodes;
    const DecodeLimits limits{in.limits().output, in.limits().depth == 0 ? 0 : in.limits().depth - 1,
        in.limits().nodes - std::min(used, in.limits().nodes)};
    if (bytes.empty() || limits.depth == 0) {
        return std::nullopt;
    }
    TreeReader inner(bytes, limits);
    auto message = inner.finished(readMessage(inner));
    if (!message) {
        return std::nullopt;
    }
    for (std::size_t node = 0; node < inner.mark().nodes && in.addNode(); ++node) { }
    return std::move(*message);
}

DataNode readLengthDelimited(TreeReader& in)
{
    const std::string_view content = in.take(takeVarint(in));
    if (in.failed() || isReadableText(content)) {
        return DataNode::string(content);
    }
    auto message = messageIn(in, content);
    return message ? *std::move(message) : DataNode::bytes(content);
}

DataNode readGroup(TreeReader& in, std::uint32_t field)
{
    MessageFields fields;
    if (in.enter()) {
        while (!in.failed()) {
            const WireTag tag = takeTag(in);
            if (tag.type == WireType::GroupEnds) {
                if (tag.field != field) {
                    in.fail(tr("A group ends that did not begin"));
                }
                break;
            }
            fields.add(tag.field, readUnknown(in, tag));
        }
    }
    in.leave();
    return DataNode::tagged("group", std::move(fields).node());
}

DataNode readMessage(TreeReader& in)
{
    MessageFields fields;
    while (!in.failed() && !in.atEnd()) {
        const WireTag tag = takeTag(in);
        fields.add(tag.field, readUnknown(in, tag));
    }
    return std::move(fields).node();
}

void writeMessage(TreeWriter& out, const DataNode& message)
{
    if (message.kind != Kind::Map) {
        out.fail(notWritable(message, QStringLiteral("protobuf")));
        return;
    }
    for (std::size_t at = 0; at + 1 < message.children.size() && !out.failed(); at += 2) {
        const DataNode& name = message.children[at];
        const DataNode& value = message.children[at + 1];
        const auto field = fieldNumber(name.text);
        if (!field) {
            out.fail(Error{ErrorKind::Input, displayText(name.text.substr(0, 60)),
                tr("Without a descriptor the name of a field is its number")});
        } else if (value.kind == Kind::List) {
            for (const DataNode& one : value.children) {
                writeUnknown(out, *field, one);
            }
        } else {
            writeUnknown(out, *field, value);
        }
    }
}

Result<DataNode> readRawProtobuf(std::string_view bytes, const DecodeLimits& limits)
{
    TreeReader in(bytes, {limits.output, std::min(limits.depth, deepestGuess), limits.nodes});
    return in.finished(readMessage(in));
}

Result<std::string> writeRawProtobuf(const DataNode& root, const DecodeLimits& /*limits*/)
{
    TreeWriter out;
    writeMessage(out, root);
    return out.finished();
}

bool holdsText(const DataNode& node)
{
    return (node.kind == Kind::Text && node.text.size() >= 4)
        || std::any_of(node.children.begin(), node.children.end(), holdsText);
}

/// Nearly anything short can be read as protobuf: a guess wants small field numbers and a text somewhere.
Confidence detectRawProtobuf(std::string_view bytes, TextEnd end)
{
    if (end == TextEnd::MoreFollows || bytes.size() < 8 || looksLikeText(bytes, end)) {
        return Confidence::No;
    }
    const auto root = readRawProtobuf(bytes, detectLimits());
    if (!root) {
        return Confidence::No;
    }
    bool smallNumbers = true;
    bool hasText = false;
    for (std::size_t at = 0; at + 1 < root->children.size(); at += 2) {
        smallNumbers = smallNumbers && root->children[at].text.size() <= 3;
        hasText = hasText || holdsText(root->children[at + 1]);
    }
    return smallNumbers && hasText ? Confidence::Likely : Confidence::Possible;
}

} // namespace

std::uint64_t takeVarint(TreeReader& in)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
        const std::uint64_t byte = in.takeByte();
        if (shift < 64) {
            value |= (byte & 0x7FU) << shift;
        }
        if ((byte & 0x80U) == 0) {
            return value;
        }
    }
    in.fail(tr("A number is longer than ten bytes"));
    return 0;
}

void putVarint(TreeWriter& out, std::uint64_t value)
{
    while (value >= 0x80) {
        out.putByte((value & 0x7FU) | 0x80U);
        value >>= 7U;
    }
    out.putByte(value);
}

WireTag takeTag(TreeReader& in)
{
    const std::size_t at = in.at();
    const std::uint64_t number = takeVarint(in);
    const std::uint64_t field = number >> 3U;
    const std::uint64_t type = number & 7U;
    if (field == 0 || field > largestField || type > 5) {
        in.failAt(at, tr("No field of protobuf begins like this"));
        return {};
    }
    return {static_cast<std::uint32_t>(field), static_cast<WireType>(type)};
}

void putTag(TreeWriter& out, std::uint32_t field, WireType type)
{
    putVarint(out, (std::uint64_t{field} << 3U) | static_cast<std::uint64_t>(type));
}

DataNode readUnknown(TreeReader& in, const WireTag& tag)
{
    if (!in.addNode()) {
        return {};
    }
    switch (tag.type) {
    case WireType::Varint:
        return DataNode::integer(takeVarint(in));
    case WireType::Fixed64:
        return DataNode::tagged("fixed64", DataNode::integer(in.takeLittle(8)));
    case WireType::Fixed32:
        return DataNode::tagged("fixed32", DataNode::integer(in.takeLittle(4)));
    case WireType::Bytes:
        return readLengthDelimited(in);
    case WireType::GroupBegins:
        return readGroup(in, tag.field);
    case WireType::GroupEnds:
        break;
    }
    return in.fail(tr("A group ends that did not begin"));
}

void writeUnknown(TreeWriter& out, std::uint32_t field, const DataNode& node)
{
    const bool isFixed = node.kind == Kind::Tagged && (node.text == "fixed32" || node.text == "fixed64");
    if (node.kind == Kind::Integer) {
        putTag(out, field, WireType::Varint);
        putVarint(out,
            node.text.starts_with('-') ? static_cast<std::uint64_t>(out.valueOr(signedNumber(node), std::int64_t{0}))
                                       : out.valueOr(unsignedNumber(node), std::uint64_t{0}));
    } else if (node.kind == Kind::Text || node.kind == Kind::Bytes) {
        putTag(out, field, WireType::Bytes);
        putVarint(out, node.text.size());
        out.put(node.text);
    } else if (node.kind == Kind::Map) {
        TreeWriter inner;
        writeMessage(inner, node);
        const std::string content = out.valueOr(inner.finished(), std::string());
        putTag(out, field, WireType::Bytes);
        putVarint(out, content.size());
        out.put(content);
    } else if (isFixed) {
        const bool isLong = node.text == "fixed64";
        putTag(out, field, isLong ? WireType::Fixed64 : WireType::Fixed32);
        out.putLittle(out.valueOr(unsignedNumber(node.children.front()), std::uint64_t{0}), isLong ? 8 : 4);
    } else if (node.kind == Kind::Tagged && node.text == "group") {
        putTag(out, field, WireType::GroupBegins);
        writeMessage(out, node.children.front());
        putTag(out, field, WireType::GroupEnds);
    } else {
        out.fail(notWritable(node, QStringLiteral("protobuf")));
    }
}

std::optional<std::uint32_t> fieldNumber(std::string_view name)
{
    std::uint32_t number = 0;
    const auto [end, failed] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool isNumber = failed == std::errc() && end == name.data() + name.size();
    return isNumber && number > 0 && number <= largestField ? std::optional(number) : std::nullopt;
}

DecoderPtr rawProtobufDecoder()
{
    return makeDecoder(TreeFormat{"protobuf", "protobuf", detectRawProtobuf, readRawProtobuf, writeRawProtobuf});
}

} // namespace keyglass
