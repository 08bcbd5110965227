// What calls cost on a small and on a large database (tests/load/growth.sql): statements, rows and pages touched, as
// PostgreSQL's auto_explain (EXPLAIN ANALYZE, BUFFERS of each statement as it runs) tells them; never time.
// COHORT_GROWTH_FACTOR=1 takes the full size for the large one.
#include "server/store/log/log_reader.h"
#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/audit_repository.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/device_repository.h"
#include "server/store/repositories/home_state_repository.h"
#include "server/store/repositories/library_repository.h"
#include "server/store/repositories/measurement_repository.h"
#include "server/store/repositories/message_repository.h"
#include "server/store/repositories/metric_sample_repository.h"
#include "server/store/repositories/participant_repository.h"
#include "server/store/repositories/place_repository.h"
#include "server/store/repositories/run_log_repository.h"
#include "server/store/repositories/run_repository.h"
#include "server/store/repositories/timeline_repository.h"
#include "shared/base/limits.h"
#include "tests/unit/server/store/repositories/watched.h"

#include <QFile>
#include <QTest>

using namespace cohort;
using namespace cohort::store;
using namespace Qt::Literals::StringLiterals;
using namespace cohort::store::test;

namespace {

constexpr DeploymentId Large{1};
constexpr DeploymentId Small{2};
constexpr LocationId Home{3}; // of the large study, in either database
constexpr qint64 HourMs = 3'600'000;
constexpr qint64 DayMs = 24 * HourMs;

// A database of one size, filled.
struct Sized
{
    TestDatabase database;
    Watched watched{database};
    Timestamp now;
    StreamId dense; // a value a minute

    Sized(const QByteArray& factor, const QByteArray& homes)
    {
        QFile script(QStringLiteral(COHORT_SOURCE_DIR "/tests/load/growth.sql"));
        if (!script.open(QIODevice::ReadOnly))
            qFatal("no tests/load/growth.sql");
        fill("SET growth.factor = '" + factor + "'; SET growth.homes = '" + homes + "';" + script.readAll());
        const auto counting = database.connect();
        while (database.value("SELECT count(*) FROM count_touched") != u"0"_s)
            if (!HomeStateRepository(*counting).settle(HomeStateRepository::ManyHomes))
                qFatal("counting the homes");
        fill("VACUUM ANALYZE");
        now = fromMs(database.value("SELECT (extract(epoch FROM now()) * 1000)::bigint").toLongLong());
        dense = StreamId{database.value("SELECT max(id) FROM stream").toLongLong()};
    }

    // However long it takes.
    void fill(const QByteArray& sql) const
    {
        ConnectionSettings settings = database.settings();
        settings.statementTimeout = Milliseconds{0};
        const auto connection = Connection::open(settings);
        const auto done = connection ? (*connection)->runScript(sql) : Result<void>(cohort::fail(connection.error()));
        if (!done)
            qFatal("filling the database: %s", qPrintable(done.error().message()));
    }
};

using Call = std::function<Result<qint64>(Sized&, Connection&)>;

// Whatever the size: how many statements at most, and rows and pages for each thing answered and besides.
struct Budget
{
    qint64 statements, each, besides;
};

template <typename T>
Result<qint64> countOf(const Result<model::Page<T>>& page)
{
    return page ? Result<qint64>(page->items.size()) : fail(page.error());
}
template <typename List>
requires requires(const List& list)
{
    list.size();
}
Result<qint64> countOf(const Result<List>& list)
{
    return list ? Result<qint64>(static_cast<qint64>(list->size())) : fail(list.error());
}

// Twenty batches of one writer before the newest ten.
Result<qint64> readLog(Connection& connection, std::int16_t writer)
{
    LogReader reader(connection);
    COHORT_TRY(position, reader.newestNumbers());
    position[writer] -= 30;
    constexpr int Rows = 200;
    COHORT_TRY(batches, reader.read(position, Rows));
    qint64 rows = 0;
    for (const auto& batch : batches)
        rows += static_cast<qint64>(batch->rows.size());
    return rows;
}

HomeSpan dayOf(const Sized& sized)
{
    return {Home, fromMs(toMs(sized.now) - 2 * DayMs), fromMs(toMs(sized.now) - DayMs)};
}

StreamSpan quarterOf(const Sized& sized, StreamId stream)
{
    return {stream, fromMs(toMs(sized.now) - 90 * DayMs), sized.now};
}

// The device gw-3, which is the third home's gateway.
Result<qint64> lookUp(Connection& connection, const std::optional<QList<DeploymentId>>& scope,
                      ParticipantId participant)
{
    DeviceSearch wanted;
    wanted.key = u"gw-3"_s;
    wanted.scope = scope;
    wanted.participant = participant;
    return countOf(DeviceRepository(connection).search(wanted));
}

Result<qint64> devices(Connection& connection, LocationId location, const std::optional<QList<DeploymentId>>& scope,
                       std::optional<model::DeviceStateFilter> state = {})
{
    DeviceFilter wanted;
    wanted.state = state;
    wanted.location = location;
    wanted.scope = scope;
    constexpr int Page = 20;
    return countOf(DeviceRepository(connection).list(wanted, Page));
}

Result<qint64> participants(Connection& connection, DeploymentId deployment, LocationId location)
{
    ParticipantFilter wanted;
    wanted.deployment = deployment;
    wanted.location = location;
    constexpr int Page = 8;
    return countOf(ParticipantRepository(connection).list(wanted, Page, Names::Shown));
}

Result<qint64> alerts(Connection& connection, DeploymentId deployment, LocationId location,
                      const std::optional<QList<model::AlertState>>& states)
{
    AlertFilter wanted;
    wanted.location = location;
    wanted.states = states;
    wanted.scope = QList<DeploymentId>{deployment};
    return countOf(AlertRepository(connection).list(wanted, 5));
}

// Of the second script as many lines as are kept, in each of the first homes.
QByteArray fullLogs()
{
    return "INSERT INTO script_run (script_id, version_id, location_id, at, handler, trigger, status, log) SELECT 2, "
           "2, l.id, now(), 'look', '{}', 'ok', '[\"a\"]' FROM location l, generate_series(1, " +
           QByteArray::number(ScriptLinesMost) +
           ") WHERE l.id <= 20; INSERT INTO script_log SELECT script_id, location_id, count(*) FROM script_run WHERE "
           "log <> '[]' GROUP BY script_id, location_id";
}

// Three lines more in the third home; answers how many runs were stored.
Result<qint64> writeLines(Connection& connection)
{
    RunLogRepository log(connection);
    std::vector<NewRun> runs(3);
    COHORT_TRY(ids, log.drawRuns(runs.size()));
    for (std::size_t index = 0; index < runs.size(); ++index) {
        runs[index].id = ids[index];
        runs[index].script = ScriptId{2};
        runs[index].version = VersionId{2};
        runs[index].location = Home;
        runs[index].handler = u"look"_s;
        runs[index].log = {u"more"_s};
    }
    COHORT_CHECK(log.insertRuns(runs));
    constexpr int Long = 100'000;
    COHORT_CHECK(log.keepNewestLines(runs, Long));
    return static_cast<qint64>(runs.size());
}

} // namespace

Q_DECLARE_METATYPE(Call)
Q_DECLARE_METATYPE(Budget)

class TestGrowth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_small = std::make_unique<Sized>("0.01", "5");
        const QByteArray factor = qgetenv("COHORT_GROWTH_FACTOR");
        m_large = factor.isEmpty() ? std::make_unique<Sized>("0.05", "250") : std::make_unique<Sized>(factor, "");
    }
    void cleanupTestCase()
    {
        m_small.reset();
        m_large.reset();
    }

    void finding_R1_F35_homesCostTheirRows_data()
    {
        columns();
        add("4 homes", {4, 240, 200},
            [](auto&, auto& c) { return countOf(PlaceRepository(c).locations(Large, {}, 4)); });
        add("all 200 homes of 9 devices", {4, 240, 200},
            [](auto&, auto& c) { return countOf(PlaceRepository(c).locations(Large, {}, 200)); });
        add("of the small study", {4, 240, 200},
            [](auto&, auto& c) { return countOf(PlaceRepository(c).locations(Small, {}, 1)); });
        add("one home", {4, 240, 200}, [](auto&, auto& c) -> Result<qint64> {
            COHORT_TRY(home, PlaceRepository(c).location(Home));
            return home.id == Home ? 1 : 0;
        });
        add("a home's devices", {2, 60, 200}, [](auto&, auto& c) { return devices(c, Home, std::nullopt); });
        add("a page of a study's devices", {2, 60, 200},
            [](auto&, auto& c) { return devices(c, {}, QList<DeploymentId>{Large}); });
        add("a page of those that never reported", {2, 60, 1'200},
            [](auto&, auto& c) { return devices(c, {}, QList<DeploymentId>{Large}, model::DeviceStateFilter::Never); });
    }
    void finding_R1_F35_homesCostTheirRows() { judge(); }

    void finding_R3_theLogReaderCostsWhatItReads_data()
    {
        columns();
        for (const int writer : {1, 2, 3})
            add(QByteArray("writer ") + QByteArray::number(writer), {9, 12, 2'500},
                [writer](auto&, auto& c) { return readLog(c, static_cast<std::int16_t>(writer)); });
    }
    void finding_R3_theLogReaderCostsWhatItReads() { judge(); }

    void finding_R4_conversationsAreKept_data()
    {
        columns();
        add("conversations", {1, 20, 60},
            [](auto&, auto& c) { return countOf(MessageRepository(c).conversations(Large, true)); });
        add("a page of participants", {3, 20, 60}, [](auto&, auto& c) { return participants(c, Large, {}); });
        add("a home's participants", {3, 20, 100}, [](auto&, auto& c) { return participants(c, {}, Home); });
        add("questions", {1, 12, 60},
            [](auto&, auto& c) { return countOf(MessageRepository(c).questions(Small, {}, 8)); });
        add("what one wrote lately", {1, 8, 60},
            [](auto&, auto& c) { return MessageRepository(c).writtenLately(ParticipantId{5}); });
        add("a day's timeline", {7, 60, 600},
            [](auto& sized, auto& c) { return countOf(TimelineRepository(c).entries(dayOf(sized), 100)); });
        add("facts", {1, 30, 100}, [](auto& sized, auto& c) {
            return countOf(TimelineRepository(c).facts({Home, fromMs(0), sized.now}, {}, 20));
        });
    }
    void finding_R4_conversationsAreKept() { judge(); }

    // A script has written to a person for long because of another home; whether it may because of this one is one look.
    void finding_R4_aBudgetIsOneLook()
    {
        for (Sized* sized : {m_small.get(), m_large.get()}) {
            sized->fill("INSERT INTO message (deployment_id, participant_id, location_id, text, author, direction, "
                        "logged, effect_id) SELECT 1, 5, 4, 'a', 'script:1', 'to-participant', true, id FROM effect");
            sized->fill("VACUUM ANALYZE message");
            const Touched touched = sized->watched.of([](Connection& c) -> Result<qint64> {
                COHORT_TRY(budget,
                           MessageRepository(c).budget(Large, Home, ParticipantId{5}, u"script:1"_s, EffectId{5'000}));
                return budget.most;
            });
            QVERIFY2(touched.buffers <= 60, qPrintable(u"%1 pages"_s.arg(touched.buffers)));
        }
    }

    void finding_R5_bucketsAreOnePass_data()
    {
        QTest::addColumn<int>("points");
        QTest::newRow("few points") << 10;
        QTest::newRow("many points") << 400;
    }
    void finding_R5_bucketsAreOnePass()
    {
        QFETCH(int, points);
        for (Sized* sized : {m_small.get(), m_large.get()}) {
            const qint64 samples = sized->database
                                       .value("SELECT count(*) FROM measurement WHERE stream_id = " +
                                              QByteArray::number(static_cast<qlonglong>(sized->dense.value)))
                                       .toLongLong();
            const Touched touched = sized->watched.of([&](Connection& c) -> Result<qint64> {
                COHORT_TRY(series, MeasurementRepository(c).series(quarterOf(*sized, sized->dense), points));
                return series.count.size();
            });
            QVERIFY2(touched.answered > 0 && touched.answered <= points + 1,
                     qPrintable(QString::number(touched.answered)));
            // Each sample is read once, none is sorted.
            for (const QString& node : touched.nodes)
                QVERIFY2(!node.startsWith(u"Sort "_s) || node.section(u' ', -1).toDouble() <= points + 1,
                         qPrintable(node));
            QVERIFY2(touched.buffers < 200 + samples / 40 + 6 * points, qPrintable(u"%1 pages"_s.arg(touched.buffers)));
        }
    }

    void finding_R6_joinsComeAfterTheLimit_data()
    {
        columns();
        add("runs of a script", {2, 16, 60},
            [](auto&, auto& c) { return countOf(RunRepository(c).list(ScriptId{2}, {}, {}, 20)); });
        add("runs of a script in a home", {2, 16, 60},
            [](auto&, auto& c) { return countOf(RunRepository(c).list(ScriptId{2}, Home, {}, 10)); });
        add("the audit log", {1, 12, 60},
            [](auto&, auto& c) { return countOf(AuditRepository(c).list(std::nullopt, std::nullopt, 20)); });
        add("the audit log of a study", {1, 40, 60}, [](auto&, auto& c) {
            return countOf(AuditRepository(c).list(QList<DeploymentId>{Small}, std::nullopt, 20));
        });
        add("the audit log of both", {1, 40, 100}, [](auto&, auto& c) {
            return countOf(AuditRepository(c).list(QList<DeploymentId>{Large, Small}, std::nullopt, 20));
        });
        add("the library's homes", {2, 120, 200},
            [](auto&, auto& c) { return countOf(LibraryRepository(c).homes(QList<DeploymentId>{Small})); });
        add("90 days of figures", {1, 10, 9'000}, [](auto& sized, auto& c) {
            return countOf(
                MetricSampleRepository(c).between(u"node-1"_s, fromMs(toMs(sized.now) - 90 * DayMs), sized.now));
        });
        add("a day of figures", {1, 10, 60}, [](auto& sized, auto& c) {
            return countOf(MetricSampleRepository(c).between(u"node-1"_s, fromMs(toMs(sized.now) - DayMs), sized.now));
        });
    }
    void finding_R6_joinsComeAfterTheLimit() { judge(); }

    void finding_R6_alertsCostTheirPage_data()
    {
        const QList<model::AlertState> open{model::AlertState::Open, model::AlertState::Acknowledged};
        columns();
        add("of a study", {5, 60, 100}, [](auto&, auto& c) { return alerts(c, Small, {}, std::nullopt); });
        add("open ones of a study", {5, 60, 100}, [=](auto&, auto& c) { return alerts(c, Large, {}, open); });
        add("of a home", {5, 60, 100}, [](auto&, auto& c) { return alerts(c, Large, Home, std::nullopt); });
        add("open ones of a home", {5, 60, 100}, [=](auto&, auto& c) { return alerts(c, Large, Home, open); });
    }
    void finding_R6_alertsCostTheirPage() { judge(); }

    void finding_G14_trimmingALogCostsWhatWasWritten_data()
    {
        for (const Sized* sized : {m_small.get(), m_large.get()}) {
            sized->fill(fullLogs());
            sized->fill("VACUUM ANALYZE");
        }
        columns();
        add("lines over the bound", {4, 60, 60}, [](auto&, auto& c) { return writeLines(c); });
        add("how many there are", {1, 12, 60}, [](auto&, auto& c) -> Result<qint64> {
            COHORT_TRY(lines, RunRepository(c).logLines(ScriptId{2}, Home));
            return lines == ScriptLinesMost ? 1 : 0;
        });
    }
    void finding_G14_trimmingALogCostsWhatWasWritten() { judge(); }

    void finding_R7_aDeviceIsOneLook_data()
    {
        columns();
        add("a person's", {1, 30, 60}, [](auto&, auto& c) { return lookUp(c, std::nullopt, ParticipantId{5}); });
        add("an operator's", {1, 30, 60}, [](auto&, auto& c) { return lookUp(c, QList<DeploymentId>{Large}, {}); });
        add("an admin's", {1, 30, 60}, [](auto&, auto& c) { return lookUp(c, std::nullopt, {}); });
        add("of a deployment", {1, 30, 60}, [](auto&, auto& c) -> Result<qint64> {
            COHORT_TRY(found, DeviceRepository(c).byKey(Large, u"gw-3"_s));
            return found ? 1 : 0;
        });
        add("by its number", {1, 30, 60}, [](auto&, auto& c) -> Result<qint64> {
            COHORT_TRY(found, DeviceRepository(c).record(DeviceId{3}));
            return found.id == DeviceId{3} ? 1 : 0;
        });
    }
    void finding_R7_aDeviceIsOneLook() { judge(); }

    // Each second, where something was answered or has ended.
    void finding_R8_loggingCostsWhatIsToBeLogged_data()
    {
        for (const Sized* sized : {m_small.get(), m_large.get()})
            sized->fill("UPDATE alert_answer SET logged = false WHERE id <= 5; UPDATE command SET logged = false WHERE "
                        "id <= 5; UPDATE message SET logged = false WHERE id <= 10 AND direction = 'from-participant'");
        columns();
        add("answers", {1, 15, 60}, [](auto&, auto& c) { return countOf(AlertRepository(c).unlogged()); });
        add("commands", {1, 30, 60}, [](auto&, auto& c) { return countOf(CommandRepository(c).unlogged()); });
        add("messages", {1, 15, 60}, [](auto&, auto& c) { return countOf(MessageRepository(c).unlogged()); });
    }
    void finding_R8_loggingCostsWhatIsToBeLogged() { judge(); }

private:
    static void columns()
    {
        QTest::addColumn<Budget>("budget");
        QTest::addColumn<Call>("call");
    }
    static void add(const QByteArray& name, Budget budget, const Call& call)
    {
        QTest::newRow(name.constData()) << budget << call;
    }

    void judge()
    {
        QFETCH(Budget, budget);
        QFETCH(Call, call);
        for (Sized* sized : {m_small.get(), m_large.get()}) {
            const Touched touched = sized->watched.of([&](Connection& c) { return call(*sized, c); });
            const qint64 most = budget.besides + budget.each * touched.answered;
            const QString said = u"%1: %2 statements, %3 rows and %4 pages for %5 answered; %6 at most\n%7"_s
                                     .arg(sized == m_small.get() ? u"small"_s : u"large"_s)
                                     .arg(touched.statements)
                                     .arg(touched.rows)
                                     .arg(touched.buffers)
                                     .arg(touched.answered)
                                     .arg(most)
                                     .arg(touched.nodes.join(u", "_s));
            QVERIFY2(touched.statements >= 1 && touched.statements <= budget.statements, qPrintable(said));
            QVERIFY2(touched.buffers <= most, qPrintable(said));
            QVERIFY2(touched.rows <= 10 * most, qPrintable(said));
            qInfo("%s", qPrintable(said.section(u'\n', 0, 0)));
        }
    }

    std::unique_ptr<Sized> m_small;
    std::unique_ptr<Sized> m_large;
};

QTEST_GUILESS_MAIN(TestGrowth)
#include "tst_growth.moc"
