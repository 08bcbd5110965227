#include "server/edge/poll_request.h"

#include "server/edge/credentials.h"
#include "server/edge/long_poll.h"

#include <charconv>

namespace cohort::edge {

namespace {

constexpr std::size_t MostReceived = 100;
constexpr std::chrono::milliseconds BeforeTheEnd{500};

Result<std::int64_t> number(std::string_view name, std::string_view text, std::int64_t most)
{
    std::int64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && value > 0 && value <= most)
        return value;
    return fail(ErrorCode::CannotParse, QStringLiteral("%1 is a whole number from 1 to %2")
                                            .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())))
                                            .arg(most));
}

// The same as an upload that answers these commands with 0, received.
std::string receivedText(const std::vector<std::int64_t>& ids)
{
    std::string json = R"({"version":2,"responses":[)";
    for (std::size_t i = 0; i < ids.size(); ++i)
        json += (i == 0 ? "" : ",") + (R"({"commandId":)" + std::to_string(ids[i])) + R"(,"result":0})";
    return json + "]}";
}

} // namespace

Result<PollRequest> parsePoll(const net::Request& request, const EdgeOptions& options)
{
    PollRequest poll;
    COHORT_TRY(id, idOf(request));
    poll.id = std::move(id);
    poll.timeout = options.usualPoll;
    if (request.hasParameter("timeout")) {
        const auto most = std::chrono::duration_cast<std::chrono::seconds>(options.longestPoll).count();
        COHORT_TRY(seconds, number("timeout", request.parameter("timeout"), most));
        poll.timeout = std::chrono::seconds(seconds);
    }
    poll.timeout -= std::min(BeforeTheEnd, poll.timeout / 2);
    for (const auto& [name, value] : request.query) {
        if (name != "cmdId")
            continue;
        COHORT_TRY(command, number("cmdId", value, INT64_MAX));
        poll.received.push_back(command);
        if (poll.received.size() > MostReceived)
            return fail(ErrorCode::CannotParse, QStringLiteral("at most %1 cmdId").arg(MostReceived));
    }
    return poll;
}

void beginPoll(const EdgePtr& edge, const ingest::DeviceContextPtr& context, bool hasToken, const PollRequest& request,
               const net::Reply& reply)
{
    auto poll = std::dynamic_pointer_cast<LongPoll>(edge->channels.find(context->id));
    if (!poll || poll->hasToken() != hasToken)
        poll = std::make_shared<LongPoll>(edge, context, hasToken);
    const std::uint64_t number = poll->arrive();
    if (!edge->channels.open(poll)) {
        reply.send(responseOf(*edge, Error{ErrorCode::NotSignedIn, {}, 0}));
        return;
    }
    const auto begin = [poll, number, reply, timeout = request.timeout] { poll->begin(number, reply, timeout); };
    if (request.received.empty()) {
        begin();
        return;
    }
    // First the acknowledgement, so that the poll is not answered with a command that the device already has.
    upload(edge, reply.timers(), context, receivedText(request.received),
           [begin, reply](const ingest::UploadReply& answer) {
               if (answer.http == 200)
                   begin();
               else
                   reply.send(responseOf(answer));
           });
}

} // namespace cohort::edge
