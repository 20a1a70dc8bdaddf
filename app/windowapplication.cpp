// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowapplication.h"

#include "app/connectiontest.h"
#include "app/demohost.h"
#include "app/signalwatcher.h"
#include "app/windowoptions.h"
#include "core/base/errortext.h"
#include "core/edit/draftkeeper.h"
#include "core/profile/profilestore.h"
#include "core/profile/secrets.h"
#include "core/profile/settings.h"
#include "core/profile/uri.h"
#include "core/session/resultlibrary.h"
#include "core/session/session.h"
#include "core/session/undolibrary.h"
#include "core/value/formatters/externaldecoder.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/messagelog.h"
#include "ui/common/theme.h"
#include "ui/common/translation.h"
#include "ui/common/whenready.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace keyglass {

namespace {

/// The first line of the standard input, without its end.
QString passwordFromStdin()
{
    std::string line;
    for (int c = std::fgetc(stdin); c != EOF && c != '\n'; c = std::fgetc(stdin)) {
        line += static_cast<char>(c);
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return QString::fromStdString(line);
}

std::optional<QString> givenPassword(const WindowOptions& options)
{
    if (options.passwordStdin) {
        return passwordFromStdin();
    }
    if (qEnvironmentVariableIsSet("KEYGLASS_PASSWORD")) {
        return qEnvironmentVariable("KEYGLASS_PASSWORD");
    }
    return std::nullopt;
}

std::optional<QString> givenSentinelPassword(const ConnectTarget& target)
{
    if (qEnvironmentVariableIsSet("KEYGLASS_SENTINEL_PASSWORD")) {
        return qEnvironmentVariable("KEYGLASS_SENTINEL_PASSWORD");
    }
    return target.sentinelPassword;
}

int complain(const QString& what)
{
    std::fprintf(stderr, "keyglass: %s\n", qPrintable(what));
    return 2;
}

/// What the command line names, or an error that says why it can't be opened.
Result<ConnectTarget> targetOf(const WindowOptions& options, const ProfileStore& profiles)
{
    if (!options.uri.isEmpty()) {
        return parseUri(options.uri);
    }
    if (auto profile = profiles.find(options.profile)) {
        return ConnectTarget{*std::move(profile), std::nullopt};
    }
    return Error{
        ErrorKind::Input, options.profile, QApplication::translate("app", "There is no profile of this name.")};
}

/// Everything the windows share, and the way they follow the settings.
class WindowApplication {
public:
    explicit WindowApplication(const QString& configDir)
        : m_settings(configFolder(configDir))
        , m_profiles(configFolder(configDir))
        , m_results(configFolder(configDir))
        , m_drafts(configFolder(configDir) + u"/drafts"_s)
    {
        m_theme.choose(m_settings.theme());
        ui::applyFontSize(m_settings.fontSize());
        QObject::connect(&m_settings, &Settings::changed, &m_theme, [this] {
            if (m_theme.choice() != m_settings.theme()) {
                m_theme.choose(m_settings.theme());
            }
            ui::applyFontSize(m_settings.fontSize());
            allowPrograms();
        });
        allowPrograms();
        QObject::connect(&m_settings, &Settings::troubled, &m_log, [this](const Error& error) { note(error); });
        noteTrouble(m_settings.trouble());
        noteTrouble(m_profiles.trouble());
        m_pruning.setInterval(std::chrono::hours(24));
        QObject::connect(&m_pruning, &QTimer::timeout, &m_log, [this] { pruneArchives(); });
        m_pruning.start();
        pruneArchives();
    }

    [[nodiscard]] const ProfileStore& profiles() const { return m_profiles; }
    [[nodiscard]] ui::WindowServices services();

private:
    void allowPrograms() const
    {
        allowExternalDecoders(
            m_settings.allowsExternalDecoders() ? m_settings.externalDecoders() : std::vector<ExternalCommand>());
    }
    /// Undo archives that need not be kept any more are deleted, and that is told.
    void pruneArchives()
    {
        ui::whenReady(&m_log, m_undo.prune(archiveKeeping(m_settings)), [this](const Result<PrunedArchives>& pruned) {
            if (!pruned) {
                return;
            }
            for (const QString& file : pruned->removed) {
                m_log.add(ui::MessageLog::Level::Info, {},
                    QApplication::translate("app", "The old undo archive %1 was deleted.").arg(file));
            }
            for (const Error& trouble : pruned->troubles) {
                note(trouble);
            }
        });
    }
    void note(const Error& error) { m_log.add(ui::MessageLog::Level::Warning, {}, errorText(error)); }
    void noteTrouble(const std::optional<Error>& trouble)
    {
        if (trouble) {
            note(*trouble);
        }
    }

    ui::Theme m_theme;
    Settings m_settings;
    ProfileStore m_profiles;
    ResultLibrary m_results;
    DraftKeeper m_drafts;
    SecretStore m_secrets;
    ui::MessageLog m_log;
    ConnectionTest m_connectionTest{m_secrets};
    DemoHost m_demo;
    QTimer m_pruning;
    UndoLibrary m_undo;
};

ui::WindowServices WindowApplication::services()
{
    return {m_settings, m_profiles, m_secrets, m_log,
        [](Profile profile, Credentials passwords) {
            return std::make_unique<Session>(std::move(profile), std::move(passwords));
        },
        [this] { return m_demo.profile(); },
        [this](const Profile& profile, const KnownCredentials& known) { return m_connectionTest.run(profile, known); },
        m_results, m_drafts};
}

void describe(QApplication& application)
{
    QApplication::setApplicationName(u"keyglass"_s);
    QApplication::setApplicationDisplayName({}); // titles name the app themselves
    QApplication::setApplicationVersion(QStringLiteral(KEYGLASS_VERSION));
    QApplication::setDesktopFileName(u"org.keyglass.Keyglass"_s);
    application.setWindowIcon(ui::applicationIcon());
}

void endUnasked()
{
    ui::MainWindow::closeAll(true);
    QApplication::quit();
}

} // namespace

int runWindow(int& argc, char** argv, const WindowOptions& options)
{
    QApplication application(argc, argv);
    describe(application);
    ui::installTranslation();
    WindowApplication shared(options.configDir);
    std::optional<ConnectTarget> target;
    if (!options.profile.isEmpty() || !options.uri.isEmpty()) {
        auto found = targetOf(options, shared.profiles());
        if (!found) {
            return complain(errorText(found.error()));
        }
        target = *std::move(found);
    }
    const auto password = givenPassword(options);

    const SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::endRequested, &application, endUnasked);
    auto* window = new ui::MainWindow(shared.services()); // deletes itself when it is closed
    window->show();
    if (options.demo) {
        window->openDemo();
    } else if (target) {
        window->open(target->profile, {password ? password : target->password, givenSentinelPassword(*target)});
    } else {
        window->reopenLast();
    }
    return QApplication::exec();
}

} // namespace keyglass
