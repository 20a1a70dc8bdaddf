// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/rowname.h"

#include "core/base/bytes.h"
#include "ui/common/texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr QChar spaceDot(u'·');
constexpr std::size_t keptHead = 240; // bytes of a cut name
constexpr std::size_t keptTail = 80;

QString tr(const char* text)
{
    return QCoreApplication::translate("rowname", text);
}

void append(RowName& name, const QString& text, std::optional<RowName::Part> part = {})
{
    if (part && !text.isEmpty()) {
        name.spans.push_back({name.text.size(), text.size(), *part});
    }
    name.text += text;
}

/// Letters of other scripts that are drawn like Latin ones, in the fonts people have.
bool isLatinLookAlike(char32_t c)
{
    static constexpr std::u32string_view letters = U"АВЕЅІЈКМНОРСТУХЬавеѕіјклмнорстухҺһԁԛԝ"
                                                   U"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυχ"
                                                   U"ՕՏԱօոսցհԼ";
    return letters.find(c) != std::u32string_view::npos || (c >= 0xFF01 && c <= 0xFF5E)
        || (c >= 0x1D400 && c <= 0x1D7FF);
}

bool isAsciiLetter(char32_t c)
{
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

/// A word of look-alikes only, or with Latin letters among them, could be taken for a Latin word; a combining mark
/// makes two letters of what looks like one.
void markLookAlikes(RowName& name, qsizetype from, const QString& text)
{
    const auto ucs4 = text.toUcs4();
    qsizetype at = from;
    for (qsizetype i = 0; i < ucs4.size();) {
        qsizetype end = i;
        bool deceives = true;
        bool hasLookAlike = false;
        for (; end < ucs4.size() && (QChar::isLetter(ucs4[end]) || QChar::isMark(ucs4[end])); ++end) {
            const bool alike = isLatinLookAlike(ucs4[end]) || QChar::isMark(ucs4[end]);
            hasLookAlike = hasLookAlike || alike;
            deceives = deceives && (alike || isAsciiLetter(ucs4[end]));
        }
        for (end = std::max(end, i + 1); i < end; ++i) {
            const qsizetype length = QChar::requiresSurrogates(ucs4[i]) ? 2 : 1;
            if (hasLookAlike && deceives && !isAsciiLetter(ucs4[i])) {
                name.spans.push_back({at, length, RowName::Part::LookAlike});
            }
            at += length;
        }
    }
}

/// Length of the escape that starts at a backslash of displayText().
qsizetype escapeLength(QStringView text, qsizetype at)
{
    return at + 1 < text.size() && text[at + 1] == u'x' ? 4 : 2;
}

void appendShown(RowName& name, const QString& shown)
{
    for (qsizetype at = 0; at < shown.size();) {
        if (shown[at] == u'\\') {
            qsizetype end = at;
            while (end < shown.size() && shown[end] == u'\\') {
                end += escapeLength(shown, end);
            }
            append(name, shown.mid(at, end - at), RowName::Part::Escape);
            at = end;
            continue;
        }
        const qsizetype next = shown.indexOf(u'\\', at);
        const QString plain = shown.mid(at, (next < 0 ? shown.size() : next) - at);
        markLookAlikes(name, name.text.size(), plain);
        append(name, plain);
        at += plain.size();
    }
}

void appendName(RowName& name, std::string_view bytes, bool isStart, bool isEnd)
{
    const auto first = std::min(bytes.find_first_not_of(' '), bytes.size());
    const std::size_t leading = isStart ? first : 0;
    append(name, QString(static_cast<qsizetype>(leading), spaceDot), RowName::Part::Escape);
    bytes.remove_prefix(leading);
    const auto last = bytes.find_last_not_of(' ');
    const std::size_t trailing = isEnd ? bytes.size() - (last == std::string_view::npos ? 0 : last + 1) : 0;
    QString shown = displayText(bytes.substr(0, bytes.size() - trailing));
    const QString dot = QStringLiteral("\\xC2\\xB7"); // a real dot at an end must not look like a space
    if (isStart && shown.startsWith(spaceDot)) {
        shown.replace(0, 1, dot);
    }
    if (isEnd && shown.endsWith(spaceDot)) {
        shown.replace(shown.size() - 1, 1, dot);
    }
    appendShown(name, shown);
    append(name, QString(static_cast<qsizetype>(trailing), spaceDot), RowName::Part::Escape);
}

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The nearest place at or before `at` where no UTF-8 character is cut.
std::size_t characterStart(std::string_view bytes, std::size_t at)
{
    std::size_t start = at;
    while (start > 0 && at - start < 4 && isContinuation(bytes[start])) {
        --start;
    }
    return isContinuation(bytes[start]) ? at : start;
}

QString hashText(std::string_view bytes)
{
    const auto hash = static_cast<quint64>(std::hash<std::string_view>()(bytes));
    return u'#' + u"%1"_s.arg(hash & 0xFFFFFFU, 6, 16, QChar(u'0'));
}

} // namespace

RowName rowName(std::string_view label)
{
    RowName name;
    if (label.empty()) {
        append(name, tr("(empty name)"), RowName::Part::Marker);
        return name;
    }
    if (label.size() <= longestPaintedName) {
        appendName(name, label, true, true);
        return name;
    }
    const std::size_t head = characterStart(label, keptHead);
    const std::size_t tail = characterStart(label, label.size() - keptTail);
    appendName(name, label.substr(0, head), true, false);
    append(name, u"…"_s, RowName::Part::Marker);
    appendName(name, label.substr(tail), false, true);
    append(name, u' ' + sizeText(ByteCount{label.size()}) + u' ' + hashText(label), RowName::Part::Marker);
    return name;
}

RowName cutInTheMiddle(const RowName& name, qsizetype head, qsizetype tail)
{
    qsizetype tailStart = name.text.size() - tail;
    for (const RowName::Span& span : name.spans) { // escapes stay whole, however they are joined
        for (qsizetype at = span.start; span.part == RowName::Part::Escape && at < span.start + span.length;) {
            const qsizetype length = name.text[at] == u'\\' ? escapeLength(name.text, at) : 1;
            head = head > at && head < at + length ? at : head;
            tailStart = tailStart > at && tailStart < at + length ? at + length : tailStart;
            at += length;
        }
    }
    head -= head > 0 && name.text[head - 1].isHighSurrogate() ? 1 : 0;
    tailStart += tailStart < name.text.size() && name.text[tailStart].isLowSurrogate() ? 1 : 0;
    if (head >= tailStart) {
        return name;
    }
    RowName cut;
    const auto take = [&](qsizetype from, qsizetype end) {
        for (const RowName::Span& span : name.spans) {
            const qsizetype first = std::max(span.start, from);
            const qsizetype last = std::min(span.start + span.length, end);
            if (first < last) {
                cut.spans.push_back({first - from + cut.text.size(), last - first, span.part});
            }
        }
        cut.text += QStringView(name.text).mid(from, end - from);
    };
    take(0, head);
    append(cut, u"…"_s, RowName::Part::Marker);
    take(tailStart, name.text.size());
    return cut;
}

RowName withHash(RowName name, std::string_view label)
{
    append(name, u' ' + hashText(label), RowName::Part::Marker);
    return name;
}

RowName isolatedRuns(const RowName& name)
{
    constexpr QChar isolate(0x2068);
    constexpr QChar pop(0x2069);
    const auto isRightToLeft = [&](qsizetype at) {
        const auto direction = name.text[at].direction();
        return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirNSM;
    };
    std::vector<std::pair<qsizetype, qsizetype>> runs;
    for (qsizetype at = 0; at < name.text.size(); ++at) {
        if (name.text[at].direction() != QChar::DirR && name.text[at].direction() != QChar::DirAL) {
            continue;
        }
        qsizetype end = at + 1;
        while (end < name.text.size()
            && (isRightToLeft(end)
                || (name.text[end] == u' ' && end + 1 < name.text.size() && isRightToLeft(end + 1)))) {
            ++end;
        }
        runs.emplace_back(at, end);
        at = end;
    }
    RowName isolated = name;
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        isolated.text.insert(run->second, pop);
        isolated.text.insert(run->first, isolate);
        for (RowName::Span& span : isolated.spans) {
            span.start += span.start >= run->second ? 2 : span.start >= run->first ? 1 : 0;
        }
    }
    return isolated;
}

} // namespace keyglass::ui
