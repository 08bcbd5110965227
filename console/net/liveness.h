// Whether the server is heard: what is shown is live only while it is.
// Thread: GUI. Owner: RpcClient. Flow: Wire's messages and answers to beats → hear() → changed().
#pragma once

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace cohort::console {

class Liveness : public QObject
{
    Q_OBJECT
public:
    Liveness();
    // After so long without a sign of life nothing is live.
    void setSilence(std::chrono::milliseconds silence) { m_quiet.setInterval(silence); }

    // Somebody is signed in over an open connection, and the server was heard just now.
    bool isLive() const { return m_live; }
    // When the server was heard last, here or over a connection before, in UTC; invalid: never.
    QDateTime lastHeard() const { return m_heard; }
    void hear();
    void setOnline(bool online);

Q_SIGNALS:
    void changed(bool live);

private:
    void judge();

    QTimer m_quiet; // runs while the server is heard
    QDateTime m_heard;
    bool m_online = false;
    bool m_live = false;
};

} // namespace cohort::console
