// Devices, their streams and types. Thread: values. Owner: whoever holds them.
// Flow: device, stream ⇄ repositories ⇄ wire ⇄ console. Source: architecture.md, "Vocabulary", rule 9.
#pragma once

#include "shared/base/value.h"
#include "shared/model/device_types.h"
#include "shared/model/participant.h"
#include "shared/model/stored_value.h"

#include <QStringList>

namespace cohort::model {

// A moment and what was measured then.
struct Sample
{
    Value value;
    Timestamp time;
};
template <typename V, Of<Sample> T>
void fields(V& visit, T& sample)
{
    visit("value", sample.value, "What was measured: a number or a text.");
    visit("time", sample.time, "When.");
}

struct Stream
{
    StreamId id;
    QString name;
    QString index; // empty for most
    QString unit;
    std::optional<Sample> latest;
    StreamKind kind = StreamKind::Undecided; // of facts always
};
template <typename V, Of<Stream> T>
void fields(V& visit, T& stream)
{
    visit("id", stream.id, "The stream.");
    visit("name", stream.name, "The parameter that is measured.");
    visit("index", stream.index, "Which of several of this name; empty for most.");
    visit("unit", stream.unit, "Its unit; empty where there is none.");
    visit("kind", stream.kind,
          "What its values are: by its device's type, else by its first value or as an operator said; undecided before "
          "that, and of what scripts make.");
    visit("latest", stream.latest, "The newest measurement, or null.");
}

// Whether data comes, apart from being connected.
enum class Reporting : std::uint8_t { Never, Reporting, Silent };
constexpr auto enumNames(Reporting)
{
    return std::array{"never", "reporting", "silent"};
}

// Which devices a list shows.
enum class DeviceStateFilter : std::uint8_t { Connected, Disconnected, Reporting, Silent, Never, Retired };
constexpr auto enumNames(DeviceStateFilter)
{
    return std::array{"connected", "disconnected", "reporting", "silent", "never", "retired"};
}

struct DevicePlace
{
    DeploymentId deployment;
    LocationId location;
    QString locationName;
    std::optional<Room> room;
    DeviceId gateway; // none: it holds its own connection
    QString gatewayKey;
};
template <typename V, Of<DevicePlace> T>
void fields(V& visit, T& place)
{
    visit("deployment", place.deployment, "The deployment that it belongs to.");
    visit("location", place.location, "The home in which it stands.");
    visit("locationName", place.locationName, "That home's name.");
    visit("room", place.room, "The room in which it stands, or null.");
    visit("gateway", place.gateway, "The gateway behind which it is, or null.", orNone());
    visit("gatewayKey", place.gatewayKey, "That gateway's own id; empty where there is none.");
}

struct DeviceLife
{
    bool connected = false;
    std::optional<Timestamp> since;
    Reporting reporting = Reporting::Never;
    std::optional<Timestamp> lastMeasurement;
    std::optional<Timestamp> startDate;
    bool retired = false;
};
template <typename V, Of<DeviceLife> T>
void fields(V& visit, T& life)
{
    visit("connected", life.connected, "Whether it, or its gateway, has a channel open.");
    visit("since", life.since, "Since when that is so, or null.");
    visit("reporting", life.reporting, "Whether its data comes.");
    visit("lastMeasurement", life.lastMeasurement, "The time of its newest measurement, or null.");
    visit("startDate", life.startDate, "From when on its data is stored.");
    visit("retired", life.retired, "Whether it is no longer used.");
}

struct Device
{
    DeviceId id;
    QString key; // its outward id
    int type = 0;
    QString typeName; // English
    QString use;
    QString description;
    bool tokenless = false;
    DevicePlace place;
    DeviceLife life;
    QList<Stream> streams; // by name and index

    // What people call it: its description, else its key.
    QString label() const { return description.isEmpty() ? key : description; }
};
template <typename V, Of<Device> T>
void fields(V& visit, T& device)
{
    visit("id", device.id, "The device.");
    visit("key", device.key, "Its own id, as it names itself when it posts.");
    visit("type", device.type, "The number of its type; 0 where none is known.");
    visit("typeName", device.typeName, "The name of its type, in English; empty where none is known.", computed());
    visit("use", device.use, "What it is used for: stove, bed, front-door, …");
    visit("description", device.description, "What people call it.");
    visit("tokenless", device.tokenless, "Whether it posts without a token.");
    visit.flat(device.place);
    visit.flat(device.life);
    visit("streams", device.streams, "What it measures.");
}

// Values that a script worked out, kept like what is measured.
struct FactStream
{
    Stream stream;   // its name as scripts write it
    DeviceId device; // none: about the home
    ScriptId script;
    QString scriptName;
};
template <typename V, Of<FactStream> T>
void fields(V& visit, T& facts)
{
    visit.flat(facts.stream);
    visit("device", facts.device, "The device that they are about, or null for the home.", orNone());
    visit("script", facts.script, "The script that made the newest, or null.", orNone());
    visit("scriptName", facts.scriptName, "That script's name; empty where there is none.");
}

// What a device measured here that is no longer here: it moved, or is out of use.
struct LeftStream
{
    Stream stream;
    DeviceId device;
    QString deviceKey;
    int deviceType = 0;
    QString deviceDescription;

    // As Device::label.
    QString label() const { return deviceDescription.isEmpty() ? deviceKey : deviceDescription; }
};
template <typename V, Of<LeftStream> T>
void fields(V& visit, T& left)
{
    visit.flat(left.stream);
    visit("device", left.device, "The device that measured it.");
    visit("deviceKey", left.deviceKey, "That device's own id.");
    visit("deviceType", left.deviceType, "The number of its type; 0 where none is known.");
    visit("deviceDescription", left.deviceDescription, "What people call it.");
}

// A location with all that it has: location.get.
struct Home
{
    Location location;
    QList<Device> devices; // by id, without retired ones
    QList<Participant> participants;
    QList<FactStream> facts; // by name
    QList<LeftStream> left;  // by device and name; at most a thousand
};
template <typename V, Of<Home> T>
void fields(V& visit, T& home)
{
    visit("location", home.location, "The home.");
    visit("devices", home.devices, "Its devices, without retired ones.");
    visit("participants", home.participants, "The people who have a role there.");
    visit("facts", home.facts, "What scripts worked out about it and its devices.");
    visit("left", home.left, "What devices measured in it that have moved or are out of use.");
}

// A secret just made: told once. Null in a repeated answer.
struct DeviceSecret
{
    std::optional<QString> token;
    QString curl;
};
template <typename V, Of<DeviceSecret> T>
void fields(V& visit, T& secretOfDevice)
{
    visit("token", secretOfDevice.token, "The device's token, shown this once; null where it needs none.", secret());
    visit("curl", secretOfDevice.curl, "A command line that posts a measurement with it; empty without a token.",
          secret());
}

struct RegisteredDevice
{
    Device device;
    DeviceSecret secret;
};
template <typename V, Of<RegisteredDevice> T>
void fields(V& visit, T& registered)
{
    visit.flat(registered.device);
    visit.flat(registered.secret);
}

// How a parameter's samples come: in an interval, or when something changed.
enum class ReportKind : std::uint8_t { Periodic, OnChange };
constexpr auto enumNames(ReportKind)
{
    return std::array{"periodic", "on-change"};
}

struct TypeParameterInfo
{
    QString name;
    QString unit;
    ReportKind kind = ReportKind::Periodic;
    int intervalMs = 0; // 0: none expected
    bool command = false;
    ValueKind values = ValueKind::Number;
    std::optional<double> least;
    std::optional<double> most;
    QStringList choices;
    bool mayHarm = false;
};
template <typename V, Of<TypeParameterInfo> T>
void fields(V& visit, T& parameter)
{
    visit("name", parameter.name, "The parameter.");
    visit("unit", parameter.unit, "Its unit; empty where there is none.");
    visit("kind", parameter.kind, "Whether its samples come in an interval or when something changed.");
    visit("intervalMs", parameter.intervalMs, "The milliseconds expected between two samples; 0 where none are.");
    visit("command", parameter.command, "Whether a command can set it.");
    visit("values", parameter.values, "What its values are: numbers, on or off (1 and 0), one of choices, or texts.");
    visit("least", parameter.least, "The least that a command may set, or null.");
    visit("most", parameter.most, "The most that a command may set, or null.");
    visit("choices", parameter.choices, "What a command may choose from; empty where it is no choice.");
    visit("mayHarm", parameter.mayHarm, "Whether setting it may do harm, so that people are asked once more.");
}

struct DeviceTypeInfo
{
    int number = 0;
    QString name; // English
    QList<TypeParameterInfo> parameters;
};
template <typename V, Of<DeviceTypeInfo> T>
void fields(V& visit, T& type)
{
    visit("number", type.number, "The type's number.");
    visit("name", type.name, "Its name, in English.");
    visit("parameters", type.parameters, "What devices of this type measure and can be told.");
}

} // namespace cohort::model
