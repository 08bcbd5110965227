// What calls cost where one thing has grown far more than the others: a home's alerts, a script's runs, a person's messages,
// what is open (growth_kit.h).
#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/device_repository.h"
#include "server/store/repositories/history_repository.h"
#include "server/store/repositories/measurement_repository.h"
#include "server/store/repositories/message_repository.h"
#include "server/store/repositories/operator_repository.h"
#include "server/store/repositories/script_repository.h"
#include "server/store/repositories/timeline_repository.h"
#include "tests/unit/server/store/repositories/growth_kit.h"

using namespace cohort;
using namespace cohort::store;
using namespace cohort::store::growth;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr ParticipantId Talkative{1};
constexpr ParticipantId Quiet{5};  // whose few messages came after many of others'
constexpr AlertId MuchTalkedOf{1}; // many answers
constexpr DeviceId Moved{40};      // has no open command, in either database
constexpr ScriptId NeverFailed{2};

// What grows: of each kind `many`, in one place. Nobody is silent, and the servers are alive for long.
constexpr const char* Grown = R"(
UPDATE node SET heartbeat = now() + interval '1 day';
DELETE FROM expected_report;
INSERT INTO expected_report (type, name, interval_s) VALUES (-1, '', 3600), (0, '', 0);
UPDATE location SET name = name;
UPDATE batch SET least_time = now() - interval '85 days';
UPDATE script_run SET status = 'ok' WHERE script_id = 2;
INSERT INTO alert (deployment_id, location_id, source, script_id, key, texts, state, at, created_at, state_at)
SELECT 1, 3, 'script', 1, 'many-' || n, '{"en":"a"}', 'resolved', t, t, t
FROM generate_series(1, many) n, LATERAL (SELECT now() - interval '4 days' - n * interval '1 minute' AS t) x;
INSERT INTO alert_answer (alert_id, at, actor, answer, logged)
SELECT id, created_at, 'operator:1', 'resolve', true FROM alert WHERE key LIKE 'many-%';
INSERT INTO alert_answer (alert_id, at, actor, answer, comment, logged)
SELECT 1, now() - interval '30 days', 'operator:1', 'comment', 'words', true FROM generate_series(1, many);
INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, requested_by, created_at, expires_at)
SELECT d.deployment_id, d.location_id, d.id, COALESCE(d.gateway_id, d.id), '[]', 'operator:1', now() - interval '1 hour',
       now() + interval '1 day'
FROM generate_series(1, many) n JOIN device d ON d.id = 20 + n % 9;
UPDATE message SET participant_id = 1 + id % 2 WHERE participant_id > 4;
INSERT INTO message (deployment_id, participant_id, direction, text, author, state, logged, read_at)
SELECT 1, 1 + n % 2, 'to-participant', 'a', 'operator:1', 'read', true, now() FROM generate_series(1, many) n;
INSERT INTO message (deployment_id, participant_id, direction, text, author, state, logged, read_at)
SELECT 1, 5, 'to-participant', 'a', 'operator:1', 'read', true, now() FROM generate_series(1, 40);
INSERT INTO login_failure (account, address, failures, locked_until)
SELECT 'a' || n, '10.0.0.1', 1, now() FROM generate_series(1, many) n;
INSERT INTO stream (location_id, device_id, name, kind)
SELECT location_id, id, 'words', 'text' FROM device WHERE key = 'dev-3-1';
INSERT INTO measurement (stream_id, time, text, writer, batch, ordinal)
SELECT (SELECT max(id) FROM stream), now() - n * interval '1 minute', 'word ' || n, 1, 1, n
FROM generate_series(1, many) n;
)";

} // namespace

class TestGrowthInOnePlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_small = std::make_unique<Sized>("0.01", "5");
        m_large = std::make_unique<Sized>("0.05", "250");
        for (Sized* sized : {m_small.get(), m_large.get()}) {
            sized->fill(QByteArray(Grown).replace("(1, many)", sized == m_small.get() ? "(1, 100)" : "(1, 20000)"));
            sized->settle();
            sized->fill("VACUUM ANALYZE");
        }
    }
    void cleanupTestCase()
    {
        m_small.reset();
        m_large.reset();
    }

    void finding_R1_devicesOfAStateCostTheirPage_data();
    void finding_R1_devicesOfAStateCostTheirPage() { judge(*m_small, *m_large); }
    void finding_R2_aScriptsLastErrorIsOneLook_data();
    void finding_R2_aScriptsLastErrorIsOneLook() { judge(*m_small, *m_large); }
    void finding_R3_theLogWithLateMeasurements_data();
    void finding_R3_theLogWithLateMeasurements() { judge(*m_small, *m_large); }
    void finding_R4_aTimelineCostsItsEntries_data();
    void finding_R4_aTimelineCostsItsEntries() { judge(*m_small, *m_large); }
    void finding_R4_aPersonsMessagesBesideOthers_data();
    void finding_R4_aPersonsMessagesBesideOthers();
    void finding_R5_textsAreOnePass();
    void finding_R5_scriptsReadUpToTheirLimit_data();
    void finding_R5_scriptsReadUpToTheirLimit() { judge(*m_small, *m_large); }
    void finding_R6_ofManyAnswersTheNewest_data();
    void finding_R6_ofManyAnswersTheNewest() { judge(*m_small, *m_large); }
    void finding_R7_looksAmongManyOthers_data();
    void finding_R7_looksAmongManyOthers() { judge(*m_small, *m_large); }
    void finding_R8_openCommandsCostWhatIsDue_data();
    void finding_R8_openCommandsCostWhatIsDue() { judge(*m_small, *m_large); }

private:
    std::unique_ptr<Sized> m_small;
    std::unique_ptr<Sized> m_large;
};

// Of what hardly any device is, nothing is judged but where it may be.
void TestGrowthInOnePlace::finding_R1_devicesOfAStateCostTheirPage_data()
{
    using State = model::DeviceStateFilter;
    columns();
    for (const State state : {State::Connected, State::Disconnected, State::Reporting, State::Silent, State::Never}) {
        row(model::textOf(state).toUtf8(), {2, 120, 1'500}, [state](auto&, auto& c) {
            DeviceFilter wanted;
            wanted.scope = QList<DeploymentId>{Large};
            wanted.state = state;
            constexpr int Page = 20;
            return countOf(DeviceRepository(c).list(wanted, Page));
        });
    }
}

void TestGrowthInOnePlace::finding_R2_aScriptsLastErrorIsOneLook_data()
{
    columns();
    row("of a study", {1, 60, 200}, [](auto&, auto& c) { return countOf(ScriptRepository(c).list(Large, {}, 10)); });
    row("of one", {1, 60, 100}, [](auto&, auto& c) -> Result<qint64> {
        COHORT_TRY(script, ScriptRepository(c).find(NeverFailed));
        return script.figures.lastError.isEmpty() ? 1 : 0;
    });
}

// Each batch has one measurement of long ago.
void TestGrowthInOnePlace::finding_R3_theLogWithLateMeasurements_data()
{
    columns();
    for (const int writer : {1, 2, 3})
        row(QByteArray("writer ") + QByteArray::number(writer), {9, 12, 2'500},
            [writer](auto&, auto& c) { return readLog(c, static_cast<std::int16_t>(writer)); });
}

void TestGrowthInOnePlace::finding_R4_aTimelineCostsItsEntries_data()
{
    columns();
    row("a day", {7, 60, 200}, [](auto& sized, auto& c) {
        const HomeSpan day{Home, fromMs(toMs(sized.now) - 2 * DayMs), fromMs(toMs(sized.now) - DayMs)};
        return countOf(TimelineRepository(c).entries(day, 100));
    });
    row("the newest of all", {7, 60, 600}, [](auto& sized, auto& c) {
        return countOf(TimelineRepository(c).entries({Home, fromMs(0), sized.now}, 20));
    });
}

void TestGrowthInOnePlace::finding_R4_aPersonsMessagesBesideOthers_data()
{
    columns();
    row("a page", {1, 20, 60}, [](auto&, auto& c) { return countOf(MessageRepository(c).list(Quiet, {}, 10)); });
    row("one message", {2, 60, 200}, [](auto&, auto& c) -> Result<qint64> {
        COHORT_TRY(page, MessageRepository(c).list(Quiet, {}, 1));
        COHORT_TRY(message, MessageRepository(c).find(page.items.first().id));
        return message.participant == Quiet ? 1 : 0;
    });
}

// After long pages of somebody else the statement is planned for anybody.
void TestGrowthInOnePlace::finding_R4_aPersonsMessagesBesideOthers()
{
    constexpr int Times = 8, Long = 1'000;
    for (Sized* sized : {m_small.get(), m_large.get()})
        for (int time = 0; time < Times; ++time)
            QVERIFY(MessageRepository(sized->watched.connection()).list(Talkative, {}, Long));
    judge(*m_small, *m_large);
}

// Each text is read once, none is sorted.
void TestGrowthInOnePlace::finding_R5_textsAreOnePass()
{
    constexpr int Points = 10;
    for (Sized* sized : {m_small.get(), m_large.get()}) {
        const StreamId words{sized->database.value("SELECT max(id) FROM stream").toLongLong()};
        const qint64 texts =
            sized->database.value("SELECT count(*) FROM measurement WHERE text IS NOT NULL").toLongLong();
        const Touched touched = sized->watched.of([&](Connection& c) -> Result<qint64> {
            COHORT_TRY(series, MeasurementRepository(c).series(
                                   {words, fromMs(toMs(sized->now) - 14 * DayMs), sized->now}, Points));
            return series.values.size();
        });
        QVERIFY2(touched.answered > 0 && touched.answered <= Points + 1, qPrintable(QString::number(touched.answered)));
        for (const QString& node : touched.nodes)
            QVERIFY2(!node.startsWith(u"Sort "_s) || node.section(u' ', -1).toDouble() <= Points + 1, qPrintable(node));
        QVERIFY2(touched.buffers < 400 + texts / 10, qPrintable(u"%1 pages"_s.arg(touched.buffers)));
    }
}

void TestGrowthInOnePlace::finding_R5_scriptsReadUpToTheirLimit_data()
{
    columns();
    row("the first samples", {1, 4, 40}, [](auto& sized, auto& c) {
        const DeviceId device{sized.database.value("SELECT device_id FROM stream WHERE name = 'power'").toLongLong()};
        const LocationId home{sized.database.value("SELECT location_id FROM stream WHERE name = 'power'").toLongLong()};
        constexpr qint64 Newest = 1LL << 40;
        constexpr int Limit = 20;
        return countOf(HistoryRepository(c).samples({home,
                                                     device,
                                                     u"power"_s,
                                                     fromMs(toMs(sized.now) - 90 * DayMs),
                                                     sized.now,
                                                     {{1, Newest, 1}, {2, Newest, 1}}},
                                                    Limit));
    });
}

void TestGrowthInOnePlace::finding_R6_ofManyAnswersTheNewest_data()
{
    columns();
    row("an alert", {5, 4, 100}, [](auto&, auto& c) -> Result<qint64> {
        COHORT_TRY(alert, AlertRepository(c).find(MuchTalkedOf));
        return static_cast<qint64>(alert.answers.size());
    });
}

void TestGrowthInOnePlace::finding_R7_looksAmongManyOthers_data()
{
    columns();
    row("a moved device's commands", {1, 20, 60},
        [](auto&, auto& c) { return countOf(CommandRepository(c).followDevices({Moved})); });
    row("a failed sign-in", {1, 20, 60}, [](auto&, auto& c) -> Result<qint64> {
        COHORT_CHECK(OperatorRepository(c).countFailure(u"me"_s, u"10.0.0.2"_s));
        return 0;
    });
}

// Each second: nothing is over, nothing is new, however much is open.
void TestGrowthInOnePlace::finding_R8_openCommandsCostWhatIsDue_data()
{
    columns();
    row("what is over", {1, 30, 60}, [](auto&, auto& c) { return countOf(CommandRepository(c).expire()); });
    row("what is new", {1, 30, 60}, [](auto&, auto& c) {
        constexpr Milliseconds Resend{10'000}, Window{20'000};
        return countOf(CommandRepository(c).openMadeWithin(Resend, Window));
    });
}

QTEST_GUILESS_MAIN(TestGrowthInOnePlace)
#include "tst_growth_in_one_place.moc"
