// The text of a reply to an upload, exactly as devices expect it.
// Thread: any. Owner: none. Flow: outcome of an upload → here → edge. Source: device-protocol.md, "Upload".
#pragma once

#include "server/ingest/decoded.h"
#include "server/ingest/intake.h"

#include <string>
#include <string_view>
#include <vector>

namespace cohort::ingest {

// At most this many rejections are named; `rejectedCount` says how many there were.
constexpr std::size_t RejectionsNamed = 100;

// A JSON string, with its quotes.
std::string jsonQuoted(std::string_view text);
// ACK or CONT; `ignored`: members of the upload that nobody here knows.
UploadReply committedReply(bool watched, const std::string& sequence, Timestamp now,
                           const std::vector<Rejection>& rejected, bool isList,
                           const std::vector<std::string>& ignored = {});
// ERR, ERR_FORMAT, UNKNOWN or UNAUTHORIZED, by the error's code; `sequence` may be empty.
UploadReply failedReply(const Error& error, const std::string& sequence, Timestamp now);

} // namespace cohort::ingest
