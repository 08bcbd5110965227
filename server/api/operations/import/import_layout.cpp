#include "server/api/operations/import/import_layout.h"

#include "shared/base/near_names.h"

#include <algorithm>
#include <map>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using model::ColumnRole;
using model::ImportColumn;
using model::ImportLayout;
using model::Separator;

namespace {

constexpr qint64 PeekBytes = 64 * 1024;
constexpr char Separators[] = {',', ';', '\t', '|', ' '}; // in the order of model::Separator

struct KnownColumn
{
    const char* name;
    ColumnRole role;
};
// Names that mean one thing wherever they stand: Cohort's own, Home Assistant's, InfluxDB's, German ones.
constexpr KnownColumn Known[] = {{"time", ColumnRole::Time},           {"timestamp", ColumnRole::Time},
                                 {"_time", ColumnRole::Time},          {"datetime", ColumnRole::Time},
                                 {"last_changed", ColumnRole::Time},   {"zeit", ColumnRole::Time},
                                 {"zeitstempel", ColumnRole::Time},    {"zeitpunkt", ColumnRole::Time},
                                 {"date", ColumnRole::Date},           {"datum", ColumnRole::Date},
                                 {"uhrzeit", ColumnRole::Clock},       {"device_id", ColumnRole::Device},
                                 {"device", ColumnRole::Device},       {"entity_id", ColumnRole::Device},
                                 {"sensor_id", ColumnRole::Device},    {"sensor", ColumnRole::Device},
                                 {"itemname", ColumnRole::Device},     {"gerät", ColumnRole::Device},
                                 {"geraet", ColumnRole::Device},       {"parameter", ColumnRole::Parameter},
                                 {"_field", ColumnRole::Parameter},    {"messgröße", ColumnRole::Parameter},
                                 {"index", ColumnRole::Index},         {"value", ColumnRole::Value},
                                 {"_value", ColumnRole::Value},        {"state", ColumnRole::Value},
                                 {"wert", ColumnRole::Value},          {"messwert", ColumnRole::Value},
                                 {"unit", ColumnRole::Unit},           {"unit_of_measurement", ColumnRole::Unit},
                                 {"einheit", ColumnRole::Unit},        {"", ColumnRole::Ignored},
                                 {"result", ColumnRole::Ignored},      {"table", ColumnRole::Ignored},
                                 {"_start", ColumnRole::Ignored},      {"_stop", ColumnRole::Ignored},
                                 {"_measurement", ColumnRole::Ignored}};

struct EpochName
{
    const char* name;
    const char* format;
};
constexpr EpochName EpochNames[] = {
    {"epoch", "epoch-s"},         {"epoch_s", "epoch-s"},       {"unix", "epoch-s"},         {"unixtime", "epoch-s"},
    {"unix_ts", "epoch-s"},       {"unix_time", "epoch-s"},     {"timestamp_s", "epoch-s"},  {"time_s", "epoch-s"},
    {"epoch_ms", "epoch-ms"},     {"timestamp_ms", "epoch-ms"}, {"time_ms", "epoch-ms"},     {"epoch_us", "epoch-us"},
    {"timestamp_us", "epoch-us"}, {"epoch_ns", "epoch-ns"},     {"timestamp_ns", "epoch-ns"}};

QString epochOf(const QString& name)
{
    for (const EpochName& known : EpochNames) {
        if (name.compare(QLatin1String(known.name), Qt::CaseInsensitive) == 0)
            return QString::fromLatin1(known.format);
    }
    return {};
}

std::optional<ColumnRole> roleOf(const QString& name)
{
    if (!epochOf(name).isEmpty())
        return ColumnRole::Time;
    for (const KnownColumn& known : Known) {
        if (name.compare(QString::fromUtf8(known.name), Qt::CaseInsensitive) == 0)
            return known.role;
    }
    return std::nullopt;
}

tl::unexpected<Error> missing(const QString& what)
{
    return fail(ErrorCode::MissingValue, what);
}

Result<QList<ImportColumn>> byName(const QStringList& header)
{
    QList<ImportColumn> columns;
    bool hasDate = false;
    for (const QString& name : header) {
        const auto role = roleOf(name);
        if (!role) {
            QStringList names;
            for (const KnownColumn& known : Known)
                names.append(QString::fromUtf8(known.name));
            const QStringList near = nearNames(name, names);
            return fail(
                ErrorCode::WrongValue,
                u"unknown column '%1'%2; say what the columns are ('columns'), those without use as ignored"_s.arg(
                    name.left(50), near.isEmpty() ? QString() : u", near it: "_s + near.join(u", "_s)));
        }
        hasDate = hasDate || role == ColumnRole::Date;
        columns.append(
            ImportColumn{.name = name, .role = *role, .device = {}, .parameter = {}, .index = {}, .unit = {}});
    }
    // Beside a date, "Time" is the time of day.
    for (ImportColumn& column : columns) {
        if (hasDate && column.role == ColumnRole::Time && column.name->compare(u"time"_s, Qt::CaseInsensitive) == 0)
            column.role = ColumnRole::Clock;
    }
    return columns;
}

Result<QList<ImportColumn>> byLayout(const QStringList& header, const QList<ImportColumn>& wanted)
{
    QList<ImportColumn> columns;
    for (const QString& name : header)
        columns.append(ImportColumn{
            .name = name, .role = ColumnRole::Ignored, .device = {}, .parameter = {}, .index = {}, .unit = {}});
    for (const ImportColumn& column : wanted) {
        if (!column.name)
            return missing(u"columns: each needs its name in the header"_s);
        const auto count = header.count(*column.name);
        if (count != 1)
            return fail(ErrorCode::WrongValue,
                        u"columns: the header has '%1' %2; it has: %3"_s.arg(
                            column.name->left(50), count == 0 ? u"not"_s : u"%1 times"_s.arg(count),
                            header.join(u", "_s).left(300)));
        columns[header.indexOf(*column.name)] = column;
    }
    return columns;
}

// The index of the one column with this role; -1: none.
Result<qsizetype> placeOf(const QList<ImportColumn>& columns, ColumnRole role)
{
    qsizetype found = -1;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        if (columns[i].role != role)
            continue;
        if (found >= 0)
            return fail(ErrorCode::WrongValue,
                        u"two columns are the %1: %2 and %3; say which ('columns')"_s.arg(
                            model::textOf(role), columns[found].name.value_or(QString::number(found + 1)),
                            columns[i].name.value_or(QString::number(i + 1))));
        found = i;
    }
    return found;
}

// The columns of values, of which no two are the same stream's.
Result<QList<qsizetype>> valuesOf(const QList<ImportColumn>& columns)
{
    QList<qsizetype> values;
    const auto isLike = [&](qsizetype one, qsizetype other) {
        const ImportColumn &a = columns[one], &b = columns[other];
        return a.device == b.device && a.parameter == b.parameter && a.index == b.index;
    };
    for (qsizetype i = 0; i < columns.size(); ++i) {
        if (columns[i].role != ColumnRole::Value)
            continue;
        for (const qsizetype before : values) {
            if (isLike(before, i))
                return fail(ErrorCode::WrongValue,
                            u"two columns are the value: %1 and %2; say which, or of which parameter or index each is "
                            "('columns')"_s.arg(columns[before].name.value_or(QString::number(before + 1)),
                                                columns[i].name.value_or(QString::number(i + 1))));
        }
        values.append(i);
    }
    return values;
}

bool isFor(const ImportLayout& layout, std::optional<QString> model::ImportSeries::*member)
{
    const auto series = layout.series.value_or(QList<model::ImportSeries>());
    return std::any_of(series.begin(), series.end(), [&](const auto& one) { return (one.*member).has_value(); });
}

bool haveAll(const ImportColumns& columns, std::optional<QString> ImportColumn::*member)
{
    return std::all_of(columns.places.values.begin(), columns.places.values.end(),
                       [&](qsizetype at) { return (columns.all[at].*member).has_value(); });
}

Result<ImportColumns> placed(QList<ImportColumn> all, const ImportLayout& layout)
{
    ImportColumns columns;
    columns.all = std::move(all);
    ImportPlaces& places = columns.places;
    COHORT_TRY(time, placeOf(columns.all, ColumnRole::Time));
    COHORT_TRY(date, placeOf(columns.all, ColumnRole::Date));
    for (const auto& [member, role] : {std::pair{&ImportPlaces::clock, ColumnRole::Clock},
                                       {&ImportPlaces::device, ColumnRole::Device},
                                       {&ImportPlaces::parameter, ColumnRole::Parameter},
                                       {&ImportPlaces::index, ColumnRole::Index},
                                       {&ImportPlaces::unit, ColumnRole::Unit}}) {
        COHORT_TRY(found, placeOf(columns.all, role));
        places.*member = found;
    }
    COHORT_TRY(values, valuesOf(columns.all));
    places.values = values;
    places.time = time >= 0 ? time : date;
    if (places.time < 0 || places.values.isEmpty())
        return missing(u"the first line must name time, device_id, parameter, value; or say what the columns are "
                       "('columns')"_s);
    if ((time >= 0 && date >= 0) || (places.clock >= 0 && date < 0))
        return fail(ErrorCode::WrongValue, u"the time is one column, or a date and a clock; say which ('columns')"_s);
    if (places.device < 0 && !haveAll(columns, &ImportColumn::device) && !isFor(layout, &model::ImportSeries::device))
        return missing(u"no column is the device (device_id); name it, or say whose the values are: series "
                       "[{\"from\":\"*\",\"device\":…}]"_s);
    if (places.parameter < 0 && !haveAll(columns, &ImportColumn::parameter) &&
        !isFor(layout, &model::ImportSeries::parameter))
        return missing(
            u"no column is the parameter; name it, or say which parameter the values are: in 'columns', or in "
            "'series' for each device"_s);
    columns.epoch = epochOf(columns.all[places.time].name.value_or(QString()));
    return columns;
}

// What stands most often outside of quotes in the first line that is no annotation; a comma where nothing does.
Separator separatorOf(QIODevice& source, const ImportLayout& layout)
{
    if (layout.separator)
        return *layout.separator;
    const QList<QByteArray> lines = source.peek(PeekBytes).replace("\xef\xbb\xbf", "").replace('\r', '\n').split('\n');
    std::map<Separator, int> counts;
    for (const QByteArray& line : lines) {
        if (line.startsWith("sep=") && line.size() == 5) {
            const auto* at = std::find(std::begin(Separators), std::end(Separators), line[4]);
            return at == std::end(Separators) ? Separator::Comma : static_cast<Separator>(at - std::begin(Separators));
        }
        if (line.trimmed().isEmpty() || line.startsWith('#'))
            continue;
        bool isQuoted = false;
        for (const char c : line) {
            isQuoted = isQuoted != (c == '"');
            const auto* at = std::find(std::begin(Separators), std::end(Separators), c);
            if (!isQuoted && at != std::end(Separators))
                ++counts[static_cast<Separator>(at - std::begin(Separators))];
        }
        break;
    }
    Separator most = Separator::Comma;
    for (const auto separator : {Separator::Semicolon, Separator::Tab, Separator::Bar}) {
        if (counts[separator] > counts[most])
            most = separator;
    }
    return counts[most] == 0 && counts[Separator::Blank] > 0 ? Separator::Blank : most;
}

} // namespace

Result<ImportColumns> columnsOf(const QStringList& header, const ImportLayout& layout)
{
    QStringList names;
    for (const QString& name : header)
        names.append(name.trimmed());
    if (std::any_of(names.begin(), names.end(), [](const QString& name) { return name.contains(QChar(0)); }))
        return fail(ErrorCode::CannotParse, u"the header has NUL in it, as UTF-16 has; save the file as UTF-8"_s);
    COHORT_TRY(all, layout.columns ? byLayout(names, *layout.columns) : byName(names));
    return placed(std::move(all), layout);
}

Result<ImportColumns> columnsOf(const ImportLayout& layout)
{
    if (!layout.columns)
        return missing(u"a file without a header needs 'columns', in their order"_s);
    return placed(*layout.columns, layout);
}

ImportRows::ImportRows(QIODevice& source, const ImportLayout& layout, CsvLimits limits)
    : m_layout(layout), m_separator(separatorOf(source, layout)),
      m_reader(u"csv"_s, source, limits, Separators[static_cast<std::size_t>(m_separator)])
{
    m_headerNext = hasHeader();
}

Result<bool> ImportRows::takeHeader(const CsvRow& row)
{
    const QString first = row.cells.front().trimmed();
    const bool isAnnotation =
        hasHeader() && (first == u"#datatype"_s || first == u"#group"_s || first == u"#default"_s);
    if (isAnnotation || (m_headerNext && first.startsWith(u'#'))) {
        if (first == u"#default"_s)
            m_defaults = row.cells;
        m_headerNext = true;
        return true;
    }
    if (m_headerNext) {
        COHORT_TRY(columns, columnsOf(row.cells, m_layout));
        m_columns = std::move(columns);
        m_header = row.cells;
        m_headerNext = false;
        return true;
    }
    return hasHeader() && row.cells == m_header;
}

Result<std::optional<CsvRow>> ImportRows::next()
{
    for (;;) {
        COHORT_TRY(row, m_reader.next());
        const bool isFirst = std::exchange(m_isFirst, false);
        if (!row)
            return row;
        if (isFirst && row->cells.front().startsWith(u"sep="_s) && row->cells.size() <= 2)
            continue;
        if (!hasHeader() && m_columns.all.isEmpty()) {
            COHORT_TRY(columns, columnsOf(m_layout));
            m_columns = std::move(columns);
        }
        COHORT_TRY(isHeader, takeHeader(*row));
        if (isHeader)
            continue;
        for (qsizetype i = 1; i < std::min(m_defaults.size(), row->cells.size()); ++i) {
            if (row->cells[i].isEmpty())
                row->cells[i] = m_defaults[i];
        }
        return row;
    }
}

QString ImportRows::wrongSize(const CsvRow& row) const
{
    const qsizetype most = m_columns.all.size(), has = row.cells.size();
    qsizetype least = most;
    // Without a header, columns that are ignored may be missing at the end.
    while (!hasHeader() && least > 0 && m_columns.all[least - 1].role == ColumnRole::Ignored)
        --least;
    if (has >= least && has <= most)
        return {};
    if (has > most)
        return u"%1 cells where %2 are expected; quote a cell that has the separator in it (a decimal comma?), or "
               u"choose "
               "another separator"_s.arg(has)
                   .arg(most);
    QStringList lacking;
    for (qsizetype i = has; i < least; ++i)
        lacking.append(m_columns.all[i].name.value_or(model::textOf(m_columns.all[i].role)));
    return u"%1 cells where %2 are expected; missing: %3"_s.arg(has).arg(least).arg(lacking.join(u", "_s));
}

} // namespace cohort::api
