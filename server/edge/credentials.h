// Who a request says it is: a token in one of the headers, or only an id.
// Thread: pure, and the cache's for `found`. Owner: nobody. Flow: Request → credentialsOf() → identify() → context.
// Source: device-protocol.md, "Who a device is".
#pragma once

#include "server/edge/edge.h"

namespace cohort::edge {

struct Credentials
{
    enum class Kind { None, Token, Malformed };
    Kind kind = Kind::None;
    std::string token;
};

// From `PPCAuthorization: esp token=T` (also in quotes) or `Authorization: Bearer T`.
Credentials credentialsOf(const net::Request& request);
// The id that the query names, empty where it names none; with it the parameters of all channels are looked at, so that
// none is passed over. Errors: CannotParse (id or timeout twice, an empty id, a name in other letters, as ID).
Result<std::string> idOf(const net::Request& request);
// The device behind token and id, or behind the id alone. `found` exactly once, at once or on the lookup thread.
void identify(const EdgePtr& edge, const Credentials& credentials, const std::string& id,
              ingest::DeviceCache::Found found);

} // namespace cohort::edge
