// cohort-script: checks a script, or runs it over CSV files, without a server.
#include "server/worker/script/checking.h"
#include "server/worker/script/options.h"
#include "server/worker/script/script_runner.h"
#include "shared/base/limits.h"

#include <QCoreApplication>
#include <QTextStream>

using namespace cohort;
using namespace cohort::worker;

namespace {

constexpr int UsageError = 2;

// Which lines were left out and why, and how many of all. Errors: WrongValue when none is left.
Result<void> tellRefused(const CsvTable& data, const RefusedLines& refused, QTextStream& trouble)
{
    int told = 0;
    for (const auto& line : refused) {
        if (++told > ImportRefusedMost)
            break;
        trouble << line.second << '\n';
    }
    const std::size_t all = data.rows.size() + data.odd.size();
    if (!refused.empty() && refused.size() == all)
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("%1: each of its %2 lines was refused; there is nothing to run "
                                   "over")
                        .arg(data.file)
                        .arg(all));
    if (!refused.empty())
        trouble << QStringLiteral("%1: %2 of %3 lines refused; the script runs over the others\n")
                       .arg(data.file)
                       .arg(refused.size())
                       .arg(all);
    trouble.flush();
    return {};
}

Result<RunRequest> requestFrom(const ScriptOptions& options, QTextStream& trouble)
{
    COHORT_TRY(script, readScript(options.files.front()));
    COHORT_TRY(devices, readCsv(options.devices,
                                {QStringLiteral("device_id"), QStringLiteral("room"), QStringLiteral("parameter"),
                                 QStringLiteral("use"), QStringLiteral("description")}));
    COHORT_TRY(data, readCsv(options.data,
                             {QStringLiteral("time"), QStringLiteral("device_id"), QStringLiteral("parameter"),
                              QStringLiteral("value")},
                             {}, OddRows::Apart));
    RunRequest request;
    COHORT_TRY(home, homeFrom(devices, options.timeZone));
    RefusedLines refused;
    request.rows = rowsFrom(data, home, refused);
    COHORT_CHECK(tellRefused(data, refused, trouble));
    request.script = std::move(script);
    request.home = std::move(home);
    request.parameters = options.parameters;
    request.json = options.json;
    request.verbose = options.verbose;
    return request;
}

int runScript(const ScriptOptions& options, QTextStream& out, QTextStream& trouble)
{
    auto request = requestFrom(options, trouble);
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
