// A day of simulated homes with its troubles, recorded in this process, and what library scripts say of it alone.
// Thread: the test's; toldAlone() any. Owner: the test. Flow: sim::record → files → rows by arrival → ScriptRunner.
#pragma once

#include "server/sim/recording.h"
#include "server/worker/script/script_runner.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimeZone>

#include <algorithm>

namespace cohort::testkit {

// While a gateway kept what it heard: from the first row that it kept; it is back when it posts the first of them.
struct Away
{
    Timestamp from, back, posted; // `posted`: the last of them
};

struct RecordedHome
{
    engine::HomeInfo info; // with the clock `real`
    worker::Rows rows; // by arrival; the first is the script's installation, the last says only that the day is over
    std::vector<Away> away;
};

struct RecordedDay
{
    Timestamp start, midnight, end; // nothing is measured from `midnight` on; `end`: when the last row is there
    std::vector<RecordedHome> homes;
};

struct ForgottenStove
{
    Timestamp left, off;
};

inline std::shared_ptr<const engine::Input> rowLike(const engine::Input& row,
                                                    const std::function<void(engine::Input&)>& change)
{
    engine::Input changed = row;
    change(changed);
    return std::make_shared<const engine::Input>(std::move(changed));
}

template <typename T>
T orAbort(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().message()));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

inline std::vector<Away> awayIn(const worker::Rows& rows)
{
    constexpr Milliseconds Kept{60'000};
    worker::Rows kept;
    for (const auto& row : rows) {
        if (row->arrival - row->time > Kept)
            kept.push_back(row);
    }
    std::stable_sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a->time < b->time; });
    std::vector<Away> spans;
    for (const auto& row : kept) {
        if (spans.empty() || row->time > spans.back().posted)
            spans.push_back({row->time, row->arrival, row->arrival});
        spans.back().back = std::min(spans.back().back, row->arrival);
        spans.back().posted = std::max(spans.back().posted, row->arrival);
    }
    return spans;
}

inline RecordedHome readHome(const QString& stem, const QString& zone)
{
    const auto devices = orAbort(readCsv(stem + QStringLiteral("-devices.csv"), {QStringLiteral("device_id")}));
    const auto data = orAbort(readCsv(stem + QStringLiteral(".csv"), {QStringLiteral("arrival")}));
    RecordedHome home;
    home.info = orAbort(worker::homeFrom(devices, zone));
    worker::RefusedLines refused;
    home.rows = worker::rowsFrom(data, home.info, refused);
    if (!refused.empty())
        qFatal("line %d: %s", refused.begin()->first, qPrintable(refused.begin()->second));
    home.info.clock = engine::HomeClock::Real;
    home.away = awayIn({home.rows.begin() + 1, home.rows.end()});
    return home;
}

// 2 March 2026 in Berlin, gateways away for 10 to 90 minutes some times, sensors unavailable now and then.
inline RecordedDay recordDay(int homes)
{
    const QTemporaryDir folder;
    sim::RecordOptions options;
    options.homes = homes;
    options.days = 1;
    options.start = QDate(2026, 3, 2);
    options.troubles = {sim::AwayMinutes{10, 90}, true};
    options.folder = folder.path();
    orAbort(sim::record(options, [](int) {}));
    RecordedDay day;
    for (int number = 1; number <= homes; ++number)
        day.homes.push_back(
            readHome(QDir(options.folder).filePath(QStringLiteral("home-%1").arg(number)), options.timeZone));
    const QTimeZone zone(options.timeZone.toLatin1());
    day.start = fromMs(options.start.startOfDay(zone).toMSecsSinceEpoch());
    day.midnight = fromMs(options.start.addDays(options.days).startOfDay(zone).toMSecsSinceEpoch());
    for (const RecordedHome& home : day.homes)
        day.end = std::max(day.end, home.rows.back()->arrival);
    for (RecordedHome& home : day.homes) {
        home.rows.front() = rowLike(*home.rows.front(), [&](auto& row) { row.time = row.arrival = day.start; });
        home.rows.push_back(rowLike(*home.rows.front(), [&](auto& row) {
            row.number = 1;
            row.kind = engine::EventKind::DeviceConnected;
            row.time = row.arrival = day.end;
        }));
    }
    return day;
}

// Whether this device has said in the quarter of an hour before that it has no value.
inline bool saidNoValue(const RecordedHome& home, const std::string& device, Timestamp time)
{
    const auto& devices = home.info.devices;
    const auto found = std::find_if(devices.begin(), devices.end(), [&](const auto& one) { return one.key == device; });
    return found != devices.end() && std::any_of(home.rows.begin(), home.rows.end(), [&](const auto& row) {
               return row->kind == engine::EventKind::Measurement && row->device == found->id && !row->value.number &&
                      row->time <= time && time - row->time < std::chrono::minutes(15);
           });
}

// After the day's last cooking nobody turns the stove off for 40 minutes.
inline ForgottenStove forgetTheStove(RecordedHome& home)
{
    const Value cooking = Value::ofNumber(1'450);
    const auto isOn = [&](const engine::Input& row) { return row.name == "power" && row.value == cooking; };
    ForgottenStove forgotten{{}, Timestamp::max()};
    for (const auto& row : home.rows) {
        if (isOn(*row))
            forgotten.left = std::max(forgotten.left, row->time);
    }
    const Timestamp until = forgotten.left + std::chrono::minutes(40);
    for (auto& row : home.rows) {
        if (row->name != "power" || row->time <= forgotten.left)
            continue;
        if (row->time < until)
            row = rowLike(*row, [&](auto& changed) { changed.value = cooking; });
        else
            forgotten.off = std::min(forgotten.off, row->time);
    }
    return forgotten;
}

// "alert stove-on 2026-03-02T18:35:20.298Z", "set_fact syn.visit 2026-03-02T02:42:16.000Z 8": sorted, each once; of a fact
// since when it is so. What a script says to itself (timers, signals) is left out.
inline QStringList toldAlone(const worker::ScriptSource& script, const RecordedHome& home)
{
    QString text, trouble;
    QTextStream lines(&text), errors(&trouble);
    worker::RunRequest request;
    request.script = script;
    request.home = home.info;
    request.rows = home.rows;
    request.json = true;
    if (worker::ScriptRunner(std::move(request), {}, lines, errors).run() != 0)
        return {trouble};
    lines.flush();
    QStringList told;
    for (const QString& line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QJsonObject effect = QJsonDocument::fromJson(line.toUtf8()).object();
        const QString kind = effect.value(QStringLiteral("kind")).toString();
        const QString time = QString::fromStdString(
            toIso(orAbort(fromIso(effect.value(QStringLiteral("time")).toString().toStdString()))));
        if (kind == QStringLiteral("set_fact"))
            told.append(QStringLiteral("set_fact syn.%1 %2 %3")
                            .arg(effect.value(QStringLiteral("name")).toString(), time)
                            .arg(effect.value(QStringLiteral("value")).toDouble()));
        else if (!kind.endsWith(QStringLiteral("_timer")) && kind != QStringLiteral("emit"))
            told.append(QStringLiteral("%1 %2 %3").arg(kind, effect.value(QStringLiteral("key")).toString(), time));
    }
    told.sort();
    told.removeDuplicates();
    return told;
}

} // namespace cohort::testkit
