// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/edit/editfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

namespace keyglass::test {

/// The file of a JSON module that the tests' server can load (KEYGLASS_TEST_JSON_MODULE); empty: there is none.
inline QString jsonModule()
{
    return qEnvironmentVariable("KEYGLASS_TEST_JSON_MODULE");
}

/// Documents on a server without a JSON module, kept as strings: its lane makes the commands for strings of those for
/// documents. Texts have to be as Qt writes them (members by name, no spaces), paths of names and indexes in brackets;
/// `[*]` is all elements.
class DocumentLane : public LaneView {
public:
    DocumentLane(std::unique_ptr<Lane> lane, RedisServer& server)
        : LaneView(*lane)
        , m_owned(std::move(lane))
        , m_server(server)
    {
    }

    Result<Reply> call(const Command& command, std::stop_token stop) override
    {
        auto reply = LaneView::call(plain(command), std::move(stop));
        return reply ? Result<Reply>(shown(command, *std::move(reply))) : std::move(reply);
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        std::vector<Command> all;
        for (const Command& command : commands) {
            all.push_back(plain(command));
        }
        auto replies = LaneView::pipeline(all, std::move(stop));
        for (std::size_t at = 0; replies && at < replies->size(); ++at) {
            Reply& reply = (*replies)[at];
            const bool isExec = commands[at].name() == "EXEC";
            for (std::size_t done = 0; isExec && done < std::min(reply.elements.size(), at); ++done) {
                reply.elements[done] = shown(commands[done], std::move(reply.elements[done])); // all came with it
            }
            if (reply.text != "QUEUED") {
                reply = shown(commands[at], std::move(reply));
            }
        }
        return replies;
    }
    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override
    {
        return std::make_unique<DocumentLane>(LaneView::confirmed(std::move(confirmation)), m_server);
    }

private:
    using Steps = QStringList; ///< A name with its quotes, or an index.

    static Steps stepsOf(const std::string& path)
    {
        Steps steps;
        for (const QString& part : QString::fromStdString(path).mid(1).split(u'[', Qt::SkipEmptyParts)) {
            steps << part.chopped(1);
        }
        return steps;
    }
    static QString nameIn(const QString& step)
    {
        return QJsonDocument::fromJson('[' + step.toUtf8() + ']').array().first().toString();
    }
    static std::string textOf(const QJsonValue& value)
    {
        const std::string text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).toStdString();
        return text.substr(1, text.size() - 2);
    }
    static QJsonArray found(const QJsonValue& value, const Steps& steps)
    {
        if (steps.isEmpty()) {
            return {value};
        }
        const Steps rest = steps.mid(1);
        if (steps.first() == QLatin1String("*")) {
            QJsonArray all;
            for (const QJsonValue& each : value.toArray()) {
                for (const QJsonValue& one : found(each, rest)) {
                    all.append(one);
                }
            }
            return all;
        }
        const bool isName = steps.first().startsWith(u'"');
        const bool isLast = steps.first() == QLatin1String("-1");
        const QJsonValue next = isLast ? value.toArray().last()
            : isName                   ? value.toObject().value(nameIn(steps.first()))
                                       : value.toArray().at(steps.first().toInt());
        return next.isUndefined() ? QJsonArray() : found(next, rest);
    }
    /// With `to` in the place, or without it.
    static QJsonValue changed(const QJsonValue& value, const Steps& steps, const std::optional<QJsonValue>& to)
    {
        if (steps.isEmpty()) {
            return to.value_or(QJsonValue());
        }
        const bool isLast = steps.size() == 1;
        if (steps.first().startsWith(u'"')) {
            QJsonObject object = value.toObject();
            const QString name = nameIn(steps.first());
            isLast && !to ? object.remove(name) : void(object[name] = changed(object.value(name), steps.mid(1), to));
            return object;
        }
        QJsonArray array = value.toArray();
        const int at = steps.first().toInt();
        isLast && !to ? array.removeAt(at) : array.replace(at, changed(array.at(at), steps.mid(1), to));
        return array;
    }
    static QJsonValue parsed(const std::string& text)
    {
        return QJsonDocument::fromJson('[' + QByteArray::fromStdString(text) + ']').array().first();
    }

    [[nodiscard]] Command plain(const Command& command) const
    {
        const auto& words = command.arguments();
        if (command.name() == "TYPE") {
            return Command{"EVAL",
                "local t = redis.call('TYPE', KEYS[1]).ok if t == 'string' then t = 'ReJSON-RL' end return {ok = t}",
                "1", words[1]};
        }
        if (command.name() == "JSON.GET" || command.name() == "JSON.ARRLEN") {
            return Command{"GET", words[1]};
        }
        if (command.name() == "JSON.ARRAPPEND") {
            const QJsonValue now = parsed(m_server.command({"GET", words[1]}));
            QJsonArray array = found(now, stepsOf(words[2])).first().toArray();
            array.append(parsed(words[3]));
            return Command{"SET", words[1], textOf(changed(now, stepsOf(words[2]), array)), "KEEPTTL"};
        }
        if (command.name() == "JSON.SET" || command.name() == "JSON.DEL") {
            const auto to = words.size() > 3 ? std::optional(parsed(words[3])) : std::nullopt;
            const QJsonValue now = parsed(m_server.command({"GET", words[1]}));
            Command set{"SET", words[1], textOf(changed(now, stepsOf(words[2]), to))};
            return stepsOf(words[2]).isEmpty() ? set : set.add("KEEPTTL"); // a new document has no end of its own
        }
        return command;
    }
    static Reply shown(const Command& command, Reply&& reply)
    {
        if (command.name() == "JSON.GET" && command.arguments().size() > 2 && reply.isText()) {
            reply.text = QJsonDocument(found(parsed(reply.text), stepsOf(command.arguments()[2])))
                             .toJson(QJsonDocument::Compact)
                             .toStdString();
        }
        if (command.name() == "JSON.ARRLEN" && reply.isText()) {
            Reply lengths;
            lengths.type = Reply::Type::Array;
            for (const QJsonValue& each : found(parsed(reply.text), stepsOf(command.arguments()[2]))) {
                Reply length;
                length.type = each.isArray() ? Reply::Type::Integer : Reply::Type::Nil;
                length.integer = each.toArray().size();
                lengths.elements.push_back(std::move(length));
            }
            return lengths;
        }
        return std::move(reply);
    }

    std::unique_ptr<Lane> m_owned;
    RedisServer& m_server;
};

/// A server with documents: with a module, or the double.
class JsonDocuments {
public:
    explicit JsonDocuments(bool hasModule)
        : m_hasModule(hasModule)
        , m_server(
              hasModule ? RedisServer::start({QStringLiteral("--loadmodule"), jsonModule()}) : RedisServer::start())
    {
    }

    [[nodiscard]] RedisServer& server() { return *m_server; }
    [[nodiscard]] bool hasModule() const { return m_hasModule; }
    [[nodiscard]] std::unique_ptr<Lane> lane()
    {
        auto lane = editLane(*m_server);
        return m_hasModule ? std::move(lane) : std::make_unique<DocumentLane>(std::move(lane), *m_server);
    }
    void set(const std::string& key, const std::string& json)
    {
        m_server->command(m_hasModule ? Args{"JSON.SET", key, "$", json} : Args{"SET", key, json, "KEEPTTL"});
    }
    [[nodiscard]] std::string get(const std::string& key)
    {
        return m_server->command(m_hasModule ? Args{"JSON.GET", key} : Args{"GET", key});
    }

private:
    const bool m_hasModule;
    std::unique_ptr<RedisServer> m_server;
};

} // namespace keyglass::test
