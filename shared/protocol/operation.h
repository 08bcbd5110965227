// One operation of the console: its name, who may call it, what it takes and gives. Rows are in operation_table.cpp.
// Thread: constants. Owner: nobody. Flow: the table → server's dispatch, access and audit; console; GET /api/v1.
// Source: architecture.md "Outward names", study.md "Operators' rights".
#pragma once

#include "shared/base/limits.h"
#include "shared/base/result.h"

#include <QJsonObject>

#include <cstdint>
#include <string_view>
#include <vector>

namespace cohort::protocol {

constexpr int ProtocolVersion = 1;

enum class Role : std::uint8_t { Admin = 1, Coordinator = 2, Analyst = 4 };
using Roles = std::uint8_t; // a set of Role
constexpr Roles AdminOnly = 1, AdminCoordinator = 3, Everybody = 7;
const char* roleName(Role role); // admin, coordinator, analyst
std::optional<Role> roleFromName(std::string_view name);

enum class Access : std::uint8_t {
    Public,     // before sign in
    SignedIn,   // any operator
    ByRole,     // one of `roles` in the deployment that the ids belong to; without ids: in any deployment
    Everywhere, // one of `roles` held for all deployments
};

// What an id names; the server checks that each belongs to a deployment of the caller's.
enum class Noun : std::uint8_t {
    None,
    Deployment,
    Location,
    Room,
    Participant,
    Device,
    Stream,
    Command,
    Alert,
    Message,
    Script,
    Version,
    Operator,
};
const char* nounName(Noun noun);

enum class Kind : std::uint8_t { Id, Ids, Text, Integer, Number, Boolean, Time, Choice, Object, List, Any };
const char* kindName(Kind kind);

struct Parameter
{
    const char* name = "";
    Kind kind = Kind::Any;
    Noun noun = Noun::None; // Id, Ids
    bool required = true;
    bool nullable = false;
    bool isPrivate = false;            // never in the audit log
    double least = 0, most = 0;        // numbers: value; texts: characters; lists: entries; objects: members
    const char* choices = "";          // Choice: a|b|c
    std::vector<Parameter> items = {}; // List: the members of each entry; empty: entries of any kind
};

struct Operation
{
    const char* name = "";
    Access access = Access::ByRole;
    Roles roles = 0;
    bool changes = false; // runs in a transaction with its audit row; not run again after a lost connection
    std::vector<Parameter> parameters;
    const char* result = "";
    const char* topics = ""; // of the notifications that it causes, blank-separated
};

// What can be subscribed to: the topic and the noun of its filter's id (None: no filter).
struct Topic
{
    const char* name;
    Noun filter;
    const char* items;
};

// All operations, in the order of the documentation.
const std::vector<Operation>& operations();
// The operation of this name, or null.
const Operation* findOperation(std::string_view name);
const std::vector<Topic>& topics();
const Topic* findTopic(std::string_view name);

// Whether `params` is what the operation takes. Errors: MissingValue, WrongValue; the detail names the parameter.
Result<void> checkParameters(const Operation& operation, const QJsonObject& params);
// The whole protocol as JSON: GET /api/v1.
QJsonObject describe();

} // namespace cohort::protocol
