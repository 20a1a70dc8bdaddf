// SPDX-License-Identifier: GPL-3.0-or-later
// A new key of any type, with its first element.
#include "core/base/bytes.h"
#include "core/index/keyroot.h"
#include "core/value/valuepage.h"
#include "ui/common/onpool.h"
#include "ui/edit/bytesfield.h"
#include "ui/edit/contentfield.h"
#include "ui/edit/dialogwords.h"
#include "ui/edit/expiryfield.h"
#include "ui/edit/fieldrows.h"
#include "ui/edit/keydialogs.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QStandardItemModel>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

/// Other: from a dump, whatever type that has.
constexpr std::array creatable{KeyType::String, KeyType::Hash, KeyType::List, KeyType::Set, KeyType::SortedSet,
    KeyType::Stream, KeyType::Json, KeyType::Other};

QString creatableName(KeyType type)
{
    if (type == KeyType::Json) {
        return NewKeyDialog::tr("JSON document");
    }
    if (type == KeyType::Other) {
        return NewKeyDialog::tr("what a dump file holds");
    }
    const std::string_view name = keyTypeName(type);
    return QString::fromUtf8(name.data(), qsizetype(name.size()));
}

/// Shown and not to be chosen; a long look and a screen reader hear why.
void refuse(QComboBox& types, KeyType type, const QString& why)
{
    const auto row = static_cast<int>(std::ranges::find(creatable, type) - creatable.begin());
    if (QStandardItem* item = static_cast<QStandardItemModel*>(types.model())->item(row)) {
        item->setEnabled(false);
        item->setToolTip(why);
        item->setData(why, Qt::AccessibleDescriptionRole);
    }
}

Result<std::string> fileContent(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    if (file.size() > static_cast<qint64>(largestWholeValue.value)) {
        return Error{ErrorKind::Limit, path,
            NewKeyDialog::tr("It is larger than %1, which no dump can be here.").arg(sizeText(largestWholeValue))};
    }
    return file.readAll().toStdString();
}

/// A hash has each field once; which of two values it was to have can't be told.
Result<FieldValues> differentFields(Result<FieldValues> fields)
{
    if (!fields) {
        return fields;
    }
    std::set<std::string_view> names;
    for (const auto& [field, value] : *fields) {
        if (!names.insert(field).second) {
            return Error{
                ErrorKind::Input, {}, NewKeyDialog::tr("The field %1 stands there twice.").arg(shownBytes(field))};
        }
    }
    return fields;
}

} // namespace

NewKeyDialog::NewKeyDialog(Session& session, const std::string& prefix, int database, QWidget* parent)
    : EditDialog(session, tr("New key"), tr("Create key"), parent)
    , m_session(session)
    , m_database(database)
    , m_name(new BytesField(tr("Key name"), this))
    , m_type(new QComboBox(this))
    , m_firstLabel(new QLabel(this))
    , m_first(new BytesField(tr("Field"), this))
    , m_scoreLabel(new QLabel(tr("&Score"), this))
    , m_score(new QLineEdit(QStringLiteral("0"), this))
    , m_contentLabel(new QLabel(this))
    , m_content(new ContentField(tr("Value"), this))
    , m_more(new FieldRows(this))
    , m_dumpLabel(new QLabel(tr("&Dump"), this))
    , m_dumpButton(new QPushButton(tr("Choose a file…"), this))
    , m_expiry(new ExpiryField(this))
{
    m_name->setBytes(prefix);
    m_type->setAccessibleName(tr("Type"));
    for (const KeyType type : creatable) {
        m_type->addItem(creatableName(type));
    }
    if (const auto& server = session.server(); server && !server->mayUse(ServerFeature::JsonDocuments)) {
        refuse(*m_type, KeyType::Json, tr("The server has no module for JSON documents."));
    }
    m_score->setAccessibleName(tr("Score"));
    m_scoreLabel->setBuddy(m_score);
    m_firstLabel->setBuddy(m_first);
    m_contentLabel->setBuddy(m_content);
    m_dumpLabel->setBuddy(m_dumpButton);
    m_dumpButton->setAccessibleName(tr("Dump file"));
    m_dumpButton->setAutoDefault(false);
    connect(m_dumpButton, &QPushButton::clicked, this, &NewKeyDialog::chooseDump);
    connect(m_content, &QPlainTextEdit::textChanged, this, &NewKeyDialog::check);
    form().addRow(tr("&Key name"), m_name);
    form().addRow(tr("&Type"), m_type);
    form().addRow(m_firstLabel, m_first);
    form().addRow(m_scoreLabel, m_score);
    form().addRow(m_contentLabel, m_content);
    form().addRow(QString(), m_more);
    form().addRow(m_dumpLabel, m_dumpButton);
    form().addRow(tr("&Expires"), m_expiry);
    connect(m_type, &QComboBox::currentIndexChanged, this, &NewKeyDialog::typeChosen);
    connect(m_name, &QLineEdit::textChanged, this, &NewKeyDialog::check);
    connect(m_first, &QLineEdit::textChanged, this, &NewKeyDialog::check);
    connect(m_score, &QLineEdit::textChanged, this, &NewKeyDialog::check);
    connect(m_more, &FieldRows::changed, this, &NewKeyDialog::check);
    connect(m_expiry, &ExpiryField::changed, this, &NewKeyDialog::check);
    m_name->setFocus();
    typeChosen();
}

/// What is typed goes on behind the folder's name.
void NewKeyDialog::showEvent(QShowEvent* event)
{
    EditDialog::showEvent(event);
    m_name->deselect();
    m_name->end(false);
}

/// A dump is a file's, and chosen anew.
QJsonObject NewKeyDialog::typed() const
{
    const QJsonObject texts{{u"name"_s, m_name->text()}, {u"first"_s, m_first->text()}, {u"score"_s, m_score->text()},
        {u"content"_s, m_content->typed()}, {u"more"_s, m_more->typed()}};
    const QJsonObject choices{{u"type"_s, m_type->currentIndex()}, {u"expiry"_s, m_expiry->typed()}};
    return {{u"texts"_s, texts}, {u"choices"_s, choices}};
}

void NewKeyDialog::retype(const QJsonObject& typed)
{
    const QJsonObject texts = typed[u"texts"_s].toObject();
    const QJsonObject choices = typed[u"choices"_s].toObject();
    const int type = choices[u"type"_s].toInt();
    if (type >= 0 && type < m_type->count() && m_type->model()->index(type, 0).flags().testFlag(Qt::ItemIsEnabled)) {
        m_type->setCurrentIndex(type);
    }
    m_expiry->retype(choices[u"expiry"_s].toObject());
    m_name->setText(texts[u"name"_s].toString());
    m_first->setText(texts[u"first"_s].toString());
    m_score->setText(texts[u"score"_s].toString());
    m_more->retype(texts[u"more"_s].toArray());
    m_content->setPlainText(texts[u"content"_s].toString());
    m_name->setFocus();
}

void NewKeyDialog::typeChosen()
{
    const KeyType type = creatable[std::size_t(m_type->currentIndex())];
    const bool hasField = type == KeyType::Hash || type == KeyType::Stream;
    const bool isSorted = type == KeyType::SortedSet;
    m_firstLabel->setText(tr("&Field"));
    m_firstLabel->setVisible(hasField);
    m_first->setVisible(hasField);
    m_more->setVisible(hasField);
    m_scoreLabel->setVisible(isSorted);
    m_score->setVisible(isSorted);
    m_contentLabel->setVisible(type != KeyType::Other);
    m_content->setVisible(type != KeyType::Other);
    m_dumpLabel->setVisible(type == KeyType::Other);
    m_dumpButton->setVisible(type == KeyType::Other);
    m_contentLabel->setText(type == KeyType::List ? tr("&First element")
            : type == KeyType::Set || isSorted    ? tr("&First member")
            : type == KeyType::Json               ? tr("&JSON")
                                                  : tr("&Value"));
    check();
}

void NewKeyDialog::chooseDump()
{
    auto* dialog = new QFileDialog(this, tr("Open a dump of a key"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &NewKeyDialog::readDump);
    dialog->open();
}

void NewKeyDialog::readDump(const QString& path)
{
    m_dump.reset();
    m_dumpButton->setText(QFileInfo(path).fileName());
    check();
    onPool<std::string>(
        this, [path] { return fileContent(path); },
        [this](const Result<std::string>& bytes) {
            m_dump = bytes;
            check();
        });
}

Result<FieldValues> NewKeyDialog::fields() const
{
    auto field = m_first->bytes();
    auto more = m_more->fields();
    if (!field || !more) {
        return field ? std::move(more).error() : std::move(field).error();
    }
    FieldValues all{{*std::move(field), m_content->bytes()}};
    all.insert(all.end(), more->begin(), more->end());
    return all;
}

Result<CreateKey> NewKeyDialog::value() const
{
    std::string content = m_content->bytes();
    CreateKey create;
    create.expiry = m_expiry->expiry();
    switch (creatable[std::size_t(m_type->currentIndex())]) {
    case KeyType::Hash: {
        auto pairs = differentFields(fields());
        if (!pairs) {
            return std::move(pairs).error();
        }
        create.value = NewHash{*std::move(pairs)};
        break;
    }
    case KeyType::Stream: {
        auto pairs = fields();
        if (!pairs) {
            return std::move(pairs).error();
        }
        create.value = NewStream{*std::move(pairs)};
        break;
    }
    case KeyType::List:
        create.value = NewList{{std::move(content)}};
        break;
    case KeyType::Set:
        create.value = NewSet{{std::move(content)}};
        break;
    case KeyType::SortedSet: {
        const auto score = parseScore(m_score->text().trimmed().toStdString());
        if (!score) {
            return score.error();
        }
        create.value = NewSortedSet{{{std::move(content), *score}}};
        break;
    }
    case KeyType::Json:
        if (content.empty()) {
            return Error{ErrorKind::Input, {}, {}}; // nothing typed yet
        }
        create.value = NewJson{std::move(content)};
        break;
    case KeyType::Other:
        if (!m_dump || !*m_dump) {
            return m_dump ? m_dump->error() : Error{ErrorKind::Input, {}, {}};
        }
        create.value = NewFromDump{**m_dump};
        break;
    default:
        create.value = NewString{std::move(content)};
        break;
    }
    return create;
}

Result<KeyEdit> NewKeyDialog::edit() const
{
    auto name = m_name->bytes();
    if (!name) {
        return std::move(name).error();
    }
    if (name->empty()) {
        return Error{ErrorKind::Input, {}, {}}; // nothing typed yet
    }
    auto create = value();
    if (!create) {
        return std::move(create).error();
    }
    return KeyEdit{m_session.listName({*std::move(name), m_database}), *std::move(create)};
}

} // namespace keyglass::ui
