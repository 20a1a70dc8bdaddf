// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/resultsetsdialog.h"

#include "core/base/errortext.h"
#include "ui/common/whenready.h"
#include "ui/window/resultsetmodel.h"
#include "ui/window/wording.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int narrowestColumn = 48;
constexpr int widestColumn = 320;

} // namespace

ResultSetsDialog::ResultSetsDialog(ResultLibrary& library, Profile profile, QWidget* parent)
    : QDialog(parent)
    , m_library(library)
    , m_profile(std::move(profile))
    , m_model(new ResultSetModel(this))
    , m_table(new QTableView(this))
    , m_note(new QLabel(this))
    , m_all(new QCheckBox(tr("Sets of &all connections"), this))
{
    setWindowTitle(tr("Result sets of %1").arg(m_profile.title()));
    resize(840, 380);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    buildTable();
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_note);
    layout->addWidget(makeButtons());
    connect(&m_library, &ResultLibrary::changed, this, &ResultSetsDialog::load);
    connect(m_all, &QCheckBox::toggled, this, &ResultSetsDialog::load);
    refresh();
    load();
}

void ResultSetsDialog::buildTable()
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Result sets"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(ResultSetModel::Origin, QHeaderView::Stretch);
    m_table->horizontalHeader()->setMinimumSectionSize(narrowestColumn);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &ResultSetsDialog::refresh);
    connect(m_table, &QTableView::activated, this, &ResultSetsDialog::openCurrent);
}

QWidget* ResultSetsDialog::makeButtons()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(m_all);
    layout->addStretch(1);
    const auto add = [&](const QString& text, void (ResultSetsDialog::*run)()) {
        auto* button = new QPushButton(text, row);
        button->setAutoDefault(false);
        layout->addWidget(button);
        connect(button, &QPushButton::clicked, this, run);
        return button;
    };
    m_remove = add(tr("&Delete…"), &ResultSetsDialog::askRemove);
    layout->addSpacing(8);
    m_rename = add(tr("&Rename…"), &ResultSetsDialog::rename);
    m_export = add(tr("Save keys as…"), &ResultSetsDialog::exportCurrent);
    m_open = add(tr("&Open"), &ResultSetsDialog::openCurrent);
    m_open->setDefault(true);
    return row;
}

// --- what is listed

void ResultSetsDialog::load()
{
    whenReady(this, m_library.list(), [this](const Result<std::vector<ResultSetEntry>>& listed) {
        if (listed) {
            take(*listed);
        } else {
            Q_EMIT failed(errorText(listed.error()));
        }
    });
}

/// Files that can't be read say of no connection whether they are its own: they are always shown.
void ResultSetsDialog::take(std::vector<ResultSetEntry> entries)
{
    const ResultSetEntry* before = current();
    const QString file = before ? before->file : QString();
    const std::size_t total = entries.size();
    if (!m_all->isChecked()) {
        std::erase_if(entries, [this](const ResultSetEntry& each) { return each.info && !isOfProfile(*each.info); });
    }
    const std::size_t others = total - entries.size();
    m_model->setEntries(std::move(entries));
    m_table->setColumnHidden(ResultSetModel::Connection, !m_all->isChecked());
    m_table->resizeColumnsToContents();
    for (int column = 0; column < ResultSetModel::Columns; ++column) { // but for the one that stretches
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column) + 8, widestColumn));
    }
    m_table->selectRow(std::max(0, m_model->rowOf(file)));
    QString note;
    if (m_model->rowCount() == 0) {
        note = tr("No set of keys was saved here yet. Tools, Save result as… saves what the key list shows.");
    }
    if (others > 0) {
        note += (note.isEmpty() ? QString() : QStringLiteral(" "))
            + (others == 1 ? tr("One set of another connection is not listed.")
                           : tr("%1 sets of other connections are not listed.").arg(others));
    }
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    refresh();
}

/// Connections that are not saved know each other by their names only.
bool ResultSetsDialog::isOfProfile(const ResultSetInfo& info) const
{
    return info.profileId == m_profile.id && (!info.profileId.isEmpty() || info.profileName == m_profile.title());
}

const ResultSetEntry* ResultSetsDialog::current() const
{
    return m_model->entry(m_table->currentIndex().row());
}

void ResultSetsDialog::refresh()
{
    const ResultSetEntry* entry = current();
    for (QPushButton* button : {m_open, m_rename, m_export}) {
        button->setEnabled(entry && entry->info);
    }
    m_remove->setEnabled(entry);
}

// --- what is done

void ResultSetsDialog::openCurrent()
{
    if (const ResultSetEntry* entry = current(); entry && entry->info) {
        Q_EMIT openWanted(*entry->info);
        accept();
    }
}

void ResultSetsDialog::exportCurrent()
{
    if (const ResultSetEntry* entry = current(); entry && entry->info) {
        Q_EMIT exportWanted(*entry->info);
    }
}

void ResultSetsDialog::rename()
{
    const ResultSetEntry* entry = current();
    if (!entry || !entry->info) {
        return;
    }
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename"));
    dialog->setLabelText(tr("New name of the set"));
    dialog->setOkButtonText(tr("Rename"));
    dialog->setTextValue(entry->info->name);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, file = entry->file](const QString& text) {
        if (const QString name = text.trimmed(); !name.isEmpty()) {
            whenReady(this, m_library.rename(file, name).answer, [this](const Result<ResultSetInfo>& renamed) {
                if (!renamed) {
                    Q_EMIT failed(errorText(renamed.error()));
                }
            });
        }
    });
    dialog->open();
}

void ResultSetsDialog::askRemove()
{
    const ResultSetEntry* entry = current();
    if (!entry) {
        return;
    }
    const QString text = entry->info
        ? tr("“%1” with its %2 is deleted from this computer. The keys on the server stay.")
              .arg(entry->info->name, keysText(entry->info->keys))
        : tr("The file %1 is deleted.").arg(entry->file);
    auto* box = new QMessageBox(QMessageBox::Question, tr("Delete the set"), text, QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QPushButton* yes = box->addButton(tr("Delete the set"), QMessageBox::DestructiveRole);
    QPushButton* keep = box->addButton(tr("Keep it"), QMessageBox::RejectRole);
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    connect(yes, &QPushButton::clicked, this, [this, file = entry->file] { remove(file); });
    box->open();
}

void ResultSetsDialog::remove(const QString& file)
{
    whenReady(this, m_library.remove(file), [this](const Status& removed) {
        if (!removed) {
            Q_EMIT failed(errorText(removed.error()));
        }
    });
}

} // namespace keyglass::ui
