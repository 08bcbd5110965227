#include "server/api/dispatch/api_context.h"

#include "shared/base/log.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

void ApiContext::run(std::uint64_t lane, bool again, std::function<Result<QJsonObject>(store::Connection&)> work,
                     const std::function<void(Result<QJsonObject>)>& done)
{
    const auto answer = std::make_shared<QJsonObject>();
    Executor::Job job;
    job.work = [work = std::move(work), answer](store::Connection& connection) -> Result<void> {
        auto result = work(connection);
        if (!result)
            return fail(std::move(result.error()));
        *answer = std::move(*result);
        return {};
    };
    job.finish = [done, answer](Result<void> finished) {
        if (finished)
            return done(std::move(*answer));
        done(fail(std::move(finished.error())));
    };
    job.again = again;
    if (!executor.post(lane, std::move(job)))
        done(fail(ErrorCode::Busy, {}, 1'000));
}

QJsonObject errorJson(const Error& error)
{
    const auto& info = errorInfo(error.code);
    Error shown = error;
    if (error.code == ErrorCode::DatabaseError || error.code == ErrorCode::Internal) {
        log(LogLevel::Error, "api-error", {{"code", error.name()}, {"detail", error.detail}});
        shown.detail.clear(); // a statement's text is nobody's business
    }
    return {{u"code"_s, -32000 - info.number},
            {u"message"_s, shown.message()},
            {u"data"_s, QJsonObject{{u"code"_s, QString::fromLatin1(info.name)},
                                    {u"detail"_s, shown.detail},
                                    {u"retryAfterMs"_s, shown.retryAfterMs}}}};
}

} // namespace cohort::api
