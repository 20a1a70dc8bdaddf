// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/arrows.h"

#include <QFileInfo>
#include <QLibraryInfo>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace keyglass::test {

using namespace Qt::StringLiterals;

namespace {

/// What a lane is spoken to with, and what it answers: no sockets in there.
const QStringList laneWords{u"core/net/command.h"_s, u"core/net/reply.h"_s};

/// Transactions on a table's keys run on the same lanes as those on a single key, and its CSV is that of values.
const QStringList laneWordsAndPlaces = laneWords + QStringList{u"core/edit/editlanes.h"_s, u"core/value/csvtext.h"_s};

/// What a view may show: values, snapshots and the questions asked of them. Never a socket, a lane or an engine.
const QStringList shown{
    u"core/base/bytes.h"_s,
    u"core/base/clock.h"_s,
    u"core/base/environment.h"_s,
    u"core/base/error.h"_s,
    u"core/base/errortext.h"_s,
    u"core/base/externalcommand.h"_s,
    u"core/base/jsontext.h"_s,
    u"core/base/loglevel.h"_s,
    u"core/base/redact.h"_s,
    u"core/base/result.h"_s,
    u"core/columns/columnorder.h"_s,
    u"core/columns/rowset.h"_s,
    u"core/columns/sortcolumn.h"_s,
    u"core/columns/tablerows.h"_s,
    u"core/console/consoleanswer.h"_s,
    u"core/console/replytext.h"_s,
    u"core/edit/keyedit.h"_s,
    u"core/index/folderrange.h"_s,
    u"core/index/keyfilter.h"_s,
    u"core/index/keyrange.h"_s,
    u"core/index/keyroot.h"_s,
    u"core/index/keyselection.h"_s,
    u"core/index/snapshot.h"_s,
    u"core/index/treerows.h"_s,
    u"core/profile/credentials.h"_s,
    u"core/profile/decoderrule.h"_s,
    u"core/profile/profile.h"_s,
    u"core/profile/settings.h"_s,
    u"core/profile/uri.h"_s,
    u"core/results/keychoice.h"_s,
    u"core/results/keyexport.h"_s,
    u"core/results/resultset.h"_s,
    u"core/scan/keypattern.h"_s,
    u"core/scan/scanreport.h"_s,
    u"core/scan/scanrequest.h"_s,
    u"core/session/keynews.h"_s,
    u"core/session/resultlibrary.h"_s,
    u"core/session/session.h"_s,
    u"core/session/tablekeys.h"_s,
    u"core/session/valuecopy.h"_s,
    u"core/session/worktasks.h"_s,
    u"core/source/redis/serverfacts.h"_s,
    u"core/value/jsonparts.h"_s,
    u"core/value/keydetails.h"_s,
    u"core/value/pagejump.h"_s,
    u"core/value/servermodules.h"_s,
    u"core/value/streamgroups.h"_s,
    u"core/value/streamid.h"_s,
    u"core/value/streamrange.h"_s,
    u"core/value/valuepage.h"_s,
    u"core/value/valuesight.h"_s,
};

/// For what the desktop tells of itself: light or dark, and its changes.
const QStringList shownAndDesktop = shown + QStringList{u"core/profile/sessionbus.h"_s};

/// What is typed and not saved yet: its forms, its drafts, and how it is merged.
const QStringList shownAndEdited = shown
    + QStringList{u"core/edit/batchedit.h"_s, u"core/edit/draftkeeper.h"_s, u"core/edit/draftstore.h"_s,
        u"core/edit/editcoding.h"_s, u"core/edit/editedcell.h"_s, u"core/edit/editform.h"_s, u"core/edit/textmerge.h"_s,
        u"core/edit/uncompared.h"_s, u"core/value/formatters/decoderstack.h"_s};

/// What is done to several rows of a value at once, and drafts of what is typed for new ones.
const QStringList shownAndBatched = shown
    + QStringList{u"core/edit/batchedit.h"_s, u"core/edit/draftkeeper.h"_s, u"core/edit/draftstore.h"_s,
        u"core/edit/uncompared.h"_s};

/// Jobs: their plans, how they go, and what brings keys back.
const QStringList planned{u"core/session/jobhistory.h"_s, u"core/session/jobtarget.h"_s, u"core/session/planfile.h"_s};
const QStringList shownAndPlanned = shown + planned
    + QStringList{u"core/bulk/archiveentry.h"_s, u"core/bulk/jobestimate.h"_s, u"core/bulk/joboperation.h"_s,
        u"core/bulk/jobplan.h"_s, u"core/bulk/undorecord.h"_s, u"core/session/bulkjob.h"_s,
        u"core/session/keptreports.h"_s, u"core/session/undolibrary.h"_s, u"core/table/schemachange.h"_s};

/// Tables' schemas: their changes, how these would go and how they went.
const QStringList shownAndSchemas = shown
    + QStringList{u"core/session/schemasession.h"_s, u"core/table/schemachange.h"_s, u"core/table/schemareport.h"_s,
        u"core/table/tablecheck.h"_s, u"core/table/undopreview.h"_s};

/// Tables: their schemas and rows, and what can be asked and done about them.
const QStringList shownAndTabled = shown
    + QStringList{u"core/session/tablequery.h"_s, u"core/session/tablesession.h"_s, u"core/table/columntype.h"_s,
        u"core/table/condition.h"_s, u"core/table/indexadvice.h"_s, u"core/table/modulefacts.h"_s,
        u"core/table/roweditor.h"_s, u"core/table/rowquery.h"_s, u"core/table/rowtext.h"_s, u"core/table/tablelist.h"_s,
        u"core/table/tablename.h"_s, u"core/table/tablerow.h"_s, u"core/table/tableschema.h"_s};

/// Where connections are kept, for the folders in which they are edited and opened.
const QStringList kept{u"core/profile/profilestore.h"_s, u"core/profile/secrets.h"_s};
const QStringList shownAndKept = shown + kept;

const QString base = u"core/base"_s;
const QString net = u"core/net"_s;
const QString source = u"core/source"_s;
const QString scan = u"core/scan"_s;
const QString index = u"core/index"_s;
const QString results = u"core/results"_s;
const QString value = u"core/value"_s;
const QString edit = u"core/edit"_s;
const QString console = u"core/console"_s;
const QString bulk = u"core/bulk"_s;
const QString transfer = u"core/transfer"_s;
const QString columns = u"core/columns"_s;
const QString tables = u"core/table"_s;
const QString profile = u"core/profile"_s;
const QString demo = u"core/demo"_s;
const QString session = u"core/session"_s;
const QString common = u"ui/common"_s;
const QString formatters = u"core/value/formatters"_s;

const QStringList qtCore{u"QtCore"_s};
const QStringList qtNetwork{u"QtCore"_s, u"QtNetwork"_s};
const QStringList qtDBus{u"QtCore"_s, u"QtDBus"_s};

const std::array table{
    // clang-format off
    Room {base,           {},                                                        {},           qtCore,    false},
    Room {net,            {base},                                                    {},           qtNetwork, false},
    Room {source,         {base, net},                                               {},           qtCore,    false},
    Room {scan,           {base, source},                                            laneWords,    qtCore,    false},
    Room {index,          {base},                                                    {},           qtCore,    false},
    Room {results,        {base, index},                                             {},           qtCore,    false},
    Room {value,          {base, source},                                            laneWords,    qtCore,    false},
    Room {edit,           {base, source, value},                                     laneWords,    qtCore,    false},
    Room {console,        {base, source},                                            laneWords,    qtCore,    false},
    Room {bulk,           {base, source, index, results, console},                   laneWords,    qtCore,    false},
    Room {transfer,       {base, source, value, console, bulk},                      laneWords,    qtCore,    false},
    Room {columns,        {base, source, index, results, value, bulk},               laneWords,    qtCore,    false},
    Room {tables,         {base, source, index, bulk},                               laneWordsAndPlaces, qtCore, false},
    Room {profile,        {base},                                                    {},           qtDBus,    true},
    Room {demo,           {base, net, source, profile},                              {},           qtCore,    true},
    Room {session,        {base, net, source, scan, index, results, value, edit, console, bulk, transfer, columns, tables, profile,
                           demo},                                                    {},           qtCore,    true},
    Room {common,         {},                                                        shownAndDesktop, {},     true},
    Room {u"ui/console"_s,{common},                                                  shown,        {},        true},
    Room {u"ui/tree"_s,   {common},                                                  shown,        {},        true},
    Room {u"ui/keytable"_s,{common, u"ui/tree"_s},                                   shown,        {},        true},
    Room {u"ui/value"_s,  {common, formatters},                                      shown,        {},        true},
    Room {u"ui/live"_s,   {common, u"ui/value"_s, formatters},                       shown,        {},        true},
    Room {u"ui/stream"_s, {common, u"ui/edit"_s, u"ui/value"_s},                     shown,        {},        true},
    Room {u"ui/table"_s,  {common, u"ui/edit"_s},                                    shownAndTabled, {},      true},
    Room {u"ui/edit"_s,   {common},                                                  shownAndBatched, {},     true},
    Room {u"ui/editor"_s, {common, u"ui/edit"_s},                                    shownAndEdited, {},      true},
    Room {u"ui/schema"_s, {common},                                                  shownAndSchemas, {},     true},
    Room {u"ui/bulk"_s,   {common},                                                  shownAndPlanned, {},     true},
    Room {u"ui/profile"_s,{common},                                                  shownAndKept, {},        true},
    Room {u"ui/window"_s, {common, u"ui/console"_s, u"ui/tree"_s, u"ui/keytable"_s, u"ui/value"_s, u"ui/bulk"_s, u"ui/edit"_s,
                           u"ui/editor"_s, u"ui/live"_s, u"ui/stream"_s, u"ui/schema"_s, u"ui/table"_s,
                           u"ui/profile"_s},  shownAndEdited + kept + planned, {},  true},
    Room {u"app"_s,       {u"core"_s, u"ui"_s},                                      {},           {},        true},
    // clang-format on
};

/// What stands nowhere in the program, and why.
struct Banned {
    QRegularExpression words;
    QString why;
};
const std::array banned{
    Banned{QRegularExpression(u"\\bprocessEvents\\s*\\("_s),
        u"a nested event loop lets anything happen in the middle of anything"_s},
    Banned{QRegularExpression(u"\\bBlockingQueuedConnection\\b"_s),
        u"one thread waiting for another is how both stand still"_s},
    Banned{QRegularExpression(u"\\.detach\\s*\\(\\s*\\)"_s), u"a thread is joined by its owner"_s},
};

bool stands(const QString& path, const QString& folder)
{
    return path.startsWith(folder + u'/');
}

QString objectionToOurs(const Room& room, const QString& header)
{
    if (!stands(header, u"core"_s) && !stands(header, u"ui"_s) && !stands(header, u"app"_s)) {
        return header.endsWith(u".moc"_s) ? QString() : u"\"%1\" is not written from the root"_s.arg(header);
    }
    const auto holds = [&header](const QString& folder) { return stands(header, folder); };
    if (holds(room.folder) || room.headers.contains(header)
        || std::any_of(room.rooms.begin(), room.rooms.end(), holds)) {
        return {};
    }
    return u"%1 may not know %2"_s.arg(room.folder, header);
}

bool isOfModule(const QString& header, const QString& module)
{
    static const QString headers = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    return QFileInfo::exists(headers + u'/' + module + u'/' + header);
}

QString objectionToQt(const Room& room, const QString& header)
{
    static const QRegularExpression moduleHeader(u"^Qt(Core|Gui|Widgets|Network|DBus|Svg|Test|PrintSupport)(/|$)"_s);
    if (moduleHeader.match(header).hasMatch()) {
        return u"<%1> is a whole module, or names one: include the single header"_s.arg(header);
    }
    const auto isThere = [&header](const QString& module) { return isOfModule(header, module); };
    if (room.qt.isEmpty() || std::any_of(room.qt.begin(), room.qt.end(), isThere)) {
        return {};
    }
    return u"%1 may not know <%2>; of Qt only %3"_s.arg(room.folder, header, room.qt.join(u", "_s));
}

QString objectionToInclude(const Room& room, const QString& line)
{
    static const QRegularExpression include(u"^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"_s);
    const auto found = include.match(line);
    if (!found.hasMatch()) {
        return {};
    }
    const QString header = found.captured(2);
    if (found.captured(1) == u"\""_s) {
        return objectionToOurs(room, header);
    }
    return header.startsWith(u'Q') ? objectionToQt(room, header) : QString();
}

} // namespace

std::optional<Room> roomOf(const QString& file)
{
    for (const Room& room : table) {
        if (stands(file, room.folder)) {
            return room;
        }
    }
    return std::nullopt;
}

QString objection(const QString& file, const QString& line)
{
    const auto room = roomOf(file);
    if (!room) {
        return u"its folder has no row in the table of arrows"_s;
    }
    static const QRegularExpression qObject(u"^\\s*Q_(OBJECT|GADGET)\\b"_s);
    if (!room->hasQObjects && qObject.match(line).hasMatch()) {
        return u"%1 is made of plain classes: Qt's signals start in core/session"_s.arg(room->folder);
    }
    for (const Banned& words : banned) {
        if (line.contains(words.words)) {
            return words.why;
        }
    }
    return objectionToInclude(*room, line);
}

} // namespace keyglass::test
