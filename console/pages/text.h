// The translation context of console/pages, forms included: Pages::tr().
// Thread: GUI. Owner: nobody. Flow: source text → translator → page.
#pragma once

#include <QCoreApplication>

namespace cohort::console {

struct Pages
{
    Q_DECLARE_TR_FUNCTIONS(Pages)
};

} // namespace cohort::console
