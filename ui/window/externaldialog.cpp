// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/externaldialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSet>
#include <QTableWidget>
#include <QVBoxLayout>

#include <tuple>
#include <utility>

namespace keyglass::ui {

namespace {

enum Column { Name, Decode, Encode, Columns };

/// As QProcess::splitCommand() reads it.
QString lineOf(const QString& program, const QStringList& arguments)
{
    QStringList words;
    for (QString word : QStringList{program} + arguments) {
        const bool isPlain = !word.isEmpty() && !word.contains(u' ') && !word.contains(u'"');
        words << (isPlain ? word : u'"' + word.replace(u'"', QStringLiteral("\"\"\"")) + u'"');
    }
    return program.isEmpty() ? QString() : words.join(u' ');
}

/// As QProcess::splitCommand(), but that a pair of quotes with nothing in it is an empty word.
QStringList split(const QString& line)
{
    QStringList words;
    QString word;
    bool isWord = false;
    bool isQuoted = false;
    for (qsizetype at = 0; at < line.size(); ++at) {
        if (line[at] == u'"') {
            qsizetype quotes = 1;
            while (at + 1 < line.size() && line[at + 1] == u'"') {
                ++quotes;
                ++at;
            }
            word += QString(quotes / 3, u'"'); // three are one that is meant
            isQuoted = isQuoted != (quotes % 3 == 1);
            isWord = true;
        } else if (line[at].isSpace() && !isQuoted) {
            words += isWord ? QStringList{word} : QStringList{};
            word.clear();
            isWord = false;
        } else {
            word += line[at];
            isWord = true;
        }
    }
    return isWord ? words << word : words;
}

/// The words of a command line that was typed: the program, and what it is given.
std::pair<QString, QStringList> wordsOf(const QString& line)
{
    QStringList words = split(line);
    const QString program = words.isEmpty() ? QString() : words.takeFirst();
    return {program, words};
}

} // namespace

ExternalDialog::ExternalDialog(const std::vector<ExternalCommand>& commands, QWidget* parent)
    : QDialog(parent)
    , m_table(new QTableWidget(0, Columns, this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Programs as decoders"));
    resize(720, 340);
    auto* help = new QLabel(tr("A program gets a value on its standard input and writes what is in it to its standard "
                               "output, within 5 s and 64 MB. It is started as it stands here, without a shell, and "
                               "runs with your rights: only where a rule names it (external:NAME) or you choose it."),
        this);
    help->setWordWrap(true);
    m_table->setAccessibleName(tr("Programs"));
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Program that decodes"), tr("Program for the way back")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    for (const ExternalCommand& command : commands) {
        add(command);
    }
    m_problem->setAccessibleName(tr("Problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    auto* ends = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto* addOne = ends->addButton(tr("&Add program"), QDialogButtonBox::ActionRole);
    auto* removeOne = ends->addButton(tr("&Remove program"), QDialogButtonBox::ActionRole);
    connect(addOne, &QPushButton::clicked, this, [this] {
        add({});
        m_table->setCurrentCell(m_table->rowCount() - 1, Name);
        m_table->setFocus();
        m_table->editItem(m_table->currentItem());
    });
    connect(removeOne, &QPushButton::clicked, this, [this] { m_table->removeRow(m_table->currentRow()); });
    connect(ends->addButton(tr("Save programs"), QDialogButtonBox::AcceptRole), &QPushButton::clicked, this,
        &ExternalDialog::save);
    connect(ends, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(help);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_problem);
    layout->addWidget(ends);
}

void ExternalDialog::add(const ExternalCommand& command)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, Name, new QTableWidgetItem(command.name));
    m_table->setItem(row, Decode, new QTableWidgetItem(lineOf(command.program, command.arguments)));
    m_table->setItem(row, Encode, new QTableWidgetItem(lineOf(command.encodeProgram, command.encodeArguments)));
}

std::vector<ExternalCommand> ExternalDialog::commands() const
{
    std::vector<ExternalCommand> commands;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        ExternalCommand command;
        command.name = m_table->item(row, Name)->text().trimmed();
        std::tie(command.program, command.arguments) = wordsOf(m_table->item(row, Decode)->text());
        std::tie(command.encodeProgram, command.encodeArguments) = wordsOf(m_table->item(row, Encode)->text());
        commands.push_back(std::move(command));
    }
    return commands;
}

QString ExternalDialog::problem() const
{
    QSet<QString> names;
    for (const ExternalCommand& command : commands()) {
        if (command.name.isEmpty() || command.name.contains(u',') || command.name.contains(u' ')) {
            return tr("Each program needs a name without spaces and commas.");
        }
        if (names.contains(command.name)) {
            return tr("There are two programs of the name %1.").arg(command.name);
        }
        if (command.program.isEmpty()) {
            return tr("%1 needs a program that decodes.").arg(command.name);
        }
        names.insert(command.name);
    }
    return {};
}

void ExternalDialog::save()
{
    m_table->setCurrentItem(nullptr); // ends what is typed just now
    const QString why = problem();
    m_problem->setText(why);
    if (why.isEmpty()) {
        Q_EMIT chosen(commands());
        accept();
    }
}

} // namespace keyglass::ui
