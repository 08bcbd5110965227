// One script in one home while it is in memory: the engine's instance and what composer keeps beside it.
// Thread: composer's. Owner: InstanceTable; shared with the lane that runs it. Flow: rows → here → lane → commit.
// Source: architecture.md, rule 5.
#pragma once

#include "server/composer/deployed/home_table.h"
#include "server/composer/deployed/instance_key.h"
#include "server/composer/deployed/script_table.h"
#include "server/composer/running/supervisor.h"
#include "server/engine/instance.h"

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace cohort::composer {

using InputPtr = std::shared_ptr<const engine::Input>;

// Where the entry is in its work.
struct Work
{
    bool queued = false;              // in a lane's queue
    bool removed = false;             // not deployed, paused or stopped: what comes back of it is not used
    bool touched = false;             // something may have changed since the last commit
    std::optional<engine::Run> out;   // the run that is in a worker
    std::optional<engine::Run> again; // a run that has to be made again first
    std::uint64_t mirror = 0;         // the worker (by serial) that has our state and latest values; 0: none
    std::deque<InputPtr> offered;     // rows that `applied` does not cover yet
    std::uint64_t lastUsed = 0;       // for eviction: the table's tick
    std::set<std::string> closed;     // keys of alerts that it resolved and has not raised since
    std::optional<Timestamp> chained; // when a run far from its measurement last set a fact or sent a signal
};

// What the database has, so that only changes are written.
struct Stored
{
    std::string state, extra, facts;
    std::vector<engine::Timer> timers;
    std::optional<Timestamp> clock;
    std::optional<Timestamp> wakeAt;
    Trouble trouble;
};

struct InstanceEntry
{
    InstanceKey key;
    DeploymentId deployment;
    bool numpy = false;
    VersionPtr version;
    HomePtr home;
    std::string parameters; // compact JSON
    std::unique_ptr<engine::Instance> instance;
    Trouble trouble;
    Work work;
    Stored stored;
};
using InstanceEntryPtr = std::shared_ptr<InstanceEntry>;

} // namespace cohort::composer
