#include "server/api/devices/device_registry.h"

#include "server/api/dispatch/secrets.h"
#include "server/store/postgres/json_view.h"
#include "server/store/sql_names.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

Result<void> checkKey(const QString& key)
{
    if (key.isEmpty() || key.size() > 200)
        return fail(ErrorCode::WrongValue, u"the device id must have 1 to 200 characters"_s);
    for (const QChar c : key)
        if (c.unicode() <= 0x20 || c.unicode() == 0x7f)
            return fail(ErrorCode::WrongValue, u"the device id must not have blanks or control characters"_s);
    return {};
}

Result<DeviceId> gatewayOf(store::Connection& connection, const NewDevice& wanted, DeploymentId deployment)
{
    if (wanted.gatewayKey.isEmpty())
        return DeviceId{};
    COHORT_TRY(rows, connection.query(Sql::DeviceInDeployment,
                                      {{"deployment", store::bound(deployment)}, {"key", wanted.gatewayKey}}));
    if (rows.empty() || rows.front().id<LocationId>("location_id") != wanted.location ||
        !rows.front().isNull("retired_at"))
        return fail(ErrorCode::NoSuchGateway, wanted.gatewayKey);
    if (!rows.front().isNull("gateway_id"))
        return fail(ErrorCode::NoSuchGateway, u"%1 is behind a gateway itself"_s.arg(wanted.gatewayKey));
    return rows.front().id<DeviceId>("id");
}

Result<void> checkTokenless(store::Connection& connection, const store::Row& place, const QString& key)
{
    if (!place.boolean("allow_tokenless_devices"))
        return fail(ErrorCode::AccessDenied,
                    u"this deployment does not allow devices without tokens; register it with authToken=true"_s);
    COHORT_TRY(rows, connection.query(Sql::DeviceTokenlessTaken, {{"key", key}, {"except", store::nothing()}}));
    if (rows.front().boolean("taken"))
        return fail(ErrorCode::AlreadyExists,
                    u"a device without a token needs an id that is unique on the whole server"_s);
    return {};
}

Result<RegisteredDevice> existing(store::Connection& connection, const NewDevice& wanted, const store::Row& row,
                                  DeploymentId deployment)
{
    if (row.id<LocationId>("location_id") != wanted.location || !row.isNull("retired_at"))
        return fail(ErrorCode::OtherLocation, wanted.key);
    RegisteredDevice device{.id = row.id<DeviceId>("id"), .deployment = deployment, .token = {}, .existed = true};
    if (wanted.wantsToken) {
        COHORT_TRY(token, giveToken(connection, device.id));
        device.token = token;
    } else if (!row.boolean("tokenless") && row.isNull("gateway_id")) {
        return fail(ErrorCode::AccessDenied, u"this device has a token; use it, or ask for a new one"_s);
    }
    return device;
}

Result<QVariant> startOf(const NewDevice& wanted, const store::Row& place)
{
    if (!wanted.startDate)
        return store::nothing();
    const auto now = SystemClock().now();
    const bool isEarlier = *wanted.startDate < now - std::chrono::minutes(1);
    if (isEarlier && !wanted.mayStartEarlier && place.string("clock") != u"events"_s)
        return fail(ErrorCode::AccessDenied, u"a start date before now can only be given by an operator"_s);
    return store::bound(*wanted.startDate);
}

} // namespace

Result<QString> giveToken(store::Connection& connection, DeviceId device)
{
    const QString token = newToken();
    COHORT_CHECK(connection.execute(Sql::DeviceTokenOverlap, {{"device", store::bound(device)}}));
    COHORT_CHECK(connection.execute(Sql::DeviceTokenInsertApi,
                                    {{"device", store::bound(device)}, {"token", store::bound(sha256(token))}}));
    return token;
}

Result<RegisteredDevice> registerDevice(store::Connection& connection, const NewDevice& wanted, bool mayExist)
{
    COHORT_CHECK(checkKey(wanted.key));
    COHORT_TRY(places, connection.query(Sql::LocationRules, {{"id", store::bound(wanted.location)}}));
    if (places.empty())
        return fail(ErrorCode::WrongLocation);
    const auto& place = places.front();
    const auto deployment = place.id<DeploymentId>("deployment_id");
    COHORT_TRY(known, connection.query(Sql::DeviceInDeployment,
                                       {{"deployment", store::bound(deployment)}, {"key", wanted.key}}));
    if (!known.empty() && !mayExist)
        return fail(ErrorCode::AlreadyExists, wanted.key);
    if (!known.empty())
        return existing(connection, wanted, known.front(), deployment);
    COHORT_TRY(gateway, gatewayOf(connection, wanted, deployment));
    const bool tokenless = !wanted.wantsToken && !gateway;
    if (tokenless)
        COHORT_CHECK(checkTokenless(connection, place, wanted.key));
    COHORT_TRY(start, startOf(wanted, place));
    COHORT_TRY(rows, connection.query(Sql::DeviceInsertApi, {{"location", store::bound(wanted.location)},
                                                             {"key", wanted.key},
                                                             {"type", wanted.type},
                                                             {"use", wanted.use},
                                                             {"room", store::bound(wanted.room)},
                                                             {"description", wanted.description},
                                                             {"gateway", store::bound(gateway)},
                                                             {"start_date", start},
                                                             {"tokenless", tokenless}}));
    RegisteredDevice device{.id = rows.front().id<DeviceId>("id"), .deployment = deployment, .token = {}};
    if (wanted.wantsToken) {
        COHORT_TRY(token, giveToken(connection, device.id));
        device.token = token;
    }
    return device;
}

QString curlLine(const QString& deviceioUrl, const QString& key, const QString& token)
{
    QString quotedKey = key; // inside JSON inside single quotes
    quotedKey.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\'', u"'\\''"_s);
    return u"curl -X POST '%1/deviceio/mljson' -H 'Authorization: Bearer %2' -H 'Content-Type: application/json' "
           "-d '{\"version\":2,\"measures\":[{\"deviceId\":\"%3\",\"params\":[{\"name\":\"temperature\",\"value\":21.5,\"unit\":\"°C\"}]}]}'"_s
               .arg(deviceioUrl, token, quotedKey);
}

} // namespace cohort::api
