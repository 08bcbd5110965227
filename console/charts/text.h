// The translation context of console/charts: Charts::tr().
// Thread: any. Owner: nobody. Flow: source text → translator → chart.
#pragma once

#include <QCoreApplication>

namespace cohort::console {

struct Charts
{
    Q_DECLARE_TR_FUNCTIONS(Charts)
};

} // namespace cohort::console
