#include "server/composer/running/history.h"

#include "server/engine/series.h"
#include "shared/base/log.h"

#include <pthread.h>

namespace cohort::composer {

namespace {

namespace wire = engine::wire;
constexpr Milliseconds LongestStatement{10'000};
constexpr std::int64_t MostStretches = 100'000;

wire::HistoryAnswer refusal(const wire::HistoryRequest& request, const QString& why)
{
    wire::HistoryAnswer answer;
    answer.run = request.run;
    answer.query = request.query;
    answer.error = why.toStdString();
    return answer;
}

Value valueOf(const store::HistoryBucket& bucket, const std::string& aggregate)
{
    if (aggregate == "count")
        return Value::ofInteger(bucket.count);
    if (aggregate == "sum")
        return bucket.sum;
    if (aggregate == "min")
        return bucket.least;
    if (aggregate == "max")
        return bucket.greatest;
    if (aggregate == "last")
        return bucket.last;
    return Value::ofNumber(bucket.mean);
}

} // namespace

History::History(store::ConnectionSettings database, Answered answered)
    : m_database(std::move(database)), m_answered(std::move(answered)), m_questions(MostQuestions)
{
    m_database.statementTimeout = LongestStatement;
    m_thread = std::thread([this] { run(); });
}

History::~History()
{
    m_stopping = true;
    m_questions.close();
    m_thread.join();
}

bool History::ask(HistoryQuestion question)
{
    return m_questions.put(std::move(question));
}

void History::run()
{
    pthread_setname_np(pthread_self(), "history");
    while (!m_stopping) {
        for (HistoryQuestion& question : m_questions.drainAll(Milliseconds(1'000))) {
            if (m_stopping)
                break;
            auto answered = answer(question);
            if (!answered)
                answered = refusal(question.request, answered.error().message());
            m_answered(std::move(*answered), question.serial);
        }
    }
    m_connection.reset();
}

Result<wire::HistoryAnswer> History::answer(const HistoryQuestion& question)
{
    if (!m_connection || !m_connection->isOpen()) {
        COHORT_TRY(fresh, store::Connection::open(m_database));
        m_connection = std::move(fresh);
    }
    COHORT_TRY(series, engine::SeriesBuilder::make(question.request));
    COHORT_TRY(samples, store::HistoryRepository(*m_connection).samples(question.query, MostRawRows + 1));
    if (samples.size() > MostRawRows && question.request.everyMs > 0)
        return answerFromBuckets(question);
    for (const store::HistorySample& sample : samples)
        series.add(sample.time, sample.number);
    return series.finish();
}

Result<wire::HistoryAnswer> History::answerFromBuckets(const HistoryQuestion& question)
{
    const wire::HistoryRequest& request = question.request;
    COHORT_TRY(buckets, store::HistoryRepository(*m_connection).buckets(question.query, Milliseconds(request.everyMs)));
    const bool counts = request.aggregate == "count";
    const std::int64_t count =
        std::max<std::int64_t>(1, (request.untilMs - request.sinceMs + request.everyMs - 1) / request.everyMs);
    if (count > MostStretches)
        return fail(ErrorCode::TooLarge, QStringLiteral("over %1 stretches; use a longer 'every'").arg(MostStretches));
    wire::HistoryAnswer answer;
    answer.run = request.run;
    answer.query = request.query;
    for (std::int64_t index = 0; index < count; ++index) {
        answer.timesMs.push_back(request.sinceMs + index * request.everyMs);
        answer.values.push_back(counts ? Value::ofInteger(0) : Value::none());
    }
    for (const store::HistoryBucket& bucket : buckets) {
        if (bucket.index >= 0 && bucket.index < count)
            answer.values[static_cast<std::size_t>(bucket.index)] = valueOf(bucket, request.aggregate);
    }
    return answer;
}

} // namespace cohort::composer
