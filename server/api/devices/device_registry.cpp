#include "server/api/devices/device_registry.h"

#include "server/api/dispatch/secrets.h"
#include "server/store/repositories/place_repository.h"
#include "shared/base/limits.h"
#include "shared/model/device_types.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::DeviceRepository;

namespace {

Result<void> checkKey(const QString& key)
{
    if (key.isEmpty() || key.size() > DeviceKeyMost)
        return fail(ErrorCode::WrongValue, u"the device id must have 1 to %1 characters"_s.arg(DeviceKeyMost));
    for (const QChar c : key)
        if (c.unicode() <= 0x20 || c.unicode() == 0x7f)
            return fail(ErrorCode::WrongValue, u"the device id must not have blanks or control characters"_s);
    return {};
}

Result<DeviceId> gatewayOf(DeviceRepository& devices, const NewDevice& wanted, DeploymentId deployment)
{
    if (wanted.gatewayKey.isEmpty())
        return DeviceId{};
    COHORT_TRY(gateway, findGateway(devices, wanted.gatewayKey, deployment));
    if (gateway.location != wanted.location)
        return fail(ErrorCode::NoSuchGateway, wanted.gatewayKey);
    return gateway.id;
}

Result<void> checkTokenless(DeviceRepository& devices, const store::PlaceRules& rules, const QString& key)
{
    if (!rules.allowsTokenless)
        return fail(
            ErrorCode::AccessDenied,
            u"this deployment does not allow devices without tokens; register it with a token (authToken=true)"_s);
    COHORT_TRY(taken, devices.isKeyTaken(key));
    if (taken)
        return fail(ErrorCode::AlreadyExists,
                    u"a device without a token needs an id that is unique on the whole server"_s);
    return {};
}

Result<Registration> existing(store::Connection& connection, const NewDevice& wanted, const store::DeviceRecord& known)
{
    if (known.location != wanted.location)
        return fail(ErrorCode::OtherLocation, wanted.key);
    if (wanted.owner) {
        COHORT_TRY(own, DeviceRepository(connection)
                            .search({.key = wanted.key,
                                     .location = wanted.location,
                                     .scope = std::nullopt,
                                     .participant = wanted.owner}));
        if (own.isEmpty())
            return fail(ErrorCode::AlreadyExists, wanted.key); // somebody else's: a token of it would be theirs
    }
    Registration device{.id = known.id, .deployment = known.deployment, .token = {}, .existed = true};
    if (wanted.wantsToken) {
        COHORT_TRY(token, giveToken(connection, device.id));
        device.token = token;
    }
    return device;
}

Result<void> checkStart(const NewDevice& wanted, const store::PlaceRules& rules, Timestamp now)
{
    const auto earliest = now - std::chrono::minutes(1);
    const bool isEarlier = wanted.startDate && *wanted.startDate < earliest;
    if (isEarlier && !wanted.mayStartEarlier && rules.clock != model::LocationClock::Events)
        return fail(ErrorCode::AccessDenied, u"a start date before now can only be given by an operator"_s);
    return {};
}

// A measurement that a device of this type may well send: what is copied and tried is stored in the study.
QString sampleOf(int type)
{
    const model::DeviceType* known = model::findDeviceType(type);
    if (!known || known->parameters.empty() || QLatin1String(known->parameters.front().name) == "temperature"_L1)
        return u"\"name\":\"temperature\",\"value\":21.5,\"unit\":\"°C\""_s;
    const model::TypeParameter& first = known->parameters.front();
    const QString unit = QString::fromUtf8(first.unit);
    return u"\"name\":\"%1\",\"value\":%2%3"_s.arg(QLatin1String(first.name), unit.isEmpty() ? u"1"_s : u"42"_s,
                                                   unit.isEmpty() ? QString() : u",\"unit\":\"%1\""_s.arg(unit));
}

} // namespace

Result<store::DeviceRecord> findGateway(DeviceRepository& devices, const QString& key, DeploymentId deployment)
{
    COHORT_TRY(gateway, devices.byKey(deployment, key));
    if (!gateway)
        return fail(ErrorCode::NoSuchGateway, key);
    if (gateway->gateway)
        return fail(ErrorCode::NoSuchGateway, u"%1 is behind a gateway itself"_s.arg(key));
    return *gateway;
}

Result<QString> giveToken(store::Connection& connection, DeviceId device)
{
    const QString token = newToken();
    COHORT_CHECK(DeviceRepository(connection).addToken(device, sha256(token)));
    return token;
}

Result<Registration> registerDevice(store::Connection& connection, const NewDevice& wanted, bool mayExist,
                                    Timestamp now)
{
    COHORT_CHECK(checkKey(wanted.key));
    COHORT_TRY(rules, store::PlaceRepository(connection).rules(wanted.location));
    if (!rules)
        return fail(ErrorCode::WrongLocation);
    DeviceRepository devices(connection);
    COHORT_TRY(known, devices.byKey(rules->deployment, wanted.key));
    if (known && !mayExist)
        return fail(ErrorCode::AlreadyExists, wanted.key);
    if (known)
        return existing(connection, wanted, *known);
    COHORT_TRY(gateway, gatewayOf(devices, wanted, rules->deployment));
    const bool isTokenless = !wanted.wantsToken && !gateway;
    if (isTokenless)
        COHORT_CHECK(checkTokenless(devices, *rules, wanted.key));
    COHORT_CHECK(checkStart(wanted, *rules, now));
    COHORT_TRY(id, devices.insert({.location = wanted.location,
                                   .key = wanted.key,
                                   .type = wanted.type,
                                   .use = wanted.use,
                                   .room = wanted.room,
                                   .description = wanted.description,
                                   .gateway = gateway,
                                   .startDate = wanted.startDate,
                                   .isTokenless = isTokenless,
                                   .owner = wanted.owner}));
    Registration device{.id = id, .deployment = rules->deployment, .token = {}};
    if (wanted.wantsToken) {
        COHORT_TRY(token, giveToken(connection, device.id));
        device.token = token;
    }
    return device;
}

QString curlLine(const QString& deviceioUrl, const QString& key, const QString& token, int type)
{
    QString quotedKey = key; // inside JSON inside single quotes
    quotedKey.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\'', u"'\\''"_s);
    return u"curl -X POST '%1/deviceio/mljson' -H 'Authorization: Bearer %2' -H 'Content-Type: application/json' "
           "-d '{\"version\":2,\"measures\":[{\"deviceId\":\"%3\",\"params\":[{%4}]}]}'"_s.arg(
               deviceioUrl, token, quotedKey, sampleOf(type));
}

} // namespace cohort::api
