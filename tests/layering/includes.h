// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace keyglass::test {

/// Tells whether a source includes what it uses of Qt and the standard library, itself or through what it includes.
///
/// Builds for developers parse common headers once and put them before every source, so that a forgotten include is
/// seen by nobody but who builds the package. This reads includes as text: an include that a macro leaves out counts as
/// one.
///
/// A source needs the header of each class that it names, and of one that it does not name but whose object it reaches
/// into: a member of its own class, a field or what a function of one of our headers returns, where that header only
/// says that there is such a class. A header needs those it holds or derives from; for pointers it can say so, too.
class Includes {
public:
    /// `root`: of the project. `qtHeaders`: the folder that has QtCore in it.
    Includes(QString root, QString qtHeaders);

    /// What `file` (a path from the root), with `text` in it, uses and does not include: "QPainter", "<algorithm>".
    [[nodiscard]] QStringList missing(const QString& file, const QString& text);
    /// Classes of Qt that are known by their header. None: `qtHeaders` is the wrong folder.
    [[nodiscard]] qsizetype classCount() const { return m_headerOfClass.size(); }

private:
    struct Header {
        QStringList words;     ///< As they stand between the brackets: "map", "QString", "core/base/bytes.h".
        QStringList files;     ///< Those of them that were found, by their paths.
        QSet<QString> classes; ///< That it defines. This and what follows: of headers of the project alone.
        QMultiHash<QString, QString> members; ///< "m_view->" → "QTableView": how one reaches into what.
        QMultiHash<QString, QString> others;  ///< The same of fields, "view->", and of functions, "view()->".
    };
    void readClasses(const QString& module);
    [[nodiscard]] QString found(const QString& word, const QString& folder) const;
    [[nodiscard]] Header headerOf(const QString& text, const QString& folder) const;
    const Header& readHeader(const QString& path);
    /// All that comes in with `top`: words and paths.
    [[nodiscard]] QSet<QString> reached(const Header& top);
    /// Classes that `code` reaches into without a header; those of a project header that says nothing else of a name.
    [[nodiscard]] QStringList reachedInto(const QString& code, const QSet<QString>& there);
    /// Whether it is a class of Qt whose header is none of these.
    [[nodiscard]] bool isMissing(const QString& name, const QSet<QString>& there) const;

    const QString m_root;
    const QString m_qtHeaders;
    QStringList m_folders;
    QHash<QString, QString> m_headerOfClass; ///< "QPainter" → the path of qpainter.h.
    QHash<QString, Header> m_headers;        ///< By path.
};

} // namespace keyglass::test
