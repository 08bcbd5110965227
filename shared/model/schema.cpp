#include "shared/model/schema.h"

namespace cohort::model {

const char* kindName(Kind kind)
{
    static constexpr const char* Names[] = {"id",    "text",   "integer", "number", "boolean", "time", "choice",
                                            "value", "object", "struct",  "list",   "map",     "any"};
    return Names[static_cast<int>(kind)];
}

} // namespace cohort::model
