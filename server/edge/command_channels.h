// Which device has which channel in this process: one each, the newest; sharded by device.
// Thread: any; never waits. Owner: DeviceHandler. Flow: sessions → open(), close() → presence, dispatcher;
// Dispatcher → deliver() → channel.
#pragma once

#include "server/actions/command_sink.h"
#include "server/directory/presence.h"
#include "server/edge/command_channel.h"
#include "server/edge/posted_commands.h"
#include "shared/base/hand_over.h"

#include <array>
#include <atomic>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace cohort::edge {

class CommandChannels final : public actions::CommandSink
{
public:
    // `report`: a device has connected or disconnected; any thread, never waits; of one device in order, one at a
    // time.
    CommandChannels(const Clock& clock, std::function<void(directory::PresenceChange)> report)
        : m_clock(clock), m_report(std::move(report))
    {
    }

    // Makes `channel` the device's; the one before is told that it was replaced. False, and nothing changed,
    // when the device has a channel that was opened with a token and this one was not.
    bool open(const CommandChannelPtr& channel);
    // The channel has ended. Does nothing when another has taken over.
    void close(const CommandChannelPtr& channel);
    // The device's channel; null: none.
    CommandChannelPtr find(DeviceId device) const;
    bool deliver(const actions::OutgoingCommand& command) override;
    // The device posts, without a channel: the commands that its reply takes along.
    std::vector<actions::OutgoingCommand> drainPosted(DeviceId device);
    // The device has posted without a channel; told at most every five minutes.
    void heard(const ingest::DeviceContext& context) const;
    // Ends the device's channel, because it may not speak any more.
    void signOut(DeviceId device);
    // Asks all to move within `over`, evenly spread.
    void askToMove(std::chrono::milliseconds over, const std::string& url);
    // Forgets all, without a word to anybody.
    void clear();
    std::size_t size() const { return m_size; }

private:
    struct Shard
    {
        mutable std::mutex mutex; // all below
        std::unordered_map<DeviceId, CommandChannelPtr> channels;
        HandOver<directory::PresenceChange> changes; // in the order of the map's
    };
    Shard& shardOf(DeviceId device) const;
    directory::PresenceChange changeOf(const CommandChannel& channel, bool connected) const;
    void report(Shard& shard) const;

    const Clock& m_clock;
    const std::function<void(directory::PresenceChange)> m_report;
    mutable std::array<Shard, 64> m_shards;
    std::atomic<std::size_t> m_size{0};
    PostedCommands m_posted;
};

} // namespace cohort::edge
