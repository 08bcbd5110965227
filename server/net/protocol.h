// What speaks on a connection: HTTP first, WebSocket after an upgrade.
// Thread: the connection's I/O thread. Owner: ClientConnection. Flow: ClientConnection → onBytes() → handler.
#pragma once

#include "server/net/socket.h"

#include <limits>
#include <string_view>

namespace cohort::net {

class Protocol
{
public:
    virtual ~Protocol() = default;
    // Takes bytes from the front and says how many; the rest comes again, together with what follows.
    virtual std::size_t onBytes(std::string_view bytes) = 0;
    // False: keep the bytes, do not give them now.
    virtual bool wantsBytes() const = 0;
    // While wantsBytes() is false: go on reading a little all the same, to learn that the peer has gone.
    virtual bool watchesPeer() const { return false; }
    // The peer will send nothing more.
    virtual void onEof() = 0;
    virtual TimePoint deadline() const = 0;
    virtual void onDeadline(TimePoint now) = 0;
    // The port stops: end as soon as it is polite.
    virtual void onStopping() = 0;
    // The connection has ended; the last call.
    virtual void onClosed() = 0;
    // More than this waiting to be written: the peer does not read and is dropped.
    virtual std::size_t sendLimit() const { return std::numeric_limits<std::size_t>::max(); }
};

} // namespace cohort::net
