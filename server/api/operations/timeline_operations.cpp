// fact.query, timeline.query
#include "server/api/operations/handlers.h"
#include "server/store/repositories/timeline_repository.h"
#include "shared/protocol/operations/measurement.h"

namespace cohort::api {

using store::TimelineRepository;

namespace {

constexpr auto LongAgo = Timestamp{} - std::chrono::days(36'500);

Result<model::Page<model::Fact>> facts(Call& call, const protocol::FactQuery& wanted)
{
    const auto soon = call.services.clock.now() + std::chrono::hours(1);
    const store::HomeSpan span{wanted.location, wanted.from.value_or(LongAgo), wanted.to.value_or(soon)};
    return TimelineRepository(call.connection).facts(span, wanted.name.value_or(QString()), limitOf(wanted));
}

Result<model::Page<model::TimelineEntry>> timeline(Call& call, const protocol::TimelineQuery& wanted)
{
    return TimelineRepository(call.connection).entries({wanted.location, wanted.from, wanted.to}, limitOf(wanted));
}

} // namespace

HandlerRows timelineHandlers()
{
    return {handler<protocol::FactQuery, &facts>(), handler<protocol::TimelineQuery, &timeline>()};
}

} // namespace cohort::api
