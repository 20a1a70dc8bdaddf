// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/formatdecoder.h"
#include "core/value/formatters/utf8step.h"

#include <QCoreApplication>

#include <bit>
#include <memory>

namespace keyglass {

namespace {

using Kind = DataNode::Kind;

constexpr std::string_view magic("\xac\xed\x00\x05", 4);
constexpr std::uint64_t firstHandle = 0x7E0000;
constexpr std::size_t longestRepeated = 256; ///< A text that comes again is written again up to this length.

enum ClassFlags : unsigned { WriteMethod = 1, Serializable = 2, Externalizable = 4, BlockData = 8 };

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

/// Java's UTF-8: zero takes two bytes, and characters beyond U+FFFF are pairs of three.
std::string fromModifiedUtf8(std::string_view bytes)
{
    const auto byteAt = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
    const auto unit = [&](std::size_t at) { // of three bytes
        return ((byteAt(at) & 0x0FU) << 12U) | ((byteAt(at + 1) & 0x3FU) << 6U) | (byteAt(at + 2) & 0x3FU);
    };
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
        const bool isZero = byteAt(at) == 0xC0 && at + 1 < bytes.size() && byteAt(at + 1) == 0x80;
        const bool mayBePair = byteAt(at) == 0xED && at + 5 < bytes.size() && byteAt(at + 3) == 0xED;
        if (isZero) {
            out += '\0';
            at += 2;
        } else if (mayBePair && (unit(at) & 0xFC00U) == 0xD800 && (unit(at + 3) & 0xFC00U) == 0xDC00) {
            const char32_t code = 0x10000 + ((unit(at) & 0x3FFU) << 10U) + (unit(at + 3) & 0x3FFU);
            out += QString::fromUcs4(&code, 1).toStdString();
            at += 6;
        } else {
            out += bytes[at++];
        }
    }
    return out;
}

struct JavaField {
    char type = 'I';
    std::string name;
};

struct JavaClass {
    std::string name;
    unsigned flags = 0;
    std::vector<JavaField> fields;
    const JavaClass* parent = nullptr; ///< Hostile bytes may make it the class itself.
};

/// What a later part of the stream may refer to by its number.
struct JavaHandle {
    const JavaClass* type = nullptr; ///< Of a class's description.
    std::optional<std::string> text;
    std::string className; ///< Of an object.
};

/// What ObjectOutputStream writes: docs.oracle.com, "Java Object Serialization Specification", chapter 6. No class is
/// looked up, no object made: only names and values are read.
class JavaReader {
public:
    JavaReader(std::string_view bytes, const DecodeLimits& limits)
        : m_in(bytes, limits)
    {
    }

    Result<DataNode> run()
    {
        if (m_in.left() < magic.size() || m_in.take(magic.size()) != magic) {
            m_in.failAt(0, tr("It does not begin like Java's serialization"));
        }
        DataNode all{Kind::List, {}, {}};
        while (!m_in.failed() && !m_in.atEnd()) {
            all.children.push_back(readContent());
        }
        const bool isOne = all.children.size() == 1;
        return m_in.finished(isOne ? std::move(all.children.front()) : std::move(all));
    }

private:
    DataNode readContent()
    {
        DataNode node;
        if (m_in.addNode() && m_in.enter()) {
            node = readKind(m_in.takeByte());
        }
        m_in.leave();
        return node;
    }

    DataNode readKind(unsigned char kind)
    {
        switch (kind) {
        case 0x70: // TC_NULL
            return {};
        case 0x71: // TC_REFERENCE
            return readReference();
        case 0x72: // TC_CLASSDESC
        case 0x7D: // TC_PROXYCLASSDESC
            return classNode(readClass(kind));
        case 0x73: // TC_OBJECT
            return readObject();
        case 0x74: // TC_STRING
        case 0x7C: // TC_LONGSTRING
            return readText(kind == 0x74 ? 2 : 8);
        case 0x75: // TC_ARRAY
            return readArray();
        case 0x76: // TC_CLASS
        {
            DataNode node = classNode(readClass(m_in.takeByte()));
            m_handles.push_back({});
            return node;
        }
        case 0x77: // TC_BLOCKDATA
        case 0x7A: // TC_BLOCKDATALONG
            return DataNode::bytes(m_in.take(m_in.takeBig(kind == 0x77 ? 1 : 4)));
        case 0x79: // TC_RESET
            m_handles.clear();
            return DataNode::tagged("reset", {});
        case 0x7E: // TC_ENUM
            return readEnum();
        default:
            return m_in.failAt(m_in.at() - 1, tr("Java's serialization has nothing that begins like this"));
        }
    }

    static DataNode classNode(const JavaClass* type)
    {
        return DataNode::tagged("class", type ? DataNode::textOrBytes(type->name) : DataNode());
    }

    std::string takeUtf(std::size_t lengthBytes) { return fromModifiedUtf8(m_in.take(m_in.takeBig(lengthBytes))); }

    DataNode readText(std::size_t lengthBytes)
    {
        std::string text = takeUtf(lengthBytes);
        m_handles.push_back({nullptr, text, {}});
        return DataNode::textOrBytes(text);
    }

    const JavaHandle* takeHandle()
    {
        const std::uint64_t number = m_in.takeBig(4) - firstHandle;
        if (!m_in.failed() && number >= m_handles.size()) {
            m_in.fail(tr("It refers to something that has not come"));
        }
        return m_in.failed() ? nullptr : &m_handles[number];
    }

    DataNode readReference()
    {
        const JavaHandle* handle = takeHandle();
        if (handle == nullptr) {
            return {};
        }
        if (handle->type) {
            return classNode(handle->type);
        }
        if (handle->text && handle->text->size() <= longestRepeated) {
            return DataNode::textOrBytes(*handle->text);
        }
        const auto number = static_cast<std::uint64_t>(handle - m_handles.data());
        return DataNode::tagged("reference", DataNode::string(handle->className + '#' + std::to_string(number)));
    }

    const JavaClass* readClass(unsigned char kind)
    {
        const JavaClass* type = nullptr;
        if (kind == 0x71) {
            const JavaHandle* handle = takeHandle();
            if (handle != nullptr && !handle->type) {
                m_in.fail(tr("It refers to a class where none is"));
            }
            return handle == nullptr ? nullptr : handle->type;
        }
        if (kind == 0x70 || !m_in.addNode() || !m_in.enter()) {
            return nullptr;
        }
        if (kind == 0x72) {
            type = readNewClass();
        } else if (kind == 0x7D) {
            type = readProxyClass();
        } else {
            m_in.failAt(m_in.at() - 1, tr("A class's description is missing"));
        }
        m_in.leave();
        return type;
    }

    JavaClass* newClass()
    {
        m_classes.push_back(std::make_unique<JavaClass>());
        return m_classes.back().get();
    }

    const JavaClass* readNewClass()
    {
        JavaClass* const type = newClass();
        type->name = takeUtf(2);
        m_in.take(8); // serialVersionUID
        m_handles.push_back({type, {}, {}});
        type->flags = m_in.takeByte();
        const std::uint64_t count = m_in.takeBig(2);
        for (std::uint64_t at = 0; at < count && !m_in.failed(); ++at) {
            JavaField field{static_cast<char>(m_in.takeByte()), takeUtf(2)};
            if (field.type == 'L' || field.type == '[') {
                readContent(); // the type's name
            }
            type->fields.push_back(std::move(field));
        }
        readAnnotations();
        type->parent = readClass(m_in.takeByte());
        return type;
    }

    const JavaClass* readProxyClass()
    {
        JavaClass* const type = newClass();
        m_handles.push_back({type, {}, {}});
        type->flags = Serializable;
        const std::uint64_t count = m_in.takeBig(4);
        for (std::uint64_t at = 0; at < count && !m_in.failed(); ++at) {
            type->name += (at == 0 ? "proxy of " : ", ") + takeUtf(2);
        }
        readAnnotations();
        type->parent = readClass(m_in.takeByte());
        return type;
    }

    /// What a class's own writeObject() wrote, up to its end.
    DataNode readAnnotations()
    {
        DataNode list{Kind::List, {}, {}};
        while (!m_in.failed() && m_in.peek() != 0x78) {
            list.children.push_back(readContent());
        }
        m_in.takeByte();
        return list;
    }

    DataNode readObject()
    {
        const JavaClass* const type = readClass(m_in.takeByte());
        if (!type) {
            return m_in.fail(tr("A class's description is missing"));
        }
        m_handles.push_back({nullptr, {}, type->name});
        std::vector<const JavaClass*> line; // from the outermost base on, as their values come
        for (const JavaClass* one = type; one != nullptr && line.size() <= m_in.limits().depth; one = one->parent) {
            line.insert(line.begin(), one);
        }
        DataNode map{Kind::Map, {}, {}};
        for (const JavaClass* one : line) {
            readValues(*one, map);
        }
        return DataNode::tagged("object " + type->name, std::move(map));
    }

    void readValues(const JavaClass& type, DataNode& map)
    {
        const bool isOwn = (type.flags & Externalizable) != 0;
        if (isOwn && (type.flags & BlockData) == 0) {
            m_in.fail(Error{ErrorKind::Unsupported, QString::fromStdString(type.name),
                tr("Only this class itself knows how its values are written")});
            return;
        }
        if ((type.flags & Serializable) != 0) {
            for (const JavaField& field : type.fields) {
                if (!m_in.addNode()) {
                    return;
                }
                map.children.push_back(DataNode::textOrBytes(field.name));
                map.children.push_back(readField(field.type));
            }
        }
        const bool hasOwnPart = isOwn || ((type.flags & Serializable) != 0 && (type.flags & WriteMethod) != 0);
        if (hasOwnPart) {
            map.children.push_back(DataNode::textOrBytes("(data of " + type.name + ')'));
            map.children.push_back(readAnnotations());
        }
    }

    DataNode readField(char type)
    {
        const auto signedBig = [this](std::size_t bytes) {
            const auto shift = static_cast<unsigned>(64 - bytes * 8);
            return DataNode::integer(static_cast<std::int64_t>(m_in.takeBig(bytes) << shift) >> shift);
        };
        switch (type) {
        case 'B':
            return signedBig(1);
        case 'S':
            return signedBig(2);
        case 'I':
            return signedBig(4);
        case 'J':
            return signedBig(8);
        case 'F':
            return DataNode::number(std::bit_cast<float>(static_cast<std::uint32_t>(m_in.takeBig(4))));
        case 'D':
            return DataNode::number(std::bit_cast<double>(m_in.takeBig(8)));
        case 'Z':
            return DataNode::boolean(m_in.takeByte() != 0);
        case 'C':
            return DataNode::string(QString(QChar(static_cast<char16_t>(m_in.takeBig(2)))).toStdString());
        case 'L':
        case '[':
            return readContent();
        default:
            return m_in.fail(tr("A type that Java does not know"));
        }
    }

    DataNode readArray()
    {
        const JavaClass* const type = readClass(m_in.takeByte());
        if (!type || type->name.size() < 2 || type->name.front() != '[') {
            return m_in.fail(tr("An array's type is missing"));
        }
        m_handles.push_back({nullptr, {}, type->name});
        const std::uint64_t count = m_in.takeBig(4);
        if (type->name[1] == 'B') {
            return DataNode::bytes(m_in.take(count));
        }
        DataNode list{Kind::List, {}, {}};
        for (std::uint64_t at = 0; at < count && m_in.addNode(); ++at) {
            list.children.push_back(readField(type->name[1]));
        }
        return list;
    }

    DataNode readEnum()
    {
        const JavaClass* const type = readClass(m_in.takeByte());
        m_handles.push_back({nullptr, {}, type ? type->name : std::string()});
        DataNode name = readContent();
        return DataNode::tagged("enum " + (type ? type->name : std::string()), std::move(name));
    }

    TreeReader m_in;
    std::vector<std::unique_ptr<JavaClass>> m_classes; ///< All of them, also after a reset.
    std::vector<JavaHandle> m_handles;
};

Result<DataNode> readJava(std::string_view bytes, const DecodeLimits& limits)
{
    return JavaReader(bytes, limits).run();
}

Confidence detectJava(std::string_view bytes, TextEnd /*end*/)
{
    return bytes.size() > magic.size() && bytes.starts_with(magic) ? Confidence::Certain : Confidence::No;
}

} // namespace

DecoderPtr javaDecoder()
{
    return makeDecoder(TreeFormat{"java", "Java serialization", detectJava, readJava, nullptr});
}

} // namespace keyglass
