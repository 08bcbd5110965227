// Deployments, homes, rooms and people as the server tells them, and the calls about them.
// Thread: values; calls from the GUI. Owner: models. Flow: deployment.*, location.*, room.*, participant.* → here.
#pragma once

#include "console/net/device.h"

namespace cohort::console {

struct Deployment
{
    DeploymentId id;
    QString name, timeZone, language;
    bool needsConsent = false, allowTokenlessDevices = false;
    int locations = 0, participants = 0, devices = 0, devicesConnected = 0, openAlerts = 0;

    static Deployment fromJson(const QJsonObject& object);
};

struct ParticipantRole
{
    LocationId location;
    QString locationName, role;
    int callingOrder = 0;

    static ParticipantRole fromJson(const QJsonObject& object);
};

struct Participant
{
    ParticipantId id;
    DeploymentId deployment;
    QString code, status, language;
    QString name, email, phone; // empty without the right to see names
    QList<ParticipantRole> roles;
    int openQuestions = 0;
    QDateTime lastMessage;

    static Participant fromJson(const QJsonObject& object);
    QString label() const { return name.isEmpty() ? code : name; }
};

// A participant just made, or a new code for one: what must be shown now, because it is told only once.
struct Enrolment
{
    Participant participant;
    QString code, url;
    QDateTime expires;

    static Enrolment fromJson(const QJsonObject& object);
};

struct Home
{
    LocationId id;
    DeploymentId deployment;
    QString name, timeZone, clock;
    QList<Room> rooms;
    int deviceCount = 0, devicesConnected = 0, devicesReporting = 0, openAlerts = 0, participantCount = 0;
    QDateTime lastMeasurement;
    QList<Device> devices;           // only from location.get
    QList<Participant> participants; // only from location.get

    static Home fromJson(const QJsonObject& object);
};

struct NewDeployment
{
    QString name, timeZone, language;
    bool allowTokenlessDevices = false;
};

struct NewHome
{
    DeploymentId deployment;
    QString name, timeZone;
    bool eventClock = false;
    QList<Room> rooms;
};

struct NewParticipant
{
    DeploymentId deployment;
    LocationId location;
    QString role, language, name, email, phone;
    int callingOrder = 0;
};

namespace community {

QFuture<Result<Listing<Deployment>>> deployments(RpcClient& client);
QFuture<Result<Deployment>> create(RpcClient& client, const NewDeployment& wanted);
QFuture<Result<Listing<Home>>> homes(RpcClient& client, DeploymentId deployment);
QFuture<Result<Home>> home(RpcClient& client, LocationId id);
QFuture<Result<Home>> create(RpcClient& client, const NewHome& wanted);
QFuture<Result<Listing<Participant>>> participants(RpcClient& client, DeploymentId deployment,
                                                   LocationId location = {});
QFuture<Result<Enrolment>> create(RpcClient& client, const NewParticipant& wanted);
QFuture<Result<Enrolment>> newEnrolmentCode(RpcClient& client, ParticipantId id);

} // namespace community

} // namespace cohort::console
