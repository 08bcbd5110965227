#include "shared/protocol/parameter.h"

#include <array>

namespace cohort::protocol {

namespace {

constexpr bool Reads = false, Changes = true;
using Table = std::vector<Operation>;

Parameter limit()
{
    return optional(integer("limit", 1, ListLimitMost));
}
Parameter after()
{
    return optional(integer("after", 0, 9e15));
}
Parameter password(const char* name)
{
    return secret(text(name, 200, 1));
}
Parameter roles()
{
    return list("roles", 100,
                {orNull(id(Noun::Deployment, "deployment")), choice("role", "admin|coordinator|analyst")});
}
Parameter setting() // one parameter of a device that a command sets
{
    return list("parameters", 50, {label("name"), optional(text("index", 100)), any("value")}, 1);
}

Table sessionRows()
{
    return {
        {"session.signIn",
         Access::Public,
         0,
         Reads,
         {secret(text("email", 320, 1)), password("password")},
         "{token, expires, operator, roles}",
         ""},
        {"session.firstAdmin",
         Access::Public,
         0,
         Reads,
         {secret(text("code", 40, 1)), text("email", 320, 3), label("name"), password("password")},
         "{token, expires, operator, roles}",
         ""},
        {"session.resume",
         Access::Public,
         0,
         Reads,
         {secret(text("token", 200, 1))},
         "{token, expires, operator, roles}",
         ""},
        {"session.signOut", Access::SignedIn, 0, Changes, {}, "{}", ""},
        {"session.changePassword", Access::SignedIn, 0, Reads, {password("old"), password("new")}, "{}", ""},
        {"server.info", Access::Public, 0, Reads, {}, "{name, version, protocol, time, deviceioUrl}", ""},
        {"subscribe",
         Access::SignedIn,
         0,
         Reads,
         {text("topic", 40, 1), optional(object("filter", 1))},
         "{subscription}",
         ""},
        {"unsubscribe", Access::SignedIn, 0, Reads, {integer("subscription", 1, 9e15)}, "{}", ""},
    };
}

Table placeRows()
{
    const auto deployment = id(Noun::Deployment, "deployment");
    const auto rooms = list("rooms", 100, {label("kind"), label("name")});
    return {
        {"deployment.list", Access::ByRole, Everybody, Reads, {}, "items: deployment", ""},
        {"deployment.create",
         Access::Everywhere,
         AdminOnly,
         Changes,
         {label("name"), label("timeZone"), optional(choice("language", "en|de")),
          optional(boolean("allowTokenlessDevices"))},
         "deployment",
         "configuration"},
        {"deployment.update",
         Access::ByRole,
         AdminOnly,
         Changes,
         {id(Noun::Deployment), optional(label("name")), optional(label("timeZone")),
          optional(choice("language", "en|de")), optional(boolean("allowTokenlessDevices")),
          optional(integer("serverTtlS", 60, 604'800))},
         "deployment",
         "configuration"},
        {"location.list", Access::ByRole, Everybody, Reads, {deployment, limit(), after()}, "items: location", ""},
        {"location.get", Access::ByRole, Everybody, Reads, {id(Noun::Location)}, "location, devices, participants", ""},
        {"location.create",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {deployment, label("name"), optional(label("timeZone")), optional(choice("clock", "real|events")),
          optional(rooms)},
         "location",
         "configuration"},
        {"location.update",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Location), optional(label("name")), optional(label("timeZone"))},
         "location",
         "configuration"},
        {"room.create",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Location, "location"), label("kind"), label("name")},
         "{id, kind, name}",
         "configuration"},
        {"room.update",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Room), optional(label("kind")), optional(label("name"))},
         "{id, kind, name}",
         "configuration"},
    };
}

Table participantRows()
{
    const auto name = orNull(secret(text("name", 200))), email = orNull(secret(text("email", 320))),
               phone = orNull(secret(text("phone", 50)));
    const auto places = list("roles", 100,
                             {id(Noun::Location, "location"), choice("role", "resident|caregiver|supporter|student"),
                              optional(integer("callingOrder", 1, 100))},
                             1);
    return {
        {"participant.list",
         Access::ByRole,
         Everybody,
         Reads,
         {id(Noun::Deployment, "deployment"), optional(id(Noun::Location, "location")), limit(), after()},
         "items: participant",
         ""},
        {"participant.get", Access::ByRole, Everybody, Reads, {id(Noun::Participant)}, "participant", ""},
        {"participant.create",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Deployment, "deployment"), optional(choice("language", "en|de")), places, name, email, phone},
         "participant, enrolmentCode, enrolmentUrl, expires",
         "configuration"},
        {"participant.enrolmentCode",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Participant)},
         "{enrolmentCode, enrolmentUrl, expires}",
         ""},
    };
}

Table deviceRows()
{
    const auto type = optional(integer("type", 0, 1'000'000));
    const auto use = optional(text("use", 50)), description = optional(text("description", 500));
    const auto room = orNull(id(Noun::Room, "room"));
    return {
        {"device.types", Access::SignedIn, 0, Reads, {}, "items: {number, name, parameters}", ""},
        {"device.list",
         Access::ByRole,
         Everybody,
         Reads,
         {optional(id(Noun::Deployment, "deployment")), optional(id(Noun::Location, "location")),
          optional(choice("state", "connected|disconnected|reporting|silent|never|retired")),
          optional(text("search", 100)), limit(), after()},
         "items: device",
         ""},
        {"device.get", Access::ByRole, Everybody, Reads, {id(Noun::Device)}, "device", ""},
        {"device.register",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Location, "location"), label("key"), type, use, room, optional(text("roomKind", 50)),
          optional(text("roomName", 200)), description, optional(text("gateway", 200)), optional(time("startDate")),
          optional(boolean("token"))},
         "device, token, curl",
         "configuration"},
        {"device.update",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Device), use, room, description, type},
         "device",
         "configuration"},
        {"device.newToken",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Device)},
         "{token, curl}",
         "configuration"},
        {"device.revokeTokens", Access::ByRole, AdminCoordinator, Changes, {id(Noun::Device)}, "{}", "configuration"},
        {"device.retire", Access::ByRole, AdminCoordinator, Changes, {id(Noun::Device)}, "device", "configuration"},
        {"device.command",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Device), setting(), optional(integer("expiresMs", 1'000, 604'800'000)),
          optional(text("comment", 500))},
         "command",
         "commands timeline"},
        {"command.list",
         Access::ByRole,
         Everybody,
         Reads,
         {id(Noun::Location, "location"), limit(), after()},
         "items: command",
         ""},
        {"command.get", Access::ByRole, Everybody, Reads, {id(Noun::Command)}, "command", ""},
    };
}

Table dataRows()
{
    const auto stream = id(Noun::Stream, "stream");
    const auto location = id(Noun::Location, "location");
    return {
        {"measurement.query",
         Access::ByRole,
         Everybody,
         Reads,
         {stream, time("from"), time("to"), optional(integer("points", 1, ChartPointsMost))},
         "{stream, unit, raw, times, values | min, max, mean, count, before}",
         ""},
        {"measurement.export",
         Access::ByRole,
         Everybody,
         Reads,
         {stream, time("from"), time("to")},
         "{fileName, csv}",
         ""},
        {"measurement.import",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {location, secret(text("csv", 3'500'000, 1))},
         "{stored, already, refused}",
         "measurements"},
        {"fact.query",
         Access::ByRole,
         Everybody,
         Reads,
         {location, optional(text("name", 200)), optional(time("from")), optional(time("to")), limit()},
         "items: fact",
         ""},
        {"timeline.query",
         Access::ByRole,
         Everybody,
         Reads,
         {location, time("from"), time("to"), limit()},
         "items: {time, kind, text, object, detail}",
         ""},
    };
}

Table scriptRows()
{
    const auto deployment = id(Noun::Deployment, "deployment");
    const auto source = secret(text("source", 65'536));
    const auto helpers = optional(secret(object("helpers", 20)));
    const auto comment = optional(text("comment", 500));
    const auto locations = orNull(ids(Noun::Location, "locations"));
    const auto number = integer("version", 1, 1'000'000);
    return {
        {"library.list", Access::ByRole, Everybody, Reads, {optional(deployment)}, "items: library script", ""},
        {"library.install",
         Access::ByRole,
         Everybody,
         Changes,
         {deployment, label("name"), optional(label("scriptName")), optional(object("parameters")), locations,
          optional(boolean("deploy"))},
         "script",
         "scripts configuration"},
        {"script.create",
         Access::ByRole,
         Everybody,
         Changes,
         {deployment, label("name"), optional(source), comment},
         "script",
         "scripts"},
        {"script.list", Access::ByRole, Everybody, Reads, {deployment, limit(), after()}, "items: script", ""},
        {"script.get",
         Access::ByRole,
         Everybody,
         Reads,
         {id(Noun::Script)},
         "script, source, helpers, manifest, faults, deployments, instances, parameters",
         ""},
        {"script.versions", Access::ByRole, Everybody, Reads, {id(Noun::Script)}, "items: version", ""},
        {"script.version", Access::ByRole, Everybody, Reads, {id(Noun::Version)}, "version, source, helpers", ""},
        {"script.check", Access::ByRole, Everybody, Reads, {source, helpers}, "{accepted, faults, manifest}", ""},
        {"script.saveVersion",
         Access::ByRole,
         Everybody,
         Changes,
         {id(Noun::Script), source, helpers, comment, optional(integer("baseVersion", 0, 1'000'000))},
         "{id, number, accepted, faults}",
         "scripts"},
        {"script.deploy",
         Access::ByRole,
         Everybody,
         Changes,
         {id(Noun::Script), optional(number), locations, choice("mode", "live|shadow")},
         "script",
         "scripts configuration"},
        {"script.pause",
         Access::ByRole,
         Everybody,
         Changes,
         {id(Noun::Script), locations},
         "script",
         "scripts configuration"},
        {"script.resume",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Script), locations},
         "script",
         "scripts configuration"},
        {"script.rollback",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Script), number},
         "script",
         "scripts configuration"},
        {"script.setParameters",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Script), orNull(id(Noun::Location, "location")), object("values")},
         "script",
         "scripts configuration"},
        {"script.runs",
         Access::ByRole,
         Everybody,
         Reads,
         {id(Noun::Script), optional(id(Noun::Location, "location")), limit(), optional(integer("before", 1, 9e15))},
         "items: run",
         ""},
    };
}

Table alertRows()
{
    const auto comment = secret(text("comment", 2'000, 1));
    return {
        {"alert.list",
         Access::ByRole,
         Everybody,
         Reads,
         {optional(id(Noun::Deployment, "deployment")), optional(id(Noun::Location, "location")),
          optional(choice("state", "open|all|acknowledged|resolved|dismissed")), limit(), after()},
         "items: alert",
         ""},
        {"alert.get", Access::ByRole, Everybody, Reads, {id(Noun::Alert)}, "alert", ""},
        {"alert.acknowledge",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Alert), optional(integer("snoozeMinutes", 1, 10'080))},
         "alert",
         "alerts timeline"},
        {"alert.resolve", Access::ByRole, AdminCoordinator, Changes, {id(Noun::Alert)}, "alert", "alerts timeline"},
        {"alert.dismiss",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Alert), optional(comment)},
         "alert",
         "alerts timeline"},
        {"alert.comment", Access::ByRole, AdminCoordinator, Changes, {id(Noun::Alert), comment}, "alert", "alerts"},
        {"alert.act",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {id(Noun::Alert), integer("action", 1, 9e15)},
         "alert, command",
         "alerts commands timeline"},
    };
}

Table messageRows()
{
    const auto participant = id(Noun::Participant, "participant");
    const auto words = secret(text("text", 2'000, 1));
    return {
        {"message.list", Access::ByRole, Everybody, Reads, {participant, limit(), after()}, "items: message", ""},
        {"message.conversations",
         Access::ByRole,
         AdminCoordinator,
         Reads,
         {id(Noun::Deployment, "deployment")},
         "items: {participant, code, name, lastText, lastAt, unread, openQuestions}",
         ""},
        {"message.send", Access::ByRole, AdminCoordinator, Changes, {participant, words}, "message", "messages"},
        {"question.ask",
         Access::ByRole,
         AdminCoordinator,
         Changes,
         {participant, words, choice("type", "yes-no|one-of|text|number"), optional(list("choices", 20))},
         "message",
         "messages"},
        {"question.answers",
         Access::ByRole,
         Everybody,
         Reads,
         {id(Noun::Deployment, "deployment"), limit(), after()},
         "items: message",
         ""},
    };
}

Table serverRows()
{
    const auto deployment = optional(id(Noun::Deployment, "deployment"));
    return {
        {"operator.list", Access::Everywhere, AdminOnly, Reads, {}, "items: operator", ""},
        {"operator.add",
         Access::Everywhere,
         AdminOnly,
         Changes,
         {text("email", 320, 3), label("name"), password("password"), roles(), optional(boolean("maySeeNames"))},
         "operator",
         ""},
        {"operator.update",
         Access::Everywhere,
         AdminOnly,
         Changes,
         {id(Noun::Operator), optional(label("name")), optional(password("password")), optional(roles()),
          optional(boolean("maySeeNames")), optional(boolean("active"))},
         "operator",
         ""},
        {"server.list", Access::ByRole, AdminCoordinator, Reads, {}, "items: server", ""},
        {"metrics.query",
         Access::ByRole,
         AdminCoordinator,
         Reads,
         {optional(time("from")), optional(time("to")), optional(text("node", 200))},
         "{samples}",
         ""},
        {"audit.query",
         Access::ByRole,
         AdminCoordinator,
         Reads,
         {deployment, limit(), after()},
         "items: audit row",
         ""},
        {"overview.get", Access::ByRole, Everybody, Reads, {deployment}, "overview", ""},
    };
}

} // namespace

const std::vector<Operation>& operations()
{
    static const Table all = [] {
        Table table;
        for (auto* part : {&sessionRows, &placeRows, &participantRows, &deviceRows, &dataRows, &scriptRows, &alertRows,
                           &messageRows, &serverRows})
            for (auto& row : part())
                table.push_back(std::move(row));
        return table;
    }();
    return all;
}

const std::vector<Topic>& topics()
{
    static const std::vector<Topic> all{
        {"measurements", Noun::Location, "{stream, device, name, index, time, value, unit, isFact}"},
        {"alerts", Noun::Deployment, "{alert}"},
        {"commands", Noun::Location, "{command}"},
        {"messages", Noun::Deployment, "{message}"},
        {"scripts", Noun::Deployment, "{script: id}"},
        {"runs", Noun::Script, "{run}"},
        {"presence", Noun::Deployment, "{device, location, connected, since}"},
        {"timeline", Noun::Location, "{time, kind, text, object}"},
        {"metrics", Noun::None, "sample"},
        {"configuration", Noun::Deployment, "{kind, object}"},
    };
    return all;
}

} // namespace cohort::protocol
