#include "server/api/operations/measurement_import.h"

#include "server/store/repositories/device_repository.h"
#include "shared/base/csv.h"

#include <QBuffer>

#include <cmath>
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

Value valueOf(const QString& cell)
{
    bool isNumber = false;
    const double number = cell.toDouble(&isNumber);
    if (isNumber && std::isfinite(number))
        return Value::ofNumber(number);
    return Value::ofText(cell.toStdString());
}

void readLine(const CsvRow& row, const Column& column, LocationId location, const std::map<QString, DeviceId>& devices,
              Timestamp now, Import& import)
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
    if (value.isEmpty() || value.toUtf8().size() > 1024 || value.contains(QChar(0)))
        return import.refuse(line, u"value: 1 to 1024 bytes"_s);
    import.good.push_back({.device = device->second,
                           .location = location,
                           .name = parameter.toStdString(),
                           .index = cell(column.index).left(100).toStdString(),
                           .unit = cell(column.unit).left(50).toStdString(),
                           .time = *time,
                           .value = valueOf(value)});
}

// Waits for one commit; the value: how many rows were new.
Result<int> commit(store::Committer& committer, std::vector<store::NewMeasurement> rows)
{
    store::Submission submission;
    submission.measurements = std::move(rows);
    const auto promise = std::make_shared<std::promise<Result<store::Committed>>>();
    auto future = promise->get_future();
    if (!committer.submit(std::move(submission), [promise](auto result) { promise->set_value(std::move(result)); }))
        return fail(ErrorCode::Busy, {}, 5'000);
    if (future.wait_for(WaitForCommit) != std::future_status::ready)
        return fail(ErrorCode::Timeout);
    COHORT_TRY(committed, future.get());
    return committed.inserted;
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
    model::ImportReport report{.stored = 0, .already = 0, .refused = import.refused};
    for (std::size_t at = 0; at < import.good.size(); at += RowsAtOnce) {
        const auto end = std::min(import.good.size(), at + RowsAtOnce);
        COHORT_TRY(inserted, commit(call.services.committer, {import.good.begin() + static_cast<std::ptrdiff_t>(at),
                                                              import.good.begin() + static_cast<std::ptrdiff_t>(end)}));
        report.stored += inserted;
    }
    report.already = static_cast<qint64>(import.good.size()) - report.stored;
    call.auditDetail = {
        {u"stored"_s, report.stored}, {u"already"_s, report.already}, {u"refused"_s, report.refused.size()}};
    return report;
}

} // namespace cohort::api
