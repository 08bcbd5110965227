// Whether a trigger lets an event through: its source (kind, name, device) and its condition on the value.
// Thread: pure functions. Owner: nobody. Flow: row + trigger → yes or no → Instance.
// Source: composer.md, "Triggers".
#pragma once

#include "server/engine/model.h"

namespace cohort::engine {

// Kind, name, use, type, room and device. `device` is null for what is about the home, which no device filter
// lets through.
bool admits(const Trigger& trigger, EventKind kind, const std::string& name, const DeviceInfo* device);
// `above` and `below`: strictly, and only for numbers; true when there is no such condition.
bool conditionHolds(const Trigger& trigger, const Value& value);
// Names a trigger by what it says, so that it is found again in another version of the script.
std::string signatureOf(const Trigger& trigger, const Manifest& manifest);
// Event names of facts are as scripts write them: without the stream's `syn.`.
std::string scriptName(EventKind kind, const std::string& name);

} // namespace cohort::engine
