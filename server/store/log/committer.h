// The node's committer: the one writer of measurements and event rows, one batch after another, no timer.
// Thread: its own; submit() from any. Owner: app. Flow: ingest, api, actions → submit → COPY or staging → commit →
// `done` and bus. Source: architecture.md, rules 1 to 3.
#pragma once

#include "server/store/log/log_row.h"
#include "server/store/postgres/connection.h"
#include "shared/model/stored_value.h"

#include <functional>
#include <memory>
#include <vector>

namespace cohort::store {

// A measurement that ingest has checked; its stream is found or made by the committer.
struct NewMeasurement
{
    DeviceId device;
    LocationId location;
    std::string name;
    std::string index;
    std::string unit;
    Timestamp time;
    Value value;
    std::int16_t flags = 0;
    // What its device's type says that it is, and then `value` and `unit` are so already. Undecided: the type says
    // nothing, and the committer goes by what its stream holds.
    model::StreamKind kind = model::StreamKind::Undecided;
    std::string written = {}; // of a number or boolean: its own text, which a stream of texts keeps
};

// A command's answer from a device, applied in the same transaction (`command` table; states go one way).
struct NewCommandResponse
{
    DeviceId gateway; // who said it: the command must be this gateway's
    CommandId command;
    int result = 0; // device-protocol.md: 0 received, 1 executed, 2… failed
};

// A device that a gateway added.
struct DiscoveredDevice
{
    DeploymentId deployment;
    LocationId location;
    DeviceId gateway;
    std::string key;
    int type = 0;
};

// An alert that a device raised (Sql::AlertRecordDevice; binds device, key, severity, texts, at).
struct NewDeviceAlert
{
    DeviceId device;
    std::string key;
    std::string severity; // low, normal, urgent
    std::string texts;    // a JSON object: language → text
    Timestamp at;
};

// All of one upload, or of one change elsewhere: committed together or not at all.
struct Submission
{
    std::vector<NewMeasurement> measurements;
    std::vector<LogRow> events; // ordinal is given by the committer
    std::vector<NewCommandResponse> responses;
    std::vector<DiscoveredDevice> devices;
    std::vector<NewDeviceAlert> alerts;
};

struct RefusedMeasurement
{
    std::size_t index = 0; // in the submission
    Error why;             // TooManyStreams, NotANumber, NotOnOrOff, UnknownUnit
};

// What became of a submission; called on the committer's thread, do little there.
// Errors: DatabaseLost (the committer was stopped; not known to be stored); WrongMeasurement or DatabaseError: the
// database cannot hold this one (nothing of it is stored, its neighbours are).
struct Committed
{
    std::int64_t batch = 0;
    int inserted = 0;                         // measurements that were new
    int noValue = 0, newNoValue = 0;          // those that say "no value", and the new among them
    std::vector<RefusedMeasurement> refused;  // the others are stored, or were there
    std::vector<std::size_t> otherLocation;   // indices of devices that exist in another location: refused
    std::vector<std::size_t> unknownCommands; // indices of responses to what is no command of their gateway
};
using Done = std::function<void(Result<Committed>)>;

// Hears of every committed batch, on the committer's thread (app connects it to the bus).
using OnBatch = std::function<void(LogBatchPtr)>;
// Hears of every command whose state a response changed, after the commit.
using OnCommand = std::function<void(CommandId, LocationId)>;

struct CommitterOptions
{
    ConnectionSettings database;
    QString node;
    std::size_t queueCapacity = 20'000; // submissions; full: submit() says no
    std::size_t rowsPerBatch = 20'000;
    int streamsPerDevice = 256;
    Milliseconds commitTimeout{10'000}; // then the connection is shut and the batch tried again
};

class Committer
{
public:
    Committer(CommitterOptions options, OnBatch onBatch, OnCommand onCommand);
    ~Committer(); // stop()

    // Connects, takes its writer row (a new incarnation) and starts the thread. Conflict: another server runs with this
    // node's name; it is waited for 10 s, for a killed one's connection ends a moment after it.
    Result<void> start();
    // False when the queue is full, or isReplaced(); `done` is then not called.
    [[nodiscard]] bool submit(Submission submission, Done done);
    // Submissions that wait now.
    std::size_t waiting() const;
    // Another process has taken this node's writer: nothing is stored here any more.
    bool isReplaced() const;
    // A commit has been tried for over 5 s.
    bool isSilent() const;
    // Takes nothing new, commits what waits (bounded by commitTimeout), ends the thread.
    void stop();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::store
