// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/resultjobs.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/texts.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 300ms;
constexpr int whole = 1000;

} // namespace

ResultJobs::ResultJobs(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Jobs"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
}

QWidget* ResultJobs::addRow(QFutureWatcherBase& watcher, const QString& what, const std::stop_source& stop)
{
    auto* row = new QWidget(this);
    auto* bar = new QProgressBar(row);
    auto* text = new ElidedLabel(what, Qt::ElideMiddle, row);
    auto* cancel = new QPushButton(tr("Cancel"), row);
    bar->setAccessibleName(what);
    bar->setRange(0, whole);
    bar->setTextVisible(false);
    bar->setFixedSize(160, 8);
    auto* rowLayout = new QHBoxLayout(row);
    rowLayout->setContentsMargins(8, 2, 8, 2);
    rowLayout->setSpacing(8);
    rowLayout->addWidget(bar);
    rowLayout->addWidget(text, 1);
    rowLayout->addWidget(cancel);
    row->hide();
    layout()->addWidget(row);
    QTimer::singleShot(patience, row, &QWidget::show);
    connect(&watcher, &QFutureWatcherBase::progressValueChanged, row, [bar, text, what](int value) {
        bar->setValue(value);
        text->setText(tr("%1: %2").arg(what, percentText(static_cast<double>(value) / whole)));
    });
    connect(cancel, &QPushButton::clicked, row, [cancel, stop]() mutable {
        stop.request_stop();
        cancel->setEnabled(false);
    });
    return row;
}

void ResultJobs::removeRow(QWidget* row)
{
    row->hide();
    row->deleteLater();
}

} // namespace keyglass::ui
