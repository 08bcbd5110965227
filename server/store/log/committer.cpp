#include "server/store/log/committer.h"

#include "server/store/log/batch_writer.h"
#include "server/store/log/storable.h"
#include "server/store/sql_names.h"
#include "shared/base/log.h"
#include "shared/base/mailbox.h"
#include "shared/base/system_clock.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

namespace cohort::store {

namespace {

constexpr std::size_t BatchesOfRows = 20; // so many batches' rows may wait
constexpr Milliseconds ShortestBackOff{50};
constexpr Milliseconds LongestBackOff{2'000};
constexpr std::chrono::seconds SilentAfter{5};
constexpr Milliseconds NameWait{10'000}; // so long a killed server's connection may outlive it

constexpr auto Idle = std::chrono::microseconds::max();

struct Waiting
{
    Submission submission;
    Done done;
    std::size_t rows = 0;
};

std::size_t rowsOf(const Submission& submission)
{
    return 1 + submission.measurements.size() + submission.events.size() + submission.responses.size() +
           submission.devices.size() + submission.alerts.size();
}

// Errors that pass: the same batch is tried again.
bool isPassing(ErrorCode code)
{
    return code == ErrorCode::DatabaseLost || code == ErrorCode::Timeout || code == ErrorCode::Unavailable ||
           code == ErrorCode::Conflict;
}

} // namespace

struct Committer::Private
{
    Private(CommitterOptions o, OnBatch b, OnCommand c)
        : options(std::move(o)), onBatch(std::move(b)), onCommand(std::move(c)), box(options.queueCapacity),
          writer(options)
    {
    }

    using Batch = std::vector<Waiting>;
    using Range = std::pair<Batch::iterator, Batch::iterator>;

    const CommitterOptions options;
    const OnBatch onBatch;
    const OnCommand onCommand;
    Mailbox<Waiting> box;
    std::atomic<std::size_t> waiting{0};
    std::atomic<std::size_t> waitingRows{0};
    std::atomic<bool> stopping{false};
    std::atomic<bool> replaced{false};
    const Stopwatch age;
    std::atomic<std::chrono::microseconds> triedSince{Idle}; // of `age`: when the commit that is at work began
    std::thread thread;

    // Of the thread:
    std::unique_ptr<Connection> connection;
    BatchWriter writer;
    bool isPrepared = false; // the connection has what a batch needs
    std::deque<Waiting> backlog;
    Deadline stopBy = Deadline::never();

    Result<void> connect();
    Result<bool> holdName();
    Result<void> awaitName();
    bool isReady();
    void run();
    Batch nextBatch();
    void commit(Range range);
    Result<WrittenBatch> writeUntilDone(Range range);
    void finish(Range range, WrittenBatch written);
    void refuse(Waiting& one, const Error& error);
    void release(const Waiting& one);
    tl::unexpected<Error> replacedBy(const Error& error);
    bool waitBeforeRetry(Milliseconds backOff);
    void checkStop();
};

Result<void> Committer::Private::connect()
{
    ConnectionSettings settings = options.database;
    settings.statementTimeout = options.commitTimeout;
    COHORT_TRY(opened, Connection::open(settings));
    connection = std::move(opened);
    COHORT_CHECK(awaitName());
    COHORT_CHECK(writer.claimWriter(*connection));
    COHORT_CHECK(writer.prepareConnection(*connection));
    isPrepared = true;
    return {};
}

// Whether no other connection is of this node's name. Its own lost one may still be, so after the start a 'no' ends nothing.
Result<bool> Committer::Private::holdName()
{
    COHORT_TRY(rows, connection->query(Sql::WriterHold, {{"node", options.node}}));
    return rows.at(0).boolean("taken");
}

// Claiming the writer's row would end the commits of a server that runs under this name.
Result<void> Committer::Private::awaitName()
{
    const Deadline until = Deadline::after(NameWait);
    while (true) {
        COHORT_TRY(isHeld, holdName());
        if (isHeld)
            return {};
        if (until.isOver())
            return fail(ErrorCode::Conflict, QStringLiteral("another cohort-server runs with the node name '%1'; give "
                                                            "each its own --node")
                                                 .arg(options.node));
        std::this_thread::sleep_for(Milliseconds(100));
    }
}

// Tries once to have a connection that can be written to.
bool Committer::Private::isReady()
{
    if (!connection->isOpen()) {
        isPrepared = false;
        if (!connection->reopen())
            return false;
    }
    if (!isPrepared)
        isPrepared = holdName() && writer.prepareConnection(*connection);
    return isPrepared;
}

void Committer::Private::checkStop()
{
    if (stopping && stopBy.isNever())
        stopBy = Deadline::after(options.commitTimeout);
}

void Committer::Private::run()
{
    while (true) {
        checkStop();
        Batch batch = nextBatch();
        if (!batch.empty()) {
            triedSince = age.elapsed();
            commit({batch.begin(), batch.end()});
            triedSince = Idle;
        } else if (stopping && backlog.empty() && box.size() == 0) {
            break;
        }
    }
    connection.reset();
}

// What has gathered since the last commit, up to a batch's rows; one that cannot be stored at all is told so at once.
Committer::Private::Batch Committer::Private::nextBatch()
{
    std::deque<Waiting> gathered = backlog.empty() ? box.drainAll(Milliseconds(500)) : box.drainAll();
    for (Waiting& one : gathered)
        backlog.push_back(std::move(one));
    Batch batch;
    std::size_t rows = 0;
    while (!backlog.empty() && (batch.empty() || rows + backlog.front().rows <= options.rowsPerBatch)) {
        Waiting one = std::move(backlog.front());
        backlog.pop_front();
        if (const auto storable = checkStorable(one.submission); !storable) {
            refuse(one, storable.error());
            continue;
        }
        rows += one.rows;
        batch.push_back(std::move(one));
    }
    return batch;
}

// When the database refuses the data of one, halves are tried by themselves until that one is alone.
void Committer::Private::commit(Range range)
{
    auto written = writeUntilDone(range);
    if (!written && written.error().code == ErrorCode::Cancelled)
        written = replacedBy(written.error());
    if (written) {
        finish(range, std::move(*written));
    } else if (range.second - range.first == 1 || isPassing(written.error().code)) {
        for (auto one = range.first; one != range.second; ++one)
            refuse(*one, written.error());
    } else {
        const auto middle = range.first + (range.second - range.first) / 2;
        commit({range.first, middle});
        commit({middle, range.second});
    }
}

// Tries until it is known what became of it: committed, refused for its data, or the committer's time is over.
Result<WrittenBatch> Committer::Private::writeUntilDone(Range range)
{
    std::vector<const Submission*> submissions;
    for (auto one = range.first; one != range.second; ++one)
        submissions.push_back(&one->submission);
    Milliseconds backOff = ShortestBackOff;
    while (true) {
        Result<WrittenBatch> written = fail(ErrorCode::DatabaseLost);
        if (isReady())
            written = writer.write(*connection, submissions);
        if (written || !isPassing(written.error().code)) {
            writer.forgetUnsure();
            return written;
        }
        log(LogLevel::Warning, "commit-retried",
            {{"reason", written.error().message()}, {"backOffMs", backOff.count()}});
        if (!waitBeforeRetry(backOff)) {
            writer.forgetUnsure();
            return fail(ErrorCode::DatabaseLost, QStringLiteral("the server stopped before this was stored"), 5'000);
        }
        backOff = std::min(backOff * 2, LongestBackOff);
    }
}

// Another process has this node's writer: nothing can be stored here until this one is started again.
tl::unexpected<Error> Committer::Private::replacedBy(const Error& error)
{
    if (!replaced.exchange(true))
        log(LogLevel::Error, "node-name-taken", {{"reason", error.detail}});
    return fail(ErrorCode::Unavailable, error.detail, 5'000);
}

// False when the time after stop() is over.
bool Committer::Private::waitBeforeRetry(Milliseconds backOff)
{
    const Deadline until = Deadline::after(backOff);
    while (!until.isOver()) {
        checkStop();
        if (stopBy.isOver())
            return false;
        std::this_thread::sleep_for(std::min(backOff, Milliseconds(20)));
    }
    return true;
}

void Committer::Private::finish(Range range, WrittenBatch written)
{
    std::size_t index = 0;
    for (auto one = range.first; one != range.second; ++one, ++index) {
        release(*one);
        if (one->done)
            one->done(std::move(written.outcomes[index]));
    }
    if (onBatch)
        onBatch(std::move(written.batch));
    if (onCommand) {
        for (const auto& [command, location] : written.commands)
            onCommand(command, location);
    }
}

void Committer::Private::refuse(Waiting& one, const Error& error)
{
    release(one);
    if (one.done)
        one.done(fail(error));
}

void Committer::Private::release(const Waiting& one)
{
    --waiting;
    waitingRows -= one.rows;
}

Committer::Committer(CommitterOptions options, OnBatch onBatch, OnCommand onCommand)
    : d(std::make_unique<Private>(std::move(options), std::move(onBatch), std::move(onCommand)))
{
}

Committer::~Committer()
{
    stop();
}

Result<void> Committer::start()
{
    // The connection belongs to the thread that opens it.
    const auto connected = std::make_shared<std::promise<Result<void>>>();
    std::future<Result<void>> answer = connected->get_future();
    d->thread = std::thread([this, connected] {
        ::pthread_setname_np(::pthread_self(), "committer");
        Result<void> result = d->connect();
        const bool isConnected = result.has_value();
        if (!isConnected)
            d->connection.reset();
        connected->set_value(std::move(result));
        if (isConnected)
            d->run();
    });
    Result<void> result = answer.get();
    if (!result)
        d->thread.join();
    return result;
}

bool Committer::submit(Submission submission, Done done)
{
    const std::size_t rows = rowsOf(submission);
    if (d->stopping || d->replaced || d->waiting.load() >= d->options.queueCapacity ||
        d->waitingRows.load() >= d->options.rowsPerBatch * BatchesOfRows)
        return false;
    ++d->waiting;
    d->waitingRows += rows;
    if (d->box.put(Waiting{std::move(submission), std::move(done), rows}))
        return true;
    --d->waiting;
    d->waitingRows -= rows;
    return false;
}

std::size_t Committer::waiting() const
{
    return d->waiting.load();
}

bool Committer::isReplaced() const
{
    return d->replaced.load();
}

bool Committer::isSilent() const
{
    const auto since = d->triedSince.load();
    return since != Idle && d->age.elapsed() - since > SilentAfter;
}

void Committer::stop()
{
    d->stopping = true;
    d->box.close();
    if (d->thread.joinable())
        d->thread.join();
}

} // namespace cohort::store
