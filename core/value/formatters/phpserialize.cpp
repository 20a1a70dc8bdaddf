// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/bytewriter.h"
#include "core/value/formatters/formatdecoder.h"

#include <QCoreApplication>

#include <charconv>

namespace keyglass {

namespace {

using Kind = DataNode::Kind;

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

/// A whole number as PHP writes it: only such names of an array are integers.
bool isCanonicalInteger(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failed == std::errc() && end == text.data() + text.size() && std::to_string(value) == text;
}

/// Digits, in JSON's own form: they are written there as they are. PHP writes none in another.
bool isJsonNumber(std::string_view text)
{
    const auto digitsFrom = [&](std::size_t at) {
        return std::min(text.find_first_not_of("0123456789", at), text.size()) - at;
    };
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = digitsFrom(at);
    if (whole == 0 || (whole > 1 && text[at] == '0')) {
        return false;
    }
    at += whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = digitsFrom(at + 1);
        if (fraction == 0) {
            return false;
        }
        at += 1 + fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        at += at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-') ? 2 : 1;
        const std::size_t exponent = digitsFrom(at);
        at = exponent == 0 ? 0 : at + exponent;
    }
    return at == text.size();
}

/// What PHP's serialize() writes. Nothing is made of it: an object is its class's name and its properties.
class PhpReader {
public:
    PhpReader(std::string_view bytes, const DecodeLimits& limits)
        : m_in(bytes, limits)
    {
    }

    Result<DataNode> run()
    {
        DataNode root = read();
        return m_in.finished(std::move(root));
    }

    /// Name and value one after the other: what session_encode() writes by default.
    Result<DataNode> runSession()
    {
        DataNode map{Kind::Map, {}, {}};
        while (!m_in.failed() && !m_in.atEnd()) {
            map.children.push_back(DataNode::textOrBytes(m_in.takeUntil('|')));
            map.children.push_back(read());
        }
        return m_in.finished(std::move(map));
    }

private:
    DataNode read()
    {
        if (!m_in.addNode()) {
            return {};
        }
        const std::size_t at = m_in.at();
        const unsigned char type = m_in.takeByte();
        if (type == 'N') {
            expect(';');
            return DataNode::null();
        }
        expect(':');
        if (m_in.failed()) {
            return {};
        }
        switch (type) {
        case 'b':
            return DataNode::boolean(m_in.takeUntil(';') == "1");
        case 'i':
            return readInteger(';');
        case 'd':
            return readFloat();
        case 's':
            return readText();
        case 'a':
            return readArray();
        case 'O':
            return readObject();
        case 'C':
            return readCustom();
        case 'E':
            return DataNode::tagged("enum", readText());
        case 'R':
            return DataNode::tagged("reference", readInteger(';'));
        case 'r':
            return DataNode::tagged("object reference", readInteger(';'));
        default:
            return m_in.failAt(at, tr("PHP's serialize() writes nothing like this"));
        }
    }

    void expect(char sign)
    {
        const std::size_t at = m_in.at();
        if (m_in.takeByte() != static_cast<unsigned char>(sign)) {
            m_in.failAt(at, tr("A \"%1\" is missing").arg(QLatin1Char(sign)));
        }
    }

    DataNode readInteger(char end)
    {
        const std::string_view digits = m_in.takeUntil(end);
        return isCanonicalInteger(digits) ? DataNode{Kind::Integer, std::string(digits), {}}
                                          : m_in.fail(tr("That is no whole number"));
    }

    /// The digits stay as they are; 1 becomes 1.0, by which JSON tells it from the integer.
    DataNode readFloat()
    {
        std::string text(m_in.takeUntil(';'));
        if (text == "NAN" || text == "INF" || text == "-INF") {
            return {Kind::Float, text == "NAN" ? "nan" : text == "INF" ? "inf" : "-inf", {}};
        }
        if (text.find_first_of(".eE") == std::string::npos) {
            text += ".0";
        }
        return isJsonNumber(text) ? DataNode{Kind::Float, text, {}} : m_in.fail(tr("That is no number"));
    }

    std::uint64_t readCount()
    {
        const std::string_view digits = m_in.takeUntil(':');
        std::uint64_t count = 0;
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
        if (digits.empty() || failed != std::errc() || end != digits.data() + digits.size()) {
            m_in.fail(tr("That is no length"));
        }
        return count;
    }

    std::string_view readQuoted()
    {
        const std::uint64_t length = readCount();
        expect('"');
        const std::string_view content = m_in.take(length);
        expect('"');
        return content;
    }

    DataNode readText()
    {
        const std::string_view content = readQuoted();
        expect(';');
        return DataNode::textOrBytes(content);
    }

    /// A list where the names are 0, 1, 2, …, else a map whose integer names stand as their digits: PHP itself makes
    /// integers of those.
    DataNode readArray()
    {
        DataNode map{Kind::Map, {}, {}};
        bool isList = true;
        readPairs([&](DataNode&& key, DataNode&& value) {
            isList = isList && key.kind == Kind::Integer && key.text == std::to_string(map.children.size() / 2);
            const bool isOdd = key.kind == Kind::Text && isCanonicalInteger(key.text);
            key.kind = isOdd ? Kind::Bytes : key.kind == Kind::Integer ? Kind::Text : key.kind;
            map.children.push_back(std::move(key));
            map.children.push_back(std::move(value));
        });
        if (!isList || map.children.empty()) {
            return map.children.empty() ? DataNode{Kind::List, {}, {}} : std::move(map);
        }
        DataNode list{Kind::List, {}, {}};
        for (std::size_t at = 1; at < map.children.size(); at += 2) {
            list.children.push_back(std::move(map.children[at]));
        }
        return list;
    }

    template <typename Take> void readPairs(const Take& take)
    {
        const std::uint64_t count = readCount();
        expect('{');
        if (m_in.enter()) {
            for (std::uint64_t at = 0; at < count && !m_in.failed(); ++at) {
                const bool isName = m_in.peek() == 's' || m_in.peek() == 'i';
                DataNode key = isName ? read() : m_in.fail(tr("A name is missing"));
                DataNode value = read();
                take(std::move(key), std::move(value));
            }
        }
        m_in.leave();
        expect('}');
    }

    DataNode readObject()
    {
        const std::string name(readQuoted());
        expect(':');
        DataNode map{Kind::Map, {}, {}};
        readPairs([&](DataNode&& key, DataNode&& value) {
            map.children.push_back(std::move(key));
            map.children.push_back(std::move(value));
        });
        return DataNode::tagged("object " + name, std::move(map));
    }

    DataNode readCustom()
    {
        const std::string name(readQuoted());
        expect(':');
        const std::uint64_t length = readCount();
        expect('{');
        const std::string_view content = m_in.take(length);
        expect('}');
        return DataNode::tagged("custom " + name, DataNode::textOrBytes(content));
    }

    TreeReader m_in;
};

class PhpWriter {
public:
    Result<std::string> run(const DataNode& root)
    {
        write(root);
        return m_out.finished();
    }

    Result<std::string> runSession(const DataNode& root)
    {
        for (std::size_t at = 0; at + 1 < root.children.size(); at += 2) {
            m_out.put(root.children[at].text);
            m_out.put("|");
            write(root.children[at + 1]);
            if (root.children[at].text.find('|') != std::string::npos) {
                m_out.fail(notWritable(root.children[at], QStringLiteral("PHP")));
            }
        }
        if (root.kind != Kind::Map) {
            m_out.fail(notWritable(root, QStringLiteral("PHP")));
        }
        return m_out.finished();
    }

private:
    void write(const DataNode& node)
    {
        switch (node.kind) {
        case Kind::Null:
            m_out.put("N;");
            break;
        case Kind::Bool:
            m_out.put(node.text == "true" ? "b:1;" : "b:0;");
            break;
        case Kind::Integer:
            m_out.put("i:" + std::to_string(m_out.valueOr(signedNumber(node), std::int64_t{0})) + ';');
            break;
        case Kind::Float:
            m_out.put("d:" + floatWord(node.text) + ';');
            break;
        case Kind::Text:
        case Kind::Bytes:
            m_out.put("s:");
            writeQuoted(node.text);
            m_out.put(";");
            break;
        case Kind::List:
            m_out.put("a:" + std::to_string(node.children.size()) + ":{");
            for (std::size_t at = 0; at < node.children.size(); ++at) {
                m_out.put("i:" + std::to_string(at) + ';');
                write(node.children[at]);
            }
            m_out.put("}");
            break;
        case Kind::Map:
            m_out.put("a:");
            writePairs(node, true);
            break;
        case Kind::Tagged:
            writeTagged(node);
            break;
        }
    }

    static std::string floatWord(const std::string& text)
    {
        if (text == "nan" || text == "inf" || text == "-inf") {
            return text == "nan" ? "NAN" : text == "inf" ? "INF" : "-INF";
        }
        const bool isWhole = text.ends_with(".0") && text.find_first_of("eE") == std::string::npos;
        return isWhole ? text.substr(0, text.size() - 2) : text;
    }

    void writeQuoted(std::string_view content)
    {
        m_out.put(std::to_string(content.size()) + ":\"");
        m_out.put(content);
        m_out.put("\"");
    }

    void writePairs(const DataNode& map, bool integerNames)
    {
        m_out.put(std::to_string(map.children.size() / 2) + ":{");
        for (std::size_t at = 0; at + 1 < map.children.size(); at += 2) {
            const DataNode& key = map.children[at];
            if (!integerNames && key.kind == Kind::Integer) {
                write(key); // ArrayObject and its kin
            } else if (key.kind != Kind::Text && key.kind != Kind::Bytes) {
                m_out.fail(notWritable(key, QStringLiteral("PHP")));
            } else if (integerNames && key.kind == Kind::Text && isCanonicalInteger(key.text)) {
                m_out.put("i:" + key.text + ';');
            } else {
                write(key);
            }
            write(map.children[at + 1]);
        }
        m_out.put("}");
    }

    /// References count what stands before them, so that an edit elsewhere would turn them to something else.
    void writeTagged(const DataNode& node)
    {
        const DataNode& child = node.children.front();
        if (node.text.starts_with("object ") && node.text != "object reference" && child.kind == Kind::Map) {
            m_out.put("O:");
            writeQuoted(std::string_view(node.text).substr(7));
            m_out.put(":");
            writePairs(child, false);
        } else if (node.text.starts_with("custom ") && (child.kind == Kind::Text || child.kind == Kind::Bytes)) {
            m_out.put("C:");
            writeQuoted(std::string_view(node.text).substr(7));
            m_out.put(':' + std::to_string(child.text.size()) + ":{" + child.text + '}');
        } else if (node.text == "enum" && child.kind == Kind::Text) {
            m_out.put("E:");
            writeQuoted(child.text);
            m_out.put(";");
        } else if (node.text.ends_with("reference")) {
            m_out.fail(Error{ErrorKind::Unsupported, QStringLiteral("PHP"),
                tr("A value with references can be read here, not written: they count what stands before them")});
        } else {
            m_out.fail(notWritable(node, QStringLiteral("PHP")));
        }
    }

    TreeWriter m_out;
};

Result<DataNode> readPhp(std::string_view bytes, const DecodeLimits& limits)
{
    return PhpReader(bytes, limits).run();
}

Result<std::string> writePhp(const DataNode& root, const DecodeLimits& /*limits*/)
{
    return PhpWriter().run(root);
}

Result<DataNode> readPhpSession(std::string_view bytes, const DecodeLimits& limits)
{
    return PhpReader(bytes, limits).runSession();
}

Result<std::string> writePhpSession(const DataNode& root, const DecodeLimits& /*limits*/)
{
    return PhpWriter().runSession(root);
}

/// Its text says what it is: a word of one letter, then a colon, and every length fits.
Confidence detectPhp(std::string_view bytes, TextEnd end)
{
    const bool begins = bytes.size() >= 4 && std::string_view("asOCE").find(bytes[0]) != std::string_view::npos
        && bytes[1] == ':' && bytes[2] >= '0' && bytes[2] <= '9';
    if (!begins || end == TextEnd::MoreFollows) {
        return Confidence::No;
    }
    return readPhp(bytes, detectLimits()) ? Confidence::Likely : Confidence::No;
}

Confidence detectPhpSession(std::string_view bytes, TextEnd end)
{
    const std::size_t bar = bytes.substr(0, 256).find('|');
    if (bar == std::string_view::npos || bar == 0 || end == TextEnd::MoreFollows) {
        return Confidence::No;
    }
    return readPhpSession(bytes, detectLimits()) ? Confidence::Likely : Confidence::No;
}

} // namespace

DecoderPtr phpDecoder()
{
    return makeDecoder(TreeFormat{"php", "PHP serialize", detectPhp, readPhp, writePhp});
}

DecoderPtr phpSessionDecoder()
{
    return makeDecoder(TreeFormat{"php-session", "PHP session", detectPhpSession, readPhpSession, writePhpSession});
}

} // namespace keyglass
