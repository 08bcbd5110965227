// The requests of the Application API that need the database, one function each.
// Thread: an executor thread. Owner: nobody. Flow: Cloud → here → answer without its resultCode.
#pragma once

#include "server/api/devices/cloud_answers.h"
#include "server/api/dispatch/api_context.h"
#include "server/directory/directory.h"
#include "server/net/http.h"

namespace cohort::api {

CloudServerAnswer serverAnswer(const directory::DeviceServer& server, int ttl);
// After how many seconds the device asks again: its deployment's figure, and some for an id that nobody has.
Result<int> serverTtl(store::Connection& connection, const QString& deviceKey);

// "true" or "1", in any letters; not given, empty, "false" and "0" are no. Errors: WrongValue (any other word).
Result<bool> cloudFlag(const net::Request& request, std::string_view name);
// So that none is passed over. Errors: WrongValue (a parameter that stands twice, or its name in other letters).
Result<void> checkQuery(const net::Request& request);

Result<QJsonObject> cloudLogin(store::Connection& connection, const ApiContext& context, const net::Request& request);
Result<QJsonObject> cloudUser(store::Connection& connection, const ApiContext& context, const net::Request& request);
Result<QJsonObject> cloudConnectedServer(store::Connection& connection, const ApiContext& context,
                                         const net::Request& request);
Result<QJsonObject> cloudRegister(store::Connection& connection, const ApiContext& context,
                                  const net::Request& request);
Result<QJsonObject> cloudCommand(store::Connection& connection, const ApiContext& context, const net::Request& request);
Result<QJsonObject> cloudLatest(store::Connection& connection, const ApiContext& context, const net::Request& request);

} // namespace cohort::api
