// B3: from a post to its acknowledgement after commit at 1,000 posts a second with 18,000 connections open; beside this
// disk's fsync time from the same run and the 2016 system's 500 ms at 48 posts a second.
#include "tests/load/bench_server.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace cohort;
using namespace cohort::load;

int main(int argc, char** argv)
{
    const BenchOptions options = benchOptions(argc, argv);
    const int connections = options.isShort ? 200 : 18'000;
    const int rounds = options.isShort ? 1 : 3;
    BenchServer server(options);
    server.start();
    sim::LoadOptions load;
    load.server = server.deviceServer();
    for (const SeededHome& home : server.seed(connections, false))
        load.devices.push_back(home.sensor);
    load.postsPerSecond = options.isShort ? 100 : 1'000;
    load.warmUp = std::chrono::seconds(options.isShort ? 1 : 5);
    load.duration = std::chrono::seconds(options.isShort ? 2 : 20);
    std::vector<double> p50, p99, longest, cpu, disk;
    double failures = 0, refused = 0, posts = 0;
    for (int round = 0; round < rounds; ++round) {
        disk.push_back(fsyncMs(QStringLiteral("/tmp")));
        const double before = server.cpuSeconds();
        const auto report = sim::runLoad(load, SystemClock());
        if (!report)
            die(report.error().message());
        std::fprintf(stderr, "round %d: %s\n", round + 1, sim::toJson(*report).c_str());
        cpu.push_back(server.cpuSeconds() - before);
        p50.push_back(report->p50Ms);
        p99.push_back(report->p99Ms);
        longest.push_back(report->longestMs);
        posts += static_cast<double>(report->posts);
        failures += static_cast<double>(report->failures);
        refused += static_cast<double>(report->refused);
    }
    const QJsonObject result{{QStringLiteral("id"), QStringLiteral("B3")},
                             {QStringLiteral("connections"), connections},
                             {QStringLiteral("postsPerSecond"),
                              posts / static_cast<double>(rounds) / static_cast<double>(load.duration.count())},
                             {QStringLiteral("p50Ms"), median(p50)},
                             {QStringLiteral("p99Ms"), median(p99)},
                             {QStringLiteral("longestMs"), median(longest)},
                             {QStringLiteral("goalP50Ms"), 5},
                             {QStringLiteral("goalP99Ms"), 25},
                             {QStringLiteral("fsyncMs"), median(disk)},
                             {QStringLiteral("p50OverFsync"), median(p50) / median(disk)},
                             {QStringLiteral("of2016"), median(p50) / 500.0},
                             {QStringLiteral("serverCpuSecondsWithConnecting"), median(cpu)},
                             {QStringLiteral("failures"), failures},
                             {QStringLiteral("refused"), refused},
                             {QStringLiteral("rounds"), rounds},
                             {QStringLiteral("cores"), cores()}};
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return posts > 0 && refused == 0 ? 0 : 1;
}
