// From a request to its handler: the table's checks, the caller, the borders, the transaction, the audit row, notices.
// Thread: an executor thread. Owner: ApiHandler. Flow: console, POST /api/v1 → here → handler → answer.
#pragma once

#include "server/api/dispatch/call.h"

namespace cohort::api {

struct OperationRequest
{
    QString method;
    QJsonObject params;
    QString token;
    QString address;
};

// Runs one operation. Errors: UnknownMethod, WrongValue, MissingValue, NotSignedIn, AccessDenied, NotFound and its kin,
// and the handler's.
Result<QJsonObject> runOperation(store::Connection& connection, const Services& services, const ApiSettings& settings,
                                 const OperationRequest& request);

// Whether the caller may follow this topic there; the value: the deployment it lies in (none: topic without filter).
Result<DeploymentId> checkTopic(store::Connection& connection, const Identity& identity, const protocol::Topic& topic,
                                qint64 filterId);

// The handler of an operation, or null where the console's session itself answers (subscribe).
const HandlerRow* findHandler(const QString& method);

} // namespace cohort::api
