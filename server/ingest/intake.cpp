#include "server/ingest/intake.h"

#include "server/ingest/decoder.h"
#include "server/ingest/message_reader.h"
#include "server/ingest/rate_limit.h"
#include "server/ingest/reply_text.h"
#include "server/ingest/upload_checker.h"

#include <algorithm>
#include <array>

namespace cohort::ingest {

namespace {

using std::chrono::microseconds;

// Codes that an upload or a part of it is refused with, each with a counter.
constexpr std::array CountedCodes{
    ErrorCode::CannotParse,   ErrorCode::TooLarge,         ErrorCode::NoSuchDevice,   ErrorCode::TooOften,
    ErrorCode::Busy,          ErrorCode::DatabaseLost,     ErrorCode::Timeout,        ErrorCode::OtherLocation,
    ErrorCode::TimeInFuture,  ErrorCode::BeforeStart,      ErrorCode::TooManyStreams, ErrorCode::TooManyDevices,
    ErrorCode::NotANumber,    ErrorCode::NotOnOrOff,       ErrorCode::UnknownUnit,    ErrorCode::TimestampInSeconds,
    ErrorCode::UnknownDevice, ErrorCode::WrongMeasurement, ErrorCode::NotFound,       ErrorCode::Unavailable,
    ErrorCode::Internal};

struct IntakeMetrics
{
    explicit IntakeMetrics(metrics::Registry& registry)
        : posts(registry.counter<metrics::Metric::IngestPosts>()),
          measurements(registry.counter<metrics::Metric::IngestMeasurements>()),
          seconds(registry.histogram<metrics::Metric::IngestSeconds>())
    {
        for (std::size_t i = 0; i < CountedCodes.size(); ++i)
            rejected[i] = &registry.counter<metrics::Metric::IngestRejected>(errorInfo(CountedCodes[i]).name);
    }
    void refused(ErrorCode code)
    {
        const auto found = std::find(CountedCodes.begin(), CountedCodes.end(), code);
        const auto last = static_cast<std::ptrdiff_t>(CountedCodes.size()) - 1; // any other: internal
        rejected[static_cast<std::size_t>(std::min(found - CountedCodes.begin(), last))]->add();
    }

    metrics::Counter& posts;
    metrics::Counter& measurements;
    metrics::Histogram& seconds;
    std::array<metrics::Counter*, CountedCodes.size()> rejected{};
};

// What stores nothing is not acknowledged.
tl::unexpected<Error> nothingKnown(const std::string& member)
{
    constexpr std::string_view Members = MessageReader::Members;
    return cohort::fail(ErrorCode::CannotParse,
                        QStringLiteral("'%1' is no member of a message, and there is nothing else to store; it has: %2")
                            .arg(QString::fromStdString(member),
                                 QString::fromLatin1(Members.data(), static_cast<qsizetype>(Members.size()))));
}

// One upload on its way.
struct Upload
{
    DeviceContextPtr context;
    Decoded decoded;
    std::function<void(UploadReply)> done;
    SteadyTime began;
};
using UploadPtr = std::shared_ptr<Upload>;

} // namespace

struct Intake::Private : std::enable_shared_from_this<Intake::Private>
{
    Private(IntakeOptions o, DeviceCache& cache_, store::Committer& committer_, metrics::Registry& registry,
            const Clock& clock_)
        : options(std::move(o)), cache(cache_), committer(committer_), clock(clock_), metrics(registry),
          checker(options.futureTolerance, options.devicesPerGateway)
    {
    }

    Result<void> decode(Upload& upload, std::string_view json);
    Result<void> withinRate(const Upload& upload, std::int64_t messages, std::int64_t measurements) const;
    void addDevices(const UploadPtr& upload, std::vector<store::DiscoveredDevice> devices);
    void commit(const UploadPtr& upload);
    void committed(const Upload& upload, const Checked& checked, const Result<store::Committed>& result);
    void answer(const Upload& upload, std::size_t stored, const std::vector<Rejection>& rejected);
    void fail(const Upload& upload, const Error& error);
    Error busy() const;

    const IntakeOptions options;
    DeviceCache& cache;
    store::Committer& committer;
    const Clock& clock;
    IntakeMetrics metrics;
    const UploadChecker checker;
};

Error Intake::Private::busy() const
{
    return Error{ErrorCode::Busy, {}, static_cast<int>(options.retryAfter.count())};
}

void Intake::Private::fail(const Upload& upload, const Error& error)
{
    metrics.refused(error.code);
    upload.done(failedReply(error, upload.decoded.sequence, clock.now()));
}

Result<void> Intake::Private::withinRate(const Upload& upload, std::int64_t messages, std::int64_t measurements) const
{
    const auto now = std::chrono::duration_cast<microseconds>(clock.steady().time_since_epoch());
    DeviceRate& rate = *upload.context->rate;
    auto wait = RateLimit{options.messagesPerSecond, options.rateWindow}.acquire(rate.messagesDueUs, messages, now);
    if (wait.count() == 0)
        wait = RateLimit{options.measurementsPerSecond, options.rateWindow}.acquire(rate.measurementsDueUs,
                                                                                    measurements, now);
    if (wait.count() == 0)
        return {};
    const int waitMs = static_cast<int>(std::clamp<std::int64_t>(wait.count() / 1'000 + 1, 100, 60'000));
    return cohort::fail(ErrorCode::TooOften,
                        QStringLiteral("at most %1 messages and %2 measurements a second from one device")
                            .arg(options.messagesPerSecond)
                            .arg(options.measurementsPerSecond),
                        waitMs);
}

Result<void> Intake::Private::decode(Upload& upload, std::string_view json)
{
    // Kept per thread for its buffers only; it holds nothing from one upload to the next.
    thread_local Decoder decoder;
    COHORT_TRY(decoded, decoder.decode(json));
    upload.decoded = std::move(decoded);
    if (!upload.decoded.hasEntries && !upload.decoded.ignored.empty())
        return nothingKnown(upload.decoded.ignored.front());
    if (!upload.decoded.hasEntries) // a heartbeat: what stands there beside it stored nothing, which is said
        upload.decoded.ignored = std::move(upload.decoded.emptyLists);
    if (!UploadChecker::speaksFor(*upload.context, upload.decoded))
        return cohort::fail(ErrorCode::NoSuchDevice,
                            QStringLiteral("proxyId is not the device that is connected, nor behind it"));
    return {};
}

void Intake::Private::addDevices(const UploadPtr& upload, std::vector<store::DiscoveredDevice> devices)
{
    store::Submission submission;
    submission.devices = std::move(devices);
    const auto self = shared_from_this();
    const auto reloaded = [self, upload](Result<DeviceContextPtr> found) {
        if (!found)
            return self->fail(*upload, found.error());
        upload->context = std::move(*found);
        self->commit(upload);
    };
    const bool accepted =
        committer.submit(std::move(submission), [self, upload, reloaded](Result<store::Committed> added) {
            if (!added)
                return self->fail(*upload, added.error());
            self->cache.reload(upload->context->id, reloaded);
        });
    if (!accepted)
        fail(*upload, busy());
}

void Intake::Private::commit(const UploadPtr& upload)
{
    const std::string sequence = upload->decoded.sequence;
    const bool isList = upload->decoded.isList;
    auto ignored = std::move(upload->decoded.ignored);
    auto checked = std::make_shared<Checked>(checker.check(std::move(upload->decoded), *upload->context, clock.now()));
    upload->decoded.sequence = sequence;
    upload->decoded.isList = isList;
    upload->decoded.ignored = std::move(ignored);
    store::Submission& submission = checked->submission;
    if (submission.measurements.empty() && submission.responses.empty() && submission.alerts.empty())
        return answer(*upload, 0, checked->rejected);
    const auto self = shared_from_this();
    const bool accepted =
        committer.submit(std::move(submission), [self, upload, checked](const Result<store::Committed>& result) {
            self->committed(*upload, *checked, result);
        });
    if (!accepted)
        fail(*upload, busy());
}

void Intake::Private::committed(const Upload& upload, const Checked& checked, const Result<store::Committed>& result)
{
    if (!result)
        return fail(upload, result.error());
    std::vector<Rejection> rejected = checked.rejected;
    for (const store::RefusedMeasurement& one : result->refused) {
        if (one.index < checked.places.size())
            rejected.push_back({checked.places[one.index], one.why.code, one.why.detail.toStdString()});
    }
    for (const std::size_t index : result->unknownCommands) {
        const DecodedResponse& response = checked.responses.at(index);
        rejected.push_back({response.place, ErrorCode::NotFound,
                            "there is no command " + std::to_string(response.command) + " for this device"});
    }
    answer(upload, checked.places.size() - std::min(result->refused.size(), checked.places.size()), rejected);
}

void Intake::Private::answer(const Upload& upload, std::size_t stored, const std::vector<Rejection>& rejected)
{
    metrics.measurements.add(stored);
    for (const Rejection& rejection : rejected)
        metrics.refused(rejection.code);
    const bool watched = options.watched && options.watched(upload.context->location);
    const Decoded& decoded = upload.decoded;
    upload.done(committedReply(watched, decoded.sequence, clock.now(), rejected, decoded.isList, decoded.ignored));
    metrics.seconds.record(std::chrono::duration_cast<microseconds>(clock.steady() - upload.began));
}

Intake::Intake(IntakeOptions options, DeviceCache& cache, store::Committer& committer, metrics::Registry& metrics,
               const Clock& clock)
    : d(std::make_shared<Private>(std::move(options), cache, committer, metrics, clock))
{
}

Intake::~Intake() = default;

void Intake::upload(DeviceContextPtr context, std::string_view json, std::function<void(UploadReply)> done)
{
    d->metrics.posts.add();
    auto upload = std::make_shared<Upload>();
    upload->began = d->clock.steady();
    upload->context = d->cache.current(context->id);
    if (!upload->context)
        upload->context = std::move(context);
    upload->done = std::move(done);
    if (const auto calm = d->withinRate(*upload, 1, 0); !calm)
        return d->fail(*upload, calm.error());
    if (const auto decoded = d->decode(*upload, json); !decoded)
        return d->fail(*upload, decoded.error());
    if (const auto calm = d->withinRate(*upload, 0, static_cast<std::int64_t>(upload->decoded.measurements.size()));
        !calm)
        return d->fail(*upload, calm.error());
    auto devices = d->checker.newDevices(upload->decoded, *upload->context);
    if (devices.empty())
        d->commit(upload);
    else
        d->addDevices(upload, std::move(devices));
}

Result<std::string> Intake::proxyIdOf(std::string_view json)
{
    thread_local Decoder decoder;
    return decoder.proxyIdOf(json);
}

UploadReply Intake::errorReply(const Error& error) const
{
    return failedReply(error, {}, d->clock.now());
}

} // namespace cohort::ingest
