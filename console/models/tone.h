// What a state means to who looks at it; pills, marks and charts take their colour from it.
// Thread: constants. Owner: nobody. Flow: words.h → models' ToneRole → resources::Theme.
#pragma once

#include <QMetaType>

namespace cohort::console {

enum class Tone { Neutral, Good, Warning, Bad, Info };

} // namespace cohort::console

Q_DECLARE_METATYPE(cohort::console::Tone)
