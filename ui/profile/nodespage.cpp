// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/nodespage.h"

#include "ui/profile/checkedfield.h"
#include "ui/profile/passwordchoice.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace keyglass::ui {

using namespace Qt::StringLiterals;
using Field = ProfileProblem::Field;

std::vector<HostPort> seedsFromText(const QString& text, ProfileKind kind)
{
    static const QRegularExpression between(u"[,;\\s]+"_s);
    std::vector<HostPort> seeds;
    for (const QString& part : text.split(between, Qt::SkipEmptyParts)) {
        auto seed = hostPortFromText(part);
        if (!seed) {
            seed = HostPort{part, 0};
        } else if (seed->port == 0) {
            seed->port = defaultPort(kind);
        }
        seeds.push_back(*std::move(seed));
    }
    return seeds;
}

QString seedsText(const std::vector<HostPort>& seeds)
{
    QStringList texts;
    for (const HostPort& seed : seeds) {
        texts << seed.text();
    }
    return texts.join(u", "_s);
}

std::vector<AddressMapping> addressMapFromText(const QString& text)
{
    static const QRegularExpression between(u"[,;\\n]"_s);
    std::vector<AddressMapping> map;
    for (const QString& line : text.split(between)) {
        if (!line.trimmed().isEmpty()) {
            map.push_back({line.section(u'=', 0, 0).trimmed(), line.section(u'=', 1).trimmed()});
        }
    }
    return map;
}

QString addressMapText(const std::vector<AddressMapping>& map)
{
    QStringList lines;
    for (const AddressMapping& mapping : map) {
        lines << mapping.announced + u" = "_s + mapping.reachable;
    }
    return lines.join(u'\n');
}

NodesPage::NodesPage(QWidget* parent)
    : QWidget(parent)
    , m_form(new QFormLayout)
    , m_master(new QLineEdit(this))
    , m_seeds(new QLineEdit(this))
    , m_user(new QLineEdit(this))
    , m_password(new PasswordChoice(tr("Sentinels' password"), tr("Keep Sentinels' password"), this))
    , m_replicas(new QComboBox(this))
    , m_useSeedAddress(new QCheckBox(tr("&Reach all nodes at the host of the first"), this))
    , m_addressMap(new QPlainTextEdit(this))
    , m_mapHint(new QLabel(this))
    , m_checkedMaster(new CheckedField(m_master, this))
    , m_checkedSeeds(new CheckedField(m_seeds, this))
    , m_checkedMap(new CheckedField(m_addressMap, this))
{
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setHorizontalSpacing(12);
    m_form->setVerticalSpacing(8);
    build();
    connectChanges();
    setKind(m_kind);
}

void NodesPage::build()
{
    m_master->setAccessibleName(tr("Master name"));
    m_master->setPlaceholderText(tr("as the Sentinels know it"));
    m_seeds->setAccessibleName(tr("More addresses"));
    m_seeds->setPlaceholderText(tr("host:port, host:port"));
    m_user->setAccessibleName(tr("Sentinels' user"));
    m_user->setPlaceholderText(tr("default"));
    m_replicas->setAccessibleName(tr("Scan"));
    m_replicas->addItem(tr("Masters"), static_cast<int>(ScanReplicas::Masters));
    m_replicas->addItem(tr("Replicas: spares the masters"), static_cast<int>(ScanReplicas::Replicas));
    m_replicas->addItem(tr("Masters and replicas"), static_cast<int>(ScanReplicas::Both));
    m_useSeedAddress->setToolTip(tr("For clusters behind a port forwarding that announce addresses of their own net"));
    m_addressMap->setAccessibleName(tr("Address map"));
    m_addressMap->setPlaceholderText(u"10.0.0.7:7001 = localhost:17001"_s);
    m_addressMap->setTabChangesFocus(true);
    m_addressMap->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_addressMap->setFixedHeight(4 * fontMetrics().lineSpacing());
    m_mapHint->setText(tr("Announced = reachable from here, one a line; a host alone stands for all its ports."));
    m_mapHint->setWordWrap(true);
    m_mapHint->setForegroundRole(QPalette::PlaceholderText);
    m_form->addRow(tr("&Master name"), m_checkedMaster);
    m_form->addRow(tr("M&ore nodes"), m_checkedSeeds);
    m_form->addRow(tr("Their &user"), m_user);
    m_password->addTo(m_form, tr("Their pass&word"));
    m_form->addRow(tr("Sca&n"), m_replicas);
    m_form->addRow(QString(), m_useSeedAddress);
    m_form->addRow(tr("&Address map"), m_checkedMap);
    m_form->addRow(QString(), m_mapHint);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(m_form);
    layout->addStretch();
}

void NodesPage::connectChanges()
{
    for (QLineEdit* edit : {m_master, m_seeds, m_user}) {
        connect(edit, &QLineEdit::textChanged, this, &NodesPage::changed);
    }
    connect(m_password, &PasswordChoice::changed, this, &NodesPage::changed);
    connect(m_replicas, &QComboBox::currentIndexChanged, this, &NodesPage::changed);
    connect(m_useSeedAddress, &QCheckBox::toggled, this, &NodesPage::changed);
    connect(m_addressMap, &QPlainTextEdit::textChanged, this, &NodesPage::changed);
}

void NodesPage::setKind(ProfileKind kind)
{
    m_kind = kind;
    const bool cluster = kind == ProfileKind::Cluster;
    m_form->setRowVisible(m_checkedMaster, !cluster);
    m_form->setRowVisible(m_user, !cluster);
    m_password->setVisible(m_form, !cluster);
    m_form->setRowVisible(m_replicas, cluster);
    m_form->setRowVisible(m_useSeedAddress, cluster);
    if (auto* label = qobject_cast<QLabel*>(m_form->labelForField(m_checkedSeeds))) {
        label->setText(cluster ? tr("M&ore nodes") : tr("M&ore Sentinels"));
    }
    m_seeds->setToolTip(cluster ? tr("Asked where the first node does not answer; one that answers tells of all others")
                                : tr("Asked where the first Sentinel does not answer"));
}

void NodesPage::setProfile(const Profile& profile)
{
    m_master->setText(profile.sentinelMaster);
    m_seeds->setText(seedsText(profile.seeds));
    m_user->setText(profile.sentinelUser);
    const bool kept = profile.sentinelPasswordSource == PasswordSource::Keychain && !profile.id.isEmpty();
    m_password->setSource(profile.sentinelPasswordSource, kept);
    m_replicas->setCurrentIndex(m_replicas->findData(static_cast<int>(profile.scanReplicas)));
    m_useSeedAddress->setChecked(profile.useSeedAddress);
    m_addressMap->setPlainText(addressMapText(profile.addressMap));
}

void NodesPage::writeTo(Profile& profile) const
{
    const Profile blank;
    const bool sentinel = profile.kind == ProfileKind::Sentinel;
    const bool cluster = profile.kind == ProfileKind::Cluster;
    profile.seeds = sentinel || cluster ? seedsFromText(m_seeds->text(), profile.kind) : blank.seeds;
    profile.addressMap = sentinel || cluster ? addressMapFromText(m_addressMap->toPlainText()) : blank.addressMap;
    profile.useSeedAddress = cluster && m_useSeedAddress->isChecked();
    profile.scanReplicas = cluster ? static_cast<ScanReplicas>(m_replicas->currentData().toInt()) : blank.scanReplicas;
    profile.sentinelMaster = sentinel ? m_master->text().trimmed() : QString();
    profile.sentinelUser = sentinel ? m_user->text().trimmed() : QString();
    profile.sentinelPasswordSource = sentinel ? m_password->source() : PasswordSource::None;
}

void NodesPage::takeTarget(const ConnectTarget& target)
{
    m_seeds->setText(seedsText(target.profile.seeds));
    m_master->setText(target.profile.sentinelMaster);
    m_user->setText(target.profile.sentinelUser);
    m_useSeedAddress->setChecked(target.profile.useSeedAddress);
    m_password->setSource(PasswordSource::None, false); // one in the URI counts as typed
    m_password->setPassword(target.sentinelPassword.value_or(QString()));
}

void NodesPage::setSentinelPassword(const QString& password)
{
    m_password->setPassword(password);
}

std::optional<QString> NodesPage::sentinelPassword() const
{
    return m_password->password();
}

void NodesPage::setKeychainAvailable(bool available)
{
    m_password->setKeychainAvailable(available);
}

bool NodesPage::showProblem(const ProfileProblem& problem)
{
    CheckedField* field = problem.field == Field::Seeds ? m_checkedSeeds
        : problem.field == Field::AddressMap            ? m_checkedMap
        : problem.field == Field::SentinelMaster        ? m_checkedMaster
                                                        : nullptr;
    if (!field) {
        return false;
    }
    field->setProblem(problem.text);
    field->setFocus();
    return true;
}

void NodesPage::clearProblems()
{
    for (CheckedField* field : {m_checkedMaster, m_checkedSeeds, m_checkedMap}) {
        field->setProblem({});
    }
}

} // namespace keyglass::ui
