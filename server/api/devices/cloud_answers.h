// What the Application API for devices answers; what has nothing is left out, and resultCode 0 is put beside it.
// Thread: values. Owner: the request. Flow: cloud_requests → here → JSON → device. Source: device-protocol.md.
#pragma once

#include "shared/base/ids.h"
#include "shared/base/value.h"
#include "shared/model/json.h"

#include <QList>

namespace cohort::api {

struct CloudServer
{
    QString type = QStringLiteral("deviceio");
    QString host;
    int port = 0;
    bool ssl = false;
    QString path = QStringLiteral("/deviceio");
};
template <typename V, model::Of<CloudServer> T>
void fields(V& visit, T& answer)
{
    visit("type", answer.type, "What kind of server.");
    visit("host", answer.host, "Its name or address.");
    visit("port", answer.port, "Its port.");
    visit("ssl", answer.ssl, "Whether it speaks TLS.");
    visit("path", answer.path, "Where on it devices post.");
}

// The time is the deployment's; an unknown device gets one as well: it must not learn that it is unknown.
struct CloudServerAnswer
{
    CloudServer server;
    int ttl = 86'400;
};
template <typename V, model::Of<CloudServerAnswer> T>
void fields(V& visit, T& answer)
{
    visit("server", answer.server, "The server that the device uses.");
    visit("ttl", answer.ttl, "After how many seconds it asks again.");
}

struct CloudKey
{
    QString key;
    qint64 keyExpireMs = 0;
};
template <typename V, model::Of<CloudKey> T>
void fields(V& visit, T& answer)
{
    visit("key", answer.key, "The key for later requests.");
    visit("keyExpireMs", answer.keyExpireMs, "Until when it works, in milliseconds since 1970 UTC.");
}

struct CloudUser
{
    qint64 id = 0;
};
template <typename V, model::Of<CloudUser> T>
void fields(V& visit, T& answer)
{
    visit("id", answer.id, "The operator or the participant.");
}

struct CloudLocation
{
    LocationId id;
    QString name;
    QString timezone;
};
template <typename V, model::Of<CloudLocation> T>
void fields(V& visit, T& answer)
{
    visit("id", answer.id, "The home.");
    visit("name", answer.name, "Its name.");
    visit("timezone", answer.timezone, "Its IANA time zone.");
}

struct CloudUserAnswer
{
    CloudUser user;
    QList<CloudLocation> locations;
};
template <typename V, model::Of<CloudUserAnswer> T>
void fields(V& visit, T& answer)
{
    visit("user", answer.user, "Who calls.");
    visit("locations", answer.locations, "The homes that the caller sees.");
}

struct CloudDevice
{
    QString deviceId;
    bool exist = false;
    std::optional<QString> authToken;
    std::optional<QString> host;
    std::optional<int> port;
    std::optional<bool> useSSL;
};
template <typename V, model::Of<CloudDevice> T>
void fields(V& visit, T& answer)
{
    visit("deviceId", answer.deviceId, "The device's own id.");
    visit("exist", answer.exist, "Whether it was there already.");
    visit("authToken", answer.authToken, "Its token, told this once.");
    visit("host", answer.host, "The server that it uses.");
    visit("port", answer.port, "That server's port.");
    visit("useSSL", answer.useSSL, "Whether that server speaks TLS.");
}

struct CloudCommand
{
    CommandId id;
    QString deviceId;
    int resultCode = 0;
};
template <typename V, model::Of<CloudCommand> T>
void fields(V& visit, T& answer)
{
    visit("id", answer.id, "The command.");
    visit("deviceId", answer.deviceId, "The device's own id.");
    visit("resultCode", answer.resultCode, "0, or 21: the device is not connected, the command waits.");
}

struct CloudCommandAnswer
{
    int resultCode = 0;
    std::optional<QString> resultCodeMessage;
    QList<CloudCommand> commands;
};
template <typename V, model::Of<CloudCommandAnswer> T>
void fields(V& visit, T& answer)
{
    visit("resultCode", answer.resultCode, "As the command's.");
    visit("resultCodeMessage", answer.resultCodeMessage, "What it means, where it is not 0.");
    visit("commands", answer.commands, "The command that was made.");
}

struct CloudParameter
{
    QString name;
    QString index;
    QString unit;
    Value value;
    qint64 time = 0;
};
template <typename V, model::Of<CloudParameter> T>
void fields(V& visit, T& answer)
{
    visit("name", answer.name, "The parameter.");
    visit("index", answer.index, "Which of several of this name.");
    visit("unit", answer.unit, "Its unit; empty where there is none.");
    visit("value", answer.value, "The newest value.");
    visit("time", answer.time, "When it was measured, in milliseconds since 1970 UTC.");
}

struct CloudParameters
{
    QString deviceId;
    QList<CloudParameter> parameters;
};
template <typename V, model::Of<CloudParameters> T>
void fields(V& visit, T& answer)
{
    visit("deviceId", answer.deviceId, "The device's own id.");
    visit("parameters", answer.parameters, "What it measured last, by name and index.");
}

} // namespace cohort::api
