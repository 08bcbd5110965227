#include "server/sim/replay.h"

#include "server/sim/device_channel.h"
#include "shared/base/arrived_rows.h"
#include "shared/base/log.h"
#include "shared/base/value_json.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <boost/asio/steady_timer.hpp>

#include <map>

namespace cohort::sim {

namespace {

struct ReplayRow
{
    Timestamp time;
    Timestamp arrival;
    QString device;
    QString parameter;
    QString value;
};

Result<std::vector<ReplayRow>> rowsOf(const ReplayOptions& options)
{
    const QStringList wanted{QStringLiteral("time"), QStringLiteral("device_id"), QStringLiteral("parameter"),
                             QStringLiteral("value")};
    COHORT_TRY(table, readCsv(options.dataFile, wanted));
    COHORT_TRY(arrived, arrivedRows(table));
    std::vector<ReplayRow> rows;
    rows.reserve(arrived.size());
    for (const ArrivedRow& one : arrived)
        rows.push_back({one.time, one.arrival, options.idPrefix + table.cell(*one.row, "device_id"),
                        table.cell(*one.row, "parameter"), table.cell(*one.row, "value")});
    return rows;
}

// The device type that measures these parameters, sorted, and nothing else.
int typeOf(const QStringList& parameters)
{
    static const std::map<QString, int> types{{QStringLiteral("motion"), 20010},
                                              {QStringLiteral("contact"), 20011},
                                              {QStringLiteral("pressure"), 20020},
                                              {QStringLiteral("flush"), 20021},
                                              {QStringLiteral("power"), 20019},
                                              {QStringLiteral("temperature"), 20022},
                                              {QStringLiteral("outletStatus,power"), 20016}};
    const auto found = types.find(parameters.join(QLatin1Char(',')));
    return found == types.end() ? 0 : found->second;
}

// A device that measures several things has several lines.
Result<std::vector<WantedDevice>> devicesOf(const ReplayOptions& options)
{
    COHORT_TRY(table, readCsv(options.devicesFile, {QStringLiteral("device_id")}));
    std::vector<WantedDevice> devices;
    std::map<QString, QStringList> parameters;
    for (const CsvRow& row : table.rows) {
        const QString key = options.idPrefix + table.cell(row, "device_id");
        if (parameters.find(key) == parameters.end())
            devices.push_back(
                {key, 0, table.cell(row, "use"), table.cell(row, "room"), table.cell(row, "description")});
        parameters[key].append(table.cell(row, "parameter"));
    }
    for (WantedDevice& device : devices) {
        parameters[device.key].sort();
        device.type = typeOf(parameters[device.key]);
    }
    return devices;
}

QJsonObject measureOf(const ReplayRow& row)
{
    const auto number = numberIn(row.value.toStdString());
    const QJsonObject parameter{{QStringLiteral("name"), row.parameter},
                                {QStringLiteral("value"), number ? valueJson(*number) : QJsonValue(row.value)}};
    return {{QStringLiteral("deviceId"), row.device},
            {QStringLiteral("timestamp"), static_cast<qint64>(toMs(row.time))},
            {QStringLiteral("params"), QJsonArray{parameter}}};
}

// One replay under way: keeps `postsInFlight` posts on the channel and counts what is acknowledged, in order.
class Poster
{
public:
    Poster(const ReplayOptions& options, const Clock& clock, std::vector<ReplayRow> rows, Gateway gateway)
        : m_options(options), m_clock(clock), m_rows(std::move(rows)), m_gateway(std::move(gateway)),
          m_pace(m_context), m_report{}
    {
        m_report.rows = static_cast<qint64>(m_rows.size());
    }

    Result<ReplayReport> run(const std::function<void(const ReplayReport&)>& progress)
    {
        skipWhatIsDone();
        COHORT_TRY(channel, channelOptionsFromUrl(m_gateway.deviceServer.toStdString()));
        channel.deviceId = m_gateway.key.toStdString();
        channel.token = m_gateway.token.toStdString();
        channel.caFile = m_options.caFile;
        m_channel =
            DeviceChannel::make(m_context, channel, {nullptr, nullptr, [this](const std::string& why) {
                                                         ++m_report.reconnects;
                                                         log(LogLevel::Warning, "replay-reconnects", {{"reason", why}});
                                                     }});
        m_started = m_clock.steady();
        m_channel->connect();
        fill();
        while (!isDone() && !m_error) {
            m_context.run_for(std::chrono::seconds(1));
            m_context.restart();
            saveProgress();
            progress(m_report);
        }
        m_channel->close();
        m_context.run_for(std::chrono::milliseconds(50));
        if (m_error)
            return fail(*m_error);
        return m_report;
    }

private:
    bool isDone() const { return m_report.skipped + m_report.acknowledged >= m_report.rows; }

    void skipWhatIsDone()
    {
        QFile file(m_options.progressFile);
        if (m_options.progressFile.isEmpty() || !file.open(QIODevice::ReadOnly))
            return;
        const qint64 done = file.readAll().trimmed().toLongLong();
        m_report.skipped = std::clamp<qint64>(done, 0, m_report.rows);
        m_next = static_cast<std::size_t>(m_report.skipped);
    }

    void saveProgress()
    {
        if (m_options.progressFile.isEmpty())
            return;
        QSaveFile file(m_options.progressFile);
        if (file.open(QIODevice::WriteOnly)) {
            file.write(QByteArray::number(m_report.skipped + m_report.acknowledged) + '\n');
            file.commit();
        }
    }

    void fill()
    {
        while (!m_error && m_next < m_rows.size() &&
               m_channel->waiting() < static_cast<std::size_t>(m_options.postsInFlight)) {
            if (const auto pause = untilDue(); pause.count() > 0) {
                m_pace.expires_after(pause);
                m_pace.async_wait([this](boost::system::error_code e) {
                    if (!e)
                        fill();
                });
                return;
            }
            post();
        }
    }

    // How long until the next row is to be posted at the speed asked for.
    std::chrono::milliseconds untilDue() const
    {
        if (m_options.speed <= 0)
            return std::chrono::milliseconds(0);
        const double ahead =
            static_cast<double>((m_rows[m_next].arrival - m_rows.front().arrival).count()) / m_options.speed;
        const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steady() - m_started);
        return std::chrono::milliseconds(static_cast<std::int64_t>(ahead)) - passed;
    }

    void post()
    {
        QJsonArray measures;
        const std::size_t first = m_next;
        do {
            measures.append(measureOf(m_rows[m_next++]));
        } while (m_next < m_rows.size() && measures.size() < m_options.measuresPerPost && untilDue().count() <= 0);
        const QJsonObject message{{QStringLiteral("version"), 2},
                                  {QStringLiteral("proxyId"), m_gateway.key},
                                  {QStringLiteral("sequenceNumber"), static_cast<qint64>(first)},
                                  {QStringLiteral("measures"), measures}};
        m_channel->upload(QJsonDocument(message).toJson(QJsonDocument::Compact).toStdString(),
                          [this, count = measures.size()](const std::string& reply) { replied(reply, count); });
    }

    void replied(const std::string& reply, qsizetype count)
    {
        const QJsonObject answer = QJsonDocument::fromJson(QByteArray::fromStdString(reply)).object();
        const QString status = answer.value(QStringLiteral("status")).toString();
        if (status != QStringLiteral("ACK") && status != QStringLiteral("CONT")) {
            m_error = Error{ErrorCode::WrongValue,
                            QStringLiteral("the server answered %1").arg(QString::fromStdString(reply)), 0};
            return;
        }
        for (const auto& one : answer.value(QStringLiteral("rejected")).toArray()) {
            ++m_report.rejected;
            log(LogLevel::Warning, "replay-rejected",
                {{"reason", QString::fromUtf8(QJsonDocument(one.toObject()).toJson(QJsonDocument::Compact))}});
        }
        m_report.acknowledged += count;
        if (isDone())
            m_context.stop();
        else
            fill();
    }

    const ReplayOptions& m_options;
    const Clock& m_clock;
    std::vector<ReplayRow> m_rows;
    Gateway m_gateway;
    boost::asio::io_context m_context;
    boost::asio::steady_timer m_pace;
    std::shared_ptr<DeviceChannel> m_channel;
    SteadyTime m_started;
    std::size_t m_next = 0;
    ReplayReport m_report;
    std::optional<Error> m_error;
};

} // namespace

Result<ReplayReport> replay(ApiClient& api, const ReplayOptions& options, const Clock& clock,
                            const std::function<void(const ReplayReport&)>& progress)
{
    COHORT_TRY(rows, rowsOf(options));
    COHORT_TRY(devices, devicesOf(options));
    Registrar registrar(api);
    COHORT_TRY(location, registrar.location(options.location));
    COHORT_TRY(gateway, registrar.gateway(location, options.idPrefix + QStringLiteral("gateway"), devices));
    return Poster(options, clock, std::move(rows), std::move(gateway)).run(progress);
}

} // namespace cohort::sim
