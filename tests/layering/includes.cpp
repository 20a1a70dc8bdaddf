// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/includes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <utility>
#include <vector>

namespace keyglass::test {

namespace {

using namespace Qt::StringLiterals;

/// What tells that a header of the standard library is used.
struct Standard {
    QString header;
    QRegularExpression use;
};

const std::vector<Standard>& standards()
{
    const auto names = [](const char* header, const QString& list) {
        return Standard{QString::fromLatin1(header), QRegularExpression(u"\\bstd::(?:ranges::)?(?:%1)\\b"_s.arg(list))};
    };
    static const std::vector<Standard> all{
        names("algorithm",
            u"sort|stable_sort|find|find_if|any_of|all_of|none_of|copy|transform|max_element|lower_bound|upper_bound|"
            "count_if|reverse|min|max|clamp|fill"_s),
        names("atomic", u"atomic"_s),
        names("chrono", u"chrono"_s),
        names("functional", u"function"_s),
        names("map", u"map"_s),
        names("memory", u"unique_ptr|shared_ptr|weak_ptr|make_unique|make_shared"_s),
        names("mutex", u"mutex|lock_guard|scoped_lock|unique_lock"_s),
        names("optional", u"optional|nullopt"_s),
        names("span", u"span"_s),
        names("stop_token", u"stop_token|stop_source"_s),
        names("string", u"string"_s),
        names("string_view", u"string_view"_s),
        names("thread", u"jthread|this_thread"_s),
        names("variant", u"variant|visit|get_if|holds_alternative"_s),
        names("vector", u"vector"_s),
    };
    return all;
}

const QRegularExpression& includeLine()
{
    static const QRegularExpression expression(
        u"^[ \\t]*#[ \\t]*include[ \\t]*[<\"]([^>\"]+)[>\"]"_s, QRegularExpression::MultilineOption);
    return expression;
}

/// Without includes, comments and literals.
QString codeOf(QString text)
{
    static const QRegularExpression other(
        u"//[^\\n]*|/\\*.*?\\*/|\"(?:\\\\.|[^\"\\\\\\n])*\""_s, QRegularExpression::DotMatchesEverythingOption);
    return text.remove(includeLine()).replace(other, u" "_s);
}

QString contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

Includes::Includes(QString root, QString qtHeaders)
    : m_root(std::move(root))
    , m_qtHeaders(std::move(qtHeaders))
    , m_folders{m_root, m_qtHeaders}
{
    for (const QString& module : QDir(m_qtHeaders).entryList({u"Qt*"_s}, QDir::Dirs)) {
        m_folders.append(m_qtHeaders + u'/' + module);
    }
    for (const QString& module : {u"QtCore"_s, u"QtGui"_s, u"QtWidgets"_s}) {
        readClasses(module);
    }
}

/// A class has a file of its name that includes the one it is declared in.
void Includes::readClasses(const QString& module)
{
    const QString folder = m_qtHeaders + u'/' + module;
    static const QRegularExpression className(u"^Q[A-Z][A-Za-z0-9]+$"_s);
    for (const QString& name : QDir(folder).entryList(QDir::Files)) {
        if (className.match(name).hasMatch()) {
            const Header header = headerOf(contentOf(folder + u'/' + name), folder);
            if (header.files.size() == 1) {
                m_headerOfClass.insert(name, header.files.first());
            }
        }
    }
}

QString Includes::found(const QString& word, const QString& folder) const
{
    if (QFileInfo(folder + u'/' + word).isFile()) {
        return QDir::cleanPath(folder + u'/' + word);
    }
    for (const QString& each : m_folders) {
        if (QFileInfo(each + u'/' + word).isFile()) {
            return QDir::cleanPath(each + u'/' + word);
        }
    }
    return {}; // the system's
}

Includes::Header Includes::headerOf(const QString& text, const QString& folder) const
{
    Header header;
    for (auto lines = includeLine().globalMatch(text); lines.hasNext();) {
        header.words.append(lines.next().captured(1));
        if (const QString path = found(header.words.last(), folder); !path.isEmpty()) {
            header.files.append(path);
        }
    }
    return header;
}

const Includes::Header& Includes::readHeader(const QString& path)
{
    auto known = m_headers.find(path);
    if (known == m_headers.end()) {
        known = m_headers.insert(path, headerOf(contentOf(path), QFileInfo(path).path()));
    }
    return *known;
}

QSet<QString> Includes::reached(const Header& top)
{
    QSet<QString> all(top.words.begin(), top.words.end());
    QStringList waiting = top.files;
    while (!waiting.isEmpty()) {
        const QString path = waiting.takeLast();
        if (!all.contains(path)) {
            const Header& header = readHeader(path);
            all.unite(QSet<QString>(header.words.begin(), header.words.end()));
            all.insert(path);
            waiting += header.files;
        }
    }
    return all;
}

QStringList Includes::missing(const QString& file, const QString& text)
{
    const QSet<QString> there = reached(headerOf(text, QFileInfo(m_root + u'/' + file).path()));
    const QString code = codeOf(text);
    QStringList out;
    static const QRegularExpression className(u"\\bQ[A-Z][A-Za-z0-9]+\\b"_s);
    for (auto names = className.globalMatch(code); names.hasNext();) {
        const QString name = names.next().captured();
        const auto header = m_headerOfClass.constFind(name);
        if (header != m_headerOfClass.constEnd() && !there.contains(*header) && !out.contains(name)) {
            out.append(name);
        }
    }
    for (const Standard& standard : standards()) {
        if (!there.contains(standard.header) && code.contains(standard.use)) {
            out.append(u'<' + standard.header + u'>');
        }
    }
    return out;
}

} // namespace keyglass::test
