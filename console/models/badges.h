// What waits on which page, for the badges on their names; looked at again by itself while somebody is signed in.
// Thread: GUI. Owner: MainWindow. Flow: overview.get every ten seconds, and soon after an alert or message changed → changed() → navigation.
#pragma once

#include "console/models/workspace.h"
#include "shared/model/server.h"

#include <QMap>
#include <QTimer>

namespace cohort::console {

class Badges : public QObject
{
    Q_OBJECT
public:
    explicit Badges(Workspace& workspace, QObject* parent = nullptr);
    void start();
    void stop();
    // Asks now: something was just read, answered or opened.
    void look();
    // How many things wait there; 0 where nothing does: "overview", "alerts", "messages", "composer".
    int count(const QString& page) const { return m_counts.value(page); }

Q_SIGNALS:
    void changed();

private:
    void put(const model::Overview& overview);
    // An answer that cannot be read counts nothing, and is said once on the page that is shown.
    void forget(const Error& error);
    // Hears of what changes a count, and looks soon after.
    void listen();

    Workspace& m_workspace;
    QTimer m_again;
    QMap<QString, int> m_counts;
    QString m_fault; // the last that was said
    bool m_asking = false;
    bool m_askAgain = false;
    int m_round = 0; // an answer to a question of the operator before counts for nobody
    QTimer m_soon;   // joins what changes at once
    std::unique_ptr<Subscription> m_alerts, m_messages;
};

} // namespace cohort::console
