// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/redisserver.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/editor/celleditor.h"
#include "ui/editor/codeeditor.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keytabs.h"

#include <QMessageBox>
#include <QObject>
#include <QTabBar>

#include <memory>
#include <string>

namespace keyglass::test {

inline constexpr int patience = 20000; // ms

/// What tests of edits in place stand on: each function has a server with a key of every type, and a window on it.
class InlineEditFixture : public QObject {
    Q_OBJECT

protected Q_SLOTS:
    void init();
    void cleanup();

protected:
    ui::SessionPage& openPage(const Profile& profile);
    /// Opens the key and waits for its content, then makes a cell of it current.
    void openAt(const std::string& key, int row = -1, int column = 1);
    [[nodiscard]] ui::ValuePane& pane() const { return static_cast<ui::ValuePane&>(*m_page->tabs().currentPane()); }
    [[nodiscard]] ui::CellEditor& editor() const { return *m_page->edits().editorOf(&pane()); }
    [[nodiscard]] std::string text() const { return editor().text().text(); }
    void edit(const std::string& key, int row = -1, int column = 1);
    void write(const std::string& content) { editor().text().replaceText(content); }
    [[nodiscard]] bool press(const QString& button) { return WindowFixture::press(pane(), button); }
    [[nodiscard]] QString words() const { return WindowFixture::words(pane()); }
    [[nodiscard]] QTabBar& bar() const { return *m_page->tabs().findChild<QTabBar*>(); }
    [[nodiscard]] QStringList draftFiles() const;
    [[nodiscard]] QMessageBox* box() const;

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    ui::SessionPage* m_page = nullptr;
};

} // namespace keyglass::test
