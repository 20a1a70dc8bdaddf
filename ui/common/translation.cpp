// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/translation.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QTranslator>

/// Q_INIT_RESOURCE has to stand outside of any namespace.
static void initTranslationResources()
{
    Q_INIT_RESOURCE(keyglass_translations);
}

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

/// Where texts are filed. lupdate files those of free functions and tables under their namespace, and those that a
/// member function gives to a free tr() under its class, whatever they are asked for under.
constexpr const char* allPlaces[]{
#include "ui/common/translationcontexts.inc"
};

/// Finds a text also where lupdate files it elsewhere than it is asked for; those of classes within a class it files
/// under the last name alone.
class Translator : public QTranslator {
public:
    using QTranslator::QTranslator;

    [[nodiscard]] QString translate(const char* context, const char* source, const char* comment, int n) const override
    {
        const QByteArrayView asked(context);
        const qsizetype colon = asked.lastIndexOf(':');
        const char* const last = colon < 0 ? context : context + colon + 1;
        for (const char* each : {context, last}) {
            if (QString found = QTranslator::translate(each, source, comment, n); !found.isEmpty()) {
                return found;
            }
        }
        for (const char* each : allPlaces) {
            if (QString found = QTranslator::translate(each, source, comment, n); !found.isEmpty()) {
                return found;
            }
        }
        return {};
    }
};

/// The system's languages, best first, as Qt names them: "de-AT", "de".
QStringList languagesOf(const QLocale& locale)
{
    QStringList all;
    for (const QString& name : locale.uiLanguages()) {
        all << name << name.section(u'-', 0, 0);
    }
    return all;
}

} // namespace

QString installTranslation(const QLocale& locale)
{
    initTranslationResources();
    for (const QString& language : languagesOf(locale)) {
        const QString file = u":/keyglass/translations/keyglass_%1.qm"_s.arg(language);
        if (QLocale(language).language() == QLocale::English || language == u"C"_s) {
            break; // what comes after it is wished for less
        }
        auto* ours = new Translator(QCoreApplication::instance());
        if (!QFileInfo::exists(file) || !ours->load(file)) {
            delete ours;
            continue;
        }
        auto* qts = new QTranslator(QCoreApplication::instance());
        if (qts->load(u"qtbase_"_s + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
            QCoreApplication::installTranslator(qts);
        }
        QCoreApplication::installTranslator(ours);
        return language;
    }
    return u"en"_s;
}

} // namespace keyglass::ui
