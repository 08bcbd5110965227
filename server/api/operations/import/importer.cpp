#include "server/api/operations/import/importer.h"

#include "server/api/operations/import/import_cells.h"
#include "server/api/operations/import/import_survey.h"
#include "server/store/log/storable.h"
#include "server/store/log/typed_measurement.h"
#include "shared/base/limits.h"
#include "shared/model/stored_value.h"

#include <algorithm>
#include <future>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t RowsAtOnce = 10'000;
constexpr qsizetype FirstMost = 10;
constexpr qsizetype NameShown = 100;
constexpr std::chrono::seconds WaitForCommit{30};

// What a value is of, by the file's columns and by what the layout says of its device.
struct Place
{
    QString device, parameter, index, unit;
};

template <typename From>
void overlay(Place& place, const From& from)
{
    for (const auto& [to, given] : {std::pair{&place.device, &from.device},
                                    {&place.parameter, &from.parameter},
                                    {&place.index, &from.index},
                                    {&place.unit, &from.unit}})
        if (*given)
            *to = **given;
}

QString reasonOf(const Error& error)
{
    return u"value: "_s + error.message() + u" ("_s + QString::fromLatin1(error.name()) + u')';
}

bool stands(const model::ImportSeries& series, const QString& name)
{
    return series.from.endsWith(u'*') ? name.startsWith(QStringView(series.from).chopped(1)) : series.from == name;
}

// Where the type says nothing, the committer goes by the stream; what says "no value" is one for all but a stream of texts.
bool holdsNothing(const store::NewMeasurement& one)
{
    return one.value.isNone() ||
           (one.kind == model::StreamKind::Undecided && one.value.text && model::saysNoValue(*one.value.text));
}

class Importer
{
public:
    Importer(const ImportJob& job, Survey survey, model::ImportReport& report)
        : m_job(job), m_survey(std::move(survey)), m_report(report)
    {
        m_report.layout = m_survey.layout;
    }

    Result<void> run(QIODevice& source);

private:
    void readRow(const CsvRow& row, const ImportColumns& columns);
    void readCell(const CsvRow& row, const ImportColumns& columns, qsizetype at, Timestamp time);
    Result<store::NewMeasurement> measurementOf(const Place& place, const QString& cell, Timestamp time) const;
    Place placeOf(const CsvRow& row, const ImportColumns& columns, qsizetype at) const;
    void refuse(int line, const QString& reason);
    Result<void> commit();
    QString told(const QString& why) const;

    const ImportJob& m_job;
    const Survey m_survey;
    model::ImportReport& m_report;
    std::vector<store::NewMeasurement> m_good; // since the last commit
    std::vector<int> m_lines;                  // theirs
    int m_line = 0;                            // up to which all is told
};

void Importer::refuse(int line, const QString& reason)
{
    ++m_report.refusedCount;
    if (m_report.refused.size() < ImportRefusedMost)
        m_report.refused.append({line, reason});
    if (m_job.onRefused)
        m_job.onRefused({line, reason});
}

Place Importer::placeOf(const CsvRow& row, const ImportColumns& columns, qsizetype at) const
{
    const auto cell = [&](qsizetype place) {
        return place < 0 ? QString() : csvPlain(row.cells.value(place).trimmed());
    };
    const ImportPlaces& places = columns.places;
    Place place{cell(places.device), cell(places.parameter), cell(places.index), cell(places.unit)};
    const QString name = place.device;
    overlay(place, columns.all[at]);
    // A name of its own says more than one with a star.
    const auto series = m_survey.layout.series.value_or(QList<model::ImportSeries>());
    const auto own = std::find_if(series.begin(), series.end(), [&](const auto& one) { return one.from == name; });
    const auto found = own != series.end() ? own : std::find_if(series.begin(), series.end(), [&](const auto& one) {
        return stands(one, name);
    });
    if (found != series.end())
        overlay(place, *found);
    return place;
}

Result<store::NewMeasurement> Importer::measurementOf(const Place& place, const QString& cell, Timestamp time) const
{
    const auto wrong = [](const QString& what) { return fail(ErrorCode::WrongValue, what); };
    const auto device = m_job.devices.find(place.device);
    if (device == m_job.devices.end())
        return wrong(u"no device '%1' in this home"_s.arg(place.device.left(NameShown)));
    if (const auto good = model::checkParameterCell(place.parameter); !good)
        return wrong(u"parameter: "_s + good.error().detail);
    if (const auto good = model::checkIndexCell(place.index); !good)
        return wrong(u"index: "_s + good.error().detail);
    if (const auto good = model::checkUnitCell(place.unit); !good)
        return wrong(u"unit: "_s + good.error().detail);
    const auto value = m_survey.decimalComma ? withPoint(cell) : Result<QString>(cell);
    if (const auto storable = value ? model::checkValueCell(*value) : Result<void>(fail(value.error())); !storable)
        return wrong(u"value: "_s + storable.error().detail);
    store::NewMeasurement measurement{.device = device->second.id,
                                      .location = m_job.location,
                                      .name = place.parameter.toStdString(),
                                      .index = place.index.toStdString(),
                                      .unit = place.unit.toStdString(),
                                      .time = time,
                                      .value = model::valueOfCell(value->toStdString()),
                                      .written = cell.toStdString()};
    if (const auto typed = store::applyType(measurement, device->second.type); !typed)
        return wrong(reasonOf(typed.error()));
    COHORT_CHECK(store::checkStorable(measurement));
    return measurement;
}

void Importer::readCell(const CsvRow& row, const ImportColumns& columns, qsizetype at, Timestamp time)
{
    const QString cell = csvPlain(row.cells.value(at).trimmed());
    const bool isWide = columns.places.values.size() > 1;
    const auto none = m_survey.layout.noValue.value_or(QList<QString>());
    if (none.contains(cell) || (isWide && cell.isEmpty())) {
        ++m_report.noValue;
        return;
    }
    const Place place = placeOf(row, columns, at);
    auto measurement = measurementOf(place, cell, time);
    if (!measurement) {
        const QString which = isWide ? columns.all[at].name.value_or(u"column %1"_s.arg(at + 1)) + u": "_s : QString();
        return refuse(row.line, which + measurement.error().detail);
    }
    if (m_report.first.size() < FirstMost)
        m_report.first.append({row.line, time, place.device, place.parameter, place.index,
                               QString::fromStdString(measurement->unit), measurement->value}); // as it is stored
    m_good.push_back(std::move(*measurement));
    m_lines.push_back(row.line);
}

void Importer::readRow(const CsvRow& row, const ImportColumns& columns)
{
    const auto time = m_survey.clock.read(timeText(row, columns.places));
    QString wrong = time ? QString() : u"time: "_s + time.error().detail;
    if (const auto good = time ? model::checkTimeOfLine(*time) : Result<void>(); !good)
        wrong = u"time: "_s + good.error().detail;
    else if (time && *time > m_job.now + std::chrono::seconds(AheadMostS))
        wrong = u"over 5 minutes in the future"_s;
    else if (m_survey.mayHaveCuts && mayBeCut(row, columns, m_survey.someLack))
        wrong = u"value: was a number cut at its comma? Quote it (\"21,5\") and say decimal comma; where there are two "
                "numbers, say decimal point"_s;
    for (const qsizetype at : columns.places.values) {
        if (wrong.isEmpty())
            readCell(row, columns, at, *time);
        else
            refuse(row.line, wrong);
    }
}

// What the committer says is what is told: new, there before, or too much for the device.
Result<void> Importer::commit()
{
    if (m_good.empty())
        return {};
    const auto rows = static_cast<qint64>(m_good.size());
    const std::vector<int> lines = std::exchange(m_lines, {});
    store::Submission submission;
    submission.measurements = std::exchange(m_good, {});
    if (m_job.committer == nullptr) {
        const auto none = std::count_if(submission.measurements.begin(), submission.measurements.end(), holdsNothing);
        m_report.stored += rows - none;
        m_report.noValue += none;
        return {};
    }
    const auto promise = std::make_shared<std::promise<Result<store::Committed>>>();
    auto future = promise->get_future();
    if (!m_job.committer->submit(std::move(submission),
                                 [promise](auto result) { promise->set_value(std::move(result)); }))
        return fail(ErrorCode::Busy, {}, 5'000);
    if (future.wait_for(WaitForCommit) != std::future_status::ready)
        return fail(ErrorCode::Timeout);
    COHORT_TRY(committed, future.get());
    const qint64 stored = committed.inserted - committed.newNoValue;
    m_report.stored += stored;
    m_report.noValue += committed.noValue;
    m_report.already += rows - committed.noValue - stored - static_cast<qint64>(committed.refused.size());
    for (const store::RefusedMeasurement& one : committed.refused)
        refuse(lines.at(one.index), reasonOf(one.why));
    return {};
}

// How far it came, for who reads why it went no further.
QString Importer::told(const QString& why) const
{
    const QString counts = u"up to line %1 %2 values were stored, %3 were there already and %4 refused"_s.arg(m_line)
                               .arg(m_report.stored)
                               .arg(m_report.already)
                               .arg(m_report.refusedCount);
    const QString cause = why.isEmpty() ? QString() : u" ("_s + why + u')';
    return counts + u"; import the file again, what is there is recognised"_s + cause;
}

Result<void> Importer::run(QIODevice& source)
{
    ImportRows rows(source, m_job.layout, m_job.limits);
    for (;;) {
        COHORT_TRY(row, rows.next());
        if (row && !rows.wrongSize(*row).isEmpty())
            refuse(row->line, rows.wrongSize(*row));
        else if (row)
            readRow(*row, rows.columns());
        if (row && m_good.size() < RowsAtOnce)
            continue;
        if (auto done = commit(); !done) {
            Error error = done.error();
            error.detail = told(error.detail);
            return fail(error);
        }
        if (!row)
            break;
        m_line = row->line;
    }
    std::sort(m_report.refused.begin(), m_report.refused.end(),
              [](const auto& a, const auto& b) { return a.line < b.line; });
    return {};
}

} // namespace

Result<void> importFrom(QIODevice& source, const ImportJob& job, model::ImportReport& report)
{
    COHORT_TRY(survey, surveyImport(source, job.layout, job.limits));
    if (!source.seek(0))
        return fail(ErrorCode::WrongValue, u"the file must be one that can be read twice, no pipe"_s);
    return Importer(job, std::move(survey), report).run(source);
}

} // namespace cohort::api
