// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/undoarchivesdialog.h"

#include "core/base/errortext.h"
#include "core/profile/settings.h"
#include "core/session/bulkjob.h"
#include "ui/bulk/archivedkeysmodel.h"
#include "ui/bulk/archivemodel.h"
#include "ui/bulk/archivessearch.h"
#include "ui/bulk/passphrasedialog.h"
#include "ui/common/fonts.h"
#include "ui/common/scrollpane.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

using namespace std::chrono_literals;

constexpr int narrowestColumn = 48;
constexpr int widestColumn = 360;
constexpr auto typingPause = 250ms;

void setUp(QTableView& table, const QString& name, int stretched)
{
    table.setAccessibleName(name);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().height() + 6);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setMinimumSectionSize(narrowestColumn);
    table.horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
}

void fitColumns(QTableView& table)
{
    table.resizeColumnsToContents();
    for (int column = 0; column < table.model()->columnCount(); ++column) { // but for the one that stretches
        table.setColumnWidth(column, std::min(table.columnWidth(column) + 8, widestColumn));
    }
}

QLabel* makeNote(QWidget* parent)
{
    auto* note = new QLabel(parent);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    return note;
}

} // namespace

UndoArchivesDialog::UndoArchivesDialog(Session& session, const Settings& settings, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_archives(new ArchiveModel(this))
    , m_keys(new ArchivedKeysModel(this))
    , m_archiveTable(new QTableView(this))
    , m_keyTable(new QTableView(this))
    , m_find(new QLineEdit(this))
    , m_everywhere(new QPushButton(this))
    , m_note(makeNote(this))
    , m_keysNote(makeNote(this))
    , m_conflict(new QComboBox(this))
    , m_keepsExpired(new QCheckBox(tr("Keys whose time is o&ver come back without an end"), this))
    , m_confirmText(new QLabel(this))
    , m_confirm(new QLineEdit(this))
    , m_search(new ArchivesSearch(m_library, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Undo archives"));
    resize(QSize(920, 620).boundedTo(roomOnScreen(*this)));
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(&m_typing, &QTimer::timeout, this, &UndoArchivesDialog::look);
    buildTables();
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_archiveTable);
    splitter->addWidget(m_keyTable);
    splitter->setChildrenCollapsible(false);
    layout->addWidget(m_note);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_keysNote);
    layout->addWidget(makeWays());
    layout->addWidget(makeButtons());
    connect(&m_library, &UndoLibrary::changed, this, &UndoArchivesDialog::load);
    connect(&m_session, &Session::stateChanged, this, &UndoArchivesDialog::refresh);
    refresh();
    prune(archiveKeeping(settings));
}

void UndoArchivesDialog::buildTables()
{
    m_archiveTable->setModel(m_archives);
    setUp(*m_archiveTable, tr("Undo archives"), ArchiveModel::State);
    m_archiveTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_archiveTable->setColumnHidden(ArchiveModel::Found, true);
    m_keyTable->setModel(m_keys);
    setUp(*m_keyTable, tr("Archived keys"), ArchivedKeysModel::Key);
    m_keyTable->setSelectionMode(QAbstractItemView::ExtendedSelection);
    connect(m_archiveTable->selectionModel(), &QItemSelectionModel::currentChanged, this, &UndoArchivesDialog::look);
    connect(m_keyTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, &UndoArchivesDialog::refresh);
}

QWidget* UndoArchivesDialog::makeWays()
{
    auto* ways = new QWidget(this);
    auto* form = new QFormLayout(ways);
    form->setContentsMargins({});
    m_find->setAccessibleName(tr("Find archived key"));
    m_find->setPlaceholderText(tr("a part of its name"));
    m_find->setClearButtonEnabled(true);
    m_find->setFont(keyFont());
    connect(m_find, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_find, &QLineEdit::textChanged, this, &UndoArchivesDialog::forgetEverywhere);
    connect(m_find, &QLineEdit::returnPressed, this, &UndoArchivesDialog::lookEverywhere);
    m_everywhere->setAutoDefault(false);
    m_everywhere->setToolTip(tr("Reads all archives and tells in which of them there are such keys"));
    connect(m_everywhere, &QPushButton::clicked, this, &UndoArchivesDialog::lookEverywhere);
    connect(m_search, &ArchivesSearch::looked, m_archives, &ArchiveModel::setFound);
    connect(m_search, &ArchivesSearch::unreadable, this, [this] { ++m_unsearched; });
    connect(m_search, &ArchivesSearch::ended, this, [this] { showEverywhere(true); });
    auto* find = new QHBoxLayout;
    find->addWidget(m_find, 1);
    find->addWidget(m_everywhere);
    form->addRow(tr("&Find key"), find);
    qobject_cast<QLabel*>(form->labelForField(find))->setBuddy(m_find);
    m_conflict->setAccessibleName(tr("Keys that are there again"));
    m_conflict->addItem(tr("are left as they are, and told"), static_cast<int>(UndoConflict::Skip));
    m_conflict->addItem(tr("are replaced by what was archived"), static_cast<int>(UndoConflict::Replace));
    form->addRow(tr("Keys that are &there again"), m_conflict);
    form->addRow(m_keepsExpired);
    const bool isProduction = m_session.profile().environment == Environment::Production;
    m_confirmText->setTextFormat(Qt::PlainText);
    m_confirmText->setText(tr("Type %1 to confirm").arg(m_session.profile().title()));
    m_confirm->setAccessibleName(tr("Confirmation"));
    m_confirmText->setVisible(isProduction);
    m_confirm->setVisible(isProduction);
    form->addRow(m_confirmText, m_confirm);
    connect(m_confirm, &QLineEdit::textChanged, this, &UndoArchivesDialog::refresh);
    return ways;
}

QWidget* UndoArchivesDialog::makeButtons()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    const auto add = [&](const QString& text, auto run) {
        auto* button = new QPushButton(text, row);
        button->setAutoDefault(false);
        layout->addWidget(button);
        connect(button, &QPushButton::clicked, this, run);
        return button;
    };
    m_remove = add(tr("&Delete archive…"), [this] { askRemove(); });
    m_seal = add(QString(), [this] { askSeal(); });
    m_open = add(tr("&Passphrase…"), [this] { askPassphrase(); });
    layout->addStretch(1);
    m_restoreSome = add(QString(), [this] { restore(true); });
    m_restoreAll = add(tr("Bring &all keys back"), [this] { restore(false); });
    add(tr("&Close"), [this] { reject(); });
    return row;
}

// --- what is listed

/// What need not be kept any more goes first, and is told.
void UndoArchivesDialog::prune(const ArchiveKeeping& keeping)
{
    whenReady(this, m_library.prune(keeping), [this](const Result<PrunedArchives>& pruned) {
        if (pruned && !pruned->removed.empty()) {
            Q_EMIT said(LogLevel::Info,
                tr("%1 old undo archives were deleted (%2).").arg(pruned->removed.size()).arg(sizeText(pruned->freed)));
        }
        load();
    });
}

void UndoArchivesDialog::load()
{
    whenReady(this, m_library.list(), [this](const Result<std::vector<ArchiveEntry>>& listed) {
        if (listed) {
            take(*listed);
        } else {
            Q_EMIT said(LogLevel::Error, errorText(listed.error()));
        }
    });
}

void UndoArchivesDialog::take(std::vector<ArchiveEntry> entries)
{
    const ArchiveEntry* before = current();
    const QString file = before ? before->file : QString();
    ByteCount bytes;
    for (const ArchiveEntry& entry : entries) {
        bytes.value += entry.size.value;
    }
    m_note->setText(entries.empty()
            ? tr("There are no undo archives yet. Before keys are deleted or overwritten, they are archived in %1.")
                  .arg(m_library.folder())
            : tr("%1 archives in %2, together %3.").arg(entries.size()).arg(m_library.folder(), sizeText(bytes)));
    m_archives->setEntries(std::move(entries));
    fitColumns(*m_archiveTable);
    if (m_archives->rowCount() > 0) {
        m_archiveTable->selectRow(std::max(0, m_archives->rowOf(file)));
    }
    look();
}

/// Reads the keys that are looked for out of the archive that is selected.
void UndoArchivesDialog::look()
{
    m_typing.stop();
    m_looking.request_stop();
    ++m_lookNumber;
    m_keys->setKeys({});
    const ArchiveEntry* entry = current();
    const bool isClosed = entry && entry->isSealed && !m_passphrases.contains(entry->file);
    m_keysNote->setText(isClosed ? tr("It is sealed: its passphrase opens it.") : QString());
    refresh();
    if (!entry || entry->trouble || isClosed) {
        return;
    }
    m_keysNote->setText(tr("Reading the archive…"));
    ArchiveSearch wanted;
    wanted.text = m_find->text().toStdString();
    auto work = m_library.find(entry->file, m_passphrases[entry->file], wanted);
    m_looking = work.stop;
    whenReady(this, work.answer, [this, number = m_lookNumber](const Result<ArchivedKeys>& keys) {
        if (number == m_lookNumber) {
            tookKeys(keys);
        }
    });
}

/// Or ends that, where it goes on.
void UndoArchivesDialog::lookEverywhere()
{
    const bool wasRunning = m_search->isRunning();
    forgetEverywhere();
    if (wasRunning || m_find->text().isEmpty()) {
        return;
    }
    std::vector<ArchivesSearch::Place> places;
    for (int row = 0; row < m_archives->rowCount(); ++row) {
        const ArchiveEntry& entry = *m_archives->entry(row);
        const auto passphrase = m_passphrases.find(entry.file);
        if (!entry.trouble && (!entry.isSealed || passphrase != m_passphrases.end())) {
            places.push_back({entry.file, passphrase == m_passphrases.end() ? QByteArray() : passphrase->second});
        }
    }
    m_unsearched = m_archives->rowCount() - static_cast<int>(places.size());
    m_search->start(std::move(places), m_find->text().toStdString());
    showEverywhere(false);
}

void UndoArchivesDialog::showEverywhere(bool isEnded)
{
    m_archiveTable->setColumnHidden(ArchiveModel::Found, false);
    refresh();
    if (!isEnded) {
        return;
    }
    const auto inCurrent = m_archives->index(m_archiveTable->currentIndex().row(), ArchiveModel::Found).data();
    if (const int first = m_archives->firstFound(); first >= 0 && inCurrent.toString() == QLatin1String("0")) {
        m_archiveTable->selectRow(first);
    }
    QString told = tr("%1 of %2 archives have keys with that in their names.")
                       .arg(m_archives->foundRows())
                       .arg(m_archives->rowCount());
    if (m_unsearched > 0) {
        told += u' ' + tr("Not looked into, as they are sealed or can't be read: %1.").arg(m_unsearched);
    }
    m_note->setText(told);
}

/// What was found in all archives is of another text.
void UndoArchivesDialog::forgetEverywhere()
{
    m_search->stop();
    m_archives->clearFound();
    m_archiveTable->setColumnHidden(ArchiveModel::Found, true);
    refresh();
}

void UndoArchivesDialog::tookKeys(const Result<ArchivedKeys>& keys)
{
    if (!keys) {
        if (const ArchiveEntry* entry = current(); entry && entry->isSealed) {
            m_passphrases.erase(entry->file); // it may have been a wrong one
        }
        m_keysNote->setText(errorText(keys.error()));
        refresh();
        return;
    }
    m_keys->setKeys(*keys);
    fitColumns(*m_keyTable);
    QStringList sentences;
    if (isOfSchema()) {
        sentences << tr("They belong to a change of a table's schema, which is undone as a whole: single keys would "
                        "leave its rows and indexes apart.");
    }
    if (keys->found > keys->rows.size()) {
        sentences << tr("%1 keys; the first %2 are listed: look for a part of the name.")
                         .arg(numberText(keys->found), numberText(keys->rows.size()));
    } else if (keys->found == 0 && !m_find->text().isEmpty()) {
        sentences << tr("No key of this archive has that in its name.");
    } else {
        sentences << (keys->found == 1 ? tr("1 key.") : tr("%1 keys.").arg(numberText(keys->found)));
    }
    if (keys->damaged > 0) {
        sentences << tr("The archive is damaged in %1 places; keys are missing.").arg(numberText(keys->damaged));
    } else if (keys->isCut) {
        sentences << tr("Its end is missing, as its job was cut off; nothing was changed that is not in it.");
    }
    if (keys->unfinished > 0 && keys->damaged == 0) {
        sentences << tr("Large keys that were just being archived are left out: they had not been deleted.");
    }
    m_keysNote->setText(sentences.join(u' '));
    refresh();
}

bool UndoArchivesDialog::isOfSchema() const
{
    return m_archives->schemaChange(m_archiveTable->currentIndex().row()) != nullptr;
}

const ArchiveEntry* UndoArchivesDialog::current() const
{
    return m_archives->entry(m_archiveTable->currentIndex().row());
}

std::set<std::string, std::less<>> UndoArchivesDialog::selectedKeys() const
{
    std::set<std::string, std::less<>> keys;
    for (const QModelIndex& index : m_keyTable->selectionModel()->selectedRows()) {
        keys.insert(m_keys->keys().rows[static_cast<std::size_t>(index.row())].key);
    }
    return keys;
}

bool UndoArchivesDialog::isConfirmed() const
{
    return m_session.profile().environment != Environment::Production
        || m_confirm->text() == m_session.profile().title();
}

void UndoArchivesDialog::refresh()
{
    const ArchiveEntry* entry = current();
    const bool isClosed = entry && entry->isSealed && !m_passphrases.contains(entry->file);
    const bool isSchemas = isOfSchema(); // whose undo asks for what it wants confirmed itself
    const bool canWrite =
        m_session.state() == SessionState::Connected && !m_session.profile().readOnly && (isSchemas || isConfirmed());
    const bool canRestore = entry && !entry->trouble && !isClosed && canWrite;
    const auto selected = m_keyTable->selectionModel()->selectedRows().size();
    m_restoreSome->setText(selected == 0 ? tr("&Bring selected keys back")
            : selected == 1              ? tr("&Bring 1 key back")
                                         : tr("&Bring %1 keys back").arg(selected));
    m_restoreSome->setEnabled(canRestore && selected > 0 && !isSchemas);
    m_restoreAll->setText(isSchemas ? tr("&Undo the schema change…") : tr("Bring &all keys back"));
    m_restoreAll->setEnabled(canRestore);
    for (QWidget* way : std::initializer_list<QWidget*>{m_conflict, m_keepsExpired, m_confirm}) {
        way->setEnabled(!isSchemas);
    }
    m_open->setVisible(isClosed);
    m_remove->setEnabled(entry && !entry->isInUse);
    m_seal->setText(m_session.sealsArchives() ? tr("No longer &seal new ones") : tr("&Seal new archives…"));
    m_find->setEnabled(m_archives->rowCount() > 0);
    m_everywhere->setText(m_search->isRunning() ? tr("S&top looking") : tr("In a&ll archives"));
    m_everywhere->setEnabled(!m_find->text().isEmpty());
}

// --- what is done

void UndoArchivesDialog::askPassphrase()
{
    const ArchiveEntry* entry = current();
    if (!entry) {
        return;
    }
    auto* dialog = new PassphraseDialog(PassphraseDialog::For::OneArchive, this);
    connect(dialog, &PassphraseDialog::entered, this, [this, file = entry->file](const QByteArray& passphrase) {
        m_passphrases[file] = passphrase;
        look();
    });
    dialog->open();
}

void UndoArchivesDialog::askSeal()
{
    if (m_session.sealsArchives()) {
        m_session.setArchivePassphrase({});
        refresh();
        return;
    }
    auto* dialog = new PassphraseDialog(PassphraseDialog::For::NewArchives, this);
    connect(dialog, &PassphraseDialog::entered, this, [this](const QByteArray& passphrase) {
        m_session.setArchivePassphrase(passphrase);
        refresh();
    });
    dialog->open();
}

void UndoArchivesDialog::askRemove()
{
    const ArchiveEntry* entry = current();
    if (!entry) {
        return;
    }
    const QString text = entry->records
        ? tr("The archive of %1 with %2 keys is deleted from this computer. They can't be brought back after that.")
              .arg(timeText(entry->created.toLocalTime()), numberText(*entry->records))
        : tr("The file %1 is deleted. What is archived in it can't be brought back after that.").arg(entry->file);
    auto* box = new QMessageBox(QMessageBox::Question, tr("Delete the archive"), text, QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QPushButton* yes = box->addButton(tr("Delete the archive"), QMessageBox::DestructiveRole);
    QPushButton* keep = box->addButton(tr("Keep it"), QMessageBox::RejectRole);
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    connect(yes, &QPushButton::clicked, this, [this, file = entry->file] { remove(file); });
    box->open();
}

void UndoArchivesDialog::remove(const QString& file)
{
    m_looking.request_stop(); // reading it is using it
    m_keys->setKeys({});
    ++m_lookNumber;
    whenReady(this, m_library.remove(file), [this](const Status& removed) {
        if (!removed) {
            m_keysNote->setText(errorText(removed.error()));
        }
    });
}

void UndoArchivesDialog::restore(bool onlySelected)
{
    const ArchiveEntry* entry = current();
    if (!entry) {
        return;
    }
    if (isOfSchema()) {
        undoSchema(*entry);
        return;
    }
    UndoChoice choice;
    if (onlySelected) {
        choice.keys = selectedKeys();
    }
    choice.conflict = static_cast<UndoConflict>(m_conflict->currentData().toInt());
    choice.keepsExpired = m_keepsExpired->isChecked();
    if (const auto passphrase = m_passphrases.find(entry->file); passphrase != m_passphrases.end()) {
        choice.passphrase = passphrase->second;
    }
    const auto job = m_session.addUndo(entry->file, std::move(choice));
    if (!job) {
        m_keysNote->setText(errorText(job.error()));
        return;
    }
    (*job)->run(undoCommands());
    accept(); // the job's row tells how it goes
}

/// In a dialog of its own, with a preview.
void UndoArchivesDialog::undoSchema(const ArchiveEntry& entry)
{
    const auto passphrase = m_passphrases.find(entry.file);
    Q_EMIT schemaUndoWanted(entry.file, passphrase == m_passphrases.end() ? QByteArray() : passphrase->second);
    accept();
}

} // namespace keyglass::ui
