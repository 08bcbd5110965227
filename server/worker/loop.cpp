#include "server/worker/loop.h"

#include <algorithm>
#include <ctime>

namespace cohort::worker {
namespace {

// A run that takes long must not keep its predecessors' results back: they would have to be run again.
constexpr std::uint64_t FlushEveryNs = 2'000'000;

std::uint64_t cpuNow()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(time.tv_nsec);
}

} // namespace

Loop::Loop(HostChannel& channel, PythonRuntime& python, engine::SharedPage& page, std::chrono::nanoseconds cpuPerRun)
    : m_channel(channel), m_python(python), m_page(page),
      m_mostCpuNs(static_cast<std::uint64_t>(std::max<std::int64_t>(cpuPerRun.count(), 1)))
{
}

int Loop::run()
{
    m_channel.put(engine::wire::Ready{});
    while (m_channel.flush()) {
        m_flushedNs = m_cpuNs = cpuNow();
        auto message = m_channel.next();
        if (!message)
            return engine::ExitBadFrame;
        if (!*message)
            return 0;
        handle(**message);
    }
    return 0;
}

void Loop::handle(const engine::wire::ToWorker& message)
{
    using namespace engine::wire;
    if (const auto* batch = std::get_if<RunBatch>(&message))
        handle(*batch);
    else if (const auto* answer = std::get_if<HistoryAnswer>(&message))
        handle(*answer);
    else if (const auto* instance = std::get_if<SetInstance>(&message))
        m_python.setInstance(*instance);
    else if (const auto* home = std::get_if<SetHome>(&message))
        m_python.setHome(*home);
    else if (const auto* load = std::get_if<Load>(&message))
        m_channel.put(m_python.load(*load));
    else if (const auto* check = std::get_if<Check>(&message))
        m_channel.put(m_python.check(*check));
}

void Loop::handle(const engine::wire::RunBatch& batch)
{
    m_cpuNs = cpuNow();
    for (const engine::wire::RunOne& one : batch.runs) {
        if (m_behind.empty())
            work(one);
        else
            start(one);
    }
}

void Loop::handle(const engine::wire::HistoryAnswer& answer)
{
    const auto found = m_waiting.find(answer.run);
    if (found == m_waiting.end())
        return;
    const Waiting waiting = found->second;
    m_waiting.erase(found);
    m_cpuNs = cpuNow();
    auto [outcome, cpuNs] = timed(answer.run, [&] {
        if (waiting.cpuNs > m_mostCpuNs)
            return m_python.abandon(answer.run, engine::RunStatus::Timeout, "too much CPU in all its parts");
        return m_python.answer(answer);
    });
    if (std::holds_alternative<std::monostate>(outcome)) {
        m_waiting.emplace(answer.run, waiting); // an answer to another question than the one that waits
        return;
    }
    finish(waiting.instance, answer.run, std::move(outcome), waiting.cpuNs + cpuNs);
}

void Loop::start(engine::wire::RunOne one)
{
    const auto behind = m_behind.find({one.script, one.home});
    if (behind != m_behind.end())
        behind->second.push_back(std::move(one));
    else
        work(one);
}

void Loop::work(const engine::wire::RunOne& one)
{
    auto [outcome, cpuNs] = timed(one.run.number, [&] { return m_python.run(one); });
    finish({one.script, one.home}, one.run.number, std::move(outcome), cpuNs);
}

template <typename Call>
std::pair<Outcome, std::uint64_t> Loop::timed(std::uint64_t number, Call call)
{
    m_page.turn.fetch_add(1, std::memory_order_relaxed);
    m_page.saidBytes.store(0, std::memory_order_relaxed);
    m_page.run.store(number, std::memory_order_release);
    const std::uint64_t before = m_cpuNs;
    Outcome outcome = call();
    m_cpuNs = cpuNow();
    m_page.run.store(0, std::memory_order_release);
    return {std::move(outcome), m_cpuNs - before};
}

void Loop::finish(InstanceKey instance, std::uint64_t number, Outcome outcome, std::uint64_t cpuNs)
{
    if (auto* request = std::get_if<engine::wire::HistoryRequest>(&outcome)) {
        m_waiting[number] = {instance, cpuNs};
        m_behind.try_emplace(instance);
        m_channel.put(std::move(*request));
        return;
    }
    if (auto* result = std::get_if<engine::RunResult>(&outcome)) {
        result->cpuUs = static_cast<std::uint32_t>(std::min<std::uint64_t>(cpuNs / 1'000, UINT32_MAX));
        m_channel.put(engine::wire::RunDone{std::move(*result)});
    }
    if (m_cpuNs - m_flushedNs > FlushEveryNs) {
        m_channel.flush();
        m_flushedNs = m_cpuNs;
    }
    const auto behind = m_behind.find(instance);
    if (behind == m_behind.end())
        return;
    std::deque<engine::wire::RunOne> next = std::move(behind->second);
    m_behind.erase(behind);
    for (engine::wire::RunOne& one : next)
        start(std::move(one));
}

} // namespace cohort::worker
