// Ids as types, so that a device's number never lands where a location's is wanted.
// Thread: value. Owner: nobody. Flow: database rows → structs → wire, always as a plain integer there.
#pragma once

#include <cstddef> // before <compare>: moc reads its <concepts> only after the library's configuration

#include <compare>
#include <cstdint>
#include <functional>

namespace cohort {

template <typename Tag>
struct Id
{
    std::int64_t value = 0; // 0: none

    explicit operator bool() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

using DeploymentId = Id<struct DeploymentTag>;
using LocationId = Id<struct LocationTag>;
using RoomId = Id<struct RoomTag>;
using ParticipantId = Id<struct ParticipantTag>;
using OperatorId = Id<struct OperatorTag>;
using DeviceId = Id<struct DeviceTag>; // the row's number; the outward text id is the device's `key`
using StreamId = Id<struct StreamTag>;
using ScriptId = Id<struct ScriptTag>;
using VersionId = Id<struct VersionTag>;
using RunId = Id<struct RunTag>;
using EffectId = Id<struct EffectTag>;
using CommandId = Id<struct CommandTag>;
using AlertId = Id<struct AlertTag>;
using MessageId = Id<struct MessageTag>;

} // namespace cohort

template <typename Tag>
struct std::hash<cohort::Id<Tag>>
{
    std::size_t operator()(cohort::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
