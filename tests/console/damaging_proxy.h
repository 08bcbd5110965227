// A WebSocket proxy between a console and a server that damages one member of one operation's answers.
// Thread: the test's. Owner: a test. Flow: console → here → server → here (damaged) → console.
#pragma once

#include "tests/kit/damage.h"

#include <QHash>
#include <QUrl>
#include <QWebSocketServer>

#include <map>

class QWebSocket;

namespace cohort::console {

struct Target
{
    QString operation;
    QString path;
    testkit::Damage damage = testkit::Damage::TakenAway;
};

class DamagingProxy : public QObject
{
    Q_OBJECT
public:
    // `server`: ws://host:port/console.
    explicit DamagingProxy(QUrl server);
    bool listen() { return m_server.listen(QHostAddress::LocalHost); }
    QString address() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()); }

    // From now on; nothing: answers go through as they are.
    void damage(std::optional<Target> target);
    int damagedCount() const { return m_damaged; }
    // Calls that have no answer yet.
    int waiting() const { return static_cast<int>(m_methods.size()); }
    // The newest good answer of each operation since the last forget().
    const std::map<QString, QJsonObject>& answers() const { return m_answers; }
    void forget() { m_answers.clear(); }

private:
    void accept();
    QString answered(const QString& text);

    const QUrl m_url;
    QWebSocketServer m_server;
    QHash<int, QString> m_methods; // by the call's id
    std::map<QString, QJsonObject> m_answers;
    std::optional<Target> m_target;
    int m_damaged = 0;
};

} // namespace cohort::console
