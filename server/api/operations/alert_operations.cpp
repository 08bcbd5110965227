// alert.*
#include "server/actions/answers.h"
#include "server/api/operations/handlers.h"
#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/command_repository.h"
#include "shared/protocol/operations/alert.h"

namespace cohort::api {

using model::AlertState;
using protocol::AlertStateFilter;
using store::AlertRepository;

namespace {

actions::Actor actorOf(const Call& call)
{
    return {.operatorId = call.identity.who.id, .participant = {}};
}

actions::Answers answers(Call& call)
{
    return {call.connection, call.services.bus};
}

// Nothing: all.
std::optional<QList<AlertState>> statesOf(AlertStateFilter filter)
{
    switch (filter) {
    case AlertStateFilter::Open:
        return QList{AlertState::Open, AlertState::Acknowledged};
    case AlertStateFilter::Acknowledged:
        return QList{AlertState::Acknowledged};
    case AlertStateFilter::Resolved:
        return QList{AlertState::Resolved};
    case AlertStateFilter::Dismissed:
        return QList{AlertState::Dismissed};
    case AlertStateFilter::All:
        break;
    }
    return std::nullopt;
}

Result<model::Page<model::Alert>> listAlerts(Call& call, const protocol::AlertList& wanted)
{
    return AlertRepository(call.connection)
        .list({.scope = call.scope(),
               .location = wanted.location.value_or(LocationId{}),
               .states = statesOf(wanted.state.value_or(AlertStateFilter::All)),
               .after = wanted.after.value_or(AlertId{})},
              limitOf(wanted));
}

Result<model::Alert> getAlert(Call& call, const protocol::AlertGet& wanted)
{
    return AlertRepository(call.connection).find(wanted.id);
}

Result<model::Alert> acknowledge(Call& call, const protocol::AlertAcknowledge& wanted)
{
    std::optional<Milliseconds> snooze;
    if (wanted.snoozeMinutes)
        snooze = std::chrono::minutes(*wanted.snoozeMinutes);
    COHORT_CHECK(answers(call).acknowledge(wanted.id, actorOf(call), snooze));
    return AlertRepository(call.connection).find(wanted.id);
}

Result<model::Alert> resolve(Call& call, const protocol::AlertResolve& wanted)
{
    COHORT_CHECK(answers(call).resolve(wanted.id, actorOf(call)));
    return AlertRepository(call.connection).find(wanted.id);
}

Result<model::Alert> dismiss(Call& call, const protocol::AlertDismiss& wanted)
{
    COHORT_CHECK(answers(call).dismiss(wanted.id, actorOf(call), wanted.comment.value_or(QString())));
    return AlertRepository(call.connection).find(wanted.id);
}

Result<model::Alert> comment(Call& call, const protocol::AlertComment& wanted)
{
    COHORT_CHECK(answers(call).comment(wanted.id, actorOf(call), wanted.comment));
    return AlertRepository(call.connection).find(wanted.id);
}

Result<model::ActedAlert> act(Call& call, const protocol::AlertAct& wanted)
{
    COHORT_TRY(made, answers(call).act(wanted.id, wanted.action, actorOf(call)));
    COHORT_TRY(alert, AlertRepository(call.connection).find(wanted.id));
    if (!made)
        return model::ActedAlert{alert, {}};
    COHORT_TRY(command, store::CommandRepository(call.connection).find(made));
    return model::ActedAlert{alert, command};
}

} // namespace

HandlerRows alertHandlers()
{
    return {handler<protocol::AlertList, &listAlerts>(),
            handler<protocol::AlertGet, &getAlert>(),
            handler<protocol::AlertAcknowledge, &acknowledge>(OwnTransaction),
            handler<protocol::AlertResolve, &resolve>(OwnTransaction),
            handler<protocol::AlertDismiss, &dismiss>(OwnTransaction),
            handler<protocol::AlertComment, &comment>(OwnTransaction),
            handler<protocol::AlertAct, &act>(OwnTransaction)};
}

} // namespace cohort::api
