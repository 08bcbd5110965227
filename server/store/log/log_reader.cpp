#include "server/store/log/log_reader.h"

#include "server/store/postgres/row_reader.h"
#include "server/store/sql_names.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace cohort::store {

namespace {

constexpr int BatchesOfAWriter = 500;

struct Head
{
    std::shared_ptr<LogBatch> batch = std::make_shared<LogBatch>();
    std::optional<Timestamp> least;
    std::optional<Timestamp> greatest;
    Timestamp order; // its arrival, or that of an earlier one of the writer when the clock went back
    int rows = 0;
};

// Batches of one writer that are read together.
struct Group
{
    std::vector<Head*> heads; // by number
    std::optional<Timestamp> least;
    std::optional<Timestamp> greatest;
};

QJsonDocument jsonOf(const LogPosition& position)
{
    QJsonArray array;
    for (const auto& [writer, number] : position)
        array.append(
            QJsonObject{{QStringLiteral("writer"), writer}, {QStringLiteral("number"), static_cast<qint64>(number)}});
    return QJsonDocument(array);
}

Head headOf(const Row& row)
{
    Head head;
    head.batch->writer = static_cast<std::int16_t>(row.integer("writer"));
    head.batch->number = row.integer("number");
    head.batch->arrival = head.order = row.time("arrival");
    head.least = row.optionalTime("least_time");
    head.greatest = row.optionalTime("greatest_time");
    head.rows = static_cast<int>(row.integer("row_count"));
    return head;
}

// By arrival, and those of one writer in any case by their numbers.
void sortHeads(std::vector<Head>& heads)
{
    std::map<std::int16_t, Timestamp> last;
    for (Head& head : heads) { // they come by writer and number
        Timestamp& least = last.try_emplace(head.batch->writer, head.order).first->second;
        head.order = least = std::max(least, head.order);
    }
    std::stable_sort(heads.begin(), heads.end(), [](const Head& a, const Head& b) {
        return std::tuple(a.order, a.batch->writer, a.batch->number) <
               std::tuple(b.order, b.batch->writer, b.batch->number);
    });
}

void keepFirst(std::vector<Head>& heads, int rowLimit)
{
    int rows = 0;
    std::size_t count = 0;
    while (count < heads.size() && (count == 0 || rows + heads[count].rows <= rowLimit))
        rows += heads[count++].rows;
    heads.resize(count);
}

std::string text(const Row& row, const char* column)
{
    return row.string(column).toStdString();
}

LogRow measurementOf(const Row& row)
{
    LogRow result;
    result.ordinal = static_cast<std::int32_t>(row.integer("ordinal"));
    result.kind = row.boolean("is_fact") ? RowKind::Fact : RowKind::Measurement;
    result.location = row.id<LocationId>("location_id");
    result.device = row.id<DeviceId>("device_id");
    result.stream = row.id<StreamId>("stream_id");
    result.script = row.id<ScriptId>("script_id");
    result.time = row.time("time");
    result.value = valueOf(row);
    result.name = text(row, "name");
    result.index = text(row, "index_text");
    result.flags = static_cast<std::int16_t>(row.integer("flags"));
    return result;
}

std::optional<LogRow> eventOf(const Row& row)
{
    const auto kind = rowKindFromName(text(row, "kind"));
    if (!kind)
        return std::nullopt; // of a newer version of this program
    LogRow result;
    result.ordinal = static_cast<std::int32_t>(row.integer("ordinal"));
    result.kind = *kind;
    result.location = row.id<LocationId>("location_id");
    result.device = row.id<DeviceId>("device_id");
    result.script = row.id<ScriptId>("script");
    result.time = row.time("time");
    result.name = text(row, "name");
    result.data = text(row, "data");
    result.depth = static_cast<int>(row.integer("depth"));
    return result;
}

LogBatch& batchOf(const Group& group, const Row& row)
{
    const std::int64_t number = row.integer("batch");
    const auto found = std::lower_bound(group.heads.begin(), group.heads.end(), number,
                                        [](const Head* head, std::int64_t n) { return head->batch->number < n; });
    return *(*found)->batch;
}

Result<void> readGroup(Connection& connection, const Group& group)
{
    const LogBatch& first = *group.heads.front()->batch;
    const LogBatch& last = *group.heads.back()->batch;
    const Binds range{
        {"writer", bound(qint64{first.writer})}, {"first", bound(first.number)}, {"last", bound(last.number)}};
    if (group.least) {
        Binds binds = range;
        binds.emplace_back("least", bound(*group.least));
        binds.emplace_back("greatest", bound(*group.greatest));
        COHORT_TRY(rows, connection.query(Sql::MeasurementOfBatches, binds));
        for (const Row& row : rows)
            batchOf(group, row).rows.push_back(measurementOf(row));
    }
    COHORT_TRY(rows, connection.query(Sql::EventOfBatches, range));
    for (const Row& row : rows) {
        if (auto event = eventOf(row))
            batchOf(group, row).rows.push_back(std::move(*event));
    }
    return {};
}

std::map<std::int16_t, Group> groupsOf(std::vector<Head>& heads)
{
    std::map<std::int16_t, Group> groups;
    for (Head& head : heads) {
        Group& group = groups[head.batch->writer];
        group.heads.push_back(&head);
        if (head.least)
            group.least = group.least ? std::min(*group.least, *head.least) : head.least;
        if (head.greatest)
            group.greatest = group.greatest ? std::max(*group.greatest, *head.greatest) : head.greatest;
    }
    return groups;
}

} // namespace

Result<std::vector<LogBatchPtr>> LogReader::read(const LogPosition& after, int rowLimit)
{
    COHORT_TRY(rows, m_connection.query(Sql::BatchAfter, {{"positions", bound(jsonOf(after))},
                                                          {"limit", bound(qint64{BatchesOfAWriter})}}));
    std::vector<Head> heads;
    for (const Row& row : rows)
        heads.push_back(headOf(row));
    sortHeads(heads);
    keepFirst(heads, rowLimit);
    for (const auto& [writer, group] : groupsOf(heads))
        COHORT_CHECK(readGroup(m_connection, group));
    std::vector<LogBatchPtr> batches;
    for (Head& head : heads) {
        std::sort(head.batch->rows.begin(), head.batch->rows.end(),
                  [](const LogRow& a, const LogRow& b) { return a.ordinal < b.ordinal; });
        batches.push_back(std::move(head.batch));
    }
    return batches;
}

Result<LogPosition> LogReader::newestNumbers()
{
    COHORT_TRY(rows, m_connection.query(Sql::WriterNewestNumbers));
    LogPosition position;
    for (const Row& row : rows)
        position[static_cast<std::int16_t>(row.integer("id"))] = row.integer("last_number");
    return position;
}

} // namespace cohort::store
