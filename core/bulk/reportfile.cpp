// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/reportfile.h"

#include "core/base/bytes.h"
#include "core/base/filewriting.h"
#include "core/base/jsontext.h"

#include <QByteArray>

#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t blockSize = 1U << 16U;

/// A field of CSV: in quotes where it needs them.
std::string csvField(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string field = "\"";
    for (const char c : text) {
        field += c == '"' ? "\"\"" : std::string(1, c);
    }
    return field + '"';
}

std::string csvLine(const KeyOutcome& row)
{
    return csvField(escapeLine(row.key)) + ',' + csvField(row.node.toStdString()) + ','
        + std::string(outcomeName(row.outcome)) + ',' + csvField(escapeLine(row.detail)) + "\r\n";
}

std::string jsonLine(const KeyOutcome& row)
{
    std::string line = R"({"key": )" + jsonOf(row.key) + R"(, "node": )" + jsonOf(row.node.toStdString())
        + R"(, "outcome": ")" + std::string(outcomeName(row.outcome)) + '"';
    if (!row.detail.empty()) {
        line += R"(, "detail": )" + jsonOf(row.detail);
    }
    return line + '}';
}

} // namespace

bool isCsvReport(const QString& path)
{
    return path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive);
}

ReportFile::ReportFile(const QString& path, bool isCsv)
    : m_file(path)
    , m_isCsv(isCsv)
    , m_block(isCsv ? "key,node,outcome,detail\r\n" : "{\"keys\": [\n")
{
}

Result<std::unique_ptr<ReportFile>> ReportFile::create(const QString& path)
{
    const bool isCsv = isCsvReport(path);
    std::unique_ptr<ReportFile> file(new ReportFile(path, isCsv));
    if (!file->m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered)) {
        return Error{ErrorKind::File, path, file->m_file.errorString()};
    }
    return file;
}

void ReportFile::add(const KeyOutcome& row)
{
    if (m_failure) {
        return;
    }
    if (m_untroubledLeft && !hasTrouble(row.outcome)) {
        if (*m_untroubledLeft == 0) {
            return;
        }
        --*m_untroubledLeft;
    }
    if (m_isCsv) {
        m_block += csvLine(row);
    } else {
        m_block += (std::exchange(m_isFirst, false) ? "" : ",\n") + jsonLine(row);
    }
    if (m_block.size() >= blockSize) {
        flush();
    }
}

void ReportFile::flush()
{
    if (!m_failure) {
        if (Status written = writeWhole(m_file, m_block); !written) {
            m_failure = std::move(written).error();
        }
    }
    m_block.clear();
}

Status ReportFile::close(const std::string& summary)
{
    if (!m_isCsv) {
        m_block += "\n], \"summary\": " + summary + "}\n";
    }
    flush();
    m_file.close();
    return m_failure ? Status(*m_failure) : ok();
}

} // namespace keyglass
