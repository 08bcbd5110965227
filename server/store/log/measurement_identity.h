// What makes two measurements of a batch the same one: stream, time and value.
// Thread: values. Owner: BatchWriter. Flow: candidates → set → each once. Source: architecture.md, rule 1.
#pragma once

#include "shared/base/ids.h"
#include "shared/base/time.h"
#include "shared/base/value.h"

#include <functional>

namespace cohort::store {

// The value is its owner's, and outlives this.
struct MeasurementIdentity
{
    StreamId stream;
    Timestamp time;
    const Value* value = nullptr;
    bool operator==(const MeasurementIdentity& other) const
    {
        return stream == other.stream && time == other.time && *value == *other.value;
    }
};
struct MeasurementIdentityHash
{
    std::size_t operator()(const MeasurementIdentity& identity) const noexcept
    {
        std::size_t hash = std::hash<std::int64_t>{}(identity.stream.value * 1'000'003 + toMs(identity.time));
        if (identity.value->number)
            hash ^= std::hash<double>{}(*identity.value->number) * 31;
        if (identity.value->text)
            hash ^= std::hash<std::string>{}(*identity.value->text);
        if (identity.value->integer)
            hash ^= std::hash<std::int64_t>{}(*identity.value->integer);
        return hash;
    }
};

} // namespace cohort::store
