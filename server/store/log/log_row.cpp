#include "server/store/log/log_row.h"

#include <array>

namespace cohort::store {

namespace {

// In the order of RowKind.
constexpr std::array<const char*, 14> Names{
    "measurement",      "fact",          "timer",          "device-connected",  "device-disconnected",
    "device-reporting", "device-silent", "alert-answered", "question-answered", "participant-message",
    "command-finished", "signal",        "installed",      "configuration"};
static_assert(static_cast<std::size_t>(RowKind::Configuration) + 1 == Names.size());

} // namespace

const char* rowKindName(RowKind kind)
{
    return Names.at(static_cast<std::size_t>(kind));
}

std::optional<RowKind> rowKindFromName(std::string_view name)
{
    for (std::size_t index = 0; index < Names.size(); ++index) {
        if (name == Names.at(index))
            return static_cast<RowKind>(index);
    }
    return std::nullopt;
}

} // namespace cohort::store
