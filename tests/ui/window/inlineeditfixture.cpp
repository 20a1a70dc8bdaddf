// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/inlineeditfixture.h"

#include "ui/value/elementtable.h"

#include <QDir>
#include <QTest>

#include <algorithm>

namespace keyglass::test {

using namespace ui;
using namespace Qt::StringLiterals;

void InlineEditFixture::init()
{
    m_server = RedisServer::start();
    m_server->command({"SET", "user:1", "one"});
    m_server->command({"SET", "user:2", "two", "EX", "5000"});
    m_server->command({"HSET", "in:hash", "a", "first", "b", "second"});
    m_server->command({"RPUSH", "in:list", "first", "second"});
    m_server->command({"SADD", "in:set", "first"});
    m_server->command({"ZADD", "in:zset", "1.5", "first", "2.5", "second"});
    m_server->command({"XADD", "in:stream", "1-1", "a", "first"});
    for (const char* key : {"in:hash", "in:list", "in:set", "in:zset"}) {
        m_server->command({"EXPIRE", key, "5000"});
    }
    m_fixture = std::make_unique<WindowFixture>();
    openPage(WindowFixture::profileOf(*m_server));
}

void InlineEditFixture::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

SessionPage& InlineEditFixture::openPage(const Profile& profile)
{
    m_page = &m_fixture->open(profile);
    [this] { QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), patience); }();
    return *m_page;
}

void InlineEditFixture::openAt(const std::string& key, int row, int column)
{
    m_page->tabs().open(key);
    QTRY_VERIFY_WITH_TIMEOUT(pane().head().has_value() && pane().head()->key == key, patience);
    if (row < 0) {
        QTRY_VERIFY_WITH_TIMEOUT(pane().head()->type != KeyType::String || pane().head()->length.value_or(0) > 60'000
                || pane().shownString(),
            patience);
        return;
    }
    auto* table = pane().findChild<ElementTable*>();
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() > row, patience);
    table->setCurrentIndex(table->model()->index(row, std::min(column, table->model()->columnCount() - 1)));
    QTRY_VERIFY_WITH_TIMEOUT(pane().selected().has_value(), patience);
}

void InlineEditFixture::edit(const std::string& key, int row, int column)
{
    openAt(key, row, column);
    m_fixture->trigger(ActionId::EditValue);
    QTRY_VERIFY_WITH_TIMEOUT(editor().isEditing() && editor().isVisible(), patience);
}

QStringList InlineEditFixture::draftFiles() const
{
    m_fixture->drafts().flush();
    return QDir(m_fixture->folder() + u"/drafts"_s).entryList({u"*.draft"_s}, QDir::Files);
}

QMessageBox* InlineEditFixture::box() const
{
    for (QMessageBox* each : m_fixture->window().findChildren<QMessageBox*>()) {
        if (each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

} // namespace keyglass::test
