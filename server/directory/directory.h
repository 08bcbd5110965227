// Which device server a device should use: of two drawn at random, the one with more headroom.
// Thread: any. Owner: DirectoryService. Flow: node rows → update() → choose() → Application API.
// Source: architecture.md, "The pool"; Mitzenmacher, "The power of two choices", 2001.
#pragma once

#include "server/store/pool/node_repository.h"
#include "shared/base/result.h"

#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cohort::directory {

struct DeviceServer
{
    std::string url; // https://host:port
    std::string host;
    std::uint16_t port = 0;
    bool ssl = false;
};

// The parts of http://host[:port] or https://host[:port]. Errors: WrongValue.
Result<DeviceServer> parseServerUrl(std::string_view url);

class Directory
{
public:
    explicit Directory(std::uint64_t seed = std::random_device{}());
    // The servers that live now. What was handed out stays counted until the server's next heartbeat but one, when
    // those devices are among its connections.
    void update(const std::vector<store::AliveNode>& nodes);
    // A server for this device, counted as handed out. An unknown device gets one too.
    // Errors: Unavailable (no server lives, or all are draining).
    Result<DeviceServer> choose(std::string_view deviceId);
    std::size_t size() const;

private:
    struct Candidate
    {
        store::AliveNode node;
        DeviceServer server;
        int handedOut = 0;       // since the last heartbeat
        int handedOutBefore = 0; // between the two before
    };
    static double headroom(const Candidate& candidate);

    mutable std::mutex m_mutex;
    std::mt19937_64 m_random;
    std::vector<Candidate> m_candidates;
};

} // namespace cohort::directory
