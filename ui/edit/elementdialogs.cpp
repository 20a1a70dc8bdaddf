// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/elementdialogs.h"

#include "core/base/bytes.h"
#include "core/base/jsontext.h"
#include "core/value/jsonparts.h"
#include "ui/edit/bytesfield.h"
#include "ui/edit/contentfield.h"
#include "ui/edit/dialogwords.h"
#include "ui/edit/fieldrows.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

enum Where { AtTheEnd, AtTheBeginning, BeforeSelected, AfterSelected };

QString titleOf(KeyType type)
{
    switch (type) {
    case KeyType::Hash:
        return AddElementDialog::tr("Add field");
    case KeyType::Set:
    case KeyType::SortedSet:
        return AddElementDialog::tr("Add member");
    case KeyType::Stream:
        return AddElementDialog::tr("Add entry");
    case KeyType::Json:
        return AddElementDialog::tr("Add member");
    default:
        return AddElementDialog::tr("Add element");
    }
}

/// Of a document, what is selected.
bool isJsonArray(const SeenElement& seen)
{
    return seen.key.type == KeyType::Json && seen.cells.size() > 1 && seen.cells[1].bytes.starts_with('[');
}

/// As servers write scores.
double scoreOf(const ValueRow& cells)
{
    const auto score = cells.size() > 1 ? parseScore(cells[1].bytes) : Result<double>(0.0);
    return score ? *score : 0;
}

/// Nothing where not all of them were read.
FieldValues fieldsOf(const ValueRow& cells)
{
    FieldValues fields;
    if (!std::ranges::all_of(cells, &ValueCell::isWhole)) {
        return fields;
    }
    for (std::size_t at = 1; at + 1 < cells.size(); at += 2) {
        fields.emplace_back(cells[at].bytes, cells[at + 1].bytes);
    }
    return fields;
}

/// What is known of an entry that was not read in full; nothing where it was.
std::vector<ValueCell> cellsOf(const ValueRow& cells)
{
    const bool isWhole = std::ranges::all_of(cells, &ValueCell::isWhole);
    return isWhole ? std::vector<ValueCell>() : std::vector<ValueCell>(cells.begin() + 1, cells.end());
}

} // namespace

AddElementDialog::AddElementDialog(Session& session, SeenElement seen, QWidget* parent)
    : EditDialog(session, isJsonArray(seen) ? tr("Add element") : titleOf(seen.key.type), tr("Add"), parent)
    , m_seen(std::move(seen))
    , m_now(sentence(QString(), this))
    , m_overwrite(new QCheckBox(tr("&Overwrite what is there now"), this))
{
    form().addRow(sentence(shownBytes(session.nameOf(m_seen.key.key).key), this));
    switch (m_seen.key.type) {
    case KeyType::List:
        addPlaces();
        addContent(tr("&Element"));
        break;
    case KeyType::Set:
        addContent(tr("&Member"));
        break;
    case KeyType::SortedSet:
        addContent(tr("&Member"));
        addScore();
        break;
    case KeyType::Json:
        form().addRow(sentence((isJsonArray(m_seen) ? tr("To the end of the array at %1") : tr("To the object at %1"))
                                   .arg(shownBytes(m_seen.cells[0].bytes)),
            this));
        if (!isJsonArray(m_seen)) {
            addName();
        }
        addContent(tr("&JSON"));
        break;
    default:
        addName();
        addContent(tr("&Value"));
        if (m_seen.key.type == KeyType::Stream) {
            addEntryParts();
        }
        break;
    }
    m_now->setAccessibleName(tr("What is there now"));
    m_now->hide();
    m_overwrite->hide();
    form().addRow(m_now);
    form().addRow(m_overwrite);
    connect(m_overwrite, &QCheckBox::toggled, this, &AddElementDialog::check);
    (m_name != nullptr ? static_cast<QWidget*>(m_name) : m_content)->setFocus();
    check();
}

void AddElementDialog::addName()
{
    m_name = new BytesField(tr("Field"), this);
    form().addRow(tr("&Field"), m_name);
    connect(m_name, &QLineEdit::textChanged, this, &AddElementDialog::forgetConflict);
}

void AddElementDialog::addScore()
{
    m_score = new QLineEdit(QStringLiteral("0"), this);
    m_score->setAccessibleName(tr("Score"));
    form().addRow(tr("&Score"), m_score);
    connect(m_score, &QLineEdit::textChanged, this, &AddElementDialog::forgetConflict);
}

void AddElementDialog::addContent(const QString& label)
{
    m_content = new ContentField(tr("Content"), this);
    form().addRow(label, m_content);
    connect(m_content, &QPlainTextEdit::textChanged, this, &AddElementDialog::forgetConflict);
}

void AddElementDialog::addPlaces()
{
    m_where = new QComboBox(this);
    m_where->setAccessibleName(tr("Where"));
    m_where->addItems({tr("at the end"), tr("at the beginning")});
    if (!m_seen.cells.empty()) {
        m_where->addItems({tr("before index %1").arg(m_seen.number), tr("after index %1").arg(m_seen.number)});
    }
    form().addRow(tr("&Where"), m_where);
    connect(m_where, &QComboBox::currentIndexChanged, this, &AddElementDialog::forgetConflict);
}

/// An entry can't be changed later: all of its fields come with it.
void AddElementDialog::addEntryParts()
{
    m_more = new FieldRows(this);
    m_id = new QLineEdit(this);
    m_id->setAccessibleName(tr("ID"));
    m_id->setPlaceholderText(tr("given by the server"));
    m_id->setToolTip(tr("Greater than that of the last entry: 1700000000000-0, or 1700000000000-* (Redis 7)"));
    form().addRow(QString(), m_more);
    form().addRow(tr("&ID"), m_id);
    connect(m_more, &FieldRows::changed, this, &AddElementDialog::forgetConflict);
    connect(m_id, &QLineEdit::textChanged, this, &AddElementDialog::forgetConflict);
}

Result<EditAction> AddElementDialog::entry(std::string content) const
{
    static const QRegularExpression wellFormed(QStringLiteral("^(\\*|[0-9]+(-([0-9]+|\\*))?)?$"));
    auto name = m_name->bytes();
    auto more = m_more->fields();
    if (!name || !more) {
        return name ? std::move(more).error() : std::move(name).error();
    }
    const QString id = m_id->text().trimmed();
    if (!wellFormed.match(id).hasMatch()) {
        return Error{ErrorKind::Input, {}, tr("An ID is a time in milliseconds, or such a time, - and a number.")};
    }
    FieldValues fields{{*std::move(name), std::move(content)}};
    fields.insert(fields.end(), more->begin(), more->end());
    return EditAction(AddStreamEntry{std::move(fields), id.isEmpty() ? "*" : id.toStdString()});
}

SeenListPlace AddElementDialog::place() const
{
    return {m_seen.number, m_seen.cells.front().bytes, m_seen.before, m_seen.after};
}

Result<EditAction> AddElementDialog::action() const
{
    std::string content = m_content->bytes();
    switch (m_seen.key.type) {
    case KeyType::Json: {
        if (m_name == nullptr) {
            return content.empty() ? Result<EditAction>(Error{ErrorKind::Input, {}, {}})
                                   : EditAction(AppendJson{m_seen.cells[0].bytes, std::move(content)});
        }
        auto name = m_name->bytes();
        if (!name || content.empty()) {
            return name ? Error{ErrorKind::Input, {}, {}} : std::move(name).error(); // nothing typed yet
        }
        return EditAction(
            SetJson{jsonMemberPath(m_seen.cells[0].bytes, jsonOf(*name)), std::move(content), SeenBytes::absent()});
    }
    case KeyType::Stream:
        return entry(std::move(content));
    case KeyType::Hash: {
        auto name = m_name->bytes();
        return name ? Result<EditAction>(SetHashField{*std::move(name), std::move(content), SeenBytes::absent()})
                    : std::move(name).error();
    }
    case KeyType::List:
        if (m_where->currentIndex() >= BeforeSelected) {
            const auto side = m_where->currentIndex() == BeforeSelected ? InsertListElement::Side::Before
                                                                        : InsertListElement::Side::After;
            return EditAction(InsertListElement{place(), side, std::move(content)});
        }
        return EditAction(PushListElement{
            m_where->currentIndex() == AtTheBeginning ? PushListElement::End::Left : PushListElement::End::Right,
            std::move(content)});
    case KeyType::SortedSet: {
        const auto score = parseScore(m_score->text().trimmed().toStdString());
        return score ? Result<EditAction>(SetScore{std::move(content), *score, std::nullopt})
                     : Result<EditAction>(score.error());
    }
    default:
        return EditAction(AddSetMember{std::move(content)});
    }
}

Result<KeyEdit> AddElementDialog::edit() const
{
    auto wanted = action();
    if (!wanted) {
        return std::move(wanted).error();
    }
    KeyEdit edit = editOf(m_seen.key, *std::move(wanted));
    if (m_conflict && m_overwrite->isChecked()) {
        return overwriting(edit, *m_conflict).value_or(edit);
    }
    return edit;
}

/// Where in a list it goes is chosen anew: that depends on what is selected.
QJsonObject AddElementDialog::typed() const
{
    QJsonObject texts{{u"type"_s, static_cast<int>(m_seen.key.type)}, {u"content"_s, m_content->typed()}};
    if (m_name != nullptr) {
        texts[u"name"_s] = m_name->text();
    }
    if (m_score != nullptr) {
        texts[u"score"_s] = m_score->text();
    }
    if (m_more != nullptr) {
        texts[u"more"_s] = m_more->typed();
        texts[u"id"_s] = m_id->text();
    }
    return {{u"texts"_s, texts}};
}

void AddElementDialog::retype(const QJsonObject& typed)
{
    const QJsonObject texts = typed[u"texts"_s].toObject();
    if (texts[u"type"_s].toInt(-1) != static_cast<int>(m_seen.key.type)) {
        return;
    }
    if (m_name != nullptr) {
        m_name->setText(texts[u"name"_s].toString());
    }
    if (m_score != nullptr) {
        m_score->setText(texts[u"score"_s].toString());
    }
    if (m_more != nullptr) {
        m_more->retype(texts[u"more"_s].toArray());
        m_id->setText(texts[u"id"_s].toString());
    }
    m_content->setPlainText(texts[u"content"_s].toString());
    (m_name != nullptr ? static_cast<QWidget*>(m_name) : m_content)->setFocus();
}

/// Another content, another question.
void AddElementDialog::forgetConflict()
{
    if (std::exchange(m_conflict, std::nullopt)) {
        m_overwrite->setChecked(false);
        m_overwrite->hide();
        m_now->hide();
    }
    check();
}

void AddElementDialog::refused(const EditOutcome& outcome)
{
    if (outcome.status != EditOutcome::Status::Conflict) {
        return;
    }
    m_conflict = outcome.now;
    const auto& element = outcome.now.element;
    m_now->setText(element && !element->empty() ? tr("It is now: %1").arg(shownBytes(element->front())) : QString());
    m_now->setVisible(!m_now->text().isEmpty());
    const auto wanted = action();
    m_overwrite->setVisible(wanted && overwriting(editOf(m_seen.key, *wanted), outcome.now).has_value());
}

// --- delete

DeleteElementDialog::DeleteElementDialog(Session& session, SeenElement seen, QWidget* parent)
    : EditDialog(session, tr("Delete element"), tr("Delete"), parent)
    , m_seen(std::move(seen))
    , m_now(sentence(QString(), this))
    , m_anyway(new QCheckBox(tr("Delete it as it is &now"), this))
{
    const QString name = m_seen.key.type == KeyType::List ? tr("the element at index %1").arg(m_seen.number)
                                                          : shownBytes(m_seen.cells.front().bytes);
    form().addRow(sentence(tr("Delete %1 of %2?").arg(name, shownBytes(session.nameOf(m_seen.key.key).key)), this));
    form().addRow(
        sentence(m_seen.key.elements == 1 ? tr("It is the last one: the key goes with it. This can't be undone.")
                                          : tr("This can't be undone."),
            this));
    m_now->setAccessibleName(tr("What is there now"));
    m_now->hide();
    m_anyway->hide(); // until something else is there
    form().addRow(m_now);
    form().addRow(m_anyway);
    connect(m_anyway, &QCheckBox::toggled, this, &DeleteElementDialog::check);
    makeCancelDefault();
    check();
}

Result<KeyEdit> DeleteElementDialog::edit() const
{
    auto wanted = asSeen();
    if (wanted && m_conflict && m_anyway->isChecked()) {
        return overwriting(*wanted, *m_conflict).value_or(*wanted);
    }
    return wanted;
}

/// What is there now is shown, and deleted by choice alone; what is another once more is asked for once more.
void DeleteElementDialog::refused(const EditOutcome& outcome)
{
    if (outcome.status != EditOutcome::Status::Conflict) {
        return;
    }
    const QSignalBlocker quiet(m_anyway); // the problem stays told
    m_anyway->setChecked(false);
    m_conflict = outcome.now;
    std::string now;
    for (const std::string& part : outcome.now.element.value_or(std::vector<std::string>())) {
        now += (now.empty() ? "" : " ") + part;
    }
    m_now->setText(outcome.now.element ? tr("It is now: %1").arg(shownBytes(now)) : QString());
    m_now->setVisible(!now.empty());
    const auto wanted = asSeen();
    m_anyway->setVisible(wanted && overwriting(*wanted, outcome.now).has_value());
}

Result<KeyEdit> DeleteElementDialog::asSeen() const
{
    const ValueRow& cells = m_seen.cells;
    switch (m_seen.key.type) {
    case KeyType::Hash:
        return editOf(m_seen.key,
            DeleteHashField{cells[0].bytes,
                cells[1].isWhole() ? SeenBytes::there(cells[1].bytes) : SeenBytes::notLooked(), cells[1].size,
                m_seen.fieldEnd});
    case KeyType::List:
        return editOf(m_seen.key, DeleteListElement{{m_seen.number, cells[0].bytes, m_seen.before, m_seen.after}});
    case KeyType::Set:
        return editOf(m_seen.key, RemoveSetMember{cells[0].bytes});
    case KeyType::SortedSet:
        return editOf(m_seen.key, RemoveSortedMember{cells[0].bytes, scoreOf(cells)});
    case KeyType::Stream:
        return editOf(m_seen.key, DeleteStreamEntry{cells[0].bytes, fieldsOf(cells), cellsOf(cells)});
    case KeyType::Json:
        return editOf(m_seen.key, DeleteJson{cells[0].bytes, cells[1].bytes, m_seen.before, m_seen.after});
    default:
        return Error{ErrorKind::Unsupported, {}, {}};
    }
}

} // namespace keyglass::ui
