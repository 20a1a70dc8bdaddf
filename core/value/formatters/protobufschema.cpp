// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/protobufschema.h"

#include "core/value/formatters/protobufwire.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

constexpr int mostNested = 50;

/// One field of a message: a number, or the bytes of something longer.
struct RawField {
    std::uint32_t number = 0;
    std::uint64_t value = 0;
    std::string_view content;
};

/// False where `bytes` are no message.
template <typename Take> bool eachField(std::string_view bytes, const Take& take)
{
    TreeReader in(bytes, {});
    while (!in.failed() && !in.atEnd()) {
        const WireTag tag = takeTag(in);
        RawField field{tag.field, 0, {}};
        switch (tag.type) {
        case WireType::Varint:
            field.value = takeVarint(in);
            break;
        case WireType::Bytes:
            field.content = in.take(takeVarint(in));
            break;
        case WireType::Fixed64:
        case WireType::Fixed32:
            field.value = in.takeLittle(tag.type == WireType::Fixed64 ? 8 : 4);
            break;
        default:
            return false;
        }
        if (!in.failed() && !take(field)) {
            return false;
        }
    }
    return !in.failed();
}

bool isPackable(ProtoType type)
{
    return type != ProtoType::String && type != ProtoType::Bytes && type != ProtoType::Message
        && type != ProtoType::Group;
}

} // namespace

/// Field numbers are those of google/protobuf/descriptor.proto.
class ProtobufSchema::Builder {
public:
    bool addSet(std::string_view bytes)
    {
        return eachField(bytes, [this](const RawField& field) { return field.number != 1 || addFile(field.content); })
            && !m_schema.m_messages.empty();
    }
    ProtobufSchema schema() && { return std::move(m_schema); }

private:
    bool addFile(std::string_view bytes)
    {
        std::string package;
        m_packsByDefault = false;
        const bool read = eachField(bytes, [&](const RawField& field) {
            if (field.number == 2) {
                package = field.content;
            } else if (field.number == 12) {
                m_packsByDefault = field.content == "proto3";
            }
            return true;
        });
        return read && eachField(bytes, [&](const RawField& field) {
            return field.number == 4 ? addMessage(field.content, package, 0)
                : field.number == 5  ? addEnum(field.content, package)
                                     : true;
        });
    }

    static std::string within(const std::string& scope, std::string_view name)
    {
        return scope.empty() ? std::string(name) : scope + '.' + std::string(name);
    }

    bool addMessage(std::string_view bytes, const std::string& scope, int depth)
    {
        std::string name;
        const bool named = eachField(bytes, [&](const RawField& field) {
            name = field.number == 1 ? within(scope, field.content) : name;
            return true;
        });
        ProtoMessage message;
        const bool read = named && depth < mostNested
            && eachField(
                bytes,
                [&](const RawField& field) {
                    switch (field.number) {
                    case 2:
                        return addField(field.content, message);
                    case 3:
                        return addMessage(field.content, name, depth + 1);
                    case 4:
                        return addEnum(field.content, name);
                    case 7: // MessageOptions
                        return eachField(field.content, [&](const RawField& option) {
                            message.isMapEntry = message.isMapEntry || (option.number == 7 && option.value != 0);
                            return true;
                        });
                    default:
                        return true;
                    }
                });
        m_schema.m_messages.insert_or_assign(name, std::move(message));
        return read;
    }

    bool addField(std::string_view bytes, ProtoMessage& message) const
    {
        ProtoField one;
        std::optional<bool> packed;
        bool known = true;
        const bool read = eachField(bytes, [&](const RawField& field) {
            switch (field.number) {
            case 1:
                one.name = field.content;
                break;
            case 3:
                one.number = static_cast<std::uint32_t>(field.value);
                break;
            case 4:
                one.repeated = field.value == 3;
                break;
            case 5:
                known = field.value >= 1 && field.value <= 18;
                one.type = static_cast<ProtoType>(field.value);
                break;
            case 6:
                one.typeName = field.content.substr(field.content.starts_with('.') ? 1 : 0);
                break;
            case 8: // FieldOptions
                return eachField(field.content, [&](const RawField& option) {
                    packed = option.number == 2 ? std::optional(option.value != 0) : packed;
                    return true;
                });
            default:
                break;
            }
            return true;
        });
        one.packed = one.repeated && isPackable(one.type) && packed.value_or(m_packsByDefault);
        message.fields.push_back(std::move(one));
        return read && known;
    }

    bool addEnum(std::string_view bytes, const std::string& scope)
    {
        std::string name;
        Enum one;
        const bool read = eachField(bytes, [&](const RawField& field) {
            if (field.number == 1) {
                name = within(scope, field.content);
            }
            return field.number != 2 || addEnumValue(field.content, one);
        });
        m_schema.m_enums.insert_or_assign(name, std::move(one));
        return read;
    }

    static bool addEnumValue(std::string_view bytes, Enum& one)
    {
        std::string name;
        std::int32_t number = 0;
        const bool read = eachField(bytes, [&](const RawField& field) {
            if (field.number == 1) {
                name = field.content;
            } else if (field.number == 2) {
                number = static_cast<std::int32_t>(field.value);
            }
            return true;
        });
        one.names.emplace(number, name);
        one.numbers.emplace(name, number);
        return read;
    }

    ProtobufSchema m_schema;
    bool m_packsByDefault = false;
};

const ProtoField* ProtoMessage::field(std::uint32_t number) const
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const ProtoField& one) { return one.number == number; });
    return found == fields.end() ? nullptr : &*found;
}

const ProtoField* ProtoMessage::field(std::string_view name) const
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const ProtoField& one) { return one.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

Result<ProtobufSchema> ProtobufSchema::fromDescriptorSet(std::string_view bytes)
{
    Builder builder;
    if (!builder.addSet(bytes)) {
        return Error{ErrorKind::Input, {},
            QCoreApplication::translate(
                "decoders", "It is no descriptor set. protoc --descriptor_set_out=FILE --include_imports makes one")};
    }
    return std::move(builder).schema();
}

const ProtoMessage* ProtobufSchema::message(std::string_view name) const
{
    const auto found = m_messages.find(name);
    return found == m_messages.end() ? nullptr : &found->second;
}

std::vector<std::string> ProtobufSchema::messageNames() const
{
    std::vector<std::string> names;
    for (const auto& [name, message] : m_messages) {
        if (!message.isMapEntry) {
            names.push_back(name);
        }
    }
    return names;
}

const std::string* ProtobufSchema::enumName(std::string_view type, std::int32_t number) const
{
    const auto found = m_enums.find(type);
    if (found == m_enums.end()) {
        return nullptr;
    }
    const auto name = found->second.names.find(number);
    return name == found->second.names.end() ? nullptr : &name->second;
}

const std::int32_t* ProtobufSchema::enumNumber(std::string_view type, std::string_view name) const
{
    const auto found = m_enums.find(type);
    if (found == m_enums.end()) {
        return nullptr;
    }
    const auto number = found->second.numbers.find(name);
    return number == found->second.numbers.end() ? nullptr : &number->second;
}

} // namespace keyglass
