// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/connectiondialog.h"

#include "core/base/errortext.h"
#include "ui/common/theme.h"
#include "ui/common/whenready.h"
#include "ui/profile/keyspage.h"
#include "ui/profile/nodespage.h"
#include "ui/profile/serverpage.h"
#include "ui/profile/tlspage.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include <ranges>
#include <utility>

namespace keyglass::ui {

ConnectionDialog::ConnectionDialog(const Profile& profile, QWidget* parent)
    : QDialog(parent)
    , m_given(profile)
    , m_pages(new QTabWidget(this))
    , m_server(new ServerPage(this))
    , m_nodes(new NodesPage(this))
    , m_tls(new TlsPage(TlsPage::To::Server, this))
    , m_sentinelTls(new TlsPage(TlsPage::To::Sentinels, this))
    , m_keys(new KeysPage(this))
    , m_said(new QLabel(this))
    , m_testButton(new QPushButton(tr("&Test"), this))
{
    setWindowTitle(profile.id.isEmpty() ? tr("New connection") : tr("Edit %1").arg(profile.title()));
    m_server->setProfile(profile);
    m_nodes->setProfile(profile);
    m_tls->setTls(profile.tls);
    m_sentinelTls->setTls(profile.sentinelTls);
    m_sentinelTls->setApplies(true);
    m_tls->setApplies(!profile.isUnixSocket());
    m_keys->setProfile(profile);
    build();
    connect(m_server, &ServerPage::changed, this, &ConnectionDialog::fieldsChanged);
    connect(m_nodes, &NodesPage::changed, this, &ConnectionDialog::fieldsChanged);
    connect(m_tls, &TlsPage::changed, this, &ConnectionDialog::fieldsChanged);
    connect(m_sentinelTls, &TlsPage::changed, this, &ConnectionDialog::fieldsChanged);
    connect(m_keys, &KeysPage::changed, this, &ConnectionDialog::fieldsChanged);
    connect(m_server, &ServerPage::targetPasted, this, [this](const ConnectTarget& target) {
        m_nodes->takeTarget(target);
        m_tls->setTlsEnabled(target.profile.tls.enabled);
        m_sentinelTls->setTlsEnabled(target.profile.sentinelTls.enabled);
    });
    connect(m_testButton, &QPushButton::clicked, this, &ConnectionDialog::test);
    connect(this, &QDialog::finished, this, &ConnectionDialog::dropTest);
}

void ConnectionDialog::build()
{
    m_pages->addTab(m_server, tr("&Connection"));
    m_pages->addTab(m_nodes, tr("Cluster"));
    m_pages->addTab(m_tls, tr("T&LS"));
    m_pages->addTab(m_sentinelTls, tr("TLS to Sentinels"));
    m_pages->addTab(m_keys, tr("&Keys"));
    m_pages->setAccessibleName(tr("Pages"));
    m_pages->setDocumentMode(true); // no frame within the window's
    m_said->setAccessibleName(tr("Test result"));
    m_said->setTextFormat(Qt::PlainText); // it holds words of servers
    m_said->setWordWrap(true);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_said->setMinimumHeight(2 * m_said->fontMetrics().lineSpacing()); // so that an answer moves nothing
    m_said->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_testButton->hide();
    auto* cancel = new QPushButton(tr("Cancel"), this);
    auto* save = new QPushButton(tr("&Save"), this);
    auto* connectButton = new QPushButton(tr("Conn&ect"), this);
    for (QPushButton* button : {m_testButton, cancel, save}) {
        button->setAutoDefault(false);
    }
    connectButton->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_testButton);
    buttons->addStretch();
    for (QPushButton* button : {cancel, save, connectButton}) {
        buttons->addWidget(button);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_said);
    layout->addLayout(buttons);
    const int roomForProblems = 2 * fontMetrics().lineSpacing(); // so that they move nothing but what is below them
    showKind();
    resize(std::max(520, sizeHint().width()), sizeHint().height() + roomForProblems);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, [this] { wish(false); });
    connect(connectButton, &QPushButton::clicked, this, [this] { wish(true); });
}

void ConnectionDialog::setTest(Test test)
{
    m_test = std::move(test);
    m_testButton->setVisible(bool(m_test));
}

void ConnectionDialog::setPasswords(const Credentials& passwords)
{
    m_server->setPassword(passwords.password);
    m_nodes->setSentinelPassword(passwords.sentinelPassword);
}

/// Pages that only one kind of connection has are there for that kind.
void ConnectionDialog::showKind()
{
    const ProfileKind kind = m_server->kind();
    m_nodes->setKind(kind == ProfileKind::Standalone ? ProfileKind::Cluster : kind);
    const int nodes = m_pages->indexOf(m_nodes);
    m_pages->setTabText(nodes, kind == ProfileKind::Sentinel ? tr("Sentinels") : tr("Cluster"));
    m_pages->setTabVisible(nodes, kind != ProfileKind::Standalone);
    m_pages->setTabVisible(m_pages->indexOf(m_sentinelTls), kind == ProfileKind::Sentinel);
}

KnownCredentials ConnectionDialog::known() const
{
    const bool sentinel = m_server->kind() == ProfileKind::Sentinel;
    return {m_server->password(), sentinel ? m_nodes->sentinelPassword() : QString()};
}

void ConnectionDialog::setKeychainAvailable(bool available)
{
    m_server->setKeychainAvailable(available);
    m_nodes->setKeychainAvailable(available);
}

Profile ConnectionDialog::profile() const
{
    Profile profile = m_given;
    m_server->writeTo(profile);
    m_nodes->writeTo(profile);
    profile.tls = m_tls->tls();
    profile.sentinelTls = profile.kind == ProfileKind::Sentinel ? m_sentinelTls->tls() : ProfileTls();
    m_keys->writeTo(profile);
    return profile;
}

/// Puts each problem beside its field and the first one in front. True if there is any.
bool ConnectionDialog::showProblems()
{
    clearProblems();
    const std::vector<ProfileProblem> problems = problemsOf(profile());
    for (const ProfileProblem& problem : std::views::reverse(problems)) { // the first one is left with the focus
        if (m_server->showProblem(problem)) {
            m_pages->setCurrentWidget(m_server);
        } else if (m_nodes->showProblem(problem)) {
            m_pages->setCurrentWidget(m_nodes);
        } else if (m_tls->showProblem(problem)) {
            m_pages->setCurrentWidget(m_tls);
        } else if (m_sentinelTls->showProblem(problem)) {
            m_pages->setCurrentWidget(m_sentinelTls);
        }
    }
    return !problems.empty();
}

void ConnectionDialog::clearProblems()
{
    m_server->clearProblems();
    m_nodes->clearProblems();
    m_tls->clearProblems();
    m_sentinelTls->clearProblems();
}

void ConnectionDialog::wish(bool connect)
{
    if (showProblems()) {
        return;
    }
    Wish wish;
    wish.profile = profile();
    wish.known = known();
    wish.save = !connect || !wish.profile.id.isEmpty() || !wish.profile.name.isEmpty();
    wish.connect = connect;
    accept();
    Q_EMIT wished(wish);
}

void ConnectionDialog::test()
{
    if (showProblems()) {
        return;
    }
    dropTest();
    m_testButton->setEnabled(false);
    say(tr("Trying %1…").arg(profile().address()), {});
    m_testing = m_test(profile(), known());
    whenReady(this, m_testing, [this, number = m_testNumber](const Result<QString>& found) {
        if (number == m_testNumber) {
            showTested(found);
        }
    });
}

void ConnectionDialog::dropTest()
{
    ++m_testNumber;
    m_testing.cancel();
    m_testButton->setEnabled(true);
}

void ConnectionDialog::showTested(const Result<QString>& found)
{
    m_testButton->setEnabled(true);
    say(found ? *found : errorText(found.error()), bool(found));
}

void ConnectionDialog::fieldsChanged()
{
    m_tls->setApplies(!m_server->isBySocket());
    showKind();
    clearProblems();
    if (!m_said->text().isEmpty()) { // what was found is no longer about what stands here
        dropTest();
        say({}, {});
    }
}

void ConnectionDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        say(m_said->text(), m_saidGood);
    }
}

void ConnectionDialog::say(const QString& text, std::optional<bool> good)
{
    m_saidGood = good;
    m_said->setText(text);
    QPalette colors = palette();
    if (good) {
        colors.setColor(QPalette::WindowText, toneColor(*good ? Tone::Good : Tone::Error, colors));
    }
    m_said->setPalette(colors);
}

} // namespace keyglass::ui
