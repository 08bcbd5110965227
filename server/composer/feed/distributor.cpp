#include "server/composer/feed/distributor.h"

#include "server/composer/instances/instance_codec.h"

#include <algorithm>
#include <unordered_map>

namespace cohort::composer {

namespace {

bool isFor(const InstanceKey& key, const InputRow& row)
{
    if (row.only && row.only != key.script)
        return false;
    // A shadow has its own facts and signals instead of live's.
    const engine::EventKind kind = row.input->kind;
    const bool made = kind == engine::EventKind::Fact || kind == engine::EventKind::Signal;
    return !(made && key.mode == Mode::Shadow && row.input->script == key.script);
}

} // namespace

engine::LogPosition Distributor::positionOf(LocationId location) const
{
    engine::LogPosition position;
    for (const store::LogPosition& one :
         {m_feed.position(), m_feed.startOf(m_configuration.homes().shardOf(location))}) {
        for (const auto& [writer, number] : one) {
            if (!position.covers(writer, number, -1))
                position.points[writer] = {number, -1};
        }
    }
    return position;
}

Result<void> Distributor::distribute(const store::LogBatch& batch)
{
    std::unordered_map<LocationId, HomeRows> homes;
    for (const store::LogRow& row : batch.rows) {
        if (!m_configuration.homes().deploymentOf(row.location))
            continue;
        if (auto input = inputOf(batch, row))
            homes[row.location].push_back(std::move(*input));
    }
    std::map<DeploymentId, std::vector<const DeployedScript*>> scripts;
    for (const auto& [location, rows] : homes) {
        const DeploymentId deployment = *m_configuration.homes().deploymentOf(location);
        const auto [found, fresh] = scripts.try_emplace(deployment);
        if (fresh)
            found->second = m_configuration.scripts().of(deployment);
        for (const DeployedScript* script : found->second) {
            for (const Mode mode : {Mode::Live, Mode::Shadow}) {
                const Placement* placement = script->placement(mode, location);
                if (placement && !placement->paused)
                    COHORT_CHECK(offerTo({script->id, location, mode}, *placement, rows));
            }
        }
    }
    return {};
}

bool Distributor::wants(const InstanceKey& key, const Version& version, const HomeRows& rows) const
{
    if (m_configuration.homes().isByEvents(key.location) && version.interest.byTime())
        return true; // the clock goes on with every row
    return std::any_of(rows.begin(), rows.end(), [&](const InputRow& row) {
        return isFor(key, row) && version.interest.in(row.input->kind, row.input->name);
    });
}

Result<void> Distributor::offerTo(const InstanceKey& key, const Placement& placement, const HomeRows& rows)
{
    InstanceEntryPtr entry = m_table.find(key);
    if (!entry) {
        if (!wants(key, *placement.version, rows))
            return {};
        COHORT_TRY(loaded, m_table.findOrLoad(key, positionOf(key.location)));
        if (!loaded)
            return {};
        entry = std::move(loaded);
    }
    if (!entry->trouble.runs())
        return {};
    const engine::LogPosition start = positionOf(key.location);
    const engine::LogPosition& applied = entry->instance->applied();
    for (const InputRow& row : rows) {
        const engine::Input& input = *row.input;
        if (!isFor(key, row) || applied.covers(input.writer, input.number, input.ordinal) ||
            start.covers(input.writer, input.number, input.ordinal))
            continue;
        entry->work.offered.push_back(row.input);
        entry->instance->offer(row.input);
    }
    m_ready(entry);
    return {};
}

} // namespace cohort::composer
