#include "server/sim/simulated_home.h"

#include "shared/base/log.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cohort::sim {

namespace {

constexpr std::uint64_t Seed = 0; // homes differ by their number
constexpr Milliseconds MeterEvery{60'000};
constexpr std::chrono::minutes OfflineFor{10};
constexpr std::size_t MostWaiting = 10'000; // posts; beyond it a home that cannot reach its server forgets new ones

QString textOf(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

} // namespace

SimulatedClock::SimulatedClock(const Clock& real, Timestamp start, double speed)
    : m_real(real), m_start(start), m_speed(speed), m_since(real.steady())
{
}

Timestamp SimulatedClock::now() const
{
    const std::chrono::duration<double, std::milli> passed = m_real.steady() - m_since;
    const Timestamp here = m_start + Milliseconds(static_cast<std::int64_t>(passed.count() * m_speed));
    return std::min(here, m_real.now());
}

std::chrono::milliseconds SimulatedClock::until(Timestamp time) const
{
    const Timestamp here = now();
    if (time <= here)
        return std::chrono::milliseconds(0);
    const double speed = here < m_real.now() - Milliseconds(100) ? m_speed : 1;
    return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>((time - here).count()) / speed) + 1);
}

SimulatedHome::SimulatedHome(boost::asio::io_context& context, const SimulatedClock& clock, Gateway gateway,
                             QString prefix, std::uint32_t number, Scenario scenario, const QTimeZone& zone)
    : m_context(context), m_clock(clock), m_gateway(std::move(gateway)), m_prefix(std::move(prefix)),
      m_scenario(scenario), m_timers(context), m_life{Resident(Seed, number, zone), {}, {}},
      m_climate(Seed, number, zone)
{
}

void SimulatedHome::start(const std::string& caFile)
{
    const auto parsed = channelOptionsFromUrl(m_gateway.deviceServer.toStdString());
    if (!parsed)
        return log(LogLevel::Error, "home-without-server", {{"home", m_prefix}, {"reason", parsed.error().detail}});
    ChannelOptions options = *parsed;
    options.deviceId = m_gateway.key.toStdString();
    options.token = m_gateway.token.toStdString();
    options.caFile = caFile;
    m_channel =
        DeviceChannel::make(m_context, options, {nullptr, [this](const std::string& frame) { obey(frame); }, nullptr});
    m_channel->connect();
    m_life.until = m_clock.now();
    reportStove(m_life.until);
    if (m_scenario == Scenario::Day)
        live();
    else
        stageSoon();
    meter();
    measureClimate();
}

void SimulatedHome::stop()
{
    m_timers.next.cancel();
    m_timers.meter.cancel();
    m_timers.climate.cancel();
    m_timers.offline.cancel();
    if (m_channel)
        m_channel->close();
}

// Plays what is due, asks the resident for more, sleeps until the next reading.
void SimulatedHome::live()
{
    std::deque<Reading>& readings = m_life.readings;
    for (;;) {
        if (readings.empty()) {
            const auto more = m_life.resident.next(m_life.until).readings;
            readings.assign(more.begin(), more.end());
        }
        if (const auto pause = m_clock.until(readings.front().time); pause.count() > 0) {
            m_timers.next.expires_after(pause);
            m_timers.next.async_wait([this](boost::system::error_code e) {
                if (!e)
                    live();
            });
            return;
        }
        play(readings.front());
        readings.pop_front();
    }
}

void SimulatedHome::play(const Reading& reading)
{
    if (reading.device != "stove")
        return post(reading);
    m_stove.turn(reading.value > 0);
    reportStove(reading.time);
}

// The story's readings are of the last seconds; they must not be older than the first ones.
void SimulatedHome::stageSoon()
{
    m_timers.offline.expires_after(std::chrono::seconds(4));
    m_timers.offline.async_wait([this](boost::system::error_code e) {
        if (!e)
            stage();
    });
}

// Somebody turns the stove on and goes to the living room.
void SimulatedHome::stage()
{
    const Timestamp now = m_clock.now();
    post({now - Milliseconds(3'000), "kitchen", "motion", 1});
    m_stove.turn(true);
    reportStove(now - Milliseconds(2'000));
    post({now - Milliseconds(1'000), "kitchen", "motion", 0});
    post({now, "living", "motion", 1});
    if (m_scenario != Scenario::StoveOffline)
        return;
    m_timers.offline.expires_after(std::chrono::seconds(3));
    m_timers.offline.async_wait([this](boost::system::error_code e) {
        if (e)
            return;
        m_channel->close();
        m_timers.offline.expires_after(OfflineFor);
        m_timers.offline.async_wait([this](boost::system::error_code again) {
            if (!again)
                m_channel->connect();
        });
    });
}

void SimulatedHome::reportStove(Timestamp time)
{
    post(m_stove.outletStatus(time));
    post(m_stove.power(time));
}

// The outlet's meter reports every minute, whether or not anything changed.
void SimulatedHome::meter()
{
    m_timers.meter.expires_after(m_clock.until(m_clock.now() + MeterEvery));
    m_timers.meter.async_wait([this](boost::system::error_code e) {
        if (e)
            return;
        post(m_stove.power(m_clock.now()));
        meter();
    });
}

void SimulatedHome::measureClimate()
{
    for (const Reading& reading : m_climate.at(m_clock.now()))
        post(reading);
    m_timers.climate.expires_after(m_clock.until(m_clock.now() + Climate::Every));
    m_timers.climate.async_wait([this](boost::system::error_code e) {
        if (!e)
            measureClimate();
    });
}

void SimulatedHome::post(const Reading& reading)
{
    if (m_channel->waiting() >= MostWaiting)
        return;
    QJsonObject one{{QStringLiteral("name"), textOf(reading.parameter)}, {QStringLiteral("value"), reading.value}};
    if (reading.parameter == "power")
        one.insert(QStringLiteral("unit"), QStringLiteral("W"));
    if (reading.parameter == "temperature")
        one.insert(QStringLiteral("unit"), QStringLiteral("°C"));
    const QJsonObject measure{{QStringLiteral("deviceId"), m_prefix + textOf(reading.device)},
                              {QStringLiteral("timestamp"), static_cast<qint64>(toMs(reading.time))},
                              {QStringLiteral("params"), QJsonArray{one}}};
    const QJsonObject message{{QStringLiteral("version"), 2},
                              {QStringLiteral("proxyId"), m_gateway.key},
                              {QStringLiteral("sequenceNumber"), static_cast<qint64>(++m_figures.posted)},
                              {QStringLiteral("measures"), QJsonArray{measure}}};
    m_channel->upload(QJsonDocument(message).toJson(QJsonDocument::Compact).toStdString(),
                      [this](const std::string&) { ++m_figures.acknowledged; });
}

void SimulatedHome::obey(const std::string& frame)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(frame)).object();
    for (const auto& item : object.value(QStringLiteral("commands")).toArray()) {
        const QJsonObject command = item.toObject();
        const qint64 id = command.value(QStringLiteral("commandId")).toInteger();
        ++m_figures.commands;
        if (command.value(QStringLiteral("deviceId")).toString() != m_prefix + QStringLiteral("stove")) {
            respond(id, 5); // not supported
            continue;
        }
        respond(id, 0);
        for (const auto& one : command.value(QStringLiteral("parameters")).toArray()) {
            if (one.toObject().value(QStringLiteral("name")).toString() != QStringLiteral("outletStatus"))
                continue;
            m_stove.switchOutlet(one.toObject().value(QStringLiteral("value")).toVariant().toInt() != 0);
            reportStove(m_clock.now());
        }
        respond(id, 1);
    }
}

void SimulatedHome::respond(qint64 command, int result)
{
    const QJsonObject response{{QStringLiteral("commandId"), command}, {QStringLiteral("result"), result}};
    const QJsonObject message{{QStringLiteral("version"), 2},
                              {QStringLiteral("proxyId"), m_gateway.key},
                              {QStringLiteral("sequenceNumber"), static_cast<qint64>(++m_figures.posted)},
                              {QStringLiteral("responses"), QJsonArray{response}}};
    m_channel->upload(QJsonDocument(message).toJson(QJsonDocument::Compact).toStdString(),
                      [this](const std::string&) { ++m_figures.acknowledged; });
}

} // namespace cohort::sim
