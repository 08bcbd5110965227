// A member of a JSON object as it was written: Qt's JSON keeps no integer beyond 64 bits and no difference between 1 and
// 1.0. Thread: pure functions. Owner: nobody. Flow: a run's payload → timers, signals → event.data.
// Source: architecture.md, rule 1 (every digit).
#pragma once

#include <string>
#include <string_view>

namespace cohort::engine {

// The text of the first member of this name; empty when there is none or it is null. `object` must be valid JSON, an
// object without escapes in the names that are asked for.
std::string rawMember(std::string_view object, std::string_view name);

} // namespace cohort::engine
