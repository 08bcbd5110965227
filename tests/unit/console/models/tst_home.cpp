// The tree of the community, a home that stays live, a chart's data, the check as one types, and words.

#include "console/models/community_tree.h"
#include "console/models/home_tables.h"
#include "console/models/metrics_source.h"
#include "console/models/script_check.h"
#include "console/models/stream_source.h"
#include "console/models/words.h"
#include "tests/console/signed_in.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTimeZone>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestHome : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SignedIn> m_console;

    Peer& peer() { return m_console->peer; }
    Workspace& workspace() { return m_console->workspace; }

private Q_SLOTS:
    void init()
    {
        m_console = std::make_unique<SignedIn>(u"full"_s);
        QVERIFY(m_console->isIn);
    }
    void cleanup() { m_console.reset(); }

    void theTreeLoadsBranchByBranch()
    {
        CommunityTree tree(workspace(), nullptr);
        const QAbstractItemModelTester tester(&tree, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(tree.rowCount(), 2);
        const QModelIndex deployment = tree.index(0, 0);
        QVERIFY(tree.hasChildren(deployment));
        if (tree.canFetchMore(deployment))
            tree.fetchMore(deployment);
        QTRY_COMPARE(tree.rowCount(tree.index(0, 0)), 7);
        const QModelIndex home = tree.index(0, 0, tree.index(0, 0));
        QCOMPARE(tree.kind(home), CommunityTree::Kind::Home);
        if (tree.canFetchMore(home))
            tree.fetchMore(home);
        QTRY_COMPARE(tree.rowCount(tree.index(0, 0, tree.index(0, 0))), 9);
        const QModelIndex first = tree.index(0, 0, tree.index(0, 0, tree.index(0, 0)));
        QVERIFY(tree.as<model::Participant>(first));
        QVERIFY(!tree.as<model::Device>(first));
        QVERIFY(!tree.hasChildren(first));
        tree.reload(LocationId{1});
        QTest::qWait(50);
        QCOMPARE(tree.rowCount(tree.index(0, 0, tree.index(0, 0))), 9);
    }

    void searchingLoadsTheBranchesThatMatch()
    {
        CommunityTree tree(workspace(), nullptr);
        QTRY_COMPARE(tree.rowCount(), 2);
        tree.fetchMore(tree.index(0, 0));
        QTRY_COMPARE(tree.rowCount(tree.index(0, 0)), 7);
        tree.search(u"s"_s); // too short to ask for
        tree.search(u"Seidel"_s);
        QTRY_COMPARE(tree.rowCount(tree.index(0, 0, tree.index(0, 0))), 9);
    }

    void aHomeFollowsPresenceAndSamples()
    {
        HomeModel home(workspace(), nullptr);
        HomeDevicesModel devices(home, nullptr);
        const QAbstractItemModelTester tester(&devices, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy sampled(&home, &HomeModel::sampled);
        home.show(LocationId{1});
        QTRY_COMPARE(devices.rowCount(), 6);
        QTRY_VERIFY(peer().isSubscribed(u"measurements"_s));
        QTRY_VERIFY(peer().isSubscribed(u"presence"_s));
        QTRY_VERIFY(peer().count(u"subscribe"_s) >= 2);
        QTest::qWait(50);
        notify<protocol::PresenceChanged>(peer(), {{DeviceId{16}, LocationId{1}, true, fromMs(1'700'000'000'000)}});
        const model::LiveSample sample{.stream = StreamId{8},
                                       .device = DeviceId{16},
                                       .name = u"open"_s,
                                       .index = {},
                                       .time = 4'000'000'000'000,
                                       .value = Value::ofNumber(1),
                                       .isFact = false};
        notify<protocol::SampleArrived>(peer(), {{sample}});
        QTRY_COMPARE(sampled.count(), 1);
        QTRY_COMPARE(devices.at(5)->life.connected, true);
        QCOMPARE(devices.at(5)->streams.first().latest->value, Value::ofNumber(1));
        QCOMPARE(devices.at(5)->life.reporting, model::Reporting::Reporting);
    }

    void aHomeSaysWhatIsWrongInWhatItHears()
    {
        HomeModel home(workspace(), nullptr);
        QSignalSpy failed(&home, &HomeModel::failed);
        QSignalSpy changed(&home, &HomeModel::changed);
        home.show(LocationId{1});
        QTRY_VERIFY(changed.count() > 0);
        QTRY_VERIFY(peer().isSubscribed(u"presence"_s));
        peer().notify(u"presence"_s, {QJsonObject{{u"device"_s, 16}, {u"location"_s, 1}, {u"since"_s, QJsonValue()}}});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().detail, u"presence: 'connected' is missing"_s);
    }

    void aWrongMemberIsAnErrorThatNamesItAndNotAnEmptyHome()
    {
        model::Home answered;
        answered.location.id = LocationId{1};
        answered.location.deployment = DeploymentId{1};
        QJsonObject spoilt = model::toJson(answered);
        spoilt.remove(u"devices"_s);
        peer().on(u"location.get"_s, [spoilt](const QJsonObject&) { return spoilt; });
        HomeModel home(workspace(), nullptr);
        QSignalSpy failed(&home, &HomeModel::failed);
        home.show(LocationId{1});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::CannotParse);
        QCOMPARE(failed.first().first().value<Error>().detail, u"location.get: 'devices' is missing"_s);
        QVERIFY(!home.isLoaded());
    }

    void enteringSaysWhatIsWrongWithTheDeviceTypesWhenThereIsAPage()
    {
        peer().on(u"device.types"_s, [](const QJsonObject&) {
            return QJsonObject{{u"items"_s, 7}, {u"more"_s, false}};
        });
        Workspace second(m_console->client);
        QStringList order;
        connect(&second, &Workspace::entered, this, [&] { order.append(u"entered"_s); });
        connect(&second, &Workspace::failed, this, [&](const Error& error) { order.append(error.detail); });
        second.enter({.token = {}, .expires = {}, .account = workspace().me().account, .roles = {}});
        QTRY_COMPARE(order, (QStringList{u"entered"_s, u"device.types: 'items' must be a list"_s}));
        QCOMPARE(second.deployments().size(), 2);
    }

    void theTypeDecidesWhatHoldsUntilTheNextSample()
    {
        HomeModel home(workspace(), nullptr);
        const auto streamOf = [](const QString& name, const QString& unit, const Value& value) {
            return model::Stream{{}, name, {}, unit, model::Sample{value, fromMs(0)}};
        };
        model::Device plug;
        plug.type = 31;
        QVERIFY(!home.isOnChange(plug, streamOf(u"power"_s, u"W"_s, Value::ofNumber(1))));
        QVERIFY(home.isOnChange(plug, streamOf(u"outletStatus"_s, {}, Value::ofNumber(1))));
        const model::Device unknown;
        QVERIFY(home.isOnChange(unknown, streamOf(u"motion"_s, {}, Value::ofNumber(0))));
        QVERIFY(home.isOnChange(unknown, streamOf(u"mode"_s, {}, Value::ofText("eco"))));
        QVERIFY(!home.isOnChange(unknown, streamOf(u"temperature"_s, u"°C"_s, Value::ofNumber(21))));
        QVERIFY(!home.isOnChange(unknown, model::Stream{}));
    }

    void finding_F21_pointsKeepEveryDigit()
    {
        for (const qint64 integer : {qint64{9007199254740993}, std::numeric_limits<qint64>::max()}) {
            QCOMPARE(pointOf(1, Value::ofInteger(integer)).digits, QString::number(integer));
            QCOMPARE(words::value(Value::ofInteger(integer), {}), QString::number(integer));
        }
        QVERIFY(pointOf(1, Value::ofNumber(5)).digits.isNull());
    }

    void finding_F23_pointsOfTextBuckets()
    {
        model::Series series;
        series.raw = false;
        series.times = {1000, 2000};
        series.values = {Value::ofText("eco"), Value::ofText("off")};
        series.count = {3, 1};
        const auto points = pointsOf(series);
        QVERIFY(points);
        QCOMPARE(points->points.size(), 2);
        QCOMPARE(points->points.at(0).text, u"eco"_s);
        QCOMPARE(points->points.at(0).count, 3);
        series.count = {3};
        QVERIFY(!pointsOf(series));
    }

    void finding_F3_noValueIsAGapOfTheChart()
    {
        const SeriesPoint gap = pointOf(1, Value::none());
        QVERIFY(gap.isGap && !gap.isText());
        QVERIFY(!pointOf(1, Value::ofNumber(0)).isGap);
        QCOMPARE(words::value(Value::none(), u"W"_s), u"–"_s);
    }

    void pointsAreSamplesOrBuckets()
    {
        model::Series raw;
        raw.times = {1000, 2000, 3000};
        raw.values = {Value::ofNumber(1), Value::ofText("on"), Value::ofText("")};
        raw.before = model::SeriesSample{500, Value::ofNumber(0)};
        const auto samples = pointsOf(raw);
        QVERIFY(samples);
        QCOMPARE(samples->points.size(), 3);
        QVERIFY(!samples->points.at(0).isText());
        QCOMPARE(samples->points.at(1).text, u"on"_s);
        QVERIFY(samples->points.at(2).isText()); // an empty text is no zero
        QCOMPARE(samples->before->time, 500);
        model::Series buckets;
        buckets.raw = false;
        buckets.times = {1000, 2000, 3000};
        buckets.mean = {5, 0, 7};
        const Value large = Value::ofInteger(9007199254740993);
        buckets.min = {Value::ofNumber(4), Value::none(), large};
        buckets.max = {Value::ofNumber(6), Value::none(), large};
        buckets.count = {3, 0, 2};
        const auto means = pointsOf(buckets);
        QVERIFY(means);
        QCOMPARE(means->points.size(), 2); // an empty bucket is a gap
        QCOMPARE(means->points.at(0).greatest, 6.0);
        QVERIFY(means->points.at(0).digits.isNull());
        QCOMPARE(means->points.at(1).digits, u"9007199254740993"_s);
        QVERIFY(!means->before);
    }

    void aListThatIsTooShortIsNamed_data()
    {
        QTest::addColumn<QString>("list");
        for (const QString& list : {u"values"_s, u"mean"_s, u"min"_s, u"max"_s, u"count"_s})
            QTest::newRow(qPrintable(list)) << list;
    }
    void aListThatIsTooShortIsNamed()
    {
        QFETCH(QString, list);
        model::Series series;
        series.raw = list == u"values"_s;
        series.times = {1000};
        series.values.fill(Value::ofNumber(1), list == u"values"_s ? 2 : 0);
        series.mean.fill(1, list == u"mean"_s ? 0 : 1);
        series.min.fill(Value::ofNumber(1), list == u"min"_s ? 0 : 1);
        series.max.fill(Value::ofNumber(1), list == u"max"_s ? 0 : 1);
        series.count.fill(1, list == u"count"_s ? 0 : 1);
        const auto points = pointsOf(series);
        QVERIFY(!points);
        QCOMPARE(points.error().detail, u"measurement.query: '%1' must be a list of 1, as many as 'times'"_s.arg(list));
    }

    void aChartsDataIsAskedForOnceAndAppended()
    {
        StreamSource source(workspace(), StreamId{3}, nullptr);
        QSignalSpy changed(&source, &StreamSource::changed);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        for (int i = 0; i < 20; ++i) // dragging
            source.setRange(now - 3'600'000 - i, now, 500);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(peer().count(u"measurement.query"_s), 1);
        const qsizetype before = source.series().points.size();
        source.append({now + 1000, 1, 1, 1, {}, 1});
        source.append({now + 500, 0, 0, 0, {}, 1}); // late: the next question brings it
        QCOMPARE(source.series().points.size(), before + 1);
        QCOMPARE(source.at(now + 5000)->value, 1.0);
        QVERIFY(source.at(now - 3'600'000) != nullptr); // what held before
        QVERIFY(source.at(0) == nullptr);
    }

    void liveDataIsBounded()
    {
        StreamSource source(workspace(), StreamId{3}, nullptr);
        for (qint64 i = 1; i <= 20'000; ++i)
            source.append({i, 1, 1, 1, {}, 1});
        QVERIFY(source.series().points.size() <= 2001);
        QCOMPARE(source.series().points.last().time, 20'000);
    }

    void theServersFiguresKeepOneHour()
    {
        MetricsSource source(workspace(), nullptr);
        QSignalSpy changed(&source, &MetricsSource::changed);
        source.start();
        QTRY_COMPARE(changed.count(), 1);
        const qint64 last = source.samples().last().at;
        model::MetricSample next;
        next.at = last + 60'000;
        peer().notify(u"metrics"_s, {model::toJson(next)});
        QTRY_COMPARE(changed.count(), 2);
        QCOMPARE(source.samples().last().at, last + 60'000);
        QVERIFY(source.samples().first().at >= last + 60'000 - MetricsSource::SpanMs);
    }

    void checksAfterTheLastKeyOnly()
    {
        ScriptCheck check(workspace(), nullptr);
        QSignalSpy checked(&check, &ScriptCheck::checked);
        check.setSource(u"i"_s);
        check.setSource(u"import os"_s);
        QTRY_COMPARE(checked.count(), 1);
        QCOMPARE(peer().count(u"script.check"_s), 1);
        const auto result = checked.first().first().value<model::CheckResult>();
        QVERIFY(!result.accepted);
        QCOMPARE(result.faults.first().line, 1);
    }

    void speaksOfTimesNumbersAndErrors()
    {
        const QDateTime now(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
        QCOMPARE(words::ago(now.addSecs(-5), now), u"now"_s);
        QVERIFY(words::ago(now.addSecs(-7200), now).startsWith(u'2'));
        QCOMPARE(words::ago({}, now), u"never"_s);
        QCOMPARE(words::number(10.0), u"10"_s);
        QCOMPARE(words::number(1.256), u"1.26"_s);
        QCOMPARE(words::number(std::nan("")), u"–"_s);
        QCOMPARE(words::value(u"eco"_s, u"W"_s), u"eco"_s);
        QCOMPARE(words::value(QVariant(), u"W"_s), u"–"_s);
        QCOMPARE(words::value(std::optional<model::Sample>(), u"W"_s), u"–"_s);
        QCOMPARE(words::value(Value::ofNumber(1.5), {}), u"1.5"_s);
        QCOMPARE(words::value(Value::ofText("eco"), u"W"_s), u"eco"_s);
        QCOMPARE(words::value(Value::ofInteger(9007199254740993), {}), u"9007199254740993"_s);
        QCOMPARE(words::momentHere(std::optional<Timestamp>()), u"–"_s);
        QCOMPARE(words::roomName(std::optional<model::Room>()), u"–"_s);
        QVERIFY(words::error(Error{ErrorCode::TooOften, {}, 2500}).contains(u'3'));
        QVERIFY(words::error(Error{ErrorCode::WrongValue, u"name is empty"_s}).contains(u"name is empty"_s));
        QCOMPARE(words::actor(u"participant:7"_s), u"participant 7"_s);
    }

    void saysWhatBecameOfACommand_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("wasSent");
        QTest::addColumn<int>("result");
        QTest::addColumn<QString>("outcome");
        using State = model::CommandState;
        const auto row = [](const char* name, State state, bool wasSent, int result, const QString& outcome) {
            QTest::newRow(name) << static_cast<int>(state) << wasSent << result << outcome;
        };
        row("queued", State::Queued, false, -1, u"waiting for the device"_s);
        row("sent", State::Sent, true, -1, u"sent, not yet received"_s);
        row("received", State::Received, true, -1, u"received, not yet done"_s);
        row("executed", State::Executed, true, 1, {});
        row("never reached", State::Expired, false, -1, u"the device was not reached in time"_s);
        row("not confirmed", State::Expired, true, -1, u"the device did not confirm it in time"_s);
        row("taken back", State::Cancelled, false, -1, u"before it went out, or with its device or script"_s);
        row("taken back late", State::Cancelled, true, -1, u"it had gone out, the device may have done it"_s);
        row("replaced", State::Superseded, false, -1, u"a newer one took its place, too many were waiting"_s);
        row("replaced late", State::Superseded, true, -1, u"it had gone out, then a newer one took its place"_s);
        row("done all the same", State::Cancelled, true, 1, u"the device did it all the same, its answer came late"_s);
        row("refused late", State::Expired, true, 6, u"its answer came late: no connection to the device"_s);
        row("received late", State::Expired, true, 0, u"the device did not confirm it in time"_s);
        row("no connection", State::Failed, true, 6, u"no connection to the device"_s);
        row("the last of the table", State::Failed, true, 8, u"wrong format"_s);
        row("beyond the table", State::Failed, true, 9, u"the device answered 9"_s);
        row("without a reason", State::Failed, true, -1, u"the device did not say why"_s);
    }
    void saysWhatBecameOfACommand()
    {
        QFETCH(int, state);
        QFETCH(bool, wasSent);
        QFETCH(int, result);
        QFETCH(QString, outcome);
        model::CommandLife life;
        life.state = static_cast<model::CommandState>(state);
        life.sentAt = wasSent ? std::optional(fromMs(1)) : std::nullopt;
        const bool isOver = life.state >= model::CommandState::Expired; // and an answer comes too late
        (isOver ? life.lateResult : life.result) = result >= 0 ? std::optional(result) : std::nullopt;
        QCOMPARE(words::commandOutcome(life), outcome);
    }
};

QTEST_GUILESS_MAIN(TestHome)
#include "tst_home.moc"
