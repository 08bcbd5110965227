// Scripts, versions and runs as the wire shows them.
// Thread: pure functions. Owner: nobody. Flow: store rows → here → answers, notifications.
#pragma once

#include "server/store/repositories/script_deployment_repository.h"
#include "server/store/repositories/script_repository.h"
#include "server/store/repositories/script_run_repository.h"

namespace cohort::api {

QJsonObject scriptJson(const store::ScriptOverview& overview);
QJsonObject versionJson(const store::ScriptVersionRow& version);
QJsonObject deploymentJson(const store::ScriptDeploymentRow& row);
QJsonObject instanceJson(const store::ScriptInstanceInfo& row);
QJsonObject runJson(const store::ScriptRunRow& run);

} // namespace cohort::api
