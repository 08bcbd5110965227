#include "server/store/pool/node_repository.h"

#include "server/store/postgres/row_reader.h"
#include "server/store/sql_names.h"
#include "shared/base/limits.h"

namespace cohort::store {

namespace {

// A null QString would be NULL in the database.
QString notNull(const QString& text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

} // namespace

Result<bool> NodeRepository::beat(const NodeHeartbeat& heartbeat)
{
    COHORT_TRY(rows, m_connection.query(Sql::NodeHeartbeat, {{"name", heartbeat.name},
                                                             {"deviceio_url", notNull(heartbeat.deviceioUrl)},
                                                             {"api_url", notNull(heartbeat.apiUrl)},
                                                             {"roles", notNull(heartbeat.roles)},
                                                             {"connections", bound(qint64{heartbeat.connections})},
                                                             {"capacity", bound(qint64{heartbeat.capacity})},
                                                             {"cpu", heartbeat.cpu},
                                                             {"version", notNull(heartbeat.version)}}));
    return !rows.empty() && rows.front().boolean("draining");
}

Result<std::vector<AliveNode>> NodeRepository::alive()
{
    COHORT_TRY(rows, m_connection.query(Sql::NodeAlive, {{"chosen_s", bound(NodeChosenS)}}));
    std::vector<AliveNode> nodes;
    for (const Row& row : rows) {
        nodes.push_back({row.string("name").toStdString(), row.string("deviceio_url").toStdString(),
                         static_cast<int>(row.integer("connections")), static_cast<int>(row.integer("capacity")),
                         row.real("cpu"), row.real("beat")});
    }
    return nodes;
}

Result<QList<model::Server>> NodeRepository::list()
{
    COHORT_TRY(rows, m_connection.query(Sql::NodeView, {{"alive_s", bound(NodeAliveS)},
                                                        {"days", bound(NodeShownDays)},
                                                        {"count", bound(ListLimitMost)}}));
    QList<model::Server> servers;
    for (const Row& row : rows) {
        COHORT_TRY(server, rowAs<model::Server>(row));
        server.roles = row.string("role_list").split(QLatin1Char(','), Qt::SkipEmptyParts);
        servers.append(std::move(server));
    }
    return servers;
}

Result<void> NodeRepository::setDraining(const QString& name, bool draining)
{
    COHORT_TRY(touched, m_connection.execute(Sql::NodeDrain, {{"name", name}, {"draining", draining}}));
    if (touched == 0)
        return fail(ErrorCode::NotFound, QStringLiteral("no server is called %1").arg(name));
    return {};
}

Result<void> NodeRepository::leave(const QString& name)
{
    COHORT_CHECK(m_connection.execute(Sql::NodeLeave, {{"name", name}, {"alive_s", bound(NodeAliveS)}}));
    return {};
}

Result<bool> NodeRepository::becomeKeeper()
{
    COHORT_TRY(rows, m_connection.query(Sql::NodeBecomeKeeper));
    return rows.front().boolean("taken");
}

Result<Timestamp> NodeRepository::now()
{
    COHORT_TRY(rows, m_connection.query(Sql::NodeNow));
    return rows.front().time("now");
}

} // namespace cohort::store
