#include "server/sim/load.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <fstream>

namespace cohort::sim {

namespace {

class Load
{
public:
    Load(const LoadOptions& options, const Clock& clock)
        : m_options(options), m_clock(clock),
          m_posting(options.posting == 0 ? options.devices.size() : options.posting), m_timer(m_context),
          m_nextTimeMs(options.devices.size(), toMs(clock.now()) - 240'000)
    {
    }

    Result<LoadReport> run()
    {
        COHORT_CHECK(connectAll());
        m_from = m_clock.steady() + m_options.warmUp;
        m_until = m_from + m_options.duration;
        m_started = m_clock.steady();
        if (m_options.postsPerSecond > 0)
            postByRate();
        else
            postAll();
        while (m_clock.steady() < m_until)
            m_context.run_until(m_until);
        m_isOver = true;
        for (const auto& channel : m_channels)
            m_report.unanswered += channel->waiting();
        for (const auto& channel : m_channels)
            channel->close();
        m_context.restart();
        m_context.run_for(std::chrono::milliseconds(200));
        finish();
        return m_report;
    }

private:
    Result<void> connectAll()
    {
        m_channels.reserve(m_options.devices.size());
        const SteadyTime all = m_clock.steady() + m_options.connectWithin;
        const SteadyTime first = m_clock.steady() + std::min(m_options.firstWithin, m_options.connectWithin);
        while (m_report.connected < m_options.devices.size()) {
            while (m_channels.size() < m_options.devices.size() &&
                   m_channels.size() - m_report.connected < m_options.connectAtOnce)
                open(m_channels.size());
            m_context.restart();
            m_context.run_for(std::chrono::milliseconds(5));
            const bool isLate = m_clock.steady() > (m_report.connected == 0 ? first : all);
            if (isLate)
                return fail(ErrorCode::Unavailable, QStringLiteral("only %1 of %2 connected in time: %3")
                                                        .arg(m_report.connected)
                                                        .arg(m_options.devices.size())
                                                        .arg(QString::fromStdString(m_lastFailure)));
        }
        m_context.restart();
        return {};
    }

    void open(std::size_t at)
    {
        ChannelOptions options = m_options.server;
        options.deviceId = m_options.devices[at].id;
        options.token = m_options.devices[at].token;
        options.localAddress = "127.0.0." + std::to_string(2 + at % 8);
        m_channels.push_back(DeviceChannel::make(m_context, options,
                                                 {[this] { ++m_report.connected; }, nullptr,
                                                  [this](const std::string& why) {
                                                      m_lastFailure = why;
                                                      if (!m_isOver)
                                                          ++m_report.failures;
                                                  }}));
        m_channels.back()->connect();
    }

    void postAll()
    {
        for (std::size_t at = 0; at < m_posting; ++at) {
            for (int i = 0; i < m_options.inFlight; ++i)
                post(at);
        }
    }

    // Posts what is due since the last turn, round and round over the posting devices.
    void postByRate()
    {
        const std::chrono::duration<double> passed = m_clock.steady() - m_started;
        const auto due = static_cast<std::uint64_t>(passed.count() * m_options.postsPerSecond);
        for (; m_sent < due; ++m_sent)
            post(static_cast<std::size_t>(m_sent * 7919) % m_posting);
        m_timer.expires_after(std::chrono::milliseconds(1));
        m_timer.async_wait([this](boost::system::error_code e) {
            if (!e && !m_isOver)
                postByRate();
        });
    }

    std::string message(std::size_t at)
    {
        std::string text = "{\"version\":2,\"sequenceNumber\":1,\"measures\":[";
        for (int i = 0; i < m_options.measuresPerPost; ++i) {
            const std::int64_t time = ++m_nextTimeMs[at];
            text += (i == 0 ? "{\"deviceId\":\"" : ",{\"deviceId\":\"") + m_options.devices[at].id +
                    "\",\"timestamp\":" + std::to_string(time) +
                    ",\"params\":[{\"name\":\"power\",\"value\":" + std::to_string(time % 2000) + ",\"unit\":\"W\"}]}";
        }
        return text + "]}";
    }

    void post(std::size_t at)
    {
        const SteadyTime sent = m_clock.steady();
        m_channels[at]->upload(message(at), [this, at, sent](const std::string& reply) {
            replied(sent, reply);
            if (m_options.postsPerSecond <= 0 && !m_isOver)
                post(at);
        });
    }

    void replied(SteadyTime sent, const std::string& reply)
    {
        const SteadyTime now = m_clock.steady();
        if (m_isOver || now < m_from || now > m_until)
            return;
        const bool isAcknowledged = reply.find("\"status\":\"ACK\"") != std::string::npos ||
                                    reply.find("\"status\":\"CONT\"") != std::string::npos;
        if (!isAcknowledged) {
            ++m_report.refused;
            return;
        }
        ++m_report.posts;
        m_latencies.push_back(static_cast<float>(std::chrono::duration<double, std::milli>(now - sent).count()));
    }

    void finish()
    {
        m_report.seconds = static_cast<double>(m_options.duration.count());
        if (m_latencies.empty())
            return;
        std::sort(m_latencies.begin(), m_latencies.end());
        const auto at = [this](double share) {
            return static_cast<double>(
                m_latencies[static_cast<std::size_t>(share * static_cast<double>(m_latencies.size() - 1))]);
        };
        m_report.p50Ms = at(0.5);
        m_report.p99Ms = at(0.99);
        m_report.longestMs = at(1);
    }

    const LoadOptions& m_options;
    const Clock& m_clock;
    const std::size_t m_posting;
    boost::asio::io_context m_context{1};
    boost::asio::steady_timer m_timer;
    std::vector<std::shared_ptr<DeviceChannel>> m_channels;
    std::vector<std::int64_t> m_nextTimeMs; // per device, always rising
    SteadyTime m_started, m_from, m_until;
    std::uint64_t m_sent = 0;
    bool m_isOver = false;
    std::vector<float> m_latencies;
    LoadReport m_report;
    std::string m_lastFailure = "no answer"; // of a connection, in words
};

} // namespace

Result<LoadReport> runLoad(const LoadOptions& options, const Clock& clock)
{
    if (options.devices.empty())
        return fail(ErrorCode::MissingValue, QStringLiteral("no devices to connect"));
    return Load(options, clock).run();
}

std::string toJson(const LoadReport& report)
{
    const auto count = [](std::uint64_t n) { return static_cast<qint64>(n); };
    const QJsonObject object{{QStringLiteral("connected"), count(report.connected)},
                             {QStringLiteral("posts"), count(report.posts)},
                             {QStringLiteral("postsPerSecond"), static_cast<double>(report.posts) / report.seconds},
                             {QStringLiteral("refused"), count(report.refused)},
                             {QStringLiteral("failures"), count(report.failures)},
                             {QStringLiteral("unanswered"), count(report.unanswered)},
                             {QStringLiteral("seconds"), report.seconds},
                             {QStringLiteral("p50Ms"), report.p50Ms},
                             {QStringLiteral("p99Ms"), report.p99Ms},
                             {QStringLiteral("longestMs"), report.longestMs}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

Result<std::vector<LoadDevice>> readLoadDevices(const std::string& path)
{
    std::ifstream file(path);
    if (!file)
        return fail(ErrorCode::WrongValue, QStringLiteral("%1 cannot be read").arg(QString::fromStdString(path)));
    std::vector<LoadDevice> devices;
    for (std::string line; std::getline(file, line);) {
        const std::size_t comma = line.find(',');
        if (comma == std::string::npos)
            return fail(ErrorCode::WrongValue, QStringLiteral("line %1: id,token expected").arg(devices.size() + 1));
        devices.push_back({line.substr(0, comma), line.substr(comma + 1)});
    }
    return devices;
}

} // namespace cohort::sim
