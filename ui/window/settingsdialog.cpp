// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/settingsdialog.h"

#include "core/profile/settings.h"
#include "ui/common/scrollpane.h"
#include "ui/window/externaldialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

QFormLayout* addGroup(QVBoxLayout* layout, const QString& title, QWidget* parent)
{
    auto* group = new QGroupBox(title, parent);
    layout->addWidget(group);
    return new QFormLayout(group);
}

} // namespace

SettingsDialog::SettingsDialog(Settings& settings, QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
{
    setWindowTitle(tr("Settings"));
    auto* layout = new QVBoxLayout(this);
    auto* pane = new ScrollPane(this);
    layout->addWidget(pane, 1);
    addKeys(addGroup(pane->column(), tr("Keys"), this));
    addLook(addGroup(pane->column(), tr("Look"), this));
    addConfirmations(addGroup(pane->column(), tr("Ask before"), this));
    addDecoders(addGroup(pane->column(), tr("Decoders"), this));
    addArchives(addGroup(pane->column(), tr("Undo archives"), this));
    pane->column()->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    resize(sizeHint().boundedTo(roomOnScreen(*this)));
}

void SettingsDialog::addKeys(QFormLayout* form)
{
    auto* separator = new QLineEdit(m_settings.separator(), this);
    separator->setAccessibleName(tr("Separator"));
    separator->setPlaceholderText(tr("none: a flat list"));
    separator->setToolTip(tr("What parts folders in a key's name: one or several characters"));
    connect(separator, &QLineEdit::textChanged, this, [this](const QString& text) { m_settings.setSeparator(text); });
    form->addRow(tr("&Separator"), separator);
    auto* pace = new QComboBox(this);
    pace->setAccessibleName(tr("Scan pace"));
    pace->addItem(tr("Gentle: the server hardly notices"), static_cast<int>(ScanPace::Gentle));
    pace->addItem(tr("Balanced"), static_cast<int>(ScanPace::Balanced));
    pace->addItem(tr("Full: as fast as the server answers"), static_cast<int>(ScanPace::Full));
    pace->setCurrentIndex(pace->findData(static_cast<int>(m_settings.pace())));
    connect(pace, &QComboBox::activated, this,
        [this, pace] { m_settings.setPace(static_cast<ScanPace>(pace->currentData().toInt())); });
    form->addRow(tr("Scan &pace"), pace);
    auto* memory = new QSpinBox(this);
    memory->setAccessibleName(tr("Memory for keys"));
    memory->setRange(Settings::smallestMemoryCap, Settings::largestMemoryCap);
    memory->setSuffix(tr(" % of this computer's"));
    memory->setToolTip(tr("A scan pauses, and says so, when the loaded keys take more"));
    memory->setValue(m_settings.memoryCap());
    connect(memory, &QSpinBox::valueChanged, this, [this](int percent) { m_settings.setMemoryCap(percent); });
    form->addRow(tr("M&emory for keys"), memory);
    addCheck(form, tr("Show the &memory column"), m_settings.showsMemory(),
        [this](bool on) { m_settings.setShowsMemory(on); });
    addCheck(form, tr("&Natural order: user:2 before user:10"), m_settings.naturalOrder(),
        [this](bool on) { m_settings.setNaturalOrder(on); });
    addCheck(form, tr("Show a &folder of one key as that key"), m_settings.foldsSingleKeys(),
        [this](bool on) { m_settings.setFoldsSingleKeys(on); });
}

void SettingsDialog::addLook(QFormLayout* form)
{
    auto* theme = new QComboBox(this);
    theme->setAccessibleName(tr("Theme"));
    theme->addItem(tr("As the system has it"), static_cast<int>(ThemeChoice::System));
    theme->addItem(tr("Light"), static_cast<int>(ThemeChoice::Light));
    theme->addItem(tr("Dark"), static_cast<int>(ThemeChoice::Dark));
    theme->setCurrentIndex(theme->findData(static_cast<int>(m_settings.theme())));
    connect(theme, &QComboBox::activated, this,
        [this, theme] { m_settings.setTheme(static_cast<ThemeChoice>(theme->currentData().toInt())); });
    form->addRow(tr("&Theme"), theme);
    auto* size = new QSpinBox(this);
    size->setAccessibleName(tr("Font size"));
    size->setRange(Settings::smallestFont - 1, Settings::largestFont);
    size->setSpecialValueText(tr("as the system has it"));
    size->setSuffix(tr(" pt"));
    size->setValue(m_settings.fontSize().value_or(Settings::smallestFont - 1));
    connect(size, &QSpinBox::valueChanged, this, [this](int points) {
        m_settings.setFontSize(points < Settings::smallestFont ? std::nullopt : std::optional(points));
    });
    form->addRow(tr("Font si&ze"), size);
}

void SettingsDialog::addConfirmations(QFormLayout* form)
{
    const auto add = [&](const QString& text, Question which) {
        addCheck(form, text, m_settings.asks(which), [this, which](bool on) { m_settings.setAsks(which, on); });
    };
    add(tr("&Closing while work is running"), Question::CloseWithRunningWork);
    add(tr("&Loading the whole of a large value"), Question::LoadLargeValue);
}

void SettingsDialog::addDecoders(QFormLayout* form)
{
    addCheck(form, tr("Allow programs of yours to &decode values"), m_settings.allowsExternalDecoders(),
        [this](bool on) { m_settings.setAllowsExternalDecoders(on); });
    auto* programs = new QPushButton(tr("Pro&grams…"), this);
    programs->setAccessibleName(tr("Programs"));
    programs->setAutoDefault(false);
    connect(programs, &QPushButton::clicked, this, [this] {
        auto* dialog = new ExternalDialog(m_settings.externalDecoders(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &ExternalDialog::chosen, this,
            [this](const std::vector<ExternalCommand>& commands) { m_settings.setExternalDecoders(commands); });
        dialog->open();
    });
    form->addRow(programs);
}

/// 0 stands for "without a limit" in both.
void SettingsDialog::addArchives(QFormLayout* form)
{
    auto* days = new QSpinBox(this);
    days->setAccessibleName(tr("Days that undo archives are kept"));
    days->setRange(0, Settings::mostArchiveDays);
    days->setSpecialValueText(tr("however old they are"));
    days->setSuffix(tr(" days"));
    days->setToolTip(tr("Older ones are deleted when Keyglass starts. The newest always stays"));
    days->setValue(m_settings.archiveDays());
    connect(days, &QSpinBox::valueChanged, this, [this](int value) { m_settings.setArchiveDays(value); });
    form->addRow(tr("&Keep them"), days);
    auto* most = new QSpinBox(this);
    most->setAccessibleName(tr("Disk for undo archives"));
    most->setRange(0, Settings::mostArchiveMegabytes);
    most->setGroupSeparatorShown(true);
    most->setSpecialValueText(tr("however much they take"));
    most->setSuffix(tr(" MB"));
    most->setToolTip(tr("Of more than this the oldest are deleted. The newest always stays"));
    most->setValue(m_settings.archiveMegabytes());
    connect(most, &QSpinBox::valueChanged, this, [this](int value) { m_settings.setArchiveMegabytes(value); });
    form->addRow(tr("&At most"), most);
}

void SettingsDialog::addCheck(QFormLayout* form, const QString& text, bool checked, std::function<void(bool)> changed)
{
    auto* box = new QCheckBox(text, this);
    box->setChecked(checked);
    connect(box, &QCheckBox::toggled, this, std::move(changed));
    form->addRow(box);
}

} // namespace keyglass::ui
