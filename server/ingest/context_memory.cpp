#include "server/ingest/context_memory.h"

#include <algorithm>

namespace cohort::ingest {

DeviceContextPtr ContextMemory::touch(DeviceId id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return nullptr;
    m_used.splice(m_used.begin(), m_used, found->second.used);
    return found->second.context;
}

DeviceContextPtr ContextMemory::byToken(const std::string& hash)
{
    const auto found = m_byToken.find(hash);
    return found == m_byToken.end() ? nullptr : touch(found->second);
}

DeviceContextPtr ContextMemory::byKey(const std::string& key)
{
    const auto found = m_byKey.find(key);
    return found == m_byKey.end() ? nullptr : touch(found->second);
}

DeviceContextPtr ContextMemory::byId(DeviceId id)
{
    return touch(id);
}

DeviceContextPtr ContextMemory::put(std::shared_ptr<DeviceContext> context)
{
    const DeviceId id = context->id;
    auto found = m_entries.find(id);
    if (found == m_entries.end()) {
        if (m_entries.size() >= m_capacity && !m_used.empty())
            remove(DeviceId(m_used.back()));
        m_used.push_front(id);
        found = m_entries.emplace(id, Entry{nullptr, {}, false, m_used.begin()}).first;
    } else {
        context->rate = found->second.context->rate;
        forgetChildren(*found->second.context);
    }
    for (const auto& [key, child] : context->children)
        m_gatewaysOf.emplace(child.id, id);
    found->second.context = std::move(context);
    return found->second.context;
}

void ContextMemory::addToken(const std::string& hash, DeviceId device, std::optional<Timestamp> expires)
{
    const auto found = m_entries.find(device);
    if (found == m_entries.end() || !m_byToken.emplace(hash, device).second)
        return;
    found->second.tokens.push_back(hash);
    if (expires)
        m_expiries.emplace(*expires, hash);
}

void ContextMemory::addKey(DeviceId device)
{
    const auto found = m_entries.find(device);
    if (found == m_entries.end())
        return;
    found->second.byKey = true;
    m_byKey[found->second.context->key] = device;
}

void ContextMemory::forgetChildren(const DeviceContext& context)
{
    for (const auto& [key, child] : context.children) {
        const auto [begin, end] = m_gatewaysOf.equal_range(child.id);
        const auto found = std::find_if(begin, end, [&](const auto& entry) { return entry.second == context.id; });
        if (found != end)
            m_gatewaysOf.erase(found);
    }
}

void ContextMemory::remove(DeviceId device)
{
    const auto found = m_entries.find(device);
    if (found == m_entries.end())
        return;
    forgetChildren(*found->second.context);
    for (const std::string& hash : found->second.tokens)
        m_byToken.erase(hash);
    if (found->second.byKey)
        m_byKey.erase(found->second.context->key);
    m_used.erase(found->second.used);
    m_entries.erase(found);
}

bool ContextMemory::keepTokens(DeviceId device, const std::unordered_set<std::string>& good)
{
    const auto found = m_entries.find(device);
    if (found == m_entries.end())
        return false;
    std::vector<std::string>& tokens = found->second.tokens;
    const auto bad =
        std::partition(tokens.begin(), tokens.end(), [&](const auto& hash) { return good.contains(hash); });
    const bool some = bad != tokens.end();
    for (auto token = bad; token != tokens.end(); ++token)
        m_byToken.erase(*token);
    tokens.erase(bad, tokens.end());
    return some;
}

bool ContextMemory::isTokenless(DeviceId device) const
{
    const auto found = m_entries.find(device);
    return found != m_entries.end() && found->second.byKey;
}

std::vector<DeviceId> ContextMemory::expire(Timestamp now)
{
    std::vector<DeviceId> devices;
    while (!m_expiries.empty() && m_expiries.begin()->first <= now) {
        const std::string hash = m_expiries.begin()->second;
        m_expiries.erase(m_expiries.begin());
        const auto found = m_byToken.find(hash);
        if (found == m_byToken.end())
            continue;
        devices.push_back(found->second);
        std::erase(m_entries.at(found->second).tokens, hash);
        m_byToken.erase(found);
    }
    return devices;
}

std::vector<DeviceId> ContextMemory::gatewaysOf(DeviceId child) const
{
    std::vector<DeviceId> gateways;
    const auto [begin, end] = m_gatewaysOf.equal_range(child);
    std::transform(begin, end, std::back_inserter(gateways), [](const auto& entry) { return entry.second; });
    return gateways;
}

std::vector<DeviceId> ContextMemory::of(DeploymentId deployment) const
{
    std::vector<DeviceId> devices;
    for (const auto& [id, entry] : m_entries) {
        if (entry.context->deployment == deployment)
            devices.push_back(id);
    }
    return devices;
}

std::vector<DeviceId> ContextMemory::of(LocationId location) const
{
    std::vector<DeviceId> devices;
    for (const auto& [id, entry] : m_entries) {
        if (entry.context->location == location)
            devices.push_back(id);
    }
    return devices;
}

} // namespace cohort::ingest
