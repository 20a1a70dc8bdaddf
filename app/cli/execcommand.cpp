// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/console/commandwords.h"
#include "core/console/console.h"
#include "core/console/replyjson.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

/// The elements of a scan as JSON, kept in a file without a name until the reply can be written: what stands before
/// them in it is known at the end.
class ItemSpool {
public:
    Status take(const std::vector<Reply>& items)
    {
        std::string json;
        for (const Reply& item : items) {
            json += std::exchange(m_isFirst, false) ? "" : ", ";
            appendReplyJson(json, item);
        }
        if (!m_file) {
            m_file.reset(std::tmpfile());
        }
        if (!m_file || std::fwrite(json.data(), 1, json.size(), m_file.get()) != json.size()) {
            return Error{ErrorKind::File, tr("The temporary folder"), QString::fromLocal8Bit(std::strerror(errno))};
        }
        return ok();
    }

    /// All that was taken, to stdout.
    bool writeOut()
    {
        if (!m_file) {
            return true;
        }
        if (std::fseek(m_file.get(), 0, SEEK_SET) != 0) {
            return false;
        }
        std::string block(64 * 1024, '\0');
        for (std::size_t size = block.size(); size == block.size();) {
            size = std::fread(block.data(), 1, block.size(), m_file.get());
            if (!cli::writeOut(std::string_view(block).substr(0, size))) {
                return false;
            }
        }
        return std::ferror(m_file.get()) == 0;
    }

private:
    struct Closing {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, Closing> m_file;
    bool m_isFirst = true;
};

/// The next line of stdin without its end; nothing where there is none.
std::optional<std::string> nextLine()
{
    std::string line;
    int c = std::fgetc(stdin);
    if (c == EOF) {
        return std::nullopt;
    }
    for (; c != EOF && c != '\n'; c = std::fgetc(stdin)) {
        line += static_cast<char>(c);
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return line;
}

/// Writes an answer: what stands before a scan's last array, its elements from the spool, and the rest.
bool write(const ConsoleAnswer& answer, ItemSpool& spool, bool isSpooled)
{
    std::string json = replyJson(answer.reply);
    if (!isSpooled) {
        return writeOut(json + '\n');
    }
    json.resize(json.size() - 2); // it ends with an empty array, which is filled here
    return writeOut(json) && spool.writeOut() && writeOut("]]\n");
}

/// What a reply does not show, on stderr, and the exit status.
ExitStatus judge(const ConsoleAnswer& answer)
{
    for (const QString& note : answer.notes) {
        std::fprintf(stderr, "keyglass: %s\n", qUtf8Printable(note));
    }
    for (const Error& gap : answer.gaps) {
        tell(gap);
    }
    const ConsoleProgress& done = answer.done;
    if (done.failed > 0) {
        const auto& first = *answer.firstFailure;
        const QString text =
            tr("%1 of %2 operations failed, the first%3: %4")
                .arg(done.failed)
                .arg(done.operations)
                .arg(first.element.empty() ? QString() : tr(" with %1").arg(displayText(first.element)))
                .arg(displayText(first.text));
        std::fprintf(stderr, "keyglass: %s\n", qUtf8Printable(text));
    }
    if (answer.reply.isError()) {
        std::fprintf(stderr, "keyglass: %s\n", qUtf8Printable(displayText(answer.reply.text)));
        return Failed;
    }
    if (!answer.gaps.empty() && done.elements == 0) {
        return Failed;
    }
    if (done.failed > 0 && done.failed == done.operations) {
        return Failed;
    }
    return done.failed > 0 || !answer.gaps.empty() ? DoneInPart : Done;
}

/// Runs lines one after the other.
class Executor {
public:
    Executor(Console console, ConsoleCommand options)
        : m_console(std::move(console))
        , m_options(std::move(options))
    {
    }

    ExitStatus run(std::vector<std::string> words, const std::stop_token& stop)
    {
        ConsoleCommand command = m_options;
        command.words = std::move(words);
        ItemSpool spool;
        Console::Listener listener;
        listener.progress = [this](const ConsoleProgress& progress) { tellProgress(progress); };
        if (command.all) {
            listener.items = [&spool](std::vector<Reply>&& items) { return spool.take(items); };
        }
        m_lastTold = Clock::now();
        const auto answer = m_console.run(command, stop, listener);
        if (!answer) {
            return refused(answer.error());
        }
        return write(*answer, spool, command.all) ? judge(*answer) : Failed;
    }

    ExitStatus runLine(const std::string& line, const std::stop_token& stop)
    {
        auto words = splitCommandLine(line);
        if (!words) {
            m_console.missLine();
            return tell(words.error());
        }
        return run(*std::move(words), stop);
    }

private:
    static ExitStatus refused(const Error& error)
    {
        const ExitStatus status = tell(error);
        if (error.kind == ErrorKind::Confirm) {
            std::fprintf(stderr, "keyglass: %s\n", qUtf8Printable(tr("With --yes it is done.")));
        }
        return status;
    }

    /// Once a second, for a scan that takes long.
    void tellProgress(const ConsoleProgress& progress)
    {
        if (Clock::now() - m_lastTold < std::chrono::seconds{1}) {
            return;
        }
        m_lastTold = Clock::now();
        std::fprintf(stderr, "keyglass: %llu elements, %llu operations\n",
            static_cast<unsigned long long>(progress.elements), static_cast<unsigned long long>(progress.operations));
    }

    Console m_console;
    ConsoleCommand m_options;
    Clock::time_point m_lastTold = Clock::now();
};

/// Every line of stdin; what went wrong with one does not end the rest.
int runLines(Executor& executor, const Interruption& interruption)
{
    std::size_t lines = 0;
    std::size_t good = 0;
    ExitStatus worst = Done;
    while (!interruption.happened()) {
        const auto line = nextLine();
        if (!line) {
            break;
        }
        if (line->find_first_not_of(" \t") == std::string::npos) {
            continue;
        }
        const ExitStatus status = executor.runLine(*line, interruption.token());
        std::fflush(stdout);
        ++lines;
        good += status == Done || status == DoneInPart ? 1 : 0;
        worst = std::max(worst, status);
    }
    if (interruption.happened() || (worst != Done && good > 0)) {
        return DoneInPart;
    }
    return worst;
}

} // namespace

int runExec(std::span<char* const> words)
{
    std::vector<OptionSpec> known = targetOptions();
    known.insert(known.end(), {{"--all", false}, {"--node"}, {"--yes", false}});
    const auto options = Options::parse(words, known);
    if (!options) {
        return tell(options.error());
    }
    if (Status filled = options->checkFilled({"--node"}); !filled) {
        return tell(filled.error());
    }
    if (options->rest().empty()) {
        return tell(Error{ErrorKind::Input, QStringLiteral("keyglass exec"),
            tr("It takes a command line in one word, a command in several, or - for the lines of the standard input")});
    }
    const auto timeout = timeoutOf(*options);
    if (!timeout) {
        return tell(timeout.error());
    }
    const Interruption interruption;
    const auto target = openTarget(*options, interruption.token(), TargetUse::AsProfiled);
    if (!target) {
        return tell(target.error());
    }
    const SourceAccess& access = target->access;
    const int database = access.cluster ? 0 : target->profile.database;
    ConsoleSource source{access.gate, access.cluster,
        [&access, database](const std::string& node) { return access.lane(database, {}, node); }, *timeout, {}};
    ConsoleCommand command;
    command.all = options->has("--all");
    command.node = displayText(options->value("--node").value_or(std::string()));
    command.confirmed = options->has("--yes");
    Executor executor(Console(std::move(source)), std::move(command));
    const auto& rest = options->rest();
    if (rest.size() > 1) {
        return executor.run(rest, interruption.token());
    }
    return rest.front() == "-" ? runLines(executor, interruption)
                               : executor.runLine(rest.front(), interruption.token());
}

} // namespace keyglass::cli
