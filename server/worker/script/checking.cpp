#include "server/worker/script/checking.h"

#include "server/worker/script/script_source.h"

#include <QEventLoop>
#include <QTextStream>

namespace cohort::worker {
namespace {

// What the worker said of one script; an error when it said nothing.
Result<engine::wire::Loaded> ask(const ScriptSource& script, const WorkerOptions& options)
{
    namespace wire = engine::wire;
    QEventLoop loop;
    std::unique_ptr<WorkerProcess> worker;
    Result<wire::Loaded> answer = fail(ErrorCode::Internal, QStringLiteral("the worker gave no answer"));
    bool asked = false, answered = false;
    WorkerProcess::Callbacks callbacks;
    callbacks.onMessage = [&](wire::FromWorker message) {
        if (std::holds_alternative<wire::Ready>(message)) {
            asked = true;
            return worker->send(wire::Check{"script", script.source, script.helpers});
        }
        if (auto* loaded = std::get_if<wire::Loaded>(&message)) {
            answer = std::move(*loaded);
            answered = true;
            loop.quit();
        }
    };
    callbacks.onEnded = [&](const Ended& ended) {
        if (!answered && asked)
            answer = wire::Loaded{0, {faultOfLoading(ended)}, {}};
        else if (!answered)
            answer = fail(ErrorCode::Internal, QStringLiteral("the worker ended: %1").arg(ended.detail));
        loop.quit();
    };
    COHORT_TRY(started, WorkerProcess::start(options, std::move(callbacks)));
    worker = std::move(started);
    loop.exec();
    return answer;
}

} // namespace

bool checkScripts(const QStringList& files, const WorkerOptions& options, QTextStream& out, QTextStream& trouble)
{
    bool accepted = true;
    for (const QString& file : files) {
        const auto script = readScript(file);
        const auto loaded = script ? ask(*script, options) : fail(script.error());
        if (!loaded) {
            trouble << loaded.error().detail << '\n';
            accepted = false;
            continue;
        }
        for (const engine::wire::Fault& fault : loaded->faults)
            out << faultLine(*script, fault) << '\n';
        accepted = accepted && loaded->faults.empty();
    }
    return accepted;
}

} // namespace cohort::worker
