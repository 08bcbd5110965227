#include "server/actions/open_commands.h"

#include <algorithm>

namespace cohort::actions {

OpenCommands::~OpenCommands()
{
    for (const auto& [id, waiting] : m_commands)
        waiting.command.turn->end();
}

void OpenCommands::update(std::vector<store::OpenCommand> rows, Moment asked, bool all)
{
    std::map<CommandId, Waiting> before = all ? std::exchange(m_commands, {}) : std::map<CommandId, Waiting>();
    for (store::OpenCommand& row : rows) {
        if (auto known = before.extract(row.id))
            m_commands.insert(std::move(known));
        refresh(std::move(row), asked);
    }
    for (const auto& [id, waiting] : before)
        waiting.command.turn->end();
}

void OpenCommands::refresh(store::OpenCommand row, Moment asked)
{
    const Moment due = asked + row.wait, expires = asked + row.left;
    const auto known = m_commands.find(row.id);
    if (known == m_commands.end()) {
        const auto turn = std::make_shared<CommandTurn>(expires, due, m_resendAfter);
        OutgoingCommand command{
            row.id, row.gateway, row.device, row.type, std::move(row.deviceKey), std::move(row.parameters), turn};
        m_commands.emplace(row.id, Waiting{std::move(command), due, row.sent});
        return;
    }
    Waiting& waiting = known->second;
    if (waiting.command.gateway != row.gateway)
        moveTo(waiting, row.gateway, expires, due);
    waiting.command.turn->expireAt(expires);
    if (row.sent)
        waiting.command.turn->waitUntil(due);
    // What this process has handed over is not handed over again because the row does not say so yet.
    if (row.sent || !waiting.sent) {
        waiting.due = due;
        waiting.sent = row.sent;
    }
}

// Where it waits for a post of the gateway before, it is not taken any more.
void OpenCommands::moveTo(Waiting& waiting, DeviceId gateway, Moment expires, Moment due) const
{
    waiting.command.turn->end();
    const Moment from = std::max(due, waiting.command.turn->notBefore());
    waiting.command.turn = std::make_shared<CommandTurn>(expires, from, m_resendAfter);
    waiting.command.gateway = gateway;
}

void OpenCommands::remove(CommandId id)
{
    if (const auto gone = m_commands.extract(id))
        gone.mapped().command.turn->end(); // also where it waits for a post
}

void OpenCommands::sent(CommandId id, Moment now)
{
    const auto found = m_commands.find(id);
    if (found == m_commands.end())
        return;
    found->second.sent = true;
    found->second.due = now + m_resendAfter;
}

void OpenCommands::channelOpened(DeviceId holder, Moment now)
{
    for (auto& [id, waiting] : m_commands) {
        const bool isItsOwn = waiting.command.gateway == holder || waiting.command.device == holder;
        if (isItsOwn && !waiting.sent)
            waiting.due = now;
    }
}

std::vector<CommandId> OpenCommands::deliverDue(CommandSink& sink, Moment now, Milliseconds retryAfter)
{
    std::vector<CommandId> delivered;
    for (auto next = m_commands.begin(); next != m_commands.end();) {
        auto& [id, waiting] = *next;
        if (waiting.command.turn->isOver(now)) {
            next = m_commands.erase(next);
            continue;
        }
        ++next;
        if (waiting.due > now)
            continue;
        const bool accepted = sink.deliver(waiting.command);
        waiting.due = now + (accepted ? m_resendAfter : retryAfter);
        waiting.sent = waiting.sent || accepted;
        if (accepted)
            delivered.push_back(id);
    }
    return delivered;
}

} // namespace cohort::actions
