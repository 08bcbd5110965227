// Where the database is: the site's own (--database) or the private cluster in the data folder; migrated.
// Thread: main. Owner: Node, or the operator command. Flow: Options → open() → ConnectionSettings for everybody.
#pragma once

#include "server/app/options.h"
#include "server/store/postgres/private_cluster.h"

#include <memory>

namespace cohort::app {

class Database
{
public:
    explicit Database(const Options& options);
    ~Database();

    // Starts the private cluster where there is no --database, and migrates. Errors: those of PrivateCluster::start
    // and store::migrate.
    Result<void> open();
    // For a command beside a server that may be running: uses its cluster, or starts it for the command's time. It makes
    // none. Errors: those of isThere() and open().
    Result<void> openBeside();
    // Whether there is a database to open; of --database nothing is known yet. Errors: NotFound, which says what to do.
    Result<void> isThere() const;
    void close();

    const store::ConnectionSettings& settings() const { return m_settings; }
    // PostgreSQL's first process; 0 when it is not ours.
    std::int64_t postmaster() const;

private:
    Result<void> startCluster();

    const Options& m_options;
    std::unique_ptr<store::PrivateCluster> m_cluster;
    store::ConnectionSettings m_settings;
};

} // namespace cohort::app
