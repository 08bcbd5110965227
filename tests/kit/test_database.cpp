#include "tests/kit/test_database.h"

#include "server/store/postgres/conninfo.h"
#include "server/store/postgres/migrations.h"
#include "server/store/postgres/private_cluster.h"
#include "shared/base/log.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <libpq-fe.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

namespace cohort::testkit {

namespace {

const QString FolderPattern = QStringLiteral("/tmp/cohort-test-");
const QByteArray TemplateName = "cohort_template";

template <typename T>
T must(Result<T> result, const char* what)
{
    if (!result)
        qFatal("%s: %s", what, qPrintable(result.error().message()));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

// What a test that crashed left behind more than two hours ago.
void removeOldFolders()
{
    const QFileInfo pattern(FolderPattern);
    for (const QFileInfo& folder :
         QDir(pattern.path()).entryInfoList({pattern.fileName() + QLatin1Char('*')}, QDir::Dirs)) {
        if (folder.lastModified().secsTo(QDateTime::currentDateTime()) > 7'200)
            QDir(folder.filePath()).removeRecursively();
    }
}

QString makeFolder()
{
    QByteArray name = (FolderPattern + QStringLiteral("XXXXXX")).toLocal8Bit();
    if (!::mkdtemp(name.data()) || ::chmod(name.constData(), 0711) != 0)
        qFatal("no temporary folder for the test's database");
    return QString::fromLocal8Bit(name);
}

// The executable's cluster, from its first database to the end of the program.
struct TestCluster
{
    QString folder;
    std::unique_ptr<store::PrivateCluster> cluster;
    store::ConnectionSettings settings;
    int databases = 0;

    TestCluster()
    {
        removeOldFolders();
        folder = makeFolder();
        store::ClusterTuning tuning;
        tuning.durable = false;
        tuning.sharedBuffersMb = 32;
        tuning.maxConnections = 60;
        tuning.endsWithServer = true;
        cluster = std::make_unique<store::PrivateCluster>(folder, tuning);
        settings = must(cluster->start(), "the test's database");
        cluster->watch();
        // Ended while there still is an application: Qt's SQL drivers and notifiers need one.
        qAddPostRoutine([] { instance().end(); });
    }
    ~TestCluster() { end(); }
    void end()
    {
        if (!cluster)
            return;
        cluster.reset();
        QDir(folder).removeRecursively();
    }
    static TestCluster& instance()
    {
        static TestCluster one;
        return one;
    }
};

store::ConnectionSettings settingsFor(const QByteArray& database)
{
    store::ConnectionSettings settings = TestCluster::instance().settings;
    settings.conninfo =
        must(store::conninfoWith(settings.conninfo, QStringLiteral("dbname"), QString::fromLatin1(database)),
             "the test database's address");
    return settings;
}

void runIn(const QByteArray& database, const QByteArray& sql)
{
    must(must(store::Connection::open(settingsFor(database)), "connecting")->runScript(sql), sql.constData());
}

} // namespace

TestDatabase::TestDatabase()
{
    TestCluster& cluster = TestCluster::instance();
    if (cluster.databases == 0) {
        runIn("postgres", "CREATE DATABASE " + TemplateName);
        must(store::migrate(settingsFor(TemplateName)), "migrating the template");
    }
    make(TemplateName);
}

TestDatabase::TestDatabase(Empty)
{
    make("template0");
}

// Names are looked for in `public` first, also those in the migrations' defaults and views, so they are there before.
TestDatabase::TestDatabase(Timestamp now)
{
    make("template0");
    run("CREATE TABLE test_clock (at timestamptz NOT NULL) WITH (fillfactor = 10);"
        "INSERT INTO test_clock VALUES ('epoch');"
        "CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT at FROM public.test_clock';"
        "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS "
        "'SELECT at FROM public.test_clock';"
        "ALTER DATABASE " +
        m_name + " SET search_path = public, pg_catalog;" + clockText(now));
    must(store::migrate(m_settings), "migrating a database with a clock of its own");
}

QByteArray TestDatabase::clockText(Timestamp now)
{
    return "UPDATE public.test_clock SET at = '" + QByteArray::fromStdString(toIso(now)) + "'";
}

void TestDatabase::make(const QByteArray& templateName)
{
    TestCluster& cluster = TestCluster::instance();
    const bool isMigrated = templateName == TemplateName;
    m_name = (isMigrated ? "test_" : "empty_") + QByteArray::number(static_cast<qlonglong>(++cluster.databases));
    if (!isMigrated)
        --cluster.databases; // the template is made with the first migrated one
    runIn("postgres", "DROP DATABASE IF EXISTS " + m_name + " WITH (FORCE)");
    runIn("postgres", "CREATE DATABASE " + m_name + " TEMPLATE " + templateName);
    m_settings = settingsFor(m_name);
}

TestDatabase::~TestDatabase()
{
    if (const auto connection = store::Connection::open(settingsFor("postgres")))
        (void)(*connection)->runScript("DROP DATABASE IF EXISTS " + m_name + " WITH (FORCE)");
}

std::unique_ptr<store::Connection> TestDatabase::connect() const
{
    return must(store::Connection::open(m_settings), "connecting to the test database");
}

void TestDatabase::run(const QByteArray& sql) const
{
    runIn(m_name, sql);
}

QString TestDatabase::value(const QByteArray& sql) const
{
    const auto connection = connect();
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection->handle(), sql.constData()), &PQclear);
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK)
        qFatal("%s: %s", sql.constData(), PQerrorMessage(connection->handle()));
    if (PQntuples(result.get()) == 0)
        return {};
    return QString::fromUtf8(PQgetvalue(result.get(), 0, 0));
}

std::int64_t TestDatabase::postmasterPid()
{
    return TestCluster::instance().cluster->postmasterPid();
}

} // namespace cohort::testkit
