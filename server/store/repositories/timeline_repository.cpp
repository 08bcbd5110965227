#include "server/store/repositories/timeline_repository.h"

#include "server/store/sql_names.h"
#include "shared/model/device_types.h"

#include <algorithm>

namespace cohort::store {

namespace {

using Entries = QList<model::TimelineEntry>;

Binds bindsOf(const HomeSpan& span, int count)
{
    return {{"location", bound(span.location)},
            {"from", bound(span.from)},
            {"to", bound(span.to)},
            {"count", bound(qint64{count})}};
}

// The parameters that report only changes: the others would fill every page.
QString changeNames()
{
    QStringList names;
    for (const auto name : model::onChangeParameters())
        names.append(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    return names.join(QLatin1Char(','));
}

QString shown(const Value& value)
{
    constexpr int Digits = 10; // of fractions; whole numbers have all of theirs
    if (value.number && !wholeOf(value))
        return QString::number(*value.number, 'g', Digits);
    return value.isNone() ? QStringLiteral("no value") : QString::fromStdString(textOf(value));
}

model::TimelineEntry entryOf(const model::Fact& fact)
{
    return {.time = fact.time,
            .kind = model::TimelineKind::Fact,
            .text = fact.name + QStringLiteral(" = ") + shown(fact.value),
            .object = QStringLiteral("stream:%1").arg(fact.stream.value)};
}

} // namespace

Result<model::Page<model::Fact>> TimelineRepository::facts(const HomeSpan& span, const QString& name, int limit)
{
    auto binds = bindsOf(span, limit + 1);
    binds.emplace_back("name", name.isNull() ? QStringLiteral("") : name);
    COHORT_TRY(rows, m_connection.query(Sql::FactQuery, binds));
    return pageOf<model::Fact>(std::move(rows), limit);
}

Result<QList<model::FactStream>> TimelineRepository::factStreams(LocationId location)
{
    COHORT_TRY(rows, m_connection.query(Sql::FactStreams, {{"location", bound(location)}}));
    return rowsAs<model::FactStream>(rows);
}

Result<QList<model::LeftStream>> TimelineRepository::leftStreams(LocationId location, int limit)
{
    COHORT_TRY(rows, m_connection.query(Sql::StreamLeftBehind,
                                        {{"location", bound(location)}, {"count", bound(qint64{limit})}}));
    return rowsAs<model::LeftStream>(rows);
}

Result<model::Page<model::TimelineEntry>> TimelineRepository::entries(const HomeSpan& span, int limit)
{
    auto binds = bindsOf(span, limit + 1);
    binds.emplace_back("names", changeNames());
    Entries all;
    for (const Sql statement : {Sql::TimelineMeasurements, Sql::TimelineAlerts, Sql::TimelineCommands,
                                Sql::TimelineMessages, Sql::TimelineRuns, Sql::TimelineEvents}) {
        COHORT_TRY(rows, m_connection.query(statement, binds));
        COHORT_TRY(some, rowsAs<model::TimelineEntry>(rows));
        all.append(std::move(some));
    }
    COHORT_TRY(known, facts(span, {}, limit + 1));
    for (const auto& fact : known.items)
        all.append(entryOf(fact));
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.time > b.time; });
    const bool more = all.size() > limit;
    if (more)
        all.resize(limit);
    return model::Page<model::TimelineEntry>{std::move(all), more};
}

} // namespace cohort::store
