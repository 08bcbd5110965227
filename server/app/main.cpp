// cohort-server: serve, add an operator, make the first one's code, or import a file.

#include "server/app/import_command.h"
#include "server/app/node.h"
#include "server/app/operator_command.h"
#include "server/app/signals.h"
#include "shared/base/log.h"
#include "shared/base/system_clock.h"

#include <QCoreApplication>

#include <sodium.h>

#include <cstdio>

namespace {

using namespace cohort;
using namespace cohort::app;

constexpr int UsageError = 2;

// Whose meaning is written for callers of the API: a person at a command line is told by the detail alone.
bool saysAllInDetail(ErrorCode code)
{
    switch (code) {
    case ErrorCode::WrongValue:
    case ErrorCode::MissingValue:
    case ErrorCode::NotFound:
    case ErrorCode::Conflict:
    case ErrorCode::AccessDenied:
    case ErrorCode::TooLarge:
    case ErrorCode::Unavailable:
        return true;
    default:
        return false;
    }
}

int complain(const Error& error, int status)
{
    const QString text = saysAllInDetail(error.code) && !error.detail.isEmpty() ? error.detail : error.message();
    std::fprintf(stderr, "cohort-server: %s\n", text.toUtf8().constData());
    return status;
}

void setLevel(const QString& name)
{
    for (const auto& [text, level] : {std::pair{"debug", LogLevel::Debug},
                                      {"info", LogLevel::Info},
                                      {"warning", LogLevel::Warning},
                                      {"error", LogLevel::Error}}) {
        if (name == QLatin1String(text))
            setLogLevel(level);
    }
}

int serve(const Options& options)
{
    const Signals signals([] { QCoreApplication::quit(); });
    Node node(options);
    if (const auto started = node.start(); !started)
        return complain(started.error(), 1);
    const int status = QCoreApplication::exec();
    node.stop();
    return status;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("cohort-server"));
    if (sodium_init() < 0)
        return complain(Error{ErrorCode::Internal, QStringLiteral("libsodium does not start"), 0}, 1);
    const auto options = parseOptions(QCoreApplication::arguments().mid(1));
    if (!options)
        return complain(options.error(), UsageError);
    setLevel(options->logLevel);
    switch (options->command) {
    case Options::Command::Help:
        std::printf("%s", helpText(options->helpOf).toUtf8().constData());
        return 0;
    case Options::Command::Version:
        std::printf("cohort-server %s\n", COHORT_VERSION);
        return 0;
    case Options::Command::OperatorAdd: {
        const auto added = addOperator(*options);
        return added ? 0 : complain(added.error(), 1);
    }
    case Options::Command::FirstCode: {
        const auto made = firstCode(*options);
        return made ? 0 : complain(made.error(), 1);
    }
    case Options::Command::Import: {
        const auto refused = importFile(*options, SystemClock());
        return !refused ? complain(refused.error(), 1) : *refused == 0 ? 0 : 1;
    }
    case Options::Command::Serve:
        return serve(*options);
    }
    return UsageError;
}
