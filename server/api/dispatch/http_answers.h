// Answers and checks that all of the port's HTTP handlers use.
// Thread: pure functions. Owner: nobody. Flow: handlers → net::Response.
#pragma once

#include "server/net/http.h"
#include "shared/base/result.h"

#include <QJsonObject>

namespace cohort::api {

net::Response jsonResponse(int status, const QJsonObject& json);
// {"error":{…}} with the HTTP status of the error table, and Retry-After where there is one.
net::Response errorResponse(const Error& error);
// A file of a page of ours: nothing is loaded from elsewhere, nobody frames it.
net::Response pageResponse(std::string body, std::string type);
net::Response textResponse(int status, std::string text);
// The body as a JSON object; an empty body is an empty object. Errors: CannotParse.
Result<QJsonObject> bodyObject(const net::Request& request);
// `Authorization: Bearer TOKEN`; empty when there is none.
QString bearerToken(const net::Request& request);
// One cookie's value; empty when there is none.
QString cookie(const net::Request& request, std::string_view name);
// False when a browser says that the request comes from another site (RFC 6454; Sec-Fetch-Site).
bool isSameOrigin(const net::Request& request);
// A lane of the executor: for each session one, so that people behind one proxy do not wait for each other; for what
// is asked without one, and for every sign in, one for each address.
std::uint64_t laneOf(const net::Request& request);
std::uint64_t addressLane(const net::Request& request);

} // namespace cohort::api
