// Scripts, their versions, and how they do in their homes.
// Thread: the connection's. Owner: whoever needs it. Flow: api, composer ⇄ here ⇄ script, script_version,
// script_instance.
#pragma once

#include "server/store/postgres/row_reader.h"
#include "shared/model/page.h"
#include "shared/model/script.h"

#include <QJsonObject>

namespace cohort::store {

struct NewScriptVersion
{
    ScriptId script;
    int base = 0; // the newest that the author saw; 0: do not look
    QString source;
    QMap<QString, QString> helpers; // module → source
    QByteArray hash;
    QString author;
    QString comment;
    QJsonObject manifest; // engine::Manifest; empty: the check refused it
    QList<model::ScriptFault> faults;
};

// What composer loads of a version.
struct RunnableVersion
{
    VersionId id;
    ScriptId script;
    int number = 0;
    QString source;
    QMap<QString, QString> helpers;
    QByteArray manifest; // engine::Manifest as JSON; empty: the check refused it
};

class ScriptRepository
{
public:
    explicit ScriptRepository(Connection& connection) : m_connection(connection) {}

    // Errors: AlreadyExists (the name, in this deployment).
    Result<ScriptId> create(DeploymentId deployment, const QString& name, const QString& libraryName);
    // By name, those behind `after`; without retired ones.
    Result<model::Page<model::Script>> list(DeploymentId deployment, ScriptId after, int limit);
    // Errors: NotFound, as all that take an id.
    Result<model::Script> find(ScriptId script);
    // Homes with trouble first; at most 1,000.
    Result<QList<model::ScriptInstance>> instances(ScriptId script);

    // Errors: Conflict (somebody saved another version since `base`).
    Result<model::SavedVersion> saveVersion(const NewScriptVersion& version);
    Result<model::ScriptVersionText> version(VersionId version);
    // Number 0: the newest.
    Result<model::ScriptVersionText> version(ScriptId script, int number);
    // Errors: NotFound, also where the check has accepted none.
    Result<model::ScriptVersionText> newestAccepted(ScriptId script);
    // Newest first; at most 1,000.
    Result<model::Page<model::ScriptVersion>> versions(ScriptId script);
    Result<RunnableVersion> runnable(VersionId version);

private:
    Connection& m_connection;
};

} // namespace cohort::store
