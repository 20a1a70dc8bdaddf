// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/exportkeysdialog.h"

#include "ui/window/resultwording.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

const std::vector<std::pair<KeyFormat, QString>>& endings()
{
    static const std::vector<std::pair<KeyFormat, QString>> all{{KeyFormat::Lines, u"txt"_s},
        {KeyFormat::JsonLines, u"jsonl"_s}, {KeyFormat::Json, u"json"_s}, {KeyFormat::Csv, u"csv"_s}};
    return all;
}

QString endingOf(KeyFormat format)
{
    for (const auto& [each, ending] : endings()) {
        if (each == format) {
            return ending;
        }
    }
    return {};
}

/// A name that any file system takes.
QString fileNameFor(const QString& name)
{
    QString plain;
    for (const QChar c : name) {
        plain += c.isLetterOrNumber() || u"-_. "_s.contains(c) ? c : u'-';
    }
    plain = plain.trimmed();
    return plain.isEmpty() ? u"keys"_s : plain;
}

} // namespace

ExportKeysDialog::ExportKeysDialog(KeyScopes scopes, const QString& folder, QWidget* parent)
    : QDialog(parent)
    , m_scopes(std::move(scopes))
    , m_form(new QFormLayout(this))
    , m_scope(new KeyScopeBox(*m_scopes, this))
    , m_format(new QComboBox(this))
    , m_order(new QComboBox(this))
    , m_file(new QLineEdit(this))
    , m_note(new QLabel(this))
{
    m_form->addRow(tr("Keys"), m_scope);
    build(suggestedName(about()), folder);
}

ExportKeysDialog::ExportKeysDialog(const ResultSetInfo& set, const QString& folder, QWidget* parent)
    : QDialog(parent)
    , m_about(set)
    , m_form(new QFormLayout(this))
    , m_format(new QComboBox(this))
    , m_order(new QComboBox(this))
    , m_file(new QLineEdit(this))
    , m_note(new QLabel(this))
{
    build(set.name, folder);
}

void ExportKeysDialog::build(const QString& name, const QString& folder)
{
    setWindowTitle(tr("Save keys as"));
    setMinimumWidth(480);
    m_format->setAccessibleName(tr("Format"));
    m_format->addItem(tr("Lines, escaped as on the command line"), static_cast<int>(KeyFormat::Lines));
    m_format->addItem(tr("JSON lines"), static_cast<int>(KeyFormat::JsonLines));
    m_format->addItem(tr("JSON"), static_cast<int>(KeyFormat::Json));
    m_format->addItem(tr("CSV"), static_cast<int>(KeyFormat::Csv));
    m_order->setAccessibleName(tr("Order"));
    m_order->addItem(tr("By name, from the first"), static_cast<int>(KeyOrder::Ascending));
    m_order->addItem(tr("By name, from the last"), static_cast<int>(KeyOrder::Descending));
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setVerticalSpacing(8);
    m_form->addRow(tr("Forma&t"), m_format);
    m_form->addRow(tr("&Order"), m_order);
    QWidget* file = makeFileRow();
    m_form->addRow(tr("F&ile"), file);
    m_form->addRow(m_note);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_write = buttons->addButton(tr("Save keys"), QDialogButtonBox::AcceptRole);
    m_write->setDefault(true);
    m_form->addRow(buttons);
    m_file->setText(QDir(folder).filePath(fileNameFor(name) + u".txt"_s));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportKeysDialog::followFormat);
    connect(m_file, &QLineEdit::textChanged, this, &ExportKeysDialog::refresh);
    refresh();
}

QWidget* ExportKeysDialog::makeFileRow()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    m_file->setAccessibleName(tr("File"));
    auto* choose = new QPushButton(tr("&Browse…"), row);
    layout->addWidget(m_file, 1);
    layout->addWidget(choose);
    row->setFocusProxy(m_file);
    connect(choose, &QPushButton::clicked, this, &ExportKeysDialog::browse);
    return row;
}

/// The name gets the ending of the format, where it had that of another.
void ExportKeysDialog::followFormat()
{
    const QFileInfo file(m_file->text());
    for (const auto& [format, ending] : endings()) {
        if (file.suffix() == ending) {
            m_file->setText(m_file->text().chopped(ending.size()) + endingOf(wanted().format));
            return;
        }
    }
}

void ExportKeysDialog::browse()
{
    auto* dialog = new QFileDialog(this, tr("Save keys as"), m_file->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // this dialog says it
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

void ExportKeysDialog::refresh()
{
    const QFileInfo file(m_file->text());
    const bool isFolder = m_file->text().isEmpty() || file.isDir();
    const bool hasFolder = file.dir().exists();
    const bool replaces = !isFolder && file.exists();
    QString note;
    if (!isFolder && !hasFolder) {
        note = tr("There is no folder %1.").arg(file.path());
    } else if (replaces) {
        note = tr("This file is there already.");
    }
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_write->setText(replaces ? tr("Replace the file") : tr("Save keys"));
    m_write->setDefault(!replaces);
    m_write->setAutoDefault(!replaces);
    m_write->setEnabled(!isFolder && hasFolder);
}

KeyChoice ExportKeysDialog::keys() const
{
    return m_scopes ? m_scopes->choice(m_scope->scope()) : KeyChoice{emptySnapshot()};
}

ResultSetInfo ExportKeysDialog::about() const
{
    return m_scopes ? m_scopes->aboutScope(m_scope->scope()) : m_about;
}

KeyExport ExportKeysDialog::wanted() const
{
    return {m_file->text(), static_cast<KeyFormat>(m_format->currentData().toInt()),
        static_cast<KeyOrder>(m_order->currentData().toInt())};
}

} // namespace keyglass::ui
