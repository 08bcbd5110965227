// Which stream a measurement belongs to, and the newest time that each stream has.
// Thread: the committer's. Owner: BatchWriter. Flow: (device, location, name, index) → cache → database → StreamId, kind and unit.
#pragma once

#include "server/store/log/committer.h"

#include <optional>
#include <string>
#include <unordered_map>

namespace cohort::store {

struct CachedStream
{
    StreamId id;
    std::optional<Timestamp> newest; // nothing: it has no measurement
    model::StreamKind kind = model::StreamKind::Undecided;
    std::string unit;
};

class StreamCache
{
public:
    explicit StreamCache(int streamsPerDevice) : m_streamsPerDevice(static_cast<std::size_t>(streamsPerDevice)) {}

    // A stream for each of `wanted`, made where there is none, outside of a transaction; null where the device has
    // as many as it may. What a stream holds is settled by the type, or by its first value. The pointers hold until
    // the next call.
    Result<std::vector<CachedStream*>> resolve(Connection& connection,
                                               const std::vector<const NewMeasurement*>& wanted);
    // Forgets all: for when somebody else may have written.
    void clear() { m_devices.clear(); }

private:
    using Streams = std::unordered_map<std::string, CachedStream>; // by keyOf()
    Result<void> load(Connection& connection, const std::vector<DeviceId>& devices);
    Result<void> make(Connection& connection, const std::vector<const NewMeasurement*>& missing);
    Result<void> settle(Connection& connection, const std::vector<const NewMeasurement*>& wanted,
                        std::vector<CachedStream*>& streams);
    std::vector<CachedStream*> findAll(const std::vector<const NewMeasurement*>& wanted);
    CachedStream* find(const NewMeasurement& measurement);

    std::size_t m_streamsPerDevice;
    std::unordered_map<DeviceId, Streams> m_devices;
};

} // namespace cohort::store
