// measurement.*, stream.*
#include "server/api/operations/handlers.h"
#include "server/api/operations/measurement_import.h"
#include "server/api/operations/span.h"
#include "server/store/repositories/measurement_repository.h"
#include "shared/base/csv.h"
#include "shared/protocol/operations/measurement.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::MeasurementRepository;

namespace {

template <typename Wanted>
Result<store::StreamSpan> spanOf(const Wanted& wanted)
{
    COHORT_CHECK(checkSpan(wanted.from, wanted.to));
    return store::StreamSpan{wanted.stream, wanted.from, wanted.to};
}

Result<model::Series> query(Call& call, const protocol::MeasurementQuery& wanted)
{
    COHORT_TRY(span, spanOf(wanted));
    return MeasurementRepository(call.connection).series(span, wanted.points.value_or(int{ChartPoints}));
}

QString safeFileName(const QString& text)
{
    QString name;
    for (const QChar c : text)
        name += c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.' ? c : QChar(u'_');
    return name.left(100);
}

Result<model::ExportedFile> exportCsv(Call& call, const protocol::MeasurementExport& wanted)
{
    COHORT_TRY(span, spanOf(wanted));
    MeasurementRepository measurements(call.connection);
    COHORT_TRY(about, measurements.names(wanted.stream));
    COHORT_TRY(samples, measurements.samples(span, ExportRowsMost + 1));
    if (samples.size() > ExportRowsMost)
        return fail(ErrorCode::TooLarge, u"more than %1 rows; choose a shorter time"_s.arg(ExportRowsMost));
    const QString middle =
        u',' + csvText(about.deviceKey) + u',' + csvText(about.name) + u',' + csvText(about.index) + u',';
    const QString end = u',' + csvText(about.unit) + u'\n';
    QString csv = u"time,device_id,parameter,index,value,unit\n"_s;
    for (const auto& [value, time] : samples)
        csv += QString::fromStdString(toIso(time)) + middle + csvValue(value) + end;
    call.mustAudit = true;
    call.object = u"stream:%1"_s.arg(wanted.stream.value);
    return model::ExportedFile{safeFileName(about.deviceKey + u'-' + about.name) + u".csv"_s, csv};
}

// A sentence for whoever would change what is settled elsewhere; nothing: it may be changed.
Result<void> checkKindIsOpen(const store::StreamNames& stream)
{
    if (stream.isFact)
        return fail(ErrorCode::WrongValue, u"'id': a script makes this stream, its values are what the script gives"_s);
    const auto byType = model::expectedOf(stream.deviceType, stream.name.toStdString()).kind;
    if (byType != model::StreamKind::Undecided)
        return fail(ErrorCode::WrongValue,
                    u"'kind': the device's type says that '%1' is %2; what is no such value is another parameter"_s.arg(
                        stream.name, byType == model::StreamKind::OnOff ? u"on or off"_s : u"a number"_s));
    return {};
}

Result<model::Stream> updateStream(Call& call, const protocol::StreamUpdate& wanted)
{
    MeasurementRepository measurements(call.connection);
    COHORT_TRY(known, measurements.names(wanted.id));
    COHORT_CHECK(checkKindIsOpen(known));
    COHORT_CHECK(measurements.changeKind(wanted.id, model::kindOf(wanted.kind)));
    call.auditDetail.insert(u"from"_s, model::textOf(known.kind));
    return measurements.stream(wanted.id);
}

} // namespace

HandlerRows measurementHandlers()
{
    return {handler<protocol::MeasurementQuery, &query>(), handler<protocol::MeasurementExport, &exportCsv>(),
            handler<protocol::MeasurementImport, &importMeasurements>(OwnTransaction),
            handler<protocol::StreamUpdate, &updateStream>()};
}

} // namespace cohort::api
