#include "server/composer/running/supervisor.h"

#include <utility>

namespace cohort::composer {

namespace {

bool wasKilled(engine::RunStatus status)
{
    return status == engine::RunStatus::Timeout || status == engine::RunStatus::Memory ||
           status == engine::RunStatus::Killed;
}

bool pause(Trouble& trouble, const QString& why)
{
    trouble.status = model::InstanceStatus::PausedByErrors;
    trouble.detail = why;
    return true;
}

} // namespace

bool endLoop(Trouble& trouble)
{
    return !trouble.loop.isEmpty() && pause(trouble, std::exchange(trouble.loop, QString()));
}

bool countRun(Trouble& trouble, const engine::RunResult& result)
{
    if (endLoop(trouble))
        return true;
    if (result.status == engine::RunStatus::Ok) {
        trouble.errorsInRow = 0;
        trouble.killsInRow = 0;
        trouble.suspect = false;
        trouble.detail.clear();
        return false;
    }
    const QString error = QString::fromStdString(result.error);
    if (++trouble.errorsInRow == 1)
        trouble.detail = error; // the first of them says most
    if (wasKilled(result.status) && ++trouble.killsInRow >= MostKillsInRow)
        return pause(trouble,
                     QStringLiteral("stopped %1 times in a row; the last time: %2").arg(trouble.killsInRow).arg(error));
    if (trouble.errorsInRow >= MostErrorsInRow)
        return pause(trouble, QStringLiteral("%1 errors in a row; the first one: %2; the last one: %3")
                                  .arg(QString::number(trouble.errorsInRow), trouble.detail, error));
    return false;
}

engine::RunResult killedResult(const engine::Run& run, const worker::Ended& ended)
{
    using worker::EndReason;
    engine::RunResult result;
    result.number = run.number;
    result.log = ended.log;
    switch (ended.reason) {
    case EndReason::CpuLimit:
        result.status = engine::RunStatus::Timeout;
        result.cpuUs = 1'000'000; // at least; the worker is gone before it could say
        result.error = "took over 1 s of CPU time; do less per event, or ask home.history for what is stored";
        break;
    case EndReason::WallLimit:
        result.status = engine::RunStatus::Timeout;
        result.error = "did not finish in time";
        break;
    case EndReason::MemoryLimit:
        result.status = engine::RunStatus::Memory;
        result.error = "used over 256 MiB of memory";
        break;
    default:
        result.status = engine::RunStatus::Killed;
        result.error = "its process ended: " + ended.detail.toStdString();
    }
    return result;
}

bool makesSuspect(worker::EndReason reason)
{
    return reason != worker::EndReason::Stopped;
}

} // namespace cohort::composer
