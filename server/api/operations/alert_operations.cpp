// alert.*
#include "server/actions/answers.h"
#include "server/api/operations/alert_view.h"
#include "server/api/operations/handlers.h"
#include "server/store/sql_names.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

AlertId alertOf(const Call& call)
{
    return AlertId{call.integer("id")};
}

actions::Actor actorOf(const Call& call)
{
    return {.operatorId = call.identity.who.id, .participant = {}};
}

actions::Answers answers(Call& call)
{
    return {call.connection, call.services.bus};
}

Result<QJsonObject> alert(Call& call)
{
    COHORT_TRY(found, alertsById(call.connection, {call.integer("id")}));
    if (found.isEmpty())
        return fail(ErrorCode::NotFound);
    return found.first().toObject();
}

Result<QJsonObject> after(Call& call, Result<void> done)
{
    if (!done)
        return fail(done.error());
    return alert(call);
}

Result<QJsonObject> list(Call& call)
{
    const QString state = call.has("state") ? call.text("state") : u"all"_s;
    COHORT_TRY(page, store::viewPage(call.connection, Sql::AlertView,
                                     {{"scope", call.boundScope()},
                                      {"location", call.boundId("location")},
                                      {"ids", store::nothing()},
                                      {"state", state},
                                      {"after", call.boundId("after")}},
                                     call.limit()));
    COHORT_TRY(items, withCommands(call.connection, page.value("items"_L1).toArray()));
    page.insert(u"items"_s, items);
    return page;
}

Result<QJsonObject> acknowledge(Call& call)
{
    std::optional<Milliseconds> snooze;
    if (call.has("snoozeMinutes"))
        snooze = std::chrono::minutes(call.integer("snoozeMinutes"));
    return after(call, answers(call).acknowledge(alertOf(call), actorOf(call), snooze));
}

Result<QJsonObject> resolve(Call& call)
{
    return after(call, answers(call).resolve(alertOf(call), actorOf(call)));
}

Result<QJsonObject> dismiss(Call& call)
{
    return after(call, answers(call).dismiss(alertOf(call), actorOf(call), call.text("comment")));
}

Result<QJsonObject> comment(Call& call)
{
    return after(call, answers(call).comment(alertOf(call), actorOf(call), call.text("comment")));
}

Result<QJsonObject> act(Call& call)
{
    COHORT_TRY(made, answers(call).act(alertOf(call), call.integer("action"), actorOf(call)));
    COHORT_TRY(answer, alert(call));
    COHORT_TRY(commands, commandsById(call.connection, {made.value}));
    answer.insert(u"command"_s, commands.isEmpty() ? QJsonValue() : commands.first());
    return answer;
}

} // namespace

HandlerRows alertHandlers()
{
    return {{"alert.list", &list},
            {"alert.get", &alert},
            {"alert.acknowledge", &acknowledge, true},
            {"alert.resolve", &resolve, true},
            {"alert.dismiss", &dismiss, true},
            {"alert.comment", &comment, true},
            {"alert.act", &act, true}};
}

} // namespace cohort::api
