#include "server/store/repositories/script_repository.h"

#include "server/store/sql_names.h"
#include "shared/base/limits.h"

namespace cohort::store {

namespace {

Result<model::ScriptVersionText> onlyVersion(const Result<Rows>& rows)
{
    if (!rows)
        return fail(rows.error());
    if (rows->empty())
        return fail(ErrorCode::NotFound, QStringLiteral("no such version"));
    return rowAs<model::ScriptVersionText>(rows->front());
}

// A list or a map as the column of json that holds it.
template <typename T>
QVariant boundJson(const T& values)
{
    const QJsonValue json = model::JsonWriter::valueOf(values, {});
    return bound(json.isArray() ? QJsonDocument(json.toArray()) : QJsonDocument(json.toObject()));
}

} // namespace

Result<ScriptId> ScriptRepository::create(DeploymentId deployment, const QString& name, const QString& libraryName)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::ScriptCreate,
                                  {{"deployment", bound(deployment)}, {"name", name}, {"library_name", libraryName}}));
    return rows.front().id<ScriptId>("id");
}

Result<model::Page<model::Script>> ScriptRepository::list(DeploymentId deployment, ScriptId after, int limit)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptView, {{"deployment", bound(deployment)},
                                                          {"script", bound(std::nullopt)},
                                                          {"after", bound(after)},
                                                          {"hours", bound(FiguresHours)},
                                                          {"count", bound(qint64{limit} + 1)}}));
    return pageOf<model::Script>(std::move(rows), limit);
}

Result<model::Script> ScriptRepository::find(ScriptId script)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptView, {{"deployment", bound(std::nullopt)},
                                                          {"script", bound(script)},
                                                          {"after", bound(std::nullopt)},
                                                          {"hours", bound(FiguresHours)},
                                                          {"count", bound(qint64{1})}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound, QStringLiteral("script %1").arg(script.value));
    return rowAs<model::Script>(rows.front());
}

Result<QList<model::ScriptInstance>> ScriptRepository::instances(ScriptId script)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptInstanceList,
                                        {{"script", bound(script)}, {"count", bound(ListLimitMost)}}));
    return rowsAs<model::ScriptInstance>(rows);
}

Result<model::SavedVersion> ScriptRepository::saveVersion(const NewScriptVersion& version)
{
    auto rows = m_connection.query(
        Sql::ScriptVersionCreate,
        {{"script", bound(version.script)},
         {"base", bound(qint64{version.base})},
         {"source", version.source},
         {"helpers", boundJson(version.helpers)},
         {"hash", bound(version.hash)},
         {"author", version.author},
         {"comment", version.comment.isNull() ? QStringLiteral("") : version.comment},
         {"manifest", version.manifest.isEmpty() ? bound(std::nullopt) : boundJson(version.manifest)},
         {"faults", boundJson(version.faults)}});
    if (!rows && rows.error().code != ErrorCode::AlreadyExists)
        return fail(rows.error());
    if (!rows || rows->empty())
        return fail(ErrorCode::Conflict, QStringLiteral("another version was saved meanwhile; look at it first"));
    const Row& row = rows->front();
    return model::SavedVersion{row.id<VersionId>("id"), static_cast<int>(row.integer("number")),
                               version.faults.isEmpty() && !version.manifest.isEmpty(), version.faults};
}

Result<model::ScriptVersionText> ScriptRepository::version(VersionId version)
{
    return onlyVersion(m_connection.query(Sql::ScriptVersionFind, {{"version", bound(version)}}));
}

Result<model::ScriptVersionText> ScriptRepository::version(ScriptId script, int number)
{
    return onlyVersion(
        m_connection.query(Sql::ScriptVersionByNumber, {{"script", bound(script)}, {"number", bound(qint64{number})}}));
}

Result<model::ScriptVersionText> ScriptRepository::newestAccepted(ScriptId script)
{
    return onlyVersion(m_connection.query(Sql::ScriptVersionNewestAccepted, {{"script", bound(script)}}));
}

Result<model::Page<model::ScriptVersion>> ScriptRepository::versions(ScriptId script)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptVersionList,
                                        {{"script", bound(script)}, {"count", bound(ListLimitMost + 1)}}));
    return pageOf<model::ScriptVersion>(std::move(rows), ListLimitMost);
}

Result<RunnableVersion> ScriptRepository::runnable(VersionId version)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptVersionRunnable, {{"version", bound(version)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound, QStringLiteral("no such version"));
    const Row& row = rows.front();
    RunnableVersion loaded{.id = row.id<VersionId>("id"),
                           .script = row.id<ScriptId>("script_id"),
                           .number = static_cast<int>(row.integer("number")),
                           .source = row.string("source"),
                           .helpers = {},
                           .manifest = row.isNull("manifest") ? QByteArray() : row.string("manifest").toUtf8()};
    const QJsonObject helpers = row.json("helpers").object();
    for (auto helper = helpers.begin(); helper != helpers.end(); ++helper)
        loaded.helpers.insert(helper.key(), helper.value().toString());
    return loaded;
}

} // namespace cohort::store
