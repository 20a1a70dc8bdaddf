// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"

#include "tests/ui/value/answered.h"

#include <QAction>
#include <QLabel>
#include <QTest>

namespace keyglass::test {

using namespace Qt::StringLiterals;

void fillUsers(RedisServer& server, std::size_t keys)
{
    server.fill(keys, [](std::size_t n) {
        return RedisServer::Args{"SET", "user:" + std::to_string(n % 100) + ":item:" + std::to_string(n), "v"};
    });
}

bool hasEnded(ui::SessionPage& page)
{
    return page.session().scanState() == ScanState::Ended;
}

WindowFixture::WindowFixture(const QString& folder)
    : m_given(folder)
    , m_settings(this->folder())
    , m_profiles(this->folder())
    , m_results(this->folder())
    , m_drafts(this->folder() + u"/drafts"_s)
    , m_window(new ui::MainWindow(services()))
{
    m_window->resize(1280, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window));
}

WindowFixture::~WindowFixture()
{
    delete m_window;
}

ui::WindowServices WindowFixture::services()
{
    return {m_settings, m_profiles, m_secrets, m_log,
        [](Profile profile, Credentials passwords) {
            return std::make_unique<Session>(std::move(profile), std::move(passwords));
        },
        [] { return answered<Profile>(Error{ErrorKind::Unsupported, u"The demo"_s, {}}); },
        [](const Profile&, const KnownCredentials&) { return answered<QString>(u"A server"_s); }, m_results, m_drafts};
}

Profile WindowFixture::profileOf(const RedisServer& server)
{
    Profile profile;
    profile.socketPath = server.socketPath();
    profile.name = u"shop"_s;
    return profile;
}

ui::SessionPage& WindowFixture::open(const Profile& profile, const QString& password)
{
    m_window->open(profile, Credentials{password, password});
    return *m_window->currentPage();
}

QPushButton* WindowFixture::button(const QWidget& in, const QString& text)
{
    for (QPushButton* button : in.findChildren<QPushButton*>()) {
        if (button->text() == text && button->isVisible()) {
            return button;
        }
    }
    return nullptr;
}

bool WindowFixture::press(const QWidget& in, const QString& text)
{
    QPushButton* found = nullptr;
    if (!QTest::qWaitFor([&] { return (found = button(in, text)) != nullptr; })) {
        return false;
    }
    found->click();
    return true;
}

QString WindowFixture::words(const QWidget& in)
{
    QStringList all;
    for (const QLabel* label : in.findChildren<QLabel*>()) {
        if (label->isVisible() && !label->text().isEmpty()) {
            all << label->text();
        }
    }
    return all.join(u'\n');
}

void WindowFixture::trigger(ui::ActionId id)
{
    QAction* action = m_window->actions().action(id);
    QVERIFY2(action->isEnabled(), qPrintable(action->text()));
    action->trigger();
}

} // namespace keyglass::test
