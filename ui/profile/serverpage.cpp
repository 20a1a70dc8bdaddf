// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/serverpage.h"

#include "core/base/errortext.h"
#include "ui/common/theme.h"
#include "ui/profile/checkedfield.h"
#include "ui/profile/passwordfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardItemModel>

#include <algorithm>
#include <limits>
#include <utility>

namespace keyglass::ui {

using namespace Qt::StringLiterals;
using Field = ProfileProblem::Field;

namespace {

enum Where { ByHost, BySocket };

template <typename T> T* named(T* field, const QString& accessibleName)
{
    field->setAccessibleName(accessibleName);
    return field;
}

int numberOf(PasswordSource source)
{
    return static_cast<int>(source);
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
    , m_where(named(new QComboBox(this), tr("Connect by")))
    , m_host(named(new QLineEdit(this), tr("Host")))
    , m_port(named(new QSpinBox(this), tr("Port")))
    , m_socket(named(new QLineEdit(this), tr("Socket")))
    , m_user(named(new QLineEdit(this), tr("User")))
    , m_password(new PasswordField(this))
    , m_keep(named(new QComboBox(this), tr("Keep password")))
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
    m_where->addItems({tr("Host and port"), tr("Unix socket")});
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
    form->addRow(tr("Connect &by"), m_where);
    m_checkedHost = addChecked(form, tr("&Host"), m_hostRow);
    m_checkedSocket = addChecked(form, tr("S&ocket"), m_socket);
}

void ServerPage::buildWho(QFormLayout* form)
{
    m_user->setPlaceholderText(tr("default"));
    m_keep->addItem(tr("The server asks for none"), numberOf(PasswordSource::None));
    m_keep->addItem(tr("Keep it in the system's keychain"), numberOf(PasswordSource::Keychain));
    m_keep->addItem(tr("Ask each time"), numberOf(PasswordSource::Asked));
    form->addRow(tr("&User"), m_user);
    form->addRow(tr("Pass&word"), m_password);
    form->addRow(QString(), m_keep);
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
    for (QLineEdit* edit : {m_name, m_host, m_socket, m_user, static_cast<QLineEdit*>(m_password)}) {
        connect(edit, &QLineEdit::textChanged, this, &ServerPage::changed);
    }
    for (QComboBox* box : {m_where, m_keep, m_environment}) {
        connect(box, &QComboBox::currentIndexChanged, this, &ServerPage::changed);
    }
    for (QSpinBox* number : {m_port, m_database}) {
        connect(number, &QSpinBox::valueChanged, this, &ServerPage::changed);
    }
    connect(m_readOnly, &QCheckBox::toggled, this, &ServerPage::changed);
    connect(m_where, &QComboBox::currentIndexChanged, this, &ServerPage::showWhere);
    connect(m_keep, &QComboBox::currentIndexChanged, this, &ServerPage::showPasswordHint);
    connect(m_password, &QLineEdit::textEdited, this, &ServerPage::passwordEdited);
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
    m_where->setCurrentIndex(profile.isUnixSocket() ? BySocket : ByHost);
    m_host->setText(profile.host);
    m_hostBefore = profile.host;
    m_port->setValue(profile.port);
    m_socket->setText(profile.socketPath);
    m_user->setText(profile.user);
    m_database->setValue(profile.database);
    m_environment->setCurrentIndex(m_environment->findData(static_cast<int>(profile.environment)));
    m_readOnly->setChecked(profile.readOnly);
    m_wasKept = profile.passwordSource == PasswordSource::Keychain && !profile.id.isEmpty();
    setPasswordSource(profile.passwordSource);
    showWhere();
    showPasswordHint();
}

void ServerPage::writeTo(Profile& profile) const
{
    const bool bySocket = isBySocket();
    profile.name = m_name->text().trimmed();
    profile.host = bySocket ? QString() : m_host->text().trimmed();
    profile.port = static_cast<std::uint16_t>(m_port->value());
    profile.socketPath = bySocket ? m_socket->text().trimmed() : QString();
    profile.user = m_user->text().trimmed();
    profile.passwordSource = passwordSource();
    profile.database = m_database->value();
    profile.environment = static_cast<Environment>(m_environment->currentData().toInt());
    profile.readOnly = m_readOnly->isChecked();
}

bool ServerPage::isBySocket() const
{
    return m_where->currentIndex() == BySocket;
}

void ServerPage::setPassword(const QString& password)
{
    m_password->setText(password);
    passwordEdited(password);
}

std::optional<QString> ServerPage::password() const
{
    const bool unchanged = m_password->text().isEmpty() && m_wasKept && passwordSource() == PasswordSource::Keychain;
    return unchanged ? std::nullopt : std::optional(m_password->text());
}

void ServerPage::setKeychainAvailable(bool available)
{
    m_keychainAvailable = available;
    const int row = m_keep->findData(numberOf(PasswordSource::Keychain));
    m_keep->setItemText(row,
        available ? tr("Keep it in the system's keychain") : tr("Keep it in the system's keychain (none is running)"));
    if (auto* model = qobject_cast<QStandardItemModel*>(m_keep->model())) {
        model->item(row)->setEnabled(available);
    }
    if (!available && !m_wasKept && passwordSource() == PasswordSource::Keychain) {
        const QSignalBlocker quiet(this); // a test that runs is about the same server as before
        setPasswordSource(PasswordSource::Asked);
    }
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
    for (const auto& [field, shown] : {std::pair(m_checkedHost, !bySocket), std::pair(m_checkedSocket, bySocket)}) {
        field->setVisible(shown);
        m_form->labelForField(field)->setVisible(shown);
    }
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

/// Who types a password means it to be used; who empties the field again means none.
void ServerPage::passwordEdited(const QString& text)
{
    if (!text.isEmpty() && passwordSource() == PasswordSource::None) {
        setPasswordSource(m_keychainAvailable ? PasswordSource::Keychain : PasswordSource::Asked);
    } else if (text.isEmpty() && !m_wasKept && passwordSource() == PasswordSource::Keychain) {
        setPasswordSource(PasswordSource::None);
    }
}

PasswordSource ServerPage::passwordSource() const
{
    return static_cast<PasswordSource>(m_keep->currentData().toInt());
}

void ServerPage::setPasswordSource(PasswordSource source)
{
    m_keep->setCurrentIndex(m_keep->findData(numberOf(source)));
}

void ServerPage::showPasswordHint()
{
    const bool kept = m_wasKept && passwordSource() == PasswordSource::Keychain;
    m_password->setPlaceholderText(kept ? tr("unchanged, in the keychain") : QString());
    if (passwordSource() == PasswordSource::None) {
        m_password->clear();
    }
}

} // namespace keyglass::ui
