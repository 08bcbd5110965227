#include "server/worker/host/ledger.h"

namespace cohort::worker {

void Ledger::sent(const engine::wire::ToWorker& message)
{
    using namespace engine::wire;
    if (const auto* batch = std::get_if<RunBatch>(&message)) {
        for (const RunOne& one : batch->runs)
            m_runs.insert(one.run.number);
    } else if (const auto* answer = std::get_if<HistoryAnswer>(&message)) {
        m_waiting.erase(answer->run);
    } else if (std::holds_alternative<Load>(message) || std::holds_alternative<Check>(message)) {
        ++m_loads;
    }
}

bool Ledger::received(const engine::wire::FromWorker& message)
{
    using namespace engine::wire;
    ++m_frames;
    if (std::holds_alternative<Ready>(message))
        return !std::exchange(m_ready, true);
    if (!m_ready)
        return false;
    if (const auto* done = std::get_if<RunDone>(&message)) {
        m_waiting.erase(done->result.number);
        return m_runs.erase(done->result.number) == 1;
    }
    if (const auto* request = std::get_if<HistoryRequest>(&message))
        return m_runs.contains(request->run) && m_waiting.insert(request->run).second;
    if (m_loads == 0)
        return false;
    --m_loads;
    return true;
}

} // namespace cohort::worker
