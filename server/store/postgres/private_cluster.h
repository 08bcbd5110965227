// The server's own PostgreSQL cluster in its data folder: made at the first start, kept running, ended in order.
// Thread: one with a Qt event loop (main). Owner: app. Flow: --data → start() → ConnectionSettings for everybody.
// Source: architecture.md, "Processes".
#pragma once

#include "server/store/postgres/connection.h"

#include <QObject>

#include <memory>

namespace cohort::store {

// How durable and how large; tests choose fast and small.
struct ClusterTuning
{
    bool durable = true; // fsync and full page writes
    int sharedBuffersMb = 256;
    int maxConnections = 100;
    bool endsWithServer = false; // a killed server takes it along, instead of leaving it for the next to adopt
};

class PrivateCluster : public QObject
{
    Q_OBJECT

public:
    explicit PrivateCluster(const QString& dataFolder, ClusterTuning tuning = {}, QObject* parent = nullptr);
    ~PrivateCluster() override; // stop()

    // Makes and locks the folder, makes the cluster in DIR/postgresql, adopts a PostgreSQL that a killed server left
    // there or starts one, waits until it answers and makes the database `cohort`. Blocks: seconds at the first
    // start, minutes when much has to be recovered. Errors: Conflict when another server has the folder,
    // AccessDenied, Unavailable; the sentence says what to do.
    Result<ConnectionSettings> start();
    // From now on it is started again whenever it ends, after 0.1 s first and up to 10 s when it keeps ending.
    void watch();
    // Fast shutdown, bounded: 30 s, then harder. Lets go of the folder. Harmless when called twice.
    void stop();
    // 0: it does not run now.
    std::int64_t postmasterPid() const;

Q_SIGNALS:
    void ended();     // it ended without being asked to
    void restarted(); // it was started again; it may still be recovering

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::store
