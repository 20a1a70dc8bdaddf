// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/keycontent.h"

#include <QByteArrayView>
#include <QCryptographicHash>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

constexpr std::size_t fieldsPerCommand = 1000;

std::optional<Command> contentCommand(KeyType type, const std::string& key)
{
    switch (type) {
    case KeyType::String:
        return Command{"GET", key};
    case KeyType::Hash:
        return Command{"HGETALL", key};
    case KeyType::List:
        return Command{"LRANGE", key, "0", "-1"};
    case KeyType::Set:
        return Command{"SMEMBERS", key};
    case KeyType::SortedSet:
        return Command{"ZRANGE", key, "0", "-1", "WITHSCORES"};
    case KeyType::Stream:
        return Command{"XINFO", "STREAM", key, "FULL", "COUNT", "0"};
    case KeyType::Json:
        return Command{"JSON.GET", key};
    default:
        return std::nullopt;
    }
}

void addTo(std::string& text, const Reply& reply)
{
    text += std::to_string(static_cast<int>(reply.type)) + ':' + std::to_string(reply.integer) + ':'
        + std::to_string(reply.text.size()) + ':' + reply.text + ':' + std::to_string(reply.elements.size()) + ':';
    for (const Reply& element : reply.elements) {
        addTo(text, element);
    }
}

std::string textOf(std::span<const Reply> replies)
{
    std::string text;
    for (const Reply& reply : replies) {
        addTo(text, reply);
    }
    return text;
}

/// When each of the fields ends. Where the server has no such thing, none does.
Result<std::vector<Reply>> fieldEnds(
    EditConnection& connection, const std::string& key, std::span<const Reply> pairs, const std::stop_token& stop)
{
    std::vector<Reply> ends;
    for (std::size_t at = 0; at < pairs.size();) {
        const std::size_t count = std::min(fieldsPerCommand, (pairs.size() - at) / 2);
        Command command{"HPEXPIRETIME", key, "FIELDS"};
        command.add(static_cast<std::int64_t>(count));
        for (std::size_t field = 0; field < count; ++field, at += 2) {
            command.add(pairs[at].text);
        }
        if (!connection.check({command})) {
            return std::vector<Reply>(); // a server that lists its commands has none of that
        }
        auto reply = connection.call(command, stop);
        if (!reply) {
            return std::move(reply).error();
        }
        if (reply->isError() && replyError(reply->text).kind == ErrorKind::Server) {
            return std::vector<Reply>(); // it does not know the command
        }
        if (reply->isError() || reply->elements.size() != count) {
            return replyError(reply->text);
        }
        std::ranges::move(reply->elements, std::back_inserter(ends));
    }
    return ends;
}

/// Of a hash: one text for each field, with its value and its end.
Result<std::vector<std::string>> fieldTexts(
    EditConnection& connection, const std::string& key, std::span<const Reply> pairs, const std::stop_token& stop)
{
    if (pairs.size() % 2 != 0) {
        return Error{ErrorKind::Protocol, connection.nodeText(), {}};
    }
    const auto ends = fieldEnds(connection, key, pairs, stop);
    if (!ends) {
        return ends.error();
    }
    std::vector<std::string> texts;
    for (std::size_t at = 0; at < pairs.size(); at += 2) {
        std::string text = textOf(pairs.subspan(at, 2));
        text += ends->empty() ? std::string("-1") : std::to_string((*ends)[at / 2].integer);
        texts.push_back(std::move(text));
    }
    return texts;
}

std::string digestOf(std::vector<std::string> texts, bool inAnyOrder)
{
    if (inAnyOrder) {
        std::ranges::sort(texts);
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const std::string& text : texts) {
        const std::string size = std::to_string(text.size()) + ':';
        hash.addData(QByteArrayView(size.data(), static_cast<qsizetype>(size.size())));
        hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    }
    return hash.result().toStdString();
}

} // namespace

std::optional<std::string> contentDigest(
    EditConnection& connection, const std::string& key, const std::string& typeName, std::stop_token stop)
{
    const KeyType type = keyTypeFromName(typeName);
    const auto command = contentCommand(type, key);
    if (!command) {
        return std::nullopt;
    }
    const auto reply = connection.call(*command, stop);
    if (!reply || reply->isError() || reply->isNil()) {
        return std::nullopt;
    }
    if (type == KeyType::Hash) {
        auto texts = fieldTexts(connection, key, reply->elements, stop);
        return texts ? std::optional(digestOf(*std::move(texts), true)) : std::nullopt;
    }
    std::vector<std::string> texts;
    if (reply->isArray()) {
        for (std::size_t at = 0; at < reply->elements.size(); ++at) {
            texts.push_back(textOf(std::span(reply->elements).subspan(at, 1)));
        }
    } else {
        texts.push_back(textOf(std::span(&*reply, 1)));
    }
    return digestOf(std::move(texts), type == KeyType::Set);
}

} // namespace keyglass
