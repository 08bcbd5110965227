// One wish to hear of a topic; lives as long as its owner wants it, over any number of connections.
// Thread: GUI. Owner: a model, by unique_ptr; going ends the subscription. Flow: server's notify → received → model.
#pragma once

#include "shared/base/error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>

namespace cohort::console {

class RpcClient;

class Subscription : public QObject
{
    Q_OBJECT
public:
    ~Subscription() override;

    const QString& topic() const { return m_topic; }
    const QJsonObject& filter() const { return m_filter; }

Q_SIGNALS:
    void received(const QJsonArray& items);
    // Load everything afresh: the subscription stands (again), or news were lost.
    void reloadNeeded();
    void failed(const cohort::Error& error);

private:
    friend class RpcClient;
    Subscription(RpcClient* client, QString topic, QJsonObject filter);

    RpcClient* m_client;
    QString m_topic;
    QJsonObject m_filter;
    qint64 m_number = 0;   // the server's; 0: does not stand
    qint64 m_sequence = 0; // of the last notification
};

} // namespace cohort::console
