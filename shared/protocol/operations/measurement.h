// Operations: stored data. What each takes, and its answer's type.
// Thread: values. Owner: the caller. Flow: console → JSON → dispatch → handler → Answer → JSON → console.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/import.h"
#include "shared/model/measurement.h"
#include "shared/model/page.h"
#include "shared/model/stored_value.h"

namespace cohort::protocol {

using namespace model::rules;
using model::Of;

struct MeasurementQuery
{
    using Answer = model::Series;
    static constexpr const char* Name = "measurement.query";

    StreamId stream;
    Timestamp from;
    Timestamp to;
    std::optional<int> points;
};
template <typename V, Of<MeasurementQuery> T>
void fields(V& visit, T& wanted)
{
    visit("stream", wanted.stream, "Which stream.");
    visit("from", wanted.from, "From when.");
    visit("to", wanted.to, "Until when.");
    visit("points", wanted.points, "How many points at most; 1000 where it is left out.", between(1, ChartPointsMost));
}

struct MeasurementExport
{
    using Answer = model::ExportedFile;
    static constexpr const char* Name = "measurement.export";

    StreamId stream;
    Timestamp from;
    Timestamp to;
};
template <typename V, Of<MeasurementExport> T>
void fields(V& visit, T& wanted)
{
    visit("stream", wanted.stream, "Which stream.");
    visit("from", wanted.from, "From when.");
    visit("to", wanted.to, "Until when.");
}

struct MeasurementImport
{
    using Answer = model::ImportReport;
    static constexpr const char* Name = "measurement.import";

    LocationId location;
    QString csv;
    std::optional<model::ImportLayout> layout;
    std::optional<bool> preview;
};
template <typename V, Of<MeasurementImport> T>
void fields(V& visit, T& wanted)
{
    visit("location", wanted.location, "Into which home.");
    visit("csv", wanted.csv,
          "The file: lines time, device_id, parameter[, index], value[, unit], the first names them; others by layout.",
          characters(1, ImportCharactersMost).secret());
    visit("layout", wanted.layout, "How the file is laid out; what is left out is found.");
    visit("preview", wanted.preview, "Only read it and say what would be stored; no where it is left out.");
}

struct StreamUpdate
{
    using Answer = model::Stream;
    static constexpr const char* Name = "stream.update";

    StreamId id;
    model::ChosenKind kind = model::ChosenKind::Number;
};
template <typename V, Of<StreamUpdate> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("kind", wanted.kind, "What its values are from now on; what is stored stays.");
}

struct FactQuery
{
    using Answer = model::Page<model::Fact>;
    static constexpr const char* Name = "fact.query";

    LocationId location;
    std::optional<QString> name;
    std::optional<Timestamp> from;
    std::optional<Timestamp> to;
    std::optional<int> limit;
};
template <typename V, Of<FactQuery> T>
void fields(V& visit, T& wanted)
{
    visit("location", wanted.location, "Of which home.");
    visit("name", wanted.name, "Only facts of this name, as scripts write it.", characters(0, 200));
    visit("from", wanted.from, "From when.");
    visit("to", wanted.to, "Until when.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
}

struct TimelineQuery
{
    using Answer = model::Page<model::TimelineEntry>;
    static constexpr const char* Name = "timeline.query";

    LocationId location;
    Timestamp from;
    Timestamp to;
    std::optional<int> limit;
};
template <typename V, Of<TimelineQuery> T>
void fields(V& visit, T& wanted)
{
    visit("location", wanted.location, "Of which home.");
    visit("from", wanted.from, "From when.");
    visit("to", wanted.to, "Until when.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
}

} // namespace cohort::protocol
