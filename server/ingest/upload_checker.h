// Decoded → what is committed: devices resolved, times judged; what does not pass is named, the rest goes on.
// Thread: any (constant). Owner: Intake. Flow: Decoded + DeviceContext → Checked → Committer.
// Source: device-protocol.md, "Upload"; architecture.md, rules 7 and 8.
#pragma once

#include "server/ingest/decoded.h"
#include "server/ingest/device_cache.h"
#include "server/store/log/committer.h"

#include <vector>

namespace cohort::ingest {

struct Checked
{
    store::Submission submission;
    std::vector<UploadPlace> places;        // of submission.measurements, one each
    std::vector<DecodedResponse> responses; // those of the submission
    std::vector<Rejection> rejected;
};

class UploadChecker
{
public:
    explicit UploadChecker(Milliseconds futureTolerance, std::size_t devicesPerGateway)
        : m_futureTolerance(futureTolerance), m_devicesPerGateway(devicesPerGateway)
    {
    }

    // Whether all proxyIds of the upload are the device itself or behind it.
    static bool speaksFor(const DeviceContext& context, const Decoded& decoded);
    // The devices of `addDevices` that the gateway does not have yet; those beyond its bound leave `decoded` for its
    // rejections.
    std::vector<store::DiscoveredDevice> newDevices(Decoded& decoded, const DeviceContext& context) const;
    // All but the new devices: those were committed before, so whoever is still unknown belongs elsewhere.
    Checked check(Decoded decoded, const DeviceContext& context, Timestamp now) const;

private:
    std::optional<Rejection> refusal(const DecodedMeasurement& measurement, const ChildDevice* device,
                                     const DeviceContext& context, Timestamp now) const;

    Milliseconds m_futureTolerance;
    std::size_t m_devicesPerGateway;
};

} // namespace cohort::ingest
