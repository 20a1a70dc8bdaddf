// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/datajson.h"

#include "core/base/jsontext.h"

#include <QByteArray>
#include <QCoreApplication>

#include <utility>

namespace keyglass {

namespace {

using Kind = DataNode::Kind;

std::string base64Of(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64().toStdString();
}

bool isPlainName(const DataNode& key)
{
    return key.kind == Kind::Text && !key.text.starts_with('$') && isUtf8(key.text);
}

bool hasPlainNames(const DataNode& map)
{
    for (std::size_t at = 0; at < map.children.size(); at += 2) {
        if (!isPlainName(map.children[at])) {
            return false;
        }
    }
    return true;
}

class DataJsonWriter {
public:
    explicit DataJsonWriter(const DecodeLimits& limits)
        : m_limits(limits)
    {
    }

    Result<std::string> run(const DataNode& root)
    {
        write(root, 0);
        if (isFull()) {
            return tooLarge(m_limits.output);
        }
        return std::move(m_out);
    }

private:
    bool isFull() const { return m_out.size() > m_limits.output.value; }

    void write(const DataNode& node, std::size_t level)
    {
        if (isFull()) {
            return;
        }
        switch (node.kind) {
        case Kind::Null:
            m_out += "null";
            break;
        case Kind::Bool:
        case Kind::Integer:
            m_out += node.text;
            break;
        case Kind::Float:
            m_out += node.text.ends_with('n') || node.text.ends_with('f') ? "{\"$float\": \"" + node.text + "\"}"
                                                                          : node.text;
            break;
        case Kind::Text:
            m_out += isUtf8(node.text) ? jsonOf(node.text) : "{\"$text64\": \"" + base64Of(node.text) + "\"}";
            break;
        case Kind::Bytes:
            m_out += "{\"$base64\": \"" + base64Of(node.text) + "\"}";
            break;
        case Kind::List:
            writeList(node, level);
            break;
        case Kind::Map:
            writeMap(node, level);
            break;
        case Kind::Tagged:
            m_out += '{' + jsonOf('$' + (isUtf8(node.text) ? node.text : "64 " + base64Of(node.text))) + ": ";
            write(node.children.front(), level);
            m_out += '}';
            break;
        }
    }

    void writeList(const DataNode& node, std::size_t level)
    {
        if (node.children.empty()) {
            m_out += "[]";
            return;
        }
        m_out += '[';
        for (std::size_t at = 0; at < node.children.size() && !isFull(); ++at) {
            beginLine(at > 0, level + 1);
            write(node.children[at], level + 1);
        }
        beginLine(false, level);
        m_out += ']';
    }

    void writeMap(const DataNode& node, std::size_t level)
    {
        if (node.children.empty()) {
            m_out += "{}";
            return;
        }
        const bool plain = hasPlainNames(node);
        m_out += plain ? "{" : "{\"$map\": [";
        for (std::size_t at = 0; at + 1 < node.children.size() && !isFull(); at += 2) {
            beginLine(at > 0, level + 1);
            m_out += plain ? "" : "[";
            write(node.children[at], level + 1);
            m_out += plain ? ": " : ", ";
            write(node.children[at + 1], level + 1);
            m_out += plain ? "" : "]";
        }
        beginLine(false, level);
        m_out += plain ? "}" : "]}";
    }

    void beginLine(bool afterOther, std::size_t level)
    {
        m_out += afterOther ? ",\n" : "\n";
        m_out.append(level * 2, ' ');
    }

    const DecodeLimits m_limits;
    std::string m_out;
};

class DataJsonReader {
public:
    DataJsonReader(std::string_view json, const DecodeLimits& limits)
        : m_in(json, limits)
    {
    }

    Result<DataNode> run()
    {
        DataNode root = readValue();
        skipSpace();
        auto whole = m_in.finished(std::move(root));
        if (!whole && whole.error().kind == ErrorKind::WrongType) {
            Error error = std::move(whole).error();
            error.kind = ErrorKind::Input;
            return error;
        }
        return whole;
    }

private:
    static QString tr(const char* text) { return QCoreApplication::translate("decoders", text); }

    void skipSpace()
    {
        while (m_in.peek() == ' ' || m_in.peek() == '\n' || m_in.peek() == '\r' || m_in.peek() == '\t') {
            m_in.takeByte();
        }
    }

    DataNode bad() { return m_in.fail(tr("It is no JSON")); }

    bool skip(char expected)
    {
        skipSpace();
        if (m_in.peek() != static_cast<unsigned char>(expected) || m_in.atEnd()) {
            return false;
        }
        m_in.takeByte();
        return true;
    }

    DataNode readValue()
    {
        skipSpace();
        if (!m_in.addNode()) {
            return {};
        }
        switch (m_in.peek()) {
        case '{':
            return readNested([this] { return readObject(); });
        case '[':
            return readNested([this] { return readList(); });
        case '"':
            return DataNode{Kind::Text, readString(), {}};
        case 't':
            return readWord("true", DataNode::boolean(true));
        case 'f':
            return readWord("false", DataNode::boolean(false));
        case 'n':
            return readWord("null", {});
        default:
            return readNumber();
        }
    }

    template <typename Read> DataNode readNested(const Read& read)
    {
        if (!m_in.enter()) {
            return {};
        }
        m_in.takeByte();
        DataNode node = read();
        m_in.leave();
        return node;
    }

    DataNode readWord(std::string_view word, DataNode node)
    {
        return m_in.take(word.size()) == word ? std::move(node) : bad();
    }

    DataNode readList()
    {
        DataNode list{Kind::List, {}, {}};
        if (skip(']')) {
            return list;
        }
        do {
            list.children.push_back(readValue());
        } while (!m_in.failed() && skip(','));
        return skip(']') ? std::move(list) : bad();
    }

    DataNode readObject()
    {
        DataNode map{Kind::Map, {}, {}};
        if (skip('}')) {
            return map;
        }
        do {
            skipSpace();
            if (m_in.peek() != '"' || !m_in.addNode()) {
                return bad();
            }
            map.children.push_back(DataNode{Kind::Text, readString(), {}});
            if (!skip(':')) {
                return bad();
            }
            map.children.push_back(readValue());
        } while (!m_in.failed() && skip(','));
        if (!skip('}')) {
            return bad();
        }
        return map.children.size() == 2 && map.children[0].text.starts_with('$') ? special(std::move(map))
                                                                                 : std::move(map);
    }

    /// An object with one name that begins with a dollar sign.
    DataNode special(DataNode&& map)
    {
        const std::string name = map.children[0].text.substr(1);
        DataNode& child = map.children[1];
        if (name == "map") {
            return mapOf(std::move(child));
        }
        if (name == "float") {
            const bool known =
                child.kind == Kind::Text && (child.text == "nan" || child.text == "inf" || child.text == "-inf");
            return known ? DataNode{Kind::Float, child.text, {}}
                         : m_in.fail(tr("$float is \"nan\", \"inf\" or \"-inf\""));
        }
        if (name == "base64" || name == "text64") {
            const auto bytes = QByteArray::fromBase64Encoding(
                QByteArray::fromStdString(child.text), QByteArray::AbortOnBase64DecodingErrors);
            if (child.kind != Kind::Text || !bytes) {
                return m_in.fail(tr("$%1 has to be base64").arg(QString::fromStdString(name)));
            }
            return DataNode{name == "base64" ? Kind::Bytes : Kind::Text, bytes.decoded.toStdString(), {}};
        }
        if (name.starts_with("64 ")) {
            const auto tag = QByteArray::fromBase64Encoding(
                QByteArray::fromStdString(name.substr(3)), QByteArray::AbortOnBase64DecodingErrors);
            return tag ? DataNode::tagged(tag.decoded.toStdString(), std::move(child))
                       : m_in.fail(tr("$%1 has to be base64").arg(displayText(name)));
        }
        return DataNode::tagged(name, std::move(child));
    }

    DataNode mapOf(DataNode&& pairs)
    {
        DataNode map{Kind::Map, {}, {}};
        bool good = pairs.kind == Kind::List;
        for (DataNode& pair : pairs.children) {
            good = good && pair.kind == Kind::List && pair.children.size() == 2;
            if (good) {
                map.children.push_back(std::move(pair.children[0]));
                map.children.push_back(std::move(pair.children[1]));
            }
        }
        return good ? std::move(map) : m_in.fail(tr("$map has to be a list of [name, value]"));
    }

    DataNode readNumber()
    {
        std::string text;
        const auto digits = [&] {
            const std::size_t before = text.size();
            while (m_in.peek() >= '0' && m_in.peek() <= '9') {
                text += static_cast<char>(m_in.takeByte());
            }
            return text.size() > before;
        };
        if (m_in.peek() == '-') {
            text += static_cast<char>(m_in.takeByte());
        }
        const bool startsWithZero = m_in.peek() == '0';
        const std::size_t first = text.size();
        if (!digits() || (startsWithZero && text.size() > first + 1)) {
            return bad();
        }
        bool isWhole = true;
        if (m_in.peek() == '.') {
            isWhole = false;
            text += static_cast<char>(m_in.takeByte());
            if (!digits()) {
                return bad();
            }
        }
        if (m_in.peek() == 'e' || m_in.peek() == 'E') {
            isWhole = false;
            text += static_cast<char>(m_in.takeByte());
            if (m_in.peek() == '+' || m_in.peek() == '-') {
                text += static_cast<char>(m_in.takeByte());
            }
            if (!digits()) {
                return bad();
            }
        }
        return DataNode{isWhole ? Kind::Integer : Kind::Float, std::move(text), {}};
    }

    std::string readString()
    {
        m_in.takeByte();
        std::string text;
        while (!m_in.failed()) {
            const unsigned char byte = m_in.takeByte();
            if (m_in.failed() || byte == '"') {
                break;
            }
            if (byte < 0x20) {
                m_in.fail(tr("A text in JSON has no control characters and line ends"));
            } else if (byte == '\\') {
                readEscape(text);
            } else {
                text += static_cast<char>(byte);
            }
        }
        if (!isUtf8(text)) {
            m_in.fail(tr("A text in JSON has to be UTF-8"));
        }
        return text;
    }

    void readEscape(std::string& text)
    {
        static constexpr std::string_view letters = "\"\\/bfnrt";
        static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        const auto letter = static_cast<char>(m_in.takeByte());
        const std::size_t known = letters.find(letter);
        if (letter == 'u') {
            readCodePoint(text);
        } else if (known != std::string_view::npos) {
            text += meanings[known];
        } else {
            bad();
        }
    }

    char32_t readHex()
    {
        bool isHex = false;
        const std::string_view digits = m_in.take(4);
        const uint code = QByteArray(digits.data(), static_cast<qsizetype>(digits.size())).toUInt(&isHex, 16);
        const bool onlyDigits = digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
        if (!isHex || !onlyDigits) {
            bad();
        }
        return code;
    }

    void readCodePoint(std::string& text)
    {
        char32_t code = readHex();
        if (code >= 0xD800 && code < 0xDC00 && m_in.take(2) == "\\u") {
            const char32_t low = readHex();
            code = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00) : 0xD800;
        }
        if (code >= 0xD800 && code < 0xE000) {
            m_in.fail(tr("Half a character: \\uD800 to \\uDFFF stand in pairs"));
            return;
        }
        text += QString::fromUcs4(&code, 1).toStdString();
    }

    TreeReader m_in;
};

} // namespace

Result<std::string> jsonFromData(const DataNode& root, const DecodeLimits& limits)
{
    return DataJsonWriter(limits).run(root);
}

Result<DataNode> dataFromJson(std::string_view json, const DecodeLimits& limits)
{
    return DataJsonReader(json, limits).run();
}

std::string compactJson(std::string_view json)
{
    std::string out;
    out.reserve(json.size());
    bool inString = false;
    for (std::size_t at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (inString && c == '\\' && at + 1 < json.size()) {
            out += c;
            out += json[++at];
            continue;
        }
        inString = c == '"' ? !inString : inString;
        if (inString || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
            out += c;
        }
    }
    return out;
}

} // namespace keyglass
