// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stream/groupdialogs.h"

#include "core/base/bytes.h"
#include "ui/common/texts.h"
#include "ui/edit/bytesfield.h"
#include "ui/edit/dialogwords.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

#include <utility>

namespace keyglass::ui {

namespace {

enum Kind { FromNowOn, FromTheStart, BehindId };
enum Which { Selected, AllIdle };

constexpr int longestIdle = 1'000'000'000; // seconds

QString entriesText(std::size_t count)
{
    return count == 1 ? ClaimDialog::tr("the selected entry")
                      : ClaimDialog::tr("the %1 selected entries").arg(numberText(count));
}

std::vector<std::string> idsOf(const std::vector<PendingEntry>& entries)
{
    std::vector<std::string> ids;
    for (const PendingEntry& entry : entries) {
        ids.push_back(entry.id);
    }
    return ids;
}

} // namespace

// --- a place in the stream

GroupPlaceField::GroupPlaceField(QWidget* parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_id(new BytesField(tr("Entry's ID"), this))
{
    m_kind->setAccessibleName(tr("Goes on"));
    m_kind->addItems({tr("with what comes from now on"), tr("at the first entry"), tr("behind the entry")});
    m_id->setEnabled(false);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_kind);
    layout->addWidget(m_id, 1);
    setFocusProxy(m_kind);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this](int kind) {
        m_id->setEnabled(kind == BehindId);
        Q_EMIT changed();
    });
    connect(m_id, &QLineEdit::textChanged, this, &GroupPlaceField::changed);
}

void GroupPlaceField::setId(const std::string& id)
{
    m_id->setBytes(id);
    m_kind->setCurrentIndex(BehindId);
}

Result<std::string> GroupPlaceField::place() const
{
    switch (m_kind->currentIndex()) {
    case FromNowOn:
        return std::string("$");
    case FromTheStart:
        return std::string("0");
    default:
        return m_id->bytes();
    }
}

// --- create

CreateGroupDialog::CreateGroupDialog(Session& session, SeenKey seen, QWidget* parent)
    : EditDialog(session, tr("New consumer group"), tr("Create group"), parent)
    , m_seen(std::move(seen))
    , m_name(new BytesField(tr("Group name"), this))
    , m_place(new GroupPlaceField(this))
{
    form().addRow(sentence(shownBytes(session.nameOf(m_seen.key).key), this));
    form().addRow(tr("&Name"), m_name);
    form().addRow(tr("&Goes on"), m_place);
    connect(m_name, &QLineEdit::textChanged, this, &CreateGroupDialog::check);
    connect(m_place, &GroupPlaceField::changed, this, &CreateGroupDialog::check);
    m_name->setFocus();
    check();
}

Result<KeyEdit> CreateGroupDialog::edit() const
{
    auto name = m_name->bytes();
    auto place = m_place->place();
    if (!name || !place) {
        return name ? std::move(place).error() : std::move(name).error();
    }
    if (name->empty()) {
        return Error{ErrorKind::Input, {}, {}}; // nothing typed yet
    }
    return editOf(m_seen, CreateGroup{*std::move(name), *std::move(place)});
}

// --- move

MoveGroupDialog::MoveGroupDialog(Session& session, SeenKey seen, StreamGroup group, QWidget* parent)
    : EditDialog(session, tr("Move consumer group"), tr("Move"), parent)
    , m_seen(std::move(seen))
    , m_group(std::move(group))
    , m_place(new GroupPlaceField(this))
{
    form().addRow(sentence(tr("Group %1 was last delivered %2. What is pending stays as it is.")
                               .arg(shownBytes(m_group.name), shownBytes(m_group.lastDelivered)),
        this));
    form().addRow(tr("&Goes on"), m_place);
    m_place->setId(m_group.lastDelivered);
    connect(m_place, &GroupPlaceField::changed, this, &MoveGroupDialog::check);
    m_place->setFocus();
    check();
}

Result<KeyEdit> MoveGroupDialog::edit() const
{
    auto place = m_place->place();
    if (!place) {
        return std::move(place).error();
    }
    if (*place == m_group.lastDelivered) {
        return Error{ErrorKind::Input, {}, {}}; // that is where it is
    }
    return editOf(m_seen, MoveGroup{m_group.name, *std::move(place), m_group.lastDelivered});
}

/// What is there now is what the user sees now, and sets anew.
void MoveGroupDialog::refused(const EditOutcome& outcome)
{
    const auto& now = outcome.now.element;
    if (outcome.status == EditOutcome::Status::Conflict && now && !now->empty()) {
        m_group.lastDelivered = now->front();
    }
}

// --- destroy

DestroyGroupDialog::DestroyGroupDialog(Session& session, SeenKey seen, const StreamGroup& group, QWidget* parent)
    : EditDialog(session, tr("Destroy consumer group"), tr("Destroy group"), parent)
    , m_seen(std::move(seen))
    , m_group(group.name)
{
    form().addRow(sentence(
        tr("Destroy the group %1 of %2?").arg(shownBytes(m_group), shownBytes(session.nameOf(m_seen.key).key)), this));
    form().addRow(sentence(tr("It has %1 consumers and %2 pending entries, which are forgotten; the stream's entries "
                              "stay. This can't be undone.")
                               .arg(numberText(group.consumers), numberText(group.pending)),
        this));
    makeCancelDefault();
    check();
}

Result<KeyEdit> DestroyGroupDialog::edit() const
{
    return editOf(m_seen, DestroyGroup{m_group});
}

// --- acknowledge

AcknowledgeDialog::AcknowledgeDialog(
    Session& session, SeenKey seen, std::string group, std::vector<PendingEntry> entries, QWidget* parent)
    : EditDialog(session, tr("Acknowledge entries"), tr("Acknowledge"), parent)
    , m_seen(std::move(seen))
    , m_group(std::move(group))
    , m_entries(std::move(entries))
{
    const QString which = m_entries.size() == 1 ? shownBytes(m_entries.front().id) : entriesText(m_entries.size());
    form().addRow(sentence(tr("Acknowledge %1 for the group %2?").arg(which, shownBytes(m_group)), this));
    form().addRow(sentence(
        tr("Then no consumer has them to do any more; the entries stay in the stream. This can't be undone."), this));
    check();
}

Result<KeyEdit> AcknowledgeDialog::edit() const
{
    return editOf(m_seen, AcknowledgeEntries{m_group, idsOf(m_entries), m_entries});
}

// --- claim

ClaimDialog::ClaimDialog(Session& session, SeenKey seen, ClaimQuestion question, QWidget* parent)
    : EditDialog(session, tr("Claim entries"), tr("Claim"), parent)
    , m_seen(std::move(seen))
    , m_question(std::move(question))
    , m_which(new QComboBox(this))
    , m_consumer(new QComboBox(this))
    , m_minIdle(new QSpinBox(this))
{
    m_which->setAccessibleName(tr("Which"));
    if (!m_question.entries.empty()) {
        m_which->addItem(entriesText(m_question.entries.size()), Selected);
    }
    m_which->addItem(tr("all that are idle, the oldest 1,000 at most"), AllIdle);
    m_consumer->setAccessibleName(tr("For consumer"));
    m_consumer->setEditable(true);
    for (const std::string& name : m_question.consumers) {
        m_consumer->addItem(QString::fromStdString(escapeLine(name)));
    }
    m_consumer->setCurrentText({});
    m_minIdle->setAccessibleName(tr("Idle for at least"));
    m_minIdle->setRange(0, longestIdle);
    m_minIdle->setSuffix(tr(" s"));
    m_minIdle->setValue(int(std::chrono::floor<std::chrono::seconds>(m_question.minIdle).count()));
    form().addRow(sentence(tr("Of the group %1").arg(shownBytes(m_question.group)), this));
    form().addRow(tr("&Which"), m_which);
    form().addRow(tr("&For consumer"), m_consumer);
    form().addRow(tr("&Idle for at least"), m_minIdle);
    connect(m_consumer, &QComboBox::currentTextChanged, this, &ClaimDialog::check);
    connect(m_which, &QComboBox::currentIndexChanged, this, &ClaimDialog::check);
    m_consumer->setFocus();
    check();
}

Result<KeyEdit> ClaimDialog::edit() const
{
    auto consumer = unescapeLine(m_consumer->currentText().toStdString());
    if (!consumer) {
        return std::move(consumer).error();
    }
    if (consumer->empty()) {
        return Error{ErrorKind::Input, {}, {}}; // nothing typed yet
    }
    const Milliseconds idle = std::chrono::seconds(m_minIdle->value());
    if (m_which->currentData().toInt() == Selected) {
        return editOf(m_seen,
            ClaimEntries{m_question.group, *std::move(consumer), idsOf(m_question.entries), idle, m_question.entries});
    }
    return editOf(m_seen, ClaimIdleEntries{m_question.group, *std::move(consumer), idle});
}

} // namespace keyglass::ui
