// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/databasebox.h"

#include "ui/common/whenready.h"
#include "ui/window/databasesdialog.h"
#include "ui/window/wording.h"

#include <QSignalBlocker>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int askSeveralRow = -1; // data of rows that are no database
constexpr int severalRow = -2;

QString databaseText(const DatabaseKeys& database)
{
    const QString name = DatabaseBox::tr("db %1").arg(database.number);
    return database.keys ? DatabaseBox::tr("%1 · %2").arg(name, keysText(*database.keys)) : name;
}

} // namespace

DatabaseBox::DatabaseBox(Session& session, QWidget* parent)
    : QComboBox(parent)
    , m_session(session)
{
    setAccessibleName(tr("Database"));
    setToolTip(tr("Database and its number of keys"));
    setMaxVisibleItems(20);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(16);
    connect(this, &QComboBox::activated, this, &DatabaseBox::choose);
    connect(&session, &Session::databaseChanged, this, [this] {
        showCurrent();
        load();
    });
    connect(&session, &Session::stateChanged, this, [this](SessionState state) {
        setEnabled(state == SessionState::Connected);
        if (state == SessionState::Connected) {
            load();
        }
    });
    connect(&session, &Session::scanStateChanged, this, [this](ScanState state) {
        if (state == ScanState::Ended) {
            load();
        }
    });
    setEnabled(session.state() == SessionState::Connected);
    showCurrent();
    if (session.state() == SessionState::Connected) {
        load();
    }
}

void DatabaseBox::choose(int row)
{
    const int database = itemData(row).toInt();
    if (database == askSeveralRow) {
        showCurrent(); // nothing is chosen yet
        askSeveral();
    } else if (database != severalRow) {
        m_session.selectDatabase(database);
    }
}

void DatabaseBox::askSeveral()
{
    auto* dialog = new DatabasesDialog(m_known, m_session.databases(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_session.selectDatabases(dialog->chosen()); });
    dialog->open();
}

void DatabaseBox::showPopup()
{
    load(); // the counts come in while the list is open
    QComboBox::showPopup();
}

void DatabaseBox::load()
{
    if (m_loading || m_session.state() != SessionState::Connected) {
        return;
    }
    m_loading = true;
    const auto answer = m_session.loadDatabases();
    whenReady(this, answer, [this](const Result<std::vector<DatabaseKeys>>& databases) {
        m_loading = false;
        if (databases) {
            fill(*databases);
        }
    });
}

void DatabaseBox::fill(const std::vector<DatabaseKeys>& databases)
{
    m_known = databases;
    const QSignalBlocker quiet(this);
    const int rows = static_cast<int>(databases.size());
    const bool offersSeveral = rows > 1;
    const bool sameRows = findData(askSeveralRow) == (offersSeveral ? rows : -1) && count() >= rows;
    if (!sameRows) {
        clear();
    }
    for (int row = 0; row < rows; ++row) {
        const DatabaseKeys& database = databases[static_cast<std::size_t>(row)];
        if (!sameRows) {
            addItem({});
        }
        setItemText(row, databaseText(database));
        setItemData(row, database.number);
    }
    if (!sameRows && offersSeveral) {
        addItem(tr("Several databases…"), askSeveralRow);
    }
    showCurrent();
}

/// What is open; several databases are a row of their own at the end, there while they are open.
void DatabaseBox::showCurrent()
{
    const QSignalBlocker quiet(this);
    int row = findData(severalRow);
    if (!m_session.hasSeveralDatabases()) {
        if (row >= 0) {
            removeItem(row);
        }
        row = findData(m_session.database());
        if (row < 0) {
            insertItem(0, databaseText({m_session.database(), {}, {}}), m_session.database());
            row = 0;
        }
    } else {
        if (row < 0) {
            addItem({}, severalRow);
            row = count() - 1;
        }
        setItemText(row, severalText());
    }
    setCurrentIndex(row);
}

QString DatabaseBox::severalText() const
{
    std::uint64_t keys = 0;
    bool isKnown = true;
    for (const int number : m_session.databases()) {
        const auto known = std::find_if(m_known.begin(), m_known.end(),
            [number](const DatabaseKeys& database) { return database.number == number; });
        isKnown = isKnown && known != m_known.end() && known->keys;
        keys += isKnown ? *known->keys : 0;
    }
    const QString names = databasesText(m_session.databases());
    return isKnown ? tr("%1 · %2").arg(names, keysText(keys)) : names;
}

} // namespace keyglass::ui
