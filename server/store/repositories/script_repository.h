// Scripts and their versions.
// Thread: the connection's. Owner: whoever needs it. Flow: api, composer ⇄ here ⇄ script, script_version.
#pragma once

#include "server/store/postgres/connection.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace cohort::store {

struct ScriptRow
{
    ScriptId id;
    DeploymentId deployment;
    QString name;
    QString libraryName; // empty: written here
    Timestamp createdAt;
    bool retired = false;
};

// A script as lists show it; the figures are of the last 24 hours and count the runs that were recorded.
struct ScriptOverview
{
    ScriptRow script;
    int newestVersion = 0; // 0: none
    int liveVersion = 0;   // 0: not live
    QString status;        // draft, live, shadow, paused, errors
    int homes = 0;
    int homesWithErrors = 0;
    qint64 runs = 0, errors = 0, effects = 0, cpuUs = 0;
    std::optional<Timestamp> lastRun;
    QString lastError;
};

struct ScriptVersionRow
{
    VersionId id;
    ScriptId script;
    int number = 0;
    QString source;      // empty in lists
    QJsonObject helpers; // module name → source; empty in lists
    QByteArray hash;
    QString author;
    QString comment;
    std::optional<QJsonDocument> manifest; // engine::Manifest; nothing: the check refused it; empty in lists
    QJsonArray faults;
    Timestamp createdAt;
};

struct NewScriptVersion
{
    ScriptId script;
    int base = 0; // the newest that the author saw; 0: do not look
    QString source;
    QJsonObject helpers;
    QByteArray hash;
    QString author;
    QString comment;
    std::optional<QJsonDocument> manifest;
    QJsonArray faults;
};

struct SavedVersion
{
    VersionId id;
    int number = 0;
};

class ScriptRepository
{
public:
    explicit ScriptRepository(Connection& connection) : m_connection(connection) {}

    // Errors: AlreadyExists (the name, in this deployment).
    Result<ScriptId> create(DeploymentId deployment, const QString& name, const QString& libraryName);
    // Errors: NotFound.
    Result<ScriptRow> find(ScriptId script);
    // By name; without retired ones.
    Result<std::vector<ScriptOverview>> list(DeploymentId deployment);
    Result<ScriptOverview> overview(const ScriptRow& script);
    // Takes it out of every home and off the lists; inside a transaction.
    Result<void> retire(ScriptId script);

    // Errors: Conflict (somebody saved another version since `base`).
    Result<SavedVersion> saveVersion(const NewScriptVersion& version);
    // Errors: NotFound.
    Result<ScriptVersionRow> version(VersionId version);
    // Number 0: the newest. Errors: NotFound.
    Result<ScriptVersionRow> version(ScriptId script, int number);
    // Newest first, without texts; at most 1,000.
    Result<std::vector<ScriptVersionRow>> versions(ScriptId script);

private:
    Connection& m_connection;
};

} // namespace cohort::store
