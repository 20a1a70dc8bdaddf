// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/bytewriter.h"
#include "core/value/formatters/formatdecoder.h"

#include <QCoreApplication>

#include <bit>
#include <charconv>

namespace keyglass {

namespace {

using Kind = DataNode::Kind;

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

/// https://github.com/msgpack/msgpack/blob/master/spec.md
class MessagePackReader {
public:
    MessagePackReader(std::string_view bytes, const DecodeLimits& limits)
        : m_in(bytes, limits)
    {
    }

    Result<DataNode> run()
    {
        DataNode root = read();
        return m_in.finished(std::move(root));
    }

private:
    DataNode read()
    {
        if (!m_in.addNode()) {
            return {};
        }
        const unsigned char first = m_in.takeByte();
        if (m_in.failed()) {
            return {};
        }
        if (first < 0x80) {
            return DataNode::integer(std::uint64_t{first});
        }
        if (first >= 0xE0) {
            return DataNode::integer(std::int64_t{static_cast<signed char>(first)});
        }
        if (first < 0x90) {
            return readMap(first & 0x0FU);
        }
        if (first < 0xA0) {
            return readList(first & 0x0FU);
        }
        if (first < 0xC0) {
            return DataNode::string(m_in.take(first & 0x1FU));
        }
        return readLong(first);
    }

    DataNode readLong(unsigned char first)
    {
        switch (first) {
        case 0xC0:
            return DataNode::null();
        case 0xC2:
        case 0xC3:
            return DataNode::boolean(first == 0xC3);
        case 0xC4:
        case 0xC5:
        case 0xC6:
            return DataNode::bytes(m_in.take(m_in.takeBig(1U << (first - 0xC4U))));
        case 0xC7:
        case 0xC8:
        case 0xC9:
            return readExtension(m_in.takeBig(1U << (first - 0xC7U)));
        case 0xCA:
            return DataNode::tagged(
                "float32", DataNode::number(std::bit_cast<float>(static_cast<std::uint32_t>(m_in.takeBig(4)))));
        case 0xCB:
            return DataNode::number(std::bit_cast<double>(m_in.takeBig(8)));
        case 0xCC:
        case 0xCD:
        case 0xCE:
        case 0xCF:
            return DataNode::integer(m_in.takeBig(1U << (first - 0xCCU)));
        case 0xD0:
        case 0xD1:
        case 0xD2:
        case 0xD3:
            return readSigned(1U << (first - 0xD0U));
        case 0xD4:
        case 0xD5:
        case 0xD6:
        case 0xD7:
        case 0xD8:
            return readExtension(std::uint64_t{1} << (first - 0xD4U));
        case 0xD9:
        case 0xDA:
        case 0xDB:
            return DataNode::string(m_in.take(m_in.takeBig(1U << (first - 0xD9U))));
        case 0xDC:
        case 0xDD:
            return readList(m_in.takeBig(first == 0xDC ? 2 : 4));
        case 0xDE:
        case 0xDF:
            return readMap(m_in.takeBig(first == 0xDE ? 2 : 4));
        default:
            return m_in.failAt(m_in.at() - 1, tr("The byte 0xC1 is not used in MessagePack"));
        }
    }

    DataNode readSigned(unsigned bytes)
    {
        const unsigned shift = 64 - bytes * 8;
        return DataNode::integer(static_cast<std::int64_t>(m_in.takeBig(bytes) << shift) >> shift);
    }

    DataNode readList(std::uint64_t count)
    {
        DataNode list{Kind::List, {}, {}};
        list.children.reserve(m_in.roomFor(count));
        if (m_in.enter()) {
            for (std::uint64_t at = 0; at < count && !m_in.failed(); ++at) {
                list.children.push_back(read());
            }
        }
        m_in.leave();
        return list;
    }

    DataNode readMap(std::uint64_t count)
    {
        DataNode map = readList(count * 2);
        map.kind = Kind::Map;
        return map;
    }

    DataNode readExtension(std::uint64_t size)
    {
        const auto type = static_cast<signed char>(m_in.takeByte());
        const std::string_view content = m_in.take(size);
        if (type == -1 && !m_in.failed()) {
            const std::string time = timestamp(content);
            if (!time.empty()) {
                return DataNode::tagged("timestamp", DataNode::string(time));
            }
        }
        return DataNode::tagged("ext " + std::to_string(int{type}), DataNode::bytes(content));
    }

    /// The three forms of the timestamp extension; empty for other lengths and times outside of years 1 to 9999.
    static std::string timestamp(std::string_view content)
    {
        TreeReader in(content, {});
        if (content.size() == 4) {
            return timeText(static_cast<std::int64_t>(in.takeBig(4)), 0);
        }
        if (content.size() == 8) {
            const std::uint64_t both = in.takeBig(8);
            return timeText(static_cast<std::int64_t>(both & 0x3FFFFFFFFU), static_cast<std::uint32_t>(both >> 34U));
        }
        if (content.size() == 12) {
            const auto nanoseconds = static_cast<std::uint32_t>(in.takeBig(4));
            return timeText(static_cast<std::int64_t>(in.takeBig(8)), nanoseconds);
        }
        return {};
    }

    TreeReader m_in;
};

/// Each value in the shortest form that the format has for it.
class MessagePackWriter {
public:
    Result<std::string> run(const DataNode& root)
    {
        write(root);
        return m_out.finished();
    }

private:
    struct Forms {
        unsigned fixed; ///< First byte of the form that has its length in itself.
        unsigned mostFixed;
        unsigned one; ///< 0 where there is no form with a length of one byte.
        unsigned two;
        unsigned four;
    };

    void write(const DataNode& node)
    {
        switch (node.kind) {
        case Kind::Null:
            m_out.putByte(0xC0);
            break;
        case Kind::Bool:
            m_out.putByte(node.text == "true" ? 0xC3 : 0xC2);
            break;
        case Kind::Integer:
            writeInteger(node);
            break;
        case Kind::Float:
            m_out.putByte(0xCB);
            m_out.putBig(std::bit_cast<std::uint64_t>(m_out.valueOr(floatingNumber(node), 0.0)), 8);
            break;
        case Kind::Text:
            writeLength(node.text.size(), {0xA0, 31, 0xD9, 0xDA, 0xDB});
            m_out.put(node.text);
            break;
        case Kind::Bytes:
            writeLength(node.text.size(), {0, 0, 0xC4, 0xC5, 0xC6});
            m_out.put(node.text);
            break;
        case Kind::List:
            writeLength(node.children.size(), {0x90, 15, 0, 0xDC, 0xDD});
            writeAll(node.children);
            break;
        case Kind::Map:
            writeLength(node.children.size() / 2, {0x80, 15, 0, 0xDE, 0xDF});
            writeAll(node.children);
            break;
        case Kind::Tagged:
            writeTagged(node);
            break;
        }
    }

    void writeAll(const std::vector<DataNode>& nodes)
    {
        for (const DataNode& node : nodes) {
            write(node);
        }
    }

    void writeLength(std::size_t length, const Forms& forms)
    {
        if (forms.fixed != 0 && length <= forms.mostFixed) {
            m_out.putByte(forms.fixed | length);
        } else if (forms.one != 0 && length <= 0xFF) {
            m_out.putByte(forms.one);
            m_out.putBig(length, 1);
        } else if (length <= 0xFFFF) {
            m_out.putByte(forms.two);
            m_out.putBig(length, 2);
        } else {
            m_out.putByte(forms.four);
            m_out.putBig(length, 4);
        }
    }

    void writeInteger(const DataNode& node)
    {
        if (node.text.starts_with('-')) {
            writeNegative(m_out.valueOr(signedNumber(node), std::int64_t{0}));
            return;
        }
        const std::uint64_t value = m_out.valueOr(unsignedNumber(node), std::uint64_t{0});
        if (value < 0x80) {
            m_out.putByte(value);
            return;
        }
        const unsigned step = value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : value <= 0xFFFFFFFF ? 2 : 3;
        m_out.putByte(0xCC + step);
        m_out.putBig(value, 1U << step);
    }

    void writeNegative(std::int64_t value)
    {
        if (value >= -32) {
            m_out.putByte(static_cast<std::uint64_t>(value));
            return;
        }
        const unsigned step = value >= INT8_MIN ? 0 : value >= INT16_MIN ? 1 : value >= INT32_MIN ? 2 : 3;
        m_out.putByte(0xD0 + step);
        m_out.putBig(static_cast<std::uint64_t>(value), 1U << step);
    }

    void writeTagged(const DataNode& node)
    {
        const DataNode& child = node.children.front();
        int type = 0;
        const std::string_view tag = node.text;
        const std::string_view number = tag.starts_with("ext ") ? tag.substr(4) : std::string_view();
        const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), type);
        const bool isType = failed == std::errc() && end == number.data() + number.size() && type >= -128 && type < 128;
        if (tag == "float32") {
            const auto value = static_cast<float>(m_out.valueOr(floatingNumber(child), 0.0));
            m_out.putByte(0xCA);
            m_out.putBig(std::bit_cast<std::uint32_t>(value), 4);
        } else if (tag == "timestamp" && child.kind == Kind::Text && timeFromText(child.text)) {
            writeTimestamp(*timeFromText(child.text));
        } else if (isType && child.kind == Kind::Bytes) {
            writeExtension(type, child.text);
        } else {
            m_out.fail(notWritable(node, QStringLiteral("MessagePack")));
        }
    }

    void writeTimestamp(const TimePoint& time)
    {
        TreeWriter content;
        const auto seconds = static_cast<std::uint64_t>(time.seconds);
        if (seconds >> 34U != 0) {
            content.putBig(time.nanoseconds, 4);
            content.putBig(seconds, 8);
        } else if (time.nanoseconds != 0 || seconds > 0xFFFFFFFF) {
            content.putBig((std::uint64_t{time.nanoseconds} << 34U) | seconds, 8);
        } else {
            content.putBig(seconds, 4);
        }
        writeExtension(-1, content.bytes());
    }

    void writeExtension(int type, std::string_view content)
    {
        const std::size_t size = content.size();
        if (std::has_single_bit(size) && size <= 16) {
            m_out.putByte(0xD4 + static_cast<unsigned>(std::countr_zero(size)));
        } else {
            writeLength(size, {0, 0, 0xC7, 0xC8, 0xC9});
        }
        m_out.putByte(static_cast<std::uint64_t>(type));
        m_out.put(content);
    }

    TreeWriter m_out;
};

Result<DataNode> readMessagePack(std::string_view bytes, const DecodeLimits& limits)
{
    return MessagePackReader(bytes, limits).run();
}

Result<std::string> writeMessagePack(const DataNode& root, const DecodeLimits& /*limits*/)
{
    return MessagePackWriter().run(root);
}

Confidence detectMessagePack(std::string_view bytes, TextEnd end)
{
    return detectTree(bytes, end, readMessagePack);
}

} // namespace

DecoderPtr messagePackDecoder()
{
    return makeDecoder(TreeFormat{"msgpack", "MessagePack", detectMessagePack, readMessagePack, writeMessagePack});
}

} // namespace keyglass
