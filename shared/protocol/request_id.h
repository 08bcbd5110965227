// The member `requestId` of what makes something: the caller's name for it, so that a repeat after a lost answer is the same.
// Thread: values. Owner: nobody. Flow: console → here → dispatch → store's requests. Source: architecture.md, "Outward names".
#pragma once

#include "shared/model/fields.h"

namespace cohort::protocol {

constexpr const char* RequestIdProse =
    "A name of the caller's own for this call: the same again within 24 h is not done again and gets what was made.";
constexpr model::Rule RequestIdRule = model::rules::characters(8, 64);

} // namespace cohort::protocol
