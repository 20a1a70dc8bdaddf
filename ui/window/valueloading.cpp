// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/valueloading.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/edit/editedcell.h"
#include "core/edit/stringload.h"
#include "core/session/session.h"
#include "ui/common/filedrop.h"
#include "ui/common/onpool.h"
#include "ui/common/texts.h"
#include "ui/edit/dialogwords.h"
#include "ui/editor/cellsaver.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"
#include "ui/value/valuepane.h"
#include "ui/window/fileloading.h"
#include "ui/window/inlineedits.h"
#include "ui/window/seencell.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

/// What the editor takes, and what goes into an element, in one piece.
Result<std::shared_ptr<const std::string>> contentOf(const QString& path, ByteCount most)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    const QByteArray bytes = file.read(static_cast<qint64>(most.value) + 1);
    if (bytes.size() > static_cast<qint64>(most.value)) {
        return Error{ErrorKind::Limit, path,
            ValueLoading::tr("It is larger than %1, which is the most that can be loaded into an element.")
                .arg(sizeText(most))};
    }
    if (file.error() != QFileDevice::NoError) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    return std::make_shared<const std::string>(bytes.toStdString());
}

/// The string as far as it is shown.
StringLoad::Seen seenString(const ValuePane& pane)
{
    StringLoad::Seen seen{pane.head()->length, nullptr, {}};
    if (const ByteContent* content = pane.findChild<CellView*>()->content()) {
        seen.length = content->size() ? content->size() : seen.length;
        seen.beginning = content->beginning();
    }
    return seen;
}

bool isTooLongForEditor(const ShownCell& shown)
{
    return shown.size.value_or(UINT64_MAX) > longestEdited.value;
}

} // namespace

ValueLoading::ValueLoading(Session& session, InlineEdits& edits, QWidget* page)
    : QObject(page)
    , m_session(session)
    , m_edits(edits)
    , m_page(page)
    , m_saver(new CellSaver(session, page))
{
}

void ValueLoading::attach(ValuePane& pane)
{
    auto* drop = new FileDrop(&pane);
    connect(drop, &FileDrop::dropped, this, [this, &pane](const QString& path) { load(pane, path); });
    auto* running = new FileLoading(m_session);
    pane.addBelow(running);
    m_running.insert(&pane, running);
    connect(&pane, &QObject::destroyed, this, [this](QObject* gone) { m_running.remove(gone); });
    connect(running, &FileLoading::loaded, this, &ValueLoading::loaded);
    connect(running, &FileLoading::said, this, &ValueLoading::said);
    connect(running, &FileLoading::reloadWanted, &pane, &ValuePane::reload);
}

void ValueLoading::askFile(ValuePane& pane)
{
    auto* dialog = new QFileDialog(m_page->window(), tr("Load the value from a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(&pane, &QObject::destroyed, dialog, &QObject::deleteLater);
    connect(dialog, &QFileDialog::fileSelected, this, [this, &pane](const QString& path) { load(pane, path); });
    dialog->open();
}

void ValueLoading::load(ValuePane& pane, const QString& path)
{
    const auto shown = shownCell(pane);
    if (!shown) {
        warn(tr("Select first what the file is to replace."));
        return;
    }
    const QString why = m_edits.whyNotNow();
    if (!why.isEmpty() || (!shown->whyNot.isEmpty() && !isTooLongForEditor(*shown))) {
        warn(why.isEmpty() ? shown->whyNot : why);
        return;
    }
    const bool isString = shown->key.type == KeyType::String;
    const auto look = [path, isString]() -> Result<File> {
        const QFileInfo info(path);
        File file{path, ByteCount{static_cast<std::uint64_t>(std::max<qint64>(info.size(), 0))}, nullptr};
        if (isString && info.isReadable() && file.size > longestEdited) {
            return file;
        }
        auto bytes = contentOf(path, isString ? longestEdited : largestWholeValue);
        if (!bytes) {
            return std::move(bytes).error();
        }
        file.bytes = *std::move(bytes);
        file.size = ByteCount{file.bytes->size()};
        return file;
    };
    onPool<File>(&pane, look, [this, &pane](const Result<File>& file) {
        if (file) {
            take(pane, *file);
        } else {
            warn(errorText(file.error()));
        }
    });
}

void ValueLoading::take(ValuePane& pane, const File& file)
{
    const auto shown = shownCell(pane);
    if (shown && shown->whyNot.isEmpty() && file.bytes && file.size <= longestEdited) {
        m_edits.edit(pane, InlineEdits::Start{{}, InlineEdits::Of::Shown, file.bytes});
    } else {
        askReplacing(pane, file);
    }
}

/// No editor shows that much: what the file holds takes the place of the value as it is.
void ValueLoading::askReplacing(ValuePane& pane, const File& file)
{
    const auto shown = shownCell(pane);
    const bool isString = shown && shown->key.type == KeyType::String;
    if (!shown || (!file.bytes && !isString)) {
        return; // the user went on
    }
    const QString before = shown->size ? sizeText(ByteCount{*shown->size}) : tr("an unknown size");
    auto* box = new QMessageBox(QMessageBox::Question, tr("Load the value from a file"),
        tr("Replace %1 of %2 (%3) by the %4 of %5?")
            .arg(shown->title, displayText(m_session.nameOf(shown->key.key).key), before, sizeText(file.size),
                QFileInfo(file.path).fileName()),
        QMessageBox::Cancel, m_page->window());
    box->setInformativeText(tr("It is stored as it is, and its time to live stays. This can't be undone."));
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* button = box->addButton(tr("Replace"), QMessageBox::AcceptRole);
    if (isString) {
        const StringLoad what{shown->key.key, file.path, seenString(pane), shown->key.expiry};
        connect(button, &QPushButton::clicked, &pane, [this, &pane, what, size = file.size] {
            Q_EMIT begun(pane);
            m_running.value(&pane)->load(what, size);
        });
    } else {
        connect(
            button, &QPushButton::clicked, this, [this, shown = *shown, bytes = file.bytes] { replace(shown, bytes); });
    }
    connect(&pane, &QObject::destroyed, box, &QObject::deleteLater);
    box->open();
}

void ValueLoading::leave(QWidget& pane, std::function<void()> then)
{
    const FileLoading* running = m_running.value(&pane);
    if (running == nullptr || !running->isRunning()) {
        then();
        return;
    }
    auto* box = new QMessageBox(QMessageBox::Question, tr("Loading a file"),
        tr("A file is being loaded into %1. Closing its tab ends that, and %1 stays as it is.").arg(running->keyText()),
        QMessageBox::Cancel, m_page->window());
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Cancel);
    const auto* button = box->addButton(tr("Close the tab"), QMessageBox::AcceptRole);
    connect(button, &QPushButton::clicked, &pane, std::move(then));
    connect(&pane, &QObject::destroyed, box, &QObject::deleteLater);
    box->open();
}

void ValueLoading::replace(const ShownCell& shown, const Bytes& bytes)
{
    if (shown.isWhole) {
        send(shown, *bytes);
        return;
    }
    whenReady(
        this, m_session.loadValueSlice(contentRequest(shown)), [this, shown, bytes](const Result<std::string>& seen) {
            if (seen) {
                ShownCell whole = shown;
                whole.cell.seen = *seen;
                send(whole, *bytes);
            } else {
                warn(errorText(seen.error()));
            }
        });
}

void ValueLoading::send(const ShownCell& shown, std::string stored)
{
    const auto action = replacing(shown.cell, std::move(stored));
    if (!action) {
        warn(errorText(action.error()));
        return;
    }
    m_saver->send(editOf(shown.key, *action), [this](const KeyEdit& sent, const Result<EditOutcome>& outcome) {
        if (outcome && outcome->status == EditOutcome::Status::Done) {
            Q_EMIT edited(sent, *outcome);
        } else {
            warn(m_saver->words(sent, outcome));
        }
    });
}

} // namespace keyglass::ui
