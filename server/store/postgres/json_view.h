// Statements whose rows are already what the wire shows: one column `item` (jsonb), built by the database.
// Thread: the connection's. Owner: the caller. Flow: sql/*_view.sql → here → api.
#pragma once

#include "server/store/postgres/connection.h"

#include <QJsonArray>
#include <QJsonObject>

namespace cohort::store {

// All items. Errors as Connection::query.
Result<QJsonArray> viewItems(Connection& connection, Sql statement, const Binds& binds);
// {"items":[…],"more":bool}: the statement is asked for one row more than `limit` as `:count`.
Result<QJsonObject> viewPage(Connection& connection, Sql statement, Binds binds, int limit);
// The one item. Errors: NotFound.
Result<QJsonObject> viewOne(Connection& connection, Sql statement, const Binds& binds);

// A bound text, or NULL where there is none.
QVariant boundText(const std::optional<QString>& text);
// A bound list of ids as bigint[], or NULL where there is none.
QVariant boundIds(const std::optional<std::vector<qint64>>& ids);
QVariant nothing(); // NULL

} // namespace cohort::store
