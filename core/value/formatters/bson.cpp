// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/bytewriter.h"
#include "core/value/formatters/formatdecoder.h"

#include <QByteArray>
#include <QCoreApplication>

#include <bit>
#include <charconv>

namespace keyglass {

namespace {

using Kind = DataNode::Kind;

constexpr std::size_t oidBytes = 12;
constexpr std::size_t decimalBytes = 16;

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

DataNode hexNode(std::string tag, std::string_view bytes)
{
    const QByteArray hex = QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex();
    return DataNode::tagged(std::move(tag), DataNode::string(hex.toStdString()));
}

/// https://bsonspec.org/spec.html
class BsonReader {
public:
    BsonReader(std::string_view bytes, const DecodeLimits& limits)
        : m_in(bytes, limits)
    {
    }

    Result<DataNode> run()
    {
        DataNode root = readDocument(Kind::Map);
        return m_in.finished(std::move(root));
    }

private:
    std::int32_t takeInt32() { return static_cast<std::int32_t>(m_in.takeLittle(4)); }

    DataNode readDocument(Kind kind)
    {
        const std::size_t from = m_in.at();
        const std::int32_t size = takeInt32();
        DataNode node{kind, {}, {}};
        if (!m_in.addNode() || !m_in.enter()) {
            return node;
        }
        while (!m_in.failed()) {
            const unsigned char type = m_in.takeByte();
            if (type == 0) {
                break;
            }
            DataNode name = DataNode::textOrBytes(m_in.takeUntil('\0'));
            DataNode value = read(type);
            if (kind == Kind::Map) {
                node.children.push_back(std::move(name));
            }
            node.children.push_back(std::move(value));
        }
        m_in.leave();
        if (!m_in.failed() && (size < 0 || m_in.at() - from != static_cast<std::size_t>(size))) {
            return m_in.failAt(from, tr("A document is longer or shorter than it says"));
        }
        return node;
    }

    std::string_view takeString()
    {
        const std::int32_t size = takeInt32();
        if (size < 1) {
            m_in.fail(tr("That is no length"));
            return {};
        }
        const std::string_view text = m_in.take(static_cast<std::uint64_t>(size));
        if (!m_in.failed() && text.back() != '\0') {
            m_in.fail(tr("A text does not end where it says"));
        }
        return m_in.failed() ? text : text.substr(0, text.size() - 1);
    }

    DataNode read(unsigned char type)
    {
        if (!m_in.addNode()) {
            return {};
        }
        switch (type) {
        case 0x01:
            return DataNode::number(std::bit_cast<double>(m_in.takeLittle(8)));
        case 0x02:
            return DataNode::string(takeString());
        case 0x03:
            return readDocument(Kind::Map);
        case 0x04:
            return readDocument(Kind::List);
        case 0x05:
            return readBinary();
        case 0x07:
            return hexNode("oid", m_in.take(oidBytes));
        case 0x08:
            return DataNode::boolean(m_in.takeByte() != 0);
        case 0x09:
            return readDate();
        case 0x0A:
            return DataNode::null();
        case 0x0B:
            return readRegex();
        case 0x10:
            return DataNode::integer(std::int64_t{takeInt32()});
        case 0x12:
            return DataNode::tagged("int64", DataNode::integer(static_cast<std::int64_t>(m_in.takeLittle(8))));
        default:
            return readRare(type);
        }
    }

    DataNode readRare(unsigned char type)
    {
        switch (type) {
        case 0x06:
            return DataNode::tagged("undefined", {});
        case 0x0C: {
            DataNode name = DataNode::string(takeString());
            DataNode pair{Kind::List, {}, {std::move(name), hexNode("oid", m_in.take(oidBytes))}};
            return DataNode::tagged("dbPointer", std::move(pair));
        }
        case 0x0D:
            return DataNode::tagged("code", DataNode::string(takeString()));
        case 0x0E:
            return DataNode::tagged("symbol", DataNode::string(takeString()));
        case 0x0F: {
            takeInt32(); // the length of both
            DataNode code = DataNode::string(takeString());
            DataNode pair{Kind::List, {}, {std::move(code), readDocument(Kind::Map)}};
            return DataNode::tagged("codeWithScope", std::move(pair));
        }
        case 0x11: {
            DataNode increment = DataNode::integer(m_in.takeLittle(4));
            DataNode pair{Kind::List, {}, {DataNode::integer(m_in.takeLittle(4)), std::move(increment)}};
            return DataNode::tagged("timestamp", std::move(pair));
        }
        case 0x13:
            return hexNode("decimal128", m_in.take(decimalBytes));
        case 0x7F:
            return DataNode::tagged("maxKey", {});
        case 0xFF:
            return DataNode::tagged("minKey", {});
        default:
            return m_in.fail(tr("A type that BSON does not know"));
        }
    }

    DataNode readBinary()
    {
        const std::int32_t size = takeInt32();
        if (size < 0) {
            return m_in.fail(tr("That is no length"));
        }
        const unsigned subtype = m_in.takeByte();
        DataNode bytes = DataNode::bytes(m_in.take(static_cast<std::uint64_t>(size)));
        return subtype == 0 ? std::move(bytes)
                            : DataNode::tagged("binary " + std::to_string(subtype), std::move(bytes));
    }

    DataNode readDate()
    {
        const auto milliseconds = static_cast<std::int64_t>(m_in.takeLittle(8));
        const std::int64_t rest = ((milliseconds % 1000) + 1000) % 1000;
        const std::int64_t seconds = (milliseconds - rest) / 1000;
        const std::string text = milliseconds < INT64_MIN + 1000
            ? std::string()
            : timeText(seconds, static_cast<std::uint32_t>(rest) * 1'000'000);
        return DataNode::tagged("date", text.empty() ? DataNode::integer(milliseconds) : DataNode::string(text));
    }

    DataNode readRegex()
    {
        DataNode pattern = DataNode::textOrBytes(m_in.takeUntil('\0'));
        DataNode pair{Kind::List, {}, {std::move(pattern), DataNode::textOrBytes(m_in.takeUntil('\0'))}};
        return DataNode::tagged("regex", std::move(pair));
    }

    TreeReader m_in;
};

class BsonWriter {
public:
    Result<std::string> run(const DataNode& root)
    {
        if (root.kind != Kind::Map) {
            return Error{ErrorKind::Input, QStringLiteral("BSON"), tr("Its outermost value has to be an object")};
        }
        writeDocument(root);
        return m_out.finished();
    }

private:
    void patchLength(std::size_t at)
    {
        const std::size_t size = m_out.size() - at;
        for (std::size_t byte = 0; byte < 4; ++byte) {
            m_out.bytes()[at + byte] = static_cast<char>((size >> (byte * 8)) & 0xFFU);
        }
    }

    void writeDocument(const DataNode& node)
    {
        const std::size_t from = m_out.size();
        m_out.putLittle(0, 4);
        const std::size_t step = node.kind == Kind::Map ? 2 : 1;
        for (std::size_t at = 0; at < node.children.size(); at += step) {
            const std::string name = step == 2 ? node.children[at].text : std::to_string(at);
            const std::size_t typeAt = m_out.size();
            m_out.putByte(0);
            m_out.put(name);
            m_out.putByte(0);
            const bool isName =
                step == 1 || node.children[at].kind == Kind::Text || node.children[at].kind == Kind::Bytes;
            if (name.find('\0') != std::string::npos || !isName) {
                m_out.fail(notWritable(node.children[at], QStringLiteral("BSON")));
            }
            m_out.bytes()[typeAt] = static_cast<char>(write(node.children[at + step - 1]));
        }
        m_out.putByte(0);
        patchLength(from);
    }

    void putString(const std::string& text)
    {
        m_out.putLittle(text.size() + 1, 4);
        m_out.put(text);
        m_out.putByte(0);
    }

    void putBinary(const std::string& bytes, std::uint64_t subtype)
    {
        m_out.putLittle(bytes.size(), 4);
        m_out.putByte(subtype);
        m_out.put(bytes);
    }

    /// Writes the value and gives its type.
    unsigned write(const DataNode& node)
    {
        switch (node.kind) {
        case Kind::Null:
            return 0x0A;
        case Kind::Bool:
            m_out.putByte(node.text == "true" ? 1 : 0);
            return 0x08;
        case Kind::Integer:
            return writeInteger(node);
        case Kind::Float:
            m_out.putLittle(std::bit_cast<std::uint64_t>(m_out.valueOr(floatingNumber(node), 0.0)), 8);
            return 0x01;
        case Kind::Text:
            putString(node.text);
            return 0x02;
        case Kind::Bytes:
            putBinary(node.text, 0);
            return 0x05;
        case Kind::List:
        case Kind::Map:
            writeDocument(node);
            return node.kind == Kind::Map ? 0x03 : 0x04;
        case Kind::Tagged:
            break;
        }
        return writeTagged(node, node.children.front());
    }

    /// 32 bits where that is enough.
    unsigned writeInteger(const DataNode& node)
    {
        const std::int64_t value = m_out.valueOr(signedNumber(node), std::int64_t{0});
        const bool isShort = value == static_cast<std::int32_t>(value);
        m_out.putLittle(static_cast<std::uint64_t>(value), isShort ? 4 : 8);
        return isShort ? 0x10 : 0x12;
    }

    unsigned writeTagged(const DataNode& node, const DataNode& child)
    {
        const std::string& tag = node.text;
        if (tag == "int64") {
            m_out.putLittle(static_cast<std::uint64_t>(m_out.valueOr(signedNumber(child), std::int64_t{0})), 8);
            return 0x12;
        }
        if (tag == "oid") {
            putHex(node, child, oidBytes);
            return 0x07;
        }
        if (tag == "decimal128") {
            putHex(node, child, decimalBytes);
            return 0x13;
        }
        if (tag == "date") {
            m_out.putLittle(static_cast<std::uint64_t>(dateOf(node, child)), 8);
            return 0x09;
        }
        if (tag == "undefined" || tag == "maxKey" || tag == "minKey") {
            return tag == "undefined" ? 0x06 : tag == "maxKey" ? 0x7F : 0xFF;
        }
        if (child.kind == Kind::Text && (tag == "code" || tag == "symbol")) {
            putString(child.text);
            return tag == "code" ? 0x0D : 0x0E;
        }
        return child.kind == Kind::Bytes ? writeSubtype(node, child) : writePair(node, child);
    }

    unsigned writeSubtype(const DataNode& node, const DataNode& child)
    {
        const std::string_view digits =
            node.text.starts_with("binary ") ? std::string_view(node.text).substr(7) : std::string_view();
        unsigned subtype = 0;
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), subtype);
        if (failed != std::errc() || end != digits.data() + digits.size() || subtype > 0xFF) {
            m_out.fail(notWritable(node, QStringLiteral("BSON")));
        }
        putBinary(child.text, subtype);
        return 0x05;
    }

    unsigned writePair(const DataNode& node, const DataNode& pair)
    {
        const bool isPair = pair.kind == Kind::List && pair.children.size() == 2;
        if (isPair && node.text == "regex") {
            for (const DataNode& part : pair.children) {
                m_out.put(part.text);
                m_out.putByte(0);
                if (part.text.find('\0') != std::string::npos) {
                    m_out.fail(notWritable(node, QStringLiteral("BSON")));
                }
            }
            return 0x0B;
        }
        if (isPair && node.text == "timestamp") {
            m_out.putLittle(m_out.valueOr(unsignedNumber(pair.children[1]), std::uint64_t{0}), 4);
            m_out.putLittle(m_out.valueOr(unsignedNumber(pair.children[0]), std::uint64_t{0}), 4);
            return 0x11;
        }
        if (isPair && node.text == "codeWithScope" && pair.children[1].kind == Kind::Map) {
            const std::size_t from = m_out.size();
            m_out.putLittle(0, 4);
            putString(pair.children[0].text);
            writeDocument(pair.children[1]);
            patchLength(from);
            return 0x0F;
        }
        if (isPair && node.text == "dbPointer" && pair.children[1].kind == Kind::Tagged) {
            putString(pair.children[0].text);
            putHex(node, pair.children[1].children.front(), oidBytes);
            return 0x0C;
        }
        m_out.fail(notWritable(node, QStringLiteral("BSON")));
        return 0x0A;
    }

    void putHex(const DataNode& node, const DataNode& child, std::size_t size)
    {
        const QByteArray bytes = QByteArray::fromHex(QByteArray::fromStdString(child.text));
        const bool isHex =
            child.kind == Kind::Text && child.text.size() == size * 2 && static_cast<std::size_t>(bytes.size()) == size;
        if (!isHex) {
            m_out.fail(notWritable(node, QStringLiteral("BSON")));
        }
        m_out.put(bytes.toStdString());
    }

    std::int64_t dateOf(const DataNode& node, const DataNode& child)
    {
        if (child.kind == Kind::Integer) {
            return m_out.valueOr(signedNumber(child), std::int64_t{0});
        }
        const auto time = timeFromText(child.text);
        if (!time || time->nanoseconds % 1'000'000 != 0) {
            m_out.fail(notWritable(node, QStringLiteral("BSON")));
            return 0;
        }
        return time->seconds * 1000 + time->nanoseconds / 1'000'000;
    }

    TreeWriter m_out;
};

Result<DataNode> readBson(std::string_view bytes, const DecodeLimits& limits)
{
    return BsonReader(bytes, limits).run();
}

Result<std::string> writeBson(const DataNode& root, const DecodeLimits& /*limits*/)
{
    return BsonWriter().run(root);
}

/// Its length in front and a zero at its end say a good deal; an empty document says too little.
Confidence detectBson(std::string_view bytes, TextEnd end)
{
    if (end == TextEnd::MoreFollows || bytes.size() < 8 || TreeReader(bytes, {}).takeLittle(4) != bytes.size()) {
        return Confidence::No;
    }
    return readBson(bytes, detectLimits()) ? Confidence::Certain : Confidence::No;
}

} // namespace

DecoderPtr bsonDecoder()
{
    return makeDecoder(TreeFormat{"bson", "BSON", detectBson, readBson, writeBson});
}

} // namespace keyglass
