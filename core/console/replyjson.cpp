// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/replyjson.h"

#include "core/base/jsontext.h"

namespace keyglass {

std::string replyJson(const Reply& reply)
{
    std::string json;
    appendReplyJson(json, reply);
    return json;
}

void appendReplyJson(std::string& json, const Reply& reply)
{
    switch (reply.type) {
    case Reply::Type::Nil:
        json += "null";
        break;
    case Reply::Type::Integer:
        json += std::to_string(reply.integer);
        break;
    case Reply::Type::String:
    case Reply::Type::SimpleString:
        json += jsonOf(reply.text);
        break;
    case Reply::Type::Error:
        json += "{\"error\": " + jsonOf(reply.text) + '}';
        break;
    case Reply::Type::Array:
        json += '[';
        for (const Reply& one : reply.elements) {
            json += &one == &reply.elements.front() ? "" : ", ";
            appendReplyJson(json, one);
        }
        json += ']';
        break;
    }
}

} // namespace keyglass
