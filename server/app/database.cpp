#include "server/app/database.h"

#include "server/store/postgres/cluster_files.h"
#include "server/store/postgres/migrations.h"

#include <QFile>

namespace cohort::app {

Database::Database(const Options& options) : m_options(options) {}

Database::~Database()
{
    close();
}

Result<void> Database::startCluster()
{
    m_cluster = std::make_unique<store::PrivateCluster>(m_options.dataDirectory);
    COHORT_TRY(settings, m_cluster->start());
    m_settings = settings;
    m_cluster->watch();
    return {};
}

Result<void> Database::open()
{
    if (m_options.databaseUrl.isEmpty())
        COHORT_CHECK(startCluster());
    else
        m_settings = {m_options.databaseUrl};
    COHORT_TRY(version, store::migrate(m_settings));
    Q_UNUSED(version);
    return {};
}

Result<void> Database::isThere() const
{
    if (!m_options.databaseUrl.isEmpty() ||
        QFile::exists(m_options.dataDirectory + QStringLiteral("/postgresql/PG_VERSION")))
        return {};
    return fail(ErrorCode::NotFound,
                QStringLiteral("--data: there is no database in %1 (or you may not look into it); name the folder that "
                               "the server has, or start 'cohort-server serve' with this one first: it makes one")
                    .arg(m_options.dataDirectory));
}

Result<void> Database::openBeside()
{
    COHORT_CHECK(isThere());
    const QString folder = m_options.dataDirectory + QStringLiteral("/postgresql");
    if (m_options.databaseUrl.isEmpty() && store::findPostmaster(folder)) {
        if (const auto note = store::readPostmasterNote(folder)) {
            m_settings = {QStringLiteral("host='%1' port=5432 user=cohort dbname=cohort").arg(note->socketFolder)};
            return {};
        }
    }
    return open();
}

void Database::close()
{
    if (m_cluster)
        m_cluster->stop();
    m_cluster.reset();
}

std::int64_t Database::postmaster() const
{
    return m_cluster ? m_cluster->postmasterPid() : 0;
}

} // namespace cohort::app
