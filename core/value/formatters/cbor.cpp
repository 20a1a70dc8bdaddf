// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/bytewriter.h"
#include "core/value/formatters/formatdecoder.h"

#include <QCoreApplication>
#include <QFloat16>

#include <bit>
#include <charconv>
#include <cstring>
#include <limits>

namespace keyglass {

namespace {

using Kind = DataNode::Kind;

constexpr unsigned indefinite = 31;
constexpr std::string_view lowestText = "-18446744073709551616"; ///< -1 - (2^64 - 1), which no 64-bit type holds.

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

/// RFC 8949
class CborReader {
public:
    CborReader(std::string_view bytes, const DecodeLimits& limits)
        : m_in(bytes, limits)
    {
    }

    Result<DataNode> run()
    {
        DataNode root = read();
        return m_in.finished(std::move(root));
    }

private:
    struct Head {
        unsigned major = 0;
        unsigned extra = 0;
        std::uint64_t argument = 0;
    };

    Head takeHead()
    {
        const unsigned first = m_in.takeByte();
        Head head{first >> 5U, first & 0x1FU, first & 0x1FU};
        if (head.extra >= 24 && head.extra <= 27) {
            head.argument = m_in.takeBig(std::size_t{1} << (head.extra - 24));
        } else if (head.extra >= 28 && head.extra != indefinite) {
            m_in.failAt(m_in.at() - 1, tr("A length that CBOR does not know"));
        }
        return head;
    }

    DataNode read()
    {
        if (!m_in.addNode()) {
            return {};
        }
        const std::size_t at = m_in.at();
        const Head head = takeHead();
        if (m_in.failed()) {
            return {};
        }
        const bool mayBeIndefinite = (head.major >= 2 && head.major <= 5) || head.major == 7;
        if (head.extra == indefinite && !mayBeIndefinite) {
            return m_in.failAt(at, tr("A length that CBOR does not know"));
        }
        switch (head.major) {
        case 0:
            return DataNode::integer(head.argument);
        case 1:
            return readNegative(head.argument);
        case 2:
        case 3:
            return readString(head);
        case 4:
        case 5:
            return readContainer(head);
        case 6:
            return readTagged(head);
        default:
            return readSimple(head, at);
        }
    }

    static DataNode readNegative(std::uint64_t argument)
    {
        const bool isLowest = argument == std::numeric_limits<std::uint64_t>::max();
        return {Kind::Integer, isLowest ? std::string(lowestText) : "-" + std::to_string(argument + 1), {}};
    }

    DataNode readString(const Head& head)
    {
        DataNode node{head.major == 2 ? Kind::Bytes : Kind::Text, {}, {}};
        if (head.extra != indefinite) {
            node.text = m_in.take(head.argument);
            return node;
        }
        while (!m_in.failed() && m_in.peek() != 0xFF) {
            const Head piece = takeHead();
            if (piece.major != head.major || piece.extra == indefinite) {
                return m_in.fail(tr("A piece of another kind within a string"));
            }
            node.text += m_in.take(piece.argument);
        }
        m_in.takeByte();
        return node;
    }

    DataNode readContainer(const Head& head)
    {
        DataNode node{head.major == 4 ? Kind::List : Kind::Map, {}, {}};
        const std::uint64_t each = head.major == 4 ? 1 : 2;
        const bool isEndless = head.extra == indefinite;
        const std::uint64_t most = std::numeric_limits<std::uint64_t>::max() / 2;
        const std::uint64_t count = isEndless ? most : std::min(head.argument, most) * each;
        node.children.reserve(isEndless ? 0 : m_in.roomFor(count));
        if (m_in.enter()) {
            for (std::uint64_t at = 0; at < count && !m_in.failed(); ++at) {
                if (isEndless && at % each == 0 && !m_in.atEnd() && m_in.peek() == 0xFF) {
                    m_in.takeByte();
                    break;
                }
                node.children.push_back(read());
            }
        }
        m_in.leave();
        return node;
    }

    DataNode readTagged(const Head& head)
    {
        DataNode child;
        if (m_in.enter()) {
            child = read();
        }
        m_in.leave();
        return DataNode::tagged("tag " + std::to_string(head.argument), std::move(child));
    }

    DataNode readSimple(const Head& head, std::size_t at)
    {
        switch (head.extra) {
        case 20:
        case 21:
            return DataNode::boolean(head.extra == 21);
        case 22:
            return DataNode::null();
        case 23:
            return DataNode::tagged("undefined", {});
        case 25: {
            const auto bits = static_cast<quint16>(head.argument);
            qfloat16 half;
            std::memcpy(static_cast<void*>(&half), &bits, sizeof bits);
            return DataNode::tagged("float16", DataNode::number(static_cast<float>(half)));
        }
        case 26:
            return DataNode::tagged(
                "float32", DataNode::number(std::bit_cast<float>(static_cast<std::uint32_t>(head.argument))));
        case 27:
            return DataNode::number(std::bit_cast<double>(head.argument));
        case indefinite:
            return m_in.failAt(at, tr("An end that belongs to nothing"));
        default:
            return DataNode::tagged("simple", DataNode::integer(head.argument));
        }
    }

    TreeReader m_in;
};

class CborWriter {
public:
    Result<std::string> run(const DataNode& root)
    {
        write(root);
        return m_out.finished();
    }

private:
    void write(const DataNode& node)
    {
        switch (node.kind) {
        case Kind::Null:
            m_out.putByte(0xF6);
            break;
        case Kind::Bool:
            m_out.putByte(node.text == "true" ? 0xF5 : 0xF4);
            break;
        case Kind::Integer:
            writeInteger(node);
            break;
        case Kind::Float:
            m_out.putByte(0xFB);
            m_out.putBig(std::bit_cast<std::uint64_t>(m_out.valueOr(floatingNumber(node), 0.0)), 8);
            break;
        case Kind::Text:
        case Kind::Bytes:
            writeHead(node.kind == Kind::Bytes ? 2 : 3, node.text.size());
            m_out.put(node.text);
            break;
        case Kind::List:
            writeHead(4, node.children.size());
            writeAll(node.children);
            break;
        case Kind::Map:
            writeHead(5, node.children.size() / 2);
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

    void writeHead(unsigned major, std::uint64_t argument)
    {
        if (argument < 24) {
            m_out.putByte((major << 5U) | argument);
            return;
        }
        const unsigned step = argument <= 0xFF ? 0 : argument <= 0xFFFF ? 1 : argument <= 0xFFFFFFFF ? 2 : 3;
        m_out.putByte((major << 5U) | (24 + step));
        m_out.putBig(argument, 1U << step);
    }

    void writeInteger(const DataNode& node)
    {
        if (!node.text.starts_with('-')) {
            writeHead(0, m_out.valueOr(unsignedNumber(node), std::uint64_t{0}));
        } else if (node.text == lowestText) {
            writeHead(1, std::numeric_limits<std::uint64_t>::max());
        } else {
            const DataNode magnitude{Kind::Integer, node.text.substr(1), {}};
            const std::uint64_t value = m_out.valueOr(unsignedNumber(magnitude), std::uint64_t{1});
            writeHead(value == 0 ? 0 : 1, value == 0 ? 0 : value - 1);
        }
    }

    void writeTagged(const DataNode& node)
    {
        const DataNode& child = node.children.front();
        std::uint64_t number = 0;
        const std::string_view tag = node.text;
        const std::string_view digits = tag.starts_with("tag ") ? tag.substr(4) : std::string_view();
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (failed == std::errc() && end == digits.data() + digits.size()) {
            writeHead(6, number);
            write(child);
        } else if (tag == "undefined") {
            m_out.putByte(0xF7);
        } else if (tag == "float16") {
            const qfloat16 half(static_cast<float>(m_out.valueOr(floatingNumber(child), 0.0)));
            quint16 bits = 0;
            std::memcpy(&bits, &half, sizeof bits);
            m_out.putByte(0xF9);
            m_out.putBig(bits, 2);
        } else if (tag == "float32") {
            const auto value = static_cast<float>(m_out.valueOr(floatingNumber(child), 0.0));
            m_out.putByte(0xFA);
            m_out.putBig(std::bit_cast<std::uint32_t>(value), 4);
        } else if (tag == "simple") {
            writeSimple(node, m_out.valueOr(unsignedNumber(child), std::uint64_t{0}));
        } else {
            m_out.fail(notWritable(node, QStringLiteral("CBOR")));
        }
    }

    void writeSimple(const DataNode& node, std::uint64_t number)
    {
        if (number > 0xFF || (number >= 20 && number < 32)) {
            m_out.fail(notWritable(node, QStringLiteral("CBOR")));
        } else if (number < 24) {
            m_out.putByte(0xE0 | number);
        } else {
            m_out.putByte(0xF8);
            m_out.putByte(number);
        }
    }

    TreeWriter m_out;
};

Result<DataNode> readCbor(std::string_view bytes, const DecodeLimits& limits)
{
    return CborReader(bytes, limits).run();
}

Result<std::string> writeCbor(const DataNode& root, const DecodeLimits& /*limits*/)
{
    return CborWriter().run(root);
}

Confidence detectCbor(std::string_view bytes, TextEnd end)
{
    const Confidence tree = detectTree(bytes, end, readCbor);
    const bool saysSo = bytes.starts_with("\xd9\xd9\xf7"); // tag 55799, which is there for that
    return saysSo && tree != Confidence::No ? Confidence::Certain : tree;
}

} // namespace

DecoderPtr cborDecoder()
{
    return makeDecoder(TreeFormat{"cbor", "CBOR", detectCbor, readCbor, writeCbor});
}

} // namespace keyglass
