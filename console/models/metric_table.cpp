#include "console/models/metric_table.h"

#include "console/models/text.h"

namespace cohort::console {

namespace {

using Sample = model::MetricSample;

#define WORD(text) QT_TRANSLATE_NOOP("Models", text)

enum class Group { Cpu, Latency, Connections, Throughput };

struct GroupRow
{
    Group group;
    const char* title;
    bool isStacked;
};

struct Row
{
    Group group;
    const char* name;
    const char* unit;
    std::optional<double> (*value)(const Sample&);
};

constexpr GroupRow Groups[] = {{Group::Cpu, WORD("CPU by part, % of one core"), true},
                               {Group::Latency, WORD("Time until a post is stored, ms"), false},
                               {Group::Connections, WORD("Connections"), false},
                               {Group::Throughput, WORD("Throughput"), false}};

constexpr Row Rows[] = {
    {Group::Cpu, WORD("Device IO"), WORD("%"),
     [](const Sample& s) -> std::optional<double> { return s.cpu.deviceio * 100; }},
    {Group::Cpu, WORD("API"), WORD("%"), [](const Sample& s) -> std::optional<double> { return s.cpu.api * 100; }},
    {Group::Cpu, WORD("Composer"), WORD("%"),
     [](const Sample& s) -> std::optional<double> { return s.cpu.composer * 100; }},
    {Group::Cpu, WORD("Database"), WORD("%"),
     [](const Sample& s) -> std::optional<double> { return s.cpu.database * 100; }},
    {Group::Cpu, WORD("Other"), WORD("%"), [](const Sample& s) -> std::optional<double> { return s.cpu.other * 100; }},
    {Group::Latency, WORD("p50"), WORD("ms"), [](const Sample& s) -> std::optional<double> { return s.ingestP50Ms; }},
    {Group::Latency, WORD("p99"), WORD("ms"), [](const Sample& s) -> std::optional<double> { return s.ingestP99Ms; }},
    {Group::Connections, WORD("open"), "", [](const Sample& s) -> std::optional<double> { return s.connections; }},
    {Group::Throughput, WORD("Posts"), WORD("/s"),
     [](const Sample& s) -> std::optional<double> { return s.postsPerSecond; }},
    {Group::Throughput, WORD("Measurements"), WORD("/s"),
     [](const Sample& s) -> std::optional<double> { return s.measurementsPerSecond; }},
    {Group::Throughput, WORD("Script runs"), WORD("/s"),
     [](const Sample& s) -> std::optional<double> { return s.runsPerSecond; }},
};

} // namespace

QList<MetricGroup> metricGroups()
{
    QList<MetricGroup> groups;
    for (const GroupRow& group : Groups) {
        groups.append({Models::tr(group.title), group.isStacked, {}});
        for (const Row& row : Rows) {
            if (row.group == group.group)
                groups.last().metrics.append(
                    {Models::tr(row.name), *row.unit ? Models::tr(row.unit) : QString(), row.value});
        }
    }
    return groups;
}

} // namespace cohort::console
