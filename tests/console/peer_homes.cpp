// The stand-in's deployments, homes, people, devices, commands, timeline and series, as the structs of shared/model.

#include "shared/protocol/operations/device.h"
#include "shared/protocol/operations/measurement.h"
#include "shared/protocol/operations/participant.h"
#include "shared/protocol/operations/place.h"
#include "tests/console/answers.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace cohort::console {

using namespace Qt::StringLiterals;
using namespace cohort::model;

namespace {

constexpr double Day = 86'400'000;
const LocationId Home1{1};
const QString HomeName = u"Lindenweg 4"_s;
constexpr const char* HomeNames[] = {"Lindenweg 4",  "Am Anger 12",  "Schillerstraße 7", "Bahnhofstraße 31",
                                     "Marktplatz 2", "Gartenweg 15", "Home A (replay)"};

Timestamp ago(qint64 seconds)
{
    return fromMs(QDateTime::currentMSecsSinceEpoch() - seconds * 1000);
}

// A list's answer, whole.
template <typename T>
Page<T> whole(const QList<T>& items)
{
    return {items, false};
}

QList<Deployment> deployments()
{
    return {{.id = DeploymentId{1},
             .name = u"Safe at home 2026"_s,
             .timeZone = u"Europe/Berlin"_s,
             .language = Language::German,
             .allowTokenlessDevices = false,
             .serverTtlS = 3600,
             .budgets = {10, 30, 120},
             .figures = {7, 21, 42, 41, 3}},
            {.id = DeploymentId{2},
             .name = u"Student dormitory"_s,
             .timeZone = u"Europe/Lisbon"_s,
             .language = Language::English,
             .allowTokenlessDevices = true,
             .serverTtlS = 3600,
             .budgets = {10, 30, 120},
             .figures = {3, 12, 30, 30, 0}}};
}

QList<Room> rooms()
{
    return {{RoomId{1}, u"kitchen"_s, u"Kitchen"_s},
            {RoomId{2}, u"bathroom"_s, u"Bathroom"_s},
            {RoomId{3}, u"bedroom"_s, u"Bedroom"_s},
            {RoomId{4}, u"living"_s, u"Living room"_s},
            {RoomId{5}, u"hall"_s, u"Hall"_s}};
}

QList<Location> locations()
{
    QList<Location> all;
    for (const char* name : HomeNames) {
        const qint64 id = all.size() + 1;
        all.append({.id = LocationId{id},
                    .deployment = DeploymentId{1},
                    .name = QString::fromUtf8(name),
                    .timeZone = u"Europe/Berlin"_s,
                    .clock = id == 7 ? LocationClock::Events : LocationClock::Real,
                    .rooms = rooms(),
                    .figures = {6, id == 1 ? 5 : 6, id == 1 ? 4 : 6,
                                id == 1   ? 2
                                : id == 4 ? 1
                                          : 0,
                                3, ago(20)}});
    }
    return all;
}

Participant participant(qint64 id, const QString& name, HomeRole role, ParticipantStatus status)
{
    return {.id = ParticipantId{id},
            .deployment = DeploymentId{1},
            .code = u"P-01%1"_s.arg(id - 14, 2, 10, QLatin1Char('0')),
            .status = status,
            .language = Language::German,
            .roles = {{Home1, HomeName, role, 1, {}}},
            .openQuestions = id == 21 ? 1 : 0,
            .lastMessage = ago(3000),
            .personal = PersonalData{name, name.section(u' ', 0, 0).toLower() + u"@example.org"_s, {}}};
}

QList<Participant> participants()
{
    return {participant(21, u"Martha Seidel"_s, HomeRole::Resident, ParticipantStatus::Active),
            participant(22, u"Jonas Seidel"_s, HomeRole::Caregiver, ParticipantStatus::Active),
            participant(23, u"Irene Vogt"_s, HomeRole::Caregiver, ParticipantStatus::Invited)};
}

EnrolmentCode enrolmentCode()
{
    return {u"K7MQ4-XW2PD"_s, u"https://cohort.example.org/inbox/#K7MQ4-XW2PD"_s, ago(-7 * 86'400)};
}

Stream stream(qint64 id, const QString& name, const QString& unit, double value)
{
    return {
        .id = StreamId{id}, .name = name, .index = {}, .unit = unit, .latest = Sample{Value::ofNumber(value), ago(20)}};
}

struct Traits
{
    qint64 id;
    QString key;
    int type;
    QString typeName;
    QString use;
    int room; // of rooms()
    QString description;
    QList<Stream> streams;
};

Device device(const Traits& traits)
{
    const bool silent = traits.id >= 15;
    return {.id = DeviceId{traits.id},
            .key = traits.key,
            .type = traits.type,
            .typeName = traits.typeName,
            .use = traits.use,
            .description = traits.description,
            .tokenless = false,
            .place = {DeploymentId{1}, Home1, HomeName, rooms().at(traits.room), DeviceId{10}, u"gw-lindenweg"_s},
            .life = {traits.id != 16, ago(86'400), silent ? Reporting::Silent : Reporting::Reporting,
                     silent ? ago(9000) : ago(20), ago(900'000), false},
            .streams = traits.streams};
}

QList<Device> devices()
{
    const QList<Traits> all{
        {11,
         u"stove-plug"_s,
         31,
         u"Smart plug"_s,
         u"stove"_s,
         0,
         u"Stove plug"_s,
         {stream(1, u"power"_s, u"W"_s, 1214.5), stream(2, u"outletStatus"_s, {}, 1)}},
        {12,
         u"kitchen-motion"_s,
         12,
         u"Motion sensor"_s,
         u"motion"_s,
         0,
         u"Kitchen motion"_s,
         {stream(3, u"motion"_s, {}, 0)}},
        {13,
         u"climate-living"_s,
         21,
         u"Climate sensor"_s,
         u"climate"_s,
         3,
         u"Climate, living room"_s,
         {stream(4, u"temperature"_s, u"°C"_s, 21.4), stream(5, u"humidity"_s, u"%"_s, 47)}},
        {14, u"bed-mat"_s, 14, u"Pressure mat"_s, u"bed"_s, 2, u"Bed mat"_s, {stream(6, u"pressure"_s, {}, 1)}},
        {15,
         u"bath-motion"_s,
         0, // of a type that nobody knows
         u"Motion sensor"_s,
         u"motion"_s,
         1,
         u"Bathroom motion"_s,
         {stream(7, u"motion"_s, {}, 0)}},
        {16,
         u"front-door"_s,
         13,
         u"Contact"_s,
         u"front door"_s,
         4,
         u"Front door contact"_s,
         {stream(8, u"open"_s, {}, 0)}}};
    QList<Device> made;
    for (const Traits& traits : all)
        made.append(device(traits));
    return made;
}

TypeParameterInfo measured(const QString& name, const QString& unit = {}, int intervalMs = 0)
{
    TypeParameterInfo parameter;
    parameter.name = name;
    parameter.unit = unit;
    parameter.kind = intervalMs > 0 ? ReportKind::Periodic : ReportKind::OnChange;
    parameter.intervalMs = intervalMs;
    return parameter;
}

TypeParameterInfo switched(const QString& name, bool mayHarm)
{
    TypeParameterInfo parameter = measured(name);
    parameter.command = true;
    parameter.values = ValueKind::OnOff;
    parameter.mayHarm = mayHarm;
    return parameter;
}

TypeParameterInfo dimmed(const QString& name)
{
    TypeParameterInfo parameter = measured(name, u"%"_s);
    parameter.command = true;
    parameter.least = 0;
    parameter.most = 100;
    return parameter;
}

QList<DeviceTypeInfo> types()
{
    constexpr int Minute = 60'000;
    return {{31, u"Smart plug"_s, {measured(u"power"_s, u"W"_s, Minute), switched(u"outletStatus"_s, true)}},
            {32, u"Lamp"_s, {switched(u"lightStatus"_s, false), dimmed(u"brightness"_s)}},
            {12, u"Motion sensor"_s, {measured(u"motion"_s)}},
            {21,
             u"Climate sensor"_s,
             {measured(u"temperature"_s, u"°C"_s, Minute), measured(u"humidity"_s, u"%"_s, Minute)}},
            {14, u"Pressure mat"_s, {measured(u"pressure"_s)}},
            {13, u"Contact"_s, {measured(u"open"_s)}}};
}

Command command(qint64 id, const QString& parameter, double value, CommandState state, qint64 seconds)
{
    const bool ended = state != CommandState::Sent;
    const bool sent = state != CommandState::Expired;
    Command command;
    command.id = CommandId{id};
    command.device = DeviceId{11};
    command.deviceKey = u"stove-plug"_s;
    command.location = Home1;
    command.parameters = {{parameter, {}, value}};
    command.requestedBy = u"operator:1"_s;
    command.life.state = state;
    command.life.createdAt = ago(seconds);
    command.life.expiresAt = ago(seconds - 60);
    command.life.sentAt = sent ? std::optional(ago(seconds)) : std::nullopt;
    command.life.receivedAt = command.life.sentAt;
    command.life.finishedAt = ended ? std::optional(ago(seconds)) : std::nullopt;
    command.life.result = state == CommandState::Failed ? std::optional(6) : std::nullopt;
    return command;
}

QList<Command> commands()
{
    return {command(6, u"outletStatus"_s, 1, CommandState::Executed, 60),
            command(5, u"outletStatus"_s, 0, CommandState::Expired, 300),
            command(4, u"interval"_s, 30, CommandState::Failed, 5000)};
}

QList<TimelineEntry> timeline()
{
    return {
        {ago(20), TimelineKind::Measurement, u"Stove plug: power 1 214.5 W"_s, u"stream:1"_s},
        {ago(300), TimelineKind::Command, u"outletStatus = 0 to Stove plug: expired"_s, u"command:5"_s},
        {ago(412), TimelineKind::Alert, u"The stove is on and nobody is in the kitchen."_s, u"alert:3"_s},
        {ago(1012), TimelineKind::Fact, u"kitchen_empty = 1"_s, u"fact:1"_s},
        {ago(3000), TimelineKind::Message, u"Question to P-0107: How many glasses of water did you drink yesterday?"_s,
         u"message:4"_s},
        {ago(18'000), TimelineKind::AlertAnswer, u"P-0108 takes care of it"_s, u"alert:2"_s},
        {ago(21'000), TimelineKind::Alert, u"Seven bathroom visits last night; usual are two to four."_s, u"alert:2"_s},
        {ago(22'000), TimelineKind::Fact, u"night_visits = 7"_s, u"fact:2"_s},
        {ago(43'000), TimelineKind::Event, u"Front door contact disconnected"_s, u"device:16"_s},
        {ago(90'000), TimelineKind::Script, u"Stove left on: version 3 is live"_s, u"script:1"_s},
    };
}

double powerAt(double ms)
{
    const double hour = std::fmod(ms / 3'600'000, 24);
    const bool cooking = (hour > 6.5 && hour < 7.1) || (hour > 11.2 && hour < 12.3) || std::fmod(hour, 3) < 0.4;
    return cooking ? 1180 + 240 * std::sin(ms / 90'000) : 2 + std::sin(ms / 70'000);
}

double valueAt(qint64 stream, double ms)
{
    switch (stream) {
    case 1:
        return powerAt(ms);
    case 4:
        return 20.5 + 1.5 * std::sin(ms / Day * 6.28) + 0.15 * std::sin(ms / 400'000);
    case 5:
        return 46 + 8 * std::cos(ms / Day * 6.28);
    default:
        return std::fmod(ms / (60'000.0 * (7 + 3 * static_cast<double>(stream))), 1.0) < 0.35 ? 1 : 0;
    }
}

void appendTo(Series& series, double time, double value)
{
    series.times.append(static_cast<qint64>(time));
    if (series.raw) {
        series.values.append(Value::ofNumber(value));
        return;
    }
    const double spread = series.stream.value == 1 ? 40 + value * 0.08 : 0.3;
    series.mean.append(value);
    series.min.append(Value::ofNumber(std::max(0.0, value - spread)));
    series.max.append(Value::ofNumber(value + spread));
    series.count.append(60);
}

Series seriesOf(const protocol::MeasurementQuery& wanted)
{
    const qint64 id = wanted.stream.value;
    const auto from = static_cast<double>(toMs(wanted.from));
    const auto to = static_cast<double>(std::min<qint64>(toMs(wanted.to), QDateTime::currentMSecsSinceEpoch()));
    const int points = wanted.points.value_or(1000);
    Series series;
    series.stream = wanted.stream;
    series.raw = id != 1 && id != 4 && id != 5;
    series.before = SeriesSample{static_cast<qint64>(from) - 60'000, Value::ofNumber(valueAt(id, from - 60'000))};
    double last = -1;
    for (int i = 0; i < points; ++i) {
        const double time = from + (to - from) * i / points;
        if (!series.raw && i > points * 3 / 5 && i < points * 13 / 20)
            continue; // an outage, so that the gap can be seen
        const double value = valueAt(id, time);
        if (!series.raw || value != last)
            appendTo(series, time, value);
        last = value;
    }
    return series;
}

void fillDevices(Peer& peer)
{
    answer<protocol::DeviceTypes>(peer, [](const auto&) { return whole(types()); });
    answer<protocol::DeviceList>(peer, [](const auto&) { return whole(devices()); });
    answer<protocol::DeviceRegister>(peer, [](const auto&) {
        return RegisteredDevice{devices().last(), {u"cdt_9fTq2"_s, u"curl -d '{…}' https://cohort.example.org"_s}};
    });
    answer<protocol::DeviceNewToken>(peer, [](const auto&) {
        return DeviceSecret{u"cdt_7aKe1"_s, u"curl -d '{…}' https://cohort.example.org"_s};
    });
    answer<protocol::DeviceCommand>(
        peer, [](const auto&) { return command(7, u"outletStatus"_s, 0, CommandState::Sent, 0); });
    answer<protocol::CommandCancel>(peer, [](const auto& wanted) {
        return command(wanted.id.value, u"outletStatus"_s, 0, CommandState::Cancelled, 0);
    });
    answer<protocol::CommandList>(peer, [](const auto&) { return whole(commands()); });
}

// The one of this id, or else the first.
template <typename T, typename Id>
T ofId(const QList<T>& all, Id id)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.id == id; });
    return found == all.end() ? all.first() : *found;
}

} // namespace

void fillDeployments(Peer& peer)
{
    answer<protocol::DeploymentList>(peer, [](const auto&) { return whole(deployments()); });
}

void fillHomes(Peer& peer)
{
    fillDeployments(peer);
    fillDevices(peer);
    answer<protocol::DeploymentCreate>(peer, [](const auto&) { return deployments().first(); });
    answer<protocol::LocationList>(peer, [](const protocol::LocationList& wanted) {
        return whole(wanted.deployment == DeploymentId{1} ? locations() : QList<Location>());
    });
    answer<protocol::LocationGet>(peer, [](const protocol::LocationGet& wanted) {
        const qint64 known = std::clamp<qint64>(wanted.id.value, 1, locations().size());
        return Home{locations().at(known - 1), devices(), participants(), {}, {}};
    });
    answer<protocol::LocationCreate>(peer, [](const protocol::LocationCreate& wanted) {
        Location home = locations().first();
        home.id = LocationId{77};
        home.name = wanted.name;
        return home;
    });
    answer<protocol::ParticipantList>(peer, [](const auto&) { return whole(participants()); });
    answer<protocol::ParticipantGet>(peer, [](const auto& wanted) { return ofId(participants(), wanted.id); });
    answer<protocol::DeviceGet>(peer, [](const auto& wanted) { return ofId(devices(), wanted.id); });
    answer<protocol::ParticipantCreate>(peer, [](const auto&) {
        return EnrolledParticipant{participants().last(), enrolmentCode()};
    });
    answer<protocol::ParticipantEnrolmentCode>(peer, [](const auto&) { return enrolmentCode(); });
    answer<protocol::TimelineQuery>(peer, [](const auto&) { return whole(timeline()); });
    answer<protocol::MeasurementQuery>(peer, seriesOf);
    answer<protocol::MeasurementExport>(peer, [](const auto&) {
        return ExportedFile{u"stream-1.csv"_s, u"time,device_id,parameter,index,value,unit\n"
                                               "2026-01-31T12:00:00.000Z,stove-plug,power,0,1214.5,W\n"_s};
    });
}

} // namespace cohort::console
