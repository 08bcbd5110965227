#include "console/models/home_model.h"

#include "shared/base/when_done.h"

#include <chrono>

namespace cohort::console {

using namespace std::chrono_literals;

HomeModel::HomeModel(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(500ms);
    connect(&m_settle, &QTimer::timeout, this, &HomeModel::devicesChanged);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(2s);
    connect(&m_refresh, &QTimer::timeout, this, &HomeModel::reload);
    connect(&workspace, &Workspace::studyChanged, this, [this] {
        if (m_id && !m_refresh.isActive()) // a device may have come, moved or gone
            m_refresh.start();
    });
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

void HomeModel::put(const model::Participant& person)
{
    for (model::Participant& one : m_home.participants) {
        if (one.id != person.id)
            continue;
        one = person;
        Q_EMIT changed();
        return;
    }
}

void HomeModel::setLoading(bool loading)
{
    if (std::exchange(m_loading, loading) != loading)
        Q_EMIT loadingChanged(loading);
}

bool HomeModel::isOnChange(const model::Device& device, const model::Stream& stream) const
{
    for (const model::DeviceTypeInfo& type : m_workspace.deviceTypes()) {
        if (type.number != device.type)
            continue;
        for (const model::TypeParameterInfo& parameter : type.parameters) {
            if (parameter.name == stream.name)
                return parameter.kind == model::ReportKind::OnChange;
        }
    }
    if (!stream.latest)
        return false;
    const Value& value = stream.latest->value;
    return value.isText() || (stream.unit.isEmpty() && (value.number == 0 || value.number == 1));
}

void HomeModel::reload()
{
    setLoading(true);
    whenDone(this, call(m_workspace.client(), protocol::LocationGet{m_id}),
             [this, asked = m_id](const Result<model::Home>& answer) {
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
    m_presence = console::subscribe<protocol::PresenceChanged>(client, filterBy(m_home.location.deployment), this,
                                                               &HomeModel::putPresence);
    m_samples = console::subscribe<protocol::SampleArrived>(client, filterBy(m_id), this, &HomeModel::putSamples);
    connect(m_presence.get(), &Subscription::failed, this, &HomeModel::failed);
    connect(m_samples.get(), &Subscription::failed, this, &HomeModel::failed);
    connect(m_presence.get(), &Subscription::reloadNeeded, this, [this] { m_refresh.start(); });
    connect(m_samples.get(), &Subscription::reloadNeeded, this, [this] { m_refresh.start(); });
}

void HomeModel::putPresence(const QList<protocol::PresenceChanged>& items)
{
    for (const protocol::PresenceChanged& item : items) {
        for (model::Device& device : m_home.devices) {
            if (device.id != item.device)
                continue;
            device.life.connected = item.connected;
            device.life.since = item.since;
            m_settle.start();
        }
    }
}

bool HomeModel::putLatest(const model::LiveSample& sample)
{
    bool known = false;
    for (model::FactStream& facts : m_home.facts) {
        if (facts.stream.id != sample.stream)
            continue;
        known = true;
        if (!facts.stream.latest || facts.stream.latest->time <= fromMs(sample.time))
            facts.stream.latest = model::Sample{sample.value, fromMs(sample.time)};
    }
    for (model::Device& device : m_home.devices) {
        for (model::Stream& stream : device.streams) {
            if (stream.id != sample.stream)
                continue;
            known = true;
            if (stream.latest && stream.latest->time > fromMs(sample.time))
                continue; // it came late
            stream.latest = model::Sample{sample.value, fromMs(sample.time)};
            device.life.lastMeasurement = stream.latest->time;
            device.life.reporting = model::Reporting::Reporting;
        }
    }
    return known;
}

void HomeModel::putSamples(const QList<protocol::SampleArrived>& items)
{
    QList<model::LiveSample> samples;
    for (const protocol::SampleArrived& item : items) {
        samples.append(item.sample);
        if (!putLatest(item.sample) && !m_refresh.isActive())
            m_refresh.start();
    }
    if (!m_settle.isActive())
        m_settle.start();
    Q_EMIT sampled(samples);
}

} // namespace cohort::console
