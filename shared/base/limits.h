// The table of the limits that server and console both know; each row says what it bounds.
// Thread: constants. Owner: nobody. Flow: here → whoever holds a bound, and what tells people of it.
#pragma once

#include <vector>

namespace cohort {

// X(name, value, unit, what it bounds)
#define COHORT_LIMITS(X)                                                                                               \
    X(ListLimit, 200, "rows", "rows of a list where no limit is given")                                                \
    X(ListLimitMost, 1'000, "rows", "rows of a list at most")                                                          \
    X(ChartPoints, 1'000, "points", "points of a chart where no number is given")                                      \
    X(ChartPointsMost, 4'000, "points", "points of a chart at most")                                                   \
    X(ExportRowsMost, 200'000, "rows", "rows of one export")                                                           \
    X(UndeliveredMost, 64, "notifications", "notifications that wait for a slow console before it loads again")        \
    X(FrameBytesMost, 4'194'304, "bytes", "bytes of one message or body on the console's port")                        \
    X(ScriptCharactersMost, 65'536, "characters", "characters of a script or a helper module")                         \
    X(PasswordLeast, 10, "characters", "characters of an operator's password at least")                                \
    X(ParticipantPasswordLeast, 8, "characters", "characters of a participant's password at least")

#define COHORT_X(name, value, unit, meaning) constexpr int name = value;
COHORT_LIMITS(COHORT_X)
#undef COHORT_X

struct Limit
{
    const char* name;
    int value;
    const char* unit;
    const char* meaning;
};
const std::vector<Limit>& limits();

} // namespace cohort
