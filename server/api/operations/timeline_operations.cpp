// fact.query, timeline.query
#include "server/api/operations/handlers.h"
#include "server/api/operations/span.h"
#include "server/store/repositories/timeline_repository.h"
#include "shared/protocol/operations/measurement.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::TimelineRepository;

namespace {

constexpr auto LongAgo = Timestamp{} - std::chrono::days(36'500);

Result<store::HomeSpan> spanOf(LocationId location, Timestamp from, Timestamp to)
{
    COHORT_CHECK(checkSpan(from, to));
    return store::HomeSpan{location, from, to};
}

Result<model::Page<model::Fact>> facts(Call& call, const protocol::FactQuery& wanted)
{
    const auto soon = call.services.clock.now() + std::chrono::hours(1);
    COHORT_TRY(span, spanOf(wanted.location, wanted.from.value_or(LongAgo), wanted.to.value_or(soon)));
    return TimelineRepository(call.connection).facts(span, wanted.name.value_or(QString()), limitOf(wanted));
}

Result<model::Page<model::TimelineEntry>> timeline(Call& call, const protocol::TimelineQuery& wanted)
{
    COHORT_TRY(span, spanOf(wanted.location, wanted.from, wanted.to));
    return TimelineRepository(call.connection).entries(span, limitOf(wanted));
}

} // namespace

HandlerRows timelineHandlers()
{
    return {handler<protocol::FactQuery, &facts>(), handler<protocol::TimelineQuery, &timeline>()};
}

} // namespace cohort::api
