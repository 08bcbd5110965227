// Which script in which home, and whether it acts or only shows what it would do.
// Thread: values. Owner: nobody. Flow: deployments → instances → log.
#pragma once

#include "shared/base/ids.h"
#include "shared/model/script.h"

#include <compare>
#include <cstdint>
#include <functional>

namespace cohort::composer {

using Mode = model::ScriptMode;

struct InstanceKey
{
    ScriptId script;
    LocationId location;
    Mode mode = Mode::Live;
    auto operator<=>(const InstanceKey&) const = default;
};

struct InstanceKeyHash
{
    std::size_t operator()(const InstanceKey& key) const noexcept
    {
        const auto mixed = static_cast<std::uint64_t>(key.location.value) * 0x9e3779b97f4a7c15ULL;
        return mixed ^ (static_cast<std::uint64_t>(key.script.value) << 1) ^ static_cast<std::uint64_t>(key.mode);
    }
};

} // namespace cohort::composer
