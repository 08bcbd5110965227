#include "server/worker/lock_down.h"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <initializer_list>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cohort::worker {
namespace {

tl::unexpected<Error> unsafe(const char* what)
{
    return fail(ErrorCode::SandboxUnsafe,
                QStringLiteral("%1: %2").arg(QString::fromUtf8(what), QString::fromUtf8(std::strerror(errno))));
}

// Address space that is mapped but not used costs nothing, so what is used now is taken off instead of it.
std::size_t addressSpace(std::size_t memoryBytes)
{
    unsigned long all = 0;
    unsigned long resident = 0;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen("/proc/self/statm", "re"), std::fclose);
    if (!file || std::fscanf(file.get(), "%lu %lu", &all, &resident) != 2)
        return memoryBytes;
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return memoryBytes + (all > resident ? (all - resident) * page : 0);
}

Result<void> limit(__rlimit_resource resource, rlim_t most, const char* name)
{
    const rlimit limits{most, most};
    if (setrlimit(resource, &limits) != 0)
        return unsafe(name);
    return {};
}

Result<void> setLimits(const LockDown& wanted)
{
    COHORT_CHECK(limit(RLIMIT_AS, addressSpace(wanted.memoryBytes), "RLIMIT_AS"));
    COHORT_CHECK(limit(RLIMIT_FSIZE, 0, "RLIMIT_FSIZE"));
    COHORT_CHECK(limit(RLIMIT_CORE, 0, "RLIMIT_CORE"));
    COHORT_CHECK(limit(RLIMIT_NPROC, 0, "RLIMIT_NPROC"));
    return limit(RLIMIT_NOFILE, static_cast<rlim_t>(wanted.channel) + 1, "RLIMIT_NOFILE");
}

Result<void> becomeUser(unsigned uid)
{
    if (geteuid() != 0 && getuid() != 0)
        return {};
    if (uid == 0)
        return fail(ErrorCode::SandboxUnsafe, QStringLiteral("no user was given to become"));
    if (setgroups(0, nullptr) != 0 || setresgid(uid, uid, uid) != 0 || setresuid(uid, uid, uid) != 0)
        return unsafe("setresuid");
    if (setuid(0) == 0)
        return fail(ErrorCode::SandboxUnsafe, QStringLiteral("root could be had back"));
    return {};
}

// Everything that this kernel's Landlock knows, and no rule that would allow any of it. False: the kernel has none.
bool restrictFiles()
{
    struct Attributes
    {
        std::uint64_t files;
        std::uint64_t network;
        std::uint64_t scoped;
    };
    const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, 1U);
    if (version < 1)
        return false;
    Attributes attributes{};
    attributes.files = version >= 5 ? 0xffff : version >= 3 ? 0x7fff : version >= 2 ? 0x3fff : 0x1fff;
    attributes.network = version >= 4 ? 0x3 : 0;
    attributes.scoped = version >= 6 ? 0x3 : 0;
    const std::size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    const long ruleset = syscall(SYS_landlock_create_ruleset, &attributes, size, 0U);
    if (ruleset < 0)
        return false;
    const bool restricted = syscall(SYS_landlock_restrict_self, ruleset, 0U) == 0;
    close(static_cast<int>(ruleset));
    return restricted;
}

using Filter = std::unique_ptr<void, void (*)(scmp_filter_ctx)>;

// What a call's argument must be; for SCMP_CMP_MASKED_EQ `value` is the mask.
scmp_arg_cmp argument(unsigned number, scmp_compare how, scmp_datum_t value, scmp_datum_t masked = 0)
{
    return {number, how, value, masked};
}

int allowMemory(scmp_filter_ctx filter)
{
    int failed = 0;
    for (const int call : {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(madvise)})
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
    // Nothing that is written may be run, and only memory may be mapped.
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC),
                               argument(3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
    failed |=
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC));
    return failed;
}

int allowChannel(scmp_filter_ctx filter, int channel)
{
    int failed = 0;
    for (const int call : {SCMP_SYS(read), SCMP_SYS(write)})
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                                   argument(0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(channel)));
    return failed;
}

int allowRest(scmp_filter_ctx filter)
{
    int failed = 0;
    for (const int call : {SCMP_SYS(futex), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(clock_gettime),
                           SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall)})
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
#ifdef __SANITIZE_ADDRESS__ // asks for it wherever an exception is thrown
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sigaltstack), 0);
#endif
    // What honest Python and the C library try without meaning harm.
    for (const int call :
         {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat),
          SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
          SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(sysinfo), SCMP_SYS(getrandom)})
        failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0);
    return failed;
}

} // namespace

Result<LockedDown> dropRights(const LockDown& wanted)
{
    COHORT_CHECK(setLimits(wanted));
    COHORT_CHECK(becomeUser(wanted.uid));
    // Asked for again, since a change of user forgets it.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_DUMPABLE, 0) != 0)
        return unsafe("prctl");
    LockedDown done;
    done.landlock = restrictFiles();
    const auto channel = static_cast<unsigned>(wanted.channel);
    if ((channel > 0 && close_range(0, channel - 1, 0) != 0) || close_range(channel + 1, ~0U, 0) != 0)
        return unsafe("close_range");
    return done;
}

Result<void> filterSystemCalls(int channel)
{
    const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS), [](scmp_filter_ctx context) { seccomp_release(context); });
    if (!filter)
        return unsafe("seccomp_init");
    int failed = seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    failed |= seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
    failed |= allowMemory(filter.get()) | allowChannel(filter.get(), channel) | allowRest(filter.get());
    if (failed != 0 || seccomp_load(filter.get()) != 0)
        return unsafe("seccomp_load");
    return {};
}

} // namespace cohort::worker
