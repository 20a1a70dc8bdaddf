// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/undolibrary.h"

#include <QObject>

#include <cstdint>
#include <string>
#include <vector>

namespace keyglass::ui {

/// Looks for keys in one undo archive after the other, each of which is read as a whole. Lives on the GUI thread.
class ArchivesSearch : public QObject {
    Q_OBJECT

public:
    struct Place {
        QString file;
        QByteArray passphrase; ///< Empty where it is not sealed.
    };

    /// `library` must outlive it.
    explicit ArchivesSearch(UndoLibrary& library, QObject* parent = nullptr);

    /// In this order; what was looked for before is dropped.
    void start(std::vector<Place> places, std::string text);
    /// Without ended().
    void stop();
    [[nodiscard]] bool isRunning() const { return m_next < m_places.size(); }

Q_SIGNALS:
    /// So many keys of the archive have the text in their names.
    void looked(const QString& file, quint64 keys);
    void unreadable(const QString& file);
    void ended();

private:
    void lookOn();

    UndoLibrary& m_library;
    std::vector<Place> m_places;
    std::string m_text;
    std::size_t m_next = 0;
    std::uint64_t m_number = 0; ///< Late answers are dropped by it.
    std::stop_source m_looking{std::nostopstate};
};

} // namespace keyglass::ui
