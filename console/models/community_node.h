// One place of the community's tree: a deployment, a home, a person or a device, and what is below it.
// Thread: GUI. Owner: CommunityTree. Flow: answers of deployment.list, location.list, location.get → nodes → rows.
#pragma once

#include "shared/model/device.h"

#include <memory>
#include <variant>
#include <vector>

namespace cohort::console {

struct CommunityNode
{
    enum class Kind { Root, Deployment, Home, Participant, Device };
    // In the order of Kind.
    using Thing = std::variant<std::monostate, model::Deployment, model::Location, model::Participant, model::Device>;
    enum class Load { None, Asked, Done };

    Thing thing;
    CommunityNode* parent = nullptr;
    std::vector<std::unique_ptr<CommunityNode>> children;
    Load load = Load::None;

    Kind kind() const { return static_cast<Kind>(thing.index()); }
    // Its place among its parent's children.
    int row() const;
    bool mayHaveChildren() const { return kind() != Kind::Participant && kind() != Kind::Device; }
};

} // namespace cohort::console
