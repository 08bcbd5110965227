#include "server/worker/host/launch.h"

#include <QFile>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <new>
#include <utility>
#include <vector>

namespace cohort::worker {
namespace {

tl::unexpected<Error> cannot(const char* what)
{
    return fail(ErrorCode::Unavailable, QStringLiteral("a worker cannot be started: %1: %2")
                                            .arg(QLatin1String(what), QString::fromUtf8(std::strerror(errno))));
}

class Descriptor
{
public:
    explicit Descriptor(int descriptor = -1) : m_descriptor(descriptor) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { reset(-1); }
    int get() const { return m_descriptor; }
    int release() { return std::exchange(m_descriptor, -1); }
    void reset(int descriptor)
    {
        if (m_descriptor >= 0)
            close(m_descriptor);
        m_descriptor = descriptor;
    }

private:
    int m_descriptor;
};

// Between fork and exec only what is safe there: no memory is asked for, nothing is locked.
[[noreturn]] void becomeWorker(const char* program, char* const* arguments, int channel, int page, pid_t parent)
{
    constexpr int above = 10; // so that neither lands on the other's number
    const int movedChannel = fcntl(channel, F_DUPFD, above);
    const int movedPage = fcntl(page, F_DUPFD, above);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    std::signal(SIGPIPE, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const bool orphan = getppid() != parent;
    if (!orphan && dup2(movedChannel, engine::ChannelDescriptor) >= 0 && dup2(movedPage, engine::PageDescriptor) >= 0) {
        close_range(engine::PageDescriptor + 1, ~0U, 0);
        char* environment[] = {nullptr};
        execve(program, arguments, environment);
    }
    _exit(engine::ExitWrongStart);
}

std::vector<std::string> argumentsOf(const WorkerOptions& options, const QString& program, const std::string& probe)
{
    std::vector<std::string> arguments{program.toStdString(),
                                       "--rules",
                                       rulesPath(options).toStdString(),
                                       "--memory",
                                       std::to_string(options.memoryBytes),
                                       "--cpu-ms",
                                       std::to_string(options.cpuPerRun.count()),
                                       "--uid",
                                       std::to_string(geteuid() == 0 ? workerUser() : 0)};
    if (options.numpy)
        arguments.emplace_back("--numpy");
    if (!options.lockDown)
        arguments.emplace_back("--no-lock-down");
    if (!probe.empty())
        arguments.insert(arguments.end(), {"--probe", probe});
    return arguments;
}

} // namespace

Result<Launched> Launched::start(const WorkerOptions& options, const std::string& probe)
{
    const QString program = programPath(options);
    if (!QFile::exists(program))
        return fail(ErrorCode::Unavailable, QStringLiteral("there is no %1").arg(program));
    Launched made;
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return cannot("socketpair");
    made.m_channel = ends[0];
    const Descriptor theirs(ends[1]);
    const Descriptor page(memfd_create("cohort-worker", MFD_CLOEXEC));
    if (page.get() < 0 || ftruncate(page.get(), engine::PageBytes) != 0)
        return cannot("memfd_create");
    void* mapped = mmap(nullptr, engine::PageBytes, PROT_READ | PROT_WRITE, MAP_SHARED, page.get(), 0);
    if (mapped == MAP_FAILED)
        return cannot("mmap");
    made.m_page = new (mapped) engine::SharedPage; // without braces, which would write to all of it
    if (getrandom(&made.m_nonce, sizeof made.m_nonce, 0) != sizeof made.m_nonce)
        return cannot("getrandom");
    made.m_page->nonce = made.m_nonce;
    std::vector<std::string> texts = argumentsOf(options, program, probe);
    std::vector<char*> arguments;
    arguments.reserve(texts.size() + 1);
    for (std::string& text : texts)
        arguments.push_back(text.data());
    arguments.push_back(nullptr);
    const pid_t parent = getpid();
    made.m_pid = fork();
    if (made.m_pid < 0)
        return cannot("fork");
    if (made.m_pid == 0)
        becomeWorker(texts.front().c_str(), arguments.data(), theirs.get(), page.get(), parent);
    return made;
}

Launched::Launched(Launched&& other) noexcept
    : m_pid(std::exchange(other.m_pid, -1)), m_channel(std::exchange(other.m_channel, -1)), m_nonce(other.m_nonce),
      m_page(std::exchange(other.m_page, nullptr)), m_cpu(other.m_cpu)
{
}

Launched::~Launched()
{
    if (m_pid > 0) {
        kill();
        reap();
    }
    if (m_channel >= 0)
        close(m_channel);
    if (m_page)
        munmap(m_page, engine::PageBytes);
}

std::chrono::microseconds Launched::cpuTime() const
{
    clockid_t clock{};
    timespec time{};
    if (m_pid > 0 && clock_getcpuclockid(m_pid, &clock) == 0 && clock_gettime(clock, &time) == 0)
        m_cpu = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::seconds(time.tv_sec) +
                                                                      std::chrono::nanoseconds(time.tv_nsec));
    return m_cpu;
}

void Launched::kill() const
{
    if (m_pid > 0)
        ::kill(m_pid, SIGKILL);
}

int Launched::reap()
{
    int status = 0;
    if (m_pid <= 0)
        return status;
    cpuTime();
    // Its socket closes a moment before it can be waited for; one that closed it and lives on is killed.
    constexpr int tries = 50;
    for (int i = 0; i < tries; ++i) {
        const pid_t ended = waitpid(m_pid, &status, WNOHANG);
        if (ended != 0) {
            m_pid = -1;
            return status;
        }
        const timespec moment{0, 1'000'000};
        nanosleep(&moment, nullptr);
    }
    kill();
    while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    m_pid = -1;
    return status;
}

} // namespace cohort::worker
