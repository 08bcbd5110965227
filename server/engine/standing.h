// What a value is to its stream when it arrives: state, history, or word that there is none.
// Thread: pure functions. Owner: nobody. Flow: row + newest value of its stream → standing → dispatch.
// Source: composer.md, "Late and missing data".
#pragma once

#include "server/engine/model.h"

namespace cohort::engine {

enum class Standing : std::uint8_t {
    State,         // the newest of its stream, however old it is
    History,       // older than the newest
    Missing,       // a stream of numbers says that it has none
    MissingBefore, // it says so of a moment before its newest
};

// `latest`: the newest value of the stream, null for its first. A stream that has had a number is one of numbers: a
// text in it is no value, unless it was stored as one of a stream of texts. Of the first, the words that say so are.
Standing standingOf(const Input& row, const Latest* latest);
// Of a fact, which is never missing.
Standing standingOf(Timestamp time, const Latest* latest);
inline bool isMissing(Standing standing)
{
    return standing == Standing::Missing || standing == Standing::MissingBefore;
}
// Whether a trigger hears of it: late values and missing ones as it asks.
bool hears(const Trigger& trigger, const Event& event, Standing standing);

} // namespace cohort::engine
