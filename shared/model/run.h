// What scripts did: runs and effects. Thread: values. Owner: whoever holds them.
// Flow: script_run, effect ⇄ repositories → wire → console. Source: composer.md, "Life of a script", traces.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/page.h"
#include "shared/model/script.h"

namespace cohort::model {

enum class RunStatus : std::uint8_t { Ok, Error, Timeout, Memory, Killed, Looping, TooManyEffects, StateTooLarge };
constexpr auto enumNames(RunStatus)
{
    return std::array{"ok", "error", "timeout", "memory", "killed", "looping", "too-many-effects", "state-too-large"};
}
enum class EffectKind : std::uint8_t {
    SetFact,
    Alert,
    ResolveAlert,
    Notify,
    Ask,
    Command,
    StartTimer,
    CancelTimer,
    Emit
};
constexpr auto enumNames(EffectKind)
{
    return std::array{"set_fact", "alert",       "resolve_alert", "notify", "ask",
                      "command",  "start_timer", "cancel_timer",  "emit"};
}

struct Effect
{
    EffectId id;
    EffectKind kind = EffectKind::SetFact;
    QJsonObject payload; // as the script gave it
    QString refused;
};
template <typename V, Of<Effect> T>
void fields(V& visit, T& effect)
{
    visit("id", effect.id, "The effect.");
    visit("kind", effect.kind, "What the run asked for.");
    visit("payload", effect.payload, "The same with its details, as the script gave them.");
    visit("refused", effect.refused, "Why it was not carried out; empty where it was.");
}

struct RunOutcome
{
    RunStatus status = RunStatus::Ok;
    QString because;
    QString error;
    QStringList log;
    int cpuUs = 0;
    QList<Effect> effects; // in order
};
template <typename V, Of<RunOutcome> T>
void fields(V& visit, T& outcome)
{
    visit("status", outcome.status, "How it ended.");
    visit("because", outcome.because, "Why it did nothing, in the script's words; empty where it said nothing.");
    visit("error", outcome.error, "What went wrong; empty where nothing did.");
    visit("log", outcome.log, "What it wrote, as far as it is kept.");
    visit("cpuUs", outcome.cpuUs, "The microseconds of CPU that it took.");
    visit("effects", outcome.effects, "What it asked for.");
}

struct Run
{
    RunId id;
    ScriptId script;
    LocationId location;
    QString locationName;
    QString timeZone; // the home's
    int version = 0;
    ScriptMode mode = ScriptMode::Live;
    Timestamp at; // home.now
    Timestamp recordedAt;
    QString handler;
    QJsonObject trigger; // the event, as it was
    RunOutcome outcome;
};
template <typename V, Of<Run> T>
void fields(V& visit, T& run)
{
    visit("id", run.id, "The run.");
    visit("script", run.script, "The script.");
    visit("location", run.location, "The home.");
    visit("locationName", run.locationName, "That home's name.");
    visit("timeZone", run.timeZone, "That home's IANA time zone, in which its times are told.");
    visit("version", run.version, "The version's number.");
    visit("mode", run.mode, "Whether what it does happens, or is only recorded.");
    visit("at", run.at, "The home's time of the run.");
    visit("recordedAt", run.recordedAt, "When the server recorded it.");
    visit("handler", run.handler, "The function that ran.");
    visit("trigger", run.trigger, "The event that it ran for.");
    visit.flat(run.outcome);
}

// script.runs: a page of runs, and how much of the script's log there is.
struct RunPage
{
    QList<Run> items;
    bool more = false;
    int logLines = 0;
    int logLinesMost = ScriptLinesMost;
};
template <typename V, Of<RunPage> T>
void fields(V& visit, T& page)
{
    fieldsOfPage(visit, page);
    visit("logLines", page.logLines,
          "The lines of log that the script's runs have in that home; in all homes together where none was asked for.");
    visit("logLinesMost", page.logLinesMost, "The lines of log that are kept of each home; the oldest go first.");
}

} // namespace cohort::model
