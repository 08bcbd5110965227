#include "server/edge/command_channels.h"

namespace cohort::edge {

std::string commandsText(const actions::OutgoingCommand& command)
{
    return R"({"version":"2","commands":[)" + command.toJson() + "]}";
}

CommandChannels::Shard& CommandChannels::shardOf(DeviceId device) const
{
    return m_shards[static_cast<std::size_t>(device.value) % m_shards.size()];
}

directory::PresenceChange CommandChannels::changeOf(const CommandChannel& channel, bool connected) const
{
    const ingest::DeviceContext& context = channel.context();
    return {context.id, context.location, connected, context.eventsClock, m_clock.now(), false};
}

void CommandChannels::heard(const ingest::DeviceContext& context) const
{
    constexpr std::int64_t ToldEveryMs = 300'000;
    const Timestamp now = m_clock.now();
    std::int64_t before = context.rate->heardMs;
    if (toMs(now) < before + ToldEveryMs || find(context.id) ||
        !context.rate->heardMs.compare_exchange_strong(before, toMs(now)))
        return;
    m_report({context.id, context.location, false, context.eventsClock, now, true});
}

void CommandChannels::report(Shard& shard) const
{
    shard.changes.drain(shard.mutex, [this](directory::PresenceChange&& change) { m_report(std::move(change)); });
}

bool CommandChannels::open(const CommandChannelPtr& channel)
{
    CommandChannelPtr before;
    Shard& shard = shardOf(channel->context().id);
    {
        const std::lock_guard lock(shard.mutex);
        CommandChannelPtr& current = shard.channels[channel->context().id];
        if (current && current->hasToken() && !channel->hasToken())
            return false;
        before = std::exchange(current, channel);
        if (!before) {
            ++m_size;
            shard.changes.add(changeOf(*channel, true));
        }
    }
    report(shard);
    if (before && before != channel)
        before->replaced();
    return true;
}

void CommandChannels::close(const CommandChannelPtr& channel)
{
    Shard& shard = shardOf(channel->context().id);
    {
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.channels.find(channel->context().id);
        if (found == shard.channels.end() || found->second != channel)
            return;
        shard.channels.erase(found);
        --m_size;
        shard.changes.add(changeOf(*channel, false));
    }
    report(shard);
}

CommandChannelPtr CommandChannels::find(DeviceId device) const
{
    const Shard& shard = shardOf(device);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.channels.find(device);
    return found == shard.channels.end() ? nullptr : found->second;
}

bool CommandChannels::deliver(const actions::OutgoingCommand& command)
{
    const CommandChannelPtr own = find(command.device), gateways = find(command.gateway);
    if (own && (own->hasToken() || !gateways))
        return own->deliver(command);
    if (gateways)
        return gateways->deliver(command);
    m_posted.offer(command.device, command, m_clock.steady());
    if (command.gateway != command.device)
        m_posted.offer(command.gateway, command, m_clock.steady());
    return false;
}

std::vector<actions::OutgoingCommand> CommandChannels::drainPosted(DeviceId device)
{
    if (find(device))
        return {};
    return m_posted.drain(device, m_clock.steady());
}

void CommandChannels::signOut(DeviceId device)
{
    const CommandChannelPtr channel = find(device);
    if (!channel)
        return;
    close(channel);
    channel->signedOut();
}

void CommandChannels::clear()
{
    for (Shard& shard : m_shards) {
        std::unordered_map<DeviceId, CommandChannelPtr> gone; // which end outside of the lock
        {
            const std::lock_guard lock(shard.mutex);
            gone.swap(shard.channels);
            m_size -= gone.size();
        }
        for (const auto& entry : gone)
            entry.second->serverStops();
    }
}

void CommandChannels::askToMove(std::chrono::milliseconds over, const std::string& url)
{
    std::vector<CommandChannelPtr> all;
    for (const Shard& shard : m_shards) {
        const std::lock_guard lock(shard.mutex);
        for (const auto& entry : shard.channels)
            all.push_back(entry.second);
    }
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i]->askToMove(over * static_cast<std::int64_t>(i) / static_cast<std::int64_t>(all.size()), url);
}

} // namespace cohort::edge
