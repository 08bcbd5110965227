// The commands that wait to be sent (again), by gateway, in the order of their ids.
// Thread: the dispatcher's. Owner: Dispatcher. Flow: command rows → here → CommandSink.
#pragma once

#include "server/actions/command_sink.h"
#include "server/store/repositories/command_repository.h"

#include <chrono>
#include <map>
#include <vector>

namespace cohort::actions {

class OpenCommands
{
public:
    using Moment = std::chrono::steady_clock::time_point;

    // `resendAfter`: how long nothing goes out again when no word came.
    explicit OpenCommands(Milliseconds resendAfter) : m_resendAfter(resendAfter) {}
    ~OpenCommands();

    // Takes over what the database said of these when it was asked at `asked`; `all`: what is not among them is gone.
    void update(std::vector<store::OpenCommand> rows, Moment asked, bool all);
    void remove(CommandId id);
    // It went out by another way than deliverDue().
    void sent(CommandId id, Moment now);
    // `holder` has a channel now: what is queued for it or behind it is due at once; what was sent waits for its time.
    void channelOpened(DeviceId holder, Moment now);
    // Hands what is due to the sink; returns the ids that it took. What is over is forgotten.
    std::vector<CommandId> deliverDue(CommandSink& sink, Moment now, Milliseconds retryAfter);
    std::size_t size() const { return m_commands.size(); }

private:
    struct Waiting
    {
        OutgoingCommand command;
        Moment due;
        bool sent = false;
    };
    void refresh(store::OpenCommand row, Moment asked);
    void moveTo(Waiting& waiting, DeviceId gateway, Moment expires, Moment due) const;

    const Milliseconds m_resendAfter;
    std::map<CommandId, Waiting> m_commands;
};

} // namespace cohort::actions
