// What the `composer` package offers to scripts, for completion; the words of composer.md.
// Thread: constants. Owner: nobody. Flow: here → QsciAPIs → completion list.
#pragma once

#include <QStringList>

namespace cohort::console {

// One entry a callable or attribute, with its parameters as QsciAPIs shows them: "home.alert(key, text=, …)".
QStringList composerWords();

} // namespace cohort::console
