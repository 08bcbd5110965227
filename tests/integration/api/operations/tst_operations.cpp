// What operations do, by noun: devices, data, scripts, messages, overview.
#include "server/store/repositories/metric_sample_repository.h"
#include "tests/integration/api/api_fixture.h"

#include <QTest>

#include <numeric>

using namespace cohort;
using namespace cohort::testing;

namespace {

constexpr std::int64_t Start = 1'767'225'600'000; // 2026-01-01

QString iso(std::int64_t ms)
{
    return QString::fromStdString(toIso(fromMs(ms)));
}

// Rows of one stream of home a, a second apart; waits for the commit. The value: the stream.
qint64 fill(RunningApi& api, int count)
{
    store::Submission submission;
    for (int i = 0; i < count; ++i) {
        store::NewMeasurement row;
        row.device = api.a.sensor;
        row.location = api.a.location;
        row.name = "power";
        row.unit = "W";
        row.time = fromMs(Start + i * 1000);
        row.value = Value::ofNumber(i);
        submission.measurements.push_back(row);
    }
    std::atomic<bool> done{false};
    if (!api.committer.submit(std::move(submission), [&](auto) { done = true; }))
        return 0;
    testkit::waitUntil([&] { return done.load(); });
    return api.database.value("SELECT id FROM stream WHERE name = 'power'").toLongLong();
}

} // namespace

class TestOperations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDeviceIsRegisteredWithATokenShownOnce()
    {
        RunningApi api;
        const QString admin = api.admin();
        const QJsonObject params{{u"location"_s, static_cast<qint64>(api.a.location.value)},
                                 {u"key"_s, u"plug-1"_s},
                                 {u"type"_s, 10014},
                                 {u"use"_s, u"stove"_s},
                                 {u"roomKind"_s, u"kitchen"_s}};
        const auto made = api.call(admin, u"device.register"_s, params);
        QVERIFY2(made, qPrintable(codeOf(made)));
        const QString token = made->value("token"_L1).toString();
        const QString curl = made->value("curl"_L1).toString();
        QVERIFY(curl.contains(token));
        QVERIFY2(curl.contains(u"[{\"name\":\"power\",\"value\":42,\"unit\":\"W\"}]"_s), qPrintable(curl));
        QCOMPARE(made->value("typeName"_L1).toString(), u"Smart plug"_s);
        QCOMPARE(made->value("room"_L1).toObject().value("kind"_L1).toString(), u"kitchen"_s);
        const auto got = api.call(admin, u"device.get"_s, {{u"id"_s, made->value("id"_L1)}});
        QVERIFY(got && !got->contains("token"_L1));
        QCOMPARE(codeOf(api.call(admin, u"device.register"_s, params)), u"already-exists"_s);
        QCOMPARE(api.database.value("SELECT count(*) FROM audit WHERE detail::text LIKE '%" + token.toUtf8() + "%'"),
                 u"0"_s);
        QCOMPARE(codeOf(api.call(admin, u"device.revokeTokens"_s, {{u"id"_s, made->value("id"_L1)}})), u"ok"_s);
        QCOMPARE(api.database.value("SELECT count(*) FROM device_token WHERE revoked_at IS NULL"), u"0"_s);
    }

    void keysWithBlanksAndForeignGatewaysAreRefused()
    {
        RunningApi api;
        const QString admin = api.admin();
        QJsonObject params{{u"location"_s, static_cast<qint64>(api.a.location.value)}, {u"key"_s, u"a b"_s}};
        QCOMPARE(codeOf(api.call(admin, u"device.register"_s, params)), u"wrong-value"_s);
        params.insert(u"key"_s, u"ab"_s);
        params.insert(u"gateway"_s, u"gateway-b"_s);
        QCOMPARE(codeOf(api.call(admin, u"device.register"_s, params)), u"no-such-gateway"_s);
        params.insert(u"gateway"_s, u"sensor-a"_s); // behind a gateway itself
        QCOMPARE(codeOf(api.call(admin, u"device.register"_s, params)), u"no-such-gateway"_s);
        params.remove(u"gateway"_s);
        params.insert(u"token"_s, false);
        QCOMPARE(codeOf(api.call(admin, u"device.register"_s, params)), u"access-denied"_s);
    }

    void aDeviceIsMovedOutOfItsRoomWithNull()
    {
        RunningApi api;
        const QString admin = api.admin();
        const qint64 id = api.a.sensor.value;
        const auto room = api.call(admin, u"room.create"_s,
                                   {{u"location"_s, static_cast<qint64>(api.a.location.value)},
                                    {u"kind"_s, u"bathroom"_s},
                                    {u"name"_s, u"Bath"_s}});
        QCOMPARE(api.call(admin, u"device.update"_s, {{u"id"_s, id}, {u"room"_s, idOf(room)}})
                     ->value("room"_L1)
                     .toObject()
                     .value("name"_L1)
                     .toString(),
                 u"Bath"_s);
        QVERIFY(
            api.call(admin, u"device.update"_s, {{u"id"_s, id}, {u"use"_s, u"bed"_s}})->value("room"_L1).isObject());
        QVERIFY(
            api.call(admin, u"device.update"_s, {{u"id"_s, id}, {u"room"_s, QJsonValue()}})->value("room"_L1).isNull());
    }

    void longListsComeInPages()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto first = api.call(admin, u"device.list"_s, {{u"limit"_s, 3}});
        QCOMPARE(first->value("items"_L1).toArray().size(), 3);
        QVERIFY(first->value("more"_L1).toBool());
        const auto rest = api.call(
            admin, u"device.list"_s,
            {{u"limit"_s, 3}, {u"after"_s, first->value("items"_L1).toArray().last().toObject().value("id"_L1)}});
        QCOMPARE(rest->value("items"_L1).toArray().size(), 1);
        QVERIFY(!rest->value("more"_L1).toBool());
        QCOMPARE(api.call(admin, u"device.list"_s, {{u"search"_s, u"SENSOR"_s}})->value("items"_L1).toArray().size(),
                 2);
        QCOMPARE(api.call(admin, u"device.list"_s, {{u"search"_s, u"%"_s}})->value("items"_L1).toArray().size(), 0);
        QCOMPARE(api.call(admin, u"device.list"_s, {{u"state"_s, u"never"_s}})->value("items"_L1).toArray().size(), 4);
    }

    void queriesRawAndBucketedData()
    {
        RunningApi api;
        const QString admin = api.admin();
        const qint64 stream = fill(api, 500);
        QJsonObject params{{u"stream"_s, stream}, {u"from"_s, iso(Start + 10'000)}, {u"to"_s, iso(Start + 19'000)}};
        const auto raw = api.call(admin, u"measurement.query"_s, params);
        QVERIFY2(raw, qPrintable(codeOf(raw)));
        QVERIFY(raw->value("raw"_L1).toBool());
        QCOMPARE(raw->value("times"_L1).toArray().size(), 10);
        QCOMPARE(raw->value("values"_L1).toArray().first().toInt(), 10);
        QCOMPARE(raw->value("before"_L1).toObject().value("value"_L1).toInt(), 9);
        params = {{u"stream"_s, stream}, {u"from"_s, iso(Start)}, {u"to"_s, iso(Start + 500'000)}, {u"points"_s, 50}};
        const auto bucketed = api.call(admin, u"measurement.query"_s, params);
        QVERIFY(!bucketed->value("raw"_L1).toBool(true));
        const auto counts = bucketed->value("count"_L1).toArray();
        QVERIFY(counts.size() <= 50 && counts.size() >= 40);
        int total = 0;
        for (const auto& count : counts)
            total += count.toInt();
        QCOMPARE(total, 500);
        QCOMPARE(bucketed->value("max"_L1).toArray().last().toInt(), 499);
        for (const int points : {1, 2, 3, 7}) { // never more than were asked for, and nothing is left out
            params.insert(u"points"_s, points);
            const auto few = api.call(admin, u"measurement.query"_s, params)->value("count"_L1).toArray();
            QVERIFY(few.size() <= points);
            QCOMPARE(std::accumulate(few.begin(), few.end(), 0, [](int sum, auto one) { return sum + one.toInt(); }),
                     500);
        }
        params.insert(u"to"_s, iso(Start - 1));
        QCOMPARE(codeOf(api.call(admin, u"measurement.query"_s, params)), u"wrong-value"_s);
        const qint64 home = api.a.location.value;
        const QJsonObject turned{{u"location"_s, home}, {u"from"_s, iso(Start)}, {u"to"_s, iso(Start - 1)}};
        QCOMPARE(codeOf(api.call(admin, u"timeline.query"_s, turned)), u"wrong-value"_s);
        QCOMPARE(codeOf(api.call(admin, u"fact.query"_s, turned)), u"wrong-value"_s);
        QCOMPARE(codeOf(api.call(admin, u"metrics.query"_s, {{u"from"_s, iso(Start)}, {u"to"_s, iso(Start - 1)}})),
                 u"wrong-value"_s);
    }

    void exportsWhatItImported()
    {
        RunningApi api;
        const QString admin = api.admin();
        const QString csv = u"time,device_id,parameter,value,unit\n"
                            "2026-01-01T00:00:00Z,sensor-a,state,=1+1,\n"
                            "2026-01-01T00:00:01Z,sensor-a,power,5,W\n"
                            "2026-01-01T00:00:01,sensor-a,power,5,W\n"
                            "2026-01-01T00:00:01Z,sensor-b,power,5,W\n"
                            "2999-01-01T00:00:01Z,sensor-a,power,5,W\n"
                            "2026-01-01T00:00:01Z,sensor-a,syn.x,5,W\n"_s;
        const QJsonObject params{{u"location"_s, static_cast<qint64>(api.a.location.value)}, {u"csv"_s, csv}};
        const auto done = api.call(admin, u"measurement.import"_s, params);
        QVERIFY2(done, qPrintable(codeOf(done)));
        QCOMPARE(done->value("stored"_L1).toInt(), 2);
        QList<int> lines;
        for (const auto& line : done->value("refused"_L1).toArray())
            lines.append(line.toObject().value("line"_L1).toInt());
        QCOMPARE(lines, QList<int>({4, 5, 6, 7}));
        const auto again = api.call(admin, u"measurement.import"_s, params);
        QCOMPARE(again->value("stored"_L1).toInt(), 0);
        QCOMPARE(again->value("already"_L1).toInt(), 2);
        const auto stream = api.database.value("SELECT id FROM stream WHERE name = 'state'").toLongLong();
        const auto exported = api.call(admin, u"measurement.export"_s,
                                       {{u"stream"_s, stream}, {u"from"_s, iso(Start)}, {u"to"_s, iso(Start + 1)}});
        QVERIFY(exported);
        QCOMPARE(exported->value("csv"_L1).toString(),
                 u"time,device_id,parameter,index,value,unit\n2026-01-01T00:00:00.000Z,sensor-a,state,,'=1+1,\n"_s);
        QCOMPARE(api.database.value("SELECT count(*) FROM audit WHERE action = 'measurement.export'"), u"1"_s);
    }

    void importsWithoutTheColumnsAreRefused()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto import = [&](const QString& csv) {
            return codeOf(api.call(admin, u"measurement.import"_s,
                                   {{u"location"_s, static_cast<qint64>(api.a.location.value)}, {u"csv"_s, csv}}));
        };
        QCOMPARE(import(u"time,value\n"_s), u"missing-value"_s);
        QCOMPARE(import(u"time,device_id,parameter,value,secret\n"_s), u"wrong-value"_s);
        QCOMPARE(import(u"\"open"_s), u"cannot-parse"_s);
        QCOMPARE(import(u"\n"_s), u"wrong-value"_s); // nothing but blanks
    }

    void aScriptGoesFromDraftToLiveAndBack()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto made = api.call(admin, u"script.create"_s,
                                   {{u"deployment"_s, static_cast<qint64>(api.a.deployment.value)},
                                    {u"name"_s, u"S"_s},
                                    {u"source"_s, u"pass"_s}});
        const auto id = idOf(made);
        QVERIFY(made->value("faults"_L1).toArray().isEmpty());
        const auto refused = api.call(admin, u"script.create"_s,
                                      {{u"deployment"_s, static_cast<qint64>(api.a.deployment.value)},
                                       {u"name"_s, u"Refused"_s},
                                       {u"source"_s, u"import os"_s}});
        QVERIFY2(refused, qPrintable(codeOf(refused)));
        const QJsonObject fault = refused->value("faults"_L1).toArray().first().toObject();
        QCOMPARE(fault.value("line"_L1).toInt(), 1);
        QVERIFY(fault.contains("column"_L1) && !fault.value("message"_L1).toString().isEmpty());
        const auto bad = api.call(admin, u"script.saveVersion"_s,
                                  {{u"id"_s, id}, {u"source"_s, u"import os"_s}, {u"baseVersion"_s, 1}});
        QVERIFY2(bad, qPrintable(codeOf(bad)));
        QCOMPARE(bad->value("accepted"_L1).toBool(true), false);
        QCOMPARE(codeOf(api.call(admin, u"script.deploy"_s, {{u"id"_s, id}, {u"mode"_s, u"live"_s}})),
                 u"script-refused"_s);
        QCOMPARE(codeOf(api.call(admin, u"script.saveVersion"_s,
                                 {{u"id"_s, id}, {u"source"_s, u"pass"_s}, {u"baseVersion"_s, 1}})),
                 u"conflict"_s);
        const auto live =
            api.call(admin, u"script.deploy"_s, {{u"id"_s, id}, {u"version"_s, 1}, {u"mode"_s, u"live"_s}});
        QVERIFY2(live, qPrintable(codeOf(live)));
        QCOMPARE(live->value("liveVersion"_L1).toInt(), 1);
        QCOMPARE(api.call(admin, u"script.pause"_s, {{u"id"_s, id}})->value("status"_L1).toString(), u"paused"_s);
        QCOMPARE(api.call(admin, u"script.resume"_s, {{u"id"_s, id}})->value("status"_L1).toString(), u"live"_s);
        const auto got = api.call(admin, u"script.get"_s, {{u"id"_s, id}});
        QCOMPARE(got->value("source"_L1).toString(), u"import os"_s); // the newest
        QCOMPARE(got->value("deployments"_L1).toArray().size(), 1);
        QCOMPARE(api.call(admin, u"script.versions"_s, {{u"id"_s, id}})->value("items"_L1).toArray().size(), 2);
    }

    void parametersMustFitTheForm()
    {
        RunningApi api;
        const QString admin = api.admin();
        const qint64 deployment = api.a.deployment.value;
        QCOMPARE(codeOf(api.call(admin, u"library.install"_s,
                                 {{u"deployment"_s, deployment},
                                  {u"name"_s, u"stove"_s},
                                  {u"parameters"_s, QJsonObject{{u"patience"_s, 500}}}})),
                 u"wrong-value"_s);
        const auto made = api.call(admin, u"library.install"_s,
                                   {{u"deployment"_s, deployment},
                                    {u"name"_s, u"stove"_s},
                                    {u"deploy"_s, true},
                                    {u"parameters"_s, QJsonObject{{u"patience"_s, 5}}}});
        QVERIFY2(made, qPrintable(codeOf(made)));
        QCOMPARE(made->value("status"_L1).toString(), u"live"_s);
        const auto set = [&](const QJsonObject& values) {
            return codeOf(api.call(admin, u"script.setParameters"_s, {{u"id"_s, idOf(made)}, {u"values"_s, values}}));
        };
        QCOMPARE(set({{u"patience"_s, 0}}), u"wrong-value"_s);
        QCOMPARE(set({{u"patience"_s, u"long"_s}}), u"wrong-value"_s);
        QCOMPARE(set({{u"other"_s, 1}}), u"wrong-value"_s);
        QCOMPARE(set({{u"patience"_s, 10}}), u"ok"_s);
        QVERIFY(api.call(admin, u"script.saveVersion"_s,
                         {{u"id"_s, idOf(made)}, {u"source"_s, u"import os"_s}, {u"baseVersion"_s, 1}}));
        QCOMPARE(set({{u"patience"_s, 20}}), u"ok"_s); // a refused draft is in nobody's way
        QCOMPARE(set({{u"patience"_s, 0}}), u"wrong-value"_s);
    }

    void finding_N13_parametersThatSomebodySetMeanwhileStay()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto made = api.call(admin, u"library.install"_s,
                                   {{u"deployment"_s, static_cast<qint64>(api.a.deployment.value)},
                                    {u"name"_s, u"stove"_s},
                                    {u"deploy"_s, true},
                                    {u"parameters"_s, QJsonObject{{u"patience"_s, 5}}}});
        QVERIFY2(made, qPrintable(codeOf(made)));
        const auto set = [&](int patience, const QJsonObject& base) {
            return api.call(
                admin, u"script.setParameters"_s,
                {{u"id"_s, idOf(made)}, {u"values"_s, QJsonObject{{u"patience"_s, patience}}}, {u"base"_s, base}});
        };
        const auto stands = [&] {
            const auto got = api.call(admin, u"script.get"_s, {{u"id"_s, idOf(made)}});
            return got->value("parameters"_L1).toObject().value("all"_L1).toObject().value("patience"_L1).toInt();
        };
        QCOMPARE(codeOf(set(10, {{u"patience"_s, 5}})), u"ok"_s);
        const auto late = set(20, {{u"patience"_s, 5}}); // read before the other one
        QCOMPARE(codeOf(late), u"conflict"_s);
        QVERIFY2(late.error().detail.contains(u"'patience' is 10 now"_s), qPrintable(late.error().detail));
        QCOMPARE(stands(), 10);
        QCOMPARE(codeOf(set(20, {})), u"conflict"_s);                // when none were set
        QCOMPARE(codeOf(set(10, {{u"patience"_s, 5}})), u"ok"_s);    // the same wish again
        QCOMPARE(codeOf(set(20, {{u"patience"_s, 10.0}})), u"ok"_s); // however it is written
        QCOMPARE(stands(), 20);
    }

    void chartsGoOnAcrossARestart()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto now = SystemClock().now();
        const auto at = [&](int minutes) { return now - std::chrono::minutes(minutes); };
        const auto sample = [&](int minutes) {
            model::MetricSample one;
            one.at = toMs(at(minutes));
            return one;
        };
        store::MetricSampleRepository stored(*api.connection);
        for (const int minutes : {30, 20, 2})
            QVERIFY(stored.add(u"node-1"_s, sample(minutes)));
        QVERIFY(stored.add(u"node-2"_s, sample(25)));
        const auto minutesOf = [&](const QJsonObject& params) {
            QList<int> all;
            for (const auto& one : api.call(admin, u"metrics.query"_s, params)->value("samples"_L1).toArray())
                all.append(static_cast<int>((toMs(now) - one.toObject().value("at"_L1).toInteger()) / 60'000));
            return all;
        };
        QCOMPARE(minutesOf({}), (QList<int>{30, 20, 2}));
        api.stubs.samples = [&](Timestamp, Timestamp) { return QList<model::MetricSample>{sample(5), sample(1)}; };
        QCOMPARE(minutesOf({}), (QList<int>{30, 20, 5, 1})); // its memory since the start, the minutes before
        QCOMPARE(minutesOf({{u"node"_s, u"node-2"_s}}), QList<int>{25});
    }

    void theLibrarySaysWhatAHomeLacks()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto home = [&] {
            const auto listed =
                api.call(admin, u"library.list"_s, {{u"deployment"_s, static_cast<qint64>(api.a.deployment.value)}});
            return listed->value("items"_L1)
                .toArray()
                .first()
                .toObject()
                .value("homes"_L1)
                .toArray()
                .first()
                .toObject();
        };
        QCOMPARE(home().value("missing"_L1).toArray(), QJsonArray{u"a meter"_s});
        QCOMPARE(home().value("suitable"_L1).toBool(true), false);
        constexpr int StoveGuard = 20016;
        const auto add = [&](const QString& key, const QString& use) {
            return codeOf(api.call(admin, u"device.register"_s,
                                   {{u"location"_s, static_cast<qint64>(api.a.location.value)},
                                    {u"key"_s, key},
                                    {u"use"_s, use},
                                    {u"type"_s, StoveGuard},
                                    {u"roomKind"_s, u"kitchen"_s}}));
        };
        QCOMPARE(add(u"a-kettle"_s, u"kettle"_s), u"ok"_s);
        QCOMPARE(home().value("suitable"_L1).toBool(true), false);
        QCOMPARE(add(u"a-hob"_s, u"hob"_s), u"ok"_s);
        QVERIFY(home().value("suitable"_L1).toBool(false));
    }

    void questionsNeedFittingChoices()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto person = idOf(
            api.call(admin, u"participant.create"_s,
                     {{u"deployment"_s, static_cast<qint64>(api.a.deployment.value)},
                      {u"roles"_s, QJsonArray{QJsonObject{{u"location"_s, static_cast<qint64>(api.a.location.value)},
                                                          {u"role"_s, u"resident"_s}}}}}));
        const auto ask = [&](const QString& type, const QJsonArray& choices) {
            return codeOf(api.call(
                admin, u"question.ask"_s,
                {{u"participant"_s, person}, {u"text"_s, u"?"_s}, {u"type"_s, type}, {u"choices"_s, choices}}));
        };
        QCOMPARE(ask(u"one-of"_s, {}), u"wrong-value"_s);
        QCOMPARE(ask(u"one-of"_s, {u"a"_s}), u"wrong-value"_s);
        QCOMPARE(ask(u"one-of"_s, {u"a"_s, 5}), u"wrong-value"_s);
        QCOMPARE(ask(u"text"_s, {u"a"_s, u"b"_s}), u"wrong-value"_s);
        QCOMPARE(ask(u"one-of"_s, {u"a"_s, u"b"_s}), u"ok"_s);
        const auto talk = api.call(admin, u"message.conversations"_s,
                                   {{u"deployment"_s, static_cast<qint64>(api.a.deployment.value)}});
        QCOMPARE(talk->value("items"_L1).toArray().first().toObject().value("openQuestions"_L1).toInt(), 1);
    }

    void theOverviewCountsOwnDeploymentsOnly()
    {
        RunningApi api;
        fill(api, 3);
        const auto all = api.call(api.admin(), u"overview.get"_s);
        QVERIFY2(all, qPrintable(codeOf(all)));
        QCOMPARE(all->value("devices"_L1).toInt(), 4);
        const auto own =
            api.call(api.operatorWith(u"c@b.org"_s, {{api.b.deployment, Role::Coordinator}}), u"overview.get"_s);
        QCOMPARE(own->value("devices"_L1).toInt(), 2);
        QCOMPARE(own->value("composer"_L1).toString(), u"running"_s);
    }

    void theTimelineShowsEveryKindNewestFirst()
    {
        RunningApi api;
        const QString admin = api.admin();
        const qint64 location = api.a.location.value;
        QVERIFY(api.call(admin, u"measurement.import"_s,
                         {{u"location"_s, location},
                          {u"csv"_s, u"time,device_id,parameter,value\n2026-01-01T00:00:00Z,sensor-a,motion,1\n"_s}}));
        QVERIFY(
            api.call(admin, u"device.command"_s,
                     {{u"id"_s, static_cast<qint64>(api.a.sensor.value)},
                      {u"parameters"_s, QJsonArray{QJsonObject{{u"name"_s, u"outletStatus"_s}, {u"value"_s, 0}}}}}));
        const auto got =
            api.call(admin, u"timeline.query"_s,
                     {{u"location"_s, location}, {u"from"_s, iso(Start - 1)}, {u"to"_s, u"2090-01-01T00:00:00Z"_s}});
        QVERIFY2(got, qPrintable(codeOf(got)));
        QStringList kinds;
        for (const auto& item : got->value("items"_L1).toArray())
            kinds.append(item.toObject().value("kind"_L1).toString());
        QCOMPARE(kinds, QStringList({u"command"_s, u"measurement"_s}));
    }
};

QTEST_GUILESS_MAIN(TestOperations)
#include "tst_operations.moc"
