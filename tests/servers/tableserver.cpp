// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/tableserver.h"

#include "tests/servers/hirediscalls.h"

#include <sstream>

using namespace Qt::StringLiterals;

namespace keyglass::test {

namespace {

ServerOptions withModule(ServerOptions options, const TableHazards& hazards)
{
    options.tcp = true;
    if (TableServer::isReal()) {
        options.arguments << u"--loadmodule"_s << qEnvironmentVariable("KEYGLASS_TEST_REDISTABLE");
        if (!hazards.scanLimitArgument.empty()) {
            options.arguments << u"max_scan_limit"_s << QString::fromStdString(hazards.scanLimitArgument);
        }
    }
    return options;
}

} // namespace

/// The fixture's own connection.
struct TableServer::Line {
    explicit Line(std::uint16_t port)
        : context(redisConnect("127.0.0.1", port))
    {
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line() { redisFree(context); }
    redisContext* context;
};

bool TableServer::isReal()
{
    return !qEnvironmentVariable("KEYGLASS_TEST_REDISTABLE").isEmpty();
}

TableServer::TableServer(TableHazards hazards, ServerOptions options)
    : m_server(RedisServer::start(withModule(std::move(options), hazards)))
{
    if (!isReal()) {
        m_double = std::make_unique<RedisTableDouble>(ProxyTarget{m_server->socketPath(), 0}, std::move(hazards));
    }
}

TableServer::~TableServer() = default;

std::uint16_t TableServer::port() const
{
    return m_double ? m_double->port() : m_server->port();
}

std::string TableServer::command(const Args& arguments)
{
    for (int i = 0; i < 2; ++i) {
        if (!m_line || m_line->context->err != 0) {
            m_line = std::make_unique<Line>(port());
        }
        append(m_line->context, arguments);
        if (const ReplyPointer reply = nextReply(m_line->context)) {
            return textOf(*reply);
        }
    }
    qFatal("the table server does not answer");
}

void TableServer::make(const std::vector<std::string>& lines)
{
    for (const std::string& line : lines) {
        std::istringstream words(line);
        Args arguments;
        for (std::string word; words >> word;) {
            arguments.push_back(word);
        }
        if (const std::string reply = command(arguments); reply.starts_with('-')) {
            qFatal("%s: %s", line.c_str(), reply.c_str());
        }
    }
}

} // namespace keyglass::test
