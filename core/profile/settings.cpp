// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/settings.h"

#include "core/profile/profilejson.h"

#include <QDir>
#include <QJsonArray>

#include <algorithm>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

QString themeName(ThemeChoice theme)
{
    switch (theme) {
    case ThemeChoice::Light:
        return u"light"_s;
    case ThemeChoice::Dark:
        return u"dark"_s;
    case ThemeChoice::System:
        break;
    }
    return u"system"_s;
}

QString questionName(Question question)
{
    switch (question) {
    case Question::CloseWithRunningWork:
        return u"closeWithRunningWork"_s;
    case Question::LoadLargeValue:
        break;
    }
    return u"loadLargeValue"_s;
}

QStringList stringsOf(const QJsonValue& array)
{
    QStringList strings;
    const QJsonArray values = array.toArray();
    for (const QJsonValue& value : values) {
        if (value.isString()) {
            strings.append(value.toString());
        }
    }
    return strings;
}

constexpr auto patternsGroup = "recentPatterns"_L1;
constexpr auto layoutsGroup = "layouts"_L1;
constexpr auto confirmationsGroup = "confirmations"_L1;

} // namespace

Settings::Settings(const QString& folder, QObject* parent)
    : QObject(parent)
    , m_file(QDir(folder).filePath(u"settings.json"_s))
{
    if (const Status loaded = m_file.load(); !loaded) {
        m_trouble = loaded.error();
    }
}

QString Settings::separator() const
{
    return value(u"separator"_s).toString(u":"_s);
}

void Settings::setSeparator(const QString& separator)
{
    set(u"separator"_s, separator);
}

ScanPace Settings::pace() const
{
    return paceFromName(value(u"pace"_s).toString()).value_or(ScanPace::Full);
}

void Settings::setPace(ScanPace pace)
{
    set(u"pace"_s, paceName(pace));
}

bool Settings::showsMemory() const
{
    return value(u"memoryColumn"_s).toBool(true);
}

void Settings::setShowsMemory(bool shows)
{
    set(u"memoryColumn"_s, shows);
}

int Settings::memoryCap() const
{
    constexpr int half = 50;
    return std::clamp(value(u"memoryCapPercent"_s).toInt(half), smallestMemoryCap, largestMemoryCap);
}

void Settings::setMemoryCap(int percent)
{
    set(u"memoryCapPercent"_s, std::clamp(percent, smallestMemoryCap, largestMemoryCap));
}

int Settings::archiveDays() const
{
    constexpr int month = 30;
    return std::clamp(value(u"archiveDays"_s).toInt(month), 0, mostArchiveDays);
}

void Settings::setArchiveDays(int days)
{
    set(u"archiveDays"_s, std::clamp(days, 0, mostArchiveDays));
}

int Settings::archiveMegabytes() const
{
    constexpr int tenGigabytes = 10 * 1024;
    return std::clamp(value(u"archiveMegabytes"_s).toInt(tenGigabytes), 0, mostArchiveMegabytes);
}

void Settings::setArchiveMegabytes(int megabytes)
{
    set(u"archiveMegabytes"_s, std::clamp(megabytes, 0, mostArchiveMegabytes));
}

ThemeChoice Settings::theme() const
{
    const QString name = value(u"theme"_s).toString();
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        if (name == themeName(theme)) {
            return theme;
        }
    }
    return ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice theme)
{
    set(u"theme"_s, themeName(theme));
}

std::optional<int> Settings::fontSize() const
{
    const int points = value(u"fontSize"_s).toInt();
    return points < smallestFont || points > largestFont ? std::nullopt : std::optional(points);
}

void Settings::setFontSize(std::optional<int> points)
{
    set(u"fontSize"_s, points ? QJsonValue(std::clamp(*points, smallestFont, largestFont)) : QJsonValue());
}

bool Settings::asks(Question question) const
{
    return value(confirmationsGroup).toObject().value(questionName(question)).toBool(true);
}

void Settings::setAsks(Question question, bool asks)
{
    if (this->asks(question) != asks) {
        setIn(confirmationsGroup, questionName(question), asks);
        Q_EMIT changed();
    }
}

bool Settings::naturalOrder() const
{
    return value(u"naturalOrder"_s).toBool(true);
}

void Settings::setNaturalOrder(bool natural)
{
    set(u"naturalOrder"_s, natural);
}

bool Settings::foldsSingleKeys() const
{
    return value(u"foldSingleKeys"_s).toBool(true);
}

void Settings::setFoldsSingleKeys(bool folds)
{
    set(u"foldSingleKeys"_s, folds);
}

bool Settings::allowsExternalDecoders() const
{
    return value(u"allowExternalDecoders"_s).toBool(false);
}

void Settings::setAllowsExternalDecoders(bool allows)
{
    set(u"allowExternalDecoders"_s, allows);
}

std::vector<ExternalCommand> Settings::externalDecoders() const
{
    std::vector<ExternalCommand> commands;
    for (const QJsonValue& one : value(u"externalDecoders"_s).toArray()) {
        const QJsonObject entry = one.toObject();
        ExternalCommand command{entry.value(u"name"_s).toString(), entry.value(u"program"_s).toString(),
            stringsOf(entry.value(u"arguments"_s)), entry.value(u"encodeProgram"_s).toString(),
            stringsOf(entry.value(u"encodeArguments"_s))};
        if (!command.name.isEmpty() && !command.program.isEmpty()) {
            commands.push_back(std::move(command));
        }
    }
    return commands;
}

void Settings::setExternalDecoders(const std::vector<ExternalCommand>& commands)
{
    QJsonArray entries;
    for (const ExternalCommand& command : commands) {
        entries.append(QJsonObject{{u"name"_s, command.name}, {u"program"_s, command.program},
            {u"arguments"_s, QJsonArray::fromStringList(command.arguments)},
            {u"encodeProgram"_s, command.encodeProgram},
            {u"encodeArguments"_s, QJsonArray::fromStringList(command.encodeArguments)}});
    }
    set(u"externalDecoders"_s, entries);
}

QStringList Settings::recentPatterns(const QString& profileId) const
{
    const QStringList patterns = stringsOf(value(patternsGroup).toObject().value(profileId));
    return patterns.first(std::min(keptPatterns, patterns.size()));
}

void Settings::addRecentPattern(const QString& profileId, const QString& pattern)
{
    QStringList patterns = recentPatterns(profileId);
    if (pattern.isEmpty() || patterns.value(0) == pattern) {
        return;
    }
    patterns.removeAll(pattern);
    patterns.prepend(pattern);
    setIn(
        patternsGroup, profileId, QJsonArray::fromStringList(patterns.first(std::min(keptPatterns, patterns.size()))));
}

void Settings::forgetProfile(const QString& profileId)
{
    setIn(patternsGroup, profileId, {});
    QStringList open = openSessions();
    if (open.removeAll(profileId) > 0) {
        setOpenSessions(open);
    }
}

QStringList Settings::openSessions() const
{
    return stringsOf(value(u"openSessions"_s));
}

void Settings::setOpenSessions(const QStringList& profileIds)
{
    if (openSessions() != profileIds) {
        change([profileIds](
                   QJsonObject& content) { content[u"openSessions"_s] = QJsonArray::fromStringList(profileIds); });
    }
}

QByteArray Settings::layout(const QString& name) const
{
    return QByteArray::fromBase64(value(layoutsGroup).toObject().value(name).toString().toLatin1());
}

void Settings::setLayout(const QString& name, const QByteArray& bytes)
{
    if (layout(name) != bytes) {
        setIn(layoutsGroup, name, QString::fromLatin1(bytes.toBase64()));
    }
}

QJsonValue Settings::value(const QString& name) const
{
    return m_file.content().value(name);
}

/// Null takes the setting out of the file: the default again.
void Settings::set(const QString& name, const QJsonValue& value)
{
    const QJsonValue before = this->value(name);
    if (before == value || (before.isUndefined() && value.isNull())) {
        return;
    }
    change([name, value](QJsonObject& content) {
        if (value.isNull()) {
            content.remove(name);
        } else {
            content[name] = value;
        }
    });
    Q_EMIT changed();
}

void Settings::setIn(const QString& group, const QString& name, const QJsonValue& value)
{
    change([group, name, value](QJsonObject& content) {
        QJsonObject members = content.value(group).toObject();
        if (value.isNull()) {
            members.remove(name);
        } else {
            members[name] = value;
        }
        content[group] = members;
    });
}

void Settings::change(const JsonFile::Change& change)
{
    const bool wasWell = !m_trouble;
    const Status written = m_file.change(change);
    m_trouble = written ? std::nullopt : std::optional(written.error());
    if (m_trouble && wasWell) {
        Q_EMIT troubled(*m_trouble);
    }
}

} // namespace keyglass
