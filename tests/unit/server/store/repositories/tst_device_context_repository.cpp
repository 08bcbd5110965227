// What the edge knows of devices and their tokens, how it hears of changes, and what is cleared away each hour.
#include "server/store/pool/node_repository.h"
#include "server/store/repositories/device_context_repository.h"
#include "server/store/repositories/metric_sample_repository.h"
#include "shared/base/limits.h"
#include "shared/model/alert.h"
#include "shared/model/message.h"
#include "shared/model/operator.h"
#include "shared/model/participant.h"
#include "tests/kit/sample_data.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace cohort;
using namespace cohort::store;
using namespace Qt::StringLiterals;

namespace {

struct Edge
{
    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<Connection> connection = database.connect();
    DeviceContextRepository devices{*connection};

    // A token of the gateway whose hash is this one byte.
    void addToken(const QByteArray& hex, const QByteArray& columns = "expires_at", const QByteArray& values = "NULL")
    {
        database.run("INSERT INTO device_token (device_id, token_hash, " + columns + ") SELECT id, '\\x" + hex + "', " +
                     values + " FROM device WHERE key = 'gateway-a'");
    }
    // Those of these hashes that are good, joined.
    QString good(const std::vector<std::string>& hashes)
    {
        QStringList found;
        const auto tokens = devices.byTokens(hashes);
        for (const auto& token : *tokens)
            found.append(QString::fromStdString(token.hash));
        found.sort();
        return found.join(u' ');
    }
    qint64 count(const QByteArray& table) { return database.value("SELECT count(*) FROM " + table).toLongLong(); }
};

QStringList kindsOf(const Result<std::vector<DeviceChangeRow>>& changes)
{
    QStringList kinds;
    for (const auto& change : *changes)
        kinds.append(QString::fromStdString(change.kind));
    return kinds;
}

// The words that the database lets stand in a column.
QStringList wordsOf(const testkit::TestDatabase& database, const QByteArray& table, const QByteArray& column)
{
    const QString check = database.value("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = '" +
                                         table + '_' + column + "_check'");
    QStringList words;
    auto found = QRegularExpression(u"'([^']*)'::text"_s).globalMatch(check);
    while (found.hasNext())
        words.append(found.next().captured(1));
    return words;
}

template <model::Named E>
QStringList wordsOf(E)
{
    QStringList words;
    for (const char* word : enumNames(E{}))
        words.append(QLatin1StringView(word));
    return words;
}

} // namespace

class TestDeviceContextRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodTokensAreThoseThatAreNotOver();
    void unknownAndOddHashesAreNobodys();
    void withoutTokenOnlyWhereItIsAllowed();
    void aHolderComesWithWhatIsBehindIt();
    void whatStandsInAnotherHomeIsNotBehindIt();
    void gatewaysAreToldOnce();
    void hearsOfWhatChangedSince();
    void hearsNoOtherKinds();
    void seesAChangeBeforeAnOlderOneEnds();
    void changesAreKeptForTheirTime();
    void figuresAreKeptForTheirTime();
    void figuresOfAMinuteStandOnce();
    void serversAreListedForTheirTime();
    void theKeeperIsOneUntilItGoes();
    void theDatabaseKnowsTheSameWords();
};

void TestDeviceContextRepository::goodTokensAreThoseThatAreNotOver()
{
    Edge edge;
    edge.addToken("01");
    edge.addToken("02", "expires_at", "now() + interval '1 min'");
    edge.addToken("03", "expires_at", "now() - interval '1 s'");
    edge.addToken("04", "revoked_at", "now()");
    edge.addToken("05", "revoked_at, expires_at", "now(), now() + interval '1 min'");
    QCOMPARE(edge.good({"01", "02", "03", "04", "05"}), u"01 02"_s);
    QCOMPARE(edge.good({"02"}), u"02"_s);
    const auto found = edge.devices.byTokens({"01", "02"});
    for (const auto& token : *found) {
        QCOMPARE(token.device, edge.home.gateway);
        QCOMPARE(token.expires.has_value(), token.hash == "02");
    }
    QCOMPARE(edge.devices.goodTokens({edge.home.gateway, edge.home.sensor})->size(), std::size_t{2});
    QVERIFY(edge.devices.goodTokens({edge.home.sensor})->empty());
}

void TestDeviceContextRepository::unknownAndOddHashesAreNobodys()
{
    Edge edge;
    edge.addToken("01");
    QCOMPARE(edge.good({}), QString());
    QCOMPARE(edge.good({"ff"}), QString());
    QCOMPARE(edge.good({"01", "01", "ff"}), u"01 01"_s);
    QVERIFY(edge.devices.load({})->empty());
    QVERIFY(edge.devices.byKeys({"", "sensor-a", "'; DROP TABLE device; --", "\"", "\xc3\xa4"})->empty());
    QCOMPARE(edge.count("device"), 2);
}

void TestDeviceContextRepository::withoutTokenOnlyWhereItIsAllowed()
{
    Edge edge;
    const auto found = [&] { return edge.devices.byKeys({"gateway-a", "sensor-a"})->size(); };
    edge.database.run("UPDATE device SET tokenless = true WHERE key = 'gateway-a'");
    QCOMPARE(found(), std::size_t{0});
    edge.database.run("UPDATE deployment SET allow_tokenless_devices = true");
    QCOMPARE(found(), std::size_t{1});
    QCOMPARE(edge.devices.byKeys({"gateway-a"})->front().device, edge.home.gateway);
    QVERIFY(edge.devices.byKeys({"GATEWAY-A"})->empty());
    QVERIFY(edge.devices.load({edge.home.gateway})->front().mayTokenless);
    edge.database.run("UPDATE device SET retired_at = now() WHERE key = 'gateway-a'");
    QCOMPARE(found(), std::size_t{0});
}

void TestDeviceContextRepository::aHolderComesWithWhatIsBehindIt()
{
    Edge edge;
    edge.database.run("UPDATE location SET clock = 'events'");
    const auto rows = edge.devices.load({edge.home.gateway});
    QVERIFY(rows);
    QCOMPARE(rows->size(), std::size_t{2});
    QCOMPARE(rows->front().id, edge.home.gateway);
    QCOMPARE(rows->front().holder, edge.home.gateway);
    QVERIFY(rows->front().eventsClock && !rows->front().mayTokenless);
    QCOMPARE(toIso(rows->front().startDate), std::string("2000-01-01T00:00:00.000Z"));
    QCOMPARE(rows->back().id, edge.home.sensor);
    QCOMPARE(rows->back().holder, edge.home.gateway);
    QCOMPARE(rows->back().key, std::string("sensor-a"));
    QCOMPARE(edge.devices.load({edge.home.sensor})->size(), std::size_t{1}); // holds nobody
    edge.database.run("UPDATE device SET retired_at = now() WHERE key = 'sensor-a'");
    QCOMPARE(edge.devices.load({edge.home.gateway})->size(), std::size_t{1});
}

void TestDeviceContextRepository::whatStandsInAnotherHomeIsNotBehindIt()
{
    Edge edge;
    const auto other = testkit::makeHome(edge.database, "b");
    edge.database.run("UPDATE device SET gateway_id = " +
                      QByteArray::number(static_cast<qint64>(edge.home.gateway.value)) + " WHERE key = 'sensor-b'");
    const auto rows = edge.devices.load({edge.home.gateway});
    QVERIFY(std::none_of(rows->begin(), rows->end(), [&](const auto& row) { return row.id == other.sensor; }));
}

void TestDeviceContextRepository::gatewaysAreToldOnce()
{
    Edge edge;
    edge.database.run(
        "INSERT INTO device (deployment_id, location_id, key, gateway_id) SELECT deployment_id, location_id, "
        "'second', gateway_id FROM device WHERE key = 'sensor-a'");
    const DeviceId second{edge.database.value("SELECT id FROM device WHERE key = 'second'").toLongLong()};
    QCOMPARE(*edge.devices.gatewaysOf({edge.home.sensor, second}), std::vector<DeviceId>{edge.home.gateway});
    QVERIFY(edge.devices.gatewaysOf({edge.home.gateway})->empty());
}

void TestDeviceContextRepository::hearsOfWhatChangedSince()
{
    Edge edge;
    const auto from = *edge.devices.horizon();
    QVERIFY(from > 0);
    QVERIFY(edge.devices.changes(from)->empty());
    edge.addToken("01");
    edge.database.run("UPDATE device SET use = 'stove' WHERE key = 'sensor-a'");
    edge.database.run("UPDATE location SET clock = 'events'");
    edge.database.run("UPDATE deployment SET allow_tokenless_devices = true");
    const auto changes = edge.devices.changes(from);
    QVERIFY(changes);
    QCOMPARE(kindsOf(changes), QStringList({u"device_token"_s, u"device"_s, u"location"_s, u"deployment"_s}));
    QCOMPARE(changes->at(0).device, edge.home.gateway); // whose token it is
    QCOMPARE(changes->at(1).device, edge.home.sensor);
    QCOMPARE(changes->at(1).location, edge.home.location);
    QCOMPARE(changes->at(2).location, edge.home.location);
    QCOMPARE(changes->at(3).deployment, edge.home.deployment);
    QVERIFY(changes->at(0).seq < changes->at(1).seq);
    QVERIFY(edge.devices.changes(changes->front().horizon)->empty());
}

void TestDeviceContextRepository::hearsNoOtherKinds()
{
    Edge edge;
    const auto from = *edge.devices.horizon();
    edge.database.run("INSERT INTO room (location_id, kind, name) SELECT id, 'hall', 'x' FROM location");
    QVERIFY(edge.devices.changes(from)->empty());
    edge.database.run("DELETE FROM device WHERE key = 'sensor-a'");
    const auto changes = edge.devices.changes(from);
    QCOMPARE(changes->size(), std::size_t{1});
    QCOMPARE(changes->front().device, edge.home.sensor); // also of what is gone
}

// Revoking a token must not wait for somebody's long transaction.
void TestDeviceContextRepository::seesAChangeBeforeAnOlderOneEnds()
{
    Edge edge;
    const auto from = *edge.devices.horizon();
    const auto slow = edge.database.connect();
    QVERIFY(slow->runScript("BEGIN; UPDATE location SET time_zone = 'UTC'"));
    edge.addToken("01");
    const auto early = edge.devices.changes(from);
    QCOMPARE(kindsOf(early), QStringList{u"device_token"_s});
    QVERIFY(slow->runScript("COMMIT"));
    const auto late = edge.devices.changes(early->front().horizon); // begins before the one that ran
    QVERIFY(kindsOf(late).contains(u"location"_s));
}

void TestDeviceContextRepository::changesAreKeptForTheirTime()
{
    Edge edge;
    MetricSampleRepository samples(*edge.connection);
    const auto age = [&](int seconds) {
        edge.database.run("UPDATE change SET at = now() - interval '" + QByteArray::number(seconds) + " s'");
        QVERIFY(samples.prune());
    };
    const auto all = edge.count("change");
    QVERIFY(all > 0);
    age(ChangesKeptS - 60);
    QCOMPARE(edge.count("change"), all);
    age(ChangesKeptS + 1);
    QCOMPARE(edge.count("change"), 0);
    QVERIFY(samples.prune());
}

void TestDeviceContextRepository::figuresAreKeptForTheirTime()
{
    Edge edge;
    MetricSampleRepository samples(*edge.connection);
    const auto now = NodeRepository(*edge.connection).now();
    QVERIFY(now);
    const auto kept = std::chrono::days(SamplesKeptDays);
    for (const Timestamp at : {*now - kept - std::chrono::minutes(5), *now - kept + std::chrono::minutes(5), *now}) {
        model::MetricSample sample;
        sample.at = toMs(at);
        sample.connections = 3;
        QVERIFY(samples.add(u"n"_s, sample));
    }
    QCOMPARE(edge.count("metric_sample"), 3);
    QVERIFY(samples.prune());
    QCOMPARE(edge.count("metric_sample"), 2);
    const auto left = samples.between(u"n"_s, *now, *now); // both moments inside
    QVERIFY2(left, left ? "" : qPrintable(left.error().message()));
    QCOMPARE(left->size(), 1);
    QCOMPARE(left->first().at, toMs(*now));
    QCOMPARE(left->first().connections, 3.0);
    QVERIFY(!left->first().ingestP50Ms);
    QVERIFY(samples.between(u"m"_s, fromMs(0), *now)->isEmpty());
    QVERIFY(samples.between(u"n"_s, *now + Milliseconds(1), *now + Milliseconds(2))->isEmpty());
}

void TestDeviceContextRepository::figuresOfAMinuteStandOnce()
{
    Edge edge;
    MetricSampleRepository samples(*edge.connection);
    model::MetricSample sample;
    sample.at = 1'760'000'040'000;
    sample.queue = 1;
    QVERIFY(samples.add(u"n"_s, sample));
    sample.queue = 2;
    QVERIFY(samples.add(u"n"_s, sample)); // no error, and no change
    QVERIFY(samples.add(u"m"_s, sample));
    const auto at = fromMs(sample.at);
    QCOMPARE(samples.between(u"n"_s, at, at)->first().queue, 1.0);
    QCOMPARE(samples.between(u"m"_s, at, at)->first().queue, 2.0);
    edge.database.run("UPDATE metric_sample SET sample = '{\"at\": \"noon\"}' WHERE node = 'n'");
    const auto odd = samples.between(u"n"_s, at, at);
    QCOMPARE(odd.error().code, ErrorCode::DatabaseError);
    QVERIFY2(odd.error().detail.contains(u"'at'"_s), qPrintable(odd.error().detail));
    edge.database.run("UPDATE metric_sample SET sample = '{}' WHERE node = 'n'");
    QCOMPARE(samples.between(u"n"_s, at, at)->first().queue, 0.0); // of a version that told less
}

void TestDeviceContextRepository::serversAreListedForTheirTime()
{
    Edge edge;
    NodeRepository nodes(*edge.connection);
    const auto heardOf = [&](int secondsAgo) {
        edge.database.run("UPDATE node SET heartbeat = now() - interval '" + QByteArray::number(secondsAgo) + " s'");
        const auto listed = nodes.list();
        return listed->isEmpty() ? u"no"_s : listed->first().alive ? u"alive"_s : u"gone"_s;
    };
    NodeHeartbeat beat;
    beat.name = u"n"_s;
    beat.connections = 5;
    QVERIFY(nodes.beat(beat));
    QCOMPARE(heardOf(NodeAliveS - 10), u"alive"_s);
    QCOMPARE(heardOf(NodeAliveS), u"gone"_s);
    QCOMPARE(heardOf(NodeShownDays * 86'400 - 60), u"gone"_s);
    QVERIFY(MetricSampleRepository(*edge.connection).prune());
    QCOMPARE(edge.count("node"), 1);
    QCOMPARE(heardOf(NodeShownDays * 86'400), u"no"_s);
    QVERIFY(MetricSampleRepository(*edge.connection).prune());
    QCOMPARE(edge.count("node"), 0);
    QVERIFY(nodes.beat(beat));
    QVERIFY(nodes.leave(u"n"_s));
    QCOMPARE(nodes.list()->first().connections, 0);
    QVERIFY(!nodes.list()->first().alive); // at once
    edge.database.run("UPDATE node SET heartbeat = now() - interval '1 day'");
    QVERIFY(nodes.leave(u"n"_s)); // who was long gone does not come nearer
    QCOMPARE(edge.database.value("SELECT heartbeat < now() - interval '23 h' FROM node"), u"t"_s);
    QVERIFY(nodes.leave(u"nobody"_s));
}

void TestDeviceContextRepository::theKeeperIsOneUntilItGoes()
{
    Edge edge;
    auto other = edge.database.connect();
    NodeRepository first(*edge.connection), second(*other);
    QVERIFY(*first.becomeKeeper());
    QVERIFY(*first.becomeKeeper()); // stays it
    QVERIFY(!*second.becomeKeeper());
    edge.connection.reset();
    QTRY_VERIFY_WITH_TIMEOUT(*second.becomeKeeper(), 20'000);
}

void TestDeviceContextRepository::theDatabaseKnowsTheSameWords()
{
    testkit::TestDatabase database;
    const auto sorted = [](QStringList words) {
        words.sort();
        return words;
    };
    const auto isSame = [&](const QByteArray& table, const QByteArray& column, const QStringList& words) {
        const auto known = sorted(wordsOf(database, table, column));
        if (known != sorted(words))
            qWarning() << table << column << known << words;
        return known == sorted(words);
    };
    QVERIFY(isSame("location", "clock", wordsOf(model::LocationClock{})));
    QVERIFY(isSame("participant", "status", wordsOf(model::ParticipantStatus{})));
    QVERIFY(isSame("participant_role", "role", wordsOf(model::HomeRole{})));
    QVERIFY(isSame("operator_role", "role", wordsOf(model::OperatorRole{})));
    QVERIFY(isSame("alert", "source", wordsOf(model::AlertSource{})));
    QVERIFY(isSame("alert", "severity", wordsOf(model::Severity{})));
    QVERIFY(isSame("alert", "state", wordsOf(model::AlertState{})));
    QVERIFY(isSame("alert_answer", "answer", wordsOf(model::AnswerKind{})));
    QVERIFY(isSame("command", "state", wordsOf(model::CommandState{})));
    QVERIFY(isSame("message", "direction", wordsOf(model::MessageDirection{})));
    QVERIFY(isSame("message", "kind", wordsOf(model::MessageKind{})));
    QVERIFY(isSame("message", "state", wordsOf(model::MessageState{})));
}

QTEST_GUILESS_MAIN(TestDeviceContextRepository)
#include "tst_device_context_repository.moc"
