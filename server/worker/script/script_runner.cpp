#include "server/worker/script/script_runner.h"

#include "server/engine/instance.h"
#include "server/worker/script/effect_printer.h"
#include "server/worker/script/history_store.h"
#include "server/worker/script/parameter_values.h"
#include "server/worker/script/type_check.h"
#include "server/worker/script/unmatched.h"
#include "shared/base/value_json.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>
#include <QTimer>

#include <algorithm>

namespace cohort::worker {

namespace wire = engine::wire;

namespace {

constexpr std::uint32_t Handle = 1; // of the one script and the one home

engine::RunStatus statusOf(EndReason reason)
{
    switch (reason) {
    case EndReason::CpuLimit:
    case EndReason::WallLimit:
        return engine::RunStatus::Timeout;
    case EndReason::MemoryLimit:
        return engine::RunStatus::Memory;
    default:
        return engine::RunStatus::Killed;
    }
}

} // namespace

struct ScriptRunner::Private
{
    RunRequest request;
    WorkerOptions options;
    QTextStream& output;
    QTextStream& trouble;
    EffectPrinter printer;
    std::unique_ptr<WorkerProcess> worker;
    std::unique_ptr<engine::Instance> instance; // once the script was accepted
    std::shared_ptr<const engine::HomeInfo> home;
    struct
    {
        std::shared_ptr<const engine::Manifest> manifest;
        std::string parameters;
        TriggerPlaces heard; // and those that were said to match nothing
    } script;
    HistoryStore history;
    std::optional<engine::Run> out;
    struct
    {
        std::size_t offered = 0; // rows given to the instance
        std::size_t seen = 0;    // rows that history has
        int kills = 0;
        int code = 0;
    } progress;
    QEventLoop loop;

    Private(RunRequest r, WorkerOptions o, QTextStream& effects, QTextStream& errors)
        : request(std::move(r)), options(std::move(o)), output(effects), trouble(errors),
          printer(request.home, request.json), home(std::make_shared<const engine::HomeInfo>(request.home))
    {
    }

    void finish(int code)
    {
        progress.code = std::max(progress.code, code);
        loop.quit();
    }
    void startWorker();
    void handle(wire::FromWorker message);
    void loaded(const wire::Loaded& answer);
    bool prepare(const wire::Loaded& answer);
    Timestamp present() const;
    void pump();
    void sayUnheard();
    void done(const engine::RunResult& result);
    void ended(const Ended& ended);
    void answer(const wire::HistoryRequest& query);
    void keepFacts(const engine::RunResult& result, Timestamp now);
    void show(const engine::Run& run, const engine::Effect& effect, const std::vector<engine::Timer>& timers);
    void reportFailure(const std::string& handler, Timestamp at, const QString& what);
    const std::string& handlerName(int index) const
    {
        return script.manifest->handlers[static_cast<std::size_t>(index)];
    }
};

ScriptRunner::ScriptRunner(RunRequest request, WorkerOptions options, QTextStream& out, QTextStream& trouble)
    : d(std::make_unique<Private>(std::move(request), std::move(options), out, trouble))
{
}

ScriptRunner::~ScriptRunner() = default;

int ScriptRunner::run()
{
    QTimer::singleShot(0, &d->loop, [this] { d->startWorker(); });
    d->loop.exec();
    d->printer.print(d->output);
    return d->progress.code;
}

void ScriptRunner::Private::startWorker()
{
    WorkerProcess::Callbacks callbacks;
    callbacks.onMessage = [this](wire::FromWorker message) { handle(std::move(message)); };
    callbacks.onEnded = [this](const Ended& end) { ended(end); };
    auto started = WorkerProcess::start(options, std::move(callbacks));
    if (!started) {
        trouble << "the worker does not start: " << started.error().message() << '\n';
        return finish(1);
    }
    worker = std::move(*started);
}

void ScriptRunner::Private::handle(wire::FromWorker message)
{
    if (std::holds_alternative<wire::Ready>(message))
        worker->send(wire::Load{Handle, request.script.source, request.script.helpers});
    else if (const auto* answerToLoad = std::get_if<wire::Loaded>(&message))
        loaded(*answerToLoad);
    else if (const auto* query = std::get_if<wire::HistoryRequest>(&message))
        answer(*query);
    else if (const auto* result = std::get_if<wire::RunDone>(&message))
        done(result->result);
}

void ScriptRunner::Private::loaded(const wire::Loaded& answer)
{
    if (!instance && !prepare(answer))
        return;
    worker->send(wire::SetHome{Handle, *home});
    worker->send(wire::SetInstance{Handle, Handle, script.parameters, instance->state(), true});
    instance->resetMirror();
    pump();
}

bool ScriptRunner::Private::prepare(const wire::Loaded& answer)
{
    for (const wire::Fault& fault : answer.faults)
        trouble << faultLine(request.script, fault) << '\n';
    if (!answer.faults.empty()) {
        finish(1);
        return false;
    }
    auto parsed = engine::manifestFromJson(answer.manifest);
    if (!parsed) {
        trouble << parsed.error().message() << '\n';
        finish(1);
        return false;
    }
    auto values = parameterValues(parsed->parameters, request.parameters);
    if (!values) {
        trouble << values.error().detail << '\n';
        finish(2);
        return false;
    }
    QStringList said;
    for (const auto& [place, sentence] : unmatchedTriggers(*parsed, *home, request.rows)) {
        if (!said.contains(sentence))
            trouble << sentence << '\n';
        said.append(sentence);
        script.heard.insert(place);
    }
    script.parameters = std::move(*values);
    script.manifest = std::make_shared<const engine::Manifest>(std::move(*parsed));
    instance = std::make_unique<engine::Instance>(script.manifest, home, ScriptNumber, engine::InstanceState{});
    return true;
}

// In a home with the `real` clock: what is due when the next row arrives fires before it.
Timestamp ScriptRunner::Private::present() const
{
    if (request.rows.empty())
        return {};
    return request.rows[std::min(progress.offered, request.rows.size() - 1)]->arrival;
}

void ScriptRunner::Private::pump()
{
    while (!out) {
        out = instance->next(present());
        if (out)
            break;
        if (progress.offered == request.rows.size()) {
            sayUnheard();
            return finish(0);
        }
        instance->offer(request.rows[progress.offered++]);
    }
    script.heard.merge(triggersOf(*out, *script.manifest));
    wire::RunOne one;
    one.script = one.home = Handle;
    one.run = *out;
    one.changes = instance->drainChanges();
    for (const engine::Timer& timer : instance->timers())
        one.timers.push_back(timer.name);
    worker->send(wire::RunBatch{{std::move(one)}});
}

void ScriptRunner::Private::sayUnheard()
{
    QString span;
    const auto first = std::find_if(request.rows.begin(), request.rows.end(), [](const auto& row) {
        return row->kind != engine::EventKind::Installed; // has no moment of its own
    });
    if (first != request.rows.end())
        span = printer.timeOf((*first)->time) + QStringLiteral(" to ") + printer.timeOf(request.rows.back()->time);
    for (const QString& sentence : unheardTriggers(*script.manifest, script.heard, span))
        trouble << sentence << '\n';
}

void ScriptRunner::Private::done(const engine::RunResult& result)
{
    if (!out || result.number != out->number)
        return;
    const engine::Run run = *std::exchange(out, std::nullopt);
    const std::string& handler = handlerName(run.handler);
    const std::vector<engine::Timer> timers = instance->timers();
    instance->complete(result);
    for (const std::string& line : result.log)
        trouble << printer.timeOf(run.now) << ' ' << QString::fromStdString(line) << '\n';
    if (request.verbose && !result.because.empty())
        trouble << printer.timeOf(run.now) << " because " << QString::fromStdString(result.because) << '\n';
    if (result.status != engine::RunStatus::Ok) {
        reportFailure(handler, run.now, QString::fromStdString(result.error));
    } else {
        for (const engine::Effect& effect : result.effects)
            show(run, effect, timers);
        keepFacts(result, run.now);
    }
    for (const engine::Looping& looping : instance->drainLooping())
        reportFailure(handlerName(looping.handler), looping.event.time,
                      QStringLiteral("LOOPING: over %1 facts or signals deep").arg(engine::Instance::MostDepth));
    if (worker)
        pump();
}

void ScriptRunner::Private::keepFacts(const engine::RunResult& result, Timestamp now)
{
    for (const engine::Effect& effect : result.effects) {
        if (effect.kind != engine::EffectKind::SetFact)
            continue;
        const QJsonObject payload = QJsonDocument::fromJson(QByteArray::fromStdString(effect.payload)).object();
        const auto value = valueOfJson(payload.value(QStringLiteral("value")));
        if (!value || !value->number)
            continue;
        DeviceId device;
        const std::string key = payload.value(QStringLiteral("device")).toString().toStdString();
        for (const engine::DeviceInfo& one : home->devices) {
            if (!key.empty() && one.key == key)
                device = one.id;
        }
        const auto time = fromIso(payload.value(QStringLiteral("time")).toString().toStdString());
        history.add(true, device, payload.value(QStringLiteral("name")).toString().toStdString(), time ? *time : now,
                    *value);
    }
}

void ScriptRunner::Private::answer(const wire::HistoryRequest& query)
{
    const std::size_t visible = progress.offered - instance->waiting();
    for (; progress.seen < visible; ++progress.seen) {
        const engine::Input& row = *request.rows[progress.seen];
        if (row.kind == engine::EventKind::Measurement)
            history.add(false, row.device, row.name, row.time, row.value);
    }
    if (out)
        worker->send(history.answer(query, out->now));
}

void ScriptRunner::Private::ended(const Ended& end)
{
    if (!instance && end.line > 0) {
        trouble << faultLine(request.script, faultOfLoading(end)) << '\n';
        return finish(1);
    }
    if (!out || ++progress.kills >= MostKills) {
        trouble << "the worker ended: " << end.detail << '\n';
        return finish(1);
    }
    // The object must not go inside its own callback.
    QTimer::singleShot(0, &loop, [this, end] {
        worker.reset();
        engine::RunResult result;
        result.number = out->number;
        result.status = statusOf(end.reason);
        result.error = "the run was ended: " + end.detail.toStdString();
        result.log = end.log;
        done(result);
        startWorker();
    });
}

void ScriptRunner::Private::show(const engine::Run& run, const engine::Effect& effect,
                                 const std::vector<engine::Timer>& timers)
{
    const std::string& handler = handlerName(run.handler);
    const TypeChecked checked = checkedByType(effect, *home);
    if (checked.isRefused)
        return reportFailure(handler, run.now, checked.why.join(QStringLiteral("; ")));
    for (const QString& sentence : checked.why)
        trouble << printer.timeOf(run.now) << ' ' << QString::fromStdString(handler) << ": " << sentence << '\n';
    printer.print(run, handler, checked.effect, timers);
}

void ScriptRunner::Private::reportFailure(const std::string& handler, Timestamp at, const QString& what)
{
    trouble << printer.timeOf(at) << ' ' << QString::fromStdString(handler) << ": " << what << '\n';
    progress.code = std::max(progress.code, 1);
}

} // namespace cohort::worker
