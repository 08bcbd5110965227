// server.list, metrics.query, audit.query, overview.get
#include "server/api/operations/handlers.h"

#include "server/store/sql_names.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

Result<QJsonObject> servers(Call& call)
{
    COHORT_TRY(items, store::viewItems(call.connection, Sql::NodeView, {}));
    return QJsonObject{{u"items"_s, items}, {u"more"_s, false}};
}

QJsonArray liveSamples(const Call& call, Timestamp from, Timestamp to)
{
    return call.services.samples ? call.services.samples(from, to) : QJsonArray();
}

// Up to an hour from this node's memory, and from the minutes in the database what was before its start; what is older,
// or another node's, from the database alone.
Result<QJsonObject> metricsQuery(Call& call)
{
    const auto now = SystemClock().now();
    const auto from = call.has("from") ? call.time("from") : now - std::chrono::hours(1);
    const auto to = call.has("to") ? call.time("to") : now;
    const bool isLive = !call.has("node") && from >= now - std::chrono::minutes(61);
    const QJsonArray live = isLive ? liveSamples(call, from, to) : QJsonArray();
    const auto until = live.isEmpty() ? to : fromMs(live.first().toObject().value("at"_L1).toInteger() - 1);
    COHORT_TRY(samples, store::viewItems(call.connection, Sql::MetricSampleBetween,
                                         {{"from", store::bound(from)},
                                          {"to", store::bound(until)},
                                          {"node", isLive ? store::boundText(call.services.node)
                                                          : store::boundText(call.optionalText("node"))}}));
    for (const auto& sample : live)
        samples.append(sample);
    return QJsonObject{{u"samples"_s, samples}};
}

Result<QJsonObject> auditQuery(Call& call)
{
    return store::viewPage(call.connection, Sql::AuditView,
                           {{"scope", call.boundScope()}, {"after", call.boundId("after")}}, call.limit());
}

Result<QJsonObject> overview(Call& call)
{
    COHORT_TRY(rows, call.connection.query(Sql::OverviewFigures, {{"scope", call.boundScope()}}));
    COHORT_TRY(attention, store::viewItems(call.connection, Sql::OverviewAttention, {{"scope", call.boundScope()}}));
    const auto& row = rows.front();
    const auto now = SystemClock().now();
    const auto samples = liveSamples(call, now - std::chrono::seconds(30), now + std::chrono::seconds(1));
    const QJsonObject newest = samples.isEmpty() ? QJsonObject() : samples.last().toObject();
    const auto figure = [&newest](QLatin1StringView name) { return newest.value(name).toDouble(); };
    return QJsonObject{{u"deployments"_s, row.integer("deployments")},
                       {u"participants"_s, row.integer("participants")},
                       {u"devices"_s, row.integer("devices")},
                       {u"devicesConnected"_s, row.integer("connected")},
                       {u"devicesReporting"_s, row.integer("reporting")},
                       {u"openAlerts"_s, row.integer("open_alerts")},
                       {u"urgentAlerts"_s, row.integer("urgent_alerts")},
                       {u"scriptsRunning"_s, row.integer("scripts")},
                       {u"postsPerSecond"_s, figure("postsPerSecond"_L1)},
                       {u"ingestP50Ms"_s, figure("ingestP50Ms"_L1)},
                       {u"ingestP99Ms"_s, figure("ingestP99Ms"_L1)},
                       {u"composer"_s, call.services.composerState ? call.services.composerState() : u"off"_s},
                       {u"attention"_s, attention}};
}

} // namespace

HandlerRows serverHandlers()
{
    return {{"server.list", &servers},
            {"metrics.query", &metricsQuery},
            {"audit.query", &auditQuery},
            {"overview.get", &overview}};
}

} // namespace cohort::api
