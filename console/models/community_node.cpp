#include "console/models/community_node.h"

namespace cohort::console {

int CommunityNode::row() const
{
    for (std::size_t i = 0; parent && i < parent->children.size(); ++i) {
        if (parent->children[i].get() == this)
            return static_cast<int>(i);
    }
    return 0;
}

} // namespace cohort::console
