// The body of a request as it was before it was packed for the way. Thread: pure functions. Owner: nobody.
// Flow: HttpProtocol → here → Request::body. Source: RFC 9110, 8.4; RFC 1952.
#pragma once

#include "server/net/http.h"

#include <optional>

namespace cohort::net {

struct BodyFault
{
    int status = 400; // 413: over the limit when unpacked; 415: an encoding that is not understood
    std::string reason;
};

// Unpacks the body where Content-Encoding says gzip, to `most` bytes at most; or what is wrong with it.
std::optional<BodyFault> unpackBody(Request& request, std::size_t most);

} // namespace cohort::net
