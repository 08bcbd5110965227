#include "server/sim/recording.h"

#include "server/sim/home_devices.h"
#include "server/sim/local_time_text.h"
#include "server/sim/recorded_home.h"
#include "shared/base/csv.h"
#include "shared/base/time_zone.h"

#include <QDir>
#include <QSaveFile>

namespace cohort::sim {

namespace {

constexpr int FirstYear = 2000, LastYear = 2099;
constexpr qsizetype ChunkBytes = 1024 * 1024;

// One file, there in full or not at all; lines go out in large pieces.
class Lines
{
public:
    explicit Lines(const QString& path) : m_file(path) {}

    Result<void> open(const char* header)
    {
        if (!m_file.open(QIODevice::WriteOnly))
            return cannot();
        m_text = header;
        m_text += '\n';
        return {};
    }
    void add(std::initializer_list<std::string_view> cells)
    {
        char before = '\0';
        for (const std::string_view cell : cells) {
            if (before != '\0')
                m_text += before;
            m_text.append(cell.data(), static_cast<qsizetype>(cell.size()));
            before = ',';
        }
        m_text += '\n';
        if (m_text.size() >= ChunkBytes)
            flush();
    }
    // A piece that could not be written before is told here.
    Result<void> close()
    {
        flush();
        return m_file.commit() ? Result<void>{} : cannot();
    }

private:
    void flush()
    {
        m_file.write(m_text);
        m_text.clear();
    }
    Result<void> cannot() const
    {
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("--output: cannot write %1: %2").arg(m_file.fileName(), m_file.errorString()));
    }

    QSaveFile m_file;
    QByteArray m_text;
};

Result<RecordedSpan> spanOf(const RecordOptions& options)
{
    const auto wrong = [](const QString& what) { return fail(ErrorCode::WrongValue, what); };
    if (options.homes < 1 || options.homes > MostRecordedHomes)
        return wrong(QStringLiteral("--homes is a number from 1 to %1").arg(MostRecordedHomes));
    if (options.days < 1 || options.days > MostRecordedDays)
        return wrong(QStringLiteral("--days is a number from 1 to %1").arg(MostRecordedDays));
    if (!options.start.isValid() || options.start.year() < FirstYear || options.start.year() > LastYear)
        return wrong(QStringLiteral("--start is the first day, such as 2026-03-02, from %1 to %2")
                         .arg(QString::number(FirstYear), QString::number(LastYear)));
    if (const auto& away = options.troubles.away;
        away && (away->least < 1 || away->most < away->least || away->most > MostMinutesAway))
        return wrong(QStringLiteral("--away is the least and the most minutes, such as 10m-90m, from 1m to %1m")
                         .arg(MostMinutesAway));
    const auto zone = ianaZone(options.timeZone);
    if (!zone)
        return wrong(QStringLiteral("--timezone: %1").arg(zone.error().detail));
    const auto midnight = [&zone](const QDate& date) { return fromMs(date.startOfDay(*zone).toMSecsSinceEpoch()); };
    return RecordedSpan{*zone, midnight(options.start), midnight(options.start.addDays(options.days))};
}

Result<void> writeDevices(const QString& stem, const std::string& prefix)
{
    Lines lines(stem + QStringLiteral("-devices.csv"));
    COHORT_CHECK(lines.open("device_id,room,parameter,use,description"));
    for (const HomeDevice& device : homeDevices())
        lines.add({prefix + std::string(device.name), device.room, device.parameter, device.use, device.description});
    return lines.close();
}

Result<void> writeRows(const QString& stem, const std::string& prefix, const std::vector<RecordedRow>& rows,
                       LocalTimeText& text)
{
    Lines lines(stem + QStringLiteral(".csv"));
    COHORT_CHECK(lines.open("time,device_id,parameter,value,arrival"));
    for (const RecordedRow& row : rows)
        lines.add({text(row.reading.time), prefix + std::string(row.reading.device), row.reading.parameter,
                   row.unavailable ? "unavailable" : csvNumber(row.reading.value).toStdString(), text(row.arrival)});
    return lines.close();
}

Result<void> writeActivities(const QString& stem, const std::vector<Activity>& activities, LocalTimeText& text)
{
    Lines lines(stem + QStringLiteral("-activities.csv"));
    COHORT_CHECK(lines.open("start,end,activity"));
    for (const Activity& activity : activities)
        lines.add({text(activity.start), text(activity.end), activity.name});
    return lines.close();
}

} // namespace

Result<void> record(const RecordOptions& options, const std::function<void(int home)>& progress)
{
    COHORT_TRY(span, spanOf(options));
    if (options.folder.isEmpty())
        return fail(ErrorCode::MissingValue, QStringLiteral("record needs --output, the folder for its files"));
    const QDir folder(options.folder);
    if (!folder.mkpath(QStringLiteral(".")))
        return fail(ErrorCode::WrongValue, QStringLiteral("--output: cannot make the folder %1").arg(options.folder));
    LocalTimeText text(span.zone);
    for (int number = 1; number <= options.homes; ++number) {
        const QString name = QStringLiteral("home-%1").arg(number);
        const QString stem = folder.filePath(name);
        const std::string prefix = name.toStdString() + '-';
        const RecordedHome home = recordHome(options.seed, number, span, options.troubles);
        COHORT_CHECK(writeDevices(stem, prefix));
        COHORT_CHECK(writeRows(stem, prefix, home.rows, text));
        COHORT_CHECK(writeActivities(stem, home.activities, text));
        progress(number);
    }
    return {};
}

} // namespace cohort::sim
