// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/archivessearch.h"

#include "ui/common/whenready.h"

namespace keyglass::ui {

ArchivesSearch::ArchivesSearch(UndoLibrary& library, QObject* parent)
    : QObject(parent)
    , m_library(library)
{
}

void ArchivesSearch::start(std::vector<Place> places, std::string text)
{
    stop();
    m_places = std::move(places);
    m_text = std::move(text);
    lookOn();
}

void ArchivesSearch::stop()
{
    m_looking.request_stop();
    ++m_number;
    m_places.clear();
    m_next = 0;
}

void ArchivesSearch::lookOn()
{
    if (!isRunning()) {
        Q_EMIT ended();
        return;
    }
    const Place& place = m_places[m_next];
    ArchiveSearch wanted;
    wanted.text = m_text;
    wanted.most = 1; // only their number
    auto work = m_library.find(place.file, place.passphrase, wanted);
    m_looking = work.stop;
    whenReady(this, work.answer, [this, number = m_number, file = place.file](const Result<ArchivedKeys>& keys) {
        if (number != m_number) {
            return;
        }
        ++m_next;
        if (keys) {
            Q_EMIT looked(file, keys->found);
        } else {
            Q_EMIT unreadable(file);
        }
        lookOn();
    });
}

} // namespace keyglass::ui
