// The translation context of console/models: Models::tr().
// Thread: any. Owner: nobody. Flow: source text → translator → page.
#pragma once

#include <QCoreApplication>

namespace cohort::console {

struct Models
{
    Q_DECLARE_TR_FUNCTIONS(Models)
};

} // namespace cohort::console
