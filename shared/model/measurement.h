// Stored data of homes: series for charts, facts, the timeline. Thread: values. Owner: whoever holds them.
// Flow: measurement, event ⇄ repositories → wire → charts. Times in long lists are milliseconds since 1970
// UTC.
#pragma once

#include "shared/model/device.h"

#include <QJsonObject>

namespace cohort::model {

struct SeriesSample
{
    qint64 time = 0; // ms since 1970
    Value value;
};
template <typename V, Of<SeriesSample> T>
void fields(V& visit, T& sample)
{
    visit("time", sample.time, "When, in milliseconds since 1970 UTC.");
    visit("value", sample.value, "What was measured: a number or a text.");
}

// Samples as they are (`raw`: `values`), or where they are too many a bucket's figures (`min` to `count`; of a stream of
// texts the first in `values`, and `count`).
// All lists are as long as `times`, the unused ones are empty.
struct Series
{
    StreamId stream;
    QString unit;
    bool raw = true;
    QList<qint64> times; // ms since 1970, in order
    QList<Value> values;
    QList<Value> min; // numbers
    QList<Value> max;
    QList<double> mean;
    QList<qint64> count;
    std::optional<SeriesSample> before;
    qint64 texts = 0;
};
template <typename V, Of<Series> T>
void fields(V& visit, T& series)
{
    visit("stream", series.stream, "The stream.");
    visit("unit", series.unit, "Its unit; empty where there is none.");
    visit("raw", series.raw, "Whether these are the samples themselves; else they are buckets of them.");
    visit("times", series.times, "When each sample was taken or each bucket begins, in milliseconds since 1970 UTC.");
    visit("values", series.values,
          "The samples, one for each time, null for no value; of buckets of texts the first of each, of others empty.");
    visit("min", series.min, "The least value of each bucket; empty where these are samples or texts.");
    visit("max", series.max, "The greatest value of each bucket; empty where these are samples or texts.");
    visit("mean", series.mean, "The mean of each bucket; empty where these are samples or texts.");
    visit("count", series.count, "How many samples each bucket has; empty where these are samples.");
    visit("before", series.before, "The newest sample before the time that was asked for, or null.");
    visit("texts", series.texts,
          "How many texts there are besides, which are in no bucket: a stream may have both; 0 where these are samples "
          "or texts.");
}

// A measurement or fact as it arrives: topic `measurements`.
struct LiveSample
{
    StreamId stream;
    DeviceId device; // none: a fact about the home
    QString name;
    QString index;
    qint64 time = 0; // ms since 1970
    Value value;
    bool isFact = false;
};
template <typename V, Of<LiveSample> T>
void fields(V& visit, T& sample)
{
    visit("stream", sample.stream, "The stream.");
    visit("device", sample.device, "The device, or null for a fact about the home.", orNone());
    visit("name", sample.name, "The parameter, or the fact's name.");
    visit("index", sample.index, "Which of several of this name; empty for most.");
    visit("time", sample.time, "When, in milliseconds since 1970 UTC.");
    visit("value", sample.value, "What was measured: a number or a text.");
    visit("isFact", sample.isFact, "Whether a script made it.");
}

struct Fact
{
    QString name;    // as scripts write it
    DeviceId device; // none: about the home
    QString deviceKey;
    Value value;
    Timestamp time;
    StreamId stream;
    ScriptId script;
    QString scriptName;
};
template <typename V, Of<Fact> T>
void fields(V& visit, T& fact)
{
    visit("name", fact.name, "Its name, as scripts write it.");
    visit("device", fact.device, "The device that it is about, or null for the home.", orNone());
    visit("deviceKey", fact.deviceKey, "That device's own id; empty where there is none.");
    visit("value", fact.value, "Its value: a number or a text.");
    visit("time", fact.time, "Since when it is so.");
    visit("stream", fact.stream, "The stream in which it is kept.");
    visit("script", fact.script, "The script that made it, or null.", orNone());
    visit("scriptName", fact.scriptName, "That script's name; empty where there is none.");
}

enum class TimelineKind : std::uint8_t { Measurement, Fact, Alert, AlertAnswer, Command, Message, Run, Script, Event };
constexpr auto enumNames(TimelineKind)
{
    return std::array{"measurement", "fact", "alert", "alert-answer", "command", "message", "run", "script", "event"};
}

struct TimelineEntry
{
    Timestamp time;
    TimelineKind kind = TimelineKind::Event;
    QString text;
    QString object; // device:12; empty: nothing to go to
};
template <typename V, Of<TimelineEntry> T>
void fields(V& visit, T& entry)
{
    visit("time", entry.time, "When.");
    visit("kind", entry.kind, "What it is.");
    visit("text", entry.text, "What happened, in words.");
    visit("object", entry.object, "What it is about: device:12, alert:3; empty where there is nothing to go to.");
}

struct ExportedFile
{
    QString fileName;
    QString csv;
};
template <typename V, Of<ExportedFile> T>
void fields(V& visit, T& file)
{
    visit("fileName", file.fileName, "A name for the file.");
    visit("csv", file.csv, "Its content: time,device_id,parameter,index,value,unit.");
}

} // namespace cohort::model
