// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/startpage.h"

#include "core/profile/profilestore.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/profile/profilelist.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int columnWidth = 560;

} // namespace

StartPage::StartPage(const ProfileStore& profiles, QWidget* parent)
    : QWidget(parent)
    , m_profiles(profiles)
    , m_model(new ProfileList(this))
    , m_list(new QListView(this))
    , m_subtitle(new QLabel(tr("A window onto the keys of Redis and Valkey servers"), this))
    , m_empty(new QLabel(this))
    , m_new(new QPushButton(icon(u"add"_s), tr("&New connection"), this))
    , m_demo(new QPushButton(icon(u"demo"_s), tr("&Try the demo"), this))
    , m_menu(new QMenu(this))
{
    buildColumn();
    buildList();
    buildEmpty();
    buildMenu();
    colorTexts();
    connect(m_new, &QPushButton::clicked, this, &StartPage::newRequested);
    connect(m_demo, &QPushButton::clicked, this, &StartPage::demoRequested);
    refresh();
}

void StartPage::buildColumn()
{
    auto* column = new QVBoxLayout;
    column->setSpacing(16);
    column->addWidget(buildHead());
    column->addWidget(m_list, 1);
    column->addWidget(m_empty);
    column->addWidget(buildButtons());
    column->addStretch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(24, 32, 24, 24);
    layout->addStretch(1);
    auto* frame = new QWidget(this);
    frame->setMaximumWidth(columnWidth);
    frame->setMinimumWidth(300);
    frame->setLayout(column);
    column->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(frame, 1000);
    layout->addStretch(1);
}

QWidget* StartPage::buildHead()
{
    auto* head = new QWidget(this);
    auto* picture = new QLabel(head);
    picture->setPixmap(applicationIcon().pixmap(QSize(48, 48), devicePixelRatioF()));
    auto* title = new QLabel(u"Keyglass"_s, head);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    title->setFont(large);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(title);
    texts->addWidget(m_subtitle);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(picture);
    row->addLayout(texts, 1);
    return head;
}

QWidget* StartPage::buildButtons()
{
    auto* buttons = new QWidget(this);
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_new);
    row->addWidget(m_demo);
    row->addStretch();
    m_demo->setToolTip(tr("A private server with the keys of a shop, started here and removed with the program"));
    return buttons;
}

void StartPage::buildList()
{
    m_list->setAccessibleName(tr("Connections"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ProfileDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT openRequested(m_model->at(index.row())); });
    connect(m_list, &QWidget::customContextMenuRequested, this, &StartPage::showMenu);
}

void StartPage::buildEmpty()
{
    m_empty->setText(
        tr("No connections yet. A new one takes an address; a URI such as redis://host:6379 can be pasted whole.\n\n"
           "To look around first, try the demo: a private server with the keys of a shop, on this machine only, "
           "gone when the program ends."));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
}

void StartPage::buildMenu()
{
    const auto add = [this](const QString& text, const QKeySequence& shortcut, auto wanted) {
        auto* action = new QAction(text, m_list);
        action->setShortcut(shortcut);
        action->setShortcutContext(Qt::WidgetShortcut);
        m_list->addAction(action);
        m_menu->addAction(action);
        connect(action, &QAction::triggered, this, [this, wanted] {
            if (const auto profile = chosen()) {
                wanted(*profile);
            }
        });
    };
    add(tr("&Connect"), {}, [this](const Profile& profile) { Q_EMIT openRequested(profile); });
    add(tr("&Edit…"), Qt::Key_F2, [this](const Profile& profile) { Q_EMIT editRequested(profile); });
    add(tr("D&uplicate"), QKeySequence(Qt::CTRL | Qt::Key_D),
        [this](const Profile& profile) { Q_EMIT duplicateRequested(profile); });
    m_menu->addSeparator();
    add(tr("&Delete…"), QKeySequence::Delete, [this](const Profile& profile) { askToRemove(profile); });
}

void StartPage::refresh()
{
    const auto before = chosen();
    m_model->read(m_profiles);
    const int row = before ? m_model->rowOf(before->id) : -1;
    m_list->setCurrentIndex(m_model->index(std::max(row, 0)));
    const bool empty = m_model->rowCount() == 0;
    m_list->setVisible(!empty);
    m_empty->setVisible(empty);
    m_new->setDefault(empty);
}

void StartPage::setDemoStarting(bool starting)
{
    m_demo->setEnabled(!starting);
    m_demo->setText(starting ? tr("Starting the demo…") : tr("&Try the demo"));
}

std::optional<Profile> StartPage::chosen() const
{
    const QModelIndex current = m_list->currentIndex();
    return current.isValid() ? std::optional(m_model->at(current.row())) : std::nullopt;
}

void StartPage::askToRemove(const Profile& profile)
{
    auto* question = new QMessageBox(QMessageBox::NoIcon, tr("Delete connection"),
        tr("Delete the connection “%1”?").arg(profile.title()), QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setIconPixmap(icon(u"delete"_s).pixmap(QSize(32, 32), devicePixelRatioF()));
    question->setInformativeText(
        tr("Its password is taken out of the keychain too. The server and its keys are not touched."));
    QPushButton* yes = question->addButton(tr("Delete connection"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(yes, &QPushButton::clicked, this, [this, profile] { Q_EMIT removeRequested(profile); });
    question->open();
}

void StartPage::showMenu(const QPoint& at)
{
    if (m_list->indexAt(at).isValid()) {
        m_menu->popup(m_list->viewport()->mapToGlobal(at));
    }
}

void StartPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        colorTexts();
    }
}

void StartPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_model->rowCount() > 0) {
        m_list->setFocus();
    } else {
        m_new->setFocus();
    }
}

void StartPage::colorTexts()
{
    QPalette dimmed = palette();
    dimmed.setColor(QPalette::WindowText, toneColor(Tone::Dimmed, dimmed));
    m_subtitle->setPalette(dimmed);
    m_empty->setPalette(dimmed);
}

} // namespace keyglass::ui
