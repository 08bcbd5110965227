#include "server/store/postgres/child_process.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace cohort::store {

namespace {

// Everything the child needs, made before the fork: after it only system calls are safe.
struct Prepared
{
    std::vector<QByteArray> texts;
    std::vector<char*> arguments;
    QByteArray program;
    QByteArray output;
    const ChildCommand* command = nullptr;
};

Prepared prepare(const ChildCommand& command)
{
    Prepared prepared;
    prepared.program = command.program.toLocal8Bit();
    prepared.output = command.outputFile.toLocal8Bit();
    prepared.command = &command;
    prepared.texts.push_back(prepared.program);
    for (const QString& argument : command.arguments)
        prepared.texts.push_back(argument.toLocal8Bit());
    for (QByteArray& text : prepared.texts)
        prepared.arguments.push_back(text.data());
    prepared.arguments.push_back(nullptr);
    return prepared;
}

bool becomeUser(const UserIdentity& identity)
{
    if (!identity.change)
        return true;
    // Straight system calls: the library's versions would talk to threads that this copy does not have.
    return ::syscall(SYS_setgroups, identity.groups.size(), identity.groups.data()) == 0 &&
           ::syscall(SYS_setresgid, identity.gid, identity.gid, identity.gid) == 0 &&
           ::syscall(SYS_setresuid, identity.uid, identity.uid, identity.uid) == 0;
}

[[noreturn]] void runChild(const Prepared& prepared, pid_t parent)
{
    ::setsid(); // an interrupt typed at the terminal is for the server, which then stops us in order
    const int null = ::open("/dev/null", O_RDONLY);
    const int output = ::open(prepared.output.constData(), O_WRONLY | O_CREAT | O_APPEND, 0640);
    if (null < 0 || output < 0 || !becomeUser(prepared.command->identity))
        ::_exit(126);
    ::dup2(null, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::syscall(SYS_close_range, 3U, ~0U, 0U);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::signal(SIGINT, SIG_DFL);
    ::signal(SIGTERM, SIG_DFL);
    if (prepared.command->endsWithParent) {
        ::prctl(PR_SET_PDEATHSIG, SIGINT);
        if (::getppid() != parent)
            ::_exit(125);
    }
    ::execv(prepared.program.constData(), prepared.arguments.data());
    ::_exit(127);
}

int openPidDescriptor(pid_t pid)
{
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U));
}

QString systemSentence()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

} // namespace

Result<UserIdentity> postgresIdentity()
{
    if (::geteuid() != 0)
        return UserIdentity{};
    const passwd* user = ::getpwnam("postgres");
    if (!user)
        return fail(
            ErrorCode::Unavailable,
            QStringLiteral("PostgreSQL does not run as root and there is no user 'postgres'; install postgresql "
                           "or start cohort-server as an ordinary user"));
    UserIdentity identity{true, user->pw_uid, user->pw_gid, {}};
    int count = 64;
    identity.groups.resize(static_cast<std::size_t>(count));
    if (::getgrouplist("postgres", user->pw_gid, identity.groups.data(), &count) < 0)
        count = 0;
    identity.groups.resize(static_cast<std::size_t>(count));
    return identity;
}

ChildProcess::~ChildProcess()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_pid(std::exchange(other.m_pid, 0)), m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept
{
    std::swap(m_pid, other.m_pid);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

Result<ChildProcess> ChildProcess::spawn(const ChildCommand& command)
{
    Prepared prepared = prepare(command);
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0)
        return fail(ErrorCode::Unavailable, QStringLiteral("cannot start a process: %1").arg(systemSentence()));
    if (pid == 0)
        runChild(prepared, parent);
    return adopt(pid);
}

Result<ChildProcess> ChildProcess::adopt(pid_t pid)
{
    ChildProcess process;
    process.m_pid = pid;
    process.m_descriptor = pid > 1 ? openPidDescriptor(pid) : -1;
    if (process.m_descriptor < 0)
        return fail(ErrorCode::NotFound, QStringLiteral("process %1: %2").arg(pid).arg(systemSentence()));
    return process;
}

void ChildProcess::signal(int number) const
{
    if (m_descriptor >= 0)
        ::syscall(SYS_pidfd_send_signal, m_descriptor, number, nullptr, 0U);
}

bool ChildProcess::wait(Milliseconds limit) const
{
    if (m_descriptor < 0)
        return true;
    pollfd ended{m_descriptor, POLLIN, 0};
    return ::poll(&ended, 1, static_cast<int>(limit.count())) == 1;
}

int ChildProcess::collect() const
{
    int status = 0;
    if (m_pid <= 0 || ::waitpid(m_pid, &status, WNOHANG) != m_pid)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace cohort::store
