#include "server/composer/running/unchanged.h"

#include "server/engine/instance_state.h"
#include "server/engine/raw_json.h"

#include <algorithm>
#include <map>

namespace cohort::composer {

namespace {

using engine::EffectKind;
using L = QLatin1String;

constexpr std::size_t MostClosed = 256; // keys kept for an instance; of others the database is asked

std::string textOf(const QJsonObject& payload, const char* member)
{
    return payload.value(L(member)).toString().toStdString();
}

// The timers and facts as the run's effects before leave them.
class Sequence
{
public:
    Sequence(InstanceEntry& entry, const engine::Run& run) : m_entry(entry), m_run(run)
    {
        for (const engine::Timer& timer : entry.instance->timers())
            m_timers[timer.name] = {timer.due, timer.data};
    }

    bool changesNothing(const engine::Effect& effect, const QJsonObject& payload)
    {
        switch (effect.kind) {
        case EffectKind::StartTimer:
            return startsNothing(effect, payload);
        case EffectKind::CancelTimer:
            return m_timers.erase(textOf(payload, "name")) == 0;
        case EffectKind::SetFact:
            return setsNothing(payload);
        case EffectKind::Alert:
            m_entry.work.closed.erase(textOf(payload, "key"));
            return false;
        case EffectKind::ResolveAlert:
            return resolvesNothing(textOf(payload, "key"));
        default:
            return false;
        }
    }

private:
    bool startsNothing(const engine::Effect& effect, const QJsonObject& payload)
    {
        const Milliseconds after(payload.value(L("after_ms")).toInteger());
        const std::pair<Timestamp, std::string> wanted{m_run.now + std::max(after, engine::Instance::ShortestTimer),
                                                       engine::rawMember(effect.payload, "data")};
        const auto [timer, fresh] = m_timers.try_emplace(textOf(payload, "name"), wanted);
        if (!fresh && timer->second == wanted)
            return true;
        timer->second = wanted;
        return false;
    }
    bool setsNothing(const QJsonObject& payload)
    {
        const auto value = engine::valueFromJson(payload.value(L("value")));
        const std::string device = textOf(payload, "device");
        const std::string name = textOf(payload, "name");
        if (!textOf(payload, "time").empty()) { // of a moment of its own: a point more, perhaps older than the newest
            m_facts[{device, name}] = std::nullopt;
            return false;
        }
        const auto set = m_facts.find({device, name});
        const std::optional<Value> before = set != m_facts.end() ? set->second : kept(device, name);
        m_facts[{device, name}] = value;
        return value && before == value;
    }
    std::optional<Value> kept(const std::string& device, const std::string& name) const
    {
        const auto& devices = m_entry.home->devices;
        const auto found =
            std::find_if(devices.begin(), devices.end(), [&](const auto& one) { return one.key == device; });
        return m_entry.instance->fact(found == devices.end() ? DeviceId{} : found->id, name);
    }
    bool resolvesNothing(const std::string& key)
    {
        auto& closed = m_entry.work.closed;
        if (closed.contains(key))
            return true;
        if (closed.size() >= MostClosed)
            closed.clear();
        closed.insert(key);
        return false;
    }

    InstanceEntry& m_entry;
    const engine::Run& m_run;
    std::map<std::string, std::pair<Timestamp, std::string>> m_timers;
    std::map<std::pair<std::string, std::string>, std::optional<Value>> m_facts;
};

} // namespace

std::vector<bool> unchangedOf(InstanceEntry& entry, const engine::Run& run, const std::vector<engine::Effect>& effects,
                              const std::vector<Decided>& decided)
{
    Sequence sequence(entry, run);
    std::vector<bool> unchanged(effects.size(), false);
    for (std::size_t index = 0; index < effects.size(); ++index) {
        if (decided[index].refused.isEmpty())
            unchanged[index] = sequence.changesNothing(effects[index], decided[index].payload);
    }
    return unchanged;
}

} // namespace cohort::composer
