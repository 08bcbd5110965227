// Events a second of one worker whose handler keeps a count per home in 1,000 homes, in batches of 512; A/B/A/B with
// and without the lock-down. CPU is the worker's own, so that a busy machine does not spoil the figure.
#include "server/worker/host/worker_process.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

using namespace cohort;
using namespace cohort::worker;
using namespace std::chrono;

constexpr std::uint32_t Homes = 1'000;
constexpr std::uint32_t BatchSize = 512;
constexpr const char* Script = R"(from composer import app, on

app(title="Count", reads={"power": "to count"})

@on.measurement("power")
def count(home, event):
    home.state["count"] = home.state.get("count", 0) + 1
)";

struct Figures
{
    double perCpuSecond = 0;
    double perSecond = 0;
};

class Round
{
public:
    Round(bool lockDown, std::uint64_t events) : m_events(events)
    {
        WorkerOptions options;
        options.program = QStringLiteral(COHORT_BIN_DIR "/cohort-worker");
        options.lockDown = lockDown;
        auto started =
            WorkerProcess::start(options, {[this](const engine::wire::FromWorker& message) { take(message); },
                                           [this](const Ended&) { m_loop.quit(); }});
        if (started)
            m_process = std::move(*started);
    }

    std::optional<Figures> run()
    {
        if (!m_process)
            return std::nullopt;
        m_process->send(engine::wire::Load{1, Script, {}});
        engine::HomeInfo info;
        info.timeZone = "Europe/Berlin";
        info.devices = {{DeviceId{1}, "D1", 5, "stove", "kitchen", ""}};
        for (std::uint32_t home = 1; home <= Homes; ++home) {
            info.id = LocationId{home};
            m_process->send(engine::wire::SetHome{home, info});
            m_process->send(engine::wire::SetInstance{1, home, "{}", "{}", true});
        }
        m_loop.exec();
        if (m_done < m_events)
            return std::nullopt;
        const auto wall = duration<double>(steady_clock::now() - m_began).count();
        const auto cpu = duration<double>(m_process->cpuTime() - m_cpuBefore).count();
        const auto events = static_cast<double>(m_events);
        return Figures{events / cpu, events / wall};
    }

private:
    void take(const engine::wire::FromWorker& message)
    {
        if (std::holds_alternative<engine::wire::Loaded>(message)) {
            m_process->send(batch()); // its answer says that the homes are set up
        } else if (const auto* result = std::get_if<engine::wire::RunDone>(&message)) {
            if (result->result.status != engine::RunStatus::Ok || !result->result.state)
                std::abort();
            finished();
        }
    }

    void finished()
    {
        ++m_answered;
        if (!m_measuring && m_answered == BatchSize) {
            m_measuring = true;
            m_cpuBefore = m_process->cpuTime();
            m_began = steady_clock::now();
            m_process->send(batch());
            m_process->send(batch());
            return;
        }
        if (!m_measuring)
            return;
        if (++m_done == m_events)
            m_loop.quit();
        else if (m_done % BatchSize == 0 && m_sent < m_events + BatchSize)
            m_process->send(batch());
    }

    engine::wire::RunBatch batch()
    {
        engine::wire::RunBatch all;
        for (std::uint32_t i = 0; i < BatchSize; ++i) {
            engine::wire::RunOne one;
            one.script = 1;
            one.home = static_cast<std::uint32_t>(m_sent % Homes) + 1;
            one.run.number = ++m_sent;
            one.run.now = fromMs(1'767'225'600'000 + static_cast<std::int64_t>(m_sent));
            one.run.seed = m_sent * 0x9e3779b97f4a7c15;
            one.run.event = {engine::EventKind::Measurement,
                             one.run.now,
                             "power",
                             "",
                             DeviceId{1},
                             Value::ofNumber(static_cast<double>(m_sent % 1000)),
                             Value::ofNumber(1),
                             "",
                             false,
                             0,
                             {}};
            one.changes = {{DeviceId{1}, "power", "", *one.run.event.value, one.run.now, false}};
            all.runs.push_back(std::move(one));
        }
        return all;
    }

    const std::uint64_t m_events; // a multiple of BatchSize
    QEventLoop m_loop;
    std::unique_ptr<WorkerProcess> m_process;
    std::uint64_t m_sent = 0;
    std::uint64_t m_answered = 0;
    std::uint64_t m_done = 0;
    bool m_measuring = false;
    microseconds m_cpuBefore{0};
    steady_clock::time_point m_began;
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int count, char** values)
{
    QCoreApplication application(count, values);
    const bool shortForm = QCoreApplication::arguments().contains(QStringLiteral("--short"));
    const std::uint64_t events = BatchSize * (shortForm ? 40u : 800u);
    const int rounds = shortForm ? 1 : 5;
    std::array<std::vector<double>, 2> cpu; // without, with the lock-down
    std::vector<double> wall;
    for (int i = 0; i < rounds; ++i) {
        for (const bool lockDown : {true, false}) {
            Round round(lockDown, events);
            const auto figures = round.run();
            if (!figures)
                return 1;
            cpu[lockDown].push_back(figures->perCpuSecond);
            if (lockDown)
                wall.push_back(figures->perSecond);
        }
    }
    const double with = median(cpu[1]);
    const double without = median(cpu[0]);
    std::printf("{\"id\":\"c2\",\"eventsPerCpuSecond\":%.0f,\"eventsPerCpuSecondWithoutLockDown\":%.0f,"
                "\"addedCost\":%.4f,\"eventsPerSecond\":%.0f,\"least\":%.0f,\"most\":%.0f}\n",
                with, without, without / with - 1, median(wall), *std::min_element(cpu[1].begin(), cpu[1].end()),
                *std::max_element(cpu[1].begin(), cpu[1].end()));
    return 0;
}
