// fact.query, timeline.query
#include "server/api/operations/handlers.h"
#include "server/api/operations/script_json.h"
#include "server/store/repositories/script_run_repository.h"
#include "server/store/sql_names.h"
#include "shared/model/device_types.h"

#include <algorithm>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

constexpr auto LongAgo = Timestamp{} - std::chrono::days(36'500);

store::Span spanOf(const Call& call)
{
    return {.from = call.has("from") ? call.time("from") : LongAgo,
            .to = call.has("to") ? call.time("to") : SystemClock().now() + std::chrono::hours(1),
            .limit = call.limit()};
}

Result<QJsonObject> facts(Call& call)
{
    store::ScriptRunRepository runs(call.connection);
    auto span = spanOf(call);
    ++span.limit;
    COHORT_TRY(rows, runs.facts(LocationId{call.integer("location")}, call.text("name"), span));
    QJsonArray items;
    for (const auto& fact : rows)
        items.append(factJson(fact));
    const bool more = items.size() > call.limit();
    if (more)
        items.removeLast();
    return QJsonObject{{u"items"_s, items}, {u"more"_s, more}};
}

// Every kind's newest rows, put together newest first.
class Timeline
{
public:
    explicit Timeline(Call& call) : m_call(call), m_span(spanOf(call)), m_location{call.integer("location")} {}

    Result<QJsonObject> collect()
    {
        QString names;
        for (const auto name : model::onChangeParameters())
            names += (names.isEmpty() ? u""_s : u","_s) +
                     QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        COHORT_CHECK(add(Sql::TimelineMeasurements, {{"names", names}}));
        for (const Sql statement : {Sql::TimelineAlerts, Sql::TimelineCommands, Sql::TimelineMessages})
            COHORT_CHECK(add(statement, {}));
        COHORT_CHECK(addScripts());
        std::stable_sort(m_items.begin(), m_items.end(), [](const QJsonObject& a, const QJsonObject& b) {
            return a.value("time"_L1).toString() > b.value("time"_L1).toString();
        });
        QJsonArray items;
        for (std::size_t i = 0; i < std::min(m_items.size(), static_cast<std::size_t>(m_span.limit)); ++i)
            items.append(m_items[i]);
        return QJsonObject{{u"items"_s, items}, {u"more"_s, m_items.size() > static_cast<std::size_t>(m_span.limit)}};
    }

private:
    Result<void> add(Sql statement, store::Binds binds)
    {
        binds.emplace_back("location", store::bound(m_location));
        binds.emplace_back("from", store::bound(m_span.from));
        binds.emplace_back("to", store::bound(m_span.to));
        binds.emplace_back("count", m_span.limit + 1);
        COHORT_TRY(items, store::viewItems(m_call.connection, statement, binds));
        for (const auto& item : items)
            m_items.push_back(item.toObject());
        return {};
    }

    Result<void> addScripts()
    {
        store::ScriptRunRepository runs(m_call.connection);
        auto span = m_span;
        ++span.limit;
        COHORT_TRY(facts, runs.facts(m_location, {}, span));
        COHORT_TRY(traces, runs.timelineRuns(m_location, span));
        COHORT_TRY(events, runs.timelineEvents(m_location, span));
        for (const auto& fact : facts)
            m_items.push_back(timelineItem(fact));
        for (const auto& run : traces)
            m_items.push_back(timelineItem(run));
        for (const auto& event : events)
            m_items.push_back(timelineItem(event));
        return {};
    }

    Call& m_call;
    store::Span m_span;
    LocationId m_location;
    std::vector<QJsonObject> m_items;
};

Result<QJsonObject> timeline(Call& call)
{
    return Timeline(call).collect();
}

} // namespace

HandlerRows timelineHandlers()
{
    return {{"fact.query", &facts}, {"timeline.query", &timeline}};
}

} // namespace cohort::api
