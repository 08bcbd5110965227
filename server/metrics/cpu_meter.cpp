#include "server/metrics/cpu_meter.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace cohort::metrics {

using model::CpuShares;

namespace {

constexpr int MaximalDepth = 4; // a worker may have a helper process
constexpr std::size_t MaximalProcesses = 1'000;

struct Rule
{
    std::string_view prefix;
    Component component;
};
constexpr std::array Rules{Rule{"io-", Component::DeviceIo},      Rule{"committer", Component::DeviceIo},
                           Rule{"lookup", Component::DeviceIo},   Rule{"actions", Component::DeviceIo},
                           Rule{"api", Component::Api},           Rule{"composer", Component::Composer},
                           Rule{"history", Component::Composer},  Rule{"cohort-worker", Component::Composer},
                           Rule{"postgres", Component::Database}, Rule{"postmaster", Component::Database}};

std::string textOf(const std::string& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

// The kernel counts run time in nanoseconds in `schedstat`.
std::chrono::nanoseconds runTime(const std::string& folder)
{
    std::ifstream file(folder + "/schedstat");
    std::int64_t ns = 0;
    file >> ns;
    return std::chrono::nanoseconds(ns);
}

std::vector<std::int64_t> threadsOf(std::int64_t process)
{
    std::vector<std::int64_t> threads;
    std::error_code error;
    const std::filesystem::directory_iterator none;
    for (std::filesystem::directory_iterator one("/proc/" + std::to_string(process) + "/task", error);
         !error && one != none; one.increment(error))
        threads.push_back(std::atoll(one->path().filename().c_str()));
    return threads;
}

std::vector<std::int64_t> childrenOf(std::int64_t process)
{
    std::vector<std::int64_t> children;
    for (const std::int64_t thread : threadsOf(process)) {
        std::ifstream file("/proc/" + std::to_string(process) + "/task/" + std::to_string(thread) + "/children");
        std::int64_t child = 0;
        while (file >> child)
            children.push_back(child);
    }
    return children;
}

// The process and all below it, within bounds.
void collect(std::int64_t process, int depth, std::set<std::int64_t>& found)
{
    if (process <= 0 || depth > MaximalDepth || found.size() >= MaximalProcesses || !found.insert(process).second)
        return;
    for (const std::int64_t child : childrenOf(process))
        collect(child, depth + 1, found);
}

double& shareOf(model::CpuShares& shares, Component component)
{
    switch (component) {
    case Component::DeviceIo:
        return shares.deviceio;
    case Component::Api:
        return shares.api;
    case Component::Composer:
        return shares.composer;
    case Component::Database:
        return shares.database;
    case Component::Other:
        break;
    }
    return shares.other;
}

} // namespace

Component componentOf(std::string_view threadName)
{
    for (const Rule& rule : Rules) {
        if (threadName.starts_with(rule.prefix))
            return rule.component;
    }
    return Component::Other;
}

CpuMeter::CpuMeter(std::function<std::int64_t()> postmaster, const Clock& clock)
    : m_postmaster(std::move(postmaster)), m_clock(clock)
{
}

CpuMeter::Used CpuMeter::read() const
{
    const auto self = std::atoll(std::filesystem::read_symlink("/proc/self").c_str());
    std::set<std::int64_t> processes;
    collect(self, 0, processes);
    collect(m_postmaster ? m_postmaster() : 0, 0, processes);
    Used used;
    for (const std::int64_t process : processes) {
        const std::string folder = "/proc/" + std::to_string(process);
        const Component whole = componentOf(textOf(folder + "/comm"));
        for (const std::int64_t thread : threadsOf(process)) {
            const std::string threadFolder = folder + "/task/" + std::to_string(thread);
            const Component component = process == self ? componentOf(textOf(threadFolder + "/comm")) : whole;
            used[thread] = {component, runTime(threadFolder)};
        }
    }
    return used;
}

model::CpuShares CpuMeter::measure()
{
    Used now = read();
    const auto moment = m_clock.steady();
    model::CpuShares shares;
    if (m_hasSampled) {
        const std::chrono::duration<double, std::nano> elapsed = moment - m_lastSampled;
        for (const auto& [thread, use] : now) {
            const auto before = m_last.find(thread);
            const auto earlier = before == m_last.end() ? std::chrono::nanoseconds(0) : before->second.second;
            const double spent = static_cast<double>(std::max<std::int64_t>(0, (use.second - earlier).count()));
            shareOf(shares, use.first) += spent / std::max(1.0, elapsed.count());
        }
    }
    m_last = std::move(now);
    m_lastSampled = moment;
    m_hasSampled = true;
    return shares;
}

} // namespace cohort::metrics
