// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/protobufmessage.h"

#include "core/value/formatters/datajson.h"
#include "core/value/formatters/formatdecoder.h"
#include "core/value/formatters/protobufschema.h"
#include "core/value/formatters/protobufwire.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QFile>
#include <QStringList>

#include <algorithm>
#include <bit>

namespace keyglass {

namespace {

using Kind = DataNode::Kind;

constexpr qint64 largestDescriptor = 16LL * 1024 * 1024;
constexpr qsizetype namesInErrors = 20;

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

WireType wireTypeOf(ProtoType type)
{
    switch (type) {
    case ProtoType::Double:
    case ProtoType::Fixed64:
    case ProtoType::Sfixed64:
        return WireType::Fixed64;
    case ProtoType::Float:
    case ProtoType::Fixed32:
    case ProtoType::Sfixed32:
        return WireType::Fixed32;
    case ProtoType::String:
    case ProtoType::Bytes:
    case ProtoType::Message:
        return WireType::Bytes;
    case ProtoType::Group:
        return WireType::GroupBegins;
    default:
        return WireType::Varint;
    }
}

std::int64_t unzigzag(std::uint64_t value)
{
    return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1));
}

std::uint64_t zigzag(std::int64_t value)
{
    return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
}

class MessageReader {
public:
    explicit MessageReader(const ProtobufSchema& schema)
        : m_schema(schema)
    {
    }

    /// Up to the end of `in`, or of the group of this number.
    DataNode read(TreeReader& in, const ProtoMessage& message, std::uint32_t group = 0) const
    {
        std::vector<Gathered> gathered;
        while (!in.failed() && (group != 0 || !in.atEnd())) {
            const WireTag tag = takeTag(in);
            if (tag.type == WireType::GroupEnds && tag.field == group && group != 0) {
                break;
            }
            take(in, tag, message.field(tag.field), gathered);
        }
        return node(std::move(gathered));
    }

private:
    struct Gathered {
        std::uint32_t number;
        const ProtoField* field; ///< Null for one that the descriptor does not know.
        std::vector<DataNode> values;
    };

    static std::vector<DataNode>& valuesOf(
        std::vector<Gathered>& gathered, std::uint32_t number, const ProtoField* field)
    {
        const auto found = std::find_if(gathered.begin(), gathered.end(),
            [&](const Gathered& one) { return one.number == number && one.field == field; });
        if (found != gathered.end()) {
            return found->values;
        }
        gathered.push_back({number, field, {}});
        return gathered.back().values;
    }

    void take(TreeReader& in, const WireTag& tag, const ProtoField* field, std::vector<Gathered>& gathered) const
    {
        if (!in.addNode()) {
            return;
        }
        const WireType expected = field == nullptr ? tag.type : wireTypeOf(field->type);
        const bool isPacked = field != nullptr && field->repeated && tag.type == WireType::Bytes
            && expected != WireType::Bytes && expected != WireType::GroupBegins;
        if (field == nullptr || (tag.type != expected && !isPacked)) {
            valuesOf(gathered, tag.field, nullptr).push_back(readUnknown(in, tag));
        } else if (isPacked) {
            TreeReader numbers(in.take(takeVarint(in)), in.limits());
            while (!numbers.failed() && !numbers.atEnd() && in.addNode()) {
                valuesOf(gathered, tag.field, field).push_back(readValue(numbers, *field));
            }
            if (numbers.error()) {
                in.fail(*numbers.error());
            }
        } else {
            DataNode value = readValue(in, *field); // which may itself gather
            valuesOf(gathered, tag.field, field).push_back(std::move(value));
        }
    }

    DataNode readValue(TreeReader& in, const ProtoField& field) const
    {
        switch (field.type) {
        case ProtoType::Double:
            return DataNode::number(std::bit_cast<double>(in.takeLittle(8)));
        case ProtoType::Float:
            return DataNode::number(std::bit_cast<float>(static_cast<std::uint32_t>(in.takeLittle(4))));
        case ProtoType::Int64:
            return DataNode::integer(static_cast<std::int64_t>(takeVarint(in)));
        case ProtoType::Uint64:
            return DataNode::integer(takeVarint(in));
        case ProtoType::Int32:
            return DataNode::integer(std::int64_t{static_cast<std::int32_t>(takeVarint(in))});
        case ProtoType::Uint32:
            return DataNode::integer(std::uint64_t{static_cast<std::uint32_t>(takeVarint(in))});
        case ProtoType::Fixed64:
            return DataNode::integer(in.takeLittle(8));
        case ProtoType::Fixed32:
            return DataNode::integer(in.takeLittle(4));
        case ProtoType::Sfixed64:
            return DataNode::integer(static_cast<std::int64_t>(in.takeLittle(8)));
        case ProtoType::Sfixed32:
            return DataNode::integer(std::int64_t{static_cast<std::int32_t>(in.takeLittle(4))});
        case ProtoType::Sint32:
        case ProtoType::Sint64:
            return DataNode::integer(unzigzag(takeVarint(in)));
        case ProtoType::Bool:
            return DataNode::boolean(takeVarint(in) != 0);
        case ProtoType::String:
            return DataNode::string(in.take(takeVarint(in)));
        case ProtoType::Bytes:
            return DataNode::bytes(in.take(takeVarint(in)));
        case ProtoType::Enum:
            return readEnum(in, field);
        case ProtoType::Group:
        case ProtoType::Message:
            break;
        }
        return readMessage(in, field);
    }

    DataNode readEnum(TreeReader& in, const ProtoField& field) const
    {
        const auto number = static_cast<std::int32_t>(takeVarint(in));
        const std::string* name = m_schema.enumName(field.typeName, number);
        return name == nullptr ? DataNode::integer(std::int64_t{number}) : DataNode::string(*name);
    }

    DataNode readMessage(TreeReader& in, const ProtoField& field) const
    {
        const ProtoMessage* message = m_schema.message(field.typeName);
        if (message == nullptr) {
            return in.fail(Error{ErrorKind::Unsupported, QString::fromStdString(field.typeName),
                tr("The descriptor set has no such message; make it with --include_imports")});
        }
        DataNode node;
        if (!in.enter()) {
            return node;
        }
        if (field.type == ProtoType::Group) {
            node = read(in, *message, field.number);
        } else {
            node = readNested(in, *message);
        }
        in.leave();
        return node;
    }

    /// A message within another one has its own end, but what it costs counts for the whole.
    DataNode readNested(TreeReader& in, const ProtoMessage& message) const
    {
        const std::string_view content = in.take(takeVarint(in));
        DecodeLimits limits = in.limits();
        limits.depth -= std::min<std::size_t>(limits.depth, 1);
        limits.nodes -= std::min(in.mark().nodes, limits.nodes);
        TreeReader inner(content, limits);
        DataNode node = read(inner, message);
        for (std::size_t one = 0; one < inner.mark().nodes && in.addNode(); ++one) { }
        if (inner.error()) {
            in.fail(*inner.error());
        }
        return node;
    }

    DataNode node(std::vector<Gathered>&& gathered) const
    {
        DataNode map{Kind::Map, {}, {}};
        for (Gathered& one : gathered) {
            map.children.push_back(
                DataNode::string(one.field == nullptr ? std::to_string(one.number) : one.field->name));
            map.children.push_back(value(std::move(one)));
        }
        return map;
    }

    DataNode value(Gathered&& one) const
    {
        const ProtoMessage* entry = one.field != nullptr && one.field->type == ProtoType::Message
            ? m_schema.message(one.field->typeName)
            : nullptr;
        if (entry != nullptr && entry->isMapEntry) {
            return mapOf(std::move(one.values), *entry);
        }
        const bool isList = one.values.size() != 1 || (one.field != nullptr && one.field->repeated);
        return isList ? DataNode{Kind::List, {}, std::move(one.values)} : std::move(one.values.front());
    }

    /// Entries {"key": …, "value": …} become a map; what is left out of one is that type's zero.
    DataNode mapOf(std::vector<DataNode>&& entries, const ProtoMessage& type) const
    {
        DataNode map{Kind::Map, {}, {}};
        for (DataNode& entry : entries) {
            DataNode key = zeroOf(type.field(1));
            DataNode value = zeroOf(type.field(2));
            for (std::size_t at = 0; at + 1 < entry.children.size(); at += 2) {
                if (entry.children[at].text == "key") {
                    key = std::move(entry.children[at + 1]);
                } else if (entry.children[at].text == "value") {
                    value = std::move(entry.children[at + 1]);
                }
            }
            map.children.push_back(std::move(key));
            map.children.push_back(std::move(value));
        }
        return map;
    }

    DataNode zeroOf(const ProtoField* field) const
    {
        if (field == nullptr) {
            return {};
        }
        switch (field->type) {
        case ProtoType::String:
            return DataNode::string({});
        case ProtoType::Bytes:
            return DataNode::bytes({});
        case ProtoType::Bool:
            return DataNode::boolean(false);
        case ProtoType::Float:
        case ProtoType::Double:
            return DataNode::number(0.0);
        case ProtoType::Message:
        case ProtoType::Group:
            return DataNode{Kind::Map, {}, {}};
        case ProtoType::Enum: {
            const std::string* name = m_schema.enumName(field->typeName, 0);
            return name == nullptr ? DataNode::integer(std::int64_t{0}) : DataNode::string(*name);
        }
        default:
            return DataNode::integer(std::int64_t{0});
        }
    }

    const ProtobufSchema& m_schema;
};

class MessageWriter {
public:
    explicit MessageWriter(const ProtobufSchema& schema)
        : m_schema(schema)
    {
    }

    void write(TreeWriter& out, const DataNode& node, const ProtoMessage& message) const
    {
        if (node.kind != Kind::Map) {
            out.fail(notWritable(node, QStringLiteral("protobuf")));
            return;
        }
        for (std::size_t at = 0; at + 1 < node.children.size() && !out.failed(); at += 2) {
            const std::string& name = node.children[at].text;
            const ProtoField* field = message.field(name);
            const auto number = fieldNumber(name);
            if (field != nullptr) {
                writeField(out, node.children[at + 1], *field);
            } else if (number) {
                writeUnknownField(out, *number, node.children[at + 1]);
            } else {
                out.fail(Error{
                    ErrorKind::Input, displayText(name.substr(0, 60)), tr("The message has no field of this name")});
            }
        }
    }

private:
    static void writeUnknownField(TreeWriter& out, std::uint32_t number, const DataNode& value)
    {
        if (value.kind != Kind::List) {
            writeUnknown(out, number, value);
            return;
        }
        for (const DataNode& one : value.children) {
            writeUnknown(out, number, one);
        }
    }

    void writeField(TreeWriter& out, const DataNode& value, const ProtoField& field) const
    {
        const ProtoMessage* entry = field.type == ProtoType::Message ? m_schema.message(field.typeName) : nullptr;
        if (entry != nullptr && entry->isMapEntry && value.kind == Kind::Map) {
            writeMap(out, value, field, *entry);
        } else if (value.kind == Kind::List && field.packed) {
            TreeWriter numbers;
            for (const DataNode& one : value.children) {
                writeValue(numbers, one, field);
            }
            writeContent(out, field.number, numbers);
        } else if (value.kind == Kind::List) {
            for (const DataNode& one : value.children) {
                writeOne(out, one, field);
            }
        } else {
            writeOne(out, value, field);
        }
    }

    void writeMap(TreeWriter& out, const DataNode& map, const ProtoField& field, const ProtoMessage& entry) const
    {
        for (std::size_t at = 0; at + 1 < map.children.size(); at += 2) {
            TreeWriter content;
            if (const ProtoField* key = entry.field(1)) {
                writeOne(content, map.children[at], *key);
            }
            if (const ProtoField* value = entry.field(2)) {
                writeOne(content, map.children[at + 1], *value);
            }
            writeContent(out, field.number, content);
        }
    }

    static void writeContent(TreeWriter& out, std::uint32_t number, TreeWriter& content)
    {
        const std::string bytes = out.valueOr(content.finished(), std::string());
        putTag(out, number, WireType::Bytes);
        putVarint(out, bytes.size());
        out.put(bytes);
    }

    void writeOne(TreeWriter& out, const DataNode& node, const ProtoField& field) const
    {
        if (field.type == ProtoType::Message || field.type == ProtoType::Group) {
            writeMessage(out, node, field);
            return;
        }
        putTag(out, field.number, wireTypeOf(field.type));
        writeValue(out, node, field);
    }

    void writeMessage(TreeWriter& out, const DataNode& node, const ProtoField& field) const
    {
        const ProtoMessage* message = m_schema.message(field.typeName);
        if (message == nullptr) {
            out.fail(notWritable(node, QStringLiteral("protobuf")));
        } else if (field.type == ProtoType::Group) {
            putTag(out, field.number, WireType::GroupBegins);
            write(out, node, *message);
            putTag(out, field.number, WireType::GroupEnds);
        } else {
            TreeWriter content;
            write(content, node, *message);
            writeContent(out, field.number, content);
        }
    }

    void writeValue(TreeWriter& out, const DataNode& node, const ProtoField& field) const
    {
        switch (field.type) {
        case ProtoType::Double:
            out.putLittle(std::bit_cast<std::uint64_t>(floating(out, node)), 8);
            break;
        case ProtoType::Float:
            out.putLittle(std::bit_cast<std::uint32_t>(static_cast<float>(floating(out, node))), 4);
            break;
        case ProtoType::Int32:
        case ProtoType::Int64:
            putVarint(out, static_cast<std::uint64_t>(ranged(out, node, field)));
            break;
        case ProtoType::Sint32:
        case ProtoType::Sint64:
            putVarint(out, zigzag(ranged(out, node, field)));
            break;
        case ProtoType::Sfixed32:
        case ProtoType::Sfixed64:
            out.putLittle(
                static_cast<std::uint64_t>(ranged(out, node, field)), field.type == ProtoType::Sfixed32 ? 4 : 8);
            break;
        case ProtoType::Uint32:
        case ProtoType::Uint64:
            putVarint(out, positive(out, node, field));
            break;
        case ProtoType::Fixed32:
        case ProtoType::Fixed64:
            out.putLittle(positive(out, node, field), field.type == ProtoType::Fixed32 ? 4 : 8);
            break;
        case ProtoType::Bool:
            putVarint(out, expect(out, node, Kind::Bool, field) && node.text == "true" ? 1 : 0);
            break;
        case ProtoType::Enum:
            writeEnum(out, node, field);
            break;
        default:
            writeText(out, node, field);
            break;
        }
    }

    static bool expect(TreeWriter& out, const DataNode& node, Kind kind, const ProtoField& field)
    {
        if (node.kind != kind) {
            out.fail(Error{ErrorKind::Input, QString::fromStdString(field.name),
                tr("\"%1\" is no value for this field").arg(displayText(node.text.substr(0, 60)))});
        }
        return node.kind == kind;
    }

    static double floating(TreeWriter& out, const DataNode& node) { return out.valueOr(floatingNumber(node), 0.0); }

    static std::int64_t ranged(TreeWriter& out, const DataNode& node, const ProtoField& field)
    {
        const std::int64_t value = out.valueOr(signedNumber(node), std::int64_t{0});
        const bool isShort = field.type == ProtoType::Int32 || field.type == ProtoType::Sint32
            || field.type == ProtoType::Sfixed32 || field.type == ProtoType::Enum;
        if (isShort && value != static_cast<std::int32_t>(value)) {
            out.fail(Error{ErrorKind::Input, QString::fromStdString(field.name), tr("It fits into 32 bits only")});
        }
        return value;
    }

    static std::uint64_t positive(TreeWriter& out, const DataNode& node, const ProtoField& field)
    {
        const std::uint64_t value = out.valueOr(unsignedNumber(node), std::uint64_t{0});
        const bool isShort = field.type == ProtoType::Uint32 || field.type == ProtoType::Fixed32;
        if (isShort && value > UINT32_MAX) {
            out.fail(Error{ErrorKind::Input, QString::fromStdString(field.name), tr("It fits into 32 bits only")});
        }
        return value;
    }

    void writeEnum(TreeWriter& out, const DataNode& node, const ProtoField& field) const
    {
        const std::int32_t* number = node.kind == Kind::Text ? m_schema.enumNumber(field.typeName, node.text) : nullptr;
        if (number != nullptr) {
            putVarint(out, static_cast<std::uint64_t>(std::int64_t{*number}));
        } else if (expect(out, node, Kind::Integer, field)) {
            putVarint(out, static_cast<std::uint64_t>(ranged(out, node, field)));
        }
    }

    static void writeText(TreeWriter& out, const DataNode& node, const ProtoField& field)
    {
        if (expect(out, node, field.type == ProtoType::String ? Kind::Text : Kind::Bytes, field)) {
            putVarint(out, node.text.size());
            out.put(node.text);
        }
    }

    const ProtobufSchema& m_schema;
};

class ProtobufDecoder final : public Decoder {
public:
    ProtobufDecoder(std::string name, std::string message, ProtobufSchema schema)
        : m_name(std::move(name))
        , m_message(std::move(message))
        , m_schema(std::move(schema))
    {
    }
    std::string name() const override { return m_name; }
    QString title() const override { return QStringLiteral("protobuf ") + QString::fromStdString(m_message); }
    Confidence detect(std::string_view /*bytes*/, TextEnd /*end*/) const override { return Confidence::No; }
    bool isReversible() const override { return true; }

    Result<DecodedValue> decode(std::string_view bytes, const DecodeLimits& limits) const override
    {
        TreeReader in(bytes, limits);
        const auto root = in.finished(MessageReader(m_schema).read(in, *m_schema.message(m_message)));
        auto json = root ? jsonFromData(*root, limits) : Result<std::string>(root.error());
        if (!json) {
            return std::move(json).error();
        }
        return DecodedValue{DecodedValue::Kind::Json, *std::move(json)};
    }

    Result<std::string> encode(
        std::string_view content, std::string_view /*before*/, const DecodeLimits& limits) const override
    {
        const auto root = dataFromJson(content, limits);
        if (!root) {
            return root.error();
        }
        TreeWriter out;
        MessageWriter(m_schema).write(out, *root, *m_schema.message(m_message));
        return out.finished();
    }

private:
    const std::string m_name;
    const std::string m_message;
    const ProtobufSchema m_schema;
};

Error noSuchMessage(const QString& message, const ProtobufSchema& schema)
{
    QStringList names;
    for (const std::string& name : schema.messageNames()) {
        names << QString::fromStdString(name);
    }
    const bool more = names.size() > namesInErrors;
    return Error{ErrorKind::Input, message,
        tr("The descriptor set has no such message. It has: %1")
            .arg(names.mid(0, namesInErrors).join(QStringLiteral(", ")) + (more ? QStringLiteral(", …") : QString()))};
}

} // namespace

Result<DecoderPtr> protobufDecoder(std::string_view argument)
{
    const std::size_t at = argument.find('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == argument.size()) {
        return Error{ErrorKind::Input, displayText(argument), tr("It has to be protobuf:MESSAGE@FILE")};
    }
    const std::string message(argument.substr(0, at));
    const std::string_view encoded = argument.substr(at + 1);
    const QString path = QString::fromUtf8(
        QByteArray::fromPercentEncoding(QByteArray(encoded.data(), static_cast<qsizetype>(encoded.size()))));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    if (file.size() > largestDescriptor) {
        return Error{ErrorKind::Limit, path, tr("A descriptor set is no larger than 16 MB")};
    }
    auto schema = ProtobufSchema::fromDescriptorSet(file.readAll().toStdString());
    if (!schema) {
        return std::move(schema).error().about(path);
    }
    if (schema->message(message) == nullptr) {
        return noSuchMessage(displayText(message), *schema).about(path);
    }
    return DecoderPtr(
        std::make_shared<ProtobufDecoder>("protobuf:" + std::string(argument), message, *std::move(schema)));
}

} // namespace keyglass
