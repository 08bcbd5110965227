// What needs a coordinator, on real rows: one row a cause, streams by their kind, facts that are no sign of a device, and
// what the pages' statements touch.
#include "server/store/repositories/device_repository.h"
#include "server/store/repositories/home_state_repository.h"
#include "server/store/repositories/message_repository.h"
#include "server/store/repositories/overview_repository.h"
#include "server/store/repositories/place_repository.h"
#include "server/store/sql_names.h"
#include "tests/kit/sample_data.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace cohort;
using namespace Qt::Literals::StringLiterals;
using Kind = model::AttentionKind;

namespace {

constexpr int Contact = 20011, Thermometer = 20022, GatewayType = 20001, Plug = 10014;

QByteArray number(qint64 value)
{
    return QByteArray::number(value);
}

// A study whose homes have a gateway with two contacts behind it, and a thermometer of its own connection.
struct Study
{
    testkit::TestDatabase database;
    std::unique_ptr<store::Connection> connection = database.connect();
    store::OverviewRepository overview{*connection};

    Study()
    {
        database.run("INSERT INTO deployment (name, time_zone) VALUES ('s', 'UTC');"
                     "INSERT INTO node (name, roles, heartbeat) VALUES ('n', 'deviceio', now() + interval '1 hour');"
                     "SELECT make_measurement_partition(now()::date);"
                     "SELECT make_measurement_partition((now() - interval '40 days')::date);"
                     "SELECT make_measurement_partition((now() - interval '10 days')::date)");
    }
    void addHomes(int count)
    {
        database.run("INSERT INTO location (deployment_id, name, time_zone) SELECT d.id, 'home-' || i, 'UTC' FROM "
                     "deployment d, generate_series(1, " +
                     number(count) + ") i");
        add("gw", GatewayType, {});
        add("a", Contact, "gw");
        add("b", Contact, "gw");
        add("t", Thermometer, {});
    }
    // In every home.
    void add(const QByteArray& name, int type, const QByteArray& gateway)
    {
        database.run("INSERT INTO device (deployment_id, location_id, key, type, start_date, gateway_id) SELECT "
                     "l.deployment_id, l.id, '" +
                     name + "-' || l.name, " + number(type) +
                     ", '2000-01-01Z', (SELECT g.id FROM device g WHERE g.location_id = l.id AND g.key LIKE '" +
                     (gateway.isEmpty() ? QByteArray("none") : gateway) + "-%') FROM location l");
    }
    // The newest value of a device's parameter, so long ago.
    void measured(const QByteArray& devices, const QByteArray& parameter, const QByteArray& ago,
                  const QByteArray& value = "1")
    {
        database.run("INSERT INTO stream (location_id, device_id, name) SELECT location_id, id, '" + parameter +
                     "' FROM device WHERE key LIKE '" + devices +
                     "' ON CONFLICT DO NOTHING;"
                     "INSERT INTO measurement (stream_id, time, number, writer, batch, ordinal) SELECT s.id, now() - "
                     "interval '" +
                     ago + "', " + value +
                     ", 1, 1, 1 FROM stream s JOIN device d ON d.id = s.device_id WHERE s.name = '" + parameter +
                     "' AND d.key LIKE '" + devices + "'");
    }
    void presence(const QByteArray& devices, bool connected, const QByteArray& ago = "1 min")
    {
        database.run("INSERT INTO device_presence SELECT id, 'n', 1, " + QByteArray(connected ? "true" : "false") +
                     ", now() - interval '" + ago + "' FROM device WHERE key LIKE '" + devices +
                     "' ON CONFLICT (device_id) DO UPDATE SET connected = excluded.connected, since = excluded.since");
    }
    void connectAll()
    {
        presence("gw-%", true);
        presence("t-%", true);
    }
    // "gateway-offline 3 gw-home-1", …; kinds with how many and what it says.
    QStringList attention()
    {
        QStringList lines;
        const auto rows = overview.attention(std::nullopt);
        if (!rows)
            return {rows.error().message()};
        for (const model::Attention& row : *rows)
            lines.append(u"%1 %2 %3"_s.arg(model::textOf(row.kind)).arg(row.count).arg(row.text).trimmed());
        return lines;
    }
    model::Reporting reporting(const QByteArray& device)
    {
        const auto id = database.value("SELECT id FROM device WHERE key = '" + device + "'").toLongLong();
        return store::DeviceRepository(*connection).find(DeviceId{id})->life.reporting;
    }
    // The buffers that a statement touches, its values as text.
    qint64 buffers(store::Sql statement, const QList<std::pair<QByteArray, QByteArray>>& values) const
    {
        QByteArray text = store::sqlText(statement).text;
        for (const auto& [name, value] : values)
            text.replace(':' + name, value);
        const auto plan =
            QJsonDocument::fromJson(database.value("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + text).toUtf8());
        const QJsonObject top = plan.array().first().toObject().value("Plan"_L1).toObject();
        return top.isEmpty()
                   ? -1
                   : top.value("Shared Hit Blocks"_L1).toInteger() + top.value("Shared Read Blocks"_L1).toInteger();
    }
};

} // namespace

class TestAttention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F24_aLostConnectionIsOneRowOfItsCause_data();
    void finding_F24_aLostConnectionIsOneRowOfItsCause();
    void finding_F24_itClearsWhenTheyAreBack();
    void finding_F24_aServerThatDiedIsALostConnection();
    void finding_F24_whatFailsEverywhereCrowdsNothingOut();
    void finding_F25_messagesAreARowUntilTheyAreRead();
    void finding_G3_streamsAreJudgedByTheirKind_data();
    void finding_G3_streamsAreJudgedByTheirKind();
    void finding_G3_whatIsBehindALostGatewayIsNotSilentBesides();
    void finding_N3_factsAreNoSignOfADevice();
    void finding_R2_pagesReadWhatWasCounted();
    void finding_R8_theLookOfEachSecondCostsWhatIsDue();
    void finding_R8_devicesAlertsCostWhatIsNew();
};

void TestAttention::finding_F24_aLostConnectionIsOneRowOfItsCause_data()
{
    QTest::addColumn<int>("homes");
    QTest::addColumn<QByteArray>("lost");
    QTest::addColumn<QByteArray>("ago");
    QTest::addColumn<QStringList>("rows");
    QTest::newRow("none") << 2 << QByteArray("nothing") << QByteArray("1 min") << QStringList();
    QTest::newRow("one device") << 2 << QByteArray("t-home-1") << QByteArray("1 min")
                                << QStringList{u"device-offline 1 t-home-1"_s};
    QTest::newRow("a gateway") << 2 << QByteArray("gw-home-1") << QByteArray("1 min")
                               << QStringList{u"gateway-offline 3 gw-home-1"_s};
    QTest::newRow("a home") << 2 << QByteArray("%-home-1") << QByteArray("1 min")
                            << QStringList{u"home-offline 4 gw-home-1, t-home-1"_s};
    QTest::newRow("not yet") << 2 << QByteArray("%-home-1") << QByteArray("-1 min") << QStringList();
    QTest::newRow("five homes") << 5 << QByteArray("%-home-_") << QByteArray("1 min")
                                << QStringList{
                                       u"home-offline 4 gw-home-1, t-home-1"_s, u"home-offline 4 gw-home-2, t-home-2"_s,
                                       u"home-offline 4 gw-home-3, t-home-3"_s, u"home-offline 4 gw-home-4, t-home-4"_s,
                                       u"home-offline 4 gw-home-5, t-home-5"_s};
    QTest::newRow("six homes") << 6 << QByteArray("%-home-_") << QByteArray("1 min")
                               << QStringList{u"home-offline 6"_s};
    QTest::newRow("months ago") << 1 << QByteArray("%-home-1") << QByteArray("90 days")
                                << QStringList{u"home-offline 4 gw-home-1, t-home-1"_s};
}

void TestAttention::finding_F24_aLostConnectionIsOneRowOfItsCause()
{
    QFETCH(int, homes);
    QFETCH(QByteArray, lost);
    QFETCH(QByteArray, ago);
    QFETCH(QStringList, rows);
    Study study;
    study.addHomes(homes);
    study.connectAll();
    QCOMPARE(study.attention(), QStringList());
    QCOMPARE(study.overview.figures(std::nullopt)->devicesConnected, 4 * homes);
    study.database.run("UPDATE device_presence p SET connected = false, since = now() - interval '" + ago +
                       "' FROM device d WHERE d.id = p.device_id AND d.key LIKE '" + lost + "'");
    QStringList came = study.attention();
    came.sort();
    QCOMPARE(came, rows);
}

void TestAttention::finding_F24_itClearsWhenTheyAreBack()
{
    Study study;
    study.addHomes(1);
    study.connectAll();
    study.presence("%", false);
    const auto rows = study.overview.attention(std::nullopt);
    QVERIFY(rows && rows->size() == 1);
    QCOMPARE(rows->first().kind, Kind::HomeOffline);
    QVERIFY(rows->first().location && rows->first().since);
    study.database.run("UPDATE device_presence SET since = since - interval '10 min' WHERE device_id = (SELECT min(id) "
                       "FROM device)"); // the first of them
    QVERIFY(*study.overview.attention(std::nullopt)->first().since < *rows->first().since - std::chrono::minutes(9));
    QCOMPARE(study.overview.figures(std::nullopt)->devicesConnected, 0);
    QCOMPARE(store::PlaceRepository(*study.connection).deployments(std::nullopt)->first().figures.devicesConnected, 0);
    study.connectAll();
    QCOMPARE(study.attention(), QStringList());
    QCOMPARE(study.overview.figures(std::nullopt)->devicesConnected, 4);
    study.presence("gw-%", false);
    study.database.run("UPDATE device SET retired_at = now() WHERE key NOT LIKE 't-%'");
    QCOMPARE(study.attention(), QStringList()); // who is no longer used is missed by nobody
    QCOMPARE(study.overview.figures(std::nullopt)->devices, 1);
}

void TestAttention::finding_F24_aServerThatDiedIsALostConnection()
{
    Study study;
    study.addHomes(2);
    study.connectAll();
    QCOMPARE(study.attention(), QStringList());
    study.database.run("UPDATE node SET heartbeat = now() - interval '50 s'");
    QCOMPARE(study.attention().size(), 2);
    QCOMPARE(study.overview.figures(std::nullopt)->devicesConnected, 0);
    study.database.run("UPDATE node SET heartbeat = now() + interval '1 hour'");
    QCOMPARE(study.attention(), QStringList());
}

// A script that fails in every home, and a question that nobody answers, are a row each: a message that came since is seen.
void TestAttention::finding_F24_whatFailsEverywhereCrowdsNothingOut()
{
    Study study;
    study.addHomes(120);
    study.database.run(
        "INSERT INTO script (deployment_id, name) SELECT id, x FROM deployment, (VALUES ('many'), ('few')) v(x);"
        "INSERT INTO script_version (script_id, number, source, author, hash) SELECT id, 1, '', 'system', '' FROM "
        "script;"
        "INSERT INTO script_instance (script_id, location_id, version_id, status, status_detail, updated_at) SELECT "
        "v.script_id, l.id, v.id, 'paused-by-errors', l.name, now() - l.id * interval '1 min' FROM script_version v "
        "JOIN script s ON s.id = v.script_id, location l WHERE s.name = 'many' OR l.name IN ('home-1', 'home-2');"
        "INSERT INTO participant (deployment_id, code) SELECT d.id, 'P' || i FROM deployment d, generate_series(1, "
        "120) i;"
        "INSERT INTO message (deployment_id, participant_id, direction, kind, text, author, created_at) SELECT "
        "deployment_id, id, 'to-participant', 'question', 'How are you?', 'script:1', now() - interval '2 days' FROM "
        "participant;"
        "INSERT INTO message (deployment_id, participant_id, direction, text, author) SELECT deployment_id, id, "
        "'from-participant', 'Help', 'p' FROM participant WHERE code = 'P7'");
    QStringList came = study.attention();
    came.sort();
    QCOMPARE(came, QStringList({u"script-error 1 few: home-1"_s, u"script-error 1 few: home-2"_s,
                                u"script-error 120 many: home-120"_s, u"unanswered 120"_s, u"unread-message 1 P7"_s}));
    study.database.run("UPDATE script_instance SET status = 'running' WHERE location_id > 3");
    QCOMPARE(study.attention().filter(u"script-error"_s).size(), 5);
}

void TestAttention::finding_F25_messagesAreARowUntilTheyAreRead()
{
    Study study;
    study.addHomes(1);
    study.database.run("INSERT INTO participant (deployment_id, code, status) SELECT d.id, p, 'active' FROM deployment "
                       "d, (VALUES ('P1'), ('P2')) AS v(p)");
    const auto person = [&](const QByteArray& code) {
        return ParticipantId{
            study.database.value("SELECT id FROM participant WHERE code = '" + code + "'").toLongLong()};
    };
    const DeploymentId deployment{study.database.value("SELECT id FROM deployment").toLongLong()};
    store::MessageRepository messages(*study.connection);
    const auto first = messages.write(person("P1"), u"a"_s, {});
    const auto second = messages.write(person("P1"), u"b"_s, {});
    QVERIFY(first && *first && second && *second && messages.write(person("P2"), u"c"_s, {}));
    QCOMPARE(study.attention(), QStringList({u"unread-message 2 P1"_s, u"unread-message 1 P2"_s}));
    QCOMPARE(study.overview.figures(std::nullopt)->unreadMessages, 3);
    QCOMPARE(messages.markRead(deployment, person("P1"), (*first)->id)->size(), 1);
    QCOMPARE(study.attention().size(), 2);
    QCOMPARE(messages.markRead(deployment, person("P1"), (*second)->id)->size(), 1);
    QVERIFY(messages.markRead(deployment, person("P1"), (*second)->id)->isEmpty()); // once
    QCOMPARE(study.attention(), QStringList{u"unread-message 1 P2"_s});
    // Who answers has read; a script that writes has not.
    const auto writes = [&](const QString& author) {
        store::MessageRecord answer;
        answer.deployment = deployment;
        answer.participant = person("P2");
        answer.text = u"d"_s;
        answer.author = author;
        return messages.record(answer).has_value();
    };
    QVERIFY(writes(u"script:1"_s));
    QCOMPARE(study.overview.figures(std::nullopt)->unreadMessages, 1);
    QVERIFY(writes(u"operator:1"_s));
    QCOMPARE(study.attention(), QStringList());
    const auto conversations = *messages.conversations(deployment, false);
    for (const auto& conversation : conversations)
        QCOMPARE(conversation.unread, 0);
}

void TestAttention::finding_G3_streamsAreJudgedByTheirKind_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("parameter");
    QTest::addColumn<QByteArray>("ago");
    QTest::addColumn<QByteArray>("channel"); // "open", "closed" some time ago, "never", "heard" some time ago
    QTest::addColumn<bool>("silent");
    const auto row = [](const char* name, int type, const char* parameter, const char* ago, const char* channel,
                        bool silent) {
        QTest::newRow(name) << type << QByteArray(parameter) << QByteArray(ago) << QByteArray(channel) << silent;
    };
    row("a connected door that nobody opens", Contact, "contact", "9 days", "open", false);
    row("a motion sensor in an empty home", 20010, "motion", "9 days", "open", false);
    row("a door that was cut off just now", Contact, "contact", "9 days", "closed 50 min", false);
    row("a door without any sign for long", Contact, "contact", "9 days", "never", true);
    row("a door that posts and beats", Contact, "contact", "9 days", "heard 50 min", false);
    row("a door that beats no more", Contact, "contact", "9 days", "heard 61 min", true);
    row("a thermometer in its interval", Thermometer, "temperature", "29 min", "open", false);
    row("a thermometer over it", Thermometer, "temperature", "31 min", "open", true);
    row("a thermometer that posts", Thermometer, "temperature", "29 min", "never", false);
    row("a plug that is late", Plug, "power", "4 min", "open", false);
    row("a plug over three minutes", Plug, "power", "6 min", "open", true);
    row("a day's battery", 20010, "battery", "2 days", "open", false);
    row("a battery that is empty", 20010, "battery", "4 days", "open", true);
    row("a type that is not known", 0, "temperature", "59 min", "open", false);
    row("a type that is not known, over the hour", 0, "temperature", "61 min", "open", true);
    row("a parameter that is not known", 0, "co2", "9 days", "open", false);
    row("one of changes in a type that is not known", 0, "contact", "9 days", "open", false);
    row("a device that nobody misses any more", Thermometer, "temperature", "40 days", "open", false);
}

void TestAttention::finding_G3_streamsAreJudgedByTheirKind()
{
    QFETCH(int, type);
    QFETCH(QByteArray, parameter);
    QFETCH(QByteArray, ago);
    QFETCH(QByteArray, channel);
    QFETCH(bool, silent);
    Study study;
    study.addHomes(1);
    study.connectAll();
    study.add("x", type, {});
    study.measured("x-%", parameter, ago);
    if (channel == "open")
        study.presence("x-%", true, "9 days");
    else if (channel.startsWith("closed "))
        study.presence("x-%", false, channel.mid(7));
    else if (channel.startsWith("heard "))
        study.database.run("INSERT INTO device_heard SELECT id, now() - interval '" + channel.mid(6) +
                           "' FROM device WHERE key LIKE 'x-%'");
    const bool forgotten = ago == "40 days";
    QCOMPARE(study.reporting("x-home-1"), silent || forgotten ? model::Reporting::Silent : model::Reporting::Reporting);
    QCOMPARE(study.attention().filter(u"silent-device"_s),
             silent ? QStringList{u"silent-device 1 x-home-1"_s} : QStringList());
    if (channel == "open" && silent) { // its connection does not tell, new data does
        study.measured("x-%", parameter, "1 s");
        study.database.run("UPDATE home_state SET due_at = now()");
        QCOMPARE(study.attention(), QStringList());
    }
}

void TestAttention::finding_G3_whatIsBehindALostGatewayIsNotSilentBesides()
{
    Study study;
    study.addHomes(1);
    study.connectAll();
    study.measured("a-%", "contact", "2 hours");
    study.measured("a-%", "battery", "5 days");
    QCOMPARE(study.attention(), QStringList{u"silent-device 1 a-home-1"_s});
    study.presence("gw-%", false, "1 hour");
    QCOMPARE(study.attention(), QStringList{u"gateway-offline 3 gw-home-1"_s});
    // A stream that says only "no value" does not report.
    study.presence("gw-%", true);
    study.measured("t-%", "temperature", "35 min");
    study.measured("t-%", "temperature", "1 min", "NULL");
    QVERIFY(study.attention().contains(u"silent-device 2 a-home-1, t-home-1"_s));
}

void TestAttention::finding_N3_factsAreNoSignOfADevice()
{
    Study study;
    study.addHomes(1);
    study.connectAll();
    study.measured("t-%", "temperature", "2 hours");
    study.database.run("INSERT INTO script (deployment_id, name) SELECT id, 'm' FROM deployment;"
                       "INSERT INTO stream (location_id, device_id, name, script_id) SELECT d.location_id, d.id, "
                       "'syn.comfort', s.id FROM device d, script s WHERE d.key LIKE 't-%' OR d.key LIKE 'a-%';"
                       "INSERT INTO measurement (stream_id, time, number, writer, batch, ordinal) SELECT id, now(), 1, "
                       "1, 1, 1 FROM stream WHERE script_id IS NOT NULL");
    QCOMPARE(study.reporting("t-home-1"), model::Reporting::Silent);
    QCOMPARE(study.reporting("a-home-1"), model::Reporting::Never);
    QCOMPARE(study.attention(), QStringList{u"silent-device 1 t-home-1"_s});
    QCOMPARE(study.overview.figures(std::nullopt)->devicesReporting, 1); // the gateway, by its connection
    const auto home = store::PlaceRepository(*study.connection)
                          .location(LocationId{study.database.value("SELECT id FROM location").toLongLong()});
    QCOMPARE(home->figures.devicesReporting, 1);
    QVERIFY(*home->figures.lastMeasurement < fromMs(QDateTime::currentMSecsSinceEpoch() - 3'600'000));
    QCOMPARE(study.database.value("SELECT home_newest(id) < now() - interval '1 hour' FROM location"), u"t"_s);
}

void TestAttention::finding_R2_pagesReadWhatWasCounted()
{
    const auto touched = [](int homes) {
        Study study;
        study.addHomes(homes);
        study.connectAll();
        study.database.run("INSERT INTO stream (location_id, device_id, name) SELECT location_id, id, 'temperature' "
                           "FROM device WHERE key LIKE 't-%';"
                           "INSERT INTO measurement (stream_id, time, number, writer, batch, ordinal) SELECT s.id, "
                           "now() - i * interval '10 s', 1, 1, 1, 1 FROM stream s, generate_series(1, 100) i;"
                           "INSERT INTO alert (deployment_id, location_id, source, key, texts, at, state) SELECT "
                           "deployment_id, id, 'script', i::text, '{}', now(), 'resolved' FROM location, "
                           "generate_series(1, 50) i;"
                           "INSERT INTO participant (deployment_id, code) SELECT deployment_id, name FROM location;"
                           "INSERT INTO message (deployment_id, participant_id, direction, text, author, read_at) "
                           "SELECT deployment_id, id, 'from-participant', 'x', 'p', now() FROM participant, "
                           "generate_series(1, 50)");
        while (study.database.value("SELECT count(*) FROM count_touched") != u"0"_s)
            if (!store::HomeStateRepository(*study.connection).settle())
                qFatal("not counted");
        study.database.run("VACUUM ANALYZE");
        if (study.overview.figures(std::nullopt)->devices != 4 * homes)
            qFatal("not all were counted");
        const QList<std::pair<QByteArray, QByteArray>> values{{"scope::bigint[]", "NULL::bigint[]"},
                                                              {"homes_most", "5"},
                                                              {"unanswered_after_s", "86400"},
                                                              {"forgotten_after_days", "30"},
                                                              {"count", "100"},
                                                              {"id", "NULL"},
                                                              {"alive_s", "20"},
                                                              {"most", "200"}};
        return QList<qint64>{
            study.buffers(store::Sql::OverviewFigures, values), study.buffers(store::Sql::OverviewAttention, values),
            study.buffers(store::Sql::DeploymentView, values), study.buffers(store::Sql::HomeStateTake, values)};
    };
    const QList<qint64> small = touched(4), large = touched(80);
    for (int i = 0; i < small.size(); ++i) {
        QVERIFY2(small.at(i) > 0, qPrintable(QString::number(i)));
        QVERIFY2(large.at(i) <= small.at(i) + 8, qPrintable(u"%1: %2 → %3"_s.arg(i).arg(small.at(i)).arg(large.at(i))));
    }
}

void TestAttention::finding_R8_theLookOfEachSecondCostsWhatIsDue()
{
    const auto touched = [](int alerts) {
        Study study;
        study.addHomes(1);
        const QByteArray many = number(alerts);
        study.database.run("INSERT INTO participant (deployment_id, code) SELECT id, 'P1' FROM deployment;"
                           "INSERT INTO alert (deployment_id, location_id, source, key, texts, at, created_at, state, "
                           "repeat_ms) SELECT deployment_id, id, 'script', i::text, '{}', now(), now() - interval '1 "
                           "day', CASE WHEN i % 100 = 0 THEN 'open' WHEN i % 100 = 1 THEN 'acknowledged' ELSE "
                           "'resolved' END, 86400000000 FROM location, generate_series(1, " +
                           many +
                           ") i;"
                           "UPDATE alert SET snoozed_until = now() + interval '1 hour' WHERE state = 'acknowledged';"
                           "INSERT INTO alert_recipient (alert_id, participant_id, due_at, delivered_at) SELECT a.id, "
                           "p.id, now() - interval '1 day', now() - interval '1 hour' FROM alert a, participant p");
        study.database.run("VACUUM ANALYZE");
        return QList<qint64>{study.buffers(store::Sql::AlertFresh, {{"since", "now() - interval '1 s'"}}),
                             study.buffers(store::Sql::AlertReopenSnoozed, {}),
                             study.buffers(store::Sql::AlertRemind, {})};
    };
    const QList<qint64> small = touched(100), large = touched(20'000);
    for (int i = 0; i < small.size(); ++i)
        QVERIFY2(small.at(i) >= 0 && large.at(i) <= small.at(i) + 6,
                 qPrintable(u"%1: %2 → %3"_s.arg(i).arg(small.at(i)).arg(large.at(i))));
}

// Neither what else devices say, each second, nor what a home's devices said for long, with each post that says something.
void TestAttention::finding_R8_devicesAlertsCostWhatIsNew()
{
    const auto touched = [](int alerts) {
        Study study;
        study.addHomes(1);
        study.database.run("INSERT INTO alert (deployment_id, location_id, source, device_id, key, texts, state, at, "
                           "created_at, state_at) SELECT deployment_id, location_id, 'device', id, CASE WHEN i % 2 = 0 "
                           "THEN i::text ELSE 'smoke' END, '{\"en\":\"a\"}', CASE WHEN i % 2 = 0 THEN 'open' ELSE "
                           "'resolved' END, t, t, t FROM device, generate_series(1, " +
                           number(alerts) + ") i, (SELECT now() - interval '1 day' AS t) x WHERE key = 'a-home-1'");
        study.database.run("VACUUM ANALYZE");
        const QByteArray device = study.database.value("SELECT id FROM device WHERE key = 'a-home-1'").toLatin1();
        const auto raised = [&](const QByteArray& most) {
            return study.buffers(store::Sql::AlertRecordDevice, {{"texts", "'{\"en\":\"a-home-1: smoke\"}'"},
                                                                 {"key", "'smoke'"},
                                                                 {"window_s", "3600"},
                                                                 {"most", most},
                                                                 {"device", device},
                                                                 {"at", "now()"},
                                                                 {"severity", "'normal'"},
                                                                 {"gap_s", "60"}});
        };
        return QList<qint64>{study.buffers(store::Sql::AlertFresh, {{"since", "now() - interval '1 s'"}}), raised("5"),
                             raised("0")};
    };
    const QList<qint64> small = touched(100), large = touched(20'000);
    const QList<qint64> more{6, 80, 80}; // indexes that are deeper
    for (int i = 0; i < small.size(); ++i)
        QVERIFY2(small.at(i) >= 0 && large.at(i) <= small.at(i) + more.at(i),
                 qPrintable(u"%1: %2 → %3"_s.arg(i).arg(small.at(i)).arg(large.at(i))));
}

QTEST_GUILESS_MAIN(TestAttention)
#include "tst_attention.moc"
