// Which stream a measurement belongs to, and the newest time that each stream has.
// Thread: the committer's. Owner: BatchWriter. Flow: (device, location, name, index) → cache → database → StreamId, kind and
// unit; `change` rows, looked at no more than every 500 ms → what operators changed is read anew.
#pragma once

#include "server/store/log/committer.h"
#include "shared/base/system_clock.h"

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
    // as many as it may. What a stream holds is settled by the type, by an operator, or by its first value. The
    // pointers hold until the next call.
    Result<std::vector<CachedStream*>> resolve(Connection& connection,
                                               const std::vector<const NewMeasurement*>& wanted);
    // Forgets all: for when somebody else may have written.
    void clear() { m_devices.clear(); }

private:
    using Streams = std::unordered_map<std::string, CachedStream>; // by keyOf()
    Result<void> forgetChanged(Connection& connection);
    Result<void> load(Connection& connection, const std::vector<DeviceId>& devices);
    Result<void> make(Connection& connection, const std::vector<const NewMeasurement*>& missing);
    Result<void> settle(Connection& connection, const std::vector<const NewMeasurement*>& wanted,
                        std::vector<CachedStream*>& streams);
    Result<void> addMissing(Connection& connection, const std::vector<const NewMeasurement*>& wanted,
                            std::vector<CachedStream*>& streams);
    std::vector<CachedStream*> findAll(const std::vector<const NewMeasurement*>& wanted);

    std::size_t m_streamsPerDevice;
    std::unordered_map<DeviceId, Streams> m_devices;
    Deadline m_nextLook = Deadline::after(Milliseconds(0));
    qint64 m_horizon = 0; // changes of transactions before it are known
};

} // namespace cohort::store
