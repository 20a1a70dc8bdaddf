// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/valueloading.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/edit/editedcell.h"
#include "core/session/session.h"
#include "ui/common/filedrop.h"
#include "ui/common/onpool.h"
#include "ui/common/texts.h"
#include "ui/edit/dialogwords.h"
#include "ui/editor/cellsaver.h"
#include "ui/value/valuepane.h"
#include "ui/window/inlineedits.h"
#include "ui/window/seencell.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace keyglass::ui {

namespace {

Result<std::string> contentOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    const auto most = static_cast<qint64>(largestWholeValue.value);
    const QByteArray bytes = file.read(most + 1);
    if (bytes.size() > most) {
        return Error{ErrorKind::Limit, path,
            ValueLoading::tr("It is larger than %1, which is the most that can be loaded as a value.")
                .arg(sizeText(largestWholeValue))};
    }
    if (file.error() != QFileDevice::NoError) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    return bytes.toStdString();
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
    onPool<std::string>(
        &pane, [path] { return contentOf(path); },
        [this, &pane, path](const Result<std::string>& bytes) {
            if (bytes) {
                take(pane, path, std::make_shared<const std::string>(*bytes));
            } else {
                warn(errorText(bytes.error()));
            }
        });
}

void ValueLoading::take(ValuePane& pane, const QString& path, const Bytes& bytes)
{
    const auto shown = shownCell(pane);
    if (shown && shown->whyNot.isEmpty() && bytes->size() <= longestEdited.value) {
        m_edits.edit(pane, InlineEdits::Start{{}, InlineEdits::Of::Shown, bytes});
    } else {
        askReplacing(pane, path, bytes);
    }
}

/// No editor shows that much: what the file holds takes the place of the value as it is.
void ValueLoading::askReplacing(ValuePane& pane, const QString& path, const Bytes& bytes)
{
    const auto shown = shownCell(pane);
    if (!shown) {
        return; // the user went on
    }
    const QString before = shown->size ? sizeText(ByteCount{*shown->size}) : tr("an unknown size");
    auto* box = new QMessageBox(QMessageBox::Question, tr("Load the value from a file"),
        tr("Replace %1 of %2 (%3) by the %4 of %5?")
            .arg(shown->title, displayText(m_session.nameOf(shown->key.key).key), before,
                sizeText(ByteCount{bytes->size()}), QFileInfo(path).fileName()),
        QMessageBox::Cancel, m_page->window());
    box->setInformativeText(tr("It is stored as it is, and its time to live stays. This can't be undone."));
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box->addButton(tr("Replace"), QMessageBox::AcceptRole), &QPushButton::clicked, this,
        [this, shown = *shown, bytes] { replace(shown, bytes); });
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
