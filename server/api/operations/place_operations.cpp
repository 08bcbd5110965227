// deployment.*, location.*, room.*
#include "server/api/operations/device_text.h"
#include "server/api/operations/handlers.h"
#include "server/store/sql_names.h"

#include <QTimeZone>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

Result<void> checkZone(const Call& call)
{
    if (call.has("timeZone") && !QTimeZone::isTimeZoneIdAvailable(call.text("timeZone").toLatin1()))
        return fail(ErrorCode::WrongValue, u"'timeZone' must be a zone such as Europe/Vienna"_s);
    return {};
}

Result<void> changed(Result<qint64> rows)
{
    if (!rows)
        return fail(rows.error());
    if (*rows == 0)
        return fail(ErrorCode::NotFound);
    return {};
}

QVariant boundFlag(const Call& call, const char* name)
{
    return call.has(name) ? QVariant(call.value(name).toBool()) : store::nothing();
}

Result<QJsonObject> deployment(Call& call, qint64 id)
{
    return store::viewOne(call.connection, Sql::DeploymentView, {{"scope", store::nothing()}, {"id", id}});
}

Result<QJsonObject> listDeployments(Call& call)
{
    COHORT_TRY(items, store::viewItems(call.connection, Sql::DeploymentView,
                                       {{"scope", call.boundScope()}, {"id", store::nothing()}}));
    return QJsonObject{{u"items"_s, items}, {u"more"_s, false}};
}

Result<QJsonObject> createDeployment(Call& call)
{
    COHORT_CHECK(checkZone(call));
    const QString language = call.has("language") ? call.text("language") : u"en"_s;
    COHORT_TRY(rows, call.connection.query(Sql::DeploymentInsertApi,
                                           {{"name", call.text("name")},
                                            {"time_zone", call.text("timeZone")},
                                            {"language", language},
                                            {"tokenless", call.value("allowTokenlessDevices").toBool()}}));
    call.deployment = rows.front().id<DeploymentId>("id");
    return deployment(call, call.deployment.value);
}

Result<QJsonObject> updateDeployment(Call& call)
{
    COHORT_CHECK(checkZone(call));
    COHORT_CHECK(changed(call.connection.execute(Sql::DeploymentUpdateApi,
                                                 {{"id", call.integer("id")},
                                                  {"name", store::boundText(call.optionalText("name"))},
                                                  {"time_zone", store::boundText(call.optionalText("timeZone"))},
                                                  {"language", store::boundText(call.optionalText("language"))},
                                                  {"tokenless", boundFlag(call, "allowTokenlessDevices")},
                                                  {"ttl", call.boundId("serverTtlS")}})));
    return deployment(call, call.integer("id"));
}

Result<QJsonObject> location(Call& call, qint64 id)
{
    return store::viewOne(call.connection, Sql::LocationView,
                          {{"deployment", store::nothing()}, {"id", id}, {"after", store::nothing()}, {"count", 1}});
}

Result<QJsonObject> listLocations(Call& call)
{
    return store::viewPage(
        call.connection, Sql::LocationView,
        {{"deployment", call.integer("deployment")}, {"id", store::nothing()}, {"after", call.boundId("after")}},
        call.limit());
}

Result<QJsonObject> getLocation(Call& call)
{
    const qint64 id = call.integer("id");
    COHORT_TRY(found, location(call, id));
    COHORT_TRY(devices, store::viewPage(call.connection, Sql::DeviceView,
                                        {{"scope", store::nothing()},
                                         {"id", store::nothing()},
                                         {"location", id},
                                         {"after", store::nothing()},
                                         {"search", store::nothing()},
                                         {"state", store::nothing()}},
                                        ListLimitMost));
    COHORT_TRY(people, store::viewPage(call.connection, Sql::ParticipantView,
                                       {{"deployment", store::nothing()},
                                        {"id", store::nothing()},
                                        {"location", id},
                                        {"after", store::nothing()},
                                        {"names", call.showsNames()}},
                                       ListLimitMost));
    call.mustAudit = call.showsNames();
    found.insert(u"devices"_s, withTypeNames(std::move(devices)).value("items"_L1));
    found.insert(u"participants"_s, people.value("items"_L1));
    return found;
}

Result<QJsonObject> createLocation(Call& call)
{
    COHORT_CHECK(checkZone(call));
    COHORT_TRY(rows, call.connection.query(Sql::LocationInsertApi,
                                           {{"deployment", call.integer("deployment")},
                                            {"name", call.text("name")},
                                            {"time_zone", store::boundText(call.optionalText("timeZone"))},
                                            {"clock", store::boundText(call.optionalText("clock"))}}));
    const qint64 id = rows.front().integer("id");
    for (const auto& room : call.value("rooms").toArray())
        COHORT_CHECK(
            call.connection.query(Sql::RoomInsertApi, {{"location", id},
                                                       {"kind", room.toObject().value("kind"_L1).toString()},
                                                       {"name", room.toObject().value("name"_L1).toString()}}));
    return location(call, id);
}

Result<QJsonObject> updateLocation(Call& call)
{
    COHORT_CHECK(checkZone(call));
    COHORT_CHECK(changed(call.connection.execute(Sql::LocationUpdateApi,
                                                 {{"id", call.integer("id")},
                                                  {"name", store::boundText(call.optionalText("name"))},
                                                  {"time_zone", store::boundText(call.optionalText("timeZone"))}})));
    return location(call, call.integer("id"));
}

Result<QJsonObject> room(Call& call, qint64 id)
{
    return store::viewOne(call.connection, Sql::RoomView, {{"id", id}});
}

Result<QJsonObject> createRoom(Call& call)
{
    COHORT_TRY(rows, call.connection.query(Sql::RoomInsertApi, {{"location", call.integer("location")},
                                                                {"kind", call.text("kind")},
                                                                {"name", call.text("name")}}));
    return room(call, rows.front().integer("id"));
}

Result<QJsonObject> updateRoom(Call& call)
{
    COHORT_CHECK(
        changed(call.connection.execute(Sql::RoomUpdateApi, {{"id", call.integer("id")},
                                                             {"kind", store::boundText(call.optionalText("kind"))},
                                                             {"name", store::boundText(call.optionalText("name"))}})));
    return room(call, call.integer("id"));
}

} // namespace

HandlerRows placeHandlers()
{
    return {{"deployment.list", &listDeployments},
            {"deployment.create", &createDeployment},
            {"deployment.update", &updateDeployment},
            {"location.list", &listLocations},
            {"location.get", &getLocation},
            {"location.create", &createLocation},
            {"location.update", &updateLocation},
            {"room.create", &createRoom},
            {"room.update", &updateRoom}};
}

} // namespace cohort::api
