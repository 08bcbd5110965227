#include "server/composer/deployed/configuration.h"

#include "server/composer/feed/row_input.h"
#include "server/composer/instances/instance_codec.h"
#include "server/store/log/log_reader.h"
#include "server/store/repositories/script_deployment_repository.h"

#include <algorithm>

namespace cohort::composer {

namespace {

using model::InstanceStatus;
using store::InstanceId;

// The newest of all writers: a new instance does not see old history.
Result<engine::LogPosition> newestPosition(store::Connection& connection)
{
    COHORT_TRY(newest, store::LogReader(connection).newestNumbers());
    engine::LogPosition position;
    for (const auto& [writer, number] : newest)
        position.points[writer] = {number, -1};
    return position;
}

QJsonObject engineAt(const engine::LogPosition& position, bool wakes)
{
    return {{QStringLiteral("applied"), positionJson(position)},
            {QStringLiteral("wakeAt"), wakes ? QJsonValue(0) : QJsonValue()}};
}

} // namespace

const Placement* Configuration::placement(const InstanceKey& key) const
{
    const DeployedScript* script = m_scripts.find(key.script);
    return script ? script->placement(key.mode, key.location) : nullptr;
}

std::string Configuration::parameters(const InstanceKey& key, const Version& version) const
{
    const DeployedScript* script = m_scripts.find(key.script);
    return script ? script->parameters(version, key.location) : "{}";
}

Result<Changed> Configuration::load(const std::vector<int>& shards)
{
    m_shards = shards;
    COHORT_CHECK(m_changes.begin(m_connection));
    COHORT_CHECK(m_homes.loadLocations(m_connection, shards));
    COHORT_CHECK(m_scripts.load(m_connection));
    Changed changed;
    for (const ScriptId script : m_scripts.all())
        COHORT_CHECK(sync(script, changed));
    return changed;
}

Result<bool> Configuration::due()
{
    COHORT_TRY(rows, m_changes.read(m_connection));
    m_read.insert(m_read.end(), rows.begin(), rows.end());
    return !m_read.empty();
}

Result<Changed> Configuration::apply()
{
    const auto rows = std::exchange(m_read, {});
    Changed changed;
    bool locations = false;
    for (const store::ChangeRow& row : rows) {
        if (row.kind.startsWith(QLatin1String("script_")))
            changed.scripts.insert(ScriptId{row.object});
        else if (row.kind == QLatin1String("location") || row.kind == QLatin1String("room") ||
                 row.kind == QLatin1String("device"))
            changed.homes.insert(row.location);
        locations = locations || row.kind == QLatin1String("location");
    }
    for (const LocationId home : changed.homes)
        m_homes.forget(home);
    if (locations) {
        COHORT_TRY(added, m_homes.loadLocations(m_connection, m_shards));
        for (const LocationId home : added) {
            for (const DeployedScript* script : m_scripts.of(*m_homes.deploymentOf(home)))
                changed.scripts.insert(script->id);
        }
    }
    const std::set<ScriptId> scripts = changed.scripts;
    for (const ScriptId script : scripts) {
        COHORT_CHECK(m_scripts.load(m_connection, script));
        COHORT_CHECK(sync(script, changed));
        COHORT_CHECK(endUnplaced(script, changed));
    }
    return changed;
}

// What a run still raised after its script was taken off and before we saw it.
Result<void> Configuration::endUnplaced(ScriptId script, Changed& changed)
{
    return m_connection.transaction([&]() -> Result<void> {
        COHORT_TRY(ended, store::ScriptDeploymentRepository(m_connection)
                              .endUnplaced(script, LocationId{}, QStringLiteral("script:%1").arg(script.value)));
        for (const auto& alert : ended.alerts)
            changed.notices.emplace_back(bus::AlertChanged{alert.id, alert.deployment, alert.location});
        for (const auto& question : ended.questions)
            changed.notices.emplace_back(bus::MessageChanged{question.id, question.deployment, question.participant});
        return {};
    });
}

Configuration::Wanted Configuration::compare(const DeployedScript& script,
                                             const std::vector<store::InstanceKeyRow>& there)
{
    std::map<std::pair<Mode, LocationId>, const store::InstanceKeyRow*> known;
    for (const store::InstanceKeyRow& row : there)
        known[{row.mode, row.location}] = &row;
    Wanted wanted;
    for (const LocationId home : m_homes.of(script.deployment)) {
        for (const Mode mode : {Mode::Live, Mode::Shadow}) {
            const Placement* placement = script.placement(mode, home);
            if (!placement)
                continue;
            const InstanceId id{script.id, home, mode};
            const auto row = known.find({mode, home});
            if (row == known.end()) {
                store::InstanceRow made;
                made.id = id;
                made.version = placement->version->id;
                // What lasts already may be over, too.
                const Interest& interest = placement->version->interest;
                made.engine = engineAt({}, interest.bySchedule() || interest.lasting());
                // Kept until the event is in the log, so that a crash in between does not lose it.
                if (mode == Mode::Live && placement->version->interest.in(engine::EventKind::Installed, {})) {
                    made.engine.insert(QStringLiteral("installing"), true);
                    wanted.installed.push_back(home);
                }
                wanted.made.push_back(std::move(made));
                if (placement->paused)
                    wanted.paused.push_back(id);
                continue;
            }
            const bool other = row->second->version != placement->version->id;
            const InstanceStatus status = row->second->status;
            const bool stopped = status == InstanceStatus::PausedByErrors;
            if (row->second->installing)
                wanted.installed.push_back(home);
            if (other) {
                wanted.changed[placement->version->id].push_back(id);
                wanted.fresh[placement->version->id] = placement->version->manifest->freshState;
            }
            if (placement->paused && !stopped && status != InstanceStatus::Paused)
                wanted.paused.push_back(id);
            if (!placement->paused && status != InstanceStatus::Running && (!stopped || other))
                wanted.resumed.push_back(id);
            known.erase(row);
        }
    }
    for (const auto& [key, row] : known) {
        // Homes of other owners' shards are theirs to look after.
        if (std::find(m_shards.begin(), m_shards.end(), m_homes.shardOf(key.second)) != m_shards.end())
            wanted.removed.push_back({script.id, key.second, key.first});
    }
    return wanted;
}

Result<void> Configuration::write(ScriptId script, Wanted& wanted)
{
    store::InstanceRepository repository(m_connection);
    COHORT_TRY(position, newestPosition(m_connection));
    for (store::InstanceRow& row : wanted.made)
        row.engine.insert(QStringLiteral("applied"), positionJson(position));
    if (!wanted.removed.empty())
        COHORT_CHECK(repository.remove(script, wanted.removed));
    for (const auto& [version, ids] : wanted.changed)
        COHORT_CHECK(repository.changeVersion(script, version, wanted.fresh[version], ids));
    if (!wanted.made.empty())
        COHORT_CHECK(repository.create(script, wanted.made));
    if (!wanted.paused.empty())
        COHORT_CHECK(repository.setStatus(script, {InstanceStatus::Paused, {}, {}}, wanted.paused));
    if (!wanted.resumed.empty())
        COHORT_CHECK(repository.setStatus(script,
                                          {InstanceStatus::Running,
                                           {},
                                           {{QStringLiteral("applied"), positionJson(position)},
                                            {QStringLiteral("wakeAt"), 0},
                                            {QStringLiteral("lastingAnew"), true}}},
                                          wanted.resumed));
    return {};
}

Result<void> Configuration::sync(ScriptId script, Changed& changed)
{
    const DeployedScript* deployed = m_scripts.find(script);
    COHORT_TRY(there, store::InstanceRepository(m_connection).keys(script));
    DeployedScript nowhere;
    nowhere.id = script;
    Wanted wanted = compare(deployed ? *deployed : nowhere, there);
    changed.scripts.insert(script);
    for (const LocationId home : wanted.installed)
        changed.installed.push_back(installedRow(home, script, m_clock.now()));
    for (const std::vector<InstanceId>& ids : {wanted.removed, wanted.paused}) {
        for (const InstanceId& id : ids)
            changed.gone.push_back({script, id.location, id.mode});
    }
    for (const store::InstanceRow& row : wanted.made) // taken off and deployed again since we looked
        changed.renewed.push_back({script, row.id.location, row.id.mode});
    const bool nothing = wanted.made.empty() && wanted.removed.empty() && wanted.paused.empty() &&
                         wanted.resumed.empty() && wanted.changed.empty();
    if (nothing)
        return {};
    return m_connection.transaction([&] { return write(script, wanted); });
}

} // namespace cohort::composer
