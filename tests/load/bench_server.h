// A real cohort-server for a benchmark: own data folder, own ports, pinned to one core, homes and devices in bulk.
// Thread: the caller's. Owner: a benchmark program. Flow: start() → seed() → load → figures → stop().
#pragma once

#include "server/sim/api_client.h"
#include "server/sim/load.h"
#include "shared/base/system_clock.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

struct pg_conn;

namespace cohort::load {

struct BenchOptions
{
    bool isShort = false; // only has to work: small and seconds long
    int serverCore = 0;
    int loadCore = 1;
};

// --short, and nothing else. Pins this process to the load's core.
BenchOptions benchOptions(int argc, char** argv);

// A home with one gateway-less device, or with a sensor and an actuator.
struct SeededHome
{
    std::int64_t location = 0;
    sim::LoadDevice sensor, actuator;
};

class BenchServer
{
public:
    explicit BenchServer(const BenchOptions& options);
    ~BenchServer(); // stop()

    // Starts cohort-server and waits until it is ready; prints its log and exits when it is not.
    void start();
    void stop();
    // `count` homes of a deployment with a sensor each (and an actuator) with tokens, in bulk by SQL.
    std::vector<SeededHome> seed(int count, bool withActuators);
    // Runs SQL; the first column of the first row. Exits with its message when it fails.
    std::string sql(const std::string& text);
    pg_conn* database();
    sim::ChannelOptions deviceServer() const;
    std::string apiUrl() const;
    // CPU time of the server and all its processes so far, in seconds.
    double cpuSeconds() const;
    // Signs in as an admin made at the start, calls an operation, returns the result. Exits when it fails.
    QJsonObject call(const QString& method, const QJsonObject& params);

private:
    void addOperator();

    BenchOptions m_options;
    QTemporaryDir m_folder;
    QProcess m_process;
    std::uint16_t m_apiPort = 0, m_devicePort = 0;
    pg_conn* m_database = nullptr;
    std::unique_ptr<sim::ApiClient> m_api;
};

[[noreturn]] void die(const QString& text);
double median(std::vector<double> values);
// Milliseconds that one 8 KiB write with fdatasync takes on this disk: the median of 200.
double fsyncMs(const QString& folder);
int cores();

} // namespace cohort::load
