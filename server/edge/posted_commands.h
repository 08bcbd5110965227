// Commands for devices that only post: what the dispatcher offers goes out with the next reply.
// Thread: any. Owner: CommandChannels. Flow: Dispatcher → offer() (it keeps the command queued, and offers it again every
// second) → drain() at the device's post, which takes its turn → reply. An offer lives 3 s.
#pragma once

#include "server/actions/command_sink.h"

#include <array>
#include <chrono>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace cohort::edge {

class PostedCommands
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    // Remembered only for a device that has posted lately; at most 16 commands.
    void offer(DeviceId device, const actions::OutgoingCommand& command, TimePoint now);
    // The device posts: what is offered to it now. From here on it counts as one that posts, for 10 minutes.
    std::vector<actions::OutgoingCommand> drain(DeviceId device, TimePoint now);

private:
    struct Offer
    {
        actions::OutgoingCommand command;
        TimePoint at;
    };
    struct Poster
    {
        TimePoint at;
        std::vector<Offer> offers;
    };
    struct Shard
    {
        std::mutex mutex;
        std::unordered_map<DeviceId, Poster> posters;
        TimePoint cleaned{};
    };
    std::array<Shard, 64> m_shards;
};

// `reply` with these commands as its last member.
std::string withCommands(std::string reply, const std::vector<actions::OutgoingCommand>& commands);

} // namespace cohort::edge
