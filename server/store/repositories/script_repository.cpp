#include "server/store/repositories/script_repository.h"

#include "server/store/sql_names.h"

namespace cohort::store {

namespace {

ScriptRow scriptOf(const Row& row)
{
    return {row.id<ScriptId>("id"), row.id<DeploymentId>("deployment_id"),
            row.string("name"),     row.string("library_name"),
            row.time("created_at"), !row.isNull("retired_at")};
}

ScriptOverview overviewOf(const Row& row)
{
    ScriptOverview overview;
    overview.script = scriptOf(row);
    overview.newestVersion = static_cast<int>(row.integer("newest_version"));
    overview.liveVersion = static_cast<int>(row.integer("live_version"));
    overview.status = row.string("status");
    overview.homes = static_cast<int>(row.integer("homes"));
    overview.homesWithErrors = static_cast<int>(row.integer("homes_with_errors"));
    overview.runs = row.integer("runs");
    overview.errors = row.integer("errors");
    overview.effects = row.integer("effects");
    overview.cpuUs = row.integer("cpu_us");
    overview.lastRun = row.optionalTime("last_run");
    overview.lastError = row.string("last_error");
    return overview;
}

ScriptVersionRow versionOf(const Row& row)
{
    ScriptVersionRow version;
    version.id = row.id<VersionId>("id");
    version.script = row.id<ScriptId>("script_id");
    version.number = static_cast<int>(row.integer("number"));
    version.source = row.string("source");
    version.helpers = row.json("helpers").object();
    version.hash = row.bytes("hash");
    version.author = row.string("author");
    version.comment = row.string("comment");
    if (!row.isNull("manifest"))
        version.manifest = row.json("manifest");
    version.faults = row.json("faults").array();
    version.createdAt = row.time("created_at");
    return version;
}

Result<ScriptVersionRow> onlyVersion(const Result<Rows>& rows)
{
    if (!rows)
        return fail(rows.error());
    if (rows->empty())
        return fail(ErrorCode::NotFound, QStringLiteral("no such version"));
    return versionOf(rows->front());
}

QVariant textOf(const std::optional<QJsonDocument>& json)
{
    return json ? QVariant(QString::fromUtf8(json->toJson(QJsonDocument::Compact)))
                : QVariant(QMetaType::fromType<QString>());
}

} // namespace

Result<ScriptId> ScriptRepository::create(DeploymentId deployment, const QString& name, const QString& libraryName)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::ScriptCreate,
                                  {{"deployment", bound(deployment)}, {"name", name}, {"library_name", libraryName}}));
    return rows.front().id<ScriptId>("id");
}

Result<ScriptRow> ScriptRepository::find(ScriptId script)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptFind, {{"script", bound(script)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound, QStringLiteral("script %1").arg(script.value));
    return scriptOf(rows.front());
}

Result<std::vector<ScriptOverview>> ScriptRepository::list(DeploymentId deployment)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptOverview,
                                        {{"deployment", bound(deployment)}, {"script", bound(ScriptId{})}}));
    std::vector<ScriptOverview> all;
    for (const Row& row : rows)
        all.push_back(overviewOf(row));
    return all;
}

Result<ScriptOverview> ScriptRepository::overview(const ScriptRow& script)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptOverview,
                                        {{"deployment", bound(script.deployment)}, {"script", bound(script.id)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound, QStringLiteral("script %1").arg(script.id.value));
    return overviewOf(rows.front());
}

Result<void> ScriptRepository::retire(ScriptId script)
{
    COHORT_CHECK(m_connection.execute(Sql::ScriptDeploymentRemove, {{"script", bound(script)}}));
    COHORT_CHECK(m_connection.execute(Sql::ScriptRetire, {{"script", bound(script)}}));
    return {};
}

Result<SavedVersion> ScriptRepository::saveVersion(const NewScriptVersion& version)
{
    auto rows = m_connection.query(Sql::ScriptVersionCreate,
                                   {{"script", bound(version.script)},
                                    {"base", bound(qint64{version.base})},
                                    {"source", version.source},
                                    {"helpers", bound(QJsonDocument(version.helpers))},
                                    {"hash", bound(version.hash)},
                                    {"author", version.author},
                                    {"comment", version.comment.isNull() ? QStringLiteral("") : version.comment},
                                    {"manifest", textOf(version.manifest)},
                                    {"faults", bound(QJsonDocument(version.faults))}});
    if (!rows && rows.error().code != ErrorCode::AlreadyExists)
        return fail(rows.error());
    if (!rows || rows->empty())
        return fail(ErrorCode::Conflict, QStringLiteral("another version was saved meanwhile; look at it first"));
    return SavedVersion{rows->front().id<VersionId>("id"), static_cast<int>(rows->front().integer("number"))};
}

Result<ScriptVersionRow> ScriptRepository::version(VersionId version)
{
    return onlyVersion(m_connection.query(Sql::ScriptVersionFind, {{"version", bound(version)}}));
}

Result<ScriptVersionRow> ScriptRepository::version(ScriptId script, int number)
{
    return onlyVersion(
        m_connection.query(Sql::ScriptVersionByNumber, {{"script", bound(script)}, {"number", bound(qint64{number})}}));
}

Result<std::vector<ScriptVersionRow>> ScriptRepository::versions(ScriptId script)
{
    COHORT_TRY(
        rows, m_connection.query(Sql::ScriptVersionList, {{"script", bound(script)}, {"limit", bound(qint64{1'000})}}));
    std::vector<ScriptVersionRow> all;
    for (const Row& row : rows)
        all.push_back(versionOf(row));
    return all;
}

} // namespace cohort::store
