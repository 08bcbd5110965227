// cohort-worker: runs scripts for its host and nothing else. Started by the host only, with two descriptors.
#include "server/engine/shared_page.h"
#include "server/worker/host_channel.h"
#include "server/worker/lock_down.h"
#include "server/worker/loop.h"
#include "server/worker/options.h"
#include "server/worker/probe.h"
#include "server/worker/python_runtime.h"

#include <cstdio>
#include <new>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace cohort;
using namespace cohort::worker;

int complain(int code, const QString& what)
{
    std::fprintf(stderr, "cohort-worker: %s\n", qUtf8Printable(what));
    return code;
}

// The page that the host made, or nothing when this was not started by a host.
engine::SharedPage* mapPage()
{
    int type = 0;
    socklen_t length = sizeof type;
    if (getsockopt(engine::ChannelDescriptor, SOL_SOCKET, SO_TYPE, &type, &length) != 0 || type != SOCK_STREAM)
        return nullptr;
    void* page = mmap(nullptr, engine::PageBytes, PROT_READ | PROT_WRITE, MAP_SHARED, engine::PageDescriptor, 0);
    return page == MAP_FAILED ? nullptr : static_cast<engine::SharedPage*>(page);
}

void report(const std::string& line)
{
    const std::string text = line + "\n";
    // A report that cannot be written is missed by the host, which then calls the sandbox unsafe.
    [[maybe_unused]] const ssize_t wrote = write(engine::ChannelDescriptor, text.data(), text.size());
}

int unsafe(const WorkerArguments& arguments, const Error& error)
{
    if (!arguments.probe.empty())
        report(error.message().toStdString());
    return engine::ExitLockDown;
}

int closeDoor(const WorkerArguments& arguments, engine::SharedPage& page)
{
    const auto dropped = dropRights({arguments.uid, arguments.memoryBytes, engine::ChannelDescriptor});
    const std::string descriptors = arguments.probe.empty() ? std::string() : openDescriptors();
    if (!dropped)
        return unsafe(arguments, dropped.error());
    if (const auto filtered = filterSystemCalls(engine::ChannelDescriptor); !filtered)
        return unsafe(arguments, filtered.error());
    if (!arguments.probe.empty())
        report("landlock=" + std::to_string(dropped->landlock) + " descriptors=" + descriptors);
    if (!arguments.probe.empty() && arguments.probe != "wait")
        report(attempt(arguments.probe, page));
    return 0;
}

int work(const WorkerArguments& arguments, engine::SharedPage& page)
{
    const std::uint64_t nonce = page.nonce.exchange(0);
    auto python = PythonRuntime::start({arguments.rulesPath, arguments.numpy});
    if (!python)
        return complain(engine::ExitWrongStart, python.error().message());
    if (const auto attached = (*python)->attach(page); !attached)
        return complain(engine::ExitWrongStart, attached.error().message());
    if (!arguments.lockDown && !arguments.probe.empty())
        return engine::ExitLockDown; // there is no door to try
    if (arguments.lockDown) {
        if (const int code = closeDoor(arguments, page); code != 0)
            return code;
    }
    HostChannel channel(engine::ChannelDescriptor, nonce);
    Loop loop(channel, **python, page, std::chrono::milliseconds(arguments.cpuMs));
    return loop.run();
}

} // namespace

int main(int count, char** values)
{
    const auto arguments = parseArguments(count, values);
    engine::SharedPage* page = mapPage();
    if (!arguments || !page)
        return complain(engine::ExitWrongStart,
                        QStringLiteral("this program is started by cohort-server and cohort-script"));
    int code = engine::ExitMemory;
    try {
        code = work(*arguments, *page);
    } catch (const std::bad_alloc&) {
        // The host knows this code.
    }
    // Nothing of Python or the library is torn down: that would ask for what is closed.
    _exit(code);
}
