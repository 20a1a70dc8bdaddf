// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/settings.h"
#include "ui/window/externaldialog.h"
#include "ui/window/settingsdialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

QPushButton* button(const QWidget& in, const QString& text)
{
    for (QPushButton* each : in.findChildren<QPushButton*>()) {
        if (each->text() == text) {
            return each;
        }
    }
    return nullptr;
}

} // namespace

class TestExternalDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatItWasGiven();
    void takesALineAsItsWords();
    void saysWhatCanNotBeUsed_data();
    void saysWhatCanNotBeUsed();
    void theSettingsLeadToIt();
    void theSettingsFitASmallScreen();
};

void TestExternalDialog::givesBackWhatItWasGiven()
{
    const std::vector<ExternalCommand> commands{
        {u"a"_s, u"/opt/my tools/a"_s, {u"-d"_s, u"two words"_s, u"a \"quote\""_s, QString()}, u"b"_s, {u"-e"_s}},
        {u"c"_s, u"c"_s, {}, {}, {}}};
    QVERIFY(ExternalDialog(commands).commands() == commands);
}

void TestExternalDialog::takesALineAsItsWords()
{
    ExternalDialog dialog({{u"a"_s, u"x"_s, {}, {}, {}}});
    auto* table = dialog.findChild<QTableWidget*>();
    table->item(0, 1)->setText(u"zstd -d \"-c or so\""_s);
    table->item(0, 2)->setText(u"zstd -c"_s);
    const QSignalSpy chosen(&dialog, &ExternalDialog::chosen);
    button(dialog, u"Save programs"_s)->click();
    QCOMPARE(chosen.size(), 1);
    const ExternalCommand command = dialog.commands().front();
    QCOMPARE(command.program, u"zstd"_s);
    QCOMPARE(command.arguments, QStringList({u"-d"_s, u"-c or so"_s}));
    QCOMPARE(command.encodeProgram, u"zstd"_s);
    QCOMPARE(command.encodeArguments, QStringList{u"-c"_s});
}

void TestExternalDialog::saysWhatCanNotBeUsed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("words");
    QTest::newRow("no name") << QString() << u"x"_s << u"needs a name"_s;
    QTest::newRow("a name with a comma") << u"a,b"_s << u"x"_s << u"needs a name"_s;
    QTest::newRow("a name twice") << u"first"_s << u"x"_s << u"two programs"_s;
    QTest::newRow("no program") << u"b"_s << u" "_s << u"needs a program"_s;
}

void TestExternalDialog::saysWhatCanNotBeUsed()
{
    QFETCH(const QString, name);
    QFETCH(const QString, program);
    QFETCH(const QString, words);
    ExternalDialog dialog({{u"first"_s, u"x"_s, {}, {}, {}}});
    button(dialog, u"&Add program"_s)->click();
    auto* table = dialog.findChild<QTableWidget*>();
    table->item(1, 0)->setText(name);
    table->item(1, 1)->setText(program);
    const QSignalSpy chosen(&dialog, &ExternalDialog::chosen);
    button(dialog, u"Save programs"_s)->click();
    QCOMPARE(chosen.size(), 0);
    const auto labels = dialog.findChildren<QLabel*>();
    QVERIFY(
        std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text().contains(words); }));
    table->setCurrentCell(1, 0);
    button(dialog, u"&Remove program"_s)->click();
    button(dialog, u"Save programs"_s)->click();
    QCOMPARE(chosen.size(), 1);
}

void TestExternalDialog::theSettingsLeadToIt()
{
    const QTemporaryDir folder;
    Settings settings(folder.path());
    SettingsDialog dialog(settings);
    button(dialog, u"Pro&grams…"_s)->click();
    auto* programs = dialog.findChild<ExternalDialog*>();
    QVERIFY(programs && programs->isVisible());
    button(*programs, u"&Add program"_s)->click();
    programs->findChild<QTableWidget*>()->item(0, 0)->setText(u"mine"_s);
    programs->findChild<QTableWidget*>()->item(0, 1)->setText(u"cat"_s);
    button(*programs, u"Save programs"_s)->click();
    QCOMPARE(settings.externalDecoders().size(), std::size_t(1));
    QVERIFY(!settings.allowsExternalDecoders());
    for (QCheckBox* box : dialog.findChildren<QCheckBox*>()) {
        if (box->text().contains(u"programs")) {
            box->click();
        }
    }
    QVERIFY(settings.allowsExternalDecoders());
}

void TestExternalDialog::theSettingsFitASmallScreen()
{
    const QTemporaryDir folder;
    Settings settings(folder.path());
    SettingsDialog dialog(settings);
    QVERIFY2(dialog.minimumSizeHint().height() < 500, qPrintable(QString::number(dialog.minimumSizeHint().height())));
    dialog.resize(dialog.minimumSizeHint().width(), 400);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QTRY_VERIFY(dialog.height() <= 400);
    const auto* close = dialog.findChild<QDialogButtonBox*>();
    QVERIFY(dialog.rect().contains(close->geometry()));
    QWidget* last = nullptr;
    for (QSpinBox* box : dialog.findChildren<QSpinBox*>()) {
        last = box;
    }
    QVERIFY(last);
    const auto isSeen = [&] { return !last->visibleRegion().isEmpty(); };
    QVERIFY(!isSeen());
    last->setFocus(Qt::TabFocusReason);
    dialog.findChild<QScrollArea*>()->ensureWidgetVisible(last);
    QTRY_VERIFY(isSeen());
}

QTEST_MAIN(TestExternalDialog)
#include "tst_externaldialog.moc"
