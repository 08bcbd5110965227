// What can be set of a deployment in figures: within which bounds, and what a new one has.
// Thread: values. Owner: nobody. Flow: fields() of deployment.update → here → the dialog that edits a deployment.
#pragma once

#include "shared/protocol/operations/place.h"

#include <string_view>

namespace cohort::console {

// As the server makes a deployment.
constexpr model::EffectBudgets UsualBudgets{.messagesPerHour = 10, .alertsPerHour = 30, .commandsPerHour = 120};
constexpr int UsualServerTtlS = 86'400;

// Finds the rule of one member by the name that it has on the wire.
struct RuleFinder
{
    std::string_view wanted;
    model::Rule found;

    template <typename T>
    void operator()(const char* name, T&, const char*, model::Rule rule = {})
    {
        if (wanted == name)
            found = rule;
    }
};

template <typename Operation>
model::Rule ruleOf(std::string_view member)
{
    Operation operation;
    RuleFinder finder{member, {}};
    fields(finder, operation);
    return finder.found;
}

} // namespace cohort::console
