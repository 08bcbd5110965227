#include "server/composer/running/lane.h"

#include "shared/base/log.h"

#include <QTimer>

#include <atomic>

namespace cohort::composer {

namespace {

namespace wire = engine::wire;

// Of a worker process; never used twice, so an instance knows whether its worker is still the same.
std::uint64_t nextSerial()
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

// A callback of the process may be under way: it is deleted when the event loop is back.
void deleteLater(std::unique_ptr<worker::WorkerProcess> process)
{
    QTimer::singleShot(0, [shared = std::shared_ptr<worker::WorkerProcess>(std::move(process))]() {});
}

} // namespace

Lane::Lane(LaneOptions options, LaneOwner& owner) : m_options(std::move(options)), m_owner(owner) {}

void Lane::add(const InstanceEntryPtr& entry, bool first)
{
    if (entry->work.queued || entry->work.removed)
        return;
    entry->work.queued = true;
    if (first)
        m_ready.push_front(entry);
    else
        m_ready.push_back(entry);
}

bool Lane::isIdle() const
{
    return m_options.oneAtATime ? m_out.empty() : m_out.size() == m_asleep;
}

bool Lane::start()
{
    m_worker.serial = nextSerial();
    m_worker.ready = false;
    m_worker.used = false;
    m_worker.known = {};
    const std::weak_ptr<bool> alive = m_alive;
    const std::uint64_t serial = m_worker.serial;
    const auto current = [this, alive, serial] { return !alive.expired() && m_worker.serial == serial; };
    worker::WorkerProcess::Callbacks callbacks;
    callbacks.onMessage = [this, current](wire::FromWorker message) {
        if (current())
            onMessage(std::move(message));
    };
    callbacks.onEnded = [this, current](const worker::Ended& ended) {
        if (current())
            onEnded(ended);
    };
    auto process = worker::WorkerProcess::start(m_options.worker, std::move(callbacks));
    if (!process) {
        log(LogLevel::Error, "worker-not-started", {{"reason", process.error().message()}});
        return false;
    }
    m_worker.process = std::move(*process);
    return true;
}

void Lane::endWorker()
{
    if (!m_worker.process)
        return;
    m_worker.serial = 0; // what it still says is not heard
    m_worker.process->kill();
    deleteLater(std::move(m_worker.process));
    m_worker.ready = false;
}

void Lane::rest()
{
    if (m_worker.process && m_ready.empty() && m_out.empty()) {
        if (!m_worker.used)
            endWorker();
        m_worker.used = false;
    }
}

void Lane::pump()
{
    if (m_ready.empty() || !isIdle())
        return;
    if (m_worker.process && m_out.empty() && m_worker.known.homes.size() > m_options.mostHomes)
        endWorker();
    if (!m_worker.process && !start())
        return;
    if (!m_worker.ready)
        return;
    wire::RunBatch batch;
    const std::size_t most = m_options.oneAtATime ? 1 : m_options.runsPerBatch;
    while (!m_ready.empty() && batch.runs.size() < most) {
        const InstanceEntryPtr entry = std::move(m_ready.front());
        m_ready.pop_front();
        entry->work.queued = false;
        if (entry->work.removed || entry->work.out)
            continue;
        if (const auto run = m_owner.nextRun(entry)) {
            batch.runs.push_back(prepare(entry, *run));
            m_out.emplace(run->number, Out{entry, *run});
        }
    }
    if (batch.runs.empty())
        return;
    m_worker.used = true;
    m_worker.process->send(std::move(batch));
}

std::uint32_t Lane::versionHandle(const InstanceEntry& entry)
{
    Known& known = m_worker.known;
    const auto [found, fresh] = known.versions.try_emplace({entry.version->id, entry.key.mode}, known.last + 1);
    if (fresh) {
        ++known.last;
        known.byHandle[found->second] = entry.version;
        m_worker.process->send(wire::Load{found->second, entry.version->source, entry.version->helpers});
    }
    return found->second;
}

std::uint32_t Lane::homeHandle(const InstanceEntry& entry)
{
    Known& known = m_worker.known;
    const auto [found, fresh] =
        known.homes.try_emplace(entry.key.location, std::pair<std::uint32_t, HomePtr>(known.last + 1, nullptr));
    if (fresh)
        ++known.last;
    if (found->second.second != entry.home) {
        found->second.second = entry.home;
        m_worker.process->send(wire::SetHome{found->second.first, *entry.home});
    }
    return found->second.first;
}

wire::RunOne Lane::prepare(const InstanceEntryPtr& entry, const engine::Run& run)
{
    wire::RunOne one;
    one.script = versionHandle(*entry);
    one.home = homeHandle(*entry);
    if (entry->work.mirror != m_worker.serial) {
        m_worker.process->send(
            wire::SetInstance{one.script, one.home, entry->parameters, entry->instance->state(), true});
        entry->instance->resetMirror();
        entry->work.mirror = m_worker.serial;
    }
    one.run = run;
    one.changes = entry->instance->drainChanges();
    for (const engine::Timer& timer : entry->instance->timers())
        one.timers.push_back(timer.name);
    return one;
}

void Lane::onMessage(wire::FromWorker message)
{
    if (std::holds_alternative<wire::Ready>(message)) {
        m_worker.ready = true;
    } else if (auto* done = std::get_if<wire::RunDone>(&message)) {
        onDone(std::move(*done));
    } else if (const auto* request = std::get_if<wire::HistoryRequest>(&message)) {
        onHistory(*request);
    } else if (const auto* loaded = std::get_if<wire::Loaded>(&message)) {
        const auto version = m_worker.known.byHandle.find(loaded->script);
        if (version != m_worker.known.byHandle.end() && !loaded->faults.empty()) {
            const wire::Fault& fault = loaded->faults.front();
            m_owner.versionRefused(
                version->second,
                QStringLiteral("line %1: %2").arg(fault.line).arg(QString::fromStdString(fault.message)));
        }
    }
    pump();
}

void Lane::onDone(wire::RunDone done)
{
    const auto found = m_out.find(done.result.number);
    if (found == m_out.end())
        return; // it was never asked for this
    const Out out = std::move(found->second);
    m_out.erase(found);
    if (out.open > 0)
        --m_asleep;
    m_worker.blindEnds = 0;
    if (done.result.status != engine::RunStatus::Ok)
        out.entry->work.mirror = 0; // what the worker has may be half changed
    m_owner.runDone(out.entry, out.run, std::move(done.result));
}

void Lane::onHistory(const wire::HistoryRequest& request)
{
    const auto found = m_out.find(request.run);
    if (found == m_out.end())
        return;
    Out& out = found->second;
    if (++out.open == 1)
        ++m_asleep;
    if (++out.queries > m_options.mostQueries) {
        wire::HistoryAnswer refused;
        refused.run = request.run;
        refused.query = request.query;
        refused.error = "over 64 history questions in one run; ask for longer stretches";
        answer(refused, m_worker.serial);
        return;
    }
    m_owner.historyWanted(*this, out.entry, out.run, request);
}

void Lane::answer(const wire::HistoryAnswer& answer, std::uint64_t serial)
{
    const auto found = m_out.find(answer.run);
    if (serial != m_worker.serial || !m_worker.process || found == m_out.end() || found->second.open == 0)
        return;
    if (--found->second.open == 0)
        --m_asleep;
    m_worker.process->send(answer);
}

void Lane::onEnded(const worker::Ended& ended)
{
    m_worker.serial = 0;
    m_worker.ready = false;
    deleteLater(std::move(m_worker.process));
    std::map<std::uint64_t, Out> lost = std::exchange(m_out, {});
    m_asleep = 0;
    log(makesSuspect(ended.reason) ? LogLevel::Warning : LogLevel::Info, "worker-ended",
        {{"reason", static_cast<int>(ended.reason)},
         {"run", ended.run},
         {"out", lost.size()},
         {"detail", ended.detail}});
    if (makesSuspect(ended.reason))
        markSuspects(ended, lost);
    for (const auto& [number, out] : lost)
        m_owner.runLost(out.entry, out.run);
    // Not at once: a worker that cannot even start must not spin.
    QTimer::singleShot(lost.empty() ? 1'000 : 0, [this, alive = std::weak_ptr<bool>(m_alive)] {
        if (!alive.expired())
            pump();
    });
}

void Lane::markSuspects(const worker::Ended& ended, std::map<std::uint64_t, Out>& lost)
{
    auto suspect = lost.find(ended.run);
    if (suspect == lost.end() && lost.size() == 1)
        suspect = lost.begin();
    if (suspect != lost.end()) {
        const Out out = std::move(suspect->second);
        lost.erase(suspect);
        m_owner.runKilled(out.entry, out.run, ended, m_options.oneAtATime);
        return;
    }
    // Nobody is named. Once may be bad luck; the second time each of them has to run alone.
    if (++m_worker.blindEnds < 2)
        return;
    m_worker.blindEnds = 0;
    for (const auto& [number, out] : std::exchange(lost, {}))
        m_owner.runKilled(out.entry, out.run, ended, false);
}

} // namespace cohort::composer
