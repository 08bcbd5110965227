// measurement.*
#include "server/api/operations/csv.h"
#include "server/api/operations/handlers.h"
#include "server/api/operations/measurement_import.h"
#include "server/store/sql_names.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

QJsonValue valueOf(const store::Row& row)
{
    return row.isNull("number") ? QJsonValue(row.string("text")) : QJsonValue(row.real("number"));
}

Result<void> checkSpan(const Call& call)
{
    if (call.time("from") > call.time("to"))
        return fail(ErrorCode::WrongValue, u"'from' must not be after 'to'"_s);
    return {};
}

store::Binds span(const Call& call)
{
    return {{"stream", call.integer("stream")}, {"from", call.boundTime("from")}, {"to", call.boundTime("to")}};
}

Result<store::Rows> samples(Call& call, int most)
{
    auto binds = span(call);
    binds.emplace_back("count", most);
    return call.connection.query(Sql::MeasurementSeries, binds);
}

Result<store::Row> stream(Call& call)
{
    COHORT_TRY(rows, call.connection.query(Sql::StreamBrief, {{"id", call.integer("stream")}}));
    return rows.front();
}

Result<void> addBuckets(Call& call, int points, QJsonObject& answer)
{
    const auto length = toMs(call.time("to")) - toMs(call.time("from"));
    auto binds = span(call);
    binds.emplace_back("width_ms", static_cast<qlonglong>(std::max<std::int64_t>(1, length / points + 1)));
    COHORT_TRY(rows, call.connection.query(Sql::MeasurementBuckets, binds));
    QJsonArray times, least, greatest, mean, count;
    for (const auto& row : rows) {
        times.append(row.integer("at_ms"));
        least.append(row.real("least"));
        greatest.append(row.real("greatest"));
        mean.append(row.real("mean"));
        count.append(row.integer("samples"));
    }
    answer.insert(u"raw"_s, false);
    answer.insert(u"times"_s, times);
    answer.insert(u"min"_s, least);
    answer.insert(u"max"_s, greatest);
    answer.insert(u"mean"_s, mean);
    answer.insert(u"count"_s, count);
    return {};
}

Result<void> addBefore(Call& call, QJsonObject& answer)
{
    COHORT_TRY(rows, call.connection.query(Sql::MeasurementBefore,
                                           {{"stream", call.integer("stream")}, {"from", call.boundTime("from")}}));
    answer.insert(u"before"_s,
                  rows.empty()
                      ? QJsonValue()
                      : QJsonValue(QJsonObject{{u"time"_s, static_cast<qint64>(toMs(rows.front().time("time")))},
                                               {u"value"_s, valueOf(rows.front())}}));
    return {};
}

Result<QJsonObject> query(Call& call)
{
    COHORT_CHECK(checkSpan(call));
    const int points = static_cast<int>(call.integer("points", ChartPoints));
    COHORT_TRY(about, stream(call));
    COHORT_TRY(rows, samples(call, points + 1));
    QJsonObject answer{{u"stream"_s, call.integer("stream")}, {u"unit"_s, about.string("unit")}};
    COHORT_CHECK(addBefore(call, answer));
    if (rows.size() > static_cast<std::size_t>(points)) {
        COHORT_CHECK(addBuckets(call, points, answer));
        return answer;
    }
    QJsonArray times, values;
    for (const auto& row : rows) {
        times.append(static_cast<qint64>(toMs(row.time("time"))));
        values.append(valueOf(row));
    }
    answer.insert(u"raw"_s, true);
    answer.insert(u"times"_s, times);
    answer.insert(u"values"_s, values);
    return answer;
}

QString safeFileName(const QString& text)
{
    QString name;
    for (const QChar c : text)
        name += c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.' ? c : QChar(u'_');
    return name.left(100);
}

Result<QJsonObject> exportCsv(Call& call)
{
    COHORT_CHECK(checkSpan(call));
    COHORT_TRY(about, stream(call));
    COHORT_TRY(rows, samples(call, ExportRowsMost + 1));
    if (rows.size() > ExportRowsMost)
        return fail(ErrorCode::TooLarge, u"more than %1 rows; choose a shorter time"_s.arg(ExportRowsMost));
    const QString device = about.string("device_key"), name = about.string("name");
    const QString middle =
        u',' + csvText(device) + u',' + csvText(name) + u',' + csvText(about.string("index_text")) + u',';
    const QString end = u',' + csvText(about.string("unit")) + u'\n';
    QString csv = u"time,device_id,parameter,index,value,unit\n"_s;
    for (const auto& row : rows)
        csv += QString::fromStdString(toIso(row.time("time"))) + middle +
               (row.isNull("number") ? csvText(row.string("text")) : csvNumber(row.real("number"))) + end;
    call.mustAudit = true;
    call.object = u"stream:%1"_s.arg(call.integer("stream"));
    return QJsonObject{{u"fileName"_s, safeFileName(device + u'-' + name) + u".csv"_s}, {u"csv"_s, csv}};
}

} // namespace

HandlerRows measurementHandlers()
{
    return {{"measurement.query", &query},
            {"measurement.export", &exportCsv},
            {"measurement.import", &importMeasurements, true}};
}

} // namespace cohort::api
