// Operations: what wants attention. What each takes, and its answer's type.
// Thread: values. Owner: the caller. Flow: console → JSON → dispatch → handler → Answer → JSON → console.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/alert.h"
#include "shared/model/page.h"

namespace cohort::protocol {

using namespace model::rules;
using model::Of;

enum class AlertStateFilter : std::uint8_t { Open, All, Acknowledged, Resolved, Dismissed };
constexpr auto enumNames(AlertStateFilter)
{
    return std::array{"open", "all", "acknowledged", "resolved", "dismissed"};
}

struct AlertList
{
    using Answer = model::Page<model::Alert>;
    static constexpr const char* Name = "alert.list";

    std::optional<DeploymentId> deployment;
    std::optional<LocationId> location;
    std::optional<AlertStateFilter> state;
    std::optional<int> limit;
    std::optional<AlertId> after;
};
template <typename V, Of<AlertList> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "Only those of this deployment.");
    visit("location", wanted.location, "Only those of this home.");
    visit("state", wanted.state, "Only those in this state; open includes acknowledged.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
    visit("after", wanted.after, "The last row of the page before: what comes after it.");
}

struct AlertGet
{
    using Answer = model::Alert;
    static constexpr const char* Name = "alert.get";

    AlertId id;
};
template <typename V, Of<AlertGet> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct AlertAcknowledge
{
    using Answer = model::Alert;
    static constexpr const char* Name = "alert.acknowledge";

    AlertId id;
    std::optional<int> snoozeMinutes;
};
template <typename V, Of<AlertAcknowledge> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("snoozeMinutes", wanted.snoozeMinutes, "For how many minutes to put it off.", between(1, SnoozeMinutesMost));
}

struct AlertResolve
{
    using Answer = model::Alert;
    static constexpr const char* Name = "alert.resolve";

    AlertId id;
};
template <typename V, Of<AlertResolve> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct AlertDismiss
{
    using Answer = model::Alert;
    static constexpr const char* Name = "alert.dismiss";

    AlertId id;
    std::optional<QString> comment;
};
template <typename V, Of<AlertDismiss> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("comment", wanted.comment, "Why.", characters(1, CommentCharactersMost).secret());
}

struct AlertComment
{
    using Answer = model::Alert;
    static constexpr const char* Name = "alert.comment";

    AlertId id;
    QString comment;
};
template <typename V, Of<AlertComment> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("comment", wanted.comment, "What to note.", characters(1, CommentCharactersMost).secret());
}

struct AlertAct
{
    using Answer = model::ActedAlert;
    static constexpr const char* Name = "alert.act";

    AlertId id;
    qint64 action = 0;
};
template <typename V, Of<AlertAct> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("action", wanted.action, "Which of its actions.", between(1, 9e15));
}

} // namespace cohort::protocol
