// One upload: decode → check → commit → reply. Children's measurements of one message commit together.
// Thread: upload() from any (io threads); `done` exactly once, on the caller's, the committer's or the lookup thread.
// Owner: app. Flow: edge → upload → Committer → reply text → edge.
// Source: device-protocol.md, "Upload".
#pragma once

#include "server/ingest/device_cache.h"
#include "server/metrics/metrics.h"
#include "server/store/log/committer.h"
#include "shared/base/limits.h"
#include "shared/base/time.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cohort::ingest {

struct IntakeOptions
{
    Milliseconds futureTolerance = std::chrono::seconds(AheadMostS);
    int messagesPerSecond = 50; // of one device, sustained over rateWindow
    int measurementsPerSecond = 5'000;
    Milliseconds rateWindow{10'000};
    std::size_t devicesPerGateway = 1'000;
    Milliseconds retryAfter{2'000}; // told with ERR
    // Whether somebody is watching this location now: then the answer is CONT, not ACK. Any thread, never waits.
    std::function<bool(LocationId)> watched;
};

// What goes back to the device.
struct UploadReply
{
    std::string json;
    int http = 200;
    int retryAfterMs = 0; // > 0: also the header Retry-After
};

class Intake
{
public:
    using UploadReply = cohort::ingest::UploadReply;

    Intake(IntakeOptions options, DeviceCache& cache, store::Committer& committer, metrics::Registry& metrics,
           const Clock& clock);
    ~Intake();

    // Takes one message (an object or a list of objects) from the device of `context`; `json` is not kept.
    void upload(DeviceContextPtr context, std::string_view json, std::function<void(UploadReply)> done);

    // The device that a body without a token speaks for: its proxyId (hubId), or else its first measure's deviceId.
    // Errors: CannotParse, MissingValue.
    static Result<std::string> proxyIdOf(std::string_view json);
    // The reply for an error met before or instead of an upload (not signed in, busy, too large, …).
    UploadReply errorReply(const Error& error) const;

private:
    struct Private;
    std::shared_ptr<Private> d; // shared with uploads under way
};

} // namespace cohort::ingest
