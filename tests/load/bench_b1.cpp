// B1: measurements a second, acknowledged after commit, over 200 WebSockets, 10 a post, 4 posts in flight each; beside
// COPY alone into the same table and indexes with the same rows per commit, from the same run.
#include "tests/load/bench_server.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <libpq-fe.h>

#include <cstdio>

namespace {

using namespace cohort;
using namespace cohort::load;

constexpr int MeasuresPerPost = 10;

double measureServer(BenchServer& server, const std::vector<SeededHome>& homes, std::chrono::seconds duration)
{
    sim::LoadOptions options;
    options.server = server.deviceServer();
    for (const SeededHome& home : homes)
        options.devices.push_back(home.sensor);
    options.measuresPerPost = MeasuresPerPost;
    options.inFlight = 4;
    options.duration = duration;
    const auto report = sim::runLoad(options, SystemClock());
    if (!report)
        die(report.error().message());
    std::fprintf(stderr, "server: %s\n", sim::toJson(*report).c_str());
    return static_cast<double>(report->posts) * MeasuresPerPost / report->seconds;
}

// Rows per commit of the server's last round.
int rowsPerCommit(BenchServer& server)
{
    return std::max(1,
                    std::stoi(server.sql(
                        "SELECT COALESCE(avg(row_count), 1)::int FROM (SELECT row_count FROM batch WHERE row_count > 0 "
                        "ORDER BY number DESC LIMIT 200) last")));
}

// COPY (text) of `rows` rows a transaction, spread over the same streams, until the time is over.
double measureCopy(BenchServer& server, int rows, int streams, std::chrono::seconds duration, int round)
{
    pg_conn* connection = server.database();
    const auto until = std::chrono::steady_clock::now() + duration;
    std::int64_t written = 0;
    // A day of its own per round, so that no row meets one of the server's.
    const std::int64_t base = (toMs(SystemClock().now()) / 86'400'000 - 2 - round) * 86'400'000;
    while (std::chrono::steady_clock::now() < until) {
        std::string data;
        for (int i = 0; i < rows; ++i, ++written) {
            const std::string time = toIso(fromMs(base + written / streams));
            data += std::to_string(1 + written % streams) + "\t" + time + "\t" + std::to_string(written % 2000) +
                    "\t\\N\t\\N\t1\t" + std::to_string(1'000'000 + written / rows) + "\t" + std::to_string(i) + "\t0\n";
        }
        PQclear(PQexec(connection, "BEGIN"));
        PQclear(PQexec(connection, "COPY measurement (stream_id, time, number, text, exact, writer, batch, ordinal, "
                                   "flags) FROM STDIN"));
        PQputCopyData(connection, data.data(), static_cast<int>(data.size()));
        PQputCopyEnd(connection, nullptr);
        for (PGresult* result = PQgetResult(connection); result != nullptr; result = PQgetResult(connection)) {
            if (PQresultStatus(result) != PGRES_COMMAND_OK)
                die(QString::fromUtf8(PQerrorMessage(connection)));
            PQclear(result);
        }
        PQclear(PQexec(connection, "COMMIT"));
    }
    return static_cast<double>(written) / static_cast<double>(duration.count());
}

} // namespace

int main(int argc, char** argv)
{
    const BenchOptions options = benchOptions(argc, argv);
    const int rounds = options.isShort ? 1 : 3;
    const std::chrono::seconds duration(options.isShort ? 2 : 10);
    const int connections = options.isShort ? 20 : 200;
    BenchServer server(options);
    server.start();
    const auto homes = server.seed(connections, false);
    std::vector<double> ours, copies, ratios;
    int rows = 0;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(measureServer(server, homes, duration));
        rows = rowsPerCommit(server);
        copies.push_back(measureCopy(server, rows, connections, duration, round));
        ratios.push_back(ours.back() / copies.back());
    }
    const QJsonObject result{{QStringLiteral("id"), QStringLiteral("B1")},
                             {QStringLiteral("measurementsPerSecond"), median(ours)},
                             {QStringLiteral("copyRowsPerSecond"), median(copies)},
                             {QStringLiteral("rowsPerCommit"), rows},
                             {QStringLiteral("ratio"), median(ratios)},
                             {QStringLiteral("ratioLeast"), *std::min_element(ratios.begin(), ratios.end())},
                             {QStringLiteral("ratioGreatest"), *std::max_element(ratios.begin(), ratios.end())},
                             {QStringLiteral("goal"), 0.5},
                             {QStringLiteral("rounds"), rounds},
                             {QStringLiteral("cores"), cores()}};
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return median(ours) > 0 ? 0 : 1;
}
