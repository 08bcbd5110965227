#include "server/sim/simulated_home.h"

#include "shared/base/log.h"

#include <QJsonDocument>

namespace cohort::sim {

namespace {

constexpr double StoveWatts = 1'450;
constexpr Milliseconds MeterEvery{60'000};
constexpr std::chrono::minutes OfflineFor{10};
constexpr std::size_t MostWaiting = 10'000; // posts; beyond it a home that cannot reach its server forgets new ones

} // namespace

SimulatedClock::SimulatedClock(Timestamp start, double speed)
    : m_start(start), m_speed(speed), m_real(std::chrono::steady_clock::now())
{
}

Timestamp SimulatedClock::now() const
{
    const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - m_real;
    const Timestamp here = m_start + Milliseconds(static_cast<std::int64_t>(passed.count() * m_speed));
    return std::min(here, SystemClock().now());
}

std::chrono::milliseconds SimulatedClock::until(Timestamp time) const
{
    const Timestamp here = now();
    if (time <= here)
        return std::chrono::milliseconds(0);
    const double speed = here < SystemClock().now() - Milliseconds(100) ? m_speed : 1;
    return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>((time - here).count()) / speed) + 1);
}

SimulatedHome::SimulatedHome(boost::asio::io_context& context, const SimulatedClock& clock, Gateway gateway,
                             QString prefix, std::uint64_t seed, Scenario scenario, const QTimeZone& zone)
    : m_context(context), m_clock(clock), m_gateway(std::move(gateway)), m_prefix(std::move(prefix)),
      m_resident(seed, zone), m_scenario(scenario), m_next(context), m_meter(context), m_offline(context)
{
}

std::vector<WantedDevice> SimulatedHome::devices(const QString& prefix)
{
    const auto device = [&prefix](const char* name, int type, const char* use, const char* room, const char* text) {
        return WantedDevice{prefix + QString::fromLatin1(name), type, QString::fromLatin1(use),
                            QString::fromLatin1(room), QString::fromLatin1(text)};
    };
    return {device("bed", 20012, "bed", "bedroom", "Bed"),
            device("bathroom", 20010, "", "bathroom", "Bathroom motion"),
            device("toilet", 20013, "toilet", "bathroom", "Toilet"),
            device("kitchen", 20010, "", "kitchen", "Kitchen motion"),
            device("fridge", 20011, "fridge", "kitchen", "Fridge"),
            device("stove", 20016, "stove", "kitchen", "Stove"),
            device("living", 20010, "", "living", "Living room motion"),
            device("door", 20011, "front door", "entrance", "Front door")};
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
    m_livedUntil = m_clock.now();
    reportStove(m_livedUntil);
    if (m_scenario == Scenario::Day)
        live();
    else
        stageSoon();
    meter();
}

void SimulatedHome::stop()
{
    m_next.cancel();
    m_meter.cancel();
    m_offline.cancel();
    if (m_channel)
        m_channel->close();
}

// Plays what is due, asks the resident for more, sleeps until the next reading.
void SimulatedHome::live()
{
    for (;;) {
        if (m_readings.empty()) {
            const auto more = m_resident.next(m_livedUntil);
            m_readings.assign(more.begin(), more.end());
        }
        if (const auto pause = m_clock.until(m_readings.front().time); pause.count() > 0) {
            m_next.expires_after(pause);
            m_next.async_wait([this](boost::system::error_code e) {
                if (!e)
                    live();
            });
            return;
        }
        play(m_readings.front());
        m_readings.pop_front();
    }
}

void SimulatedHome::play(const Reading& reading)
{
    if (reading.device == "stove")
        setStove(reading.time, reading.value > 0, m_stove.outlet || reading.value > 0);
    else
        post(reading.device, reading.parameter, reading.value, reading.time);
}

// The story's readings are of the last seconds; they must not be older than the first ones.
void SimulatedHome::stageSoon()
{
    m_offline.expires_after(std::chrono::seconds(4));
    m_offline.async_wait([this](boost::system::error_code e) {
        if (!e)
            stage();
    });
}

// Somebody turns the stove on and goes to the living room.
void SimulatedHome::stage()
{
    const Timestamp now = m_clock.now();
    post("kitchen", "motion", 1, now - Milliseconds(3'000));
    setStove(now - Milliseconds(2'000), true, true);
    post("kitchen", "motion", 0, now - Milliseconds(1'000));
    post("living", "motion", 1, now);
    if (m_scenario != Scenario::StoveOffline)
        return;
    m_offline.expires_after(std::chrono::seconds(3));
    m_offline.async_wait([this](boost::system::error_code e) {
        if (e)
            return;
        m_channel->close();
        m_offline.expires_after(OfflineFor);
        m_offline.async_wait([this](boost::system::error_code again) {
            if (!again)
                m_channel->connect();
        });
    });
}

void SimulatedHome::setStove(Timestamp time, bool knob, bool outlet)
{
    m_stove = {knob, outlet};
    reportStove(time);
}

void SimulatedHome::reportStove(Timestamp time)
{
    post("stove", "outletStatus", m_stove.outlet ? 1 : 0, time);
    post("stove", "power", m_stove.isDrawing() ? StoveWatts : 0, time);
}

// The outlet's meter reports every minute, whether or not anything changed.
void SimulatedHome::meter()
{
    m_meter.expires_after(m_clock.until(m_clock.now() + MeterEvery));
    m_meter.async_wait([this](boost::system::error_code e) {
        if (e)
            return;
        post("stove", "power", m_stove.isDrawing() ? StoveWatts : 0, m_clock.now());
        meter();
    });
}

void SimulatedHome::post(const std::string& device, const std::string& parameter, double value, Timestamp time)
{
    if (m_channel->waiting() >= MostWaiting)
        return;
    QJsonObject one{{QStringLiteral("name"), QString::fromStdString(parameter)}, {QStringLiteral("value"), value}};
    if (parameter == "power")
        one.insert(QStringLiteral("unit"), QStringLiteral("W"));
    const QJsonObject measure{{QStringLiteral("deviceId"), m_prefix + QString::fromStdString(device)},
                              {QStringLiteral("timestamp"), static_cast<qint64>(toMs(time))},
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
    for (const QJsonValue& item : object.value(QStringLiteral("commands")).toArray()) {
        const QJsonObject command = item.toObject();
        const qint64 id = command.value(QStringLiteral("commandId")).toInteger();
        ++m_figures.commands;
        if (command.value(QStringLiteral("deviceId")).toString() != m_prefix + QStringLiteral("stove")) {
            respond(id, 5); // not supported
            continue;
        }
        respond(id, 0);
        for (const QJsonValue& one : command.value(QStringLiteral("parameters")).toArray()) {
            if (one.toObject().value(QStringLiteral("name")).toString() == QStringLiteral("outletStatus"))
                setStove(m_clock.now(), m_stove.knob,
                         one.toObject().value(QStringLiteral("value")).toVariant().toInt() != 0);
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
