// The server's own figures, the overview and the audit log, and the calls about them.
// Thread: values; calls from the GUI. Owner: models. Flow: server.*, metrics.*, overview.*, audit.* → here.
#pragma once

#include "console/net/typed_call.h"
#include "shared/base/ids.h"

namespace cohort::console {

struct MetricSample
{
    qint64 at = 0;                                                       // ms since 1970
    double deviceio = 0, api = 0, composer = 0, database = 0, other = 0; // CPU, share of one core
    double connections = 0, postsPerSecond = 0, measurementsPerSecond = 0;
    double ingestP50Ms = 0, ingestP99Ms = 0, runsPerSecond = 0, effectsPerSecond = 0, queue = 0;

    static MetricSample fromJson(const QJsonObject& object);
};

struct MetricSamples
{
    QList<MetricSample> samples; // in order of time

    static MetricSamples fromJson(const QJsonObject& object);
};

struct Attention
{
    QString kind, text, object, locationName;
    LocationId location;
    QDateTime since;

    static Attention fromJson(const QJsonObject& object);
};

struct Overview
{
    int deployments = 0, participants = 0, devices = 0, devicesConnected = 0, devicesReporting = 0;
    int openAlerts = 0, urgentAlerts = 0, scriptsRunning = 0;
    double postsPerSecond = 0, ingestP50Ms = 0, ingestP99Ms = 0;
    QString composer;
    QList<Attention> attention;

    static Overview fromJson(const QJsonObject& object);
};

struct ServerNode
{
    QString name, roles, deviceioUrl, version;
    QDateTime heartbeat;
    bool alive = false, draining = false;
    int connections = 0, capacity = 0;
    double cpu = 0;

    static ServerNode fromJson(const QJsonObject& object);
};

struct AuditEntry
{
    qint64 id = 0;
    QDateTime at;
    QString actor, actorName, action, object, address, detail;

    static AuditEntry fromJson(const QJsonObject& object);
};

namespace server {

QFuture<Result<Overview>> overview(RpcClient& client, DeploymentId deployment);
QFuture<Result<MetricSamples>> metrics(RpcClient& client, qint64 fromMs);
QFuture<Result<Listing<ServerNode>>> nodes(RpcClient& client);
QFuture<Result<Listing<AuditEntry>>> audit(RpcClient& client, DeploymentId deployment, qint64 after);

} // namespace server

} // namespace cohort::console
