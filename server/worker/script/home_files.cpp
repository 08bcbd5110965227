#include "server/worker/script/home_files.h"

#include "shared/base/arrived_rows.h"
#include "shared/base/time_zone.h"
#include "shared/model/stored_value.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <map>

namespace cohort::worker {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype MostKey = 200;
constexpr std::size_t MostText = 1'024;

tl::unexpected<Error> wrong(const CsvTable& table, const CsvRow& row, const char* column, const QString& what)
{
    return fail(ErrorCode::WrongValue, table.place(row, column, what));
}

Result<engine::DeviceInfo> deviceFrom(const CsvTable& devices, const CsvRow& row)
{
    const QString key = devices.cell(row, "device_id");
    if (key.isEmpty() || key.size() > MostKey)
        return wrong(devices, row, "device_id", QStringLiteral("must have 1 to %1 characters").arg(MostKey));
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

// The value as the server would store it, by the one function for both.
Result<Value> valueFrom(const CsvTable& data, const CsvRow& row, const model::Expected& typed, Held& held)
{
    const std::string text = data.cell(row, "value").toStdString();
    const std::string unit = data.cell(row, "unit").toStdString();
    if (text.size() > MostText)
        return wrong(data, row, "value", QStringLiteral("must be a number or a text of at most 1 KiB"));
    const bool isTyped = typed.kind != model::StreamKind::Undecided;
    const model::Expected expected = isTyped ? typed : model::Expected{held.kind, held.unit};
    auto value = model::storedValue({.value = model::valueOfCell(text), .unit = unit}, expected);
    if (!value)
        return wrong(data, row, "value", value.error().message());
    if (!isTyped && held.kind == model::StreamKind::Undecided)
        held.kind = model::kindOf(*value);
    if (held.unit.empty())
        held.unit = unit;
    return value;
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

Result<Rows> rowsFrom(const CsvTable& data, const engine::HomeInfo& home)
{
    QHash<QString, const engine::DeviceInfo*> devices;
    for (const engine::DeviceInfo& device : home.devices)
        devices.insert(QString::fromStdString(device.key), &device);
    std::map<QString, Held> streams;
    engine::Input installed;
    installed.writer = 2;
    installed.kind = engine::EventKind::Installed;
    installed.script = ScriptNumber;
    Rows rows{std::make_shared<const engine::Input>(installed)};
    QSet<QString> seen;
    COHORT_TRY(arrived, arrivedRows(data));
    for (const ArrivedRow& one : arrived) {
        const CsvRow& row = *one.row;
        const QString key = data.cell(row, "device_id");
        const QString name = data.cell(row, "parameter");
        const auto device = devices.constFind(key);
        if (device == devices.constEnd())
            return wrong(data, row, "device_id", QStringLiteral("'%1' is not in the devices' file").arg(key));
        if (name.isEmpty() || name.size() > MostKey)
            return wrong(data, row, "parameter", QStringLiteral("must have 1 to %1 characters").arg(MostKey));
        const QString index = data.cell(row, "index");
        const QString stream = QStringList{key, name, index}.join(QChar(0x1f));
        const auto typed = model::expectedOf((*device)->type, name.toStdString());
        COHORT_TRY(value, valueFrom(data, row, typed, streams[stream]));
        const QString identity = QStringList{stream, QString::number(toMs(one.time)),
                                             value.isText() ? u"t"_s : QString(), QString::fromStdString(textOf(value))}
                                     .join(QChar(0x1f));
        if (seen.contains(identity))
            continue;
        seen.insert(identity);
        engine::Input input;
        input.writer = 1;
        input.number = static_cast<std::int64_t>(rows.size());
        input.time = one.time;
        input.arrival = one.arrival;
        input.device = (*device)->id;
        input.name = name.toStdString();
        input.index = index.toStdString();
        input.value = std::move(value);
        rows.push_back(std::make_shared<const engine::Input>(std::move(input)));
    }
    return rows;
}

} // namespace cohort::worker
