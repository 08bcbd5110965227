// A home, its charts, the server's figures and the check while something happens: late, repeated and lost news.

#include "console/models/home_tables.h"
#include "console/models/metrics_source.h"
#include "console/models/script_check.h"
#include "console/models/stream_source.h"
#include "shared/protocol/operations/script.h"
#include "shared/protocol/operations/server.h"
#include "tests/console/filled.h"
#include "tests/console/signed_in.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Moment = 1'760'000'000'000;

model::LiveSample sampleOf(StreamId stream, qint64 time, double value)
{
    return {.stream = stream,
            .device = DeviceId{11},
            .name = u"power"_s,
            .index = {},
            .time = time,
            .value = Value::ofNumber(value),
            .isFact = false};
}

// One device with one stream, measured at Moment.
model::Home homeOf(LocationId id)
{
    auto home = filled<model::Home>();
    home.location.id = id;
    home.location.deployment = DeploymentId{1};
    model::Device& device = home.devices.first();
    device.id = DeviceId{11};
    device.life.reporting = model::Reporting::Silent;
    device.streams.first().id = StreamId{1};
    device.streams.first().latest = model::Sample{Value::ofNumber(5), fromMs(Moment)};
    return home;
}

// Raw samples, one a second from `from` on.
model::Series rawFrom(qint64 from, int count)
{
    model::Series series;
    series.stream = StreamId{3};
    for (int i = 0; i < count; ++i) {
        series.times.append(from + i * 1000);
        series.values.append(Value::ofNumber(i));
    }
    return series;
}

} // namespace

class TestLiveHome : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SignedIn> m_console;

    Peer& peer() { return m_console->peer; }
    Workspace& workspace() { return m_console->workspace; }
    const model::Stream& streamOf(const HomeModel& home) { return home.home().devices.first().streams.first(); }
    // Loaded, hearing of everything, and loaded once more for what changed before it heard.
    bool settle(HomeModel& home)
    {
        const auto isThere = [&] { return home.isLoaded() && peer().count(u"location.get"_s) == 2; };
        return SignedIn::until(isThere) && SignedIn::answerOf(m_console->client.call(u"server.info"_s));
    }

private Q_SLOTS:
    void init()
    {
        m_console = std::make_unique<SignedIn>(u"full"_s);
        QVERIFY(m_console->isIn);
        answer<protocol::LocationGet>(peer(), [](const protocol::LocationGet& wanted) { return homeOf(wanted.id); });
    }
    void cleanup() { m_console.reset(); }

    void aLateSampleDoesNotTurnTheLatestBack()
    {
        HomeModel home(workspace(), nullptr);
        home.show(LocationId{1});
        QVERIFY(settle(home));
        QSignalSpy sampled(&home, &HomeModel::sampled);
        notify<protocol::SampleArrived>(peer(), {{sampleOf(StreamId{1}, Moment - 1, 7)}});
        QTRY_COMPARE(sampled.count(), 1); // charts want it all the same
        QCOMPARE(streamOf(home).latest->value, Value::ofNumber(5));
        QCOMPARE(streamOf(home).latest->time, fromMs(Moment));
        notify<protocol::SampleArrived>(peer(), {{sampleOf(StreamId{1}, Moment, 8)}}); // corrected
        QTRY_COMPARE(streamOf(home).latest->value, Value::ofNumber(8));
        notify<protocol::SampleArrived>(
            peer(), {{sampleOf(StreamId{1}, Moment + 2, 9)}, {sampleOf(StreamId{1}, Moment + 1, 10)}});
        QTRY_COMPARE(streamOf(home).latest->value, Value::ofNumber(9));
        QCOMPARE(home.home().devices.first().life.lastMeasurement, std::optional(fromMs(Moment + 2)));
        QCOMPARE(home.home().devices.first().life.reporting, model::Reporting::Reporting);
    }

    void lostNewsOfPresenceLoadTheHomeAgain()
    {
        HomeModel home(workspace(), nullptr);
        home.show(LocationId{1});
        QVERIFY(settle(home));
        QTRY_VERIFY(peer().isSubscribed(u"presence"_s));
        peer().resync(u"presence"_s);
        QTRY_COMPARE(peer().count(u"location.get"_s), 3);
    }

    void aStreamThatAppearsLoadsTheHomeOnceAndAFactTooAsItIsOnTheChart()
    {
        HomeModel home(workspace(), nullptr);
        home.show(LocationId{1});
        QVERIFY(settle(home));
        auto fact = sampleOf(StreamId{50}, Moment, 1);
        fact.isFact = true;
        notify<protocol::SampleArrived>(peer(), {{fact}});
        QTRY_COMPARE(peer().count(u"location.get"_s), 3);
        for (qint64 i = 0; i < 20; ++i)
            notify<protocol::SampleArrived>(peer(), {{sampleOf(StreamId{60}, Moment + i, 1)}});
        QTRY_COMPARE(peer().count(u"location.get"_s), 4);
        QTest::qWait(200);
        QCOMPARE(peer().count(u"location.get"_s), 4);
    }

    void manySmallChangesAreToldOnce()
    {
        HomeModel home(workspace(), nullptr);
        HomeDevicesModel devices(home, nullptr);
        home.show(LocationId{1});
        QVERIFY(settle(home));
        QTRY_VERIFY(peer().isSubscribed(u"presence"_s));
        QTest::qWait(600);
        QSignalSpy told(&home, &HomeModel::devicesChanged);
        QSignalSpy reset(&devices, &QAbstractItemModel::modelReset);
        for (int i = 0; i < 10; ++i)
            notify<protocol::PresenceChanged>(peer(), {{DeviceId{11}, LocationId{1}, i % 2 == 1, fromMs(Moment + i)}});
        notify<protocol::PresenceChanged>(peer(), {{DeviceId{999}, LocationId{1}, false, fromMs(Moment)}});
        QTRY_COMPARE(told.count(), 1);
        QCOMPARE(devices.at(0)->life.since, std::optional(fromMs(Moment + 9)));
        QCOMPARE(devices.index(0, HomeDevicesModel::Connection).data().toString(), u"connected"_s);
        QCOMPARE(reset.count(), 0);
    }

    void anotherHomesAnswerAndNewsAreLeftOut()
    {
        HomeModel home(workspace(), nullptr);
        QSignalSpy loading(&home, &HomeModel::loadingChanged);
        home.show(LocationId{1});
        home.show(LocationId{2});
        QVERIFY(!home.isLoaded());
        QTRY_VERIFY(home.isLoaded());
        QCOMPARE(home.home().location.id, LocationId{2});
        QCOMPARE(loading.count(), 2);
        QTRY_VERIFY(peer().isSubscribed(u"measurements"_s));
        QSignalSpy changed(&home, &HomeModel::changed);
        home.show({});
        QCOMPARE(changed.count(), 1);
        QVERIFY(!home.isLoaded());
        QVERIFY(home.home().devices.isEmpty());
        QTRY_VERIFY(!peer().isSubscribed(u"measurements"_s) && !peer().isSubscribed(u"presence"_s));
    }

    void aHomeThatFailsSaysSoAndIsNoLongerLoading()
    {
        peer().on(u"location.get"_s, [](const QJsonObject&) { return PeerError{u"wrong-location"_s, u"9"_s}; });
        HomeModel home(workspace(), nullptr);
        QSignalSpy failed(&home, &HomeModel::failed);
        QSignalSpy loading(&home, &HomeModel::loadingChanged);
        home.show(LocationId{9});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::WrongLocation);
        QCOMPARE(loading.count(), 2);
        QVERIFY(!loading.last().first().toBool());
        QVERIFY(!home.isLoaded());
        QCOMPARE(peer().count(u"subscribe"_s), 0);
    }

    void aChartsEarlierRangeHasNoLaterPoints()
    {
        answer<protocol::MeasurementQuery>(
            peer(), [](const protocol::MeasurementQuery& wanted) { return rawFrom(toMs(wanted.from), 10); });
        StreamSource source(workspace(), StreamId{3}, nullptr);
        QSignalSpy changed(&source, &StreamSource::changed);
        source.setRange(Moment, Moment + 60'000, 500);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(source.series().points.size(), 10);
        source.setRange(Moment - 86'400'000, Moment - 86'340'000, 500);
        QTRY_COMPARE(changed.count(), 2);
        QCOMPARE(source.series().points.size(), 10);
        QCOMPARE(source.series().points.last().time, Moment - 86'400'000 + 9000);
    }

    void aSampleThatCameUnderTheQuestionIsKept()
    {
        StreamSource source(workspace(), StreamId{3}, nullptr);
        answer<protocol::MeasurementQuery>(peer(), [&](const auto&) {
            source.append({Moment + 5000, 42, 42, 42, {}, 1});
            source.append({Moment + 20'000, 43, 43, 43, {}, 1});
            return rawFrom(Moment, 10);
        });
        source.append({Moment - 1, 41, 41, 41, {}, 1}); // the answer speaks of this time
        QSignalSpy changed(&source, &StreamSource::changed);
        source.setRange(Moment, Moment + 60'000, 500);
        QTRY_COMPARE(changed.count(), 3);
        const auto& points = source.series().points;
        QCOMPARE(points.size(), 11);
        QCOMPARE(points.first().time, Moment);
        QCOMPARE(points.last().value, 43.0);
        QCOMPARE(source.at(Moment + 19'999)->value, 9.0);
        QCOMPARE(source.at(Moment + 20'000)->value, 43.0);
    }

    void aChartAsksForAsManyPointsAsAreAllowed()
    {
        StreamSource source(workspace(), StreamId{3}, nullptr);
        QSignalSpy changed(&source, &StreamSource::changed);
        const auto pointsAskedFor = [&](int points) {
            const auto before = changed.count();
            source.setRange(Moment, Moment + 60'000, points);
            return SignedIn::until([&] { return changed.count() > before; })
                       ? peer().lastOf(u"measurement.query"_s).value("points"_L1).toInt()
                       : -1;
        };
        QCOMPARE(pointsAskedFor(-5), 10);
        QCOMPARE(pointsAskedFor(10), 10);
        QCOMPARE(pointsAskedFor(11), 11);
        QCOMPARE(pointsAskedFor(ChartPointsMost + 1), ChartPointsMost);
    }

    void aChartsFaultIsSaidAndItsLastDataStay()
    {
        answer<protocol::MeasurementQuery>(peer(), [](const auto&) { return rawFrom(Moment, 3); });
        StreamSource source(workspace(), StreamId{3}, nullptr);
        QSignalSpy failed(&source, &StreamSource::failed);
        source.setRange(Moment, Moment + 60'000, 500);
        QTRY_COMPARE(source.series().points.size(), 3);
        answer<protocol::MeasurementQuery>(peer(), [](const auto&) {
            model::Series uneven = rawFrom(Moment, 3);
            uneven.values.removeLast();
            return uneven;
        });
        source.setRange(Moment, Moment + 61'000, 500);
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().detail,
                 u"measurement.query: 'values' must be a list of 3, as many as 'times'"_s);
        QCOMPARE(source.series().points.size(), 3);
    }

    void theServersFiguresAreOneHourAndInOrder()
    {
        const auto sampleAt = [](qint64 at) {
            auto sample = filled<model::MetricSample>();
            sample.at = at;
            return sample;
        };
        answer<protocol::MetricsQuery>(peer(), [&](const auto&) {
            return model::MetricSamples{{sampleAt(Moment), sampleAt(Moment + 1)}};
        });
        MetricsSource source(workspace(), nullptr);
        QSignalSpy changed(&source, &MetricsSource::changed);
        source.start();
        source.start(); // one subscription is enough
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(peer().count(u"subscribe"_s), 1);
        notify<protocol::MetricsSampled>(peer(), {{sampleAt(Moment + 1)}, {sampleAt(Moment)}}); // known, and late
        QTRY_COMPARE(changed.count(), 2);
        QCOMPARE(source.samples().size(), 2);
        notify<protocol::MetricsSampled>(peer(), {{sampleAt(Moment + MetricsSource::SpanMs)}});
        QTRY_COMPARE(source.samples().size(), 3); // an hour to the millisecond
        notify<protocol::MetricsSampled>(peer(), {{sampleAt(Moment + MetricsSource::SpanMs + 1)}});
        QTRY_COMPARE(source.samples().last().at, Moment + MetricsSource::SpanMs + 1);
        QCOMPARE(source.samples().first().at, Moment + 1);
        source.stop();
        QTRY_VERIFY(!peer().isSubscribed(u"metrics"_s));
    }

    void theServersFiguresSayWhatFailed()
    {
        peer().on(u"metrics.query"_s, [](const QJsonObject&) { return PeerError{u"database-lost"_s, {}}; });
        MetricsSource source(workspace(), nullptr);
        QSignalSpy failed(&source, &MetricsSource::failed);
        source.start();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::DatabaseLost);
        const qint64 from =
            QDateTime::fromString(peer().lastOf(u"metrics.query"_s).value("from"_L1).toString(), Qt::ISODateWithMs)
                .toMSecsSinceEpoch();
        const qint64 span = QDateTime::currentMSecsSinceEpoch() - from;
        QVERIFY(span >= MetricsSource::SpanMs && span < MetricsSource::SpanMs + 60'000);
    }

    void theCheckOfTheTextBeforeIsLeftOut()
    {
        ScriptCheck check(workspace(), nullptr);
        QSignalSpy checked(&check, &ScriptCheck::checked);
        QSignalSpy started(&check, &ScriptCheck::started);
        answer<protocol::ScriptCheck>(peer(), [&](const protocol::ScriptCheck& wanted) {
            if (wanted.source == u"first"_s)
                check.setSource(u"second"_s); // typed on while the answer is under way
            return model::CheckResult{wanted.source == u"second"_s, {}, {}};
        });
        check.setSource(u"first"_s);
        check.checkNow();
        QTRY_COMPARE(checked.count(), 1);
        QVERIFY(checked.first().first().value<model::CheckResult>().accepted);
        QCOMPARE(started.count(), 2);
        QCOMPARE(peer().count(u"script.check"_s), 2); // asked at once: not again when the keys settle
    }

    void aCheckThatFailsIsNoVerdict()
    {
        peer().on(u"script.check"_s, [](const QJsonObject&) { return PeerError{u"sandbox-unsafe"_s, {}}; });
        ScriptCheck check(workspace(), nullptr);
        QSignalSpy checked(&check, &ScriptCheck::checked);
        QSignalSpy failed(&check, &ScriptCheck::failed);
        check.setSource(u"x = 1"_s);
        check.checkNow();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::SandboxUnsafe);
        QTest::qWait(700);
        QCOMPARE(checked.count(), 0);
        QCOMPARE(failed.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestLiveHome)
#include "tst_live_home.moc"
