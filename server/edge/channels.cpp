#include "server/edge/channels.h"

namespace cohort::edge {

std::string commandsText(const actions::OutgoingCommand& command)
{
    return R"({"version":"2","commands":[)" + command.toJson() + "]}";
}

Channels::Shard& Channels::shardOf(DeviceId device) const
{
    return m_shards[static_cast<std::size_t>(device.value) % m_shards.size()];
}

// Told inside the shard's lock, so that a device's changes keep their order; telling never waits.
void Channels::tell(const Channel& channel, bool connected) const
{
    const ingest::DeviceContext& context = channel.context();
    m_tell({context.id, context.location, connected, context.eventsClock, SystemClock().now()});
}

bool Channels::open(const ChannelPtr& channel)
{
    ChannelPtr before;
    {
        Shard& shard = shardOf(channel->context().id);
        const std::lock_guard lock(shard.mutex);
        ChannelPtr& current = shard.channels[channel->context().id];
        if (current && current->hasToken() && !channel->hasToken())
            return false;
        before = std::exchange(current, channel);
        if (!before) {
            ++m_size;
            tell(*channel, true);
        }
    }
    if (before && before != channel)
        before->replaced();
    return true;
}

void Channels::close(const ChannelPtr& channel)
{
    Shard& shard = shardOf(channel->context().id);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.channels.find(channel->context().id);
    if (found == shard.channels.end() || found->second != channel)
        return;
    shard.channels.erase(found);
    --m_size;
    tell(*channel, false);
}

ChannelPtr Channels::find(DeviceId device) const
{
    const Shard& shard = shardOf(device);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.channels.find(device);
    return found == shard.channels.end() ? nullptr : found->second;
}

bool Channels::deliver(DeviceId gateway, const actions::OutgoingCommand& command)
{
    const ChannelPtr channel = find(gateway);
    if (channel)
        return channel->deliver(command);
    m_posted.offer(gateway, command, std::chrono::steady_clock::now());
    return false;
}

std::vector<actions::OutgoingCommand> Channels::takePosted(DeviceId device)
{
    if (find(device))
        return {};
    return m_posted.take(device, std::chrono::steady_clock::now());
}

void Channels::signOut(DeviceId device)
{
    const ChannelPtr channel = find(device);
    if (!channel)
        return;
    close(channel);
    channel->signedOut();
}

void Channels::clear()
{
    for (Shard& shard : m_shards) {
        std::unordered_map<DeviceId, ChannelPtr> gone; // which end outside of the lock
        const std::lock_guard lock(shard.mutex);
        gone.swap(shard.channels);
        m_size -= gone.size();
    }
}

void Channels::askToMove(std::chrono::milliseconds over, const std::string& url)
{
    std::vector<ChannelPtr> all;
    for (const Shard& shard : m_shards) {
        const std::lock_guard lock(shard.mutex);
        for (const auto& entry : shard.channels)
            all.push_back(entry.second);
    }
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i]->askToMove(over * static_cast<std::int64_t>(i) / static_cast<std::int64_t>(all.size()), url);
}

} // namespace cohort::edge
