#include "server/api/devices/cloud_requests.h"

#include "server/actions/actions.h"
#include "server/api/devices/cloud.h"
#include "server/api/devices/device_registry.h"
#include "server/api/dispatch/caller.h"
#include "server/api/dispatch/http_answers.h"
#include "server/api/dispatch/secrets.h"
#include "server/net/text.h"
#include "server/store/repositories/audit_repository.h"
#include "server/store/repositories/device_context_repository.h"
#include "server/store/repositories/place_repository.h"
#include "shared/base/limits.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::DeviceRepository;
using store::PlaceRepository;

namespace {

constexpr std::string_view QueryNames[] = {"type",       "deviceId", "connected", "username",  "locationId",
                                           "deviceType", "desc",     "startDate", "authToken", "ssl"};

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

Result<Caller> callerOf(store::Connection& connection, const net::Request& request)
{
    const auto key = request.hasHeader("API_KEY") ? request.header("API_KEY") : request.header("PRESENCE_API_KEY");
    return findCaller(connection, key.empty() ? bearerToken(request) : text(key));
}

Result<qint64> number(const net::Request& request, std::string_view name, qint64 fallback = 0)
{
    if (!request.hasParameter(name))
        return fallback;
    bool isNumber = false;
    const qint64 value = text(request.parameter(name)).toLongLong(&isNumber);
    if (!isNumber || value < 0)
        return fail(ErrorCode::WrongValue, u"'%1' must be a number"_s.arg(text(name)));
    return value;
}

// As devices send it with their uploads, or as a bearer token; empty: none.
QString deviceToken(const net::Request& request)
{
    static const QRegularExpression form(u"^\\s*esp\\s+token\\s*=\\s*\"?([^\\s\"]+)\"?\\s*$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (request.hasHeader("PPCAuthorization"))
        return form.match(text(request.header("PPCAuthorization"))).captured(1);
    return bearerToken(request);
}

// The device that shows this token, or the one of `key` behind it; none: it is no device's token.
// Errors: NoSuchDevice (a device's token, but not for `key`).
Result<DeviceId> deviceOfToken(store::Connection& connection, const QString& token, const QString& key)
{
    if (token.isEmpty())
        return DeviceId{};
    const std::string hash = sha256(token).toHex().toStdString();
    COHORT_TRY(tokens, store::DeviceContextRepository(connection).byTokens({hash}));
    if (tokens.empty())
        return DeviceId{};
    DeviceRepository devices(connection);
    COHORT_TRY(holder, devices.record(tokens.front().device));
    if (holder.isRetired)
        return fail(ErrorCode::NoSuchDevice, key.left(DeviceKeyMost));
    if (key.isEmpty() || key == holder.key)
        return holder.id;
    COHORT_TRY(wanted, devices.byKey(holder.deployment, key));
    if (!wanted || wanted->gateway != holder.id || wanted->location != holder.location)
        return fail(ErrorCode::NoSuchDevice, key.left(DeviceKeyMost));
    return wanted->id;
}

// None: an operator.
ParticipantId participantOf(const Caller& caller)
{
    return caller.participant ? caller.participant->id : ParticipantId{};
}

// The device of the path or query that the caller may handle; no location: wherever it is.
Result<store::DeviceRecord> deviceOf(store::Connection& connection, const Caller& caller, const QString& key,
                                     qint64 location)
{
    COHORT_TRY(found, DeviceRepository(connection)
                          .search({.key = key,
                                   .location = LocationId{location},
                                   .scope = caller.scope(protocol::AdminCoordinator),
                                   .participant = participantOf(caller)}));
    if (found.isEmpty())
        return fail(ErrorCode::NoSuchDevice, key.left(DeviceKeyMost));
    if (found.size() > 1)
        return fail(ErrorCode::MissingValue, u"'locationId': this device id is in several deployments"_s);
    return found.first();
}

QString keyOfPath(const net::Request& request) // /cloud/json/devices/{D}/parameters
{
    constexpr std::size_t Before = sizeof "/cloud/json/devices/" - 1, After = sizeof "/parameters" - 1;
    return request.path.size() > Before + After
               ? QString::fromStdString(request.path.substr(Before, request.path.size() - Before - After))
               : QString();
}

Result<std::optional<Timestamp>> startDate(const net::Request& request)
{
    const QString given = text(request.parameter("startDate"));
    if (given.isEmpty())
        return std::optional<Timestamp>();
    bool isNumber = false;
    const qint64 ms = given.toLongLong(&isNumber);
    if (isNumber && ms >= 978'307'200 && ms < 4'102'444'800)
        return fail(ErrorCode::WrongValue,
                    u"'startDate' looks like seconds; send milliseconds since 1970: %1"_s.arg(ms * 1000));
    if (isNumber && ms > 0 && ms < 4'102'444'800'000) // before 2100
        return std::optional(fromMs(ms));
    const auto parsed = fromIso(given.toStdString());
    if (!parsed)
        return fail(ErrorCode::WrongValue, u"'startDate' must be milliseconds since 1970 or ISO 8601"_s);
    return std::optional(*parsed);
}

Result<void> checkLocation(store::Connection& connection, const Caller& caller, LocationId location)
{
    COHORT_TRY(rules, PlaceRepository(connection).rules(location));
    if (!rules)
        return fail(ErrorCode::WrongLocation);
    if (caller.participant) {
        COHORT_TRY(may, store::ParticipantRepository(connection).mayRegisterDevices(caller.participant->id, location));
        return may ? Result<void>() : Result<void>(fail(ErrorCode::WrongLocation));
    }
    const auto roles = caller.operatorIdentity->rolesIn(rules->deployment);
    if (roles == 0)
        return fail(ErrorCode::WrongLocation);
    return (roles & protocol::AdminCoordinator) != 0 ? Result<void>() : Result<void>(fail(ErrorCode::AccessDenied));
}

// A text, or an integer's digits, as in an upload; none: empty.
Result<QString> indexText(const QJsonValue& given)
{
    const qint64 number = given.toInteger(-1);
    if (number >= 0)
        return QString::number(number);
    if (!given.isString() && !given.isNull() && !given.isUndefined())
        return fail(ErrorCode::WrongValue, u"'index' must be a text, or a whole number"_s);
    return given.toString(u""_s);
}

// For how long a command may wait.
Result<Milliseconds> expiryOf(const QJsonValue& given)
{
    const qint64 expires = given.isNull() || given.isUndefined() ? CommandExpiryMs : given.toInteger(0);
    if (expires < CommandExpiryLeastMs || expires > CommandExpiryMostMs)
        return fail(ErrorCode::WrongValue, u"'commandTimeout' must be 1,000 to 604,800,000 ms, a whole number"_s);
    return Milliseconds(expires);
}

Result<QJsonArray> commandParameters(const QJsonObject& body)
{
    const auto given = body.value("params"_L1).toArray();
    if (given.isEmpty() || given.size() > CommandParametersMost)
        return fail(ErrorCode::MissingValue, u"'params' must be a list of 1 to %1"_s.arg(CommandParametersMost));
    QJsonArray parameters;
    for (const auto& entry : given) {
        const auto one = entry.toObject();
        const QString name = one.value("name"_L1).toString();
        if (name.isEmpty() || name.size() > 200 || one.value("value"_L1).isUndefined())
            return fail(ErrorCode::WrongValue, u"each of 'params' needs a name and a value"_s);
        COHORT_TRY(index, indexText(one.value("index"_L1)));
        parameters.append(QJsonObject{{u"name"_s, name}, {u"index"_s, index}, {u"value"_s, one.value("value"_L1)}});
    }
    return parameters;
}

} // namespace

Result<bool> cloudFlag(const net::Request& request, std::string_view name)
{
    const std::string_view given = request.parameter(name);
    if (net::equalIgnoringCase(given, "true") || given == "1")
        return true;
    if (given.empty() || net::equalIgnoringCase(given, "false") || given == "0")
        return false;
    return fail(ErrorCode::WrongValue, u"'%1' must be true or false"_s.arg(text(name)));
}

Result<void> checkQuery(const net::Request& request)
{
    std::array<bool, std::size(QueryNames)> isSeen{};
    for (const auto& parameter : request.query) {
        const std::string_view name = parameter.first;
        const auto* known = std::find_if(std::begin(QueryNames), std::end(QueryNames),
                                         [name](std::string_view one) { return net::equalIgnoringCase(one, name); });
        if (known == std::end(QueryNames))
            continue;
        if (name != *known)
            return fail(ErrorCode::WrongValue, u"there is no '%1' here; write %2"_s.arg(text(name), text(*known)));
        bool& isRepeated = isSeen[static_cast<std::size_t>(known - std::begin(QueryNames))];
        if (isRepeated)
            return fail(ErrorCode::WrongValue, u"'%1' stands twice in the query; give it once"_s.arg(text(name)));
        isRepeated = true;
    }
    return {};
}

Result<int> serverTtl(store::Connection& connection, const QString& deviceKey)
{
    COHORT_TRY(ttl, PlaceRepository(connection).serverTtl(deviceKey));
    return ttl.value_or(CloudServerAnswer().ttl);
}

CloudServerAnswer serverAnswer(const directory::DeviceServer& server, int ttl)
{
    CloudServerAnswer answer;
    answer.ttl = ttl;
    answer.server.host = QString::fromStdString(server.host);
    answer.server.port = server.port;
    answer.server.ssl = server.ssl;
    return answer;
}

Result<QJsonObject> cloudLogin(store::Connection& connection, const ApiContext&, const net::Request& request)
{
    const QString username = text(request.parameter("username"));
    const QString password = text(request.header("PASSWORD"));
    if (username.isEmpty() || password.isEmpty() || username.size() > EmailCharactersMost ||
        password.size() > PasswordMost)
        return fail(ErrorCode::WrongCredentials);
    COHORT_TRY(session,
               signInCaller(connection, username, password, QString::fromStdString(request.peer), SignInBy::Anybody));
    return model::toParameters(CloudKey{session.token, toMs(session.expires)});
}

Result<QJsonObject> cloudUser(store::Connection& connection, const ApiContext&, const net::Request& request)
{
    COHORT_TRY(caller, callerOf(connection, request));
    std::vector<store::PlaceRow> places;
    if (caller.participant) {
        COHORT_TRY(own, store::ParticipantRepository(connection).places(caller.participant->id));
        places = std::move(own);
    } else {
        COHORT_TRY(seen, PlaceRepository(connection).homes(caller.scope(protocol::AdminCoordinator)));
        places = std::move(seen);
    }
    CloudUserAnswer answer;
    answer.user.id = caller.participant ? caller.participant->id.value : caller.operatorIdentity->who.id.value;
    for (const auto& place : places)
        answer.locations.append({place.id, place.name, place.timeZone});
    return model::toParameters(answer);
}

Result<QJsonObject> cloudConnectedServer(store::Connection& connection, const ApiContext&, const net::Request& request)
{
    const QString key = text(request.parameter("deviceId"));
    COHORT_TRY(own, deviceOfToken(connection, deviceToken(request), key));
    DeviceId id = own;
    if (!id) {
        COHORT_TRY(caller, callerOf(connection, request));
        COHORT_TRY(device, deviceOf(connection, caller, key, 0));
        id = device.id;
    }
    COHORT_TRY(url, DeviceRepository(connection).serverUrl(id));
    if (!url)
        return fail(ErrorCode::NotFound, u"the device is not connected"_s);
    COHORT_TRY(server, directory::parseServerUrl(url->toStdString()));
    COHORT_TRY(ttl, serverTtl(connection, key));
    return model::toParameters(serverAnswer(server, ttl));
}

Result<QJsonObject> cloudRegister(store::Connection& connection, const ApiContext& context, const net::Request& request)
{
    COHORT_TRY(caller, callerOf(connection, request));
    if (!request.hasParameter("deviceId") || !request.hasParameter("locationId"))
        return fail(ErrorCode::MissingValue, u"'deviceId' and 'locationId'"_s);
    COHORT_TRY(location, number(request, "locationId"));
    COHORT_TRY(type, number(request, "deviceType"));
    COHORT_TRY(start, startDate(request));
    COHORT_TRY(wantsToken, cloudFlag(request, "authToken"));
    COHORT_CHECK(checkLocation(connection, caller, LocationId{location}));
    if (type > 1'000'000)
        return fail(ErrorCode::WrongValue, u"'deviceType'"_s);
    const NewDevice wanted{.location = LocationId{location},
                           .key = text(request.parameter("deviceId")),
                           .type = static_cast<int>(type),
                           .use = {},
                           .room = {},
                           .description = text(request.parameter("desc")).left(DescriptionCharactersMost),
                           .gatewayKey = {},
                           .startDate = start,
                           .mayStartEarlier = !caller.participant,
                           .wantsToken = wantsToken,
                           .owner = participantOf(caller)};
    Registration made;
    const auto done = connection.transaction([&]() -> Result<void> {
        COHORT_TRY(device, registerDevice(connection, wanted, true, context.services.clock.now()));
        made = device;
        return store::writeAudit(connection, {.actor = caller.actor(),
                                              .action = u"device.register"_s,
                                              .deployment = made.deployment,
                                              .object = u"device:%1"_s.arg(made.id.value),
                                              .address = QString::fromStdString(request.peer),
                                              .detail = {{u"key"_s, wanted.key}, {u"token"_s, wanted.wantsToken}}});
    });
    if (!done)
        return fail(done.error());
    context.services.bus.publish(bus::ConfigurationChanged{});
    CloudDevice answer{
        .deviceId = wanted.key, .exist = made.existed, .authToken = {}, .host = {}, .port = {}, .useSSL = {}};
    if (!made.token.isEmpty())
        answer.authToken = made.token;
    if (const auto server = chooseDeviceServer(context, request.parameter("deviceId"))) {
        answer.host = QString::fromStdString(server->host);
        answer.port = server->port;
        answer.useSSL = server->ssl;
    }
    return model::toParameters(answer);
}

Result<QJsonObject> cloudCommand(store::Connection& connection, const ApiContext& context, const net::Request& request)
{
    COHORT_TRY(caller, callerOf(connection, request));
    COHORT_TRY(location, number(request, "locationId"));
    COHORT_TRY(body, bodyObject(request));
    if (!model::isStorable(body))
        return fail(ErrorCode::WrongValue, u"a text holds U+0000 or half a character; leave it out"_s);
    COHORT_TRY(parameters, commandParameters(body));
    COHORT_TRY(device, deviceOf(connection, caller, keyOfPath(request), location));
    COHORT_TRY(expires, expiryOf(body.value("commandTimeout"_L1)));
    actions::NewCommand wanted;
    wanted.deployment = device.deployment;
    wanted.location = device.location;
    wanted.device = device.id;
    wanted.parameters = parameters;
    wanted.expires = expires;
    wanted.requestedBy = caller.actor();
    wanted.comment = body.value("comment"_L1).toString(u""_s).left(NoteCharactersMost);
    actions::RecordedCommand made;
    const auto done = connection.transaction([&]() -> Result<void> {
        COHORT_TRY(id, actions::recordCommand(connection, wanted));
        made = id;
        return store::writeAudit(connection, {.actor = caller.actor(),
                                              .action = u"device.command"_s,
                                              .deployment = device.deployment,
                                              .object = u"command:%1"_s.arg(id.value),
                                              .address = QString::fromStdString(request.peer),
                                              .detail = {{u"key"_s, device.key}, {u"parameters"_s, parameters}}});
    });
    if (!done)
        return fail(done.error());
    for (const auto& change : actions::changesOf(made, device.deployment, device.location))
        context.services.bus.publish(change);
    const int code = device.isConnected ? 0 : errorInfo(ErrorCode::DeviceOffline).number;
    CloudCommandAnswer answer{.resultCode = code, .resultCodeMessage = {}, .commands = {{made, device.key, code}}};
    if (code != 0)
        answer.resultCodeMessage = QString::fromLatin1(errorInfo(ErrorCode::DeviceOffline).meaning);
    return model::toParameters(answer);
}

Result<QJsonObject> cloudLatest(store::Connection& connection, const ApiContext&, const net::Request& request)
{
    COHORT_TRY(caller, callerOf(connection, request));
    COHORT_TRY(location, number(request, "locationId"));
    COHORT_TRY(device, deviceOf(connection, caller, keyOfPath(request), location));
    COHORT_TRY(streams, DeviceRepository(connection).streams(device.id));
    CloudParameters answer{.deviceId = device.key, .parameters = {}};
    for (const auto& stream : streams)
        if (stream.latest)
            answer.parameters.append(
                {stream.name, stream.index, stream.unit, stream.latest->value, toMs(stream.latest->time)});
    return model::toParameters(answer);
}

} // namespace cohort::api
