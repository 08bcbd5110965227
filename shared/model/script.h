// Scripts, their versions and where they run. Thread: values. Owner: whoever holds them.
// Flow: script, script_version, script_deployment, script_instance ⇄ repositories ⇄ wire ⇄ console. Source:
// composer.md.
#pragma once

#include "shared/model/place.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>

namespace cohort::model {

enum class ScriptMode : std::uint8_t { Live, Shadow };
constexpr auto enumNames(ScriptMode)
{
    return std::array{"live", "shadow"};
}
enum class ScriptStatus : std::uint8_t { Draft, Live, Shadow, Paused, Errors };
constexpr auto enumNames(ScriptStatus)
{
    return std::array{"draft", "live", "shadow", "paused", "errors"};
}
enum class InstanceStatus : std::uint8_t { Running, Paused, PausedByErrors, Resuming };
constexpr auto enumNames(InstanceStatus)
{
    return std::array{"running", "paused", "paused-by-errors", "resuming"};
}
enum class ParameterType : std::uint8_t { Minutes, Hours, Number, Integer, Text, Choice, Boolean, Time };
constexpr auto enumNames(ParameterType)
{
    return std::array{"minutes", "hours", "number", "integer", "text", "choice", "boolean", "time"};
}

// One field of a script's form, from app(parameters=…).
struct ScriptParameter
{
    ParameterType type = ParameterType::Text;
    QString help;
    QJsonValue initial;
    std::optional<double> min;
    std::optional<double> max;
    QStringList choices;
};
template <typename V, Of<ScriptParameter> T>
void fields(V& visit, T& parameter)
{
    visit("type", parameter.type, "What it takes.");
    visit("help", parameter.help, "What it is for, in the author's words.");
    visit("default", parameter.initial, "What it is where nobody sets it.");
    visit("min", parameter.min, "The least number that it takes, or null.");
    visit("max", parameter.max, "The greatest number that it takes, or null.");
    visit("choices", parameter.choices, "What can be chosen, for choice.");
}

// What loading a version told about it, as far as people see it.
struct Manifest
{
    QString title;
    QString description;
    QMap<QString, ScriptParameter> parameters;
    QMap<QString, QString> reads;
    QMap<QString, QString> controls;
    QStringList notifies;
    QMap<QString, QStringList> needs;
};
template <typename V, Of<Manifest> T>
void fields(V& visit, T& manifest)
{
    visit("title", manifest.title, "The script's title.");
    visit("description", manifest.description, "What it does, in the author's words.");
    visit("parameters", manifest.parameters, "Its form: name and field.");
    visit("reads", manifest.reads, "The parameters of devices that it reads, each with why.");
    visit("controls", manifest.controls, "The parameters of devices that it sets, each with why.");
    visit("notifies", manifest.notifies, "The roles of the people whom it tells something.");
    visit("needs", manifest.needs, "What a home must have, in words, each with the parameters of which one will do.");
}

struct ScriptFault
{
    QString file;
    int line = 0;   // from 1
    int column = 0; // from 1
    QString message;
};
template <typename V, Of<ScriptFault> T>
void fields(V& visit, T& fault)
{
    visit("file", fault.file, "The helper module, or script.");
    visit("line", fault.line, "The line, from 1.");
    visit("column", fault.column, "The column, from 1.");
    visit("message", fault.message, "What is wrong and what to do instead.");
}

struct CheckResult
{
    bool accepted = false;
    QList<ScriptFault> faults;
    std::optional<Manifest> manifest;
};
template <typename V, Of<CheckResult> T>
void fields(V& visit, T& result)
{
    visit("accepted", result.accepted, "Whether the script may run.");
    visit("faults", result.faults, "What is wrong with it.");
    visit("manifest", result.manifest, "What it says of itself; null where it was refused.");
}

struct SavedVersion
{
    VersionId id;
    int number = 0;
    bool accepted = false;
    QList<ScriptFault> faults;
};
template <typename V, Of<SavedVersion> T>
void fields(V& visit, T& version)
{
    visit("id", version.id, "The version.");
    visit("number", version.number, "Its number in the script, from 1.");
    visit("accepted", version.accepted, "Whether it may run.");
    visit("faults", version.faults, "What is wrong with it.");
}

// What happened in the last 24 hours, in all runs: also in those of which no trace is kept.
struct ScriptFigures
{
    int homes = 0;
    int homesWithErrors = 0;
    qint64 runs = 0;
    qint64 errors = 0;
    qint64 effects = 0;
    double cpuMs = 0;
    std::optional<Timestamp> lastRun;
    QString lastError;
};
template <typename V, Of<ScriptFigures> T>
void fields(V& visit, T& figures)
{
    visit("homes", figures.homes, "In how many homes it is.");
    visit("homesWithErrors", figures.homesWithErrors, "In how many of them it stands still after errors.");
    visit("runs24h", figures.runs, "Runs of the last 24 hours.");
    visit("errors24h", figures.errors, "Those of them that failed.");
    visit("effects24h", figures.effects, "What they caused; what changed nothing is not counted.");
    visit("cpuMs24h", figures.cpuMs, "The milliseconds of CPU that they took.");
    visit("lastRun", figures.lastRun, "When the last run was recorded, or null.");
    visit("lastError", figures.lastError, "What the last failed run of the last 24 hours said; empty where none did.");
}

struct Script
{
    ScriptId id;
    DeploymentId deployment;
    QString name;
    QString libraryName; // empty: written here
    int version = 0;     // the newest; 0: none
    int liveVersion = 0; // 0: none
    ScriptStatus status = ScriptStatus::Draft;
    ScriptFigures figures;
};
template <typename V, Of<Script> T>
void fields(V& visit, T& script)
{
    visit("id", script.id, "The script.");
    visit("deployment", script.deployment, "The deployment that it belongs to.");
    visit("name", script.name, "Its name.");
    visit("libraryName", script.libraryName, "The library script that it was made from; empty where none.");
    visit("version", script.version, "The number of its newest version; 0 where there is none.");
    visit("liveVersion", script.liveVersion, "The number of the version that runs live; 0 where none does.");
    visit("status", script.status, "What it is doing.");
    visit.flat(script.figures);
}

// A script that was made, and what the check said of the source that came with it.
struct CreatedScript
{
    Script script;
    QList<ScriptFault> faults;
};
template <typename V, Of<CreatedScript> T>
void fields(V& visit, T& created)
{
    visit.flat(created.script);
    visit("faults", created.faults, "What is wrong with its source, which is kept and cannot run; empty where it may.");
}

struct ScriptVersion
{
    VersionId id;
    ScriptId script;
    int number = 0;
    QString author;
    QString authorName;
    QString comment;
    Timestamp createdAt;
    QString hash; // SHA-256, hexadecimal
    bool accepted = false;
};
template <typename V, Of<ScriptVersion> T>
void fields(V& visit, T& version)
{
    visit("id", version.id, "The version.");
    visit("script", version.script, "The script.");
    visit("number", version.number, "Its number in the script, from 1.");
    visit("author", version.author, "Who saved it: operator:3.");
    visit("authorName", version.authorName, "That operator's name; empty where there is none.");
    visit("comment", version.comment, "What was noted; empty where nothing was.");
    visit("createdAt", version.createdAt, "When it was saved.");
    visit("hash", version.hash, "SHA-256 of its source, in hexadecimal digits.");
    visit("accepted", version.accepted, "Whether it may run.");
}

// A version's text and what the check said.
struct ScriptSource
{
    QString source;
    QMap<QString, QString> helpers; // module → source
    QList<ScriptFault> faults;
    std::optional<Manifest> manifest;
};
template <typename V, Of<ScriptSource> T>
void fields(V& visit, T& source)
{
    visit("source", source.source, "The script's text; empty where there is no version.");
    visit("helpers", source.helpers, "Its helper modules: name and text.");
    visit("faults", source.faults, "What is wrong with it.");
    visit("manifest", source.manifest, "What it says of itself; null where it was refused.");
}

struct ScriptVersionText
{
    ScriptVersion version;
    ScriptSource text;
};
template <typename V, Of<ScriptVersionText> T>
void fields(V& visit, T& version)
{
    visit.flat(version.version);
    visit.flat(version.text);
}

// Where a version was set to run.
struct ScriptDeployment
{
    LocationId location; // none: all homes
    QString locationName;
    int version = 0;
    ScriptMode mode = ScriptMode::Live;
    bool paused = false;
    bool takenOff = false; // of a single home, while it is set to run in all
};
template <typename V, Of<ScriptDeployment> T>
void fields(V& visit, T& row)
{
    visit("location", row.location, "The home, or null for all homes of the deployment.", orNone());
    visit("locationName", row.locationName, "That home's name; empty for all homes.");
    visit("version", row.version, "The version's number.");
    visit("mode", row.mode, "Whether what it does happens, or is only recorded.");
    visit("paused", row.paused, "Whether an operator paused it.");
    visit("takenOff", row.takenOff, "Whether it was taken off this home, while it runs in all others.");
}

// What it has going on in a home: that ends when it is taken off.
struct InstanceHold
{
    int openAlerts = 0;
    int openQuestions = 0;
    int timers = 0;
};
template <typename V, Of<InstanceHold> T>
void fields(V& visit, T& hold)
{
    visit("openAlerts", hold.openAlerts, "Its alerts there that are open or acknowledged.");
    visit("openQuestions", hold.openQuestions, "Its questions there that wait for an answer.");
    visit("timers", hold.timers, "Its timers there that run.");
}

// A script in a home, as Composer has it.
struct ScriptInstance
{
    LocationId location;
    QString locationName;
    ScriptMode mode = ScriptMode::Live;
    InstanceStatus status = InstanceStatus::Running;
    QString detail;
    Timestamp updatedAt;
    InstanceHold hold;
};
template <typename V, Of<ScriptInstance> T>
void fields(V& visit, T& row)
{
    visit("location", row.location, "The home.");
    visit("locationName", row.locationName, "That home's name.");
    visit("mode", row.mode, "Whether what it does happens, or is only recorded.");
    visit("status", row.status, "Whether it runs.");
    visit("detail", row.detail, "Why it does not; empty where it runs.");
    visit("updatedAt", row.updatedAt, "When its state was stored last.");
    visit.flat(row.hold);
}

struct ParameterValues
{
    QJsonObject all;
    QMap<QString, QJsonObject> homes; // by the location's id
};
template <typename V, Of<ParameterValues> T>
void fields(V& visit, T& values)
{
    visit("all", values.all, "The values set for all homes.");
    visit("homes", values.homes, "The values set for single homes, by the location's id.");
}

// script.get
struct ScriptDetail
{
    Script script;
    ScriptSource text; // of the newest version
    QList<ScriptDeployment> deployments;
    QList<ScriptInstance> instances; // those with trouble first
    ParameterValues values;
};
template <typename V, Of<ScriptDetail> T>
void fields(V& visit, T& detail)
{
    visit.flat(detail.script);
    visit.flat(detail.text);
    visit("deployments", detail.deployments, "Where it was set to run.");
    visit("instances", detail.instances, "The homes in which it is, those with trouble first.");
    visit("parameters", detail.values, "The values of its parameters.");
}

enum class DiffKind : std::uint8_t { Same, Removed, Added };
constexpr auto enumNames(DiffKind)
{
    return std::array{"same", "removed", "added"};
}

// A line of two versions side by side: in both, or in one of them.
struct DiffLine
{
    DiffKind kind = DiffKind::Same;
    QString file;
    int from = 0; // from 1; 0: not in the first version
    int to = 0;   // from 1; 0: not in the second version
    QString text;
};
template <typename V, Of<DiffLine> T>
void fields(V& visit, T& line)
{
    visit("kind", line.kind, "Whether it is in both, only in the first, or only in the second.");
    visit("file", line.file, "The helper module, or script.");
    visit("from", line.from, "Its number in the first version, from 1; 0 where it is not there.");
    visit("to", line.to, "Its number in the second version, from 1; 0 where it is not there.");
    visit("text", line.text, "The line.");
}

// script.diff
struct ScriptDiff
{
    int from = 0;
    int to = 0;
    QList<DiffLine> lines; // by file, the script first
};
template <typename V, Of<ScriptDiff> T>
void fields(V& visit, T& diff)
{
    visit("from", diff.from, "The first version's number.");
    visit("to", diff.to, "The second version's number.");
    visit("lines", diff.lines, "All lines of both, in order: the script's, then each helper's.");
}

struct Suitability
{
    LocationId location;
    QString name;
    bool suitable = true;
    QStringList missing;
};
template <typename V, Of<Suitability> T>
void fields(V& visit, T& row)
{
    visit("location", row.location, "The home.");
    visit("name", row.name, "Its name.");
    visit("suitable", row.suitable, "Whether it has what the script needs.");
    visit("missing", row.missing, "What it lacks, in words.");
}

struct LibraryScript
{
    QString name;
    QString page; // Markdown
    Manifest manifest;
    QList<Suitability> homes;
};
template <typename V, Of<LibraryScript> T>
void fields(V& visit, T& script)
{
    visit("name", script.name, "Its name in the library, for library.install.");
    visit("page", script.page, "Its explanation, in Markdown.");
    visit.flat(script.manifest);
    visit("homes", script.homes, "Which homes have what it needs.");
}

} // namespace cohort::model
