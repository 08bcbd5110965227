#include "shared/protocol/notification.h"
#include "shared/protocol/operation.h"
#include "shared/protocol/operations/alert.h"
#include "shared/protocol/operations/device.h"
#include "shared/protocol/operations/measurement.h"
#include "shared/protocol/operations/message.h"
#include "shared/protocol/operations/participant.h"
#include "shared/protocol/operations/place.h"
#include "shared/protocol/operations/script.h"
#include "shared/protocol/operations/server.h"
#include "shared/protocol/operations/session.h"

#include <algorithm>
#include <set>

namespace cohort::protocol {

namespace {

constexpr bool Reads = false, Changes = true;
using Table = std::vector<Operation>;

template <typename T>
Result<void> checkAs(const QJsonObject& object)
{
    auto read = model::fromJson<T>(object, model::Form::Parameters);
    return read ? Result<void>() : Result<void>(fail(read.error()));
}

template <typename T>
Result<void> checkAnswerAs(const QJsonObject& object)
{
    auto read = model::fromJson<T>(object, model::Form::Answer);
    return read ? Result<void>() : Result<void>(fail(read.error()));
}

using Errors = std::set<ErrorCode>;

// What an id that is not there, or is another deployment's, is answered.
void addErrorsOfIds(const std::vector<model::Field>& fields, Errors& errors)
{
    for (const auto& field : fields) {
        if (field.noun == Noun::Location)
            errors.insert(ErrorCode::WrongLocation);
        else if (field.noun == Noun::Device)
            errors.insert(ErrorCode::NoSuchDevice);
        else if (field.noun != Noun::None)
            errors.insert(ErrorCode::NotFound);
        addErrorsOfIds(field.of, errors);
    }
}

std::vector<ErrorCode> errorsOf(Access access, Roles roles, const std::vector<model::Field>& parameters, Errors errors)
{
    errors.insert(ErrorCode::WrongValue); // a parameter that is not known, at least
    if (access != Access::Public)
        errors.insert(ErrorCode::NotSignedIn);
    if (roles != 0 && roles != Everybody)
        errors.insert(ErrorCode::AccessDenied);
    if (std::any_of(parameters.begin(), parameters.end(), [](const auto& field) { return !field.isOptional; }))
        errors.insert(ErrorCode::MissingValue);
    addErrorsOfIds(parameters, errors);
    return {errors.begin(), errors.end()};
}

// `more`: the errors that follow neither from the access nor from the parameters.
template <typename Wanted>
Operation row(Access access, Roles roles, bool changes, const char* prose, const char* topics = "",
              const Errors& more = {})
{
    auto parameters = model::describe<Wanted>();
    return {.name = Wanted::Name,
            .prose = prose,
            .access = access,
            .roles = roles,
            .changes = changes,
            .topics = topics,
            .errors = errorsOf(access, roles, parameters, more),
            .parameters = parameters,
            .result = model::describe<typename Wanted::Answer>(),
            .check = &checkAs<Wanted>,
            .checkResult = &checkAnswerAs<typename Wanted::Answer>};
}

template <typename Item>
Topic topic(Access access, Roles roles, Noun filter, const char* prose)
{
    return {.name = Item::Topic,
            .prose = prose,
            .access = access,
            .roles = roles,
            .filter = filter,
            .item = model::describe<Item>()};
}

Table sessionRows()
{
    return {
        row<SessionSignIn>(Access::Public, 0, Reads, "Signs an operator in.", "", {ErrorCode::WrongCredentials}),
        row<SessionFirstAdmin>(Access::Public, 0, Reads,
                               "Makes the first admin, with the one-time code that the server logged.", "",
                               {ErrorCode::WrongCredentials}),
        row<SessionResume>(Access::Public, 0, Reads, "Goes on with a session.", "", {ErrorCode::NotSignedIn}),
        row<SessionSignOut>(Access::SignedIn, 0, Changes, "Ends the session."),
        row<SessionChangePassword>(Access::SignedIn, 0, Reads, "Changes the own password and ends the other sessions.",
                                   "", {ErrorCode::WrongCredentials}),
        row<ServerInfoGet>(Access::Public, 0, Reads, "Tells what server this is."),
        row<Subscribe>(Access::SignedIn, 0, Reads, "Begins to send notifications of a topic over this WebSocket."),
        row<Unsubscribe>(Access::SignedIn, 0, Reads, "Ends a subscription."),
    };
}

Table placeRows()
{
    return {
        row<DeploymentList>(Access::ByRole, Everybody, Reads, "Lists the deployments in which the caller has a role."),
        row<DeploymentCreate>(Access::Everywhere, AdminOnly, Changes, "Makes a deployment.", "configuration"),
        row<DeploymentUpdate>(Access::ByRole, AdminOnly, Changes, "Changes a deployment.", "configuration"),
        row<LocationList>(Access::ByRole, Everybody, Reads, "Lists the homes of a deployment, by their ids."),
        row<LocationGet>(Access::ByRole, Everybody, Reads, "Tells of one home with its devices and people."),
        row<LocationCreate>(Access::ByRole, AdminCoordinator, Changes, "Makes a home with its rooms.", "configuration"),
        row<LocationUpdate>(Access::ByRole, AdminCoordinator, Changes, "Changes a home.", "configuration"),
        row<LocationRetire>(Access::ByRole, AdminCoordinator, Changes,
                            "Takes a home out of use, when nobody and no device is in it any more.", "configuration",
                            {ErrorCode::Conflict}),
        row<RoomCreate>(Access::ByRole, AdminCoordinator, Changes, "Makes a room.", "configuration"),
        row<RoomUpdate>(Access::ByRole, AdminCoordinator, Changes, "Changes a room.", "configuration"),
        row<RoomRemove>(Access::ByRole, AdminCoordinator, Changes,
                        "Removes a room; devices that stand in it stay in the home.", "configuration"),
    };
}

Table participantRows()
{
    return {
        row<ParticipantList>(Access::ByRole, Everybody, Reads, "Lists the people of a deployment, by their ids."),
        row<ParticipantGet>(Access::ByRole, Everybody, Reads, "Tells of one person."),
        row<ParticipantCreate>(Access::ByRole, AdminCoordinator, Changes,
                               "Enrols a person; the code that opens the participants' page is told this once.",
                               "configuration"),
        row<ParticipantEnrolmentCode>(Access::ByRole, AdminCoordinator, Changes,
                                      "Makes a new code for a person; older ones end.", "", {ErrorCode::Conflict}),
        row<ParticipantUpdate>(
            Access::ByRole, AdminCoordinator, Changes,
            "Changes what is known of a person and the roles in homes, or lets the participation rest.",
            "configuration", {ErrorCode::AccessDenied, ErrorCode::Conflict}),
        row<ParticipantEnd>(Access::ByRole, AdminCoordinator, Changes,
                            "Ends a participation: roles, page, codes and open questions end; what was stored stays.",
                            "configuration messages", {ErrorCode::Conflict}),
    };
}

Table deviceRows()
{
    return {
        row<DeviceTypes>(Access::SignedIn, 0, Reads, "Lists the types of devices."),
        row<DeviceList>(Access::ByRole, Everybody, Reads,
                        "Lists devices with the newest value of each stream, by their ids."),
        row<DeviceGet>(Access::ByRole, Everybody, Reads, "Tells of one device."),
        row<DeviceRegister>(Access::ByRole, AdminCoordinator, Changes,
                            "Registers a device; its token is told this once.", "configuration",
                            {ErrorCode::AlreadyExists, ErrorCode::NoSuchGateway}),
        row<DeviceUpdate>(Access::ByRole, AdminCoordinator, Changes,
                          "Changes what a device is used for, where it stands and what it is called.", "configuration"),
        row<DeviceNewToken>(Access::ByRole, AdminCoordinator, Changes, "Makes a new token; older ones end after a day.",
                            "configuration", {ErrorCode::Conflict}),
        row<DeviceRevokeTokens>(Access::ByRole, AdminCoordinator, Changes,
                                "Ends all tokens of a device within two seconds.", "configuration"),
        row<DeviceRetire>(Access::ByRole, AdminCoordinator, Changes, "Takes a device out of use.", "configuration"),
        row<DeviceCommand>(Access::ByRole, AdminCoordinator, Changes, "Sends a command to a device.",
                           "commands timeline", {ErrorCode::TooManyCommands}),
        row<CommandList>(Access::ByRole, Everybody, Reads, "Lists the commands of a home, newest first."),
        row<CommandGet>(Access::ByRole, Everybody, Reads, "Tells of one command."),
        row<CommandCancel>(Access::ByRole, AdminCoordinator, Changes,
                           "Takes a command back that has not ended; what went out may still be done.",
                           "commands timeline", {ErrorCode::Conflict}),
    };
}

Table dataRows()
{
    return {
        row<MeasurementQuery>(Access::ByRole, Everybody, Reads,
                              "Gives a stream's samples, or where they are too many the figures of buckets."),
        row<MeasurementExport>(Access::ByRole, Everybody, Reads, "Gives a stream's samples as CSV."),
        row<MeasurementImport>(Access::ByRole, AdminCoordinator, Changes,
                               "Stores history from CSV and reports every line that it refused.", "measurements",
                               {ErrorCode::CannotParse}),
        row<StreamUpdate>(Access::ByRole, AdminCoordinator, Changes,
                          "Says whether a stream's values are numbers or texts, where no device type says so.",
                          "configuration"),
        row<FactQuery>(Access::ByRole, Everybody, Reads, "Lists facts, newest first."),
        row<TimelineQuery>(Access::ByRole, Everybody, Reads, "Lists all that happened in a home, newest first."),
    };
}

Table scriptRows()
{
    return {
        row<LibraryList>(Access::ByRole, Everybody, Reads,
                         "Lists the scripts that ship, and which homes have what each needs."),
        row<LibraryInstall>(Access::ByRole, Everybody, Changes, "Makes a script from one of the library.",
                            "scripts configuration"),
        row<ScriptCreate>(Access::ByRole, Everybody, Changes, "Makes a script.", "scripts"),
        row<ScriptList>(Access::ByRole, Everybody, Reads, "Lists the scripts of a deployment."),
        row<ScriptGet>(Access::ByRole, Everybody, Reads,
                       "Tells of one script with its newest version and where it runs."),
        row<ScriptVersions>(Access::ByRole, Everybody, Reads, "Lists a script's versions, newest first."),
        row<ScriptVersionGet>(Access::ByRole, Everybody, Reads, "Tells of one version with its text."),
        row<ScriptCheck>(Access::ByRole, Everybody, Reads, "Checks a script without saving it."),
        row<ScriptSaveVersion>(Access::ByRole, Everybody, Changes, "Saves a version, also one that the check refuses.",
                               "scripts", {ErrorCode::Conflict}),
        row<ScriptDeploy>(Access::ByRole, Everybody, Changes, "Sets a version to run.", "scripts configuration",
                          {ErrorCode::ScriptRefused}),
        row<ScriptPause>(Access::ByRole, Everybody, Changes, "Stops a script.", "scripts configuration"),
        row<ScriptResume>(Access::ByRole, AdminCoordinator, Changes, "Lets a script go on.", "scripts configuration"),
        row<ScriptRollback>(Access::ByRole, AdminCoordinator, Changes,
                            "Puts another version where the script runs live.", "scripts configuration",
                            {ErrorCode::ScriptRefused, ErrorCode::Conflict}),
        row<ScriptUndeploy>(Access::ByRole, Everybody, Changes,
                            "Takes a script off homes: its state and timers go, its open alerts and questions end.",
                            "scripts configuration alerts messages", {ErrorCode::AccessDenied, ErrorCode::Conflict}),
        row<ScriptRetire>(Access::ByRole, Everybody, Changes,
                          "Takes a script off all homes and out of use; its versions and runs stay stored.",
                          "scripts configuration alerts messages", {ErrorCode::AccessDenied}),
        row<ScriptDiff>(Access::ByRole, Everybody, Reads, "Compares two versions line by line."),
        row<ScriptSetParameters>(Access::ByRole, AdminCoordinator, Changes, "Sets the values of a script's parameters.",
                                 "scripts configuration"),
        row<ScriptRuns>(Access::ByRole, Everybody, Reads, "Lists what a script did, newest first."),
    };
}

Table alertRows()
{
    return {
        row<AlertList>(Access::ByRole, Everybody, Reads, "Lists alerts, newest first."),
        row<AlertGet>(Access::ByRole, Everybody, Reads, "Tells of one alert."),
        row<AlertAcknowledge>(Access::ByRole, AdminCoordinator, Changes, "Says that somebody takes care of it.",
                              "alerts timeline", {ErrorCode::Conflict}),
        row<AlertResolve>(Access::ByRole, AdminCoordinator, Changes, "Ends an alert: it is no longer so.",
                          "alerts timeline", {ErrorCode::Conflict}),
        row<AlertDismiss>(Access::ByRole, AdminCoordinator, Changes, "Ends an alert: it was nothing.",
                          "alerts timeline", {ErrorCode::Conflict}),
        row<AlertComment>(Access::ByRole, AdminCoordinator, Changes, "Notes something on an alert.", "alerts"),
        row<AlertAct>(Access::ByRole, AdminCoordinator, Changes, "Takes one of the actions that an alert offers.",
                      "alerts commands timeline", {ErrorCode::Conflict, ErrorCode::TooManyCommands}),
    };
}

Table messageRows()
{
    return {
        row<MessageList>(Access::ByRole, AdminCoordinator, Reads,
                         "Lists the messages exchanged with a person, oldest first."),
        row<MessageConversations>(Access::ByRole, AdminCoordinator, Reads,
                                  "Lists people with the last words exchanged."),
        row<MessageRead>(Access::ByRole, AdminCoordinator, Changes, "Marks what a person wrote as read.", "messages"),
        row<MessageSend>(Access::ByRole, AdminCoordinator, Changes, "Writes to a person.", "messages"),
        row<QuestionAsk>(Access::ByRole, AdminCoordinator, Changes, "Asks a person.", "messages"),
        row<QuestionAnswers>(Access::ByRole, AdminCoordinator, Reads,
                             "Lists questions with their answers, newest first."),
    };
}

Table serverRows()
{
    return {
        row<OperatorList>(Access::Everywhere, AdminOnly, Reads, "Lists the operators."),
        row<OperatorAdd>(Access::Everywhere, AdminOnly, Changes, "Adds an operator.", "", {ErrorCode::AlreadyExists}),
        row<OperatorUpdate>(Access::Everywhere, AdminOnly, Changes, "Changes an operator."),
        row<ServerList>(Access::Everywhere, AdminOnly, Reads, "Lists the servers of the pool."),
        row<MetricsQuery>(Access::Everywhere, AdminOnly, Reads, "Gives a server's figures over time."),
        row<AuditQuery>(Access::ByRole, AdminCoordinator, Reads, "Lists who did what, newest first."),
        row<OverviewGet>(Access::ByRole, Everybody, Reads,
                         "Gives the figures of the overview and what needs somebody now."),
    };
}

} // namespace

const std::vector<Operation>& operations()
{
    static const Table all = [] {
        Table table;
        for (auto* part : {&sessionRows, &placeRows, &participantRows, &deviceRows, &dataRows, &scriptRows, &alertRows,
                           &messageRows, &serverRows})
            for (auto& operation : part())
                table.push_back(std::move(operation));
        return table;
    }();
    return all;
}

const std::vector<Topic>& topics()
{
    static const std::vector<Topic> all{
        topic<SampleArrived>(Access::ByRole, Everybody, Noun::Location,
                             "Measurements and facts of a home as they are stored."),
        topic<AlertChanged>(Access::ByRole, Everybody, Noun::Deployment,
                            "Alerts of a deployment that are new or changed."),
        topic<CommandChanged>(Access::ByRole, Everybody, Noun::Location, "Commands of a home that are new or changed."),
        topic<MessageChanged>(Access::ByRole, AdminCoordinator, Noun::Deployment,
                              "Messages of a deployment that are new or changed."),
        topic<ScriptChanged>(Access::ByRole, Everybody, Noun::Deployment, "Scripts of a deployment that changed."),
        topic<RunRecorded>(Access::ByRole, Everybody, Noun::Script, "Runs of a script that were recorded."),
        topic<PresenceChanged>(Access::ByRole, Everybody, Noun::Deployment,
                               "Devices of a deployment that connected or disconnected."),
        topic<TimelineAdded>(Access::ByRole, Everybody, Noun::Location, "What happens in a home."),
        topic<MetricsSampled>(Access::Everywhere, AdminOnly, Noun::None, "The server's figures, every five seconds."),
        topic<ConfigurationChanged>(Access::ByRole, Everybody, Noun::Deployment,
                                    "Changes of homes, devices, people and scripts."),
    };
    return all;
}

const Operation* findOperation(std::string_view name)
{
    const auto& all = operations();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Operation& one) { return name == one.name; });
    return found == all.end() ? nullptr : &*found;
}

const Topic* findTopic(std::string_view name)
{
    const auto& all = topics();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Topic& one) { return name == one.name; });
    return found == all.end() ? nullptr : &*found;
}

Result<void> checkParameters(const Operation& operation, const QJsonObject& params)
{
    return operation.check(params);
}

} // namespace cohort::protocol
