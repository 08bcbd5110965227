// A day of eight homes whose clock is the server's, lived under a clock that the test moves from arrival to arrival: the
// library says what it says alone, and nobody is called silent who is not.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/sim/home_devices.h"
#include "server/store/repositories/home_state_repository.h"
#include "tests/integration/composer/composer_world.h"
#include "tests/integration/composer/running/recorded_day.h"
#include "tests/kit/sql_number.h"
#endif

#include <QTest>

#include <map>
#include <set>

using namespace cohort;
using namespace cohort::testkit;

namespace {

constexpr int Homes = 8;
constexpr std::size_t Forgetful = 7; // the last
constexpr std::chrono::minutes LookEvery{5};
constexpr Milliseconds RestLimit{60'000};

QByteArray literal(std::string_view text)
{
    return "'" + QByteArray(text.data(), static_cast<qsizetype>(text.size())) + "'";
}

// By the table of simulated homes.
int typeOf(const std::string& key)
{
    for (const sim::HomeDevice& device : sim::homeDevices()) {
        if (key.ends_with("-" + std::string(device.name)))
            return device.type;
    }
    return 0;
}

std::vector<QString> libraryScripts()
{
    std::vector<QString> names;
    for (const QString& name : QDir(QStringLiteral(COHORT_SOURCE_DIR "/rules/library"))
                                   .entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        names.push_back(name);
    return names;
}

// What every script says in every home by itself, worked out in a thread of its own while the day is lived.
class Alone
{
public:
    using Told = std::map<std::pair<std::size_t, QString>, QStringList>;

    Alone(const RecordedDay& day, const std::map<QString, worker::ScriptSource>& scripts)
        : m_thread(QThread::create([this, &day, &scripts] {
              for (std::size_t home = 0; home < day.homes.size(); ++home) {
                  for (const auto& [name, script] : scripts)
                      m_told[{home, name}] = toldAlone(script, day.homes[home]);
              }
          }))
    {
        m_thread->start();
    }
    ~Alone() { m_thread->wait(); }
    const Told& told()
    {
        m_thread->wait();
        return m_told;
    }

private:
    Told m_told;
    std::unique_ptr<QThread> m_thread;
};

// Composer, its database and the day's homes, at the day's first moment.
class Life
{
    using Plan = std::multimap<Timestamp, std::function<void()>>;

public:
    explicit Life(const RecordedDay& day) : m_day(day), m_clock(day.start), world("real", &m_clock)
    {
        world.database.run("UPDATE location SET retired_at = now(); " // the world's own home
                           "INSERT INTO node (name, roles, heartbeat) VALUES ('gateways', 'deviceio', 'infinity')");
        for (std::size_t home = 0; home < day.homes.size(); ++home)
            makeHome(home);
        world.start();
    }

    void install(const std::map<QString, worker::ScriptSource>& sources)
    {
        for (const auto& [name, script] : sources)
            scripts[name] = world.run(name, script.source);
        rest();
    }
    // What happens, each at its moment; before it all that is due by then, after it all that follows.
    void live()
    {
        Plan all;
        for (std::size_t home = 0; home < m_day.homes.size(); ++home)
            plan(home, all);
        for (Timestamp at = m_day.start; at < m_day.midnight; at += LookEvery)
            all.emplace(at, [this] { look(); });
        for (const auto& [moment, happen] : all) {
            if (moment > m_clock.now())
                world.moveClock(moment);
            rest();
            happen();
            rest();
        }
        world.service->stop(); // with what it has gathered
    }

    std::vector<LocationId> locations;
    std::map<QString, ScriptId> scripts;
    QStringList arrivals; // of each batch, in ms

private:
    void makeHome(std::size_t home)
    {
        const QByteArray name = "day-" + number(static_cast<std::int64_t>(home));
        QByteArray text = "INSERT INTO location (deployment_id, name, time_zone, clock) SELECT id, '" + name +
                          "', 'Europe/Berlin', 'real' FROM deployment;";
        const QByteArray place = "(SELECT id FROM location WHERE name = '" + name + "')";
        const QByteArray study = "(SELECT id FROM deployment)";
        text += "INSERT INTO participant (deployment_id, code, status) VALUES (" + study + ", '" + name +
                "', 'active'); INSERT INTO participant_role (participant_id, location_id, role) SELECT id, " + place +
                ", 'resident' FROM participant WHERE code = '" + name +
                "'; INSERT INTO device (deployment_id, location_id, key) VALUES (" + study + ", " + place + ", '" +
                name +
                "'); INSERT INTO device_presence (device_id, node, epoch, connected, since) SELECT id, "
                "'gateways', 1, true, now() FROM device WHERE key = '" +
                name + "';";
        for (const engine::RoomInfo& room : m_day.homes[home].info.rooms)
            text += "INSERT INTO room (location_id, kind, name) VALUES (" + place + ", " + literal(room.kind) + ", " +
                    literal(room.name) + ");";
        for (const engine::DeviceInfo& device : m_day.homes[home].info.devices)
            text += "INSERT INTO device (deployment_id, location_id, key, type, use, description, gateway_id, room_id) "
                    "SELECT g.deployment_id, g.location_id, " +
                    literal(device.key) + ", " + number(typeOf(device.key)) + ", " + literal(device.use) + ", " +
                    literal(device.description) +
                    ", g.id, r.id FROM device g LEFT JOIN room r ON r.location_id = "
                    "g.location_id AND r.kind = " +
                    literal(device.room) + " WHERE g.key = '" + name + "';";
        world.database.run(text);
        locations.push_back(
            LocationId{world.value("SELECT id FROM location WHERE name = '" + name + "'").toLongLong()});
        for (const engine::DeviceInfo& device : m_day.homes[home].info.devices)
            m_devices[{home, device.id}] =
                DeviceId{world.value("SELECT id FROM device WHERE key = " + literal(device.key)).toLongLong()};
    }
    // What came at one moment is one batch.
    void plan(std::size_t home, Plan& all)
    {
        std::map<Timestamp, store::Submission> submissions;
        for (const auto& row : m_day.homes[home].rows) {
            if (row->kind == engine::EventKind::Measurement)
                submissions[row->arrival].measurements.push_back({m_devices.at({home, row->device}), locations[home],
                                                                  row->name, row->index, "", row->time, row->value});
        }
        for (auto& [arrival, submission] : submissions)
            all.emplace(arrival, [this, submission = std::move(submission)] {
                arrivals.append(QString::number(toMs(m_clock.now())));
                m_batch = world.send(submission);
            });
        for (const Away& away : m_day.homes[home].away) {
            all.emplace(away.from, [this, home] { connect(home, "false"); });
            all.emplace(away.back, [this, home] { connect(home, "true"); });
        }
    }
    void connect(std::size_t home, const QByteArray& is)
    {
        run("UPDATE device_presence SET since = now(), connected = " + is +
            " WHERE device_id = (SELECT id FROM device WHERE key = 'day-" + number(static_cast<std::int64_t>(home)) +
            "')");
    }
    // Counts as a server does, and lets composer look at what nothing tells of.
    void look()
    {
        QCoreApplication::processEvents();
        orAbort(store::HomeStateRepository(*world.connection).settle());
        world.bus.publish(bus::ConfigurationChanged{});
    }
    void run(const QByteArray& text) { orAbort(world.connection->runScript(text)); }
    // Until composer has taken all that was sent, and all that is due is done.
    void rest()
    {
        const Deadline limit = Deadline::after(RestLimit);
        for (;;) {
            const auto position = world.service->restsAt();
            if (position && (m_batch == 0 || reached(*position)))
                return;
            if (limit.isOver())
                qFatal("composer does not come to rest at %s", toIso(m_clock.now()).c_str());
            QThread::usleep(200);
        }
    }
    bool reached(const store::LogPosition& position)
    {
        if (m_writer == 0)
            m_writer = static_cast<std::int16_t>(
                world.value("SELECT id FROM writer WHERE kind = 'committer' AND node = 'test'").toInt());
        const auto found = position.find(m_writer);
        return found != position.end() && found->second >= m_batch;
    }

    const RecordedDay& m_day;
    ManualClock m_clock;
    std::map<std::pair<std::size_t, DeviceId>, DeviceId> m_devices; // a recording's → the database's
    std::int64_t m_batch = 0;                                       // the last that was sent
    std::int16_t m_writer = 0;                                      // who wrote it

public:
    ComposerWorld world;
};

} // namespace

class TestRealClockDay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void theDayIsOneOfLateRowsAndMissingValues();
    void everyBatchHasTheMomentOfItsArrival();
    void everyScriptSaysInEveryHomeWhatItSaysAlone_data();
    void everyScriptSaysInEveryHomeWhatItSaysAlone();
    void theForgottenStoveIsTheOnlyAlert();
    void nobodyWasAskedWhetherAllIsWell();
    void onlyWhoIsAwayIsCalledSilent();
    void noScriptIsPausedOrInError();

private:
    QStringList toldHere(std::size_t home, const QString& script) const;

    RecordedDay m_day;
    ForgottenStove m_forgotten;
    std::map<QString, worker::ScriptSource> m_scripts;
    Alone::Told m_alone;
    std::unique_ptr<Life> m_life;
};

void TestRealClockDay::initTestCase()
{
    m_day = recordDay(Homes);
    m_forgotten = forgetTheStove(m_day.homes[Forgetful]);
    for (const QString& name : libraryScripts())
        m_scripts[name] =
            orAbort(worker::readScript(QStringLiteral(COHORT_SOURCE_DIR "/rules/library/%1/script.py").arg(name)));
    m_life = std::make_unique<Life>(m_day);
    m_life->install(m_scripts);
    Alone alone(m_day, m_scripts);
    m_life->live();
    m_alone = alone.told();
}

void TestRealClockDay::cleanupTestCase()
{
    m_life.reset();
}

void TestRealClockDay::theDayIsOneOfLateRowsAndMissingValues()
{
    int kept = 0, missing = 0, behind = 0;
    for (const RecordedHome& home : m_day.homes) {
        Timestamp newest{};
        for (const auto& row : home.rows) {
            kept += row->arrival - row->time > std::chrono::minutes(5) ? 1 : 0;
            missing += row->kind == engine::EventKind::Measurement && row->value.isNone() ? 1 : 0;
            behind += row->time < newest ? 1 : 0;
            newest = std::max(newest, row->time);
        }
    }
    QVERIFY2(kept > 200 && missing > 40 && behind > 100,
             qPrintable(QStringLiteral("%1 %2 %3").arg(kept).arg(missing).arg(behind)));
}

void TestRealClockDay::everyBatchHasTheMomentOfItsArrival()
{
    QVERIFY(m_life->arrivals.size() > 1'000);
    QCOMPARE(
        m_life->world.value("SELECT string_agg(round(extract(epoch FROM b.arrival) * 1000)::bigint::text, ' ' ORDER "
                            "BY b.number) FROM batch b JOIN writer w ON w.id = b.writer AND w.kind = 'committer'"),
        m_life->arrivals.join(QLatin1Char(' ')));
}

void TestRealClockDay::everyScriptSaysInEveryHomeWhatItSaysAlone_data()
{
    QTest::addColumn<int>("home");
    QTest::addColumn<QString>("script");
    for (int home = 0; home < Homes; ++home) {
        for (const auto& [name, script] : m_scripts)
            QTest::addRow("%s in home %d", qPrintable(name), home + 1) << home << name;
    }
}

void TestRealClockDay::everyScriptSaysInEveryHomeWhatItSaysAlone()
{
    QFETCH(int, home);
    QFETCH(QString, script);
    const auto place = static_cast<std::size_t>(home);
    QCOMPARE(toldHere(place, script), m_alone.at({place, script}));
}

// As toldAlone() words it. That what is not open is resolved says nothing.
QStringList TestRealClockDay::toldHere(std::size_t home, const QString& script) const
{
    const QByteArray here = ".location_id = " + number(m_life->locations.at(home).value);
    const QByteArray by = ".script_id = " + number(m_life->scripts.at(script).value);
    QStringList told =
        m_life->world
            .value("SELECT string_agg(told.line, E'\\n') FROM ("
                   "SELECT e.kind || ' ' || coalesce(e.payload->>'key', '') || ' ' || iso(e.at) AS line FROM effect e "
                   "WHERE e" +
                   here + " AND e" + by +
                   " AND e.refused = '' AND e.kind <> 'set_fact' AND e.kind NOT "
                   "LIKE '%\\_timer' AND (e.kind <> 'resolve_alert' OR EXISTS (SELECT FROM effect a WHERE a.kind = "
                   "'alert' AND a.id < e.id AND a.location_id = e.location_id AND a.script_id = e.script_id "
                   "AND a.payload->>'key' = e.payload->>'key')) UNION "
                   "SELECT 'set_fact ' || s.name || ' ' || iso(m.time) || ' ' || m.number FROM measurement m "
                   "JOIN stream s ON s.id = m.stream_id WHERE s" +
                   here + " AND s" + by + ") told")
            .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    told.sort();
    return told;
}

void TestRealClockDay::theForgottenStoveIsTheOnlyAlert()
{
    QCOMPARE(m_life->world.value("SELECT string_agg(location_id || ' ' || key || ' ' || state, ', ') FROM alert"),
             QStringLiteral("%1 stove-on resolved").arg(m_life->locations.at(Forgetful).value));
    const auto raised = fromIso(m_life->world.value("SELECT iso(at) FROM alert").toStdString());
    QVERIFY(raised.has_value());
    QVERIFY(*raised >= m_forgotten.left + std::chrono::minutes(10));
    QVERIFY(*raised < m_forgotten.off);
    const auto resolved =
        fromIso(m_life->world
                    .value("SELECT iso(max(at)) FROM effect WHERE kind = 'resolve_alert' AND payload->>'key' = "
                           "'stove-on' AND at > (SELECT at FROM alert)")
                    .toStdString());
    QVERIFY(resolved.has_value());
    QVERIFY(*resolved >= m_forgotten.off);
    QVERIFY(*resolved <= m_forgotten.off + std::chrono::minutes(5)); // a thermostat's pause is no end
}

void TestRealClockDay::nobodyWasAskedWhetherAllIsWell()
{
    QCOMPARE(m_life->world.value("SELECT count(*) FROM effect WHERE kind = 'ask'"), QStringLiteral("0"));
}

// True is only what is said while the gateway is away and posts what it kept, or when a sensor has just said nothing but that
// it has no value. From midnight on nothing is measured.
void TestRealClockDay::onlyWhoIsAwayIsCalledSilent()
{
    const QStringList silences =
        m_life->world
            .value("SELECT string_agg(e.location_id || ' ' || iso(e.time) || ' ' || EXISTS (SELECT FROM event r WHERE "
                   "r.kind = 'device-reporting' AND r.device_id = e.device_id AND r.time > e.time) || ' ' || d.key, "
                   "E'\\n') "
                   "FROM event e JOIN device d ON d.id = e.device_id WHERE e.kind = 'device-silent' AND e.time < '" +
                   QByteArray::fromStdString(toIso(m_day.midnight)) + "'")
            .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QVERIFY(!silences.isEmpty()); // gateways were away for over an hour
    for (const QString& silence : silences) {
        const QStringList parts = silence.split(QLatin1Char(' '));
        const auto& places = m_life->locations;
        const auto place = std::find(places.begin(), places.end(), LocationId{parts[0].toLongLong()});
        const Timestamp time = orAbort(fromIso(parts[1].toStdString()));
        const RecordedHome& home = m_day.homes.at(static_cast<std::size_t>(place - places.begin()));
        const auto& away = home.away;
        if (saidNoValue(home, parts[3].toStdString(), time))
            continue;
        const auto span = std::find_if(away.begin(), away.end(),
                                       [&](const Away& one) { return one.from <= time && time <= one.posted; });
        QVERIFY2(span != away.end(), qPrintable(silence));
        const bool isBack = span->posted + 2 * LookEvery < m_day.midnight;
        QVERIFY2(!isBack || parts[2] == QStringLiteral("true"), qPrintable(silence));
    }
}

void TestRealClockDay::noScriptIsPausedOrInError()
{
    QCOMPARE(m_life->world.value("SELECT string_agg(DISTINCT status, ' ') || ' ' || count(*) FROM script_instance"),
             QStringLiteral("running %1").arg(Homes * static_cast<int>(m_scripts.size())));
    QCOMPARE(
        m_life->world.value("SELECT string_agg(status || ' ' || error, E'\\n') FROM script_run WHERE status <> 'ok'"),
        QString());
    QCOMPARE(m_life->world.registry.total(metrics::Metric::ComposerErrors), 0.0);
}

QTEST_GUILESS_MAIN(TestRealClockDay)
#include "tst_real_clock_day.moc"
