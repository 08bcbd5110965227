#include "server/worker/probe.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace cohort::worker {
namespace {

std::string said(bool done)
{
    return done ? "done" : std::strerror(errno);
}

std::string tryOpen(engine::SharedPage&)
{
    return said(open("/etc/hostname", O_RDONLY | O_CLOEXEC) >= 0);
}
std::string tryCreate(engine::SharedPage&)
{
    return said(open("/tmp/cohort-probe", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0);
}
std::string trySocket(engine::SharedPage&)
{
    return said(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0);
}
std::string tryKill(engine::SharedPage&)
{
    return said(kill(getppid(), 0) == 0);
}

std::string tryFork(engine::SharedPage&)
{
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    return said(child > 0);
}

std::string tryExec(engine::SharedPage&)
{
    std::array<char*, 1> nothing{nullptr};
    return said(execve("/bin/true", nothing.data(), nothing.data()) == 0);
}

std::string tryMemory(engine::SharedPage&)
{
    constexpr std::size_t gibibyte = 1024u * 1024 * 1024;
    return said(mmap(nullptr, gibibyte, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

std::string tryMapCode(engine::SharedPage&)
{
    return said(mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

// Another descriptor than the channel's, although there is none.
std::string tryDescriptor(engine::SharedPage&)
{
    return said(write(2, "x", 1) == 1);
}

std::string tryLoop(engine::SharedPage& page)
{
    page.turn.fetch_add(1);
    page.run.store(1);
    volatile bool forever = true;
    while (forever) {
    }
    return "done";
}

using Attempt = std::string (*)(engine::SharedPage&);
constexpr std::array<std::pair<const char*, Attempt>, 10> Attempts{{
    {"open", tryOpen},
    {"create", tryCreate},
    {"socket", trySocket},
    {"kill", tryKill},
    {"fork", tryFork},
    {"exec", tryExec},
    {"memory", tryMemory},
    {"map-code", tryMapCode},
    {"descriptor", tryDescriptor},
    {"loop", tryLoop},
}};

} // namespace

std::string openDescriptors()
{
    std::string listed;
    for (int descriptor = 0; descriptor < 1024; ++descriptor) {
        if (fcntl(descriptor, F_GETFD) >= 0)
            listed += (listed.empty() ? "" : ",") + std::to_string(descriptor);
    }
    return listed;
}

std::string attempt(const std::string& name, engine::SharedPage& page)
{
    for (const auto& [known, function] : Attempts) {
        if (name == known)
            return function(page);
    }
    return "nothing";
}

} // namespace cohort::worker
