// A recording must be the same bytes wherever it is made again, and refuse in words what it cannot write.
#include "server/sim/recorded_home.h"
#include "server/sim/recording.h"
#include "shared/base/csv.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace cohort;
using namespace cohort::sim;

namespace {

const QStringList RowColumns{QStringLiteral("time"), QStringLiteral("device_id"), QStringLiteral("parameter"),
                             QStringLiteral("value"), QStringLiteral("arrival")};

RecordOptions optionsFor(const QString& folder)
{
    RecordOptions options;
    options.homes = 1;
    options.days = 2;
    options.start = QDate(2026, 3, 2);
    options.folder = folder;
    return options;
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

RecordOptions troubledOptions(int homes)
{
    RecordOptions options = optionsFor({});
    options.homes = homes;
    options.troubles = {AwayMinutes{10, 90}, true};
    return options;
}

void nothing(int) {}

} // namespace

class TestRecording : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    // All files of a recording, in order of their names.
    std::map<QString, QByteArray> recorded(const char* name, RecordOptions options = optionsFor({}))
    {
        options.folder = m_folder.filePath(QString::fromLatin1(name));
        if (const auto result = record(options, nothing); !result)
            qWarning("%s", qPrintable(result.error().message()));
        std::map<QString, QByteArray> files;
        const QDir folder(options.folder);
        for (const QString& file : folder.entryList(QDir::Files))
            files[file] = contents(folder.filePath(file));
        return files;
    }
    CsvTable rows(const char* name, const RecordOptions& options)
    {
        const auto table =
            parseCsv(QStringLiteral("home-1.csv"), recorded(name, options)[QStringLiteral("home-1.csv")], RowColumns);
        return table ? *table : CsvTable();
    }

private Q_SLOTS:
    void aSmallRecordingIsTheseBytes()
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        for (const auto& [name, text] : recorded("golden")) {
            hash.addData(name.toUtf8());
            hash.addData(text);
        }
        // Another value here makes every recording another one: say so where you change it.
        QCOMPARE(hash.result().toHex(), QByteArray("b9c068f779ff9aaad7a86f98ed88926b96c104a2ff816b61a72d0d619d21fd23"));
    }

    void theSameSeedGivesTheSameBytesAndAnotherOthers()
    {
        const auto once = recorded("once"), again = recorded("again");
        QCOMPARE(once.size(), std::size_t(3));
        QCOMPARE(once, again);
        RecordOptions options = optionsFor({});
        options.seed = 2;
        const auto other = recorded("other", options);
        const QString devices = QStringLiteral("home-1-devices.csv");
        QCOMPARE(other.at(devices), once.at(devices));
        for (const char* name : {"home-1.csv", "home-1-activities.csv"})
            QVERIFY2(other.at(QString::fromLatin1(name)) != once.at(QString::fromLatin1(name)), name);
    }

    void troublesAreTheSameBytesAgainAndChangeNothingOfWhatWasLived()
    {
        const auto calm = recorded("calm");
        const auto once = recorded("troubled", troubledOptions(1)), again = recorded("troubled2", troubledOptions(1));
        QCOMPARE(once, again);
        const QString data = QStringLiteral("home-1.csv");
        QVERIFY(once.at(data) != calm.at(data));
        for (const char* name : {"home-1-activities.csv", "home-1-devices.csv"})
            QCOMPARE(once.at(QString::fromLatin1(name)), calm.at(QString::fromLatin1(name)));
    }

    void gatewaysAreAwayForTenToNinetyMinutesAndThenPostWhatTheyKept()
    {
        const QTimeZone zone("Europe/Berlin");
        const Timestamp from = fromMs(QDate(2026, 3, 2).startOfDay(zone).toMSecsSinceEpoch());
        for (const int number : {1, 2}) {
            const auto home =
                recordHome(1, number, {zone, from, from + std::chrono::hours(10 * 24)}, {AwayMinutes{10, 90}, false});
            const auto calm = recordHome(1, number, {zone, from, from + std::chrono::hours(10 * 24)});
            QCOMPARE(home.rows.size(), calm.rows.size()); // nothing is lost
            Timestamp newest = from, arrival = from;
            int late = 0, behindNewer = 0;
            Milliseconds latest{0};
            for (const RecordedRow& row : home.rows) {
                QVERIFY(row.arrival >= arrival && row.arrival > row.reading.time);
                arrival = row.arrival;
                behindNewer += row.reading.time < newest ? 1 : 0;
                newest = std::max(newest, row.reading.time);
                late += row.arrival - row.reading.time > std::chrono::minutes(5) ? 1 : 0;
                latest = std::max(latest, row.arrival - row.reading.time);
            }
            QVERIFY2(late > 300, qPrintable(QString::number(late))); // some 30 a day
            QVERIFY(latest > std::chrono::minutes(60) && latest < std::chrono::minutes(93));
            QCOMPARE(behindNewer > 0, number == 2); // this one's gateway posts what is new first
        }
    }

    void aSensorThatIsUnavailableSaysHowItIsWhenItIsBack()
    {
        const QTimeZone zone("Europe/Berlin");
        const Timestamp from = fromMs(QDate(2026, 3, 2).startOfDay(zone).toMSecsSinceEpoch());
        const RecordedSpan span{zone, from, from + std::chrono::hours(10 * 24)};
        const auto home = recordHome(1, 1, span, {std::nullopt, true});
        std::map<std::pair<std::string_view, std::string_view>, double> lived;
        std::map<std::pair<std::string_view, std::string_view>, std::optional<Timestamp>> outSince;
        const auto calm = recordHome(1, 1, span);
        std::size_t told = 0;
        int gaps = 0;
        for (const RecordedRow& row : home.rows) {
            const Reading& reading = row.reading;
            for (; told < calm.rows.size() && calm.rows[told].reading.time <= reading.time; ++told)
                lived[{calm.rows[told].reading.device, calm.rows[told].reading.parameter}] =
                    calm.rows[told].reading.value;
            auto& out = outSince[{reading.device, reading.parameter}];
            if (row.unavailable) {
                QVERIFY(!out);
                out = reading.time;
                ++gaps;
            } else if (out) {
                QVERIFY(reading.time - *out >= std::chrono::minutes(1) &&
                        reading.time - *out < std::chrono::minutes(10));
                const double now = lived.at({reading.device, reading.parameter});
                QCOMPARE(reading.value, now);
                out.reset();
            }
        }
        QVERIFY2(gaps >= 60, qPrintable(QString::number(gaps)));
    }

    void aHomeIsTheSameAmongOthersAndOthersDiffer()
    {
        RecordOptions options = optionsFor({});
        options.homes = 3;
        const auto alone = recorded("alone"), three = recorded("three", options);
        QCOMPARE(three.size(), std::size_t(9));
        for (const auto& [name, text] : alone)
            QCOMPARE(three.at(name), text);
        QVERIFY(three.at(QStringLiteral("home-2-activities.csv")) != three.at(QStringLiteral("home-3-activities.csv")));
    }

    void aLongerRecordingBeginsLikeTheShorterOne()
    {
        RecordOptions options = optionsFor({});
        const QByteArray two = recorded("two")[QStringLiteral("home-1.csv")];
        options.days = 4;
        const QByteArray four = recorded("four", options)[QStringLiteral("home-1.csv")];
        QVERIFY(four.size() > two.size());
        QVERIFY(four.startsWith(two));
    }

    void filesHaveTheColumnsThatTheirReadersNeed()
    {
        const auto files = recorded("columns");
        QVERIFY(
            files.at(QStringLiteral("home-1-devices.csv")).startsWith("device_id,room,parameter,use,description\n"));
        QVERIFY(files.at(QStringLiteral("home-1.csv")).startsWith("time,device_id,parameter,value,arrival\n"));
        QVERIFY(files.at(QStringLiteral("home-1-activities.csv")).startsWith("start,end,activity\n"));
        const auto devices = parseCsv(QStringLiteral("d"), files.at(QStringLiteral("home-1-devices.csv")), {});
        QVERIFY(devices);
        std::set<QString> known;
        for (const CsvRow& row : devices->rows)
            known.insert(devices->cell(row, "device_id") + QLatin1Char(' ') + devices->cell(row, "parameter"));
        const CsvTable table = rows("known", optionsFor({}));
        std::set<QString> seen;
        for (const CsvRow& row : table.rows)
            seen.insert(table.cell(row, "device_id") + QLatin1Char(' ') + table.cell(row, "parameter"));
        QCOMPARE(seen, known); // each reports within two days, and nothing else does
    }

    void rowsAreInOrderWithinTheDaysAndArriveAfterwards()
    {
        const CsvTable table = rows("order", optionsFor({}));
        QVERIFY(table.rows.size() > 800);
        const auto from = fromIso("2026-03-02T00:00:00+01:00"), to = fromIso("2026-03-04T00:00:00+01:00");
        Timestamp time = *from, arrival = *from;
        for (const CsvRow& row : table.rows) {
            const auto nextTime = fromIso(table.cell(row, "time").toStdString());
            const auto nextArrival = fromIso(table.cell(row, "arrival").toStdString());
            QVERIFY(nextTime && nextArrival);
            QVERIFY2(*nextTime >= time && *nextTime < *to, qPrintable(table.cell(row, "time")));
            QVERIFY2(*nextArrival >= arrival && *nextArrival > *nextTime, qPrintable(table.cell(row, "arrival")));
            time = *nextTime;
            arrival = *nextArrival;
        }
    }

    void activitiesEndWithTheRecording()
    {
        const auto files = recorded("labels");
        const auto table = parseCsv(QStringLiteral("a"), files.at(QStringLiteral("home-1-activities.csv")), {});
        QVERIFY(table);
        const auto to = fromIso("2026-03-04T00:00:00+01:00");
        for (const CsvRow& row : table->rows) {
            const auto start = fromIso(table->cell(row, "start").toStdString());
            const auto end = fromIso(table->cell(row, "end").toStdString());
            QVERIFY(*start < *end && *end <= *to);
        }
        QCOMPARE(table->cell(table->rows.back(), "end"), QStringLiteral("2026-03-04T00:00:00+01:00"));
        QCOMPARE(table->cell(table->rows.back(), "activity"), QStringLiteral("Sleeping"));
    }

    void aDayWhoseClocksChangeIsShorterOrLonger_data()
    {
        QTest::addColumn<QDate>("date");
        QTest::addColumn<QString>("zone");
        QTest::addColumn<int>("hours");
        QTest::newRow("spring") << QDate(2026, 3, 29) << QStringLiteral("Europe/Berlin") << 23;
        QTest::newRow("autumn") << QDate(2026, 10, 25) << QStringLiteral("Europe/Berlin") << 25;
        QTest::newRow("no change") << QDate(2026, 3, 29) << QStringLiteral("UTC") << 24;
        QTest::newRow("no midnight") << QDate(2026, 3, 29) << QStringLiteral("Asia/Beirut") << 23;
    }

    void aDayWhoseClocksChangeIsShorterOrLonger()
    {
        QFETCH(QDate, date);
        QFETCH(QString, zone);
        QFETCH(int, hours);
        RecordOptions options = optionsFor({});
        options.days = 1;
        options.start = date;
        options.timeZone = zone;
        const CsvTable table = rows(QTest::currentDataTag(), options);
        int samples = 0;
        for (const CsvRow& row : table.rows)
            samples += table.cell(row, "device_id") == QStringLiteral("home-1-living-thermometer") ? 1 : 0;
        QCOMPARE(samples, hours * 6);
    }

    void theStovesMeterFollowsItsKnob()
    {
        const QTimeZone zone("Europe/Berlin");
        const Timestamp from = fromMs(QDate(2026, 3, 2).startOfDay(zone).toMSecsSinceEpoch());
        const RecordedHome home = recordHome(1, 1, {zone, from, from + std::chrono::hours(14 * 24)});
        Timestamp last = from;
        double power = 0;
        int cooked = 0;
        for (const RecordedRow& row : home.rows) {
            QVERIFY(row.reading.parameter != "knob");
            if (row.reading.parameter != "power")
                continue;
            const auto longest = std::chrono::minutes(power > 0 ? 1 : 15);
            QVERIFY(row.reading.time - last <= longest);
            cooked += power == 0 && row.reading.value > 0 ? 1 : 0;
            power = row.reading.value;
            last = row.reading.time;
        }
        QVERIFY(cooked >= 10);
        QCOMPARE(power, 0.0);
    }

    void refusesInWords_data()
    {
        QTest::addColumn<RecordOptions>("options");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* says, const std::function<void(RecordOptions&)>& change) {
            RecordOptions options = optionsFor(QStringLiteral("/nowhere"));
            change(options);
            QTest::newRow(name) << options << QString::fromUtf8(says);
        };
        row("no home", "--homes", [](auto& o) { o.homes = 0; });
        row("too many homes", "1 to 1000", [](auto& o) { o.homes = 1'001; });
        row("no day", "--days", [](auto& o) { o.days = 0; });
        row("too many days", "1 to 3660", [](auto& o) { o.days = 3'661; });
        row("no date", "--start", [](auto& o) { o.start = QDate(); });
        row("long ago", "from 2000", [](auto& o) { o.start = QDate(1999, 12, 31); });
        row("far off", "to 2099", [](auto& o) { o.start = QDate(2100, 1, 1); });
        row("no zone", "'Mars/Olympus' is no time zone", [](auto& o) { o.timeZone = QStringLiteral("Mars/Olympus"); });
        row("empty zone", "is no time zone", [](auto& o) { o.timeZone.clear(); });
        row("away for no time", "--away", [](auto& o) { o.troubles.away = AwayMinutes{0, 90}; });
        row("away the wrong way round", "--away", [](auto& o) { o.troubles.away = AwayMinutes{90, 10}; });
        row("away for days", "to 1440m", [](auto& o) { o.troubles.away = AwayMinutes{10, 1'441}; });
        row("no folder", "--output", [](auto& o) { o.folder.clear(); });
        row("a folder in a file", "cannot make the folder",
            [](auto& o) { o.folder = QStringLiteral("/etc/passwd/x"); });
        row("a folder that takes no files", "cannot write", [](auto& o) { o.folder = QStringLiteral("/proc/self"); });
    }

    void refusesInWords()
    {
        QFETCH(RecordOptions, options);
        QFETCH(QString, says);
        int told = 0;
        const auto result = record(options, [&](int) { ++told; });
        QVERIFY(!result);
        QVERIFY2(result.error().message().contains(says), qPrintable(result.error().message()));
        QCOMPARE(told, 0);
    }

    void aFileThatCannotBeReplacedIsNamedAndTheOldOneStays()
    {
        const QString folder = m_folder.filePath(QStringLiteral("taken"));
        QVERIFY(QDir().mkpath(folder + QStringLiteral("/home-1.csv"))); // a folder of that name
        const auto result = record(optionsFor(folder), nothing);
        QVERIFY(!result);
        QVERIFY2(result.error().message().contains(QStringLiteral("home-1.csv")), qPrintable(result.error().message()));
        QVERIFY(QDir(folder + QStringLiteral("/home-1.csv")).exists());
    }

    void tellsEachHome()
    {
        RecordOptions options = optionsFor(m_folder.filePath(QStringLiteral("told")));
        options.homes = 3;
        options.days = 1;
        std::vector<int> told;
        QVERIFY(record(options, [&](int home) { told.push_back(home); }));
        QCOMPARE(told, (std::vector<int>{1, 2, 3}));
    }
};

QTEST_GUILESS_MAIN(TestRecording)
#include "tst_recording.moc"
