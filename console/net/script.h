// Scripts, their versions, runs and the library as the server tells them, and the calls about them.
// Thread: values; calls from the GUI. Owner: models. Flow: script.*, library.* → here → models.
#pragma once

#include "console/net/typed_call.h"
#include "shared/base/ids.h"

#include <QMap>
#include <QVariant>

namespace cohort::console {

// One field of a script's form, from app(parameters=…).
struct ScriptParameter
{
    QString name, type, help; // type: minutes, hours, number, integer, text, choice, boolean, time
    QVariant initial, least, greatest;
    QStringList choices;

    static ScriptParameter fromJson(const QString& name, const QJsonObject& object);
    static QList<ScriptParameter> listOf(const QJsonObject& parameters);
};

struct Manifest
{
    QString title, description;
    QList<ScriptParameter> parameters;
    QMap<QString, QString> reads, controls; // name → why
    QStringList notifies;

    static Manifest fromJson(const QJsonObject& object);
};

struct ScriptFault
{
    QString file, message;
    int line = 0, column = 0; // from 1

    static ScriptFault fromJson(const QJsonObject& object);
};

struct CheckResult
{
    bool accepted = false;
    QList<ScriptFault> faults;
    Manifest manifest;

    static CheckResult fromJson(const QJsonObject& object);
};

struct SavedVersion
{
    int number = 0;
    bool accepted = false;
    QList<ScriptFault> faults;

    static SavedVersion fromJson(const QJsonObject& object);
};

struct ScriptHome // one line of a script's deployments and instances
{
    LocationId location; // none: all homes
    QString locationName, mode, status, detail;
    int version = 0;
    bool paused = false;

    static ScriptHome fromJson(const QJsonObject& object);
};

struct Script
{
    ScriptId id;
    DeploymentId deployment;
    QString name, libraryName, status, lastError;
    int version = 0, liveVersion = 0, homes = 0, homesWithErrors = 0;
    qint64 runs = 0, errors = 0, effects = 0;
    double cpuMs = 0; // in the last 24 hours, as runs, errors and effects
    QDateTime lastRun;
    QString source; // from here on only from script.get
    Manifest manifest;
    QList<ScriptFault> faults;
    QList<ScriptHome> deployments, instances;
    QVariantMap parameters;

    static Script fromJson(const QJsonObject& object);
};

struct ScriptVersion
{
    VersionId id;
    int number = 0;
    QString author, comment, hash, source;
    QDateTime createdAt;
    bool accepted = false;

    static ScriptVersion fromJson(const QJsonObject& object);
};

struct ScriptEffect
{
    QString kind, refused, summary;

    static ScriptEffect fromJson(const QJsonObject& object);
};

struct ScriptRun
{
    RunId id;
    LocationId location;
    QString locationName, handler, trigger, status, because, error;
    QStringList log;
    QDateTime at, recordedAt;
    int version = 0;
    qint64 cpuUs = 0;
    QList<ScriptEffect> effects;

    static ScriptRun fromJson(const QJsonObject& object);
};

struct Suitability
{
    LocationId location;
    QString name;
    bool suitable = true;
    QStringList missing;

    static Suitability fromJson(const QJsonObject& object);
};

struct LibraryScript
{
    QString name, title, description, page;
    Manifest manifest;
    QList<Suitability> homes;

    static LibraryScript fromJson(const QJsonObject& object);
};

struct Installation
{
    DeploymentId deployment;
    QString name, scriptName;
    QVariantMap parameters;
    QList<LocationId> locations;
    bool allHomes = true, deploy = true;
};

namespace scripts {

QFuture<Result<Listing<LibraryScript>>> library(RpcClient& client, DeploymentId deployment);
QFuture<Result<Script>> install(RpcClient& client, const Installation& wanted);
QFuture<Result<Script>> create(RpcClient& client, DeploymentId deployment, const QString& name, const QString& source);
QFuture<Result<Listing<Script>>> list(RpcClient& client, DeploymentId deployment);
QFuture<Result<Script>> get(RpcClient& client, ScriptId id);
QFuture<Result<Listing<ScriptVersion>>> versions(RpcClient& client, ScriptId id);
QFuture<Result<ScriptVersion>> version(RpcClient& client, VersionId id);
QFuture<Result<CheckResult>> check(RpcClient& client, const QString& source);
QFuture<Result<SavedVersion>> save(RpcClient& client, ScriptId id, const QString& source, const QString& comment,
                                   int baseVersion);
// `locations` empty: all homes.
QFuture<Result<Script>> deploy(RpcClient& client, ScriptId id, const QList<LocationId>& locations, bool shadow);
QFuture<Result<Script>> pause(RpcClient& client, ScriptId id);
QFuture<Result<Script>> resume(RpcClient& client, ScriptId id);
QFuture<Result<Script>> setParameters(RpcClient& client, ScriptId id, const QVariantMap& values);
// Newest first; those before `before` when it is given.
QFuture<Result<Listing<ScriptRun>>> runs(RpcClient& client, ScriptId id, RunId before);

} // namespace scripts

} // namespace cohort::console
