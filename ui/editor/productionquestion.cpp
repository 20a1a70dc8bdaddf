// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/productionquestion.h"

#include "core/session/session.h"
#include "ui/editor/cellsaver.h"

#include <QInputDialog>

#include <utility>

namespace keyglass::ui {

void askProductionName(QObject* owner, QWidget* window, const Session& session, std::function<void(bool)> then)
{
    const QString name = session.profile().title();
    auto* dialog = new QInputDialog(window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(CellSaver::tr("Save in production"));
    dialog->setLabelText(CellSaver::tr("This is a production connection. Type its name, %1, to confirm.").arg(name));
    dialog->setOkButtonText(CellSaver::tr("Save"));
    QObject::connect(dialog, &QDialog::finished, owner, [dialog, name, then = std::move(then)](int result) {
        then(result == QDialog::Accepted && dialog->textValue() == name);
    });
    dialog->open();
}

} // namespace keyglass::ui
