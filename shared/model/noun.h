// What an id names. Thread: constants. Owner: nobody. Flow: the type of an id → its noun → borders,
// descriptions.
#pragma once

#include "shared/base/ids.h"

#include <cstdint>

namespace cohort::model {

enum class Noun : std::uint8_t {
    None,
    Deployment,
    Location,
    Room,
    Participant,
    Device,
    Stream,
    Command,
    Alert,
    Message,
    Script,
    Version,
    Operator,
    Run,
    Effect,
};

// deployment, location, …; empty for None.
const char* nounName(Noun noun);

template <typename T>
constexpr Noun NounOf = Noun::None;
template <>
inline constexpr Noun NounOf<DeploymentId> = Noun::Deployment;
template <>
inline constexpr Noun NounOf<LocationId> = Noun::Location;
template <>
inline constexpr Noun NounOf<RoomId> = Noun::Room;
template <>
inline constexpr Noun NounOf<ParticipantId> = Noun::Participant;
template <>
inline constexpr Noun NounOf<DeviceId> = Noun::Device;
template <>
inline constexpr Noun NounOf<StreamId> = Noun::Stream;
template <>
inline constexpr Noun NounOf<CommandId> = Noun::Command;
template <>
inline constexpr Noun NounOf<AlertId> = Noun::Alert;
template <>
inline constexpr Noun NounOf<MessageId> = Noun::Message;
template <>
inline constexpr Noun NounOf<ScriptId> = Noun::Script;
template <>
inline constexpr Noun NounOf<VersionId> = Noun::Version;
template <>
inline constexpr Noun NounOf<OperatorId> = Noun::Operator;
template <>
inline constexpr Noun NounOf<RunId> = Noun::Run;
template <>
inline constexpr Noun NounOf<EffectId> = Noun::Effect;

} // namespace cohort::model
