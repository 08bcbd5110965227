// Alerts with their commands, for answers and notifications.
// Thread: the connection's. Owner: nobody. Flow: alert, command rows → here → alert.*, topics alerts, page.
#pragma once

#include "server/store/postgres/json_view.h"

namespace cohort::api {

// Puts the commands of each alert in the place of their ids (`commandIds` → `commands`).
Result<QJsonArray> withCommands(store::Connection& connection, QJsonArray alerts);
// These alerts, as alert.list shows them.
Result<QJsonArray> alertsById(store::Connection& connection, const std::vector<qint64>& ids);
// These commands, as command.list shows them.
Result<QJsonArray> commandsById(store::Connection& connection, const std::vector<qint64>& ids);

} // namespace cohort::api
