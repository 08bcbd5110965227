#include "server/ingest/json_fault.h"

namespace cohort::ingest {

std::size_t firstBrokenString(std::string_view json)
{
    bool inside = false;
    std::size_t opened = 0;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (inside && json[i] == '\\') {
            ++i;
        } else if (json[i] == '"') {
            inside = !inside;
            opened = i;
        } else if (inside && static_cast<unsigned char>(json[i]) < 0x20) {
            return i;
        }
    }
    return inside ? opened : json.size();
}

} // namespace cohort::ingest
