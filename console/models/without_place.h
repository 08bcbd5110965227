// The protocol's operations that no page calls, each with the reason why not; every other one has its place.
// Thread: constants. Owner: nobody. Flow: read by whoever adds an operation, and by the test that walks the table.
#pragma once

#include <array>

namespace cohort::console {

struct WithoutPlace
{
    const char* operation;
    const char* reason;
};

inline constexpr std::array OperationsWithoutPlace{
    WithoutPlace{"server.info",
                 "for programs; who is signed in sees the servers with their versions on the page Server"},
    WithoutPlace{"alert.get",
                 "for programs; the page Alerts has the whole alert in its list and hears of every change"},
    WithoutPlace{"command.get", "for programs; the home's list has the whole command and hears of every change"},
    WithoutPlace{"fact.query",
                 "for programs; facts are on the home's charts and timeline, which ask for them themselves"},
    WithoutPlace{"question.answers",
                 "for programs; each answer stands in the conversation with the person who gave it"},
};

} // namespace cohort::console
