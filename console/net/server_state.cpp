#include "console/net/server_state.h"

#include <QJsonDocument>

namespace cohort::console {

using namespace Qt::StringLiterals;

MetricSample MetricSample::fromJson(const QJsonObject& object)
{
    const QJsonObject cpu = json::object(object, "cpu"_L1);
    MetricSample sample;
    const QJsonValue at = object.value("at"_L1);
    sample.at = at.isString() ? json::time(object, "at"_L1).toMSecsSinceEpoch() : static_cast<qint64>(at.toDouble());
    sample.deviceio = json::real(cpu, "deviceio"_L1);
    sample.api = json::real(cpu, "api"_L1);
    sample.composer = json::real(cpu, "composer"_L1);
    sample.database = json::real(cpu, "database"_L1);
    sample.other = json::real(cpu, "other"_L1);
    sample.connections = json::real(object, "connections"_L1);
    sample.postsPerSecond = json::real(object, "postsPerSecond"_L1);
    sample.measurementsPerSecond = json::real(object, "measurementsPerSecond"_L1);
    sample.ingestP50Ms = json::real(object, "ingestP50Ms"_L1);
    sample.ingestP99Ms = json::real(object, "ingestP99Ms"_L1);
    sample.runsPerSecond = json::real(object, "runsPerSecond"_L1);
    sample.effectsPerSecond = json::real(object, "effectsPerSecond"_L1);
    sample.queue = json::real(object, "queue"_L1);
    return sample;
}

MetricSamples MetricSamples::fromJson(const QJsonObject& object)
{
    return {json::list<MetricSample>(object, "samples"_L1)};
}

Attention Attention::fromJson(const QJsonObject& object)
{
    return {json::text(object, "kind"_L1),
            json::text(object, "text"_L1),
            json::text(object, "object"_L1),
            json::text(object, "locationName"_L1),
            json::id<LocationId>(object, "location"_L1),
            json::time(object, "since"_L1)};
}

Overview Overview::fromJson(const QJsonObject& object)
{
    Overview overview;
    overview.deployments = json::count(object, "deployments"_L1);
    overview.participants = json::count(object, "participants"_L1);
    overview.devices = json::count(object, "devices"_L1);
    overview.devicesConnected = json::count(object, "devicesConnected"_L1);
    overview.devicesReporting = json::count(object, "devicesReporting"_L1);
    overview.openAlerts = json::count(object, "openAlerts"_L1);
    overview.urgentAlerts = json::count(object, "urgentAlerts"_L1);
    overview.scriptsRunning = json::count(object, "scriptsRunning"_L1);
    overview.postsPerSecond = json::real(object, "postsPerSecond"_L1);
    overview.ingestP50Ms = json::real(object, "ingestP50Ms"_L1);
    overview.ingestP99Ms = json::real(object, "ingestP99Ms"_L1);
    overview.composer = json::text(object, "composer"_L1);
    overview.attention = json::list<Attention>(object, "attention"_L1);
    return overview;
}

ServerNode ServerNode::fromJson(const QJsonObject& object)
{
    const QJsonValue roles = object.value("roles"_L1);
    ServerNode node;
    node.name = json::text(object, "name"_L1);
    node.roles = roles.isArray() ? json::texts(object, "roles"_L1).join(u", "_s) : roles.toString();
    node.deviceioUrl = json::text(object, "deviceioUrl"_L1);
    node.version = json::text(object, "version"_L1);
    node.heartbeat = json::time(object, "heartbeat"_L1);
    node.alive = json::flag(object, "alive"_L1);
    node.draining = json::flag(object, "draining"_L1);
    node.connections = json::count(object, "connections"_L1);
    node.capacity = json::count(object, "capacity"_L1);
    node.cpu = json::real(object, "cpu"_L1);
    return node;
}

AuditEntry AuditEntry::fromJson(const QJsonObject& object)
{
    const QJsonObject detail = json::object(object, "detail"_L1);
    return {json::number(object, "id"_L1),
            json::time(object, "at"_L1),
            json::text(object, "actor"_L1),
            json::text(object, "actorName"_L1),
            json::text(object, "action"_L1),
            json::text(object, "object"_L1),
            json::text(object, "address"_L1),
            detail.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(detail).toJson(QJsonDocument::Compact))};
}

QFuture<Result<Overview>> server::overview(RpcClient& client, DeploymentId deployment)
{
    QJsonObject parameters;
    if (deployment)
        parameters.insert("deployment"_L1, json::ofId(deployment));
    return callFor<Overview>(client, "overview.get"_L1, parameters);
}

QFuture<Result<MetricSamples>> server::metrics(RpcClient& client, qint64 fromMs)
{
    const QString from = QDateTime::fromMSecsSinceEpoch(fromMs, Qt::UTC).toString(Qt::ISODateWithMs);
    return callFor<MetricSamples>(client, "metrics.query"_L1, {{u"from"_s, from}});
}

QFuture<Result<Listing<ServerNode>>> server::nodes(RpcClient& client)
{
    return callForList<ServerNode>(client, "server.list"_L1);
}

QFuture<Result<Listing<AuditEntry>>> server::audit(RpcClient& client, DeploymentId deployment, qint64 after)
{
    QJsonObject parameters{{u"limit"_s, 200}};
    if (deployment)
        parameters.insert("deployment"_L1, json::ofId(deployment));
    if (after > 0)
        parameters.insert("after"_L1, after);
    return callForList<AuditEntry>(client, "audit.query"_L1, parameters);
}

} // namespace cohort::console
