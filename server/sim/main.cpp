// cohort-sim: `homes` lives in simulated homes, `record` writes their days to files, `replay` posts a recorded one,
// `load` measures.

#include "server/sim/command_line.h"
#include "shared/base/system_clock.h"

#include <QCoreApplication>

#include <cstdio>

namespace {

using namespace cohort;
using namespace cohort::sim;

constexpr int Failed = 1, UsageError = 2;
constexpr std::chrono::seconds ProgressEvery{1};

// What a person typed wrong says all in its detail; what a server refused says it with the catalogue's meaning.
int complain(const Error& error, int code)
{
    const bool isTyped = error.code == ErrorCode::WrongValue || error.code == ErrorCode::MissingValue;
    const QString text = isTyped && !error.detail.isEmpty() ? error.detail : error.message();
    std::fprintf(stderr, "cohort-sim: %s\n", text.toUtf8().constData());
    return code;
}

Result<void> signIn(ApiClient& api, const Command& command)
{
    COHORT_TRY(secret, readPassword(command.passwordFile));
    return api.signIn(command.user, secret);
}

Result<void> liveInHomes(const Command& command, const Clock& clock)
{
    ApiClient api(command.server);
    COHORT_CHECK(signIn(api, command));
    return runHomes(api, command.homes, clock);
}

// Tells how far it is, once a second; a recording of a moment says nothing.
Result<void> recordHomes(const Command& command, const Clock& clock)
{
    auto due = clock.steady() + ProgressEvery;
    bool told = false;
    const auto result = record(command.record, [&](int home) {
        const auto now = clock.steady();
        if (now < due)
            return;
        due = now + ProgressEvery;
        told = true;
        std::fprintf(stderr, "\r%d of %d homes recorded", home, command.record.homes);
    });
    if (told)
        std::fprintf(stderr, "\n");
    return result;
}

Result<void> replayHome(const Command& command, const Clock& clock)
{
    ApiClient api(command.server);
    COHORT_CHECK(signIn(api, command));
    const auto progress = [](const ReplayReport& report) {
        std::fprintf(stderr, "\r%lld of %lld rows acknowledged", report.skipped + report.acknowledged, report.rows);
    };
    COHORT_TRY(report, replay(api, command.replay, clock, progress));
    std::fprintf(stderr, "\n");
    std::printf("{\"rows\":%lld,\"skipped\":%lld,\"acknowledged\":%lld,\"rejected\":%lld,\"reconnects\":%lld}\n",
                report.rows, report.skipped, report.acknowledged, report.rejected, report.reconnects);
    if (report.rejected > 0)
        return fail(ErrorCode::WrongValue, QStringLiteral("%1 rows were rejected; see above").arg(report.rejected));
    return {};
}

Result<void> load(const Command& command, const Clock& clock)
{
    LoadOptions options = command.load.options;
    COHORT_TRY(devices, readLoadDevices(command.load.devicesFile.toStdString()));
    options.devices = std::move(devices);
    COHORT_TRY(report, runLoad(options, clock));
    std::printf("%s\n", toJson(report).c_str());
    return {};
}

Result<void> run(const Command& command, const Clock& clock)
{
    switch (command.what) {
    case Command::What::Homes:
        return liveInHomes(command, clock);
    case Command::What::Record:
        return recordHomes(command, clock);
    case Command::What::Replay:
        return replayHome(command, clock);
    case Command::What::Load:
        return load(command, clock);
    case Command::What::Help:
        std::fputs(helpText(command.helpOf).toUtf8().constData(), stdout);
        return {};
    case Command::What::Version:
        std::printf("cohort-sim %s\n", COHORT_VERSION);
        return {};
    }
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const auto command = parseCommand(QCoreApplication::arguments().mid(1));
    if (!command)
        return complain(command.error(), UsageError);
    const SystemClock clock;
    const auto result = run(*command, clock);
    return result ? 0 : complain(result.error(), Failed);
}
