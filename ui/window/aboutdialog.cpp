// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/aboutdialog.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QIcon>
#include <QLabel>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

struct Part {
    QLatin1StringView name;
    QLatin1StringView licence;
    QLatin1StringView home;
};

// What is linked in or used at run time, with the licence it is used under.
constexpr Part parts[] = {
    {"Qt"_L1, "LGPL-3.0-only"_L1, "https://www.qt.io"_L1},
    {"QCustomPlot"_L1, "GPL-3.0-or-later"_L1, "https://www.qcustomplot.com"_L1},
    {"QScintilla"_L1, "GPL-3.0-only"_L1, "https://www.riverbankcomputing.com/software/qscintilla"_L1},
    {"hiredis"_L1, "BSD-3-Clause"_L1, "https://github.com/redis/hiredis"_L1},
    {"PCRE2"_L1, "BSD-3-Clause"_L1, "https://www.pcre.org"_L1},
    {"QtKeychain"_L1, "BSD-2-Clause"_L1, "https://github.com/frankosterfeld/qtkeychain"_L1},
    {"OpenSSL"_L1, "Apache-2.0"_L1, "https://www.openssl.org"_L1},
};

QString partsTable()
{
    QString rows;
    for (const Part& part : parts) {
        rows += u"<tr><td>%1&nbsp;&nbsp;</td><td>%2&nbsp;&nbsp;</td><td><a href=\"%3\">%3</a></td></tr>"_s.arg(
            part.name, part.licence, part.home);
    }
    return u"<table cellspacing=\"4\">"_s + rows + u"</table>"_s;
}

} // namespace

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Keyglass"));
    resize(560, 400);
    auto* head =
        new QLabel(tr("<h2>Keyglass %1</h2><p>A key browser for Redis and Valkey that opens any keyspace.</p>"
                      "<p>Free software under the GNU General Public License, version 3 or later. It comes without any "
                      "warranty.</p>")
                       .arg(QStringLiteral(KEYGLASS_VERSION)),
            this);
    head->setWordWrap(true);
    auto* list = new QTextBrowser(this);
    list->setAccessibleName(tr("Licences"));
    list->setOpenExternalLinks(true);
    list->setHtml(tr("<p>It is built on (Qt %1 at run time):</p>").arg(QLatin1StringView(qVersion())) + partsTable());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(head);
    layout->addWidget(list);
    layout->addWidget(buttons);
}

} // namespace keyglass::ui
