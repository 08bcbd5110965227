// The whole way of a device's data and commands in one process: port, edge, ingest, committer, dispatcher, database.
// Thread: the test's. Owner: the test function. Flow: RawClient → port 0 of loopback → PostgreSQL.
#pragma once

#include "server/actions/actions.h"
#include "server/actions/dispatcher.h"
#include "server/directory/directory_service.h"
#include "server/edge/device_handler.h"
#include "server/net/server.h"
#include "server/store/postgres/migrations.h"
#include "shared/base/system_clock.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"
#include "tests/unit/server/net/raw_client.h"

#include <QDebug>
#include <QJsonArray>

namespace cohort::testing {

// The machine's clock, whose steady time stands still where a test wants it to.
class EdgeClock final : public Clock
{
public:
    Timestamp now() const override { return m_machine.now(); }
    SteadyTime steady() const override
    {
        const SteadyTime::duration stands(m_stands.load());
        return stands.count() == 0 ? m_machine.steady() : SteadyTime(stands);
    }
    void standAt(SteadyTime time) { m_stands = time.time_since_epoch().count(); }

private:
    SystemClock m_machine;
    std::atomic<SteadyTime::duration::rep> m_stands{0}; // 0: it goes
};

class RunningEdge
{
public:
    explicit RunningEdge(edge::EdgeOptions options = {}, ingest::IntakeOptions intakeOptions = {},
                         const std::function<void(testkit::TestDatabase&)>& prepare = {})
        : home(testkit::makeHome(database)), committer(committerOptions(), onBatch(), {}),
          cache({database.settings()}, bus, metrics, clock),
          intake(std::move(intakeOptions), cache, committer, metrics, clock),
          service(serviceOptions(), bus, committer, metrics, clock),
          handler(std::make_shared<edge::DeviceHandler>(
              withHooks(std::move(options)), cache, intake, metrics, edgeClock,
              [this](directory::PresenceChange change) { service.presence().report(std::move(change)); })),
          dispatcher({database.settings(), QStringLiteral("node-1")}, bus, committer, &handler->commandSink(), metrics,
                     clock),
          server(threads, {}, handler)
    {
        giveToken(home.gateway, "token-a");
        if (prepare)
            prepare(database);
        begins("committer", committer.start());
        begins("cache", cache.start());
        begins("directory", service.start());
        begins("dispatcher", dispatcher.start());
        threads.start();
        begins("server", server.start());
    }
    ~RunningEdge()
    {
        server.stop();
        dispatcher.stop();
        threads.stop();
        handler->stop();
        cache.stop();
        service.stop();
        committer.stop();
    }

    void giveToken(DeviceId device, const QByteArray& token)
    {
        database.run("INSERT INTO device_token (device_id, token_hash) VALUES (" +
                     QByteArray::number(qint64(device.value)) + ", sha256('" + token + "'))");
    }
    RawClient connect() { return RawClient(server.port()); }
    HttpAnswer post(const std::string& body, const std::string& headers = "PPCAuthorization: esp token=token-a\r\n")
    {
        RawClient client = connect();
        client.send("POST /deviceio/mljson HTTP/1.1\r\nHost: x\r\n" + headers +
                    "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        return client.readHttp();
    }
    // An open WebSocket; its first answer's status in `status`.
    RawClient webSocket(const std::string& headers = "PPCAuthorization: esp token=token-a\r\n",
                        const std::string& id = "gateway-a", int* status = nullptr)
    {
        RawClient client = connect();
        client.send(upgradeRequest("/deviceio/ws?id=" + id, "Sec-WebSocket-Protocol: mljson\r\n" + headers));
        const int got = client.readHttp().status;
        if (status != nullptr)
            *status = got;
        return client;
    }
    RawClient poll(const std::string& query, const std::string& headers = "PPCAuthorization: esp token=token-a\r\n")
    {
        RawClient client = connect();
        client.send("GET /deviceio/mljson?" + query + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
        return client;
    }
    CommandId command(Milliseconds expires = Milliseconds(60'000))
    {
        actions::NewCommand wanted;
        wanted.deployment = home.deployment;
        wanted.location = home.location;
        wanted.device = home.sensor;
        wanted.parameters = QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("outletStatus")},
                                                   {QStringLiteral("value"), QStringLiteral("1")}}};
        wanted.expires = expires;
        wanted.requestedBy = QStringLiteral("operator:1");
        CommandId id;
        const auto connection = database.connect();
        const auto done = connection->transaction([&]() -> Result<void> {
            COHORT_TRY(made, actions::recordCommand(*connection, wanted));
            id = made;
            return {};
        });
        if (done)
            bus.publish(bus::CommandChanged{id, home.deployment, home.location});
        return id;
    }
    QByteArray stateOf(CommandId id)
    {
        return database.value("SELECT state FROM command WHERE id = " + QByteArray::number(qint64(id.value))).toUtf8();
    }
    bool becomes(CommandId id, const QByteArray& state)
    {
        return testkit::waitUntil([&] { return stateOf(id) == state; });
    }

    testkit::TestDatabase database;
    testkit::SampleHome home;
    bus::Bus bus;
    metrics::Registry metrics;
    SystemClock clock;
    EdgeClock edgeClock; // by which channels judge what they write
    std::atomic<bool> pressure{false};
    bool started = true;

private:
    void begins(const char* what, const Result<void>& result)
    {
        started = started && result;
        if (!result)
            qWarning() << what << result.error().message();
    }
    store::CommitterOptions committerOptions()
    {
        store::CommitterOptions options;
        options.database = database.settings();
        options.node = QStringLiteral("node-1");
        return options;
    }
    store::OnBatch onBatch()
    {
        return [this](store::LogBatchPtr batch) { bus.publish(bus::BatchCommitted{std::move(batch)}); };
    }
    directory::DirectoryServiceOptions serviceOptions()
    {
        directory::DirectoryServiceOptions options;
        options.database = database.settings();
        options.node.name = QStringLiteral("node-1");
        options.node.deviceioUrl = QStringLiteral("http://127.0.0.1:8461");
        options.node.roles = QStringLiteral("deviceio");
        options.node.capacity = 1000;
        return options;
    }
    edge::EdgeOptions withHooks(edge::EdgeOptions options)
    {
        options.pressure = [this] { return pressure.load(); };
        options.connected = [this](DeviceId device) { dispatcher.deviceConnected(device); };
        options.commandDelivered = [this](CommandId command) { dispatcher.commandDelivered(command); };
        return options;
    }

public:
    store::Committer committer;
    ingest::DeviceCache cache;
    ingest::Intake intake;
    directory::DirectoryService service;
    std::shared_ptr<edge::DeviceHandler> handler;
    actions::Dispatcher dispatcher;
    net::IoThreads threads{2, clock};
    net::Server server;
};

// As a command's id stands in what a device is sent.
inline std::string idText(CommandId id)
{
    return "\"commandId\":" + std::to_string(id.value);
}

inline bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace cohort::testing
