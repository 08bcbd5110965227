// What devices answered to their commands, applied within a batch's transaction.
// Thread: the committer's. Owner: BatchWriter. Flow: Submission::responses → here → commands' states, rows of the log.
// Source: device-protocol.md, "Commands".
#pragma once

#include "server/store/log/committer.h"

namespace cohort::store {

class Connection;

struct CommandAnswer
{
    const NewCommandResponse* response = nullptr;
    std::int32_t ordinal = 0; // of its row, should it end the command
};

struct AppliedAnswers
{
    std::vector<std::pair<CommandId, LocationId>> changed;
    std::vector<LogRow> finished;      // by ordinal
    std::vector<std::int32_t> unknown; // ordinals of answers to what is no command of their gateway
};

// In the order given; one statement for all that name different commands. What is nothing new is left out.
Result<AppliedAnswers> applyAnswers(Connection& connection, const std::vector<CommandAnswer>& answers);

} // namespace cohort::store
