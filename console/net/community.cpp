#include "console/net/community.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

Deployment Deployment::fromJson(const QJsonObject& object)
{
    return {json::id<DeploymentId>(object, "id"_L1), json::text(object, "name"_L1),
            json::text(object, "timeZone"_L1),       json::text(object, "language"_L1),
            json::flag(object, "needsConsent"_L1),   json::flag(object, "allowTokenlessDevices"_L1),
            json::count(object, "locations"_L1),     json::count(object, "participants"_L1),
            json::count(object, "devices"_L1),       json::count(object, "devicesConnected"_L1),
            json::count(object, "openAlerts"_L1)};
}

ParticipantRole ParticipantRole::fromJson(const QJsonObject& object)
{
    return {json::id<LocationId>(object, "location"_L1), json::text(object, "locationName"_L1),
            json::text(object, "role"_L1), json::count(object, "callingOrder"_L1)};
}

Participant Participant::fromJson(const QJsonObject& object)
{
    return {json::id<ParticipantId>(object, "id"_L1),
            json::id<DeploymentId>(object, "deployment"_L1),
            json::text(object, "code"_L1),
            json::text(object, "status"_L1),
            json::text(object, "language"_L1),
            json::text(object, "name"_L1),
            json::text(object, "email"_L1),
            json::text(object, "phone"_L1),
            json::list<ParticipantRole>(object, "roles"_L1),
            json::count(object, "openQuestions"_L1),
            json::time(object, "lastMessage"_L1)};
}

Enrolment Enrolment::fromJson(const QJsonObject& object)
{
    return {Participant::fromJson(object), json::text(object, "enrolmentCode"_L1),
            json::text(object, "enrolmentUrl"_L1), json::time(object, "expires"_L1)};
}

Home Home::fromJson(const QJsonObject& object)
{
    // location.get puts the home beside its devices and people.
    const QJsonObject own = object.contains("location"_L1) ? object.value("location"_L1).toObject() : object;
    Home home;
    home.id = json::id<LocationId>(own, "id"_L1);
    home.deployment = json::id<DeploymentId>(own, "deployment"_L1);
    home.name = json::text(own, "name"_L1);
    home.timeZone = json::text(own, "timeZone"_L1);
    home.clock = json::text(own, "clock"_L1);
    home.rooms = json::list<Room>(own, "rooms"_L1);
    home.deviceCount = json::count(own, "devices"_L1);
    home.participantCount = json::count(own, "participants"_L1);
    home.devicesConnected = json::count(own, "devicesConnected"_L1);
    home.devicesReporting = json::count(own, "devicesReporting"_L1);
    home.openAlerts = json::count(own, "openAlerts"_L1);
    home.lastMeasurement = json::time(own, "lastMeasurement"_L1);
    if (object.contains("location"_L1)) {
        home.devices = json::list<Device>(object, "devices"_L1);
        home.participants = json::list<Participant>(object, "participants"_L1);
    }
    return home;
}

QFuture<Result<Listing<Deployment>>> community::deployments(RpcClient& client)
{
    return callForList<Deployment>(client, "deployment.list"_L1, {});
}

QFuture<Result<Deployment>> community::create(RpcClient& client, const NewDeployment& wanted)
{
    QJsonObject parameters{{u"name"_s, wanted.name},
                           {u"timeZone"_s, wanted.timeZone},
                           {u"allowTokenlessDevices"_s, wanted.allowTokenlessDevices}};
    if (!wanted.language.isEmpty())
        parameters.insert("language"_L1, wanted.language);
    return callFor<Deployment>(client, "deployment.create"_L1, parameters);
}

QFuture<Result<Listing<Home>>> community::homes(RpcClient& client, DeploymentId deployment)
{
    return callForList<Home>(client, "location.list"_L1,
                             {{u"deployment"_s, json::ofId(deployment)}, {u"limit"_s, 1000}});
}

QFuture<Result<Home>> community::home(RpcClient& client, LocationId id)
{
    return callFor<Home>(client, "location.get"_L1, {{u"id"_s, json::ofId(id)}});
}

QFuture<Result<Home>> community::create(RpcClient& client, const NewHome& wanted)
{
    QJsonArray rooms;
    for (const Room& room : wanted.rooms)
        rooms.append(QJsonObject{{u"kind"_s, room.kind}, {u"name"_s, room.name}});
    QJsonObject parameters{{u"deployment"_s, json::ofId(wanted.deployment)},
                           {u"name"_s, wanted.name},
                           {u"clock"_s, wanted.eventClock ? u"events"_s : u"real"_s},
                           {u"rooms"_s, rooms}};
    if (!wanted.timeZone.isEmpty())
        parameters.insert("timeZone"_L1, wanted.timeZone);
    return callFor<Home>(client, "location.create"_L1, parameters);
}

QFuture<Result<Listing<Participant>>> community::participants(RpcClient& client, DeploymentId deployment,
                                                              LocationId location)
{
    QJsonObject parameters{{u"deployment"_s, json::ofId(deployment)}, {u"limit"_s, 1000}};
    if (location)
        parameters.insert("location"_L1, json::ofId(location));
    return callForList<Participant>(client, "participant.list"_L1, parameters);
}

QFuture<Result<Enrolment>> community::create(RpcClient& client, const NewParticipant& wanted)
{
    QJsonObject role{{u"location"_s, json::ofId(wanted.location)}, {u"role"_s, wanted.role}};
    if (wanted.callingOrder > 0)
        role.insert("callingOrder"_L1, wanted.callingOrder);
    QJsonObject parameters{{u"deployment"_s, json::ofId(wanted.deployment)}, {u"roles"_s, QJsonArray{role}}};
    const std::pair<QLatin1StringView, QString> optional[] = {{"language"_L1, wanted.language},
                                                              {"name"_L1, wanted.name},
                                                              {"email"_L1, wanted.email},
                                                              {"phone"_L1, wanted.phone}};
    for (const auto& [key, value] : optional) {
        if (!value.isEmpty())
            parameters.insert(key, value);
    }
    return callFor<Enrolment>(client, "participant.create"_L1, parameters);
}

QFuture<Result<Enrolment>> community::newEnrolmentCode(RpcClient& client, ParticipantId id)
{
    return callFor<Enrolment>(client, "participant.enrolmentCode"_L1, {{u"id"_s, json::ofId(id)}});
}

} // namespace cohort::console
