#include "server/ingest/reply_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cohort::ingest {

namespace {

struct Status
{
    const char* name;
    int http;
};

Status statusOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::CannotParse:
    case ErrorCode::DatabaseError:
    case ErrorCode::MissingValue:
    case ErrorCode::WrongValue:
    case ErrorCode::WrongMeasurement:
        return {"ERR_FORMAT", 400};
    case ErrorCode::TooLarge:
        return {"ERR_FORMAT", 413};
    case ErrorCode::UnknownEncoding:
        return {"ERR_FORMAT", 415};
    case ErrorCode::NoSuchDevice:
    case ErrorCode::NoSuchGateway:
        return {"UNKNOWN", 404};
    case ErrorCode::NotSignedIn:
    case ErrorCode::AccessDenied:
        return {"UNAUTHORIZED", 401};
    case ErrorCode::TooOften:
        return {"ERR", 429};
    default:
        return {"ERR", 503};
    }
}

std::string opening(const char* status, const std::string& sequence, Timestamp now)
{
    std::string json = R"({"version":"2","status":")";
    json.append(status).append("\"");
    if (!sequence.empty())
        json.append(",\"sequenceNumber\":").append(sequence);
    return json.append(",\"time\":").append(std::to_string(toMs(now)));
}

std::string rejectionText(const Rejection& rejection, bool isList)
{
    const UploadPlace& place = rejection.place;
    std::string json = "{";
    if (isList)
        json.append("\"item\":").append(std::to_string(place.message)).append(","); // which message of the list
    json.append("\"").append(place.part).append("\":").append(std::to_string(place.entry));
    if (place.param >= 0)
        json.append(",\"param\":").append(std::to_string(place.param));
    json.append(",\"code\":\"").append(errorInfo(rejection.code).name).append("\"");
    const std::string meaning = rejection.message.empty() ? errorInfo(rejection.code).meaning : rejection.message;
    return json.append(",\"message\":").append(jsonQuoted(meaning)).append("}");
}

} // namespace

std::string jsonQuoted(std::string_view text)
{
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            json.append(1, '\\').append(1, c);
        } else if (static_cast<unsigned char>(c) < 0x20) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
            json += escape.data();
        } else {
            json += c;
        }
    }
    return json + '"';
}

UploadReply committedReply(bool watched, const std::string& sequence, Timestamp now,
                           const std::vector<Rejection>& rejected, bool isList, const std::vector<std::string>& ignored)
{
    std::string json = opening(watched ? "CONT" : "ACK", sequence, now);
    for (std::size_t i = 0; i < std::min(rejected.size(), RejectionsNamed); ++i)
        json.append(i == 0 ? ",\"rejected\":[" : ",").append(rejectionText(rejected[i], isList));
    if (!rejected.empty())
        json += "]";
    if (rejected.size() > RejectionsNamed)
        json.append(",\"rejectedCount\":").append(std::to_string(rejected.size()));
    for (std::size_t i = 0; i < ignored.size(); ++i)
        json.append(i == 0 ? ",\"ignored\":[" : ",").append(jsonQuoted(ignored[i]));
    if (!ignored.empty())
        json += "]";
    return {json + "}", 200, 0};
}

UploadReply failedReply(const Error& error, const std::string& sequence, Timestamp now)
{
    const Status status = statusOf(error);
    const bool again = status.http == 503 || status.http == 429;
    const int retryAfterMs = !again ? 0 : error.retryAfterMs > 0 ? error.retryAfterMs : 2'000;
    std::string json = opening(status.name, sequence, now);
    if (again)
        json.append(",\"retryAfterMs\":").append(std::to_string(retryAfterMs));
    json.append(",\"code\":\"").append(error.name()).append("\",\"message\":");
    json.append(jsonQuoted(error.message().toStdString())).append("}");
    return {std::move(json), status.http, retryAfterMs};
}

} // namespace cohort::ingest
