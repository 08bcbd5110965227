// device.*
#include "server/api/devices/device_registry.h"
#include "server/api/operations/device_text.h"
#include "server/api/operations/handlers.h"
#include "server/store/sql_names.h"
#include "shared/model/device_types.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

Result<QJsonObject> device(Call& call, qint64 id)
{
    COHORT_TRY(found, store::viewOne(call.connection, Sql::DeviceView,
                                     {{"scope", store::nothing()},
                                      {"id", id},
                                      {"location", store::nothing()},
                                      {"after", store::nothing()},
                                      {"search", store::nothing()},
                                      {"state", store::nothing()},
                                      {"count", 1}}));
    return withTypeName(std::move(found));
}

Result<QJsonObject> types(Call&)
{
    QJsonArray items;
    for (const auto& type : model::deviceTypes()) {
        QJsonArray parameters;
        for (const auto& parameter : type.parameters)
            parameters.append(QJsonObject{{u"name"_s, QString::fromUtf8(parameter.name)},
                                          {u"unit"_s, QString::fromUtf8(parameter.unit)},
                                          {u"kind"_s, parameter.periodic ? u"periodic"_s : u"on-change"_s},
                                          {u"intervalMs"_s, parameter.intervalMs},
                                          {u"command"_s, parameter.command}});
        items.append(QJsonObject{
            {u"number"_s, type.number}, {u"name"_s, QString::fromUtf8(type.name)}, {u"parameters"_s, parameters}});
    }
    return QJsonObject{{u"items"_s, items}, {u"more"_s, false}};
}

Result<QJsonObject> listDevices(Call& call)
{
    COHORT_TRY(page, store::viewPage(call.connection, Sql::DeviceView,
                                     {{"scope", call.boundScope()},
                                      {"id", store::nothing()},
                                      {"location", call.boundId("location")},
                                      {"after", call.boundId("after")},
                                      {"search", store::boundText(call.optionalText("search"))},
                                      {"state", store::boundText(call.optionalText("state"))}},
                                     call.limit()));
    return withTypeNames(std::move(page));
}

Result<QJsonObject> getDevice(Call& call)
{
    return device(call, call.integer("id"));
}

// The room that was meant: by id (it must be of this home), or by kind and name, made when missing.
Result<RoomId> roomOf(Call& call, LocationId location)
{
    if (call.value("room").isDouble()) {
        COHORT_TRY(rows, call.connection.query(Sql::RoomView, {{"id", call.integer("room")}}));
        if (rows.empty() || rows.front().id<LocationId>("location_id") != location)
            return fail(ErrorCode::WrongValue, u"'room' is not a room of this home"_s);
        return RoomId{call.integer("room")};
    }
    if (call.text("roomKind").isEmpty() && call.text("roomName").isEmpty())
        return RoomId{};
    const QString name = call.text("roomName").isEmpty() ? call.text("roomKind") : call.text("roomName");
    const QString kind = call.text("roomKind").isEmpty() ? u"other"_s : call.text("roomKind");
    COHORT_TRY(rows, call.connection.query(Sql::RoomFindOrMake,
                                           {{"location", store::bound(location)}, {"kind", kind}, {"name", name}}));
    return rows.front().id<RoomId>("id");
}

Result<QJsonObject> registerOne(Call& call)
{
    const LocationId location{call.integer("location")};
    COHORT_TRY(room, roomOf(call, location));
    const NewDevice wanted{.location = location,
                           .key = call.text("key"),
                           .type = static_cast<int>(call.integer("type")),
                           .use = call.text("use"),
                           .room = room,
                           .description = call.text("description"),
                           .gatewayKey = call.text("gateway"),
                           .startDate = call.has("startDate") ? std::optional(call.time("startDate")) : std::nullopt,
                           .mayStartEarlier = true,
                           .wantsToken = call.value("token").toBool(true)};
    COHORT_TRY(made, registerDevice(call.connection, wanted, false));
    call.object = u"device:%1"_s.arg(made.id.value);
    COHORT_TRY(answer, device(call, made.id.value));
    answer.insert(u"token"_s, made.token.isEmpty() ? QJsonValue() : QJsonValue(made.token));
    answer.insert(u"curl"_s,
                  made.token.isEmpty() ? QString() : curlLine(call.settings.deviceioUrl, wanted.key, made.token));
    return answer;
}

Result<QJsonObject> updateDevice(Call& call)
{
    COHORT_TRY(rows, call.connection.query(Sql::DeviceBrief, {{"id", call.integer("id")}}));
    QVariant room = store::nothing();
    if (call.has("room")) {
        COHORT_TRY(known, roomOf(call, rows.front().id<LocationId>("location_id")));
        room = QVariant(static_cast<qlonglong>(known.value)); // 0: none
    }
    COHORT_CHECK(call.connection.execute(Sql::DeviceUpdateApi,
                                         {{"id", call.integer("id")},
                                          {"use", store::boundText(call.optionalText("use"))},
                                          {"description", store::boundText(call.optionalText("description"))},
                                          {"type", call.boundId("type")},
                                          {"room", room}}));
    return device(call, call.integer("id"));
}

Result<QJsonObject> newDeviceToken(Call& call)
{
    COHORT_TRY(rows, call.connection.query(Sql::DeviceBrief, {{"id", call.integer("id")}}));
    if (!rows.front().isNull("retired_at"))
        return fail(ErrorCode::Conflict, u"the device is retired"_s);
    COHORT_TRY(token, giveToken(call.connection, DeviceId{call.integer("id")}));
    return QJsonObject{{u"token"_s, token},
                       {u"curl"_s, curlLine(call.settings.deviceioUrl, rows.front().string("key"), token)}};
}

Result<QJsonObject> revokeTokens(Call& call)
{
    COHORT_CHECK(call.connection.execute(Sql::DeviceTokenRevokeAll, {{"device", call.integer("id")}}));
    return QJsonObject{};
}

Result<QJsonObject> retire(Call& call)
{
    COHORT_CHECK(call.connection.execute(Sql::DeviceRetireApi, {{"id", call.integer("id")}}));
    COHORT_CHECK(call.connection.execute(Sql::DeviceTokenRevokeAll, {{"device", call.integer("id")}}));
    return device(call, call.integer("id"));
}

} // namespace

HandlerRows deviceHandlers()
{
    return {{"device.types", &types},
            {"device.list", &listDevices},
            {"device.get", &getDevice},
            {"device.register", &registerOne},
            {"device.update", &updateDevice},
            {"device.newToken", &newDeviceToken},
            {"device.revokeTokens", &revokeTokens},
            {"device.retire", &retire}};
}

} // namespace cohort::api
