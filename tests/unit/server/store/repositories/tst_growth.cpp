// What calls cost on a small and on a large database (growth_kit.h): statements, rows and pages touched, never time.
// COHORT_GROWTH_FACTOR=1 takes the full size for the large one.
#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/audit_repository.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/device_repository.h"
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
#include "tests/unit/server/store/repositories/growth_kit.h"

using namespace cohort;
using namespace cohort::store;
using namespace Qt::Literals::StringLiterals;
using namespace cohort::store::growth;

namespace {

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
        row("4 homes", {4, 240, 200},
            [](auto&, auto& c) { return countOf(PlaceRepository(c).locations(Large, {}, 4)); });
        row("all 200 homes of 9 devices", {4, 240, 200},
            [](auto&, auto& c) { return countOf(PlaceRepository(c).locations(Large, {}, 200)); });
        row("of the small study", {4, 240, 200},
            [](auto&, auto& c) { return countOf(PlaceRepository(c).locations(Small, {}, 1)); });
        row("one home", {4, 240, 200}, [](auto&, auto& c) -> Result<qint64> {
            COHORT_TRY(home, PlaceRepository(c).location(Home));
            return home.id == Home ? 1 : 0;
        });
        row("a home's devices", {2, 60, 200}, [](auto&, auto& c) { return devices(c, Home, std::nullopt); });
        row("a page of a study's devices", {2, 60, 200},
            [](auto&, auto& c) { return devices(c, {}, QList<DeploymentId>{Large}); });
        row("a page of those that never reported", {2, 60, 1'200},
            [](auto&, auto& c) { return devices(c, {}, QList<DeploymentId>{Large}, model::DeviceStateFilter::Never); });
    }
    void finding_R1_F35_homesCostTheirRows() { judge(); }

    void finding_R3_theLogReaderCostsWhatItReads_data()
    {
        columns();
        for (const int writer : {1, 2, 3})
            row(QByteArray("writer ") + QByteArray::number(writer), {9, 12, 2'500},
                [writer](auto&, auto& c) { return readLog(c, static_cast<std::int16_t>(writer)); });
    }
    void finding_R3_theLogReaderCostsWhatItReads() { judge(); }

    void finding_R4_conversationsAreKept_data()
    {
        columns();
        row("conversations", {1, 20, 60},
            [](auto&, auto& c) { return countOf(MessageRepository(c).conversations(Large, true)); });
        row("a page of participants", {3, 20, 60}, [](auto&, auto& c) { return participants(c, Large, {}); });
        row("a home's participants", {3, 20, 100}, [](auto&, auto& c) { return participants(c, {}, Home); });
        row("questions", {1, 12, 60},
            [](auto&, auto& c) { return countOf(MessageRepository(c).questions(Small, {}, 8)); });
        row("what one wrote lately", {1, 8, 60},
            [](auto&, auto& c) { return MessageRepository(c).writtenLately(ParticipantId{5}); });
        row("a day's timeline", {7, 60, 600},
            [](auto& sized, auto& c) { return countOf(TimelineRepository(c).entries(dayOf(sized), 100)); });
        row("facts", {1, 30, 100}, [](auto& sized, auto& c) {
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
            QVERIFY2(touched.answered > 0 && touched.answered <= points, qPrintable(QString::number(touched.answered)));
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
        row("runs of a script", {2, 16, 60},
            [](auto&, auto& c) { return countOf(RunRepository(c).list(ScriptId{2}, {}, {}, 20)); });
        row("runs of a script in a home", {2, 16, 60},
            [](auto&, auto& c) { return countOf(RunRepository(c).list(ScriptId{2}, Home, {}, 10)); });
        row("the audit log", {1, 12, 60},
            [](auto&, auto& c) { return countOf(AuditRepository(c).list(std::nullopt, std::nullopt, 20)); });
        row("the audit log of a study", {1, 40, 60}, [](auto&, auto& c) {
            return countOf(AuditRepository(c).list(QList<DeploymentId>{Small}, std::nullopt, 20));
        });
        row("the audit log of both", {1, 40, 100}, [](auto&, auto& c) {
            return countOf(AuditRepository(c).list(QList<DeploymentId>{Large, Small}, std::nullopt, 20));
        });
        row("the library's homes", {2, 120, 200},
            [](auto&, auto& c) { return countOf(LibraryRepository(c).homes(QList<DeploymentId>{Small})); });
        row("90 days of figures", {1, 10, 9'000}, [](auto& sized, auto& c) {
            return countOf(
                MetricSampleRepository(c).between(u"node-1"_s, fromMs(toMs(sized.now) - 90 * DayMs), sized.now));
        });
        row("a day of figures", {1, 10, 60}, [](auto& sized, auto& c) {
            return countOf(MetricSampleRepository(c).between(u"node-1"_s, fromMs(toMs(sized.now) - DayMs), sized.now));
        });
    }
    void finding_R6_joinsComeAfterTheLimit() { judge(); }

    void finding_R6_alertsCostTheirPage_data()
    {
        const QList<model::AlertState> open{model::AlertState::Open, model::AlertState::Acknowledged};
        columns();
        row("of a study", {5, 60, 100}, [](auto&, auto& c) { return alerts(c, Small, {}, std::nullopt); });
        row("open ones of a study", {5, 60, 100}, [=](auto&, auto& c) { return alerts(c, Large, {}, open); });
        row("of a home", {5, 60, 100}, [](auto&, auto& c) { return alerts(c, Large, Home, std::nullopt); });
        row("open ones of a home", {5, 60, 100}, [=](auto&, auto& c) { return alerts(c, Large, Home, open); });
    }
    void finding_R6_alertsCostTheirPage() { judge(); }

    void finding_G14_trimmingALogCostsWhatWasWritten_data()
    {
        for (const Sized* sized : {m_small.get(), m_large.get()}) {
            sized->fill(fullLogs());
            sized->fill("VACUUM ANALYZE");
        }
        columns();
        row("lines over the bound", {4, 60, 60}, [](auto&, auto& c) { return writeLines(c); });
        row("how many there are", {1, 12, 60}, [](auto&, auto& c) -> Result<qint64> {
            COHORT_TRY(lines, RunRepository(c).logLines(ScriptId{2}, Home));
            return lines == ScriptLinesMost ? 1 : 0;
        });
    }
    void finding_G14_trimmingALogCostsWhatWasWritten() { judge(); }

    void finding_R7_aDeviceIsOneLook_data()
    {
        columns();
        row("a person's", {1, 30, 60}, [](auto&, auto& c) { return lookUp(c, std::nullopt, ParticipantId{5}); });
        row("an operator's", {1, 30, 60}, [](auto&, auto& c) { return lookUp(c, QList<DeploymentId>{Large}, {}); });
        row("an admin's", {1, 30, 60}, [](auto&, auto& c) { return lookUp(c, std::nullopt, {}); });
        row("of a deployment", {1, 30, 60}, [](auto&, auto& c) -> Result<qint64> {
            COHORT_TRY(found, DeviceRepository(c).byKey(Large, u"gw-3"_s));
            return found ? 1 : 0;
        });
        row("by its number", {1, 30, 60}, [](auto&, auto& c) -> Result<qint64> {
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
        row("answers", {1, 15, 60}, [](auto&, auto& c) { return countOf(AlertRepository(c).unlogged()); });
        row("commands", {1, 30, 60}, [](auto&, auto& c) { return countOf(CommandRepository(c).unlogged()); });
        row("messages", {1, 15, 60}, [](auto&, auto& c) { return countOf(MessageRepository(c).unlogged()); });
    }
    void finding_R8_loggingCostsWhatIsToBeLogged() { judge(); }

private:
    void judge() { growth::judge(*m_small, *m_large); }

    std::unique_ptr<Sized> m_small;
    std::unique_ptr<Sized> m_large;
};

QTEST_GUILESS_MAIN(TestGrowth)
#include "tst_growth.moc"
