// What a script may see and cause, as plain values: the home, the event, the effects. No I/O, no ids of
// people. Thread: values. Owner: whoever holds them. Flow: log rows → Instance → Run → worker → RunResult →
// Instance. Source: composer.md, "A script".
#pragma once

#include "shared/base/ids.h"
#include "shared/base/time.h"
#include "shared/base/value.h"
#include "shared/model/run.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cohort::engine {

enum class HomeClock : std::uint8_t { Real, Events };

struct RoomInfo
{
    std::string kind; // kitchen, bathroom, bedroom, living, entrance, …
    std::string name;
};

struct DeviceInfo
{
    DeviceId id;
    std::string key; // the outward device id: what scripts see as device.id; devices are in its order
    int type = 0;
    std::string use;
    std::string room; // the room's kind; empty: none
    std::string description;
};

// A home as its configuration is now.
struct HomeInfo
{
    LocationId id;
    std::string name;
    std::string timeZone; // IANA
    HomeClock clock = HomeClock::Real;
    std::vector<RoomInfo> rooms;
    std::vector<DeviceInfo> devices; // by key
};

// (writer → number, ordinal): how far in the log. Nothing there: before everything of that writer.
struct LogPosition
{
    struct Point
    {
        std::int64_t number = 0;
        std::int32_t ordinal = -1; // -1: the whole batch
        auto operator<=>(const Point&) const = default;
    };
    std::map<std::int16_t, Point> points;
    bool covers(std::int16_t writer, std::int64_t number, std::int32_t ordinal) const;
    void advance(std::int16_t writer, std::int64_t number, std::int32_t ordinal);
};

enum class EventKind : std::uint8_t {
    Measurement,
    Fact,
    Timer,
    Schedule,
    Every,
    DeviceConnected,
    DeviceDisconnected,
    DeviceReporting,
    DeviceSilent,
    AlertAnswered,
    QuestionAnswered,
    ParticipantMessage,
    Signal,
    CommandFinished,
    Installed,
};
const char* eventKindName(EventKind kind); // measurement, fact, timer, schedule, every, device_connected, …
std::optional<EventKind> eventKindFromName(std::string_view name);

// One row of the log as an instance is given it, in log order.
struct Input
{
    std::int16_t writer = 0;
    std::int64_t number = 0;
    std::int32_t ordinal = 0;
    EventKind kind = EventKind::Measurement;
    Timestamp time; // event time
    Timestamp arrival;
    DeviceId device; // none: about the home
    std::string name;
    std::string index;
    Value value;
    std::string data; // a JSON value, empty for none
    ScriptId script;  // facts, signals: who made it
    int depth = 0;
    bool isOfTexts = false; // a text of a stream of texts, whatever it held before
};

// What a handler is called with.
struct Event
{
    EventKind kind = EventKind::Measurement;
    Timestamp time;
    std::string name;
    std::string index;
    DeviceId device;
    std::optional<Value> value;
    std::optional<Value> previous;
    std::string data; // JSON, empty for none
    bool late = false;
    int depth = 0;
    ScriptId script; // facts, signals: who made it; not kept over a restart
};

// The newest value of a stream (or of a fact: device none for the home's) as the run may see it.
struct Latest
{
    DeviceId device;
    std::string name;
    std::string index;
    Value value;
    Timestamp time;
    bool isFact = false;
};

// One condition under which a handler runs; from the decorators, through the worker's load answer.
struct Trigger
{
    int handler = 0; // index into Manifest::handlers
    EventKind kind = EventKind::Measurement;
    std::string name; // measurement, fact, timer, signal name; alert or question key; empty: any
    std::optional<std::string> use, room, device; // device: its key
    std::optional<int> type;
    bool changed = false;
    std::optional<Value> above, below; // numbers
    std::optional<Milliseconds> lasting;
    std::optional<bool> late; // nothing: the newest though it came late, too; true: history too; false: neither
    bool unavailable = false; // also when a stream of numbers says that it has no value
    int minuteOfDay = 0;      // schedule
    std::uint8_t days = 0x7f; // schedule: bit 0 Monday … bit 6 Sunday
    Milliseconds every{0};    // every
};

// What loading a version told about it.
struct Manifest
{
    std::string title;
    std::string description;           // the module's docstring
    std::vector<std::string> handlers; // function names, in the order of the source
    std::vector<Trigger> triggers;
    std::string parameters; // JSON: name →
        // {"type":"minutes|hours|number|integer|text|choice|boolean|time","default","min","max","choices","help"}
    std::map<std::string, std::string> reads;                        // parameter name → why
    std::map<std::string, std::string> controls;                     // command parameter → why
    std::vector<std::string> notifies;                               // participant roles
    std::map<std::string, std::map<std::string, std::string>> texts; // key → language → text
    std::map<std::string, std::vector<std::string>>
        needs; // what, in words → "parameter" or "use:parameter", any will do
    bool freshState = false;
    std::string scope = "home";
};
// Manifest ⇄ JSON text (column script_version.manifest, and the worker's answer):
//   {"title", "description", "handlers": [function, …], "triggers": [trigger, …], "parameters": {name: {…}},
//    "reads": {name: why}, "controls": {name: why}, "notifies": [role, …], "texts": {key: {language: text}},
//    "fresh_state": bool, "scope": "home"|"deployment", "needs": {what: [parameter, …]}}; a trigger is {"handler": index, "kind", "name",
//    "use", "room", "device", "type", "changed", "above", "below", "lasting_ms", "late", "unavailable",
//    "minute_of_day", "days", "every_ms"}, where
//   only handler and kind must be there. Errors: CannotParse, with the member that is wrong.
std::string toJson(const Manifest& manifest);
Result<Manifest> manifestFromJson(std::string_view json);

using model::EffectKind;
using model::RunStatus;

// One thing that a run asked for. `payload` is a JSON object; its members by kind:
//   set_fact      {name, value, device?: key, time?}             device's or the home's fact at home.now
//   alert         {key, text: {lang: text}, severity, to: [{role, after_ms}], actions: [{key, text: {lang:
//   text},
//                  device: key, parameters: [{name, index, value}]}], repeat_ms?}
//   resolve_alert {key}
//   notify        {to: [{role, after_ms}], text: {lang: text}}
//   ask           {to: [...], key, text: {lang: text}, choices: [{key, text: {lang: text}}]}
//   command       {device: key, parameters: [{name, index, value}], expires_ms}
//   start_timer   {name, after_ms, data}     cancel_timer {name}
//   emit          {name, data}
struct Effect
{
    EffectKind kind = EffectKind::SetFact;
    std::string payload;
};

// One call of one handler.
struct Run
{
    std::uint64_t number = 0; // unique within the process that runs it
    int handler = 0;
    Event event;
    Timestamp now;          // home.now
    std::uint64_t seed = 0; // of random: a hash of script, home and log position
};

struct RunResult
{
    std::uint64_t number = 0;
    RunStatus status = RunStatus::Ok;
    std::string error; // for the author: message with line
    std::string because;
    std::vector<std::string> log;     // at most 20 lines
    std::vector<Effect> effects;      // in order; none when status is not Ok
    std::optional<std::string> state; // JSON; nothing: unchanged
    std::uint32_t cpuUs = 0;
};

} // namespace cohort::engine
