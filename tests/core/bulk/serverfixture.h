// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/bulk/bulkfixture.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace keyglass::test {

/// What tests of one server stand on: it is started once, and empty when a function begins.
class ServerFixture : public QObject {
    Q_OBJECT

protected Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();

protected:
    explicit ServerFixture(QStringList arguments = {})
        : m_arguments(std::move(arguments))
    {
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;

private:
    const QStringList m_arguments;
};

/// The same with a new archive for each function, and a server that knows DEBUG.
class ArchiveFixture : public ServerFixture {
    Q_OBJECT

protected Q_SLOTS:
    void init();

protected:
    ArchiveFixture();

    std::unique_ptr<TestArchive> m_archive;
};

} // namespace keyglass::test
