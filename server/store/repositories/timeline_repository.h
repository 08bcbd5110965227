// What happened in a home: facts, and every kind of thing put together.
// Thread: the connection's. Owner: whoever needs it. Flow: measurement, event, alert, command, message, script_run →
// here → fact.query, timeline.query.
#pragma once

#include "server/store/postgres/row_reader.h"
#include "shared/model/measurement.h"
#include "shared/model/page.h"

namespace cohort::store {

// A home's time; both moments are inside.
struct HomeSpan
{
    LocationId location;
    Timestamp from, to;
};

class TimelineRepository
{
public:
    explicit TimelineRepository(Connection& connection) : m_connection(connection) {}

    // Newest first; an empty name: all. The name is as scripts write it.
    Result<model::Page<model::Fact>> facts(const HomeSpan& span, const QString& name, int limit);
    // Those of a home and of its devices, by name, each with its newest value.
    Result<QList<model::FactStream>> factStreams(LocationId location);
    // What devices measured there that have moved or are out of use, by device and name, each with its newest value.
    Result<QList<model::LeftStream>> leftStreams(LocationId location, int limit);
    // Newest first; a statement for each kind.
    Result<model::Page<model::TimelineEntry>> entries(const HomeSpan& span, int limit);

private:
    Connection& m_connection;
};

} // namespace cohort::store
