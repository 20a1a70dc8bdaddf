// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/includes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
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

/// What the first two brackets of each match hold, joined.
QStringList captured(const QString& code, const QRegularExpression& expression)
{
    QStringList all;
    for (auto matches = expression.globalMatch(code); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        all.append(match.captured(1) + match.captured(2));
    }
    return all;
}

/// The classes whose functions a source defines.
QStringList definedClasses(const QString& code)
{
    static const QRegularExpression function(
        u"^(?!\\s)[^\\n=;]*?\\b(\\w+)::~?\\w+\\("_s, QRegularExpression::MultilineOption);
    return captured(code, function);
}

/// Declarations of pointers and references: "m_view->" → "QTableView".
void addDeclared(QMultiHash<QString, QString>& to, const QString& code, const QRegularExpression& expression)
{
    for (auto matches = expression.globalMatch(code); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const bool isReference = match.captured(u"how"_s) == u"&";
        const QString call = match.captured(u"call"_s).isEmpty() ? QString() : u"()"_s;
        to.insert(match.captured(u"name"_s) + call + (isReference ? u"."_s : u"->"_s),
            match.captured(u"held"_s) + match.captured(u"type"_s));
    }
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
        const QString text = contentOf(path);
        Header header = headerOf(text, QFileInfo(path).path());
        if (path.startsWith(m_root + u'/')) {
            static const QRegularExpression defined(u"\\b(?:class|struct)\\s+(\\w+)[^;{}()]*\\{"_s);
            static const QRegularExpression member(
                u"(?:\\b(?:QPointer|std::unique_ptr|std::shared_ptr)<(?:const )?(?<held>[\\w:]+)>|"
                "(?<type>[\\w:]+)\\s*(?<how>[*&]?))\\s*(?:const\\s+)?(?<name>m_\\w+)(?<call>)\\s*[=;{]"_s);
            static const QRegularExpression other(
                u"(?<held>)(?<type>[\\w:]+)\\s*(?<how>[*&])\\s*(?<name>(?!m_)\\w+)\\s*"
                "(?:(?<call>\\(\\s*\\))|;|\\{|= nullptr;)"_s);
            const QString code = codeOf(text);
            const QStringList classes = captured(code, defined);
            header.classes = QSet<QString>(classes.begin(), classes.end());
            addDeclared(header.members, code, member);
            addDeclared(header.others, code, other);
        }
        known = m_headers.insert(path, header);
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

bool Includes::isMissing(const QString& name, const QSet<QString>& there) const
{
    const auto header = m_headerOfClass.constFind(name);
    return header != m_headerOfClass.constEnd() && !there.contains(*header);
}

QStringList Includes::reachedInto(const QString& code, const QSet<QString>& there)
{
    const QStringList defined = definedClasses(code);
    const QSet<QString> own(defined.begin(), defined.end());
    QMultiHash<QString, QString> members;
    QMultiHash<QString, QString> others;
    for (const QString& path : there) {
        if (path.startsWith(m_root + u'/')) {
            const Header& header = readHeader(path);
            others.unite(header.others);
            if (header.classes.intersects(own)) {
                members.unite(header.members);
            }
        }
    }
    QStringList out;
    const auto look = [&](const QMultiHash<QString, QString>& declared, const QString& use) {
        const QStringList types = declared.values(use);
        if (!types.isEmpty()
            && std::ranges::all_of(types, [&](const QString& type) { return isMissing(type, there); })) {
            out.append(types.first());
        }
    };
    static const QRegularExpression memberUse(u"\\b(m_\\w+)\\s*(->|\\.)"_s);
    static const QRegularExpression memberGiven(u"[(,]\\s*(m_\\w+)\\s*(?=[,)])"_s); // as its base class, perhaps
    static const QRegularExpression callUse(u"\\b(\\w+\\(\\))(->|\\.)"_s);
    static const QRegularExpression fieldUse(u"(?:->|\\.)(\\w+)(->|\\.)"_s);
    for (const QString& use : captured(code, memberUse)) {
        look(members, use);
    }
    for (const QString& name : captured(code, memberGiven)) {
        look(members, name + u"->"_s);
    }
    for (const QString& use : captured(code, callUse) + captured(code, fieldUse)) {
        look(others, use);
    }
    return out;
}

QStringList Includes::missing(const QString& file, const QString& text)
{
    const QSet<QString> there = reached(headerOf(text, QFileInfo(m_root + u'/' + file).path()));
    const QString code = codeOf(text);
    const bool isHeader = file.endsWith(u".h");
    static const QRegularExpression className(u"\\b(Q[A-Z][A-Za-z0-9]+)\\b"_s);
    static const QRegularExpression heldClass(u"\\b(Q[A-Z][A-Za-z0-9]+)\\b(?!\\s*[*&;>]|\\s+\\w+\\s*\\()"_s);
    QStringList out;
    for (const QString& name : captured(code, isHeader ? heldClass : className)) {
        if (isMissing(name, there)) {
            out.append(name);
        }
    }
    if (!isHeader) {
        out += reachedInto(code, there);
    }
    for (const Standard& standard : standards()) {
        if (!there.contains(standard.header) && code.contains(standard.use)) {
            out.append(u'<' + standard.header + u'>');
        }
    }
    out.removeDuplicates();
    return out;
}

} // namespace keyglass::test
