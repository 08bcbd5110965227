// The compiled languages, embedded as :/cohort/i18n/cohort-console_<language>.qm.
#include "translations/translations.h"

#include <QtGlobal>

static void initResources()
{
    Q_INIT_RESOURCE(cohort_translations_translations);
}

namespace cohort {

void embedTranslations()
{
    initResources();
}

} // namespace cohort
