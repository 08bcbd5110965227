// What the edge implements so that a command reaches its gateway's open channel.
// Thread: deliver() from the dispatcher's. Owner: app. Flow: Dispatcher → CommandSink (edge) → channel → device.
// Source: device-protocol.md, "The channel for commands".
#pragma once

#include "server/actions/command_turn.h"
#include "shared/base/ids.h"

#include <memory>
#include <string>

namespace cohort::actions {

// A command as it goes over the wire.
struct OutgoingCommand
{
    CommandId id;
    DeviceId gateway; // that the device is behind; itself where it is behind none
    DeviceId device;
    int type = 0;           // 0 set, 1 delete, 4 discover
    std::string deviceKey;  // the outward id
    std::string parameters; // a JSON list of {"name","index","value"}
    std::shared_ptr<CommandTurn> turn;

    // Asked at the moment of writing to a channel: it may go out now, and nobody else writes it.
    bool take(SteadyTime now) const { return !turn || turn->take(now); }
    // It could not be written after all.
    void giveBack() const
    {
        if (turn)
            turn->giveBack();
    }

    // {"commandId":463,"type":0,"deviceId":"D1","parameters":[{"index":"","name":"outletStatus","value":"0"}]}: whoever
    // asked, index and value are there, and texts.
    std::string toJson() const;
};

class CommandSink
{
public:
    virtual ~CommandSink() = default;
    // Hands the command to the device's own open channel in this process, else to its gateway's, which takes its turn; false
    // when there is none, or it was not its turn. Never waits.
    virtual bool deliver(const OutgoingCommand& command) = 0;
};

} // namespace cohort::actions
