#include "tests/load/bench_server.h"

#include "tests/kit/free_port.h"

#include <QFile>
#include <QThread>

#include <fcntl.h>
#include <libpq-fe.h>
#include <sched.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace cohort::load {

namespace {

constexpr const char* User = "bench@cohort.example";
constexpr const char* Password = "bench-operator-password";

void pin(int core)
{
    if (core >= sysconf(_SC_NPROCESSORS_ONLN))
        return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(core), &set);
    sched_setaffinity(0, sizeof set, &set);
}

// The token of device number n; the database holds its SHA-256.
std::string tokenOf(const std::string& id)
{
    return "bench-token-of-" + id + "-0123456789abcdef0123456789abcdef";
}

std::string hashHex(const std::string& text)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    char hex[2 * sizeof hash + 1];
    return sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
}

// Every process that descends from `root`, with its CPU time, summed from /proc; a postmaster that detached is found
// by its data folder in the command line.
double cpuOfTree(qint64 root, const QString& folder)
{
    QProcess ps;
    ps.start(QStringLiteral("ps"), {QStringLiteral("-eo"), QStringLiteral("pid=,ppid=,cputimes=,args=")});
    ps.waitForFinished(5'000);
    std::vector<qint64> tree{root};
    double seconds = 0;
    const QList<QByteArray> lines = ps.readAllStandardOutput().split('\n');
    for (int pass = 0; pass < 4; ++pass) {
        for (const QByteArray& line : lines) {
            const QList<QByteArray> fields = line.simplified().split(' ');
            if (fields.size() < 4)
                continue;
            const qint64 pid = fields[0].toLongLong();
            const bool belongs =
                std::count(tree.begin(), tree.end(), fields[1].toLongLong()) > 0 || line.contains(folder.toUtf8());
            if (belongs && std::count(tree.begin(), tree.end(), pid) == 0)
                tree.push_back(pid);
        }
    }
    for (const qint64 pid : tree) {
        QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
        if (!stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = stat.readAll();
        const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        seconds +=
            (fields.value(11).toDouble() + fields.value(12).toDouble()) / static_cast<double>(sysconf(_SC_CLK_TCK));
    }
    return seconds;
}

} // namespace

void die(const QString& text)
{
    std::fprintf(stderr, "benchmark: %s\n", text.toUtf8().constData());
    std::exit(1);
}

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

int cores()
{
    return static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
}

double fsyncMs(const QString& folder)
{
    const QByteArray path = (folder + QStringLiteral("/fsync-probe")).toUtf8();
    const int file = ::open(path.constData(), O_CREAT | O_WRONLY, 0600);
    if (file < 0)
        return -1;
    const std::string block(8192, 'x');
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
        const auto from = std::chrono::steady_clock::now();
        if (::pwrite(file, block.data(), block.size(), (i % 64) * 8192) < 0 || ::fdatasync(file) < 0)
            break;
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count());
    }
    ::close(file);
    ::unlink(path.constData());
    return median(times);
}

BenchOptions benchOptions(int argc, char** argv)
{
    BenchOptions options;
    for (int i = 1; i < argc; ++i) {
        if (qstrcmp(argv[i], "--short") != 0)
            die(QStringLiteral("unknown option %1; there is --short").arg(QString::fromUtf8(argv[i])));
        options.isShort = true;
    }
    if (sodium_init() < 0)
        die(QStringLiteral("libsodium does not start"));
    pin(options.loadCore);
    return options;
}

BenchServer::BenchServer(const BenchOptions& options)
    : m_options(options), m_folder(QStringLiteral("/tmp/cohort-bench-XXXXXX"))
{
}

BenchServer::~BenchServer()
{
    stop();
}

void BenchServer::start()
{
    m_apiPort = testkit::freePort();
    m_devicePort = testkit::freePort();
    QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7755));
    m_process.setChildProcessModifier([core = m_options.serverCore] { pin(core); });
    m_process.setStandardErrorFile(m_folder.filePath(QStringLiteral("server.log")));
    const QString program = QStringLiteral(COHORT_BIN_DIR "/cohort-server");
    m_process.start(program,
                    {QStringLiteral("serve"), QStringLiteral("--data"), m_folder.filePath(QStringLiteral("data")),
                     QStringLiteral("--api-listen"), QStringLiteral("127.0.0.1:%1").arg(m_apiPort),
                     QStringLiteral("--deviceio-listen"), QStringLiteral("127.0.0.1:%1").arg(m_devicePort),
                     QStringLiteral("--messages-per-second"), QStringLiteral("100000000"),
                     QStringLiteral("--measurements-per-second"), QStringLiteral("100000000")});
    m_api = std::make_unique<sim::ApiClient>(sim::ServerAddress{QString::fromStdString(apiUrl()), {}});
    for (int attempt = 0; attempt < 600; ++attempt) {
        if (const auto answer = m_api->get(QStringLiteral("/espapi/watch")); answer && answer->startsWith("OK")) {
            addOperator();
            return;
        }
        if (m_process.state() == QProcess::NotRunning && attempt > 10)
            break;
        m_process.waitForFinished(100);
    }
    QFile file(m_folder.filePath(QStringLiteral("server.log")));
    if (file.open(QIODevice::ReadOnly))
        std::fprintf(stderr, "%s", file.readAll().right(4000).constData());
    die(QStringLiteral("the server did not become ready"));
}

void BenchServer::addOperator()
{
    QProcess add;
    add.start(QStringLiteral(COHORT_BIN_DIR "/cohort-server"),
              {QStringLiteral("operator"), QStringLiteral("add"), QStringLiteral("--data"),
               m_folder.filePath(QStringLiteral("data")), QStringLiteral("--email"), QString::fromLatin1(User),
               QStringLiteral("--role"), QStringLiteral("admin"), QStringLiteral("--password-stdin")});
    add.write(QByteArray(Password) + '\n');
    add.closeWriteChannel();
    if (!add.waitForFinished(30'000) || add.exitCode() != 0)
        die(QStringLiteral("operator add: %1").arg(QString::fromUtf8(add.readAllStandardError())));
    const auto signedIn = m_api->signIn(QString::fromLatin1(User), QString::fromLatin1(Password));
    if (!signedIn)
        die(signedIn.error().message());
}

void BenchServer::stop()
{
    if (m_database != nullptr)
        PQfinish(std::exchange(m_database, nullptr));
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(30'000))
        m_process.kill();
    m_process.waitForFinished(5'000);
}

pg_conn* BenchServer::database()
{
    if (m_database != nullptr)
        return m_database;
    // PostgreSQL's own note: pid, data folder, start, port, socket folder.
    QFile note(m_folder.filePath(QStringLiteral("data/postgresql/postmaster.pid")));
    if (!note.open(QIODevice::ReadOnly))
        die(QStringLiteral("%1 cannot be read").arg(note.fileName()));
    const QList<QByteArray> lines = note.readAll().split('\n');
    const QByteArray conninfo = "host=" + lines.value(4) + " port=" + lines.value(3) + " dbname=cohort user=cohort";
    m_database = PQconnectdb(conninfo.constData());
    if (PQstatus(m_database) != CONNECTION_OK)
        die(QString::fromUtf8(PQerrorMessage(m_database)));
    return m_database;
}

std::string BenchServer::sql(const std::string& text)
{
    PGresult* result = PQexec(database(), text.c_str());
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        die(QString::fromUtf8(PQerrorMessage(m_database)));
    std::string value = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
    PQclear(result);
    return value;
}

std::vector<SeededHome> BenchServer::seed(int count, bool withActuators)
{
    const std::string deployment =
        sql("INSERT INTO deployment (name, time_zone, commands_per_hour) VALUES ('Bench', 'Europe/Berlin', 1000000) "
            "ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name RETURNING id");
    sql("INSERT INTO location (deployment_id, name, time_zone) SELECT " + deployment +
        ", 'Home ' || n, 'Europe/Berlin' FROM generate_series(1, " + std::to_string(count) + ") n");
    const auto first = std::stoll(sql("SELECT min(id) FROM location WHERE deployment_id = " + deployment));
    std::vector<SeededHome> homes(static_cast<std::size_t>(count));
    std::string devices, tokens;
    for (int n = 0; n < count; ++n) {
        SeededHome& home = homes[static_cast<std::size_t>(n)];
        home.location = first + n;
        for (const bool isActuator : {false, true}) {
            if (isActuator && !withActuators)
                continue;
            sim::LoadDevice& device = isActuator ? home.actuator : home.sensor;
            device.id = (isActuator ? "actuator-" : "sensor-") + std::to_string(n);
            device.token = tokenOf(device.id);
            devices += (devices.empty() ? "" : ",") + std::string("(") + deployment + "," +
                       std::to_string(home.location) + ",'" + device.id + "'," + (isActuator ? "20016" : "20019") +
                       ",'" + (isActuator ? "lamp" : "") + "', now() - interval '1 day')";
            tokens +=
                (tokens.empty() ? "" : ",") + std::string("('") + device.id + "','" + hashHex(device.token) + "')";
        }
    }
    sql("INSERT INTO device (deployment_id, location_id, key, type, use, start_date) VALUES " + devices);
    sql("INSERT INTO device_token (device_id, token_hash) SELECT d.id, decode(t.hash, 'hex') FROM (VALUES " + tokens +
        ") t (key, hash) JOIN device d ON d.key = t.key AND d.deployment_id = " + deployment);
    return homes;
}

sim::ChannelOptions BenchServer::deviceServer() const
{
    sim::ChannelOptions options;
    options.port = std::to_string(m_devicePort);
    return options;
}

std::string BenchServer::apiUrl() const
{
    return "http://127.0.0.1:" + std::to_string(m_apiPort);
}

double BenchServer::cpuSeconds() const
{
    return cpuOfTree(m_process.processId(), m_folder.path());
}

QJsonObject BenchServer::call(const QString& method, const QJsonObject& params)
{
    auto result = m_api->call(method, params);
    if (!result)
        die(method + QStringLiteral(": ") + result.error().message());
    return *result;
}

} // namespace cohort::load
