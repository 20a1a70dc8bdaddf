// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/filefields.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <array>

namespace keyglass::ui {

namespace {

/// In the order of TransferFormat.
constexpr std::array<const char*, transferFormatCount> endings{"jsonl", "csv", "txt", "resp", "kga"};

} // namespace

TransferFileFields::TransferFileFields(Use use, const QString& file, QWidget* parent)
    : OperationFields(parent)
    , m_use(use)
    , m_file(new QLineEdit(file, this))
    , m_format(new QComboBox(this))
    , m_note(new QLabel(this))
{
    m_file->setAccessibleName(tr("File"));
    setFocusProxy(m_file);
    m_format->addItems({tr("JSON lines"), tr("CSV"), tr("Commands for redis-cli"), tr("RESP, for redis-cli --pipe"),
        tr("Archive of DUMPs")});
    m_format->setAccessibleName(tr("Format"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setAccessibleName(tr("About the format"));
    auto* choose = new QPushButton(tr("C&hoose…"), this);
    choose->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->setContentsMargins({});
    row->addWidget(m_file, 1);
    row->addWidget(choose);
    auto* form = new QFormLayout(this);
    form->setContentsMargins({});
    auto* label = new QLabel(tr("&File:"), this);
    label->setBuddy(m_file);
    form->addRow(label, row);
    addRow(tr("For&mat:"), m_format);
    form->addRow(m_note);
    fileChanged();
    showNote();
    connect(choose, &QPushButton::clicked, this, &TransferFileFields::browse);
    connect(m_file, &QLineEdit::textChanged, this, &TransferFileFields::fileChanged);
    connect(m_format, &QComboBox::currentIndexChanged, this, &TransferFileFields::formatChanged);
}

void TransferFileFields::addRow(const QString& text, QWidget* field)
{
    auto* label = new QLabel(text, this);
    label->setBuddy(field);
    static_cast<QFormLayout*>(layout())->addRow(label, field);
}

void TransferFileFields::browse()
{
    auto* dialog = new QFileDialog(this, tr("Choose a file"), QFileInfo(m_file->text()).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (m_use == Use::Write) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setOption(QFileDialog::DontConfirmOverwrite); // said in the dialog below, for typed names, too
        dialog->selectFile(QFileInfo(m_file->text()).fileName());
    } else {
        dialog->setFileMode(QFileDialog::ExistingFile);
    }
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

/// The name's end tells the format.
void TransferFileFields::fileChanged()
{
    const auto format = formatOfFile(m_file->text());
    if (format && !m_isFollowing) {
        m_isFollowing = true;
        m_format->setCurrentIndex(static_cast<int>(*format));
        m_isFollowing = false;
    }
    showNote();
    Q_EMIT changed();
}

/// A file that is to be written gets the end of its format.
void TransferFileFields::formatChanged()
{
    const QString name = m_file->text();
    if (m_use == Use::Write && !m_isFollowing && formatOfFile(name)) {
        m_isFollowing = true;
        m_file->setText(name.left(name.lastIndexOf(u'.') + 1)
            + QLatin1String(endings.at(static_cast<std::size_t>(m_format->currentIndex()))));
        m_isFollowing = false;
    }
    showNote();
    Q_EMIT changed();
}

void TransferFileFields::showNote()
{
    QStringList notes;
    if (m_use == Use::Write && QFileInfo::exists(m_file->text())) {
        notes << tr("The file is there already and will be overwritten.");
    }
    switch (format()) {
    case TransferFormat::Csv:
        notes << tr("CSV has no place for consumer groups of streams.");
        break;
    case TransferFormat::Archive:
        notes << tr("An archive holds every type, for servers that understand this one's dumps.");
        break;
    case TransferFormat::JsonLines:
    case TransferFormat::Commands:
    case TransferFormat::Resp:
        break;
    }
    m_note->setText(notes.join(u' '));
    m_note->setVisible(!notes.isEmpty());
}

TransferFormat TransferFileFields::format() const
{
    return static_cast<TransferFormat>(m_format->currentIndex());
}

Result<QString> TransferFileFields::file() const
{
    const QString name = m_file->text().trimmed();
    if (name.isEmpty()) {
        return Error{ErrorKind::Input, {}, tr("Choose a file")};
    }
    const QFileInfo about(name);
    if (m_use == Use::Read && !about.isFile()) {
        return Error{ErrorKind::Input, {}, tr("There is no such file")};
    }
    if (m_use == Use::Write && !about.absoluteDir().exists()) {
        return Error{ErrorKind::Input, {}, tr("There is no such folder")};
    }
    return about.absoluteFilePath();
}

ExportFields::ExportFields(const QString& file, QWidget* parent)
    : TransferFileFields(Use::Write, file, parent)
{
}

Result<JobOperation> ExportFields::operation() const
{
    auto name = file();
    return name ? Result<JobOperation>(JobOperation(ExportKeys{*name, format()})) : std::move(name).error();
}

ImportFields::ImportFields(QWidget* parent)
    : TransferFileFields(Use::Read, {}, parent)
    , m_conflict(new QComboBox(this))
{
    m_conflict->addItems({tr("is skipped"), tr("is replaced"), tr("ends the import before its first key")});
    m_conflict->setAccessibleName(tr("A key that is there already"));
    addRow(tr("A key that is &there already"), m_conflict);
    connect(m_conflict, &QComboBox::currentIndexChanged, this, &OperationFields::changed);
}

Result<JobOperation> ImportFields::operation() const
{
    auto name = file();
    if (!name) {
        return std::move(name).error();
    }
    return JobOperation(ImportKeys{*name, format(), static_cast<ImportConflict>(m_conflict->currentIndex())});
}

} // namespace keyglass::ui
