// One operation of the console: its name, who may call it, what it takes and gives. Rows are in
// operation_table.cpp. Thread: constants. Owner: nobody. Flow: the table → server's dispatch, access and
// audit; console; GET /api/v1. Source: architecture.md "Outward names", study.md "Operators' rights".
#pragma once

#include "shared/base/result.h"
#include "shared/model/json.h"
#include "shared/model/operator.h"
#include "shared/model/schema.h"

#include <QJsonObject>

#include <cstdint>
#include <string_view>
#include <vector>

namespace cohort::protocol {

constexpr int ProtocolVersion = 2; // 2: location.get and library.list in typed parts

using model::Noun;

using Roles = std::uint8_t; // a set of model::OperatorRole
constexpr Roles roleBit(model::OperatorRole role)
{
    return static_cast<Roles>(1U << static_cast<unsigned>(role));
}
constexpr Roles AdminOnly = 1, AdminCoordinator = 3, Everybody = 7;

enum class Access : std::uint8_t {
    Public,     // before sign in
    SignedIn,   // any operator
    ByRole,     // one of `roles` in the deployment that the ids belong to; without ids: in any deployment
    Everywhere, // one of `roles` held for all deployments
};

struct Operation
{
    const char* name = "";
    const char* prose = "";
    Access access = Access::ByRole;
    Roles roles = 0;
    bool changes = false;    // runs in a transaction with its audit row; not run again after a lost connection
    const char* topics = ""; // of the notifications that it causes, blank-separated
    std::vector<ErrorCode> errors;
    std::vector<model::Field> parameters;
    std::vector<model::Field> result;
    Result<void> (*check)(const QJsonObject& params) = nullptr;
    Result<void> (*checkResult)(const QJsonObject& answer) = nullptr;
};

// What can be subscribed to: the topic, who may (as of an operation), the noun of its filter's id (None: no filter),
// its items.
struct Topic
{
    const char* name = "";
    const char* prose = "";
    Access access = Access::ByRole;
    Roles roles = Everybody;
    Noun filter = Noun::None;
    std::vector<model::Field> item;
};

// All operations, in the order of the documentation.
const std::vector<Operation>& operations();
// The operation of this name, or null.
const Operation* findOperation(std::string_view name);
const std::vector<Topic>& topics();
const Topic* findTopic(std::string_view name);

// Whether `params` is what the operation takes. Errors: MissingValue, WrongValue; the detail names the
// parameter.
Result<void> checkParameters(const Operation& operation, const QJsonObject& params);

} // namespace cohort::protocol
