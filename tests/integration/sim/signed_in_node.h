// A running server and a client of the simulator's that is signed in there.
// Thread: the test's. Owner: a test class. Flow: RunningNode → ApiClient → the test.
#pragma once

#include "server/sim/api_client.h"
#include "tests/integration/app/running_node.h"

namespace cohort::testing {

struct SignedInNode
{
    // Past days are posted at once, faster than a device may.
    RunningNode running{"deviceio,api", {QStringLiteral("--messages-per-second=100000")}};
    sim::ApiClient api{{running.apiUrl(), {}}};
    QString failure = running.failure; // why it did not start, or nobody could sign in

    SignedInNode()
    {
        const auto signedIn =
            api.signIn(QString::fromLatin1(RunningNode::Email), QString::fromLatin1(RunningNode::Password));
        if (failure.isEmpty() && !signedIn)
            failure = signedIn.error().message();
    }
};

} // namespace cohort::testing
