// device.command, command.*
#include "server/actions/actions.h"
#include "server/api/operations/device_text.h"
#include "server/api/operations/handlers.h"
#include "server/store/sql_names.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

Result<QJsonObject> command(Call& call, qint64 id)
{
    COHORT_TRY(found, store::viewOne(call.connection, Sql::CommandView,
                                     {{"location", store::nothing()},
                                      {"ids", store::boundIds(std::vector<qint64>{id})},
                                      {"after", store::nothing()},
                                      {"count", 1}}));
    return withStateText(std::move(found));
}

Result<QJsonObject> sendCommand(Call& call)
{
    COHORT_TRY(rows, call.connection.query(Sql::DeviceBrief, {{"id", call.integer("id")}}));
    const auto location = rows.front().id<LocationId>("location_id");
    actions::NewCommand wanted;
    wanted.deployment = call.deployment;
    wanted.location = location;
    wanted.device = DeviceId{call.integer("id")};
    wanted.parameters = call.value("parameters").toArray();
    wanted.expires = Milliseconds(call.integer("expiresMs", 60'000));
    wanted.requestedBy = call.identity.actor();
    wanted.comment = call.text("comment");
    COHORT_TRY(id, actions::recordCommand(call.connection, wanted));
    call.notices.emplace_back(bus::CommandChanged{id, call.deployment, location});
    return command(call, id.value);
}

Result<QJsonObject> listCommands(Call& call)
{
    COHORT_TRY(
        page, store::viewPage(
                  call.connection, Sql::CommandView,
                  {{"location", call.integer("location")}, {"ids", store::nothing()}, {"after", call.boundId("after")}},
                  call.limit()));
    return withStateTexts(std::move(page));
}

Result<QJsonObject> getCommand(Call& call)
{
    return command(call, call.integer("id"));
}

} // namespace

HandlerRows commandHandlers()
{
    return {{"device.command", &sendCommand}, {"command.list", &listCommands}, {"command.get", &getCommand}};
}

} // namespace cohort::api
