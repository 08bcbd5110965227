// The translation context of console/net: Net::tr().
// Thread: any. Owner: nobody. Flow: source text → translator → page.
#pragma once

#include <QCoreApplication>

namespace cohort::console {

struct Net
{
    Q_DECLARE_TR_FUNCTIONS(Net)
};

} // namespace cohort::console
