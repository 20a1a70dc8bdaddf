// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/translation.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestTranslation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void speaksTheFirstLanguageThereIs_data();
    void speaksTheFirstLanguageThereIs();
    void findsTextsUnderTheirNamespaceToo();
    void findsEveryTextWhereverItIsAsked();
    void keepsPlaceholders();
    void everyWordOfOurOwnForTrIsCollected();
};

namespace {

QString fileMenu()
{
    return QCoreApplication::translate("keyglass::ui::WindowActions", "&File");
}

QSet<QString> placeholders(const QString& text)
{
    static const QRegularExpression expression(u"%(?:[0-9]|n|L[0-9])"_s);
    QSet<QString> found;
    for (const auto& match : expression.globalMatch(text)) {
        found.insert(match.captured());
    }
    return found;
}

} // namespace

void TestTranslation::cleanup()
{
    for (QTranslator* translator : QCoreApplication::instance()->findChildren<QTranslator*>()) {
        delete translator; // takes itself out of the application
    }
    QCOMPARE(fileMenu(), u"&File"_s);
}

void TestTranslation::speaksTheFirstLanguageThereIs_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("shown");
    QTest::addRow("German") << QLocale(u"de_DE"_s) << u"de"_s << u"&Datei"_s;
    QTest::addRow("Austrian") << QLocale(u"de_AT"_s) << u"de"_s << u"&Datei"_s;
    QTest::addRow("English") << QLocale(u"en_GB"_s) << u"en"_s << u"&File"_s;
    QTest::addRow("nobody's") << QLocale::c() << u"en"_s << u"&File"_s;
    QTest::addRow("one without a translation") << QLocale(u"fi_FI"_s) << u"en"_s << u"&File"_s;
}

void TestTranslation::speaksTheFirstLanguageThereIs()
{
    QFETCH(QLocale, locale);
    QTEST(installTranslation(locale), "language");
    QTEST(fileMenu(), "shown");
}

void TestTranslation::findsTextsUnderTheirNamespaceToo()
{
    installTranslation(QLocale(u"de"_s));
    QCOMPARE(QCoreApplication::translate("keyglass::ui::PageStates", "Nothing scanned yet"), u"Noch nichts gescannt"_s);
    QCOMPARE(QCoreApplication::translate("keyglass::ui::PageStates", "no such text"), u"no such text"_s);
    QCOMPARE(QCoreApplication::translate("net", "The server closed the connection."),
        u"Der Server hat die Verbindung geschlossen."_s); // filed under the class that says it
}

/// lupdate goes by where a text stands, the program by the name that a function gives: they need not agree.
void TestTranslation::findsEveryTextWhereverItIsAsked()
{
    installTranslation(QLocale(u"de"_s));
    QFile file(QDir(QStringLiteral(KEYGLASS_TRANSLATIONS)).filePath(u"keyglass_de.ts"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QHash<QByteArray, QSet<QString>> all; // a text may be another one in another place
    QByteArray source;
    bool isOfANumber = false;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == u"message"_s) {
            isOfANumber = xml.attributes().hasAttribute(u"numerus"_s);
        } else if (xml.name() == u"source"_s) {
            source = xml.readElementText().toUtf8();
        } else if (xml.name() == u"translation"_s && !isOfANumber) {
            all[source].insert(xml.readElementText());
        }
    }
    QVERIFY(all.size() > 2000);
    for (auto text = all.cbegin(); text != all.cend(); ++text) {
        const QString shown = QCoreApplication::translate("AskedElsewhere", text.key().constData());
        QVERIFY2(text->contains(shown), text.key().constData());
    }
}

/// A function that passes its text on to translate() is nothing lupdate would look into, unless it is told.
void TestTranslation::everyWordOfOurOwnForTrIsCollected()
{
    const QDir root(QStringLiteral(KEYGLASS_TRANSLATIONS "/../.."));
    QFile update(root.filePath(u"resources/translations/update.sh"_s));
    QVERIFY(update.open(QIODevice::ReadOnly));
    const QString script = QString::fromUtf8(update.readAll());
    static const QRegularExpression wrapper(
        u"QString (\\w+)\\(const char\\* \\w+\\)\\s*\\{\\s*return QCoreApplication::translate"_s);
    QSet<QString> names;
    for (const QString& room : {u"core"_s, u"ui"_s}) {
        QDirIterator files(root.filePath(room), {u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            for (const auto& match : wrapper.globalMatch(QString::fromUtf8(file.readAll()))) {
                names.insert(match.captured(1));
            }
        }
    }
    QVERIFY(names.contains(u"tr"_s)); // the search does find them
    for (const QString& name : std::as_const(names)) {
        QVERIFY2(name == u"tr"_s || script.contains(u"tr+="_s + name), qPrintable(name));
    }
}

/// A text whose %1 is lost says nothing of what it is about.
void TestTranslation::keepsPlaceholders()
{
    const QDir folder(QStringLiteral(KEYGLASS_TRANSLATIONS));
    const QStringList names = folder.entryList({u"*.ts"_s});
    QVERIFY(!names.isEmpty());
    int compared = 0;
    for (const QString& name : names) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QSet<QString> wanted;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) {
                continue;
            }
            if (xml.name() == u"source"_s) {
                wanted = placeholders(xml.readElementText());
            } else if (xml.name() == u"translation"_s) { // of a text with a number: all its forms
                const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
                QVERIFY2(text.isEmpty() || placeholders(text) == wanted, qPrintable(name + u": "_s + text));
                compared += text.isEmpty() ? 0 : 1;
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    }
    QVERIFY(compared > 400);
}

QTEST_MAIN(TestTranslation)
#include "tst_translation.moc"
