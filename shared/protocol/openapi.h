// The protocol described for programs: an OpenAPI 3.1 document out of the table of operations.
// Thread: any. Owner: nobody. Flow: operations(), topics(), errors, limits → GET /api/v1, the page /api, tests.
// Source: OpenAPI 3.1.0; JSON Schema 2020-12.
#pragma once

#include <QJsonArray>
#include <QJsonObject>

namespace cohort::protocol {

// Every operation as POST /METHOD, every notification as a webhook, every error by its name. `examples`: objects of
// operation, name, summary, as (whose token was sent), parameters, status, answer.
QJsonObject openApi(const QJsonArray& examples);

} // namespace cohort::protocol
