// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/previewpane.h"

#include "core/base/bytes.h"
#include "ui/bulk/jobwording.h"
#include "ui/bulk/keychoicemodel.h"
#include "ui/bulk/reasonwording.h"
#include "ui/common/barchart.h"
#include "ui/common/fonts.h"
#include "ui/common/texts.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

QStringList ttlNames()
{
    QStringList names;
    for (std::size_t bound = 0; bound < JobPreview::ttlBounds; ++bound) {
        names << ttlBoundText(bound);
    }
    return names;
}

} // namespace

PreviewPane::PreviewPane(QWidget* parent)
    : QWidget(parent)
    , m_facts(new QLabel(this))
    , m_look(new QPushButton(this))
    , m_chart(new BarChart(ttlNames(), this))
    , m_keys(new KeyChoiceModel(this))
    , m_tabs(new QTabWidget(this))
    , m_leftAlone(new QTableWidget(0, 2, this))
    , m_newNames(new QTableWidget(0, 2, this))
{
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    m_facts->setAccessibleName(tr("Preview"));
    m_look->setAutoDefault(false);
    m_look->setToolTip(tr("Asks for the type and the time to live of each key; nothing is changed."));
    connect(m_look, &QPushButton::clicked, this, &PreviewPane::lookClicked);
    m_chart->setAccessibleName(tr("Times to live"));
    m_chart->hide();
    auto* keys = new QListView(this);
    keys->setModel(m_keys);
    keys->setFont(keyFont());
    keys->setAccessibleName(tr("Some of the keys"));
    keys->setUniformItemSizes(true);
    m_leftAlone->setHorizontalHeaderLabels({tr("Key"), tr("Why")});
    m_leftAlone->setAccessibleName(tr("Keys left alone"));
    m_newNames->setHorizontalHeaderLabels({tr("Key"), tr("New name")});
    m_newNames->setAccessibleName(tr("New names"));
    for (QTableWidget* table : {m_leftAlone, m_newNames}) {
        table->verticalHeader()->hide();
        table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 6);
        table->setEditTriggers(QAbstractItemView::NoEditTriggers);
        table->setSelectionBehavior(QAbstractItemView::SelectRows);
        table->horizontalHeader()->setStretchLastSection(true);
    }
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(keys, tr("Keys"));
    m_tabs->addTab(m_leftAlone, QString());
    m_tabs->addTab(m_newNames, tr("New names"));
    m_tabs->setTabVisible(1, false);
    m_tabs->setTabVisible(2, false);
    auto* row = new QHBoxLayout;
    row->addWidget(m_facts, 1);
    row->addWidget(m_look, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(row);
    layout->addWidget(m_chart);
    layout->addWidget(m_tabs, 1);
    showLooking(false, true);
}

void PreviewPane::showKeys(const KeyChoice& keys, bool hasRoots)
{
    m_keys->setChoice(keys, hasRoots);
    m_tabs->setTabText(0, m_keys->total() > 0 ? tr("Keys (%1)").arg(numberText(m_keys->total())) : tr("Keys"));
}

void PreviewPane::showText(const QString& text)
{
    m_facts->setText(text);
    m_chart->hide();
    m_tabs->setTabVisible(1, false);
    m_tabs->setTabVisible(2, false);
}

void PreviewPane::showPreview(const QString& text, const JobPreview& preview)
{
    m_facts->setText(text);
    m_chart->showCounts({preview.ttls.begin(), preview.ttls.end()});
    m_chart->setVisible(preview.keys > 0 && preview.ttls.front() < preview.keys); // one bar says nothing new
    showSample(preview);
    showLeftAlone(preview);
    showNewNames(preview);
}

/// Where the list of the window has none of the keys, as of an import, some of those that were seen.
void PreviewPane::showSample(const JobPreview& preview)
{
    if (m_keys->total() > 0) {
        return;
    }
    std::vector<std::string> keys;
    keys.reserve(preview.samples.size());
    for (const JobPreview::Sample& each : preview.samples) {
        keys.push_back(each.key);
    }
    const std::size_t shown = keys.size();
    m_keys->setSample(std::move(keys));
    m_tabs->setTabText(0,
        shown < preview.keys ? tr("The first %1 keys").arg(numberText(shown)) : tr("Keys (%1)").arg(numberText(shown)));
}

/// Whether a rule makes of the names what was meant is seen by some of them.
void PreviewPane::showNewNames(const JobPreview& preview)
{
    m_newNames->setRowCount(0);
    for (const JobPreview::Sample& each : preview.samples) {
        if (!each.newName) {
            continue;
        }
        const int row = m_newNames->rowCount();
        m_newNames->insertRow(row);
        for (const auto& [column, name] : {std::pair(0, &each.key), std::pair(1, &*each.newName)}) {
            auto* item = new QTableWidgetItem(displayText(*name));
            item->setFont(keyFont());
            m_newNames->setItem(row, column, item);
        }
    }
    const bool hasAny = m_newNames->rowCount() > 0;
    m_tabs->setTabVisible(2, hasAny);
    if (hasAny) {
        m_newNames->resizeColumnToContents(0);
        m_tabs->setCurrentWidget(m_newNames);
    }
}

void PreviewPane::showLeftAlone(const JobPreview& preview)
{
    std::uint64_t all = preview.notUndoable;
    for (const auto& [why, keys] : preview.skipped) {
        all += keys;
    }
    m_tabs->setTabVisible(1, all > 0);
    m_tabs->setTabText(1, tr("Left alone (%1)").arg(numberText(all)));
    m_leftAlone->setRowCount(static_cast<int>(preview.leftAlone.size()));
    for (int row = 0; row < m_leftAlone->rowCount(); ++row) {
        const JobPreview::LeftAlone& key = preview.leftAlone[static_cast<std::size_t>(row)];
        auto* name = new QTableWidgetItem(displayText(key.key));
        name->setFont(keyFont());
        m_leftAlone->setItem(row, 0, name);
        m_leftAlone->setItem(row, 1, new QTableWidgetItem(reasonText(key.why)));
    }
    m_leftAlone->resizeColumnToContents(0);
}

void PreviewPane::showLooking(bool isLooking, bool mayLook)
{
    m_look->setText(isLooking ? tr("&Stop looking") : tr("&Look through the keys"));
    m_look->setEnabled(isLooking || mayLook);
}

} // namespace keyglass::ui
