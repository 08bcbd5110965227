// One home with its rooms, people and devices, kept up to date; the devices also as rows.
// Thread: GUI. Owner: HomePage. Flow: location.get, topics "presence" and "measurements" → changed, sampled.
#pragma once

#include "console/models/workspace.h"
#include "shared/protocol/notification.h"

#include <QTimer>

namespace cohort::console {

class HomeModel : public QObject
{
    Q_OBJECT
public:
    HomeModel(Workspace& workspace, QObject* parent);

    void show(LocationId home);
    LocationId id() const { return m_id; }
    const model::Home& home() const { return m_home; }
    bool isLoaded() const { return m_home.location.id == m_id && m_id; }
    // One of its people, as the server has them now.
    void put(const model::Participant& person);
    // Whether samples of this stream hold until the next one; by the device's type, else by the unit and values.
    bool isOnChange(const model::Device& device, const model::Stream& stream) const;

Q_SIGNALS:
    void loadingChanged(bool loading);
    // Everything may have changed.
    void changed();
    // Only connection or latest values of devices.
    void devicesChanged();
    void sampled(const QList<cohort::model::LiveSample>& samples);
    void failed(const cohort::Error& error);

private:
    void reload();
    void setLoading(bool loading);
    void subscribe();
    void putPresence(const QList<protocol::PresenceChanged>& items);
    void putSamples(const QList<protocol::SampleArrived>& items);
    bool putLatest(const model::LiveSample& sample);

    Workspace& m_workspace;
    LocationId m_id;
    model::Home m_home;
    std::unique_ptr<Subscription> m_presence, m_samples;
    bool m_loading = false;
    QTimer m_settle;  // joins many small changes into one signal
    QTimer m_refresh; // a new stream or device appeared: load again, not at every sample
};

} // namespace cohort::console
