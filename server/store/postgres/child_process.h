// A program run as another user, in a session of its own, watched by a pidfd. For PostgreSQL's programs, which
// outlive a killed server and can then be watched by the next one although it is not their parent.
// Thread: the owner's. Owner: PrivateCluster. Flow: spawn → pidfd becomes readable → wait.
#pragma once

#include "shared/base/result.h"
#include "shared/base/time.h"

#include <QString>
#include <QStringList>

#include <sys/types.h>

#include <vector>

namespace cohort::store {

// Who a child runs as; nothing is changed when `change` is false.
struct UserIdentity
{
    bool change = false;
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;
};
// The user `postgres` for root, who must not run PostgreSQL; else whoever we are. Errors: Unavailable: no such user.
Result<UserIdentity> postgresIdentity();

struct ChildCommand
{
    QString program;
    QStringList arguments;
    UserIdentity identity;
    QString outputFile;          // appended to, standard output and error
    bool endsWithParent = false; // SIGINT when the starting thread ends; for tests
};

class ChildProcess
{
public:
    ChildProcess() = default;
    ~ChildProcess(); // lets go of the process; does not end it
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;

    // Errors: Unavailable, with the system's sentence.
    static Result<ChildProcess> spawn(const ChildCommand& command);
    // A process that somebody else started. Errors: NotFound when there is none with this number.
    static Result<ChildProcess> adopt(pid_t pid);

    pid_t pid() const { return m_pid; }
    // Readable when the process has ended.
    int descriptor() const { return m_descriptor; }
    void signal(int number) const;
    // True when it has ended within the time.
    bool wait(Milliseconds limit) const;
    // After the end: collects our own child. The exit status, or -1 for a signal or somebody else's child.
    int collect() const;

private:
    pid_t m_pid = 0;
    int m_descriptor = -1;
};

} // namespace cohort::store
