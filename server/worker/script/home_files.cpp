#include "server/worker/script/home_files.h"

#include "shared/base/arrived_rows.h"
#include "shared/base/limits.h"
#include "shared/base/time_zone.h"
#include "shared/model/stored_value.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <optional>

namespace cohort::worker {

using namespace Qt::Literals::StringLiterals;

namespace {

tl::unexpected<Error> wrong(const CsvTable& table, const CsvRow& row, const char* column, const QString& what)
{
    return fail(ErrorCode::WrongValue, table.place(row, column, what));
}

Result<engine::DeviceInfo> deviceFrom(const CsvTable& devices, const CsvRow& row)
{
    const QString key = devices.cell(row, "device_id");
    if (key.isEmpty() || key.size() > DeviceKeyMost)
        return wrong(devices, row, "device_id", QStringLiteral("must have 1 to %1 characters").arg(DeviceKeyMost));
    engine::DeviceInfo device;
    device.key = key.toStdString();
    device.room = devices.cell(row, "room").toStdString();
    device.use = devices.cell(row, "use").toStdString();
    device.description = devices.cell(row, "description").toStdString();
    const QString type = devices.cell(row, "type");
    bool isNumber = type.isEmpty();
    device.type = type.isEmpty() ? 0 : type.toInt(&isNumber);
    if (!isNumber)
        return wrong(devices, row, "type", QStringLiteral("must be the number of a device type"));
    return device;
}

// What a stream holds, as the server keeps it: by the device's type, or by its first value and unit.
struct Held
{
    model::StreamKind kind = model::StreamKind::Undecided;
    std::string unit;
};

// The column behind the values, where a bare decimal comma would put the rest of a number unseen: "21,5" as 21 of index 5.
// Nothing where there is none, or where a point says how the file writes its numbers.
std::optional<qsizetype> columnOfCuts(const CsvTable& data)
{
    const qsizetype behind = data.columns.indexOf(u"value"_s) + 1;
    const QString name = data.columns.value(behind);
    const bool hasPoint = std::any_of(data.rows.begin(), data.rows.end(),
                                      [&](const CsvRow& row) { return data.cell(row, "value").contains(u'.'); });
    return (name == u"index"_s || name == u"parameter"_s) && !hasPoint ? std::optional(behind) : std::nullopt;
}

bool isWhole(QString cell)
{
    if (cell.startsWith(u'-') || cell.startsWith(u'+'))
        cell.remove(0, 1);
    return !cell.isEmpty() && std::all_of(cell.begin(), cell.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

// Rows of the file as inputs, one after another in the order of the log.
class RowReader
{
public:
    RowReader(const CsvTable& data, const engine::HomeInfo& home) : m_data(data), m_cuts(columnOfCuts(data))
    {
        for (const engine::DeviceInfo& device : home.devices)
            m_devices.insert(QString::fromStdString(device.key), &device);
    }
    // Nothing: the same row stood earlier.
    Result<std::optional<engine::Input>> read(const ArrivedRow& one);

private:
    Result<void> check(const ArrivedRow& one) const;
    Result<Value> valueFrom(const CsvRow& row, const model::Expected& typed, Held& held) const;

    const CsvTable& m_data;
    const std::optional<qsizetype> m_cuts;
    QHash<QString, const engine::DeviceInfo*> m_devices;
    std::map<QString, Held> m_streams;
    QSet<QString> m_seen;
};

// All but the value itself, as the import checks it.
Result<void> RowReader::check(const ArrivedRow& one) const
{
    const CsvRow& row = *one.row;
    const auto cell = [&](const char* column) { return m_data.cell(row, column); };
    if (const QString key = cell("device_id"); !m_devices.contains(key))
        return wrong(m_data, row, "device_id",
                     QStringLiteral("'%1' is not in the devices' file").arg(key.left(DeviceKeyMost)));
    const std::pair<const char*, Result<void>> checked[] = {
        {"time", model::checkTimeOfLine(one.time)},      {"parameter", model::checkParameterCell(cell("parameter"))},
        {"index", model::checkIndexCell(cell("index"))}, {"unit", model::checkUnitCell(cell("unit"))},
        {"value", model::checkValueCell(cell("value"))},
    };
    for (const auto& [column, good] : checked) {
        if (!good)
            return wrong(m_data, row, column, good.error().detail);
    }
    if (m_cuts && isWhole(cell("value")) && isWhole(row.cells.value(*m_cuts).trimmed()))
        return wrong(m_data, row, "value",
                     QStringLiteral("was a number cut at its comma? The decimal sign is a point; where they are two "
                                    "numbers, let the column '%1' stand before the values")
                         .arg(m_data.columns.value(*m_cuts)));
    return {};
}

// The value as the server would store it, by the one function for both.
Result<Value> RowReader::valueFrom(const CsvRow& row, const model::Expected& typed, Held& held) const
{
    const std::string text = m_data.cell(row, "value").toStdString();
    const std::string unit = m_data.cell(row, "unit").toStdString();
    const bool isTyped = typed.kind != model::StreamKind::Undecided;
    const model::Expected expected = isTyped ? typed : model::Expected{held.kind, held.unit};
    auto value = model::storedValue({.value = model::valueOfCell(text), .unit = unit, .written = text}, expected);
    if (!value)
        return wrong(m_data, row, "value", value.error().message());
    if (!isTyped && held.kind == model::StreamKind::Undecided)
        held.kind = model::kindOf(*value);
    if (held.unit.empty() && !value->isNone())
        held.unit = unit;
    return value;
}

Result<std::optional<engine::Input>> RowReader::read(const ArrivedRow& one)
{
    COHORT_CHECK(check(one));
    const CsvRow& row = *one.row;
    const engine::DeviceInfo& device = *m_devices.value(m_data.cell(row, "device_id"));
    const QString name = m_data.cell(row, "parameter");
    const QString index = m_data.cell(row, "index");
    const QString stream = QStringList{m_data.cell(row, "device_id"), name, index}.join(QChar(0x1f));
    const auto typed = model::expectedOf(device.type, name.toStdString());
    COHORT_TRY(value, valueFrom(row, typed, m_streams[stream]));
    const QString identity = QStringList{stream, QString::number(toMs(one.time)), value.isText() ? u"t"_s : QString(),
                                         QString::fromStdString(textOf(value))}
                                 .join(QChar(0x1f));
    if (m_seen.contains(identity))
        return std::optional<engine::Input>();
    m_seen.insert(identity);
    engine::Input input;
    input.writer = 1;
    input.time = one.time;
    input.arrival = one.arrival;
    input.device = device.id;
    input.name = name.toStdString();
    input.index = index.toStdString();
    input.value = std::move(value);
    return std::optional(std::move(input));
}

} // namespace

Result<engine::HomeInfo> homeFrom(const CsvTable& devices, const QString& timeZone)
{
    if (const auto zone = ianaZone(timeZone); !zone)
        return fail(ErrorCode::WrongValue, QStringLiteral("--timezone: %1").arg(zone.error().detail));
    engine::HomeInfo home;
    home.id = ScriptHome;
    home.name = "home";
    home.timeZone = timeZone.toStdString();
    home.clock = engine::HomeClock::Events;
    for (const CsvRow& row : devices.rows) {
        COHORT_TRY(device, deviceFrom(devices, row));
        const auto same = std::find_if(home.devices.begin(), home.devices.end(),
                                       [&](const auto& other) { return other.key == device.key; });
        if (same != home.devices.end() && (same->room != device.room || same->use != device.use))
            return wrong(devices, row, "device_id", QStringLiteral("an earlier line has another room or use for it"));
        if (same == home.devices.end())
            home.devices.push_back(std::move(device));
    }
    std::sort(home.devices.begin(), home.devices.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    QSet<QString> rooms;
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        home.devices[i].id = DeviceId{static_cast<std::int64_t>(i) + 1};
        const QString room = QString::fromStdString(home.devices[i].room);
        if (!room.isEmpty() && !rooms.contains(room)) {
            rooms.insert(room);
            home.rooms.push_back({home.devices[i].room, home.devices[i].room});
        }
    }
    return home;
}

Rows rowsFrom(const CsvTable& data, const engine::HomeInfo& home, RefusedLines& refused)
{
    const auto refuse = [&](const CsvRow& row, const Error& why) { refused.emplace(row.line, why.detail); };
    for (const CsvRow& row : data.odd)
        refused.emplace(row.line, data.oddness(row));
    engine::Input installed;
    installed.writer = 2;
    installed.kind = engine::EventKind::Installed;
    installed.script = ScriptNumber;
    Rows rows{std::make_shared<const engine::Input>(installed)};
    RowReader reader(data, home);
    const auto arrived = arrivedRows(data, refuse);
    for (const ArrivedRow& one : *arrived) {
        auto input = reader.read(one);
        if (!input) {
            refuse(*one.row, input.error());
        } else if (*input) {
            (*input)->number = static_cast<std::int64_t>(rows.size());
            rows.push_back(std::make_shared<const engine::Input>(std::move(**input)));
        }
    }
    return rows;
}

} // namespace cohort::worker
