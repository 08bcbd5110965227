#include "server/composer/running/instance_runner.h"

#include "server/composer/commit/trace.h"
#include "server/composer/feed/row_input.h"
#include "server/composer/running/loop.h"
#include "server/composer/running/unchanged.h"

#include <algorithm>
#include <limits>

namespace cohort::composer {

namespace {

namespace wire = engine::wire;

// The row that a run was started by, if it was one.
const engine::Input* rowOf(const InstanceEntry& entry, const engine::Run& run)
{
    if (entry.work.offered.empty())
        return nullptr;
    const engine::Input& row = *entry.work.offered.front();
    const bool same = row.kind == run.event.kind && row.time == run.event.time && row.name == run.event.name;
    return same ? &row : nullptr;
}

// Others may hear of it.
bool leadsOn(const engine::Effect& effect)
{
    return effect.kind == engine::EffectKind::SetFact || effect.kind == engine::EffectKind::Emit;
}

void leaveOut(FinishedRun& finished, const std::vector<bool>& which)
{
    std::vector<engine::Effect> effects;
    std::vector<Decided> decided;
    for (std::size_t index = 0; index < which.size(); ++index) {
        if (which[index])
            continue;
        effects.push_back(std::move(finished.result.effects[index]));
        decided.push_back(std::move(finished.effects[index]));
    }
    finished.result.effects = std::move(effects);
    finished.effects = std::move(decided);
}

// A script reads what it said it reads, and what starts it.
bool mayRead(const engine::Manifest& manifest, const wire::HistoryRequest& request)
{
    if (request.isFact || manifest.reads.contains(request.name))
        return true;
    return std::any_of(manifest.triggers.begin(), manifest.triggers.end(), [&](const engine::Trigger& trigger) {
        return trigger.kind == engine::EventKind::Measurement && trigger.name == request.name;
    });
}

std::string whyNot(const InstanceEntry& entry, const wire::HistoryRequest& request)
{
    const auto& devices = entry.home->devices;
    const bool known = !request.device || std::any_of(devices.begin(), devices.end(),
                                                      [&](const auto& device) { return device.id == request.device; });
    if (!known || (!request.device && !request.isFact))
        return "no such device in this home";
    if (!mayRead(*entry.version->manifest, request))
        return "'" + request.name + "' is not among the script's reads";
    return {};
}

engine::LogPosition visibleTo(const InstanceEntry& entry, const engine::Run& run)
{
    engine::LogPosition position = entry.instance->applied();
    if (const engine::Input* row = rowOf(entry, run))
        position.advance(row->writer, row->number, row->ordinal);
    return position;
}

} // namespace

bool InstanceRunner::isOut(const InstanceEntry& entry, const engine::Run& run) const
{
    return !entry.work.removed && entry.work.out && entry.work.out->number == run.number;
}

const QString* InstanceRunner::refusalOf(VersionId version) const
{
    const auto found = m_refused.find(version);
    return found == m_refused.end() ? nullptr : &found->second;
}

std::optional<engine::Run> InstanceRunner::nextRun(const InstanceEntryPtr& entry)
{
    if (!entry->trouble.runs())
        return std::nullopt;
    if (const QString* why = refusalOf(entry->version->id)) {
        entry->trouble.status = model::InstanceStatus::PausedByErrors;
        entry->trouble.detail = *why;
        pause(entry);
        return std::nullopt;
    }
    Work& work = entry->work;
    if (work.again) {
        work.out = std::exchange(work.again, std::nullopt);
        return work.out;
    }
    auto run = entry->instance->next(m_parts.clock.now());
    drainFirings(entry);
    drainLooping(entry);
    dropApplied(*entry);
    if (run) {
        work.out = run;
        return run;
    }
    if (endLoop(entry->trouble)) {
        pause(entry);
        return std::nullopt;
    }
    m_parts.wakes.set(entry->key, entry->instance->wakeAt());
    if (entry->version->interest.lasting())
        m_parts.commits.touch(entry);
    return std::nullopt;
}

void InstanceRunner::drainFirings(const InstanceEntryPtr& entry)
{
    for (const engine::Firing& firing : entry->instance->drainFirings()) {
        m_parts.commits.touch(entry);
        if (entry->key.mode == Mode::Live)
            m_parts.commits.addRow(firingRow(*entry, firing));
    }
}

void InstanceRunner::drainLooping(const InstanceEntryPtr& entry)
{
    for (const engine::Looping& looping : entry->instance->drainLooping()) {
        FinishedRun finished;
        finished.entry = entry;
        finished.version = entry->version;
        finished.run.handler = looping.handler;
        finished.run.event = looping.event;
        finished.run.now = looping.event.time;
        finished.result.status = engine::RunStatus::Looping;
        finished.result.error = "not called: too many facts or signals followed from one measurement";
        const auto scripts =
            scriptsOfLoop(m_parts.table.of(entry->key.location), entry, looping.event.script, m_parts.clock.now());
        const QString words = wordsOfLoop(
            scripts, QString::fromStdString(entry->version->manifest->handlers.at(std::size_t(looping.handler))),
            QString::fromStdString(looping.event.name));
        for (const InstanceEntryPtr& one : scripts) {
            if (!one->trouble.runs() || !one->trouble.loop.isEmpty())
                continue;
            one->trouble.loop = words;
            if (one != entry)
                m_pool.add(one); // it is paused when it is next looked at
        }
        m_parts.commits.touch(entry);
        m_parts.commits.count(entry->key.script, finished.result, 0);
        m_parts.commits.addRun(std::move(finished));
        m_parts.meters.errors.add();
    }
}

void InstanceRunner::runDone(const InstanceEntryPtr& entry, const engine::Run& run, engine::RunResult result)
{
    if (!isOut(*entry, run))
        return;
    enforceLimits(result);
    finish(entry, run, std::move(result));
}

void InstanceRunner::finish(const InstanceEntryPtr& entry, const engine::Run& run, engine::RunResult result)
{
    entry->work.out.reset();
    FinishedRun finished{
        entry,       entry->version, run, result, decide(result.effects, *entry->version->manifest, *entry->home),
        std::nullopt};
    finished.result.log = withLeftOut(std::move(finished.result.log), finished.effects);
    if (const engine::Input* row = rowOf(*entry, run))
        finished.arrival = row->arrival;
    m_parts.meters.runs.add();
    m_parts.meters.effects.add(finished.effects.size());
    if (result.status != engine::RunStatus::Ok)
        m_parts.meters.errors.add();
    const std::vector<bool> unchanged = unchangedOf(*entry, run, result.effects, finished.effects);
    // The engine hears only of what is carried out.
    std::vector<engine::Effect> accepted;
    for (std::size_t index = 0; index < result.effects.size(); ++index) {
        if (finished.effects[index].refused.isEmpty())
            accepted.push_back(std::move(result.effects[index]));
    }
    if (run.event.depth >= ChainedDepth && std::any_of(accepted.begin(), accepted.end(), &leadsOn))
        entry->work.chained = m_parts.clock.now();
    result.effects = std::move(accepted);
    entry->instance->complete(result);
    logRows(finished);
    leaveOut(finished, unchanged);
    const bool isShadow = entry->key.mode == Mode::Shadow; // whose effects are only shown
    const auto caused = isShadow ? 0
                                 : std::count_if(finished.effects.begin(), finished.effects.end(),
                                                 [](const Decided& effect) { return effect.refused.isEmpty(); });
    m_parts.commits.count(entry->key.script, result, static_cast<std::size_t>(caused));
    const bool paused = countRun(entry->trouble, result);
    m_parts.commits.touch(entry);
    const bool expedite = !finished.effects.empty() || result.status != engine::RunStatus::Ok;
    if (isRecorded(run, finished.result))
        m_parts.commits.addRun(std::move(finished));
    if (expedite)
        m_parts.commits.expedite();
    if (paused)
        pause(entry);
    else
        m_pool.add(entry);
}

void InstanceRunner::logRows(const FinishedRun& finished)
{
    const InstanceEntry& entry = *finished.entry;
    const engine::Run& run = finished.run;
    if (entry.key.mode == Mode::Shadow)
        return;
    for (std::size_t index = 0; index < finished.effects.size(); ++index) {
        const Decided& effect = finished.effects[index];
        if (!effect.refused.isEmpty())
            continue;
        if (effect.kind == engine::EffectKind::Emit)
            m_parts.commits.addRow(
                signalRow(entry, finished.result.effects[index].payload, run.now, run.event.depth + 1));
        if (effect.kind != engine::EffectKind::SetFact)
            continue;
        if (auto row = factRow(entry, effect.payload, run.now, run.event.depth + 1))
            m_parts.commits.addRow(std::move(*row));
    }
}

void InstanceRunner::pause(const InstanceEntryPtr& entry)
{
    m_parts.wakes.set(entry->key, std::nullopt);
    m_parts.commits.addStopped(entry);
}

void InstanceRunner::runKilled(const InstanceEntryPtr& entry, const engine::Run& run, const worker::Ended& ended,
                               bool alone)
{
    m_parts.meters.kills.add();
    if (!isOut(*entry, run))
        return;
    entry->work.mirror = 0;
    if (alone) {
        finish(entry, run, killedResult(run, ended));
        return;
    }
    entry->trouble.suspect = true;
    entry->work.again = std::exchange(entry->work.out, std::nullopt);
    m_pool.add(entry, true);
}

void InstanceRunner::runLost(const InstanceEntryPtr& entry, const engine::Run& run)
{
    if (!isOut(*entry, run))
        return;
    entry->work.mirror = 0;
    entry->work.again = std::exchange(entry->work.out, std::nullopt);
    m_pool.add(entry, true);
}

void InstanceRunner::versionRefused(const VersionPtr& version, const QString& why)
{
    m_refused[version->id] = QStringLiteral("version %1 cannot be loaded: %2").arg(version->number).arg(why);
}

void InstanceRunner::historyWanted(Lane& lane, const InstanceEntryPtr& entry, const engine::Run& run,
                                   const wire::HistoryRequest& request)
{
    wire::HistoryAnswer refused;
    refused.run = request.run;
    refused.query = request.query;
    refused.error = whyNot(*entry, request);
    if (refused.error.empty()) {
        HistoryQuestion question;
        question.serial = lane.serial();
        question.request = request;
        question.request.untilMs = std::min(request.untilMs, toMs(run.now));
        question.request.sinceMs = std::min(request.sinceMs, question.request.untilMs);
        question.query.location = entry->key.location;
        question.query.device = request.device;
        question.query.name = QString::fromStdString(request.isFact ? factStreamName(request.name) : request.name);
        question.query.since = fromMs(question.request.sinceMs);
        question.query.until = fromMs(question.request.untilMs);
        for (const auto& [writer, point] : visibleTo(*entry, run).points)
            question.query.position.push_back(
                {writer, point.number, point.ordinal < 0 ? std::numeric_limits<std::int32_t>::max() : point.ordinal});
        if (m_parts.history.ask(std::move(question)))
            return;
        refused.error = "too many questions for stored data wait; ask again at the next event";
    }
    lane.answer(refused, lane.serial());
}

} // namespace cohort::composer
