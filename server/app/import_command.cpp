#include "server/app/import_command.h"

#include "server/api/operations/import/importer.h"
#include "server/app/database.h"
#include "server/store/repositories/audit_repository.h"
#include "server/store/repositories/border_repository.h"
#include "server/store/repositories/device_repository.h"
#include "server/store/repositories/place_repository.h"
#include "shared/model/json.h"

#include <QFile>
#include <QJsonDocument>

#include <cstdio>
#include <limits>

namespace cohort::app {

using namespace Qt::Literals::StringLiterals;

namespace {

// A file's size is bounded by nothing but its rows' own bounds.
constexpr CsvLimits FileLimits{.columns = 256, .bytes = std::numeric_limits<qint64>::max(), .rows = 2'000'000'000};

Result<model::ImportLayout> layoutOf(const QString& path)
{
    if (path.isEmpty())
        return model::ImportLayout();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::WrongValue, u"--layout: %1: %2"_s.arg(path, file.errorString()));
    QJsonParseError error{};
    const auto document = QJsonDocument::fromJson(file.readAll(), &error);
    if (error.error != QJsonParseError::NoError || !document.isObject())
        return fail(
            ErrorCode::WrongValue,
            u"--layout: %1 is no JSON object: %2 at byte %3"_s.arg(path, error.errorString()).arg(error.offset));
    auto layout = model::fromJson<model::ImportLayout>(document.object(), model::Form::Parameters);
    if (!layout)
        return fail(ErrorCode::WrongValue, u"--layout: %1: %2"_s.arg(path, layout.error().detail));
    return layout;
}

void print(const model::ImportReport& report, bool isPreview)
{
    QJsonObject told = model::toJson(report);
    told.remove(u"refused"_s); // named line by line as they came
    if (!isPreview) {
        told.remove(u"first"_s);
        told.remove(u"layout"_s);
    }
    std::printf("%s\n",
                QJsonDocument(told).toJson(isPreview ? QJsonDocument::Indented : QJsonDocument::Compact).constData());
}

Result<void> record(store::Connection& connection, LocationId location, const model::ImportReport& report)
{
    COHORT_TRY(deployment, store::BorderRepository(connection).deploymentOf(model::Noun::Location, location.value));
    return store::writeAudit(connection, {.actor = u"local"_s,
                                          .action = u"measurement.import"_s,
                                          .deployment = deployment.value_or(DeploymentId{}),
                                          .object = u"location:%1"_s.arg(location.value),
                                          .address = {},
                                          .detail = {{u"stored"_s, report.stored},
                                                     {u"already"_s, report.already},
                                                     {u"refused"_s, report.refusedCount}}});
}

} // namespace

Result<qint64> importFile(const Options& options, const Clock& clock)
{
    const LocationId location{options.importing.location};
    COHORT_TRY(layout, layoutOf(options.importing.layoutFile));
    QFile source(options.importing.file);
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::WrongValue, u"%1: %2"_s.arg(options.importing.file, source.errorString()));
    Database database(options);
    COHORT_CHECK(database.openBeside());
    COHORT_TRY(connection, store::Connection::open(database.settings()));
    COHORT_TRY(rules, store::PlaceRepository(*connection).rules(location));
    if (!rules)
        return fail(ErrorCode::WrongValue, u"--location: there is no home %1, or it is retired"_s.arg(location.value));
    COHORT_TRY(devices, store::DeviceRepository(*connection).keys(location));
    if (devices.empty())
        return fail(ErrorCode::WrongValue, u"--location: home %1 has no device to import for"_s.arg(location.value));
    store::CommitterOptions committing;
    committing.database = database.settings();
    committing.node = options.node + u"-import"_s;
    store::Committer committer(
        committing, [](const store::LogBatchPtr&) {}, [](CommandId, LocationId) {});
    if (!options.importing.preview)
        COHORT_CHECK(committer.start());
    const api::ImportJob job{.location = location,
                             .devices = std::move(devices),
                             .layout = std::move(layout),
                             .now = clock.now(),
                             .committer = options.importing.preview ? nullptr : &committer,
                             .limits = FileLimits,
                             .onRefused = [&](const model::RefusedLine& line) {
                                 std::fprintf(stderr, "%s:%d: %s\n", qPrintable(options.importing.file), line.line,
                                              line.reason.toUtf8().constData());
                             }};
    model::ImportReport report;
    const auto done = api::importFrom(source, job, report);
    if (!options.importing.preview)
        COHORT_CHECK(record(*connection, location, report));
    if (!done)
        return fail(done.error());
    print(report, options.importing.preview);
    return report.refusedCount;
}

} // namespace cohort::app
