// cohort-script: checks a script, or runs it over CSV files, without a server.
#include "server/worker/script/checking.h"
#include "server/worker/script/options.h"
#include "server/worker/script/script_runner.h"

#include <QCoreApplication>
#include <QTextStream>

using namespace cohort;
using namespace cohort::worker;

namespace {

constexpr int UsageError = 2;

Result<RunRequest> requestFrom(const ScriptOptions& options)
{
    COHORT_TRY(script, readScript(options.files.front()));
    COHORT_TRY(devices, readCsv(options.devices,
                                {QStringLiteral("device_id"), QStringLiteral("room"), QStringLiteral("parameter"),
                                 QStringLiteral("use"), QStringLiteral("description")}));
    COHORT_TRY(data, readCsv(options.data, {QStringLiteral("time"), QStringLiteral("device_id"),
                                            QStringLiteral("parameter"), QStringLiteral("value")}));
    RunRequest request;
    COHORT_TRY(home, homeFrom(devices, options.timeZone));
    COHORT_TRY(rows, rowsFrom(data, home));
    request.script = std::move(script);
    request.home = std::move(home);
    request.rows = std::move(rows);
    request.parameters = options.parameters;
    request.json = options.json;
    request.verbose = options.verbose;
    return request;
}

int runScript(const ScriptOptions& options, QTextStream& out, QTextStream& trouble)
{
    auto request = requestFrom(options);
    if (!request) {
        trouble << request.error().detail << '\n';
        return UsageError;
    }
    ScriptRunner runner(std::move(*request), options.worker, out, trouble);
    return runner.run();
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    QTextStream trouble(stderr);
    const auto options = parseOptions(QCoreApplication::arguments().mid(1));
    if (!options) {
        trouble << "cohort-script: " << options.error().detail << "\n\n" << usage();
        return UsageError;
    }
    switch (options->what) {
    case ScriptOptions::What::Help:
        out << usage(options->helpOf);
        return 0;
    case ScriptOptions::What::Version:
        out << "cohort-script " << COHORT_VERSION << '\n';
        return 0;
    case ScriptOptions::What::Check:
        return checkScripts(options->files, options->worker, out, trouble) ? 0 : 1;
    case ScriptOptions::What::Run:
        break;
    }
    return runScript(*options, out, trouble);
}
