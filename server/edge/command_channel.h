// A device's open way for commands: a WebSocket, or its long polls.
// Thread: any. Owner: CommandChannels while it is the device's current one. Flow: CommandChannels → here → device.
// Source: device-protocol.md, "The channel for commands".
#pragma once

#include "server/actions/command_sink.h"
#include "server/ingest/device_cache.h"

#include <string>
#include <utility>

namespace cohort::edge {

class CommandChannel
{
public:
    CommandChannel(ingest::DeviceContextPtr context, bool hasToken)
        : m_context(std::move(context)), m_hasToken(hasToken)
    {
    }
    virtual ~CommandChannel() = default;
    CommandChannel(const CommandChannel&) = delete;
    CommandChannel& operator=(const CommandChannel&) = delete;

    // Writes a command, if it is its turn; false when it was not, or the channel cannot take it just now.
    virtual bool deliver(const actions::OutgoingCommand& command) = 0;
    // Another channel of the device has taken over.
    virtual void replaced() = 0;
    // The device may not speak any more: token revoked or run out, device retired.
    virtual void signedOut() = 0;
    // The server stops: a poll that waits gets its one character.
    virtual void serverStops() {}
    // Asks the device to move to another server.
    virtual void askToMove(std::chrono::milliseconds after, const std::string& url) = 0;

    const ingest::DeviceContext& context() const { return *m_context; }
    const ingest::DeviceContextPtr& sharedContext() const { return m_context; }
    bool hasToken() const { return m_hasToken; }

private:
    const ingest::DeviceContextPtr m_context; // as it was when the channel opened
    const bool m_hasToken;
};
using CommandChannelPtr = std::shared_ptr<CommandChannel>;

// {"version":"2","commands":[…]}
std::string commandsText(const actions::OutgoingCommand& command);

} // namespace cohort::edge
