// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/databasebox.h"

#include "ui/common/whenready.h"
#include "ui/window/wording.h"

#include <QSignalBlocker>

namespace keyglass::ui {

namespace {

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
    connect(this, &QComboBox::activated, this, [this](int row) { m_session.selectDatabase(itemData(row).toInt()); });
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
    const QSignalBlocker quiet(this);
    const bool sameRows = count() == static_cast<int>(databases.size());
    if (!sameRows) {
        clear();
    }
    for (int row = 0; row < static_cast<int>(databases.size()); ++row) {
        const DatabaseKeys& database = databases[static_cast<std::size_t>(row)];
        if (!sameRows) {
            addItem({});
        }
        setItemText(row, databaseText(database));
        setItemData(row, database.number);
    }
    showCurrent();
}

void DatabaseBox::showCurrent()
{
    const QSignalBlocker quiet(this);
    int row = findData(m_session.database());
    if (row < 0) {
        addItem(databaseText({m_session.database(), {}, {}}), m_session.database());
        row = count() - 1;
    }
    setCurrentIndex(row);
}

} // namespace keyglass::ui
