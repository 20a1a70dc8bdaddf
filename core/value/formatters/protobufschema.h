// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// The types of FieldDescriptorProto that are told apart here.
enum class ProtoType : std::uint8_t {
    Double = 1,
    Float,
    Int64,
    Uint64,
    Int32,
    Fixed64,
    Fixed32,
    Bool,
    String,
    Group,
    Message,
    Bytes,
    Uint32,
    Enum,
    Sfixed32,
    Sfixed64,
    Sint32,
    Sint64,
};

struct ProtoField {
    std::uint32_t number = 0;
    std::string name;
    ProtoType type = ProtoType::Int32;
    std::string typeName; ///< Of a message or enum, with all its packages, without a dot in front.
    bool repeated = false;
    bool packed = false; ///< Written as one field with all numbers in it.
};

struct ProtoMessage {
    std::vector<ProtoField> fields;
    bool isMapEntry = false;

    [[nodiscard]] const ProtoField* field(std::uint32_t number) const;
    [[nodiscard]] const ProtoField* field(std::string_view name) const;
};

/// The messages and enums of a descriptor set, as `protoc --descriptor_set_out` writes it.
///
/// Read here and not by libprotobuf, as messages are: only names, numbers and types are wanted, and reading stays
/// within the limits of all decoders, where a library's message takes many times its bytes.
class ProtobufSchema {
public:
    /// Input for bytes that are no descriptor set.
    [[nodiscard]] static Result<ProtobufSchema> fromDescriptorSet(std::string_view bytes);

    /// "shop.Order"; null for an unknown one.
    [[nodiscard]] const ProtoMessage* message(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> messageNames() const; ///< Those that are no entries of maps.

    /// Both ways; nothing for unknown ones.
    [[nodiscard]] const std::string* enumName(std::string_view type, std::int32_t number) const;
    [[nodiscard]] const std::int32_t* enumNumber(std::string_view type, std::string_view name) const;

private:
    struct Enum {
        std::map<std::int32_t, std::string> names;
        std::map<std::string, std::int32_t, std::less<>> numbers;
    };
    class Builder;

    std::map<std::string, ProtoMessage, std::less<>> m_messages;
    std::map<std::string, Enum, std::less<>> m_enums;
};

} // namespace keyglass
