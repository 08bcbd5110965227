#include "shared/model/noun.h"

namespace cohort::model {

const char* nounName(Noun noun)
{
    static constexpr const char* Names[] = {"",       "deployment", "location", "room",  "participant",
                                            "device", "stream",     "command",  "alert", "message",
                                            "script", "version",    "operator", "run",   "effect"};
    return Names[static_cast<int>(noun)];
}

} // namespace cohort::model
