#include "server/worker/host/launch.h"
#include "server/worker/host/run_time_limit.h"
#include "server/worker/host/worker_frame_reader.h"
#include "shared/base/system_clock.h"

#include <QFile>
#include <QRegularExpression>

#include <csignal>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace cohort::worker {
namespace {

constexpr Milliseconds StartLimit{30'000};

tl::unexpected<Error> unsafe(const QString& what)
{
    return fail(ErrorCode::SandboxUnsafe, what);
}

// One line of a probe's report; nothing when the worker ended or said nothing in time.
std::optional<std::string> lineOf(Launched& worker, WorkerFrameReader& reader)
{
    const Deadline deadline = Deadline::after(StartLimit);
    while (!deadline.isOver()) {
        if (auto line = reader.line())
            return line;
        pollfd waiting{worker.channel(), POLLIN, 0};
        if (poll(&waiting, 1, 100) > 0 && reader.read(worker.channel(), 4096) == WorkerFrameReader::Got::End)
            return reader.line();
    }
    return std::nullopt;
}

struct Probe
{
    const char* name;
    const char* attempt; // for people
    bool mayReturn;      // with an error; else it must be killed by the filter
};

constexpr std::array<Probe, 9> Probes{{
    {"open", "open a file", true},
    {"create", "create a file", true},
    {"memory", "take 1 GiB of memory", true},
    {"socket", "open a socket", false},
    {"fork", "fork", false},
    {"exec", "start a program", false},
    {"kill", "signal its host", false},
    {"map-code", "map memory that can be run", false},
    {"descriptor", "write to another descriptor", false},
}};

Result<void> probe(const WorkerOptions& options, const Probe& what)
{
    COHORT_TRY(worker, Launched::start(options, what.name));
    WorkerFrameReader reader;
    const auto first = lineOf(worker, reader);
    if (!first || first->rfind("landlock=", 0) != 0)
        return unsafe(QStringLiteral("a worker did not lock itself down: %1")
                          .arg(QString::fromStdString(first.value_or("it said nothing"))));
    const auto line = lineOf(worker, reader);
    if (line && (*line == "done" || *line == "nothing" || !what.mayReturn))
        return unsafe(QStringLiteral("a worker could try to %1: %2")
                          .arg(QString::fromUtf8(what.attempt), QString::fromStdString(*line)));
    if (line)
        return {};
    const int status = worker.reap();
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
        return unsafe(QStringLiteral("a worker that tried to %1 was not stopped by the filter of system calls")
                          .arg(QString::fromUtf8(what.attempt)));
    return {};
}

// The watch must see an endless loop and the kill must end it.
Result<void> probeLoop(const WorkerOptions& options)
{
    COHORT_TRY(worker, Launched::start(options, "loop"));
    WorkerFrameReader reader;
    if (!lineOf(worker, reader))
        return unsafe(QStringLiteral("a worker did not lock itself down"));
    RunTimeLimit watch(Milliseconds(100), options.wallPerRun);
    const Deadline deadline = Deadline::after(StartLimit);
    const Stopwatch age;
    while (!deadline.isOver()) {
        const UsageSample now{worker.page().run, worker.page().turn, 0, true, worker.cpuTime(), age.elapsed()};
        if (now.run != 0 && watch.evaluate(now)) {
            worker.kill();
            const int status = worker.reap();
            if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
                return {};
            break;
        }
        std::this_thread::sleep_for(Milliseconds(10));
    }
    return unsafe(QStringLiteral("a worker in an endless loop was not ended"));
}

QString fileOf(pid_t pid, const char* name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// The first word after `name` at a line's beginning.
QString fieldOf(const QString& text, const char* name)
{
    const QRegularExpression pattern(QStringLiteral("^%1:?\\s+(\\S+)").arg(QLatin1String(name)),
                                     QRegularExpression::MultilineOption);
    return pattern.match(text).captured(1);
}

struct Expected
{
    const char* file;
    const char* field;
    const char* value;
};

Result<QStringList> probeState(const WorkerOptions& options)
{
    constexpr std::array<Expected, 6> layers{{
        {"status", "Seccomp", "2"},
        {"status", "NoNewPrivs", "1"},
        {"limits", "Max file size", "0"},
        {"limits", "Max core file size", "0"},
        {"limits", "Max processes", "0"},
        {"limits", "Max open files", "4"},
    }};
    COHORT_TRY(worker, Launched::start(options, "wait"));
    WorkerFrameReader reader;
    const auto line = lineOf(worker, reader);
    if (!line)
        return unsafe(QStringLiteral("a worker did not lock itself down"));
    for (const Expected& layer : layers) {
        const QString found = fieldOf(fileOf(worker.pid(), layer.file), layer.field);
        if (found != QLatin1String(layer.value))
            return unsafe(QStringLiteral("%1 is '%2' instead of %3")
                              .arg(QLatin1String(layer.field), found, QLatin1String(layer.value)));
    }
    if (fieldOf(fileOf(worker.pid(), "limits"), "Max address space") == QLatin1String("unlimited"))
        return unsafe(QStringLiteral("a worker's memory has no limit"));
    if (fieldOf(fileOf(worker.pid(), "status"), "Uid") == QLatin1String("0"))
        return unsafe(QStringLiteral("a worker runs as root"));
    if (line->find("descriptors=3") == std::string::npos || line->find(',') != std::string::npos)
        return unsafe(QStringLiteral("a worker kept descriptors: %1").arg(QString::fromStdString(*line)));
    if (line->find("landlock=1") == std::string::npos)
        return QStringList{QStringLiteral("this kernel has no Landlock: workers lack one of their layers")};
    return QStringList();
}

} // namespace

Result<QStringList> selfTest(const WorkerOptions& options)
{
    COHORT_TRY(warnings, probeState(options));
    for (const Probe& one : Probes)
        COHORT_CHECK(probe(options, one));
    COHORT_CHECK(probeLoop(options));
    return warnings;
}

} // namespace cohort::worker
