// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/filefield.h"

#include "ui/common/icons.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

FileField::FileField(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_path(new QLineEdit(this))
{
    auto* choose = new QToolButton(this);
    setIcon(choose, u"folder"_s);
    choose->setToolTip(tr("Choose a file"));
    choose->setAccessibleName(tr("Choose: %1").arg(name));
    m_path->setAccessibleName(name);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_path, 1);
    layout->addWidget(choose);
    setFocusProxy(m_path);
    connect(m_path, &QLineEdit::textChanged, this, &FileField::changed);
    connect(choose, &QToolButton::clicked, this, &FileField::choose);
}

QString FileField::path() const
{
    return m_path->text().trimmed();
}

void FileField::setPath(const QString& path)
{
    m_path->setText(path);
}

void FileField::setHint(const QString& text)
{
    m_path->setPlaceholderText(text);
}

void FileField::choose()
{
    auto* dialog = new QFileDialog(this, m_name, QFileInfo(path()).absolutePath(),
        tr("Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &FileField::setPath);
    dialog->open();
}

} // namespace keyglass::ui
