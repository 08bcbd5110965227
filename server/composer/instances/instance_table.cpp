#include "server/composer/instances/instance_table.h"

#include "server/composer/feed/row_input.h"
#include "server/composer/instances/instance_codec.h"

#include <algorithm>

namespace cohort::composer {

namespace {

// Whether only what came in time begins it. By the data's clock it is not kept what came in time, nor for facts.
bool isTimely(const engine::Beginning& beginning, const engine::Trigger& trigger, const engine::HomeInfo& home)
{
    return trigger.late == false && !beginning.latest.isFact && home.clock == engine::HomeClock::Real;
}

} // namespace

InstanceEntryPtr InstanceTable::find(const InstanceKey& key) const
{
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? nullptr : found->second;
}

Result<InstanceEntryPtr> InstanceTable::findOrLoad(const InstanceKey& key, const engine::LogPosition& position)
{
    const auto found = m_entries.find(key);
    if (found != m_entries.end()) {
        found->second->work.lastUsed = ++m_tick;
        return found->second;
    }
    if (m_stopped.contains(key))
        return InstanceEntryPtr();
    auto loaded = load(key, position);
    if (!loaded && loaded.error().code == ErrorCode::NotFound)
        return InstanceEntryPtr();
    if (loaded && *loaded) {
        (*loaded)->work.lastUsed = ++m_tick;
        m_entries[key] = *loaded;
    }
    return loaded;
}

Result<void> InstanceTable::addLatest(engine::InstanceState& state, const InstanceEntry& entry)
{
    store::InstanceRepository repository(m_connection);
    COHORT_TRY(rows, repository.latest(entry.key.location, logPoints(state.applied)));
    std::vector<engine::Latest> own = std::move(state.latest); // a shadow's facts
    state.latest.clear();
    for (const store::LatestRow& row : rows) {
        engine::Latest latest{row.device, row.name.toStdString(), row.index.toStdString(), row.value, row.time, false};
        if (latest.name.starts_with("syn.")) {
            latest.isFact = true;
            latest.name.erase(0, 4);
        } else if (entry.home->clock == engine::HomeClock::Events && (!state.clock || *state.clock < row.time)) {
            state.clock = row.time;
        }
        const bool hidden = std::any_of(own.begin(), own.end(), [&](const engine::Latest& one) {
            return latest.isFact && one.device == latest.device && one.name == latest.name;
        });
        if (!hidden)
            state.latest.push_back(std::move(latest));
    }
    state.latest.insert(state.latest.end(), own.begin(), own.end());
    return {};
}

Result<InstanceEntryPtr> InstanceTable::load(const InstanceKey& key, const engine::LogPosition& position)
{
    const Placement* placement = m_configuration.placement(key);
    if (!placement || placement->paused)
        return InstanceEntryPtr();
    COHORT_TRY(row, store::InstanceRepository(m_connection).load({key.script, key.location, key.mode}));
    if (row.status == model::InstanceStatus::PausedByErrors)
        m_stopped.insert(key);
    if (row.status != model::InstanceStatus::Running || row.version != placement->version->id)
        return InstanceEntryPtr(); // the latter: its change of version was not taken up yet
    COHORT_TRY(home, m_configuration.homes().home(m_connection, key.location));
    auto entry = std::make_shared<InstanceEntry>();
    entry->key = key;
    entry->deployment = home.deployment;
    entry->numpy = home.allowsNumpy;
    entry->version = placement->version;
    entry->home = home.info;
    entry->parameters = m_configuration.parameters(key, *placement->version);
    engine::InstanceState state = stateOf(row);
    entry->stored = storedOf(row, state);
    entry->trouble = entry->stored.trouble;
    state.applied = further(state.applied, position);
    COHORT_CHECK(addLatest(state, *entry));
    entry->instance =
        std::make_unique<engine::Instance>(entry->version->manifest, entry->home, key.script, std::move(state));
    COHORT_CHECK(beginLasting(*entry));
    return entry;
}

Result<void> InstanceTable::beginLasting(InstanceEntry& entry) const
{
    if (!entry.version->interest.lasting())
        return {};
    const Timestamp now = m_configuration.now();
    const std::vector<engine::Beginning> unknown = entry.instance->beginnings(now);
    std::vector<store::HeldCondition> conditions;
    for (const engine::Beginning& one : unknown) {
        const engine::Trigger& trigger = entry.version->manifest->triggers.at(one.trigger);
        const std::string name = one.latest.isFact ? factStreamName(one.latest.name) : one.latest.name;
        conditions.push_back({one.latest.device, QString::fromStdString(name), QString::fromStdString(one.latest.index),
                              trigger.above, trigger.below, isTimely(one, trigger, *entry.home), one.from});
    }
    if (unknown.empty())
        return {};
    COHORT_TRY(began, store::InstanceRepository(m_connection)
                          .began(entry.key.location, conditions, logPoints(entry.instance->applied())));
    for (std::size_t i = 0; i < unknown.size(); ++i) {
        if (began[i] || !conditions[i].timely)
            entry.instance->begin(unknown[i], began[i].value_or(unknown[i].latest.time), now);
    }
    return {};
}

void InstanceTable::remove(const InstanceKey& key)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return;
    found->second->work.removed = true;
    m_entries.erase(found);
}

void InstanceTable::stop(const InstanceKey& key)
{
    remove(key);
    m_stopped.insert(key);
}

void InstanceTable::forgetStopped(ScriptId script)
{
    std::erase_if(m_stopped, [script](const InstanceKey& key) { return key.script == script; });
}

Result<void> InstanceTable::rebuild(InstanceEntry& entry, VersionPtr version, bool fresh) const
{
    engine::InstanceState state = entry.instance->snapshot();
    if (fresh) {
        state.state = "{}";
        state.timers.clear();
        state.extra.clear();
    }
    entry.version = std::move(version);
    entry.instance =
        std::make_unique<engine::Instance>(entry.version->manifest, entry.home, entry.key.script, std::move(state));
    COHORT_CHECK(beginLasting(entry));
    for (const InputPtr& input : entry.work.offered)
        entry.instance->offer(input);
    entry.work.out.reset();
    entry.work.again.reset();
    entry.work.mirror = 0;
    return {};
}

Result<void> InstanceTable::changeHome(InstanceEntry& entry, std::shared_ptr<const engine::HomeInfo> home) const
{
    entry.home = home;
    entry.instance->setHome(std::move(home));
    return beginLasting(entry); // a device may have become one that a trigger means
}

std::vector<InstanceEntryPtr> InstanceTable::of(ScriptId script) const
{
    std::vector<InstanceEntryPtr> entries;
    for (const auto& [key, entry] : m_entries) {
        if (key.script == script)
            entries.push_back(entry);
    }
    return entries;
}

std::vector<InstanceEntryPtr> InstanceTable::of(LocationId location) const
{
    std::vector<InstanceEntryPtr> entries;
    for (const auto& [key, entry] : m_entries) {
        if (key.location == location)
            entries.push_back(entry);
    }
    return entries;
}

void InstanceTable::evict()
{
    if (m_entries.size() <= m_most)
        return;
    std::vector<InstanceEntryPtr> idle;
    for (const auto& [key, entry] : m_entries) {
        const Work& work = entry->work;
        if (!work.queued && !work.out && !work.again && !work.touched && entry->instance->waiting() == 0)
            idle.push_back(entry);
    }
    const std::size_t surplus = std::min(idle.size(), m_entries.size() - m_most + m_most / 10);
    std::nth_element(
        idle.begin(), idle.begin() + static_cast<std::ptrdiff_t>(surplus), idle.end(),
        [](const InstanceEntryPtr& a, const InstanceEntryPtr& b) { return a->work.lastUsed < b->work.lastUsed; });
    for (std::size_t index = 0; index < surplus; ++index)
        remove(idle[index]->key);
}

std::size_t InstanceTable::waitingRows() const
{
    std::size_t rows = 0;
    for (const auto& [key, entry] : m_entries)
        rows += entry->work.offered.size();
    return rows;
}

void dropApplied(InstanceEntry& entry)
{
    const engine::LogPosition& applied = entry.instance->applied();
    auto& offered = entry.work.offered;
    while (!offered.empty() &&
           applied.covers(offered.front()->writer, offered.front()->number, offered.front()->ordinal))
        offered.pop_front();
}

} // namespace cohort::composer
