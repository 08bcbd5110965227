#include "server/api/operations/measurement_import.h"

#include "server/store/log/typed_measurement.h"
#include "server/store/repositories/device_repository.h"
#include "shared/base/csv.h"

#include <QBuffer>

#include <future>
#include <map>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t RowsMost = 100'000, RowsAtOnce = 10'000;
constexpr qsizetype RefusedMost = 1'000;
constexpr std::chrono::seconds WaitForCommit{30};

struct Column
{
    qsizetype time = -1, device = -1, parameter = -1, index = -1, value = -1, unit = -1;
};

struct Import
{
    std::vector<store::NewMeasurement> good;
    std::vector<int> lines;            // theirs
    QList<model::RefusedLine> refused; // at most RefusedMost are listed

    void refuse(int line, const QString& reason)
    {
        if (refused.size() < RefusedMost)
            refused.append({line, reason});
    }
};

// The header and the lines under it, which may be shorter than the header.
Result<std::vector<CsvRow>> rowsOf(const QString& text)
{
    QByteArray bytes = text.toUtf8();
    QBuffer source(&bytes);
    source.open(QIODevice::ReadOnly);
    CsvReader reader(u"csv"_s, source, {.rows = RowsMost});
    std::vector<CsvRow> rows;
    for (;;) {
        COHORT_TRY(row, reader.next());
        if (!row && rows.empty())
            return fail(ErrorCode::MissingValue, u"'csv' is empty"_s);
        if (!row)
            return rows;
        rows.push_back(std::move(*row));
    }
}

Result<Column> columnsOf(const QStringList& header)
{
    Column column;
    const std::map<QString, qsizetype*> known{{u"time"_s, &column.time},           {u"device_id"_s, &column.device},
                                              {u"parameter"_s, &column.parameter}, {u"index"_s, &column.index},
                                              {u"value"_s, &column.value},         {u"unit"_s, &column.unit}};
    for (qsizetype i = 0; i < header.size(); ++i) {
        const auto found = known.find(header[i].trimmed().toLower());
        if (found == known.end())
            return fail(ErrorCode::WrongValue, u"unknown column '%1'"_s.arg(header[i].left(50)));
        *found->second = i;
    }
    if (column.time < 0 || column.device < 0 || column.parameter < 0 || column.value < 0)
        return fail(ErrorCode::MissingValue, u"the first line must name time, device_id, parameter, value"_s);
    return column;
}

QString reasonOf(const Error& error)
{
    return u"value: "_s + error.message() + u" ("_s + QString::fromLatin1(error.name()) + u')';
}

void readLine(const CsvRow& row, const Column& column, LocationId location,
              const std::map<QString, store::KnownDevice>& devices, Timestamp now, Import& import)
{
    const auto cell = [&](qsizetype at) { return row.cells.value(at); };
    const int line = row.line;
    const auto time = fromIso(cell(column.time).toStdString());
    const auto device = devices.find(cell(column.device));
    const QString parameter = cell(column.parameter), value = cell(column.value);
    if (!time)
        return import.refuse(line, u"time: "_s + time.error().message());
    if (*time > now + std::chrono::minutes(5))
        return import.refuse(line, u"over 5 minutes in the future"_s);
    if (device == devices.end())
        return import.refuse(line, u"no device '%1' in this home"_s.arg(cell(column.device).left(100)));
    if (parameter.isEmpty() || parameter.size() > 100 || parameter.startsWith(u"syn."_s))
        return import.refuse(line, u"parameter: 1 to 100 characters, not syn.…"_s);
    if (value.toUtf8().size() > 1024 || value.contains(QChar(0)))
        return import.refuse(line, u"value: at most 1024 bytes"_s);
    store::NewMeasurement measurement{.device = device->second.id,
                                      .location = location,
                                      .name = parameter.toStdString(),
                                      .index = cell(column.index).left(100).toStdString(),
                                      .unit = cell(column.unit).left(50).toStdString(),
                                      .time = *time,
                                      .value = model::valueOfCell(value.toStdString())};
    if (const auto typed = store::applyType(measurement, device->second.type); !typed)
        return import.refuse(line, reasonOf(typed.error()));
    import.good.push_back(std::move(measurement));
    import.lines.push_back(line);
}

// Waits for one commit.
Result<store::Committed> commit(store::Committer& committer, std::vector<store::NewMeasurement> rows)
{
    store::Submission submission;
    submission.measurements = std::move(rows);
    const auto promise = std::make_shared<std::promise<Result<store::Committed>>>();
    auto future = promise->get_future();
    if (!committer.submit(std::move(submission), [promise](auto result) { promise->set_value(std::move(result)); }))
        return fail(ErrorCode::Busy, {}, 5'000);
    if (future.wait_for(WaitForCommit) != std::future_status::ready)
        return fail(ErrorCode::Timeout);
    return future.get();
}

} // namespace

Result<model::ImportReport> importMeasurements(Call& call, const protocol::MeasurementImport& wanted)
{
    COHORT_TRY(rows, rowsOf(wanted.csv));
    COHORT_TRY(column, columnsOf(rows.front().cells));
    COHORT_TRY(devices, store::DeviceRepository(call.connection).keys(wanted.location));
    Import import;
    for (std::size_t i = 1; i < rows.size(); ++i)
        readLine(rows[i], column, wanted.location, devices, call.services.clock.now(), import);
    model::ImportReport report{.stored = 0, .already = 0, .refused = {}};
    qint64 refused = 0; // by their streams
    for (std::size_t at = 0; at < import.good.size(); at += RowsAtOnce) {
        const auto end = std::min(import.good.size(), at + RowsAtOnce);
        COHORT_TRY(committed,
                   commit(call.services.committer, {import.good.begin() + static_cast<std::ptrdiff_t>(at),
                                                    import.good.begin() + static_cast<std::ptrdiff_t>(end)}));
        report.stored += committed.inserted;
        refused += static_cast<qint64>(committed.refused.size());
        for (const store::RefusedMeasurement& one : committed.refused)
            import.refuse(import.lines.at(at + one.index), reasonOf(one.why));
    }
    report.already = static_cast<qint64>(import.good.size()) - report.stored - refused;
    report.refused = import.refused;
    call.auditDetail = {
        {u"stored"_s, report.stored}, {u"already"_s, report.already}, {u"refused"_s, report.refused.size()}};
    return report;
}

} // namespace cohort::api
