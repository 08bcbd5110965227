#include "server/store/log/batch_writer.h"

#include "server/store/log/command_answers.h"
#include "server/store/log/measurement_identity.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/sql_names.h"
#include "shared/base/limits.h"
#include "shared/base/log.h"

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <unordered_set>

namespace cohort::store {

namespace {

// A measurement on its way into the table.
struct Candidate
{
    std::size_t submission = 0;
    const NewMeasurement* measurement = nullptr;
    const Value* value = nullptr; // as it is stored
    CachedStream* stream = nullptr;
    std::int32_t ordinal = 0;
    bool mayBeThere = false; // goes by staging
    bool isInserted = false;
};

// What the whole batch is made of, before and while it is written.
struct Draft
{
    const std::vector<const Submission*>* submissions = nullptr;
    std::vector<Candidate> candidates;          // by ordinal
    std::vector<LogRow> events;                 // by ordinal
    std::vector<std::int32_t> responseOrdinals; // one for each response, in order
    std::deque<Value> converted;                // those that are stored otherwise than they were given
    WrittenBatch written;
};

// With what its stream says of it: it stays with the row when an operator changes the stream.
std::int16_t flagsOf(const Candidate& candidate)
{
    const bool isOfTexts = candidate.value->isText() && candidate.stream->kind == model::StreamKind::Text;
    return static_cast<std::int16_t>(candidate.measurement->flags | (isOfTexts ? OfTextsFlag : 0));
}

LogRow logRowOf(const Candidate& candidate)
{
    const NewMeasurement& one = *candidate.measurement;
    LogRow row;
    row.ordinal = candidate.ordinal;
    row.location = one.location;
    row.device = one.device;
    row.stream = candidate.stream->id;
    row.time = one.time;
    row.value = *candidate.value;
    row.name = one.name;
    row.index = one.index;
    row.flags = flagsOf(candidate);
    return row;
}

// The value as its stream holds it; it lives as long as the submission and the draft.
Result<const Value*> storedValueOf(const NewMeasurement& one, const CachedStream& stream, Draft& draft)
{
    const bool isNumberAlready =
        one.value.number && stream.kind == model::StreamKind::Number && (one.unit.empty() || one.unit == stream.unit);
    const bool isTextAlready = one.value.text && stream.kind == model::StreamKind::Text;
    const bool isAsTyped =
        one.kind != model::StreamKind::Undecided && (one.unit == stream.unit || one.unit.empty() || !one.value.number);
    if (isAsTyped || isNumberAlready || isTextAlready)
        return &one.value;
    const bool isDifference = (one.flags & DurationalFlag) != 0;
    COHORT_TRY(value,
               model::storedValue({one.value, one.unit, false, isDifference, one.written}, {stream.kind, stream.unit}));
    return &draft.converted.emplace_back(std::move(value));
}

void addTo(CopyBuffer& buffer, const Candidate& candidate, const LogBatch& batch)
{
    const NewMeasurement& one = *candidate.measurement;
    buffer.beginRow(9);
    buffer.add(static_cast<std::int32_t>(candidate.stream->id.value));
    buffer.add(one.time);
    buffer.add(candidate.value->number);
    buffer.add(candidate.value->text);
    buffer.add(candidate.value->integer);
    buffer.add(batch.writer);
    buffer.add(batch.number);
    buffer.add(candidate.ordinal);
    buffer.add(flagsOf(candidate));
}

void addTo(CopyBuffer& buffer, const LogRow& row, const LogBatch& batch)
{
    buffer.beginRow(10);
    buffer.add(batch.writer);
    buffer.add(batch.number);
    buffer.add(row.ordinal);
    buffer.add(row.location.value);
    buffer.add(std::string_view(rowKindName(row.kind)));
    buffer.add(row.time);
    if (row.device)
        buffer.add(row.device.value);
    else
        buffer.addNull();
    buffer.add(row.name);
    buffer.add(static_cast<std::int16_t>(row.depth));
    buffer.addJson(row.data.empty() ? std::string_view("{}") : std::string_view(row.data));
}

} // namespace

struct BatchWriter::Private
{
    explicit Private(CommitterOptions o) : options(std::move(o)), streams(options.streamsPerDevice) {}

    CommitterOptions options;
    StreamCache streams;
    Partitions partitions;
    std::int16_t writer = 0;
    std::int64_t incarnation = 0;
    std::optional<WrittenBatch> unsure; // written, but the answer to COMMIT was lost

    Result<void> draft(Connection& connection, Draft& draft);
    Result<void> draftMeasurements(Connection& connection, Draft& draft);
    void markResends(Draft& draft, bool stageAll) const;
    Result<void> writeAll(Connection& connection, Draft& draft, bool& isCommittedAlready);
    Result<void> drawNumber(Connection& connection, Draft& draft, bool& isCommittedAlready);
    Result<void> copyNew(Connection& connection, Draft& draft, Deadline deadline) const;
    Result<void> mergeStaged(Connection& connection, Draft& draft, Deadline deadline) const;
    Result<void> applyResponses(Connection& connection, Draft& draft) const;
    static Result<Row> addDevice(Connection& connection, const DiscoveredDevice& one);
    static Result<void> follow(Connection& connection, Draft& draft, const std::vector<DeviceId>& moved);
    static Result<void> addDevices(Connection& connection, Draft& draft);
    static Result<void> raiseAlerts(Connection& connection, const Draft& draft);
    Result<void> copyEvents(Connection& connection, Draft& draft, Deadline deadline) const;
    Result<void> closeBatch(Connection& connection, Draft& draft) const;
    void remember(const Draft& draft);
    Result<WrittenBatch> attempt(Connection& connection, const std::vector<const Submission*>& submissions,
                                 bool stageAll);
};

// Measurements first, then events, then responses, within each submission; the ordinals have gaps where something
// turns out to be there already.
Result<void> BatchWriter::Private::draft(Connection& connection, Draft& draft)
{
    draft.written.batch = std::make_shared<LogBatch>();
    draft.written.outcomes.resize(draft.submissions->size());
    COHORT_CHECK(draftMeasurements(connection, draft));
    std::int32_t ordinal = 0;
    auto candidate = draft.candidates.begin();
    for (std::size_t index = 0; index < draft.submissions->size(); ++index) {
        const Submission& submission = *draft.submissions->at(index);
        for (; candidate != draft.candidates.end() && candidate->submission == index; ++candidate)
            candidate->ordinal = ordinal++;
        for (const LogRow& event : submission.events) {
            draft.events.push_back(event);
            draft.events.back().ordinal = ordinal++;
        }
        for (std::size_t response = 0; response < submission.responses.size(); ++response)
            draft.responseOrdinals.push_back(ordinal++);
    }
    return {};
}

Result<void> BatchWriter::Private::draftMeasurements(Connection& connection, Draft& draft)
{
    std::vector<const NewMeasurement*> wanted;
    for (const Submission* submission : *draft.submissions) {
        for (const NewMeasurement& one : submission->measurements)
            wanted.push_back(&one);
    }
    COHORT_TRY(found, streams.resolve(connection, wanted));
    std::unordered_set<MeasurementIdentity, MeasurementIdentityHash> seen;
    seen.reserve(wanted.size());
    draft.candidates.reserve(wanted.size());
    auto stream = found.begin();
    for (std::size_t index = 0; index < draft.submissions->size(); ++index) {
        const auto& measurements = draft.submissions->at(index)->measurements;
        for (std::size_t position = 0; position < measurements.size(); ++position, ++stream) {
            const NewMeasurement& one = measurements[position];
            const auto value = *stream ? storedValueOf(one, **stream, draft) : fail(ErrorCode::TooManyStreams);
            draft.written.outcomes[index].noValue += value && (*value)->isNone() ? 1 : 0;
            if (!value)
                draft.written.outcomes[index].refused.push_back({position, value.error()});
            else if (seen.insert({(*stream)->id, one.time, *value}).second)
                draft.candidates.push_back({index, &one, *value, *stream, 0, false, false});
        }
    }
    for (const Candidate& candidate : draft.candidates)
        COHORT_CHECK(partitions.ensure(connection, candidate.measurement->time));
    return {};
}

void BatchWriter::Private::markResends(Draft& draft, bool stageAll) const
{
    for (Candidate& candidate : draft.candidates) {
        const auto& newest = candidate.stream->newest;
        candidate.mayBeThere = stageAll || (newest && candidate.measurement->time <= *newest);
    }
}

Result<void> BatchWriter::Private::drawNumber(Connection& connection, Draft& draft, bool& isCommittedAlready)
{
    COHORT_TRY(rows, connection.query(Sql::WriterNextNumber,
                                      {{"writer", bound(qint64{writer})}, {"incarnation", bound(incarnation)}}));
    if (rows.empty())
        return fail(ErrorCode::Cancelled,
                    QStringLiteral("another cohort-server runs with the node name '%1'; give each "
                                   "its own --node")
                        .arg(options.node));
    draft.written.batch->writer = writer;
    draft.written.batch->number = rows[0].integer("last_number");
    // The row was locked by the lost transaction until it ended one way or the other. If our number is gone, it was
    // committed; if it comes again, it was not.
    isCommittedAlready = unsure && unsure->batch->number < draft.written.batch->number;
    if (isCommittedAlready)
        return fail(ErrorCode::AlreadyExists);
    unsure.reset();
    return {};
}

Result<void> BatchWriter::Private::copyNew(Connection& connection, Draft& draft, Deadline deadline) const
{
    CopyBuffer buffer;
    for (Candidate& candidate : draft.candidates) {
        if (candidate.mayBeThere)
            continue;
        addTo(buffer, candidate, *draft.written.batch);
        candidate.isInserted = true;
    }
    if (buffer.rows() == 0)
        return {};
    COHORT_CHECK(copyIn(connection, Sql::MeasurementCopy, buffer, deadline));
    return {};
}

Result<void> BatchWriter::Private::mergeStaged(Connection& connection, Draft& draft, Deadline deadline) const
{
    CopyBuffer buffer;
    for (const Candidate& candidate : draft.candidates) {
        if (candidate.mayBeThere)
            addTo(buffer, candidate, *draft.written.batch);
    }
    if (buffer.rows() == 0)
        return {};
    COHORT_CHECK(copyIn(connection, Sql::StagingCopy, buffer, deadline));
    COHORT_TRY(rows, connection.query(Sql::StagingMerge));
    std::unordered_set<std::int32_t> inserted;
    for (const Row& row : rows)
        inserted.insert(static_cast<std::int32_t>(row.integer("ordinal")));
    for (Candidate& candidate : draft.candidates)
        candidate.isInserted = candidate.isInserted || inserted.contains(candidate.ordinal);
    return {};
}

Result<void> BatchWriter::Private::applyResponses(Connection& connection, Draft& draft) const
{
    std::vector<CommandAnswer> answers;
    std::unordered_map<std::int32_t, std::pair<std::size_t, std::size_t>> places; // by ordinal: submission, position
    auto ordinal = draft.responseOrdinals.begin();
    for (std::size_t index = 0; index < draft.submissions->size(); ++index) {
        const auto& responses = draft.submissions->at(index)->responses;
        for (std::size_t position = 0; position < responses.size(); ++position, ++ordinal) {
            answers.push_back({&responses[position], *ordinal});
            places.emplace(*ordinal, std::pair(index, position));
        }
    }
    COHORT_TRY(applied, applyAnswers(connection, answers));
    for (const std::int32_t unknown : applied.unknown) {
        const auto& [index, position] = places.at(unknown);
        draft.written.outcomes[index].unknownCommands.push_back(position);
    }
    draft.written.commands.insert(draft.written.commands.end(), applied.changed.begin(), applied.changed.end());
    std::move(applied.finished.begin(), applied.finished.end(), std::back_inserter(draft.events));
    return {};
}

// Where one of a cause is open already, that one says what is new; actions tells of both.
Result<void> BatchWriter::Private::raiseAlerts(Connection& connection, const Draft& draft)
{
    for (const Submission* submission : *draft.submissions) {
        for (const NewDeviceAlert& alert : submission->alerts) {
            const QString texts = QString::fromStdString(alert.texts);
            COHORT_CHECK(connection.query(Sql::AlertRecordDevice, {{"device", bound(alert.device)},
                                                                   {"key", QString::fromStdString(alert.key)},
                                                                   {"severity", QString::fromStdString(alert.severity)},
                                                                   {"texts", texts},
                                                                   {"most", bound(AlertsPerHourMost)},
                                                                   {"window_s", bound(AlertWindowS)},
                                                                   {"gap_s", bound(CallingGapS)},
                                                                   {"at", bound(alert.at)}}));
        }
    }
    return {};
}

// The device as it then is.
Result<Row> BatchWriter::Private::addDevice(Connection& connection, const DiscoveredDevice& one)
{
    const Binds binds{{"deployment", bound(one.deployment)},
                      {"location", bound(one.location)},
                      {"gateway", bound(one.gateway)},
                      {"key", QString::fromStdString(one.key)},
                      {"type", bound(qint64{one.type})}};
    // A second look finds what another transaction made while the first one waited for it.
    for (int attempt = 0; attempt < 2; ++attempt) {
        COHORT_TRY(rows, connection.query(Sql::DeviceMakeBehindGateway, binds));
        if (!rows.empty())
            return std::move(rows.front());
    }
    return fail(ErrorCode::DatabaseError, QStringLiteral("no gateway %1").arg(one.gateway.value));
}

// The open commands of devices that came here from behind another gateway come with them.
Result<void> BatchWriter::Private::follow(Connection& connection, Draft& draft, const std::vector<DeviceId>& moved)
{
    if (moved.empty())
        return {};
    COHORT_TRY(open, CommandRepository(connection).followDevices(moved));
    for (const CommandPlace& command : open)
        draft.written.commands.emplace_back(command.id, command.location);
    return {};
}

Result<void> BatchWriter::Private::addDevices(Connection& connection, Draft& draft)
{
    std::vector<DeviceId> moved;
    for (std::size_t index = 0; index < draft.submissions->size(); ++index) {
        const auto& devices = draft.submissions->at(index)->devices;
        for (std::size_t position = 0; position < devices.size(); ++position) {
            COHORT_TRY(row, addDevice(connection, devices[position]));
            if (!row.isNull("moved_from")) {
                log(LogLevel::Info, "device-moved",
                    {{"device", row.integer("id")},
                     {"from", row.integer("moved_from")},
                     {"to", qint64{devices[position].gateway.value}}});
                moved.push_back(row.id<DeviceId>("id"));
            }
            if (row.id<LocationId>("location_id") != devices[position].location)
                draft.written.outcomes[index].otherLocation.push_back(position);
        }
    }
    return follow(connection, draft, moved);
}

Result<void> BatchWriter::Private::copyEvents(Connection& connection, Draft& draft, Deadline deadline) const
{
    if (draft.events.empty())
        return {};
    CopyBuffer buffer;
    for (const LogRow& row : draft.events)
        addTo(buffer, row, *draft.written.batch);
    COHORT_CHECK(copyIn(connection, Sql::EventCopy, buffer, deadline));
    return {};
}

// The batch as its readers see it, and its row.
Result<void> BatchWriter::Private::closeBatch(Connection& connection, Draft& draft) const
{
    LogBatch& batch = *draft.written.batch;
    std::optional<Timestamp> least;
    std::optional<Timestamp> greatest;
    batch.rows.reserve(draft.candidates.size() + draft.events.size());
    for (const Candidate& candidate : draft.candidates) {
        if (!candidate.isInserted)
            continue;
        const Timestamp time = candidate.measurement->time;
        least = least ? std::min(*least, time) : time;
        greatest = greatest ? std::max(*greatest, time) : time;
        ++draft.written.outcomes[candidate.submission].inserted;
        draft.written.outcomes[candidate.submission].newNoValue += candidate.value->isNone() ? 1 : 0;
        batch.rows.push_back(logRowOf(candidate));
    }
    batch.rows.insert(batch.rows.end(), draft.events.begin(), draft.events.end());
    if (!draft.events.empty())
        std::sort(batch.rows.begin(), batch.rows.end(),
                  [](const LogRow& a, const LogRow& b) { return a.ordinal < b.ordinal; });
    for (Committed& outcome : draft.written.outcomes)
        outcome.batch = batch.number;
    COHORT_TRY(rows, connection.query(Sql::BatchCommit, {{"writer", bound(qint64{writer})},
                                                         {"number", bound(batch.number)},
                                                         {"incarnation", bound(incarnation)},
                                                         {"least", bound(least)},
                                                         {"greatest", bound(greatest)},
                                                         {"rows", bound(static_cast<qint64>(batch.rows.size()))}}));
    batch.arrival = rows.at(0).time("arrival");
    return {};
}

Result<void> BatchWriter::Private::writeAll(Connection& connection, Draft& draft, bool& isCommittedAlready)
{
    const Deadline deadline = Deadline::after(options.commitTimeout);
    COHORT_CHECK(drawNumber(connection, draft, isCommittedAlready));
    COHORT_CHECK(copyNew(connection, draft, deadline));
    COHORT_CHECK(mergeStaged(connection, draft, deadline));
    COHORT_CHECK(addDevices(connection, draft));
    COHORT_CHECK(applyResponses(connection, draft));
    COHORT_CHECK(raiseAlerts(connection, draft));
    COHORT_CHECK(copyEvents(connection, draft, deadline));
    COHORT_CHECK(closeBatch(connection, draft));
    return {};
}

void BatchWriter::Private::remember(const Draft& draft)
{
    for (const Candidate& candidate : draft.candidates) {
        auto& newest = candidate.stream->newest;
        if (candidate.isInserted && (!newest || *newest < candidate.measurement->time))
            newest = candidate.measurement->time;
    }
}

Result<WrittenBatch> BatchWriter::Private::attempt(Connection& connection,
                                                   const std::vector<const Submission*>& submissions, bool stageAll)
{
    Draft draft;
    draft.submissions = &submissions;
    COHORT_CHECK(this->draft(connection, draft));
    markResends(draft, stageAll);
    bool isCommittedAlready = false;
    bool isComplete = false;
    Result<void> done = connection.transaction([&]() -> Result<void> {
        COHORT_CHECK(writeAll(connection, draft, isCommittedAlready));
        isComplete = true;
        return {};
    });
    if (isCommittedAlready) {
        streams.clear(); // what it made newest was never remembered
        WrittenBatch written = std::move(*unsure);
        unsure.reset();
        return written;
    }
    if (!done) {
        // Only a transaction that had come to its COMMIT can have been committed. An earlier one that is still not
        // known stays so until its number is drawn again or found gone.
        if (isComplete && !connection.isOpen())
            unsure = std::move(draft.written);
        return fail(std::move(done.error()));
    }
    unsure.reset();
    remember(draft);
    return std::move(draft.written);
}

BatchWriter::BatchWriter(CommitterOptions options) : d(std::make_unique<Private>(std::move(options))) {}
BatchWriter::~BatchWriter() = default;

Result<void> BatchWriter::claimWriter(Connection& connection)
{
    COHORT_TRY(rows,
               connection.query(Sql::WriterClaim, {{"node", d->options.node}, {"kind", QStringLiteral("committer")}}));
    d->writer = static_cast<std::int16_t>(rows.at(0).integer("id"));
    d->incarnation = rows.at(0).integer("incarnation");
    return {};
}

Result<void> BatchWriter::prepareConnection(Connection& connection)
{
    d->streams.clear();
    return connection.runScript(sqlText(Sql::StagingCreate).text);
}

Result<WrittenBatch> BatchWriter::write(Connection& connection, const std::vector<const Submission*>& submissions)
{
    auto written = d->attempt(connection, submissions, false);
    if (written || written.error().code != ErrorCode::AlreadyExists)
        return written;
    // Somebody else wrote to one of the streams: nothing is known of them any more.
    d->streams.clear();
    return d->attempt(connection, submissions, true);
}

void BatchWriter::forgetUnsure()
{
    d->unsure.reset();
}

} // namespace cohort::store
