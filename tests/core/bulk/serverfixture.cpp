// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/bulk/serverfixture.h"

namespace keyglass::test {

void ServerFixture::initTestCase()
{
    m_server = RedisServer::start(m_arguments);
    m_lane = laneTo(*m_server);
}

void ServerFixture::cleanupTestCase()
{
    m_lane.reset();
    m_server.reset();
}

void ServerFixture::init()
{
    m_server->command({"FLUSHALL"});
}

ArchiveFixture::ArchiveFixture()
    : ServerFixture({QStringLiteral("--enable-debug-command"), QStringLiteral("local")})
{
}

void ArchiveFixture::init()
{
    ServerFixture::init();
    m_archive = std::make_unique<TestArchive>();
}

} // namespace keyglass::test
