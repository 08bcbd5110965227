// Who a device is: token or id → its constant context, from memory or from the lookup thread's own connection.
// Thread: find… and current() from any; answers come at once or on the lookup thread. Owner: app.
// Flow: edge → find → Found; `change` rows (every 500 ms and on a hint) → contexts replaced, revoked ones told.
// Source: device-protocol.md, "Who a device is".
#pragma once

#include "server/bus/bus.h"
#include "server/metrics/metrics.h"
#include "server/store/postgres/connection.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/base/time.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cohort::ingest {

// How much a device has sent lately; one per device, kept when its context is replaced.
struct DeviceRate
{
    std::atomic<std::int64_t> messagesDueUs{0};     // when the messages so far are paid for
    std::atomic<std::int64_t> measurementsDueUs{0}; // the same for measurements
    std::atomic<std::int64_t> heardMs{0};           // when it was last told of as heard, without a channel
};

struct ChildDevice
{
    DeviceId id;
    Timestamp startDate;
    int type = 0;
};

// A device that holds (or may hold) a connection, as the database has it now. Constant; replaced, never changed.
struct DeviceContext
{
    DeviceId id;
    std::string key; // the outward id
    DeploymentId deployment;
    LocationId location;
    bool eventsClock = false; // the location lives by its data's time
    bool tokenless = false;
    Timestamp startDate;
    int type = 0;
    std::unordered_map<std::string, ChildDevice> children; // by outward id; retired ones are not in it
    std::shared_ptr<DeviceRate> rate = std::make_shared<DeviceRate>();
};
using DeviceContextPtr = std::shared_ptr<const DeviceContext>;

struct DeviceCacheOptions
{
    store::ConnectionSettings database;
    std::size_t contexts = 60'000; // above: the least recently used goes
    std::size_t waiting = 20'000;  // look-ups that may wait; above: Busy
    std::size_t unknown = 20'000;  // negative answers kept
    Milliseconds unknownFor{1'000};
    Milliseconds pollEvery{500};
};

class DeviceCache
{
public:
    using Found = std::function<void(Result<DeviceContextPtr>)>;

    DeviceCache(DeviceCacheOptions options, bus::Bus& bus, metrics::Registry& metrics, const Clock& clock);
    ~DeviceCache(); // stop()

    // Starts the lookup thread; the database may be away then, look-ups say Unavailable until it is back.
    Result<void> start();
    // Takes nothing new, answers what waits with Unavailable, ends the thread.
    void stop();

    // The device that `token` (as the device sends it; stored as the SHA-256 of these bytes) stands for. `id` may be
    // empty; else it must be this device's id or of one behind it. Calls `found` exactly once, at once when known.
    // Errors: NotSignedIn (no such token), NoSuchDevice (good token; device retired or id not its own), Unavailable.
    void findByToken(const std::string& token, const std::string& id, Found found);
    // The same for a device without a token. Errors: NotSignedIn (unknown, or it has to show a token), Unavailable.
    void findTokenless(const std::string& id, Found found);
    // The newest context of a device that was found; null: not in memory (look it up again).
    DeviceContextPtr current(DeviceId id) const;
    // Reads the device anew from the database. Errors: NoSuchDevice, Unavailable.
    void reload(DeviceId id, Found found);
    // Set it before start(). Called on the lookup thread for a device whose token was revoked or ran out,
    // or that was retired or may no longer speak without a token: its channels have to be closed.
    void onInvalidated(std::function<void(DeviceId)> onInvalid);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::ingest
