// Operations: devices and commands to them. What each takes, and its answer's type.
// Thread: values. Owner: the caller. Flow: console → JSON → dispatch → handler → Answer → JSON → console.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/command.h"
#include "shared/model/device.h"
#include "shared/model/page.h"
#include "shared/protocol/request_id.h"

namespace cohort::protocol {

using namespace model::rules;
using model::DeviceStateFilter;
using model::Of;

// What a device is and where in its home it stands: a room by its id, or by kind and name, made where it is
// missing.
struct NewDeviceTraits
{
    std::optional<int> type;
    std::optional<QString> use;
    std::optional<RoomId> room;
    std::optional<QString> roomKind;
    std::optional<QString> roomName;
    std::optional<QString> description;
};
template <typename V, Of<NewDeviceTraits> T>
void fields(V& visit, T& traits)
{
    visit("type", traits.type, "The number of its type.", between(0, 1'000'000));
    visit("use", traits.use, "What it is used for: stove, bed, front-door, …", characters(0, 50));
    visit("room", traits.room, "The room in which it stands.");
    visit("roomKind", traits.roomKind, "Or the room's kind; the room is made where it is missing.", characters(0, 50));
    visit("roomName", traits.roomName, "And its name.", characters(0, NameCharactersMost));
    visit("description", traits.description, "What people call it.", characters(0, DescriptionCharactersMost));
}

struct DeviceTypes
{
    using Answer = model::Page<model::DeviceTypeInfo>;
    static constexpr const char* Name = "device.types";
};
template <typename V, Of<DeviceTypes> T>
void fields(V&, T&)
{
}

struct DeviceList
{
    using Answer = model::Page<model::Device>;
    static constexpr const char* Name = "device.list";

    std::optional<DeploymentId> deployment;
    std::optional<LocationId> location;
    std::optional<DeviceStateFilter> state;
    std::optional<QString> search;
    std::optional<int> limit;
    std::optional<DeviceId> after;
};
template <typename V, Of<DeviceList> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "Only those of this deployment.");
    visit("location", wanted.location, "Only those of this home.");
    visit("state", wanted.state, "Only those in this state; without it all that are not retired.");
    visit("search", wanted.search, "Only those whose id, description or use holds these words.", characters(0, 100));
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
    visit("after", wanted.after, "The last row of the page before: what comes after it.");
}

struct DeviceGet
{
    using Answer = model::Device;
    static constexpr const char* Name = "device.get";

    DeviceId id;
};
template <typename V, Of<DeviceGet> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct DeviceRegister
{
    using Answer = model::RegisteredDevice;
    static constexpr const char* Name = "device.register";

    LocationId location;
    QString key;
    NewDeviceTraits traits;
    std::optional<QString> gateway;
    std::optional<Timestamp> startDate;
    std::optional<bool> token;
};
template <typename V, Of<DeviceRegister> T>
void fields(V& visit, T& wanted)
{
    visit("location", wanted.location, "In which home.");
    visit("key", wanted.key, "Its own id, as it names itself when it posts.", characters(1, DeviceKeyMost));
    visit.flat(wanted.traits);
    visit("gateway", wanted.gateway, "The own id of the gateway behind which it is.", characters(0, DeviceKeyMost));
    visit("startDate", wanted.startDate, "From when on its data is stored; now where it is left out.");
    visit("token", wanted.token, "Whether it gets a token; yes where it is left out.");
}

struct DeviceUpdate
{
    using Answer = model::Device;
    static constexpr const char* Name = "device.update";

    DeviceId id;
    std::optional<QString> use;
    std::optional<RoomId> room;
    std::optional<QString> description;
    std::optional<int> type;
    std::optional<QString> gateway;
};
template <typename V, Of<DeviceUpdate> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("use", wanted.use, "What it is used for.", characters(0, 50));
    visit("room", wanted.room, "The room in which it stands; null for none.", orNone());
    visit("description", wanted.description, "What people call it.", characters(0, DescriptionCharactersMost));
    visit("type", wanted.type, "The number of its type.", between(0, 1'000'000));
    visit(
        "gateway", wanted.gateway,
        "The own id of the gateway behind which it comes, also into another home of the deployment; empty: it holds a "
        "connection of its own.",
        characters(0, DeviceKeyMost));
}

struct DeviceNewToken
{
    using Answer = model::DeviceSecret;
    static constexpr const char* Name = "device.newToken";

    DeviceId id;
};
template <typename V, Of<DeviceNewToken> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct DeviceRevokeTokens
{
    using Answer = model::Nothing;
    static constexpr const char* Name = "device.revokeTokens";

    DeviceId id;
};
template <typename V, Of<DeviceRevokeTokens> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct DeviceRetire
{
    using Answer = model::Device;
    static constexpr const char* Name = "device.retire";

    DeviceId id;
};
template <typename V, Of<DeviceRetire> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct DeviceCommand
{
    using Answer = model::Command;
    static constexpr const char* Name = "device.command";

    DeviceId id;
    QList<model::CommandParameter> parameters;
    std::optional<qint64> expiresMs;
    std::optional<QString> comment;
    std::optional<QString> requestId = {};
};
template <typename V, Of<DeviceCommand> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("parameters", wanted.parameters, "What it is to set.", entries(1, CommandParametersMost));
    visit("expiresMs", wanted.expiresMs, "For how many milliseconds the command may wait; 60000 where it is left out.",
          between(CommandExpiryLeastMs, CommandExpiryMostMs));
    visit("comment", wanted.comment, "A note for the audit log.", characters(0, NoteCharactersMost));
    visit("requestId", wanted.requestId, RequestIdProse, RequestIdRule);
}

struct CommandList
{
    using Answer = model::Page<model::Command>;
    static constexpr const char* Name = "command.list";

    LocationId location;
    std::optional<int> limit;
    std::optional<CommandId> after;
};
template <typename V, Of<CommandList> T>
void fields(V& visit, T& wanted)
{
    visit("location", wanted.location, "Of which home.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
    visit("after", wanted.after, "The last row of the page before: what comes after it.");
}

struct CommandGet
{
    using Answer = model::Command;
    static constexpr const char* Name = "command.get";

    CommandId id;
};
template <typename V, Of<CommandGet> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct CommandCancel
{
    using Answer = model::Command;
    static constexpr const char* Name = "command.cancel";

    CommandId id;
};
template <typename V, Of<CommandCancel> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

} // namespace cohort::protocol
