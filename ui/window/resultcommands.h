// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/resultlibrary.h"
#include "ui/window/windowservices.h"

#include <QObject>

namespace keyglass::ui {

class MainWindow;
class SessionPage;

/// Says what the actions about sets of keys do: save what a list shows, list what was saved, write keys to files.
class ResultCommands : public QObject {
    Q_OBJECT

public:
    ResultCommands(MainWindow& window, WindowServices services);

private:
    void askSave(SessionPage& page);
    void showSets(SessionPage& page);
    void open(SessionPage& page, const ResultSetInfo& set);
    void askExport(SessionPage& page);
    void askExportOf(SessionPage& page, const ResultSetInfo& set);
    void exported(SessionPage& page, const Status& status, const QString& path);
    [[nodiscard]] ByteCount mostMemory() const;
    [[nodiscard]] QString exportFolder() const;

    MainWindow& m_window;
    WindowServices m_services;
    QString m_lastFolder; ///< Where keys were written to last.
};

} // namespace keyglass::ui
