#include "server/composer/commit/commit_writer.h"

#include "server/composer/commit/action_effects.h"
#include "server/composer/commit/trace.h"

#include <algorithm>
#include <set>

namespace cohort::composer {

namespace {

constexpr std::size_t MostStreams = 200'000; // kept in memory

store::NewRun newRun(const FinishedRun& finished, RunId id)
{
    const InstanceEntry& entry = *finished.entry;
    store::NewRun run;
    run.id = id;
    run.script = entry.key.script;
    run.version = finished.version->id;
    run.location = entry.key.location;
    run.mode = entry.key.mode;
    run.at = finished.run.now;
    const auto& handlers = finished.version->manifest->handlers;
    const auto handler = static_cast<std::size_t>(finished.run.handler);
    run.handler = handler < handlers.size() ? QString::fromStdString(handlers[handler]) : QString();
    run.trigger = triggerJson(finished.run.event, *entry.home);
    run.status = finished.result.status;
    run.because = QString::fromStdString(finished.result.because);
    run.error = QString::fromStdString(finished.result.error);
    for (const std::string& line : finished.result.log)
        run.log.append(QString::fromStdString(line));
    run.cpuUs = static_cast<int>(std::min<std::uint32_t>(finished.result.cpuUs, 2'000'000'000));
    run.effects = static_cast<int>(finished.effects.size());
    return run;
}

store::NewEffect newEffect(const FinishedRun& finished, const Decided& decided, RunId run, EffectId id)
{
    store::NewEffect effect;
    effect.id = id;
    effect.run = run;
    effect.script = finished.entry->key.script;
    effect.location = finished.entry->key.location;
    effect.mode = finished.entry->key.mode;
    effect.kind = decided.kind;
    effect.at = finished.run.now;
    effect.payload = decided.payload;
    effect.refused = decided.refused;
    if (effect.refused.isEmpty() && finished.entry->key.mode == Mode::Shadow)
        effect.refused = QStringLiteral("shadow");
    return effect;
}

} // namespace

Result<void> CommitWriter::prepareFacts(std::vector<store::LogRow>& rows)
{
    std::vector<store::FactStream> wanted;
    std::vector<StreamKey> keys;
    for (const store::LogRow& row : rows) {
        const StreamKey key{row.location, row.device, row.name};
        if (row.kind != store::RowKind::Fact)
            continue;
        COHORT_CHECK(m_partitions.ensure(m_connection, row.time));
        if (!m_streams.contains(key)) {
            wanted.push_back({row.location, row.device, row.name, row.script});
            keys.push_back(key);
        }
    }
    if (!wanted.empty()) {
        if (m_streams.size() > MostStreams)
            m_streams.clear();
        COHORT_TRY(ids, store::RunLogRepository(m_connection).streams(wanted));
        for (std::size_t index = 0; index < ids.size(); ++index)
            m_streams[keys[index]] = ids[index];
    }
    for (store::LogRow& row : rows) {
        if (row.kind == store::RowKind::Fact)
            row.stream = m_streams[{row.location, row.device, row.name}];
    }
    return {};
}

Result<void> CommitWriter::writeLog(std::vector<store::LogRow> rows, Written& written)
{
    if (rows.empty())
        return {};
    auto batch = std::make_shared<store::LogBatch>();
    store::ShardRepository shards(m_connection);
    COHORT_TRY(number, shards.drawNumber(m_writer));
    batch->writer = m_writer.id;
    batch->number = number;
    batch->arrival = m_clock.now();
    store::NewBatch head{m_writer, number, batch->arrival, {}, {}, static_cast<int>(rows.size())};
    std::vector<store::LogRow> facts, events;
    for (std::size_t index = 0; index < rows.size(); ++index) {
        rows[index].ordinal = static_cast<std::int32_t>(index);
        if (rows[index].kind != store::RowKind::Fact) {
            events.push_back(rows[index]);
            continue;
        }
        facts.push_back(rows[index]);
        head.leastTime = std::min(head.leastTime.value_or(rows[index].time), rows[index].time);
        head.greatestTime = std::max(head.greatestTime.value_or(rows[index].time), rows[index].time);
    }
    COHORT_CHECK(shards.insertBatch(head));
    store::RunLogRepository log(m_connection);
    if (!events.empty())
        COHORT_CHECK(log.insertEvents(m_writer.id, number, events));
    std::set<std::int32_t> stored;
    if (!facts.empty()) {
        COHORT_TRY(inserted, log.insertFacts(m_writer.id, number, facts));
        stored.insert(inserted.begin(), inserted.end());
    }
    for (const store::LogRow& event : events) {
        if (event.kind == store::RowKind::Installed)
            COHORT_CHECK(store::InstanceRepository(m_connection).setInstalled(event.script, event.location));
    }
    std::erase_if(rows, [&](const store::LogRow& row) {
        return row.kind == store::RowKind::Fact && !stored.contains(row.ordinal);
    });
    batch->rows = std::move(rows);
    written.batch = std::move(batch);
    return {};
}

Result<void> CommitWriter::writeRuns(const std::vector<FinishedRun>& runs, Written& written)
{
    if (runs.empty())
        return {};
    std::size_t effectCount = 0;
    for (const FinishedRun& run : runs)
        effectCount += run.effects.size();
    store::RunLogRepository log(m_connection);
    COHORT_TRY(runIds, log.drawRuns(runs.size()));
    std::vector<EffectId> effectIds;
    if (effectCount > 0) {
        COHORT_TRY(drawn, log.drawEffects(effectCount));
        effectIds = std::move(drawn);
    }
    std::vector<store::NewRun> newRuns;
    std::vector<store::NewEffect> newEffects;
    for (std::size_t index = 0; index < runs.size(); ++index) {
        newRuns.push_back(newRun(runs[index], runIds[index]));
        for (const Decided& effect : runs[index].effects)
            newEffects.push_back(newEffect(runs[index], effect, runIds[index], effectIds[newEffects.size()]));
    }
    COHORT_CHECK(log.insertRuns(newRuns));
    COHORT_CHECK(log.keepNewestLines(newRuns, LongRunUs));
    if (!newEffects.empty())
        COHORT_CHECK(log.insertEffects(newEffects));
    auto next = effectIds.begin();
    for (std::size_t index = 0; index < runs.size(); ++index) {
        const auto end = next + static_cast<std::ptrdiff_t>(runs[index].effects.size());
        COHORT_CHECK(carryOutAll(runs[index], runIds[index], {next, end}, written));
        next = end;
        const InstanceEntry& entry = *runs[index].entry;
        written.notices.emplace_back(bus::RunRecorded{entry.key.script, entry.deployment, entry.key.location});
    }
    return {};
}

Result<void> CommitWriter::carryOutAll(const FinishedRun& run, RunId id, const std::vector<EffectId>& effects,
                                       Written& written)
{
    if (run.entry->key.mode == Mode::Shadow)
        return {};
    QString heldBack;
    for (std::size_t index = 0; index < effects.size(); ++index) {
        if (!run.effects[index].refused.isEmpty())
            continue;
        COHORT_TRY(carried, carryOut(m_connection, {*run.entry, id, effects[index], run.run.now}, run.effects[index]));
        if (!carried.refused.isEmpty()) {
            COHORT_CHECK(store::RunLogRepository(m_connection).refuse(effects[index], carried.refused));
            ++written.refused[run.entry->key.script];
        }
        if (heldBack.isEmpty())
            heldBack = carried.heldBack;
        written.notices.insert(written.notices.end(), carried.notices.begin(), carried.notices.end());
    }
    if (heldBack.isEmpty())
        return {};
    COHORT_TRY(told, raiseHeldBackAlert(m_connection, *run.entry, run.run.now, heldBack));
    written.notices.insert(written.notices.end(), told.notices.begin(), told.notices.end());
    return {};
}

Result<void> CommitWriter::writeUsage(const Pending& pending, const Written& written)
{
    auto usage = pending.usage;
    for (const auto& [script, refused] : written.refused)
        usage[script].effects -= refused;
    return store::RunLogRepository(m_connection).addUsage(m_writer.id, usage);
}

Result<Written> CommitWriter::write(const Pending& pending, const std::vector<store::InstanceRow>& instances,
                                    const std::vector<store::ShardPosition>& positions)
{
    std::vector<store::LogRow> rows = pending.rows;
    COHORT_CHECK(prepareFacts(rows));
    Written written;
    const auto work = [&]() -> Result<void> {
        written = {};
        COHORT_CHECK(writeLog(rows, written));
        COHORT_CHECK(writeRuns(pending.runs, written));
        COHORT_CHECK(writeUsage(pending, written));
        for (const store::SilenceChange& change : pending.silences)
            COHORT_CHECK(store::SilenceRepository(m_connection).keep(change));
        for (const InstanceEntryPtr& entry : pending.stopped) {
            COHORT_TRY(raised,
                       raisePausedAlert(m_connection, *entry, entry->instance->clock().value_or(m_clock.now())));
            written.notices.insert(written.notices.end(), raised.notices.begin(), raised.notices.end());
        }
        if (!instances.empty())
            COHORT_CHECK(store::InstanceRepository(m_connection).store(instances));
        if (!positions.empty())
            COHORT_CHECK(store::ShardRepository(m_connection).setPositions(positions));
        return {};
    };
    auto done = m_connection.transaction(work);
    if (!done) {
        m_streams.clear(); // what is remembered may be part of what went wrong
        return fail(done.error());
    }
    return written;
}

} // namespace cohort::composer
