// What all connections of one listening port share: options, handler, TLS, counts.
// Thread: counts from any; the rest is constant after start. Owner: Server, its listeners and connections.
// Flow: Server → listeners → connections → figures.
#pragma once

#include "server/net/http.h"
#include "server/net/server.h"
#include "server/net/socket.h"
#include "server/net/tls_context.h"

#include <array>
#include <atomic>
#include <map>
#include <mutex>

namespace cohort::net {

// Open connections of each client address; an IPv6 client counts by its /64.
class AddressCounts
{
public:
    // False at the limit; else counted until leave().
    bool enter(const asio::ip::address& address, std::size_t limit);
    void leave(const asio::ip::address& address);

private:
    using Key = std::array<unsigned char, 8>;
    static Key keyOf(const asio::ip::address& address);
    std::mutex m_mutex;
    std::map<Key, std::size_t> m_counts;
};

struct Port
{
    ListenOptions options;
    std::shared_ptr<Handler> handler;
    TlsContext tls;
    AddressCounts addresses;
    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> open{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> frames{0};
    std::atomic<std::uint64_t> slowPeersDropped{0};
    std::array<std::atomic<std::uint64_t>, RefusalCount> refused{};
    std::atomic<bool> stopping{false};

    void refuse(Refusal why) { ++refused[static_cast<std::size_t>(why)]; }
};
using PortPtr = std::shared_ptr<Port>;

} // namespace cohort::net
