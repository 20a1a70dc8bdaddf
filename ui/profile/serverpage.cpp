// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/serverpage.h"

#include "core/base/errortext.h"
#include "ui/common/theme.h"
#include "ui/profile/checkedfield.h"
#include "ui/profile/passwordchoice.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>
#include <limits>
#include <utility>

namespace keyglass::ui {

using namespace Qt::StringLiterals;
using Field = ProfileProblem::Field;

namespace {

enum Where { ByHost, BySocket, ByNodes, BySentinels };

template <typename T> T* named(T* field, const QString& accessibleName)
{
    field->setAccessibleName(accessibleName);
    return field;
}

Where whereOf(const Profile& profile)
{
    switch (profile.kind) {
    case ProfileKind::Standalone:
        break;
    case ProfileKind::Cluster:
        return ByNodes;
    case ProfileKind::Sentinel:
        return BySentinels;
    }
    return profile.isUnixSocket() ? BySocket : ByHost;
}

/// True if more than one character came in between the two texts: that was no key press.
bool wasPasted(const QString& before, const QString& after)
{
    const auto [oldEnd, newEnd] = std::ranges::mismatch(before, after);
    const qsizetype prefix = newEnd - after.begin();
    qsizetype suffix = 0;
    const qsizetype most = std::min(before.size(), after.size()) - prefix;
    while (suffix < most && before[before.size() - 1 - suffix] == after[after.size() - 1 - suffix]) {
        ++suffix;
    }
    return after.size() - prefix - suffix > 1;
}

} // namespace

ServerPage::ServerPage(QWidget* parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
    , m_uri(named(new QLineEdit(this), tr("URI")))
    , m_name(named(new QLineEdit(this), tr("Name")))
    , m_where(named(new QComboBox(this), tr("Connect to")))
    , m_host(named(new QLineEdit(this), tr("Host")))
    , m_port(named(new QSpinBox(this), tr("Port")))
    , m_socket(named(new QLineEdit(this), tr("Socket")))
    , m_user(named(new QLineEdit(this), tr("User")))
    , m_password(new PasswordChoice(tr("Password"), tr("Keep password"), this))
    , m_database(named(new QSpinBox(this), tr("Database")))
    , m_environment(named(new QComboBox(this), tr("Environment")))
    , m_readOnly(new QCheckBox(tr("&Read-only: nothing on the server is changed"), this))
{
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setHorizontalSpacing(12);
    m_form->setVerticalSpacing(8);
    buildWhere(m_form);
    buildWho(m_form);
    buildHow(m_form);
    connectChanges();
    setProfile(Profile());
}

CheckedField* ServerPage::addChecked(QFormLayout* form, const QString& label, QWidget* field)
{
    auto* checked = new CheckedField(field, this);
    form->addRow(label, checked);
    return checked;
}

void ServerPage::buildWhere(QFormLayout* form)
{
    m_uri->setPlaceholderText(tr("paste redis://…, fills in the rest"));
    m_name->setPlaceholderText(tr("give it a name to keep it"));
    m_where->addItems({tr("Single server"), tr("Single server by unix socket"), tr("Cluster"), tr("Sentinel")});
    m_host->setPlaceholderText(tr("name or address"));
    m_socket->setPlaceholderText(u"/run/redis/redis-server.sock"_s);
    m_port->setRange(1, std::numeric_limits<std::uint16_t>::max());
    m_port->setButtonSymbols(QSpinBox::NoButtons);
    m_port->setGroupSeparatorShown(false);
    m_hostRow = new QWidget(this);
    auto* row = new QHBoxLayout(m_hostRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_host, 1);
    auto* portLabel = new QLabel(tr("&Port"), m_hostRow);
    portLabel->setBuddy(m_port);
    row->addWidget(portLabel);
    row->addWidget(m_port);
    m_hostRow->setFocusProxy(m_host);
    m_checkedUri = addChecked(form, tr("UR&I"), m_uri);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("Connect &to"), m_where);
    m_checkedHost = addChecked(form, tr("&Host"), m_hostRow);
    m_checkedSocket = addChecked(form, tr("S&ocket"), m_socket);
}

void ServerPage::buildWho(QFormLayout* form)
{
    m_user->setPlaceholderText(tr("default"));
    form->addRow(tr("&User"), m_user);
    m_password->addTo(form, tr("Pass&word"));
}

void ServerPage::buildHow(QFormLayout* form)
{
    m_database->setRange(0, std::numeric_limits<int>::max());
    m_database->setButtonSymbols(QSpinBox::NoButtons);
    m_database->setMaximumWidth(96);
    for (const auto environment : {Environment::Development, Environment::Staging, Environment::Production}) {
        m_environment->addItem(environmentText(environment), static_cast<int>(environment));
    }
    m_environment->setToolTip(tr("Staging and production are marked by a line of colour; production asks more"));
    m_checkedDatabase = addChecked(form, tr("&Database"), m_database);
    form->addRow(tr("En&vironment"), m_environment);
    form->addRow(QString(), m_readOnly);
}

void ServerPage::connectChanges()
{
    for (QLineEdit* edit : {m_name, m_host, m_socket, m_user}) {
        connect(edit, &QLineEdit::textChanged, this, &ServerPage::changed);
    }
    for (QComboBox* box : {m_where, m_environment}) {
        connect(box, &QComboBox::currentIndexChanged, this, &ServerPage::changed);
    }
    for (QSpinBox* number : {m_port, m_database}) {
        connect(number, &QSpinBox::valueChanged, this, &ServerPage::changed);
    }
    connect(m_readOnly, &QCheckBox::toggled, this, &ServerPage::changed);
    connect(m_password, &PasswordChoice::changed, this, &ServerPage::changed);
    connect(m_where, &QComboBox::currentIndexChanged, this, &ServerPage::followKind);
    connect(m_host, &QLineEdit::textEdited, this, &ServerPage::hostEdited);
    connect(m_host, &QLineEdit::editingFinished, this, [this] { takeUri(m_host->text(), m_checkedHost); });
    connect(m_uri, &QLineEdit::textEdited, this, [this] { m_checkedUri->setProblem({}); });
    connect(m_uri, &QLineEdit::textChanged, this, [this, before = QString()](const QString& text) mutable {
        if (wasPasted(std::exchange(before, text), text)) {
            takeUri(text, m_checkedUri);
        }
    });
    connect(m_uri, &QLineEdit::editingFinished, this, [this] {
        if (!m_uri->text().trimmed().isEmpty()) {
            takeUri(m_uri->text(), m_checkedUri);
        }
    });
}

void ServerPage::setProfile(const Profile& profile)
{
    m_name->setText(profile.name);
    m_where->setCurrentIndex(whereOf(profile));
    m_kindBefore = profile.kind;
    m_host->setText(profile.host);
    m_hostBefore = profile.host;
    m_port->setValue(profile.port);
    m_socket->setText(profile.socketPath);
    m_user->setText(profile.user);
    m_database->setValue(profile.database);
    m_environment->setCurrentIndex(m_environment->findData(static_cast<int>(profile.environment)));
    m_readOnly->setChecked(profile.readOnly);
    m_password->setSource(
        profile.passwordSource, profile.passwordSource == PasswordSource::Keychain && !profile.id.isEmpty());
    showWhere();
}

void ServerPage::writeTo(Profile& profile) const
{
    const bool bySocket = isBySocket();
    profile.name = m_name->text().trimmed();
    profile.kind = kind();
    profile.host = bySocket ? QString() : m_host->text().trimmed();
    profile.port = static_cast<std::uint16_t>(m_port->value());
    profile.socketPath = bySocket ? m_socket->text().trimmed() : QString();
    profile.user = m_user->text().trimmed();
    profile.passwordSource = m_password->source();
    profile.database = kind() == ProfileKind::Cluster ? 0 : m_database->value(); // a cluster has but one
    profile.environment = static_cast<Environment>(m_environment->currentData().toInt());
    profile.readOnly = m_readOnly->isChecked();
}

bool ServerPage::isBySocket() const
{
    return m_where->currentIndex() == BySocket;
}

ProfileKind ServerPage::kind() const
{
    switch (m_where->currentIndex()) {
    case ByNodes:
        return ProfileKind::Cluster;
    case BySentinels:
        return ProfileKind::Sentinel;
    default:
        return ProfileKind::Standalone;
    }
}

void ServerPage::setPassword(const QString& password)
{
    m_password->setPassword(password);
}

std::optional<QString> ServerPage::password() const
{
    return m_password->password();
}

void ServerPage::setKeychainAvailable(bool available)
{
    m_password->setKeychainAvailable(available);
}

bool ServerPage::showProblem(const ProfileProblem& problem)
{
    CheckedField* field = nullptr;
    switch (problem.field) {
    case Field::Host:
    case Field::Port:
        if (isBySocket()) { // a socket without a path is not told from a host without a name
            m_checkedSocket->setProblem(tr("The path of the socket is missing."));
            m_checkedSocket->setFocus();
            return true;
        }
        field = m_checkedHost;
        break;
    case Field::SocketPath:
        field = m_checkedSocket;
        break;
    case Field::Database:
        field = m_checkedDatabase;
        break;
    default:
        return false;
    }
    field->setProblem(problem.text);
    field->setFocus();
    return true;
}

void ServerPage::clearProblems()
{
    for (CheckedField* field : {m_checkedHost, m_checkedSocket, m_checkedDatabase}) {
        field->setProblem({});
    }
}

void ServerPage::showWhere()
{
    const bool bySocket = isBySocket();
    m_form->setRowVisible(m_checkedHost, !bySocket);
    m_form->setRowVisible(m_checkedSocket, bySocket);
    m_form->setRowVisible(m_checkedDatabase, kind() != ProfileKind::Cluster);
    if (auto* label = qobject_cast<QLabel*>(m_form->labelForField(m_checkedHost))) {
        label->setText(kind() == ProfileKind::Cluster ? tr("A node's &host")
                : kind() == ProfileKind::Sentinel     ? tr("A Sentinel's &host")
                                                      : tr("&Host"));
    }
}

void ServerPage::followKind()
{
    if (m_port->value() == defaultPort(m_kindBefore)) {
        m_port->setValue(defaultPort(kind()));
    }
    m_kindBefore = kind();
    showWhere();
}

/// A URI is taken once it is pasted, or typed to its end, not at each of its letters.
void ServerPage::hostEdited(const QString& text)
{
    if (wasPasted(std::exchange(m_hostBefore, text), text)) {
        takeUri(text, m_checkedHost);
    }
}

void ServerPage::takeUri(const QString& text, CheckedField* from)
{
    if (from == m_checkedHost && !looksLikeUri(text)) {
        return;
    }
    const Result<ConnectTarget> target = parseUri(text);
    if (!target) {
        from->setProblem(errorText(target.error()));
        return;
    }
    m_checkedUri->setProblem({});
    clearProblems();
    m_uri->clear(); // its password must not stay readable
    Profile profile;
    writeTo(profile);
    Profile merged = target->profile;
    merged.name = profile.name;
    merged.environment = profile.environment;
    merged.readOnly = profile.readOnly;
    merged.passwordSource = PasswordSource::None; // one in the URI counts as typed
    setProfile(merged);
    setPassword(target->password.value_or(QString()));
    Q_EMIT targetPasted(*target);
    Q_EMIT changed();
}

} // namespace keyglass::ui
