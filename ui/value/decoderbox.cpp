// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/decoderbox.h"

#include "core/base/errortext.h"
#include "core/value/formatters/externaldecoder.h"

#include <QInputDialog>
#include <QMessageBox>
#include <QSignalBlocker>

namespace keyglass::ui {

namespace {

constexpr int automaticItem = 0;
constexpr int storedItem = 1;
/// The data of the items that ask; no decoder has these names.
const QString otherItem = QStringLiteral("…");
const QString ruleItem = QStringLiteral("…rule");
const QString rulesItem = QStringLiteral("…rules");

} // namespace

DecoderBox::DecoderBox(QWidget* parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("Decoded as"));
    setToolTip(tr("The decoders through which the value is shown, the outermost first"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(18);
    setMaxVisibleItems(30);
    addItem(tr("Automatic"));
    addItem(tr("As stored"), QString());
    for (const DecoderPtr& decoder : allDecoders()) {
        if (decoder->name() != "plain") {
            addItem(decoder->title(), QString::fromStdString(decoder->name()));
        }
    }
    insertSeparator(count());
    for (const QString& name : externalDecoderNames()) {
        addItem(tr("%1 (program)").arg(name), QStringLiteral("external:") + name);
    }
    addItem(tr("Other…"), otherItem);
    setGuess({});
    connect(this, &QComboBox::activated, this, &DecoderBox::takeIndex);
}

void DecoderBox::offerRules()
{
    insertSeparator(count());
    addItem(tr("Always decode so…"), ruleItem);
    addItem(tr("Rules…"), rulesItem);
}

void DecoderBox::setGuess(const DecoderStack& stack, const QString& rule)
{
    const QString decoders = stack.isEmpty() ? tr("as stored") : stack.title();
    setItemText(
        automaticItem, rule.isEmpty() ? tr("Automatic: %1").arg(decoders) : tr("By rule %1: %2").arg(rule, decoders));
    if (m_choice.automatic) {
        setToolTip(tr("The decoders through which the value is shown, the outermost first") + u'\n' + currentText());
    }
}

void DecoderBox::setChoice(const DecoderChoice& choice)
{
    const bool isNew = !(choice == m_choice);
    m_choice = choice;
    showChoice();
    if (isNew) {
        Q_EMIT choiceChanged();
    }
}

/// A stack of several decoders gets an item of its own, so that it can be chosen again.
void DecoderBox::showChoice()
{
    const QSignalBlocker blocker(this);
    if (m_choice.automatic) {
        setCurrentIndex(automaticItem);
        return;
    }
    const QString names = QString::fromStdString(m_choice.stack.names());
    int item = m_choice.stack.isEmpty() ? storedItem : findData(names);
    if (item < 0) {
        item = storedItem + 1;
        insertItem(item, m_choice.stack.title(), names);
    }
    setCurrentIndex(item);
}

void DecoderBox::takeIndex(int index)
{
    if (index == automaticItem) {
        setChoice({});
    } else if (itemData(index).toString() == otherItem) {
        showChoice(); // until names are given
        askForNames();
    } else if (itemData(index).toString() == ruleItem) {
        showChoice();
        Q_EMIT ruleWanted();
    } else if (itemData(index).toString() == rulesItem) {
        showChoice();
        Q_EMIT rulesWanted();
    } else {
        takeNames(itemData(index).toString());
    }
}

void DecoderBox::askForNames()
{
    auto* dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Decoded as"));
    QStringList names;
    for (const DecoderPtr& decoder : allDecoders()) {
        names << QString::fromStdString(decoder->name());
    }
    dialog->setLabelText(tr("Names of decoders, the outermost first, divided by commas. There are:\n%1,\n"
                            "protobuf:MESSAGE@FILE with a descriptor set of protoc.")
            .arg(names.join(QStringLiteral(", "))));
    dialog->setTextValue(QString::fromStdString(m_choice.stack.names()));
    connect(dialog, &QInputDialog::textValueSelected, this, &DecoderBox::takeNames);
    dialog->open();
}

void DecoderBox::takeNames(const QString& names)
{
    auto stack = DecoderStack::fromNames(names.simplified().remove(u' ').toStdString());
    if (stack) {
        setChoice({false, *std::move(stack)});
        return;
    }
    auto* box =
        new QMessageBox(QMessageBox::Warning, tr("Decoded as"), errorText(stack.error()), QMessageBox::Ok, window());
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace keyglass::ui
