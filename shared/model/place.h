// Deployments, homes and rooms. Thread: values. Owner: whoever holds them.
// Flow: deployment, location, room ⇄ repositories ⇄ wire ⇄ console. Source: study.md; architecture.md,
// "Vocabulary".
#pragma once

#include "shared/base/ids.h"
#include "shared/base/time.h"
#include "shared/model/fields.h"

#include <QList>

namespace cohort::model {

enum class Language : std::uint8_t { English, German };
constexpr auto enumNames(Language)
{
    return std::array{"en", "de"};
}

// What a location's time is: the present, or its newest measurement's.
enum class LocationClock : std::uint8_t { Real, Events };
constexpr auto enumNames(LocationClock)
{
    return std::array{"real", "events"};
}

struct Room
{
    RoomId id;
    QString kind; // of model::roomKinds()
    QString name;
};
template <typename V, Of<Room> T>
void fields(V& visit, T& room)
{
    visit("id", room.id, "The room.");
    visit("kind", room.kind, "What it is: kitchen, bedroom, bathroom, …");
    visit("name", room.name, "What people call it.");
}

struct DeploymentFigures
{
    int locations = 0;
    int participants = 0;
    int devices = 0; // not retired
    int devicesConnected = 0;
    int openAlerts = 0;
};
template <typename V, Of<DeploymentFigures> T>
void fields(V& visit, T& figures)
{
    visit("locations", figures.locations, "How many homes it has.");
    visit("participants", figures.participants, "How many people take part.");
    visit("devices", figures.devices, "How many devices it has, without retired ones.");
    visit("devicesConnected", figures.devicesConnected, "How many of them are connected.");
    visit("openAlerts", figures.openAlerts, "Alerts that are open or acknowledged.");
}

// What one script may send in one home within an hour, by the home's clock.
struct EffectBudgets
{
    int messagesPerHour = 0; // to one person, questions too
    int alertsPerHour = 0;
    int commandsPerHour = 0;
};
template <typename V, Of<EffectBudgets> T>
void fields(V& visit, T& budgets)
{
    visit("messagesPerHour", budgets.messagesPerHour,
          "Messages and questions that a script may send to one person in an hour; more are held back.");
    visit("alertsPerHour", budgets.alertsPerHour, "Alerts that a script may raise in a home in an hour.");
    visit("commandsPerHour", budgets.commandsPerHour, "Commands that a script may send in a home in an hour.");
}

struct Deployment
{
    DeploymentId id;
    QString name;
    QString timeZone; // IANA
    Language language = Language::English;
    bool allowTokenlessDevices = false;
    int serverTtlS = 0;
    EffectBudgets budgets;
    DeploymentFigures figures;
};
template <typename V, Of<Deployment> T>
void fields(V& visit, T& deployment)
{
    visit("id", deployment.id, "The deployment.");
    visit("name", deployment.name, "Its name.");
    visit("timeZone", deployment.timeZone, "Its IANA time zone, which new homes get.");
    visit("language", deployment.language, "The language of its texts where a person has chosen none.");
    visit("allowTokenlessDevices", deployment.allowTokenlessDevices, "Whether devices may post without a token.");
    visit("serverTtlS", deployment.serverTtlS, "After how many seconds a device asks again for its server.");
    visit.flat(deployment.budgets);
    visit.flat(deployment.figures);
}

struct LocationFigures
{
    int devices = 0; // not retired
    int devicesConnected = 0;
    int devicesReporting = 0;
    int openAlerts = 0;
    int participants = 0;
    std::optional<Timestamp> lastMeasurement;
};
template <typename V, Of<LocationFigures> T>
void fields(V& visit, T& figures)
{
    visit("devices", figures.devices, "How many devices it has, without retired ones.");
    visit("devicesConnected", figures.devicesConnected, "How many of them are connected.");
    visit("devicesReporting", figures.devicesReporting, "How many of them report.");
    visit("openAlerts", figures.openAlerts, "Alerts that are open or acknowledged.");
    visit("participants", figures.participants, "How many people have a role here.");
    visit("lastMeasurement", figures.lastMeasurement, "The time of the newest measurement, or null.");
}

struct Location
{
    LocationId id;
    DeploymentId deployment;
    QString name;
    QString timeZone; // IANA
    LocationClock clock = LocationClock::Real;
    QList<Room> rooms; // by id
    LocationFigures figures;
};
template <typename V, Of<Location> T>
void fields(V& visit, T& location)
{
    visit("id", location.id, "The home.");
    visit("deployment", location.deployment, "The deployment that it belongs to.");
    visit("name", location.name, "Its name.");
    visit("timeZone", location.timeZone, "Its IANA time zone.");
    visit("clock", location.clock, "Whose time scripts live in: the present, or that of its newest measurement.");
    visit("rooms", location.rooms, "Its rooms.");
    visit.flat(location.figures);
}

} // namespace cohort::model
