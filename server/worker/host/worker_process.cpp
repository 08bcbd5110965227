#include "server/worker/host/worker_process.h"

#include "server/worker/host/launch.h"
#include "server/worker/host/ledger.h"
#include "server/worker/host/run_time_limit.h"
#include "server/worker/host/worker_frame_reader.h"
#include "shared/base/system_clock.h"
#include "shared/base/utf8.h"

#include <QSocketNotifier>
#include <QTimer>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace cohort::worker {
namespace {

constexpr std::size_t ReadBytes = 256 * 1024;
constexpr int ReadsAtOnce = 16;
constexpr Milliseconds EvaluateEvery{50};
constexpr Milliseconds LongestStart{30'000};
constexpr std::uint32_t MostLines = 100'000; // of a source of 64 KiB

// What a worker that nobody killed ended of.
Ended endedWith(int status)
{
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        if (signal == SIGSYS)
            return {EndReason::Crashed, 0, QStringLiteral("it tried a system call that the lock-down forbids")};
        return {EndReason::Crashed, 0,
                QStringLiteral("signal %1 (%2)").arg(signal).arg(QString::fromUtf8(strsignal(signal)))};
    }
    switch (WEXITSTATUS(status)) {
    case engine::ExitMemory:
        return {EndReason::MemoryLimit, 0, QStringLiteral("no memory was left")};
    case engine::ExitLockDown:
        return {EndReason::Exited, 0, QStringLiteral("it could not be locked down")};
    case engine::ExitBadFrame:
        return {EndReason::Exited, 0, QStringLiteral("it was sent a frame that it could not read")};
    case engine::ExitWrongStart:
        return {EndReason::Exited, 0, QStringLiteral("it could not start Python; its words are in the log")};
    default:
        return {EndReason::Exited, 0, QStringLiteral("exit code %1").arg(WEXITSTATUS(status))};
    }
}

// The worker is dead: nobody writes any more. What is no text of ours is left out.
std::vector<std::string> linesOf(const engine::SharedPage& page)
{
    std::vector<std::string> lines;
    std::string_view rest(page.said, std::min<std::size_t>(page.saidBytes, engine::MostSaidBytes));
    for (auto end = rest.find('\0'); end != std::string_view::npos; end = rest.find('\0')) {
        if (isUtf8(rest.substr(0, end)))
            lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end + 1);
    }
    return lines;
}

std::string fileOf(const engine::SharedPage& page)
{
    const std::string_view name(page.file, strnlen(page.file, sizeof page.file));
    return isUtf8(name) ? std::string(name) : std::string();
}

} // namespace

struct WorkerProcess::Private
{
    Private(const WorkerOptions& options, Callbacks handlers, Launched launched)
        : callbacks(std::move(handlers)), process(std::move(launched)), watch(options.cpuPerRun, options.wallPerRun),
          readable(process.channel(), QSocketNotifier::Read), writable(process.channel(), QSocketNotifier::Write)
    {
    }

    void connectAll();
    void read();
    void write();
    void evaluate();
    void end(EndReason reason, const QString& detail);
    void ended();

    Callbacks callbacks;
    Launched process;
    RunTimeLimit watch;
    Ledger ledger;
    WorkerFrameReader reader;
    std::string out;
    std::size_t written = 0;  // of `out`
    std::optional<Ended> why; // decided here; else what the process ended of
    QSocketNotifier readable;
    QSocketNotifier writable;
    QTimer timer;
    const Stopwatch age;
    std::shared_ptr<bool> alive = std::make_shared<bool>(true);
};

void WorkerProcess::Private::connectAll()
{
    writable.setEnabled(false);
    QObject::connect(&readable, &QSocketNotifier::activated, &timer, [this] { read(); });
    QObject::connect(&writable, &QSocketNotifier::activated, &timer, [this] { write(); });
    QObject::connect(&timer, &QTimer::timeout, &timer, [this] { evaluate(); });
    timer.start(EvaluateEvery);
}

void WorkerProcess::Private::read()
{
    const std::weak_ptr<bool> still = alive;
    for (int i = 0; i < ReadsAtOnce && !why; ++i) {
        const WorkerFrameReader::Got got = reader.read(process.channel(), ReadBytes);
        if (got == WorkerFrameReader::Got::End)
            return ended();
        if (got == WorkerFrameReader::Got::Nothing)
            return;
        while (!why) {
            auto message = reader.next(process.nonce());
            if (!message || (*message && !ledger.received(**message)))
                return end(EndReason::BadAnswer,
                           message ? QStringLiteral("it answered what it was not asked") : message.error().message());
            if (!*message)
                break;
            callbacks.onMessage(std::move(**message));
            if (still.expired())
                return;
        }
    }
    // After a kill only the end of the socket counts.
    if (why && reader.read(process.channel(), ReadBytes) == WorkerFrameReader::Got::End)
        ended();
}

void WorkerProcess::Private::write()
{
    while (written < out.size()) {
        const ssize_t wrote = ::send(process.channel(), out.data() + written, out.size() - written, MSG_NOSIGNAL);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0) {
            // When it is gone, the end of its socket tells.
            writable.setEnabled(errno == EAGAIN);
            return;
        }
        written += static_cast<std::size_t>(wrote);
    }
    out.clear();
    written = 0;
    writable.setEnabled(false);
}

void WorkerProcess::Private::evaluate()
{
    if (why)
        return;
    if (!ledger.ready()) {
        if (age.elapsed() > LongestStart)
            end(EndReason::WallLimit, QStringLiteral("it was not ready in %1 s").arg(LongestStart.count() / 1000));
        return;
    }
    const engine::SharedPage& page = process.page();
    const UsageSample reading{page.run, page.turn, ledger.frames(), ledger.owing(), process.cpuTime(), age.elapsed()};
    if (const auto reason = watch.evaluate(reading))
        end(*reason, *reason == EndReason::CpuLimit ? QStringLiteral("too much CPU in one run")
                                                    : QStringLiteral("too long in one run"));
}

void WorkerProcess::Private::end(EndReason reason, const QString& detail)
{
    if (why)
        return;
    why = Ended{reason, process.page().run, detail};
    process.kill();
}

void WorkerProcess::Private::ended()
{
    readable.setEnabled(false);
    writable.setEnabled(false);
    timer.stop();
    const std::uint64_t atWork = process.page().run;
    const int status = process.reap();
    Ended result = why ? *why : endedWith(status);
    if (!why)
        result.run = atWork;
    const engine::SharedPage& page = process.page();
    if (result.run != 0 && result.run == atWork)
        result.log = linesOf(page);
    if (const std::uint32_t line = page.line; line > 0 && line < MostLines) {
        result.file = fileOf(page);
        result.line = static_cast<int>(line);
    }
    why = result;
    callbacks.onEnded(result);
}

engine::wire::Fault faultOfLoading(const Ended& ended)
{
    engine::wire::Fault fault{ended.file.empty() ? "script" : ended.file, std::max(ended.line, 1), 1, {}};
    switch (ended.reason) {
    case EndReason::CpuLimit:
    case EndReason::WallLimit:
        fault.message = "loading takes too long; do work in handlers, not at the top";
        break;
    case EndReason::MemoryLimit:
        fault.message = "loading needs over 256 MiB of memory";
        break;
    default:
        fault.message = "loading ended its process: " + ended.detail.toStdString();
    }
    return fault;
}

WorkerProcess::WorkerProcess(std::unique_ptr<Private> p) : d(std::move(p)) {}
WorkerProcess::~WorkerProcess() = default;

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const WorkerOptions& options, Callbacks callbacks)
{
    COHORT_TRY(process, Launched::start(options));
    const int flags = fcntl(process.channel(), F_GETFL);
    if (flags < 0 || fcntl(process.channel(), F_SETFL, flags | O_NONBLOCK) != 0)
        return fail(ErrorCode::Unavailable, QStringLiteral("a worker cannot be started: fcntl"));
    auto made = std::make_unique<Private>(options, std::move(callbacks), std::move(process));
    made->connectAll();
    return std::unique_ptr<WorkerProcess>(new WorkerProcess(std::move(made)));
}

void WorkerProcess::send(const engine::wire::ToWorker& message)
{
    if (d->why)
        return;
    d->ledger.sent(message);
    d->out += engine::wire::pack(message, d->process.nonce());
    if (!d->writable.isEnabled())
        d->write();
}

std::size_t WorkerProcess::waitingBytes() const
{
    return d->out.size() - d->written;
}
std::chrono::microseconds WorkerProcess::cpuTime() const
{
    return d->process.cpuTime();
}
void WorkerProcess::kill()
{
    d->end(EndReason::Stopped, QStringLiteral("it was stopped"));
}

} // namespace cohort::worker
