// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/externaldecoder.h"

#include <signal.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QProcess>

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

namespace keyglass {

namespace {

constexpr qsizetype keptComplaint = 4096; ///< Bytes of stderr.
constexpr int pumpedFor = 10;             ///< ms between looks at how much has come.

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

/// Asked for on any thread, changed by the settings: a list is never changed, only exchanged.
struct Allowed {
    std::mutex mutex; ///< Guards `commands`.
    std::shared_ptr<const std::vector<ExternalCommand>> commands =
        std::make_shared<const std::vector<ExternalCommand>>();
};

Allowed& allowed()
{
    static Allowed all;
    return all;
}

std::shared_ptr<const std::vector<ExternalCommand>> allowedNow()
{
    const std::scoped_lock lock(allowed().mutex);
    return allowed().commands;
}

QProcessEnvironment environmentForOthers()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys()) {
        if (name.startsWith(QLatin1StringView("KEYGLASS_"))) {
            environment.remove(name);
        }
    }
    return environment;
}

/// One run of a program with these bytes on its stdin. What it starts belongs to its process group and is killed with
/// it.
class ExternalRun {
public:
    ExternalRun(const QString& name, const ExternalLimits& limits)
        : m_name(name)
        , m_limits(limits)
        , m_deadline(limits.time)
    {
    }
    ~ExternalRun() { kill(); }
    ExternalRun(const ExternalRun&) = delete;
    ExternalRun& operator=(const ExternalRun&) = delete;

    Result<std::string> run(const QString& program, const QStringList& arguments, std::string_view bytes)
    {
        m_process.setProcessEnvironment(environmentForOthers());
        m_process.setWorkingDirectory(QDir::tempPath());
        m_process.setChildProcessModifier([] { ::setpgid(0, 0); });
        m_process.start(program, arguments);
        if (!m_process.waitForStarted(remaining())) {
            return Error{ErrorKind::File, program, m_process.errorString()};
        }
        m_group = m_process.processId();
        m_process.write(bytes.data(), static_cast<qint64>(bytes.size()));
        m_process.closeWriteChannel(); // once all of it is written
        return gathered();
    }

private:
    [[nodiscard]] int remaining() const { return static_cast<int>(std::max<qint64>(m_deadline.remainingTime(), 0)); }

    Result<std::string> gathered()
    {
        std::string out;
        QByteArray complaint;
        while (true) {
            const bool isEnded = m_process.state() == QProcess::NotRunning;
            out += m_process.readAllStandardOutput().toStdString();
            const QByteArray said = m_process.readAllStandardError();
            complaint += said.first(std::min(said.size(), keptComplaint - std::min(keptComplaint, complaint.size())));
            if (out.size() > m_limits.output.value) {
                return failure(
                    ErrorKind::Limit, tr("It gave more than %1, and was stopped").arg(sizeText(m_limits.output)));
            }
            if (isEnded) {
                break;
            }
            if (m_deadline.hasExpired()) {
                return failure(ErrorKind::Timeout,
                    tr("It took more than %1 s, and was stopped")
                        .arg(static_cast<double>(m_limits.time.count()) / 1000));
            }
            m_process.waitForFinished(std::min(remaining(), pumpedFor)); // reads and writes meanwhile
        }
        return ended(std::move(out), complaint);
    }

    Result<std::string> ended(std::string&& out, const QByteArray& complaint)
    {
        if (m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0) {
            return std::move(out);
        }
        const QString how = m_process.exitStatus() == QProcess::NormalExit
            ? tr("It ended with status %1").arg(m_process.exitCode())
            : tr("It crashed");
        const QString line = displayText(complaint.left(complaint.indexOf('\n')).trimmed().toStdString());
        return failure(ErrorKind::Input, line.isEmpty() ? how : how + QStringLiteral(": ") + line);
    }

    [[nodiscard]] Error failure(ErrorKind kind, const QString& why) const { return {kind, m_name, why}; }

    void kill()
    {
        if (m_group > 0) {
            ::kill(-static_cast<pid_t>(m_group), SIGKILL); // also what it has left behind
        }
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    const QString m_name;
    const ExternalLimits m_limits;
    const QDeadlineTimer m_deadline;
    QProcess m_process;
    qint64 m_group = 0;
};

class ExternalDecoder final : public Decoder {
public:
    ExternalDecoder(ExternalCommand command, const ExternalLimits& limits)
        : m_command(std::move(command))
        , m_limits(limits)
    {
    }
    std::string name() const override { return "external:" + m_command.name.toStdString(); }
    QString title() const override { return m_command.name; }
    Confidence detect(std::string_view, TextEnd) const override { return Confidence::No; }
    Result<DecodedValue> decode(std::string_view bytes, const DecodeLimits& limits) const override
    {
        auto out = run(m_command.program, m_command.arguments, bytes, limits);
        return out ? Result<DecodedValue>(DecodedValue{DecodedValue::Kind::Bytes, *std::move(out)})
                   : Result<DecodedValue>(std::move(out).error());
    }
    bool isReversible() const override { return !m_command.encodeProgram.isEmpty(); }
    Result<std::string> encode(
        std::string_view content, std::string_view /*before*/, const DecodeLimits& limits) const override
    {
        if (!isReversible()) {
            return Error{ErrorKind::Unsupported, title(), tr("There is no program for the way back")};
        }
        return run(m_command.encodeProgram, m_command.encodeArguments, content, limits);
    }
    bool isSlow() const override { return true; }

private:
    Result<std::string> run(
        const QString& program, const QStringList& arguments, std::string_view bytes, const DecodeLimits& limits) const
    {
        const ExternalLimits both{m_limits.time, std::min(m_limits.output, limits.output)};
        return ExternalRun(m_command.name, both).run(program, arguments, bytes);
    }

    const ExternalCommand m_command;
    const ExternalLimits m_limits;
};

} // namespace

void allowExternalDecoders(std::vector<ExternalCommand> commands)
{
    auto list = std::make_shared<const std::vector<ExternalCommand>>(std::move(commands));
    const std::scoped_lock lock(allowed().mutex);
    allowed().commands = std::move(list);
}

QStringList externalDecoderNames()
{
    QStringList names;
    for (const ExternalCommand& command : *allowedNow()) {
        names << command.name;
    }
    return names;
}

Result<DecoderPtr> externalDecoder(std::string_view name)
{
    const auto commands = allowedNow();
    const QString wanted = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    const auto found = std::find_if(
        commands->begin(), commands->end(), [&](const ExternalCommand& command) { return command.name == wanted; });
    if (found == commands->end()) {
        return Error{ErrorKind::Input, QStringLiteral("external:") + wanted,
            tr("No program of this name is allowed: look into the settings, Decoders")};
    }
    return makeExternalDecoder(*found);
}

DecoderPtr makeExternalDecoder(ExternalCommand command, const ExternalLimits& limits)
{
    return std::make_shared<ExternalDecoder>(std::move(command), limits);
}

} // namespace keyglass
