// D1: sensor → script → command at the actuator at 1,000 events a second with 18,000 connections open; beside mosquitto
// with a Python client that does the same rule (peer_d1.py), from the same run.
#include "tests/load/bench_server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <cstdio>

namespace {

using namespace cohort;
using namespace cohort::load;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr const char* Script = R"("""Switches the lamp of a home by its sensor."""
from composer import app, on

app(title="Bench lamp", reads={"power": "to know when to switch"}, controls={"outletStatus": "to switch the lamp"})


@on.measurement("power")
def switch(home, event):
    for lamp in home.devices(use="lamp"):
        home.command(lamp, outletStatus=int(event.value) % 2)
)";

struct D1Report
{
    std::vector<double> toCommandMs, toAckMs;
    std::uint64_t sent = 0;
};

// Sensors post in turn; the actuator of the same home notes when the command comes, and answers it.
class Chain
{
public:
    Chain(const BenchServer& server, const std::vector<SeededHome>& homes, std::size_t active, double rate)
        : m_homes(homes), m_active(active), m_rate(rate), m_sentAt(active), m_timer(m_context)
    {
        for (std::size_t n = 0; n < homes.size(); ++n) {
            open(server, homes[n].sensor, n, false);
            if (n < active)
                open(server, homes[n].actuator, n, true);
        }
    }

    D1Report run(std::chrono::seconds warmUp, std::chrono::seconds duration)
    {
        connectAll();
        m_started = std::chrono::steady_clock::now();
        m_from = m_started + warmUp;
        tick();
        m_context.restart();
        m_context.run_until(m_from + duration);
        m_isOver = true;
        m_context.restart();
        m_context.run_for(std::chrono::seconds(2)); // what is under way still arrives
        for (const auto& channel : m_channels)
            channel->close();
        m_context.restart();
        m_context.run_for(std::chrono::milliseconds(200));
        return std::move(m_report);
    }

private:
    void open(const BenchServer& server, const sim::LoadDevice& device, std::size_t home, bool isActuator)
    {
        sim::ChannelOptions options = server.deviceServer();
        options.deviceId = device.id;
        options.token = device.token;
        options.localAddress = "127.0.0." + std::to_string(2 + home % 8);
        sim::DeviceChannel::Callbacks callbacks;
        callbacks.onConnected = [this] { ++m_connected; };
        if (isActuator)
            callbacks.onCommands = [this, home](const std::string& frame) { commanded(home, frame); };
        m_channels.push_back(sim::DeviceChannel::make(m_context, options, callbacks));
        (isActuator ? m_actuators : m_sensors).push_back(m_channels.back());
    }

    void connectAll()
    {
        std::size_t opened = 0;
        while (m_connected < m_channels.size()) {
            while (opened < m_channels.size() && opened - m_connected < 200)
                m_channels[opened++]->connect();
            m_context.restart();
            m_context.run_for(std::chrono::milliseconds(5));
        }
    }

    void tick()
    {
        if (m_isOver)
            return;
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - m_started;
        const auto due = static_cast<std::uint64_t>(passed.count() * m_rate);
        for (; m_next < due; ++m_next)
            post(static_cast<std::size_t>(m_next) % m_active);
        m_timer.expires_after(std::chrono::milliseconds(1));
        m_timer.async_wait([this](boost::system::error_code e) {
            if (!e)
                tick();
        });
    }

    void post(std::size_t home)
    {
        const SteadyTime now = std::chrono::steady_clock::now();
        m_sentAt[home] = now;
        m_report.sent += now >= m_from ? 1 : 0;
        const std::string text = "{\"version\":2,\"sequenceNumber\":1,\"measures\":[{\"deviceId\":\"" +
                                 m_homes[home].sensor.id +
                                 "\",\"timestamp\":" + std::to_string(toMs(SystemClock().now())) +
                                 ",\"params\":[{\"name\":\"power\",\"value\":" + std::to_string(m_next) + "}]}]}";
        m_sensors[home]->upload(text, [this, now](const std::string&) { note(m_report.toAckMs, now); });
    }

    void commanded(std::size_t home, const std::string& frame)
    {
        note(m_report.toCommandMs, m_sentAt[home]);
        const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(frame)).object();
        std::string responses;
        for (const auto& command : object.value(QStringLiteral("commands")).toArray())
            responses += (responses.empty() ? "" : ",") + std::string("{\"commandId\":") +
                         std::to_string(command.toObject().value(QStringLiteral("commandId")).toInteger()) +
                         ",\"result\":1}";
        m_actuators[home]->upload("{\"version\":2,\"sequenceNumber\":1,\"responses\":[" + responses + "]}", nullptr);
    }

    void note(std::vector<double>& into, SteadyTime sent) const
    {
        if (sent >= m_from)
            into.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - sent).count());
    }

    const std::vector<SeededHome>& m_homes;
    std::size_t m_active;
    double m_rate;
    std::vector<SteadyTime> m_sentAt;
    boost::asio::io_context m_context{1};
    boost::asio::steady_timer m_timer;
    std::vector<std::shared_ptr<sim::DeviceChannel>> m_channels, m_sensors, m_actuators;
    std::size_t m_connected = 0;
    std::uint64_t m_next = 0;
    bool m_isOver = false;
    SteadyTime m_started, m_from;
    D1Report m_report;
};

double share(std::vector<double> values, double at)
{
    if (values.empty())
        return -1;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(at * static_cast<double>(values.size() - 1))];
}

void deployScript(BenchServer& server, int homes)
{
    const auto deployment = std::stoll(server.sql("SELECT id FROM deployment WHERE name = 'Bench'"));
    const QJsonObject script =
        server.call(QStringLiteral("script.create"), {{QStringLiteral("deployment"), deployment},
                                                      {QStringLiteral("name"), QStringLiteral("lamp")},
                                                      {QStringLiteral("source"), QString::fromLatin1(Script)}});
    server.call(QStringLiteral("script.deploy"), {{QStringLiteral("id"), script.value(QStringLiteral("id"))},
                                                  {QStringLiteral("locations"), QJsonValue::Null},
                                                  {QStringLiteral("mode"), QStringLiteral("live")}});
    QThread::sleep(homes > 1'000 ? 10 : 3); // Composer takes the homes up
}

QJsonObject runPeer(const BenchOptions& options, double rate, std::chrono::seconds duration)
{
    QProcess peer;
    peer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    peer.start(QStringLiteral("/usr/bin/python3"),
               {QStringLiteral(COHORT_SOURCE_DIR "/tests/load/peer_d1.py"), QString::number(rate),
                QString::number(duration.count()), QString::number(options.serverCore),
                QString::number(options.loadCore)});
    peer.waitForFinished(120'000);
    return QJsonDocument::fromJson(peer.readAllStandardOutput().trimmed().split('\n').last()).object();
}

} // namespace

int main(int argc, char** argv)
{
    const BenchOptions options = benchOptions(argc, argv);
    const int connections = options.isShort ? 100 : 18'000;
    const int active = options.isShort ? 20 : 1'000;
    const double rate = options.isShort ? 20 : 1'000;
    const std::chrono::seconds duration(options.isShort ? 4 : 20);
    BenchServer server(options);
    server.start();
    const auto homes = server.seed(connections - active, true);
    deployScript(server, connections - active);
    std::vector<double> p50, p99, after50, after99, peer50, peer99;
    std::uint64_t sent = 0, commands = 0;
    for (int round = 0; round < (options.isShort ? 1 : 3); ++round) {
        const D1Report report = Chain(server, homes, static_cast<std::size_t>(active), rate)
                                    .run(std::chrono::seconds(options.isShort ? 1 : 5), duration);
        sent += report.sent;
        commands += report.toCommandMs.size();
        p50.push_back(share(report.toCommandMs, 0.5));
        p99.push_back(share(report.toCommandMs, 0.99));
        after50.push_back(p50.back() - share(report.toAckMs, 0.5));
        after99.push_back(p99.back() - share(report.toAckMs, 0.5));
        std::fprintf(stderr, "round %d: post to command p50 %.2f ms, p99 %.2f ms; to ACK p50 %.2f ms\n", round + 1,
                     p50.back(), p99.back(), share(report.toAckMs, 0.5));
        std::fprintf(
            stderr, "runs: %s; effects refused: %s\n",
            server
                .sql("SELECT string_agg(status || ' ' || n || ' ' || e, ', ') FROM (SELECT status, count(*) n, "
                     "max(error) e FROM script_run GROUP BY status) r")
                .c_str(),
            server
                .sql("SELECT string_agg(refused || ' ' || n, ', ') FROM (SELECT refused, count(*) n FROM effect "
                     "GROUP BY refused) c")
                .c_str());
        if (!options.isShort) {
            const QJsonObject peer = runPeer(options, rate, duration);
            peer50.push_back(peer.value(QStringLiteral("p50Ms")).toDouble());
            peer99.push_back(peer.value(QStringLiteral("p99Ms")).toDouble());
        }
    }
    const QJsonObject result{{QStringLiteral("id"), QStringLiteral("D1")},
                             {QStringLiteral("connections"), connections},
                             {QStringLiteral("eventsPerSecond"), rate},
                             {QStringLiteral("events"), static_cast<qint64>(sent)},
                             {QStringLiteral("commands"), static_cast<qint64>(commands)},
                             {QStringLiteral("p50Ms"), median(p50)},
                             {QStringLiteral("p99Ms"), median(p99)},
                             {QStringLiteral("p50AfterCommitMs"), median(after50)},
                             {QStringLiteral("p99AfterCommitMs"), median(after99)},
                             {QStringLiteral("goalP50AfterCommitMs"), 10},
                             {QStringLiteral("goalP99AfterCommitMs"), 50},
                             {QStringLiteral("mosquittoP50Ms"), median(peer50)},
                             {QStringLiteral("mosquittoP99Ms"), median(peer99)},
                             {QStringLiteral("ratioP50"), median(peer50) > 0 ? median(p50) / median(peer50) : 0},
                             {QStringLiteral("cores"), cores()}};
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return commands > 0 ? 0 : 1;
}
