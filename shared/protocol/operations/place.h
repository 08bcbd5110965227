// Operations: deployments, homes and rooms. What each takes, and its answer's type.
// Thread: values. Owner: the caller. Flow: console → JSON → dispatch → handler → Answer → JSON → console.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/device.h"
#include "shared/model/page.h"
#include "shared/model/place.h"

namespace cohort::protocol {

using namespace model::rules;
using model::Of;

struct NewRoom
{
    QString kind;
    QString name;
};
template <typename V, Of<NewRoom> T>
void fields(V& visit, T& room)
{
    visit("kind", room.kind, "What it is: kitchen, bedroom, …", characters(1, 200));
    visit("name", room.name, "What people call it.", characters(1, NameCharactersMost));
}

struct DeploymentList
{
    using Answer = model::Page<model::Deployment>;
    static constexpr const char* Name = "deployment.list";
};
template <typename V, Of<DeploymentList> T>
void fields(V&, T&)
{
}

struct DeploymentCreate
{
    using Answer = model::Deployment;
    static constexpr const char* Name = "deployment.create";

    QString name;
    QString timeZone;
    std::optional<model::Language> language;
    std::optional<bool> allowTokenlessDevices;
};
template <typename V, Of<DeploymentCreate> T>
void fields(V& visit, T& wanted)
{
    visit("name", wanted.name, "Its name.", characters(1, NameCharactersMost));
    visit("timeZone", wanted.timeZone, "Its IANA time zone.", characters(1, 200));
    visit("language", wanted.language, "The language of its texts; en where it is left out.");
    visit("allowTokenlessDevices", wanted.allowTokenlessDevices,
          "Whether devices may post without a token; no where it is left out.");
}

struct DeploymentUpdate
{
    using Answer = model::Deployment;
    static constexpr const char* Name = "deployment.update";

    DeploymentId id;
    std::optional<QString> name;
    std::optional<QString> timeZone;
    std::optional<model::Language> language;
    std::optional<bool> allowTokenlessDevices;
    std::optional<int> serverTtlS;
    std::optional<int> messagesPerHour;
    std::optional<int> alertsPerHour;
    std::optional<int> commandsPerHour;
};
template <typename V, Of<DeploymentUpdate> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("name", wanted.name, "Its name.", characters(1, NameCharactersMost));
    visit("timeZone", wanted.timeZone, "Its IANA time zone.", characters(1, 200));
    visit("language", wanted.language, "The language of its texts.");
    visit("allowTokenlessDevices", wanted.allowTokenlessDevices, "Whether devices may post without a token.");
    visit("serverTtlS", wanted.serverTtlS, "After how many seconds a device asks again for its server.",
          between(60, 604'800));
    visit("messagesPerHour", wanted.messagesPerHour,
          "Messages and questions that a script may send to one person in an hour.", between(1, 10'000));
    visit("alertsPerHour", wanted.alertsPerHour, "Alerts that a script may raise in a home in an hour.",
          between(1, 10'000));
    visit("commandsPerHour", wanted.commandsPerHour, "Commands that a script may send in a home in an hour.",
          between(1, 1'000'000));
}

struct LocationList
{
    using Answer = model::Page<model::Location>;
    static constexpr const char* Name = "location.list";

    DeploymentId deployment;
    std::optional<int> limit;
    std::optional<LocationId> after;
};
template <typename V, Of<LocationList> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "Of which deployment.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
    visit("after", wanted.after, "The last row of the page before: what comes after it.");
}

struct LocationGet
{
    using Answer = model::Home;
    static constexpr const char* Name = "location.get";

    LocationId id;
};
template <typename V, Of<LocationGet> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct LocationCreate
{
    using Answer = model::Location;
    static constexpr const char* Name = "location.create";

    DeploymentId deployment;
    QString name;
    std::optional<QString> timeZone;
    std::optional<model::LocationClock> clock;
    std::optional<QList<NewRoom>> rooms;
};
template <typename V, Of<LocationCreate> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "In which deployment.");
    visit("name", wanted.name, "Its name.", characters(1, NameCharactersMost));
    visit("timeZone", wanted.timeZone, "Its IANA time zone; the deployment's where it is left out.",
          characters(1, 200));
    visit("clock", wanted.clock, "Whose time scripts live in; real where it is left out.");
    visit("rooms", wanted.rooms, "Its rooms.", entries(0, 100));
}

struct LocationUpdate
{
    using Answer = model::Location;
    static constexpr const char* Name = "location.update";

    LocationId id;
    std::optional<QString> name;
    std::optional<QString> timeZone;
};
template <typename V, Of<LocationUpdate> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("name", wanted.name, "Its name.", characters(1, NameCharactersMost));
    visit("timeZone", wanted.timeZone, "Its IANA time zone.", characters(1, 200));
}

struct RoomCreate
{
    using Answer = model::Room;
    static constexpr const char* Name = "room.create";

    LocationId location;
    QString kind;
    QString name;
};
template <typename V, Of<RoomCreate> T>
void fields(V& visit, T& wanted)
{
    visit("location", wanted.location, "In which home.");
    visit("kind", wanted.kind, "What it is: kitchen, bedroom, …", characters(1, 200));
    visit("name", wanted.name, "What people call it.", characters(1, NameCharactersMost));
}

struct RoomUpdate
{
    using Answer = model::Room;
    static constexpr const char* Name = "room.update";

    RoomId id;
    std::optional<QString> kind;
    std::optional<QString> name;
};
template <typename V, Of<RoomUpdate> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("kind", wanted.kind, "What it is: kitchen, bedroom, …", characters(1, 200));
    visit("name", wanted.name, "What people call it.", characters(1, NameCharactersMost));
}

struct RoomRemove
{
    using Answer = model::Nothing;
    static constexpr const char* Name = "room.remove";

    RoomId id;
};
template <typename V, Of<RoomRemove> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct LocationRetire
{
    using Answer = model::Nothing;
    static constexpr const char* Name = "location.retire";

    LocationId id;
};
template <typename V, Of<LocationRetire> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

} // namespace cohort::protocol
