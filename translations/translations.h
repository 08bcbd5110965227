// Makes the embedded languages readable under :/cohort/i18n.
// Thread: any, once at the start. Owner: nobody. Flow: .ts → lrelease → resource → QTranslator.
#pragma once

namespace cohort {

void embedTranslations();

} // namespace cohort
