// server.list, metrics.query, audit.query, overview.get
#include "server/api/operations/handlers.h"
#include "server/api/operations/span.h"
#include "server/store/pool/node_repository.h"
#include "server/store/repositories/audit_repository.h"
#include "server/store/repositories/metric_sample_repository.h"
#include "server/store/repositories/overview_repository.h"
#include "shared/protocol/operations/server.h"

namespace cohort::api {

namespace {

Result<model::Page<model::Server>> listServers(Call& call, const protocol::ServerList&)
{
    COHORT_TRY(servers, store::NodeRepository(call.connection).list());
    return model::Page<model::Server>{servers, false};
}

QList<model::MetricSample> liveSamples(const Call& call, Timestamp from, Timestamp to)
{
    return call.services.samples ? call.services.samples(from, to) : QList<model::MetricSample>();
}

// Up to an hour from this node's memory, and from the minutes in the database what was before its start; what is older,
// or another node's, from the database alone.
Result<model::MetricSamples> queryMetrics(Call& call, const protocol::MetricsQuery& wanted)
{
    constexpr auto Remembered = std::chrono::minutes(61);
    const auto now = call.services.clock.now();
    const auto from = wanted.from.value_or(now - std::chrono::hours(1));
    const auto to = wanted.to.value_or(now);
    COHORT_CHECK(checkSpan(from, to));
    const QString node = wanted.node.value_or(call.services.node);
    const bool isLive = node == call.services.node && from >= now - Remembered;
    const auto live = isLive ? liveSamples(call, from, to) : QList<model::MetricSample>();
    const auto until = live.isEmpty() ? to : fromMs(live.first().at - 1);
    COHORT_TRY(samples, store::MetricSampleRepository(call.connection).between(node, from, until));
    return model::MetricSamples{samples + live};
}

Result<model::Page<model::AuditRow>> queryAudit(Call& call, const protocol::AuditQuery& wanted)
{
    return store::AuditRepository(call.connection).list(call.scope(), wanted.after, limitOf(wanted));
}

std::optional<QList<DeploymentId>> coordinatedScope(const Call& call)
{
    if (!call.deployment)
        return call.identity.scope(protocol::AdminCoordinator);
    return call.identity.maySeeTexts(call.deployment) ? QList{call.deployment} : QList<DeploymentId>();
}

Result<model::Overview> getOverview(Call& call, const protocol::OverviewGet&)
{
    store::OverviewRepository repository(call.connection);
    model::Overview overview;
    COHORT_TRY(figures, repository.figures(call.scope()));
    overview.figures = figures;
    // Of studies that are coordinated: an analyst sees the counts alone.
    COHORT_TRY(attention, repository.attention(coordinatedScope(call)));
    overview.attention = std::move(attention);
    if (call.services.composerState)
        overview.composer = call.services.composerState();
    const auto now = call.services.clock.now();
    const auto samples = liveSamples(call, now - std::chrono::seconds(30), now + std::chrono::seconds(1));
    if (samples.isEmpty())
        return overview;
    if ((call.identity.rolesEverywhere() & protocol::AdminOnly) != 0) // the whole server's, not one study's
        overview.postsPerSecond = samples.last().postsPerSecond;
    overview.ingestP50Ms = samples.last().ingestP50Ms;
    overview.ingestP99Ms = samples.last().ingestP99Ms;
    return overview;
}

} // namespace

HandlerRows serverHandlers()
{
    return {handler<protocol::ServerList, &listServers>(), handler<protocol::MetricsQuery, &queryMetrics>(),
            handler<protocol::AuditQuery, &queryAudit>(), handler<protocol::OverviewGet, &getOverview>()};
}

} // namespace cohort::api
