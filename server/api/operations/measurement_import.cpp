#include "server/api/operations/measurement_import.h"

#include "server/api/operations/import/importer.h"
#include "server/store/repositories/audit_repository.h"
#include "server/store/repositories/device_repository.h"

#include <QBuffer>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr CsvLimits ApiLimits{.columns = 256, .rows = 100'000};

} // namespace

Result<model::ImportReport> importMeasurements(Call& call, const protocol::MeasurementImport& wanted)
{
    COHORT_TRY(devices, store::DeviceRepository(call.connection).keys(wanted.location));
    QByteArray bytes = wanted.csv.toUtf8();
    QBuffer source(&bytes);
    source.open(QIODevice::ReadOnly);
    const bool isPreview = wanted.preview.value_or(false);
    const ImportJob job{.location = wanted.location,
                        .devices = std::move(devices),
                        .layout = wanted.layout.value_or(model::ImportLayout()),
                        .now = call.services.clock.now(),
                        .committer = isPreview ? nullptr : &call.services.committer,
                        .limits = ApiLimits,
                        .onRefused = {}};
    model::ImportReport report;
    const auto done = importFrom(source, job, report);
    call.auditDetail = {
        {u"stored"_s, report.stored}, {u"already"_s, report.already}, {u"refused"_s, report.refusedCount}};
    if (done)
        return report;
    // What was stored before it failed is recorded too.
    if (report.stored > 0)
        COHORT_CHECK(store::writeAudit(call.connection, {.actor = call.identity.actor(),
                                                         .action = u"measurement.import"_s,
                                                         .deployment = call.deployment,
                                                         .object = u"location:%1"_s.arg(wanted.location.value),
                                                         .address = call.address,
                                                         .detail = call.auditDetail}));
    return fail(done.error());
}

} // namespace cohort::api
