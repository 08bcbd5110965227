#include "server/actions/open_commands.h"

namespace cohort::actions {

void OpenCommands::update(std::vector<store::OpenCommand> rows, Moment now, bool all)
{
    std::map<CommandId, Waiting> before = all ? std::exchange(m_commands, {}) : std::map<CommandId, Waiting>();
    for (store::OpenCommand& row : rows) {
        Waiting waiting{{row.id, row.gateway, row.type, std::move(row.deviceKey), std::move(row.parameters)},
                        now + row.wait,
                        row.sent};
        const std::map<CommandId, Waiting>& known = all ? before : m_commands;
        // What this process has handed over is not handed over again because the row does not say so yet.
        if (const auto found = known.find(row.id); found != known.end() && found->second.sent && !row.sent)
            waiting = found->second;
        m_commands.insert_or_assign(row.id, std::move(waiting));
    }
}

void OpenCommands::gatewayConnected(DeviceId gateway, Moment now)
{
    for (auto& [id, waiting] : m_commands) {
        if (waiting.command.gateway == gateway && !waiting.sent)
            waiting.due = now;
    }
}

std::vector<CommandId> OpenCommands::deliverDue(CommandSink& sink, Moment now, Milliseconds resendAfter,
                                                Milliseconds retryAfter)
{
    std::vector<CommandId> delivered;
    for (auto& [id, waiting] : m_commands) {
        if (waiting.due > now)
            continue;
        const bool accepted = sink.deliver(waiting.command.gateway, waiting.command);
        waiting.due = now + (accepted ? resendAfter : retryAfter);
        waiting.sent = waiting.sent || accepted;
        if (accepted)
            delivered.push_back(id);
    }
    return delivered;
}

} // namespace cohort::actions
