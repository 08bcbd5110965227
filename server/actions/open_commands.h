// The commands that wait to be sent (again), by gateway, in the order of their ids.
// Thread: the dispatcher's. Owner: Dispatcher. Flow: command rows → here → CommandSink.
#pragma once

#include "server/actions/command_sink.h"
#include "server/store/repositories/command_repository.h"

#include <chrono>
#include <map>
#include <unordered_map>
#include <vector>

namespace cohort::actions {

class OpenCommands
{
public:
    using Moment = std::chrono::steady_clock::time_point;

    // Takes over what the database says of these; `all`: what is not among them is gone.
    void update(std::vector<store::OpenCommand> rows, Moment now, bool all);
    void remove(CommandId id) { m_commands.erase(id); }
    // The gateway has a channel now: what is queued is due at once; what was sent waits for its time.
    void gatewayConnected(DeviceId gateway, Moment now);
    // Hands what is due to the sink; returns the ids that it took.
    std::vector<CommandId> deliverDue(CommandSink& sink, Moment now, Milliseconds resendAfter, Milliseconds retryAfter);
    std::size_t size() const { return m_commands.size(); }

private:
    struct Waiting
    {
        OutgoingCommand command;
        Moment due;
        bool sent = false;
    };
    std::map<CommandId, Waiting> m_commands;
};

} // namespace cohort::actions
