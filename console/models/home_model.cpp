#include "console/models/home_model.h"

#include "shared/base/when_done.h"

#include <chrono>

namespace cohort::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

HomeModel::HomeModel(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(500ms);
    connect(&m_settle, &QTimer::timeout, this, &HomeModel::devicesChanged);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(2s);
    connect(&m_refresh, &QTimer::timeout, this, &HomeModel::reload);
}

void HomeModel::show(LocationId home)
{
    m_id = home;
    m_home = {};
    m_presence.reset();
    m_samples.reset();
    m_refresh.stop();
    if (home)
        reload();
    else
        Q_EMIT changed();
    if (!home)
        setLoading(false);
}

void HomeModel::setLoading(bool loading)
{
    if (std::exchange(m_loading, loading) != loading)
        Q_EMIT loadingChanged(loading);
}

bool HomeModel::isOnChange(const Device& device, const Stream& stream) const
{
    for (const DeviceType& type : m_workspace.deviceTypes()) {
        if (type.number != device.type)
            continue;
        for (const TypeParameter& parameter : type.parameters) {
            if (parameter.name == stream.name)
                return parameter.onChange;
        }
    }
    const double number = stream.value.toDouble();
    return stream.value.typeId() == QMetaType::QString || (stream.unit.isEmpty() && (number == 0 || number == 1));
}

void HomeModel::reload()
{
    setLoading(true);
    whenDone(this, community::home(m_workspace.client(), m_id), [this, asked = m_id](const Result<Home>& answer) {
        if (asked != m_id)
            return;
        setLoading(false);
        if (!answer) {
            Q_EMIT failed(answer.error());
            return;
        }
        m_home = *answer;
        if (!m_samples)
            subscribe();
        Q_EMIT changed();
    });
}

void HomeModel::subscribe()
{
    RpcClient& client = m_workspace.client();
    m_presence = client.subscribe(u"presence"_s, {{u"deployment"_s, json::ofId(m_home.deployment)}});
    connect(m_presence.get(), &Subscription::received, this, &HomeModel::takePresence);
    m_samples = client.subscribe(u"measurements"_s, {{u"location"_s, json::ofId(m_id)}});
    connect(m_samples.get(), &Subscription::received, this, &HomeModel::takeSamples);
    connect(m_samples.get(), &Subscription::reloadNeeded, this, [this] { m_refresh.start(); });
}

void HomeModel::takePresence(const QJsonArray& items)
{
    for (const QJsonValue& item : items) {
        const QJsonObject object = item.toObject();
        const auto id = json::id<DeviceId>(object, "device"_L1);
        for (Device& device : m_home.devices) {
            if (device.id == id) {
                device.connected = json::flag(object, "connected"_L1);
                device.since = json::time(object, "since"_L1);
                m_settle.start();
            }
        }
    }
}

void HomeModel::takeSamples(const QJsonArray& items)
{
    QList<LiveSample> samples = json::listOf<LiveSample>(items);
    for (const LiveSample& sample : samples) {
        bool known = sample.isFact;
        for (Device& device : m_home.devices) {
            for (Stream& stream : device.streams) {
                if (stream.id != sample.stream)
                    continue;
                known = true;
                stream.value = sample.value;
                stream.time = QDateTime::fromMSecsSinceEpoch(sample.point.time, Qt::UTC);
                device.lastMeasurement = stream.time;
                device.reporting = u"reporting"_s;
            }
        }
        if (!known && !m_refresh.isActive())
            m_refresh.start();
    }
    if (!m_settle.isActive())
        m_settle.start();
    Q_EMIT sampled(samples);
}

} // namespace cohort::console
